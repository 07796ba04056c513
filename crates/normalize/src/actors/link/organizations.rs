//! Organizations: by their full names, acronyms and short forms.

use super::*;

impl Linker<'_> {
    pub(super) fn organizations(&mut self) {
        let mut order: Vec<usize> = (0..self.found.len())
            .filter(|&m| self.found[m].what == What::Organization && !self.in_dateline(&self.found[m]))
            .collect();
        // Longer names first, so that short forms find them.
        order.sort_by_key(|&m| (std::cmp::Reverse(self.found[m].name.len()), m));
        for m in order {
            let f = &self.found[m];
            let text = self.reading.span(f.name.start, f.name.end);
            let key = fold::key(text);
            let known = f.known.filter(|k| matches!(k, Known::Organization(_)));
            let by_list = known.and_then(|k| self.registry.by_key(ActorKind::Organization, &format!("{k:?}")));
            let (country, sector) = self.describer.organization(f);
            let id = by_list
                .or_else(|| self.registry.by_key(ActorKind::Organization, &key))
                .or_else(|| if known.is_none() { self.short_form(f, &key, country) } else { None });
            let id = id.unwrap_or_else(|| {
                let mut e = Entity::new(ActorKind::Organization);
                e.words = key.split(' ').map(str::to_string).collect();
                e.known = known;
                e.traits = Traits { country, sector, ..Traits::default() };
                self.registry.add(e)
            });
            self.registry.name_key(ActorKind::Organization, key, id);
            if let Some(k) = known {
                self.registry.name_key(ActorKind::Organization, format!("{k:?}"), id);
            }
            // "European Space Agency (ESA)"
            if let Some(short) = self.bracketed(f.name.end) {
                self.registry.name_key(ActorKind::Organization, short, id);
            }
            self.join(m, id);
            self.registry.all[id].learn(Traits { country, sector, ..Traits::default() });
        }
        // Places that the gazetteer does not know: "Alden" after "Alden Capital".
        for m in 0..self.found.len() {
            let f = &self.found[m];
            if f.what != What::Place(None) || self.entity[m].is_some() || self.in_dateline(f) {
                continue;
            }
            let key = fold::key(self.reading.span(f.name.start, f.name.end));
            let same = self.registry.by_key(ActorKind::Organization, &key);
            match same.or_else(|| self.short_form(f, &key, None)) {
                Some(id) => self.join(m, id),
                None => self.place(m, None),
            }
        }
    }

    /// The acronym in brackets right after a name.
    pub(super) fn bracketed(&self, end: usize) -> Option<String> {
        let tokens = &self.reading.tokens;
        if end + 2 >= tokens.len() || self.reading.word(end) != "(" || self.reading.word(end + 2) != ")" {
            return None;
        }
        let word = self.reading.word(end + 1);
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        (capitals >= 2 && word.chars().count() <= 10).then(|| fold::key(word))
    }

    /// The organization of which `key` is a shorter form: its first words, its last words, or its initials.
    pub(super) fn short_form(&self, f: &Found, key: &str, country: Option<&str>) -> Option<usize> {
        let words: Vec<&str> = key.split(' ').collect();
        let fits = |&id: &usize| {
            let e = &self.registry.all[id];
            let (n, k) = (e.words.len(), words.len());
            let same_country = country.is_none() || e.traits.country.is_none() || e.traits.country == country;
            let first = k < n && e.words[..k].iter().zip(&words).all(|(a, b)| a == b);
            let last = k < n && e.words[n - k..].iter().zip(&words).all(|(a, b)| a == b);
            let distinct = self.lexicon.country_by_name(self.reading.span(f.name.start, f.name.end)).is_none()
                && self.lexicon.country_by_demonym(self.reading.word(f.name.start)).is_none();
            same_country && (first && distinct || last)
        };
        if let Some(&id) = self.registry.with_word(ActorKind::Organization, words[0]).iter().find(|id| fits(id)) {
            return Some(id);
        }
        // Initials: "ESA" for "European Space Agency".
        let text = self.reading.word(f.name.start);
        let acronym = f.name.len() == 1 && text.len() >= 2 && text.chars().all(|c| c.is_uppercase() || c == '.');
        if !acronym {
            return None;
        }
        let letters: String = key.chars().filter(|c| c.is_alphanumeric()).collect();
        (0..self.registry.all.len().min(200)).find(|&id| {
            let e = &self.registry.all[id];
            let initials: String = e
                .words
                .iter()
                .filter(|w| !matches!(w.as_str(), "of" | "the" | "and" | "for"))
                .filter_map(|w| w.chars().next())
                .collect();
            e.kind == ActorKind::Organization && e.words.len() > 1 && initials == letters
        })
    }
}
