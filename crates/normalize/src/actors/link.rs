//! Linking: mentions that mean the same actor become one entity, by rules in order of certainty: names, then
//! descriptions, then pronouns.

use super::describe::{Describer, Traits};
use super::entity::{Entity, Registry};
use super::find::{Found, Pronoun, What};
use super::fold;
use super::known::Known;
use super::lexicon::Lexicon;
use super::nouns::{Class, Noun, lower};
use crate::tree::Tree;
use crate::{ActorKind, MentionKind};
use broadsheet_language::Reading;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};

/// The mentions with the entity of each, and the entities.
pub struct Linked {
    /// For each mention, its entity.
    pub entity: Vec<Option<usize>>,
    /// The entities.
    pub registry: Registry,
}

struct Linker<'a> {
    reading: &'a Reading,
    tree: &'a Tree,
    lexicon: &'a Lexicon,
    day: Option<Date>,
    found: &'a [Found],
    describer: Describer<'a>,
    entity: Vec<Option<usize>>,
    registry: Registry,
    /// Head token to mention.
    at: HashMap<usize, usize>,
}

/// Links all mentions.
pub fn link(reading: &Reading, tree: &Tree, lexicon: &Lexicon, day: Option<Date>, found: &[Found]) -> Linked {
    let mut names: Vec<&Found> = found.iter().filter(|f| f.kind == MentionKind::Name).collect();
    names.sort_by_key(|f| f.name.start);
    let mut linker = Linker {
        reading,
        tree,
        lexicon,
        day,
        found,
        describer: Describer { reading, lexicon, names },
        entity: vec![None; found.len()],
        registry: Registry::default(),
        at: found.iter().enumerate().map(|(i, f)| (f.head, i)).collect(),
    };
    // 1. Countries and places by their code or name.
    let nationals = linker.countries();
    // 2. Organizations by name, acronym and short form.
    linker.organizations();
    // 3. People, full names first.
    linker.people();
    linker.nationals(nationals);
    // 4. Descriptions: of a name beside them, of an actor before them, or of actors of their own.
    linker.descriptions();
    // 5. Pronouns.
    linker.pronouns();
    Linked { entity: linker.entity, registry: linker.registry }
}

