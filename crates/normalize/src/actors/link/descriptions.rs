//! Descriptions: of a name beside them, of an actor before them, or of an actor of their own.

use super::*;

impl Linker<'_> {
    /// Joins one description to the actor that it means.
    pub(super) fn description(&mut self, m: usize, noun: Noun) {
        let f = &self.found[m];
        let complement = f.name.end..self.describer.complement(f.name.end);
        let mut traits = self.describer.noun(f.name.clone(), noun, f.span.start..f.name.end, complement);
        if traits.country.is_none() {
            traits.country = self.owned(f, noun);
        }
        if matches!(traits.noun.as_deref(), Some("counterpart" | "counterparts"))
            && let Some((sector, _)) = self.office_before(m, usize::MAX)
        {
            traits.sector = sector;
        }
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
            let e = &mut self.registry.all[id];
            if e.names.is_empty() && matches!(e.kind, ActorKind::Person | ActorKind::Group) {
                e.traits.country = e.traits.country.or(traits.country);
            }
        }
        if noun.plural {
            self.shared(m, noun, &traits);
        }
    }

    /// The country of the owner: "its troops", "the president's spokesman". Not of kin and friends.
    fn owned(&self, f: &Found, noun: Noun) -> Option<&'static str> {
        if noun.class == Class::Person && !noun.plural {
            return None;
        }
        let owner = self.tree.children_by(self.reading, f.head, &["poss"]).find_map(|c| self.at.get(&c))?;
        let e = &self.registry.all[self.entity[*owner]?];
        let public = match e.kind {
            ActorKind::Person => e.traits.office,
            _ => e.traits.sector != Some("BUS"),
        };
        e.traits.country.filter(|_| public)
    }

    /// "French, British and American officials": groups that share a noun; the adjective before the "and" stands for
    /// one.
    fn shared(&mut self, m: usize, noun: Noun, traits: &Traits) {
        let f = &self.found[m];
        let phrase = traits.noun.clone().unwrap_or_default();
        let mut all: Vec<usize> = self.entity[m].into_iter().collect();
        let mut first = f.span.start;
        let own = self.describer.within(first..f.name.start).find(|o| self.describer.country(o).is_some());
        // "the Kenyan and Ugandan governments": the phrase may begin with the first of them.
        if let Some(o) = own {
            first = o.name.start;
        }
        let mut joined = own.is_some();
        while joined && first >= 2 && matches!(self.reading.word(first - 1), "and" | "or" | "," | "&") {
            let Some(&o) = self.at.get(&(first - 2)) else { break };
            let other = &self.found[o];
            let short =
                || self.reading.span(other.name.start, other.name.end).chars().all(|c| c.is_uppercase() || c == '.');
            let code = match other.what {
                What::Demonym(c) => Some(c),
                What::Country(c) if short() => Some(c),
                _ => None,
            };
            let Some(code) = code.filter(|_| other.name.end + 1 == first) else { break };
            first = other.name.start;
            let name = other.name.clone();
            let id = match noun.class {
                Class::Government => self.nation(code),
                _ => self.group(noun, &Traits { country: Some(code), ..traits.clone() }, &phrase),
            };
            let label =
                [self.reading.span(name.start, name.end), self.reading.span(f.name.start, f.name.end)].join(" ");
            if let Some(old) = self.entity[o] {
                let old = &mut self.registry.all[old];
                old.mentions.retain(|&x| x != o);
                old.names.retain(|(_, r)| *r != name);
            }
            let entity = &mut self.registry.all[id];
            entity.mentions.push(o);
            if noun.class == Class::Government {
                entity.names.push((self.reading.span(name.start, name.end).to_string(), name));
            } else {
                entity.label.get_or_insert(label);
            }
            self.entity[o] = Some(id);
            all.insert(0, id);
            joined = true;
        }
        all.dedup();
        if all.len() > 1 {
            self.shared.insert(f.head, all);
        }
    }

    /// The entity of a country or territory.
    pub(super) fn nation(&mut self, code: &'static str) -> usize {
        let kind = match code {
            "EUR" | "UNO" => ActorKind::Organization,
            c if self.lexicon.countries.is_state(c) => ActorKind::Country,
            _ => ActorKind::Place,
        };
        self.registry.by_key_or(kind, code, || {
            let mut e = Entity::new(kind);
            let sector = if kind == ActorKind::Organization { None } else { Some("GOV") };
            e.traits = Traits { country: Some(code), sector, ..Traits::default() };
            e
        })
    }

    /// The actor whose name stands beside a description: in apposition, or joined by "is".
    pub(super) fn beside(&mut self, m: usize, noun: Noun) -> Option<usize> {
        let f = &self.found[m];
        let commercial = matches!(
            lower(self.reading.word(f.head)).as_str(),
            "shareholder"
                | "investor"
                | "owner"
                | "partner"
                | "rival"
                | "competitor"
                | "customer"
                | "supplier"
                | "lender"
                | "creditor"
                | "backer"
                | "bidder"
                | "buyer"
                | "seller"
                | "operator"
                | "maker"
                | "manufacturer"
                | "employer"
                | "giant"
                | "producer"
                | "carrier"
                | "contractor"
        );
        let named = |m: usize| {
            let id = self.entity[m]?;
            let kind = self.registry.all[id].kind;
            let person = kind == ActorKind::Person;
            let fits = match noun.class {
                // "its largest shareholder, SoftBank Group"
                Class::Person | Class::Office | Class::Job => {
                    (person || kind == ActorKind::Organization && commercial) && !noun.plural
                }
                Class::Group | Class::Body => kind == ActorKind::Organization && !noun.plural,
                _ => false,
            };
            (fits && self.found[m].kind == MentionKind::Name).then_some(id)
        };
        let token = &self.reading.tokens[f.head];
        // "Cho Hyun, the foreign minister": the description hangs on the name; or the other way round.
        if token.dep == "appos"
            && let Some(id) = self.at.get(&(token.head as usize)).and_then(|&o| named(o))
        {
            return Some(id);
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
            if other.name.end + 1 == f.span.start
                && self.reading.word(other.name.end) == ","
                && let Some((_, range)) = self.describer.after(other.name.end)
                && range.contains(&f.head)
                && let Some(id) = named(*o)
            {
                return Some(id);
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
    pub(super) fn described(&mut self, m: usize, noun: Noun, traits: &Traits) -> Option<usize> {
        let f = &self.found[m];
        let phrase = traits.noun.clone().unwrap_or_default();
        let first = lower(self.reading.word(f.span.start));
        let definite = matches!(first.as_str(), "the" | "this" | "that" | "these" | "those")
            || self.reading.tokens[f.span.start].tag == "PRP$";
        let indefinite = matches!(first.as_str(), "a" | "an" | "another" | "some" | "no" | "any" | "every" | "each");
        match noun.class {
            Class::Government => {
                if indefinite {
                    return None;
                }
                if let Some(id) = self.regional(m, &phrase) {
                    return Some(id);
                }
                // "the Obama administration": the country of the person.
                let leader = || {
                    let (o, f) = self.within(f.span.start..f.name.start).map(|o| (o, &self.found[o])).last()?;
                    let e = &self.registry.all[self.entity[o]?];
                    let surname = self.reading.word(f.name.end - 1);
                    let listed = || self.lexicon.names.office_holder(surname, None, self.day)?.country;
                    (e.kind == ActorKind::Person).then(|| e.traits.country.or_else(listed)).flatten()
                };
                if let Some(code) = traits.country.or_else(leader) {
                    return Some(self.nation(code));
                }
                if noun.plural {
                    return Some(self.group(noun, traits, &phrase));
                }
                // A government that the article does not name is one all the same.
                if !definite {
                    return None;
                }
                let home = self.home.country.filter(|c| self.lexicon.countries.is_state(c));
                self.last_country(m).or_else(|| home.map(|c| self.nation(c))).or_else(|| {
                    Some({
                        self.registry.by_key_or(ActorKind::Organization, "government", || {
                            let mut e = Entity::new(ActorKind::Organization);
                            e.traits = Traits { sector: Some("GOV"), ..Traits::default() };
                            e
                        })
                    })
                })
            }
            // "the two countries", "both leaders" are those that were named last.
            _ if noun.plural
                && matches!(noun.class, Class::State | Class::Office)
                && (f.span.start..f.name.start)
                    .any(|t| matches!(lower(self.reading.word(t)).as_str(), "two" | "both"))
                && (definite || first == "both") =>
            {
                None
            }
            Class::State if !noun.plural => {
                let bare = f.name.start == f.span.start + 1 && matches!(first.as_str(), "the" | "this");
                if bare { self.last_country(m) } else { None }
            }
            _ if noun.plural => {
                // "31 people" and "seven people" are not the same.
                let count = self.reading.span(f.span.start, f.name.start);
                let counted = !definite && (f.span.start..f.name.start).any(|t| self.reading.tokens[t].tag == "CD");
                if counted {
                    let key = format!("{} {phrase} {}", lower(count), traits.country.unwrap_or(""));
                    return Some(self.new_group(key, noun, traits, &phrase));
                }
                Some(self.group(noun, traits, &phrase))
            }
            Class::Person | Class::Office | Class::Job => {
                if !indefinite {
                    let id = self.holder(m, traits, &phrase);
                    if id.is_some() {
                        return id;
                    }
                }
                let past = if traits.former { "former " } else { "" };
                let key = format!("{past}{phrase} {}", traits.country.unwrap_or(""));
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
                    let named = self.organization_before(m, &last);
                    if let Some(id) = named.or_else(|| self.organization_of(m, noun, &phrase)) {
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
                if definite
                    && traits.country.is_none()
                    && let Some(id) = self.organization_of(m, noun, &phrase)
                {
                    return Some(id);
                }
                Some(self.group(noun, traits, &phrase))
            }
        }
    }

    pub(super) fn group(&mut self, noun: Noun, traits: &Traits, phrase: &str) -> usize {
        let country = traits.country;
        let key = format!("{phrase} {}", country.unwrap_or(""));
        if country.is_none() {
            // "the troops" after "US troops".
            if let Some(id) = self.registry.by_key(ActorKind::Group, phrase) {
                return id;
            }
        }
        self.new_group(key, noun, traits, phrase)
    }

    /// The group of that key, made if there is none.
    fn new_group(&mut self, key: String, noun: Noun, traits: &Traits, phrase: &str) -> usize {
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

    /// The person that held the office last spoken of: "the president", "the former governor". "The president" is one
    /// who is so now, if the article names one.
    pub(super) fn holder(&self, m: usize, traits: &Traits, phrase: &str) -> Option<usize> {
        let now = self.holder_of(m, traits, phrase, traits.former);
        now.or_else(|| if traits.former { None } else { self.holder_of(m, traits, phrase, true) })
    }

    fn holder_of(&self, m: usize, traits: &Traits, phrase: &str, former: bool) -> Option<usize> {
        let tail = |n: &str| n.rsplit([' ', '-']).next().map(str::to_string);
        let last = tail(phrase).filter(|l| l == phrase);
        let called = |n: &str| n == phrase || last.is_some() && tail(n) == last;
        self.before(m, 400).find_map(|(_, id)| {
            let e = &self.registry.all[id];
            let person = e.kind == ActorKind::Person && !e.plural;
            // "the WikiLeaks founder": what is no state parts nobody.
            let known = traits.country.filter(|c| self.lexicon.countries.is_state(c));
            let country = known.is_none() || e.traits.country.is_none() || known == e.traits.country;
            let said = e.traits.former == former && e.nouns.iter().any(|n| called(n));
            // Somebody without a name is only what he is called.
            let fits = said && (former == traits.former || !e.names.is_empty())
                || traits.former && e.past.iter().any(|n| called(n));
            (person && country && fits).then_some(id)
        })
    }

    /// The organization before `m` that has this noun in its name.
    pub(super) fn organization_before(&self, m: usize, noun: &str) -> Option<usize> {
        self.before(m, 400).find_map(|(_, id)| {
            let e = &self.registry.all[id];
            let has = e.words.iter().any(|w| w == noun) || e.nouns.iter().any(|n| n.ends_with(noun));
            (e.kind == ActorKind::Organization && has).then_some(id)
        })
    }

    /// The organization before `m` that a word such as "company" or "newspaper" can mean.
    pub(super) fn organization_of(&self, m: usize, noun: Noun, phrase: &str) -> Option<usize> {
        self.before(m, 60).find_map(|(o, id)| {
            let e = &self.registry.all[id];
            let named = e.kind == ActorKind::Organization && self.found[o].kind == MentionKind::Name;
            let has = e.words.iter().any(|w| w == phrase);
            let sector = e.traits.sector.is_some() && e.traits.sector == noun.sector;
            // "the group", "the organization" may be any of those.
            let loose = matches!(phrase, "group" | "organization" | "organisation" | "movement")
                && !matches!(e.traits.sector, Some("GOV" | "MIL" | "COP" | "LEG" | "JUD" | "JRN"));
            (named && (has || sector || loose)).then_some(id)
        })
    }

    /// The government of a part of a state ("the Uttar Pradesh government", "the Catalan government"), or the
    /// organization that rules ("the Taliban government").
    fn regional(&mut self, m: usize, phrase: &str) -> Option<usize> {
        let f = &self.found[m];
        let before: Vec<usize> = self.within(f.span.start..f.name.start).collect();
        // "the Uttar Pradesh government" that the model took for one name.
        let Some(&o) = before.last() else {
            let first = (f.span.start..f.name.start).find(|&t| self.reading.tokens[t].tag.starts_with("NNP"))?;
            let text = self.reading.span(first, f.name.start);
            let country = self.lexicon.places.large(text)?;
            let key = fold::key(&format!("{text} {phrase}"));
            return Some(self.registry.by_key_or(ActorKind::Place, &key, || {
                let mut e = Entity::new(ActorKind::Place);
                e.traits = Traits { country: Some(country), sector: Some("GOV"), ..Traits::default() };
                e
            }));
        };
        let other = &self.found[o];
        let country = match (&other.what, other.known) {
            (What::Place(spot), _) => spot.map(|s| s.country),
            (What::Organization, _) => {
                return self.entity[o].filter(|&id| {
                    matches!(self.registry.all[id].traits.sector, None | Some("REB" | "PTY" | "GOV" | "MIL"))
                });
            }
            (What::Demonym(code), Some(Known::Part(_))) => Some(*code),
            _ => return None,
        };
        if let Some(id) = self.entity[o] {
            return Some(id);
        }
        let name = self.reading.span(other.name.start, other.name.end).to_string();
        let key = fold::key(&format!("{name} {phrase}"));
        Some(self.registry.by_key_or(ActorKind::Place, &key, || {
            let mut e = Entity::new(ActorKind::Place);
            e.traits = Traits { country, sector: Some("GOV"), ..Traits::default() };
            e
        }))
    }

    /// The country that "the government" means: the one spoken of last.
    pub(super) fn last_country(&self, m: usize) -> Option<usize> {
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
}
