//! People: full names first, then surnames and first names; the lists say what they were on the day.

use super::*;

impl Linker<'_> {
    pub(super) fn people(&mut self) {
        let mut order: Vec<usize> = (0..self.found.len())
            .filter(|&m| {
                let f = &self.found[m];
                self.entity[m].is_none() && f.what == What::Person && !self.in_dateline(f)
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
        // Where each entity is named.
        let mut places: HashMap<usize, BTreeSet<usize>> = HashMap::new();
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
            if traits == Traits::default()
                && let Some(id) = self.registry.by_key(ActorKind::Organization, &key)
            {
                self.join(m, id);
                continue;
            }
            let known = f.known.filter(|k| matches!(k, Known::Person(_))).or_else(|| self.longer(f));
            // A physician of the name of a senator is somebody else.
            let known = known.filter(|&k| !self.namesake(k, &traits));
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
                    let near = places.get(&id);
                    let before = near.and_then(|p| p.range(..=place).next_back());
                    let surname = self.registry.all[id].words.last() == own.last();
                    let first = || near.and_then(|p| p.first().copied()).unwrap_or(0);
                    before.map_or_else(|| (!surname, 1, first()), |b| (!surname, 0, place - b))
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
            places.entry(id).or_default().insert(place);
            self.registry.all[id].learn(traits);
        }
        self.holders();
        // What the lists know of them on that day, where the article does not say.
        for e in &mut self.registry.all {
            if let Some(Known::Person(i)) = e.known {
                let person = &self.lexicon.names.people[i as usize];
                let s = person.standing(self.day);
                e.past = person.past(self.day).collect();
                e.traits.country = e.traits.country.or(s.country);
                // "his Chinese counterpart" says the country only.
                if !e.traits.office || e.traits.noun.as_deref() == Some("counterpart") {
                    // What the article says somebody is now goes before what the lists say he was.
                    let said = s.former && e.traits.role.is_some();
                    e.traits.sector = if said { e.traits.sector.or(s.sector) } else { s.sector.or(e.traits.sector) };
                    e.traits.former |= s.former && !said;
                    e.traits.office |= s.office.is_some();
                }
                if let Some(office) = s.office.filter(|_| !s.former)
                    && !e.nouns.iter().any(|n| n == office)
                {
                    e.nouns.push(office.to_string());
                }
            }
        }
    }

    /// The listed person whose name is part of a longer one: "Mohammad Javad Zarif".
    fn longer(&self, f: &Found) -> Option<Known> {
        if f.name.len() < 3 {
            return None;
        }
        let (first, last) = (f.name.start, f.name.end - 1);
        let tail = self.lexicon.names.find(self.reading.span(last - 1, f.name.end));
        let ends = || self.lexicon.names.find(&[self.reading.word(first), self.reading.word(last)].join(" "));
        tail.or_else(ends).filter(|k| matches!(k, Known::Person(_)))
    }

    /// Whether what the article says of somebody shows that it is not the one whom the lists know by that name.
    fn namesake(&self, known: Known, traits: &Traits) -> bool {
        let Known::Person(i) = known else { return false };
        let job = traits.role.is_some()
            && !traits.office
            && matches!(traits.sector, Some("MED" | "AGR" | "EDU" | "JRN" | "LAB"));
        let public =
            |s: Option<&str>| matches!(s, Some("GOV" | "LEG" | "MIL" | "ELI" | "PTY" | "REB" | "SPY" | "COP" | "OPP"));
        job && public(self.lexicon.names.people[i as usize].standing(self.day).sector)
    }

    /// Surnames with an office before them: "President Bush" is American whichever of them it was.
    fn holders(&mut self) {
        for id in 0..self.registry.all.len() {
            let e = &self.registry.all[id];
            if e.kind != ActorKind::Person || e.known.is_some() || e.words.len() != 1 || !e.traits.office {
                continue;
            }
            let Some(office) = &e.traits.noun else { continue };
            let Some(holder) = self.lexicon.names.office_holder(&e.words[0], Some(office), self.day) else { continue };
            if e.traits.country.is_some() && e.traits.country != holder.country {
                continue;
            }
            let e = &mut self.registry.all[id];
            e.known = holder.person;
            e.traits.country = e.traits.country.or(holder.country);
        }
    }

    /// "met his Chinese counterpart Wang Yi": of the same office as the one named before.
    pub(super) fn counterparts(&mut self) {
        for id in 0..self.registry.all.len() {
            let e = &self.registry.all[id];
            let counterpart = e.traits.noun.as_deref() == Some("counterpart");
            let Some(&m) = e.mentions.iter().min().filter(|_| counterpart && e.traits.sector.is_none()) else {
                continue;
            };
            if let Some((sector, noun)) = self.office_before(m, id) {
                let e = &mut self.registry.all[id];
                e.traits.sector = sector;
                e.nouns.extend(noun);
            }
        }
    }

    /// Sector and office of the nearest office-holder named before mention `m`, other than `own`.
    pub(super) fn office_before(&self, m: usize, own: usize) -> Option<(Option<&'static str>, Option<String>)> {
        self.before(m, 12).find_map(|(_, id)| {
            let e = &self.registry.all[id];
            let holds = e.kind == ActorKind::Person && e.traits.office && e.traits.sector.is_some() && id != own;
            holds.then(|| (e.traits.sector, e.nouns.first().cloned()))
        })
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