impl Linker<'_> {
    /// Joins mention `m` to entity `id`.
    fn join(&mut self, m: usize, id: usize) {
        let f = &self.found[m];
        self.entity[m] = Some(id);
        let entity = &mut self.registry.all[id];
        entity.mentions.push(m);
        if f.kind == MentionKind::Name {
            let text = self.reading.span(f.name.start, f.name.end);
            entity.names.push((text.split_whitespace().collect::<Vec<_>>().join(" "), f.name.clone()));
        }
    }

    /// The preposition that governs a mention, or its verb's label.
    fn dep(&self, f: &Found) -> &'static str {
        self.reading.tokens[f.head].dep
    }

    fn preposition(&self, f: &Found) -> Option<&str> {
        let t = &self.reading.tokens[f.head];
        (t.dep == "pobj").then(|| self.reading.word(t.head as usize))
    }

    fn countries(&mut self) -> Vec<(usize, &'static str)> {
        let mut one = Vec::new();
        // A city alone is a city: its government is meant where the country, or another one, is spoken of too.
        let named: Vec<&'static str> = self
            .found
            .iter()
            .filter_map(|f| match f.what {
                What::Country(c) | What::Demonym(c) | What::Capital(c) => Some(c),
                _ => None,
            })
            .collect();
        let cities = |code| self.found.iter().filter(|f| f.what == What::Capital(code)).count();
        let several: BTreeSet<&str> = named.iter().copied().collect();
        let alone: BTreeSet<&str> =
            several.iter().copied().filter(|&c| named.iter().filter(|&&n| n == c).count() == cities(c)).collect();
        let abroad = |code: &str| several.len() > 1 || !alone.contains(code);
        for m in 0..self.found.len() {
            let f = &self.found[m];
            match f.what {
                What::Country(code) => self.country(m, code),
                What::Capital(code) if abroad(code) && self.acts(f) => self.country(m, code),
                What::Capital(code) => self.place(m, Some(code)),
                What::Demonym(code) if self.is_people(f) && self.singular(f) => {
                    // "the 48-year-old Australian": linked once people are known.
                    one.push((m, code));
                }
                What::Demonym(code) if self.is_people(f) => {
                    let text = fold::key(self.reading.span(f.name.start, f.name.end));
                    let id = self.registry.by_key_or(ActorKind::Group, &format!("{text} {code}"), || {
                        let mut e = Entity::new(ActorKind::Group);
                        e.traits = Traits { country: Some(code), sector: Some("CVL"), ..Traits::default() };
                        e.plural = true;
                        e
                    });
                    self.join(m, id);
                }
                What::Demonym(code) => self.country(m, code),
                What::Place(spot) => self.place(m, spot.map(|s| s.country)),
                _ => {}
            }
        }
        one
    }

    /// Single people called by their nationality: the person of that country spoken of last, or somebody new.
    fn nationals(&mut self, one: Vec<(usize, &'static str)>) {
        for (m, code) in one {
            let definite = lower(self.reading.word(self.found[m].span.start)) != "an"
                && lower(self.reading.word(self.found[m].span.start)) != "a";
            let last = self.before(m, 30).find_map(|(_, id)| {
                let e = &self.registry.all[id];
                (e.kind == ActorKind::Person && e.traits.country.is_none_or(|c| c == code)).then_some(id)
            });
            let id = last.filter(|_| definite).unwrap_or_else(|| {
                let mut e = Entity::new(ActorKind::Person);
                e.traits = Traits { sector: Some("CVL"), ..Traits::default() };
                self.registry.add(e)
            });
            let country = &mut self.registry.all[id].traits.country;
            *country = country.or(Some(code));
            // A nationality is no name.
            self.entity[m] = Some(id);
            self.registry.all[id].mentions.push(m);
        }
    }

    /// Whether a noun of nationality is one person: "an Australian", not "Australians" or "the French".
    fn singular(&self, f: &Found) -> bool {
        let word = self.reading.word(f.head);
        matches!(self.reading.tokens[f.head].tag, "NN" | "NNP")
            && (word.ends_with("an") || word.ends_with("man") || word.ends_with('i'))
    }

    fn country(&mut self, m: usize, code: &'static str) {
        let kind = match code {
            "EUR" | "UNO" => ActorKind::Organization,
            c if self.lexicon.countries.is_state(c) => ActorKind::Country,
            _ => ActorKind::Place,
        };
        let id = self.registry.by_key_or(kind, code, || {
            let mut e = Entity::new(kind);
            let sector = if kind == ActorKind::Organization { None } else { Some("GOV") };
            e.traits = Traits { country: Some(code), sector, ..Traits::default() };
            e
        });
        self.join(m, id);
    }

    fn place(&mut self, m: usize, country: Option<&'static str>) {
        let f = &self.found[m];
        let text = self.reading.span(f.name.start, f.name.end);
        let id = self.registry.by_key_or(ActorKind::Place, &fold::key(text), || {
            let mut e = Entity::new(ActorKind::Place);
            e.traits = Traits { country, sector: Some("GOV"), ..Traits::default() };
            e
        });
        self.join(m, id);
    }

    /// Whether a capital stands for the government here and not for the city.
    fn acts(&self, f: &Found) -> bool {
        let next = self.reading.tokens.get(f.name.end).map(|_| self.reading.word(f.name.end));
        if next == Some(",")
            && self
                .found
                .iter()
                .any(|o| o.name.start == f.name.end + 1 && matches!(o.what, What::Country(_) | What::Place(_)))
        {
            return false;
        }
        match self.dep(f) {
            "nsubj" | "nsubjpass" | "poss" | "dobj" | "dative" => true,
            "pobj" => matches!(self.preposition(f), Some("with" | "between" | "against" | "by" | "By" | "With")),
            "conj" => {
                // "Moscow and Kyiv agreed": as the first of them.
                let first = self.tree.ancestors(self.reading, f.head).find(|&t| self.reading.tokens[t].dep != "conj");
                first
                    .and_then(|_| {
                        let mut at = f.head;
                        while self.reading.tokens[at].dep == "conj" {
                            at = self.reading.tokens[at].head as usize;
                        }
                        self.at.get(&at)
                    })
                    .is_some_and(|&o| o < self.found.len() && self.found[o].head != f.head && self.acts(&self.found[o]))
            }
            _ => false,
        }
    }

    /// Whether a demonym names people ("Russians", "the French") and not a quality.
    fn is_people(&self, f: &Found) -> bool {
        let t = &self.reading.tokens[f.head];
        let argument = matches!(
            t.dep,
            "nsubj"
                | "nsubjpass"
                | "dobj"
                | "pobj"
                | "conj"
                | "ROOT"
                | "attr"
                | "appos"
                | "poss"
                | "dative"
                | "iobj"
                | "agent"
        );
        let noun = matches!(t.tag, "NNPS" | "NNS" | "NNP" | "NN");
        let article = f.span.start < f.name.start;
        argument && (noun || article) && f.name.end - 1 == f.head
    }

    fn organizations(&mut self) {
        let mut order: Vec<usize> =
            (0..self.found.len()).filter(|&m| self.found[m].what == What::Organization).collect();
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
    }

    /// The acronym in brackets right after a name.
    fn bracketed(&self, end: usize) -> Option<String> {
        let tokens = &self.reading.tokens;
        if end + 2 >= tokens.len() || self.reading.word(end) != "(" || self.reading.word(end + 2) != ")" {
            return None;
        }
        let word = self.reading.word(end + 1);
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        (capitals >= 2 && word.chars().count() <= 10).then(|| fold::key(word))
    }

    /// The organization of which `key` is a shorter form: its first words, its last words, or its initials.
    fn short_form(&self, f: &Found, key: &str, country: Option<&str>) -> Option<usize> {
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

    fn people(&mut self) {
        let mut order: Vec<usize> = (0..self.found.len())
            .filter(|&m| {
                let f = &self.found[m];
                self.entity[m].is_none() && matches!(f.what, What::Person | What::Place(_))
            })
            .collect();
        let words: Vec<Vec<String>> = self
            .found
            .iter()
            .map(|f| {
                let text = fold::key(self.reading.span(f.name.start, f.name.end));
                text.split(' ').filter(|w| w.chars().any(char::is_alphanumeric)).map(str::to_string).collect()
            })
            .collect();
        order.sort_by_key(|&m| (std::cmp::Reverse(words[m].len()), m));
        for m in order {
            let f = &self.found[m];
            let own = &words[m];
            if own.is_empty() {
                continue;
            }
            let mut traits = self.describer.before(f);
            if let Some((after, _)) = self.describer.after(f.name.end) {
                let mut both = Entity::new(ActorKind::Person);
                both.learn(traits);
                both.learn(after);
                traits = both.traits;
            }
            // "Alibaba" taken for a person where the article has an organization of that name and no title.
            let key = own.join(" ");
            if traits == Traits::default() {
                if let Some(id) = self.registry.by_key(ActorKind::Organization, &key) {
                    self.join(m, id);
                    continue;
                }
            }
            let known = f.known.filter(|k| matches!(k, Known::Person(_)));
            let candidates = self.registry.with_word(ActorKind::Person, &own[own.len() - 1]).to_vec();
            let place = f.name.start;
            let id = candidates
                .into_iter()
                .filter(|&id| {
                    let e = &self.registry.all[id];
                    let clash = e.traits.gender.zip(traits.gender).is_some_and(|(a, b)| a != b);
                    let differ = e.known.zip(known).is_some_and(|(a, b)| a != b);
                    !clash && !differ && same_person(&e.words, own)
                })
                // The last one named before; if there is none, the first one named after.
                .min_by_key(|&id| {
                    let near = self.registry.all[id].names.iter().map(|(_, r)| r.start);
                    let before = near.clone().filter(|&s| s <= place).max();
                    let surname = self.registry.all[id].words.last() == own.last();
                    before.map_or((!surname, 1, near.min().unwrap_or(0)), |b| (!surname, 0, place - b))
                });
            let by_list = known.and_then(|k| self.registry.by_key(ActorKind::Person, &format!("{k:?}")));
            let id = by_list.or(id).unwrap_or_else(|| {
                let mut e = Entity::new(ActorKind::Person);
                e.words = own.clone();
                e.traits.gender = self.lexicon.names.gender(&own[0]);
                self.registry.add(e)
            });
            if let Some(k) = known {
                self.registry.name_key(ActorKind::Person, format!("{k:?}"), id);
                self.registry.all[id].known.get_or_insert(k);
            }
            self.join(m, id);
            self.registry.all[id].learn(traits);
        }
        // What the lists know of them on that day, where the article does not say.
        for e in &mut self.registry.all {
            if let Some(Known::Person(i)) = e.known {
                let s = self.lexicon.names.people[i as usize].standing(self.day);
                e.traits.country = e.traits.country.or(s.country);
                if !e.traits.office {
                    e.traits.sector = s.sector.or(e.traits.sector);
                    e.traits.former |= s.former;
                    e.traits.office |= s.office.is_some();
                }
                if let Some(office) = s.office.filter(|_| !s.former) {
                    if !e.nouns.iter().any(|n| n == office) {
                        e.nouns.push(office.to_string());
                    }
                }
            }
        }
    }

    fn descriptions(&mut self) {
        for m in 0..self.found.len() {
            let f = &self.found[m];
            let What::Noun(noun) = f.what else { continue };
            let complement = f.name.end..self.describer.complement(f.name.end);
            let traits = self.describer.noun(f.name.clone(), noun, f.span.start..f.name.end, complement);
            let id = self
                .beside(m, noun)
                .inspect(|&id| {
                    if self.registry.all[id].kind == ActorKind::Person {
                        self.registry.all[id].learn(traits.clone());
                    }
                })
                .or_else(|| self.described(m, noun, &traits));
            if let Some(id) = id {
                self.join(m, id);
            }
            if noun.plural {
                self.shared(m, noun, &traits);
            }
        }
    }

    /// "Hungarian and Romanian officials": two groups that share a noun; the adjective before the "and" stands for one.
    fn shared(&mut self, m: usize, noun: Noun, traits: &Traits) {
        let f = &self.found[m];
        let first = f.span.start;
        let own = self.describer.within(first..f.name.start).next();
        let joined = own.is_some_and(|o| o.name.start == first && matches!(o.what, What::Demonym(_)))
            && first >= 2
            && matches!(self.reading.word(first - 1), "and" | "or" | ",");
        let Some(&o) = self.at.get(&(first.saturating_sub(2))).filter(|_| joined) else { return };
        let (What::Demonym(code), Some(old)) = (&self.found[o].what, self.entity[o]) else { return };
        let phrase = traits.noun.clone().unwrap_or_default();
        let id = self.group(noun, &Traits { country: Some(code), ..traits.clone() }, &phrase);
        let name = &self.found[o].name;
        let label = [self.reading.span(name.start, name.end), self.reading.span(f.name.start, f.name.end)].join(" ");
        let country = &mut self.registry.all[old];
        country.mentions.retain(|&x| x != o);
        country.names.retain(|(_, r)| r != name);
        let group = &mut self.registry.all[id];
        group.mentions.push(o);
        group.label.get_or_insert(label);
        self.entity[o] = Some(id);
    }

    /// The actor whose name stands beside a description: in apposition, or joined by "is".
    fn beside(&mut self, m: usize, noun: Noun) -> Option<usize> {
        let f = &self.found[m];
        let named = |m: usize| {
            let id = self.entity[m]?;
            let kind = self.registry.all[id].kind;
            let person = kind == ActorKind::Person;
            let fits = match noun.class {
                Class::Person | Class::Office | Class::Job => person && !noun.plural,
                Class::Group | Class::Body => kind == ActorKind::Organization && !noun.plural,
                _ => false,
            };
            (fits && self.found[m].kind == MentionKind::Name).then_some(id)
        };
        let token = &self.reading.tokens[f.head];
        // "Cho Hyun, the foreign minister": the description hangs on the name; or the other way round.
        if token.dep == "appos" {
            if let Some(id) = self.at.get(&(token.head as usize)).and_then(|&o| named(o)) {
                return Some(id);
            }
        }
        for child in self.tree.children_by(self.reading, f.head, &["appos"]) {
            if let Some(id) = self.at.get(&child).and_then(|&o| named(o)) {
                return Some(id);
            }
        }
        // The same by the words alone.
        for &o in f
            .span
            .start
            .checked_sub(2)
            .and_then(|t| self.at.get(&t))
            .iter()
            .chain(f.span.start.checked_sub(1).and_then(|t| self.at.get(&t)).iter())
        {
            let other = &self.found[*o];
            if other.name.end + 1 == f.span.start && self.reading.word(other.name.end) == "," {
                if let Some((_, range)) = self.describer.after(other.name.end) {
                    if range.contains(&f.head) {
                        if let Some(id) = named(*o) {
                            return Some(id);
                        }
                    }
                }
            }
        }
        // "Cho is the foreign minister", "Cho became foreign minister"
        if token.dep == "attr" {
            let verb = token.head as usize;
            let copula = matches!(self.reading.tokens[verb].lemma.as_str(), "be" | "become" | "remain");
            let negated = self.tree.children_by(self.reading, verb, &["neg"]).next().is_some();
            if copula && !negated {
                let subject = self.tree.children_by(self.reading, verb, &["nsubj"]).next()?;
                return self.at.get(&subject).and_then(|&o| named(o));
            }
        }
        None
    }

    /// The actor that a description means, made if the article has had none.
    fn described(&mut self, m: usize, noun: Noun, traits: &Traits) -> Option<usize> {
        let f = &self.found[m];
        let phrase = traits.noun.clone().unwrap_or_default();
        let first = lower(self.reading.word(f.span.start));
        let definite = matches!(first.as_str(), "the" | "this" | "that" | "these" | "those")
            || self.reading.tokens[f.span.start].tag == "PRP$";
        let indefinite = matches!(first.as_str(), "a" | "an" | "another" | "some" | "no" | "any" | "every" | "each");
        match noun.class {
            Class::Government => {
                if noun.plural || indefinite {
                    return None;
                }
                // "the Obama administration": the country of the person.
                let leader = self.within(f.span.start..f.name.start).find_map(|o| {
                    let e = &self.registry.all[self.entity[o]?];
                    (e.kind == ActorKind::Person).then_some(e.traits.country).flatten()
                });
                if let Some(code) = traits.country.or(leader) {
                    let kind =
                        if self.lexicon.countries.is_state(code) { ActorKind::Country } else { ActorKind::Place };
                    return Some(self.registry.by_key_or(kind, code, || {
                        let mut e = Entity::new(kind);
                        e.traits = Traits { country: Some(code), sector: Some("GOV"), ..Traits::default() };
                        e
                    }));
                }
                definite.then(|| self.last_country(m)).flatten()
            }
            _ if noun.plural => Some(self.group(noun, traits, &phrase)),
            Class::Person | Class::Office | Class::Job => {
                if !indefinite {
                    let id = self.holder(m, traits, &phrase);
                    if id.is_some() {
                        return id;
                    }
                }
                let key = format!("{phrase} {}", traits.country.unwrap_or(""));
                let old = self.registry.by_key(ActorKind::Person, &key);
                if let Some(id) = old.filter(|_| !indefinite) {
                    return Some(id);
                }
                let mut e = Entity::new(ActorKind::Person);
                e.nouns.push(phrase.clone());
                e.traits = traits.clone();
                let id = self.registry.add(e);
                self.registry.name_key(ActorKind::Person, key, id);
                Some(id)
            }
            Class::Body => {
                let last = phrase.rsplit(' ').next().unwrap_or(&phrase).to_string();
                if traits.country.is_none() && definite {
                    if let Some(id) = self.organization_before(m, &last) {
                        return Some(id);
                    }
                }
                let key = format!("{phrase} {}", traits.country.unwrap_or(""));
                Some(self.registry.by_key_or(ActorKind::Organization, &key, || {
                    let mut e = Entity::new(ActorKind::Organization);
                    e.nouns.push(phrase.clone());
                    e.traits = Traits { role: None, office: false, ..traits.clone() };
                    e
                }))
            }
            _ => {
                if definite && traits.country.is_none() {
                    if let Some(id) = self.organization_of(m, noun, &phrase) {
                        return Some(id);
                    }
                }
                Some(self.group(noun, traits, &phrase))
            }
        }
    }

    /// Mentions whose names lie within `range`.
    fn within(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = usize> + '_ {
        range.filter_map(|t| self.at.get(&t).copied())
    }

    fn group(&mut self, noun: Noun, traits: &Traits, phrase: &str) -> usize {
        let country = traits.country;
        let key = format!("{phrase} {}", country.unwrap_or(""));
        if country.is_none() {
            // "the troops" after "US troops".
            if let Some(id) = self.registry.by_key(ActorKind::Group, phrase) {
                return id;
            }
        }
        let id = self.registry.by_key_or(ActorKind::Group, &key, || {
            let mut e = Entity::new(ActorKind::Group);
            e.nouns.push(phrase.to_string());
            e.plural = true;
            e.traits = Traits { role: None, office: false, sector: noun.sector.or(traits.sector), ..traits.clone() };
            e
        });
        self.registry.name_key(ActorKind::Group, phrase.to_string(), id);
        id
    }

    /// The person that held the office last spoken of: "the president".
    fn holder(&self, m: usize, traits: &Traits, phrase: &str) -> Option<usize> {
        let last = phrase.rsplit([' ', '-']).next().unwrap_or(phrase);
        self.before(m, 400).find_map(|(_, id)| {
            let e = &self.registry.all[id];
            let named = e.kind == ActorKind::Person && !e.plural;
            let country = traits.country.is_none() || e.traits.country.is_none() || traits.country == e.traits.country;
            let noun = e
                .nouns
                .iter()
                .any(|n| n == phrase || phrase == last && n.rsplit([' ', '-']).next().is_some_and(|l| l == last));
            let former = traits.former == e.traits.former || !traits.former;
            (named && country && noun && former).then_some(id)
        })
    }

    /// Mentions before `m` with their entities, the nearest first, at most `most`.
    fn before(&self, m: usize, most: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        (m.saturating_sub(most)..m).rev().filter_map(|o| self.entity[o].map(|id| (o, id)))
    }

    /// The organization before `m` that has this noun in its name.
    fn organization_before(&self, m: usize, noun: &str) -> Option<usize> {
        self.before(m, 400).find_map(|(_, id)| {
            let e = &self.registry.all[id];
            let has = e.words.iter().any(|w| w == noun) || e.nouns.iter().any(|n| n.ends_with(noun));
            (e.kind == ActorKind::Organization && has).then_some(id)
        })
    }

    /// The organization before `m` that a word such as "company" or "newspaper" can mean.
    fn organization_of(&self, m: usize, noun: Noun, phrase: &str) -> Option<usize> {
        self.before(m, 60).find_map(|(o, id)| {
            let e = &self.registry.all[id];
            let named = e.kind == ActorKind::Organization && self.found[o].kind == MentionKind::Name;
            let has = e.words.iter().any(|w| w == phrase);
            (named && (has || e.traits.sector.is_some() && e.traits.sector == noun.sector)).then_some(id)
        })
    }

    /// The country that "the government" means: the one spoken of last.
    fn last_country(&self, m: usize) -> Option<usize> {
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for (_, id) in self.before(m, 200) {
            if self.registry.all[id].kind == ActorKind::Country {
                *counts.entry(id).or_insert(0) += 1;
            }
        }
        let total: usize = counts.values().sum();
        let (id, most) = counts.into_iter().max_by_key(|&(id, n)| (n, std::cmp::Reverse(id)))?;
        (most * 3 >= total).then_some(id)
    }

    fn pronouns(&mut self) {
        for m in 0..self.found.len() {
            let f = &self.found[m];
            let What::Pronoun(which) = f.what else { continue };
            if let Some(id) = self.antecedent(m, which) {
                let gender = match which {
                    Pronoun::He => Some('m'),
                    Pronoun::She => Some('f'),
                    _ => None,
                };
                let traits = &mut self.registry.all[id].traits;
                traits.gender = traits.gender.or(gender);
                self.join(m, id);
            }
        }
    }

    /// The actor that a pronoun means: agreeing in gender and number, in this sentence or the two before, subjects
    /// first, then the nearest.
    fn antecedent(&self, m: usize, which: Pronoun) -> Option<usize> {
        let own = &self.found[m];
        let sentence = self.reading.tokens[own.head].sentence;
        let mut best: Option<((u32, u32, usize), usize)> = None;
        for (o, id) in self.before(m, 60) {
            let other = &self.found[o];
            let token = &self.reading.tokens[other.head];
            let back = sentence - token.sentence;
            if back > 2 {
                break;
            }
            let e = &self.registry.all[id];
            let fits = match which {
                Pronoun::He => e.kind == ActorKind::Person && !e.plural && e.traits.gender != Some('f'),
                Pronoun::She => e.kind == ActorKind::Person && !e.plural && e.traits.gender != Some('m'),
                Pronoun::It => {
                    matches!(e.kind, ActorKind::Country | ActorKind::Organization | ActorKind::Place)
                        && !self.adjective(other)
                }
                Pronoun::They => e.plural || e.kind == ActorKind::Organization,
            };
            // "Lee met him": not the subject of the same verb.
            let same_verb = self.reading.tokens[own.head].tag == "PRP"
                && token.head == self.reading.tokens[own.head].head
                && token.sentence == sentence;
            if !fits || same_verb || other.head == own.head {
                continue;
            }
            let rank = match token.dep {
                "nsubj" | "nsubjpass" => 0,
                "dobj" | "poss" | "agent" => 1,
                _ => 2,
            };
            let known = match which {
                Pronoun::She => u32::from(e.traits.gender != Some('f')),
                _ => 0,
            };
            let score = (back + known, rank, m - o);
            if best.is_none_or(|(s, _)| score < s) {
                best = Some((score, id));
            }
        }
        best.map(|(_, id)| id)
    }

    /// Whether a mention only modifies a noun.
    fn adjective(&self, f: &Found) -> bool {
        matches!(self.dep(f), "amod" | "compound" | "nmod")
    }
}

/// Whether a name of fewer words can be that of a person named with more: the surname, or, as in East Asia, the first
/// word.
fn same_person(full: &[String], own: &[String]) -> bool {
    if own.len() > full.len() {
        return same_person(own, full);
    }
    let (Some(first), Some(last)) = (own.first(), own.last()) else { return false };
    if own.len() == 1 {
        return full.last() == Some(last) || full.first() == Some(first);
    }
    // "Shigeru Ishiba" and "Ishiba Shigeru", "Juan Santos" and "Juan Manuel Santos".
    own.iter().all(|w| full.contains(w))
        && (full.last() == Some(last) || full.last() == Some(first) || full.first() == Some(first))
}
