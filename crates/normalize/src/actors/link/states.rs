//! States: countries, their peoples, capitals and places become one entity for each code or name.

use super::*;
use crate::actors::words::Use;

impl Linker<'_> {
    pub(super) fn countries(&mut self) -> Vec<(usize, &'static str)> {
        let mut one = Vec::new();
        // A city alone is a city: its government is meant where the country, or another one, is spoken of too, or where
        // it does what only a government does.
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
            // "HANOI, Vietnam (AP) —" says where, not who.
            if self.in_dateline(f) {
                continue;
            }
            match f.what {
                What::Country(code) => {
                    self.country(m, code);
                    self.other_half(m);
                }
                What::Capital(code) if self.governs(f, abroad(code)) => self.country(m, code),
                What::Capital(code) => self.place(m, Some(code)),
                What::Demonym(code) if self.is_people(f) && self.singular(f) => {
                    // "the 48-year-old Australian": linked once people are known.
                    one.push((m, code));
                }
                // "ethnic Albanians" are of the state where they live, which their phrase or what they do tells.
                What::Demonym(_) if ethnic(self.reading, f.name.start) && !self.is_people(f) => {}
                What::Demonym(code) if self.is_people(f) => {
                    let text = fold::key(self.reading.span(f.name.start, f.name.end));
                    let elsewhere = ethnic(self.reading, f.name.start) || self.native_to(f, code);
                    let country = Some(code).filter(|_| !elsewhere);
                    let key = format!("{text} {}", country.unwrap_or("ethnic"));
                    let id = self.registry.by_key_or(ActorKind::Group, &key, || {
                        let mut e = Entity::new(ActorKind::Group);
                        e.traits = Traits { country, sector: Some("CVL"), ..Traits::default() };
                        e.plural = true;
                        e
                    });
                    self.join(m, id);
                }
                // "Scottish ministers": Scotland is spoken of, not the state.
                What::Demonym(_) if matches!(f.known, Some(Known::Part(_))) => {}
                What::Demonym(code) => self.country(m, code),
                // What no gazetteer has may be short for an organization; see `organizations`.
                What::Place(Some(spot)) => self.place(m, Some(spot.country)),
                _ => {}
            }
        }
        one
    }

    /// Single people called by their nationality: the person of that country spoken of last, or somebody new.
    pub(super) fn nationals(&mut self, one: Vec<(usize, &'static str)>) {
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
    pub(super) fn singular(&self, f: &Found) -> bool {
        let word = self.reading.word(f.head);
        matches!(self.reading.tokens[f.head].tag, "NN" | "NNP")
            && (word.ends_with("an") || word.ends_with("man") || word.ends_with('i'))
    }

    pub(super) fn country(&mut self, m: usize, code: &'static str) {
        let id = self.nation(code);
        self.join(m, id);
    }

    /// "North and South Korea": two that share a word, and so their place in the sentence.
    fn other_half(&mut self, m: usize) {
        let f = &self.found[m];
        let Some(&o) = f.name.start.checked_sub(2).and_then(|t| self.at.get(&t)) else { return };
        let other = &self.found[o];
        let halves = matches!((&f.what, &other.what), (What::Country(a), What::Country(b)) if a != b)
            && f.name.len() == 2
            && other.name.len() == 1
            && self.reading.tokens[other.head].head as usize == f.head;
        if halves && let (Some(a), Some(b)) = (self.entity[o], self.entity[m]) {
            self.shared.insert(f.head, vec![a, b]);
        }
    }

    pub(super) fn place(&mut self, m: usize, country: Option<&'static str>) {
        let f = &self.found[m];
        let text = self.reading.span(f.name.start, f.name.end);
        let id = self.registry.by_key_or(ActorKind::Place, &fold::key(text), || {
            let mut e = Entity::new(ActorKind::Place);
            e.traits = Traits { country, sector: country.map(|_| "GOV"), ..Traits::default() };
            e
        });
        self.join(m, id);
    }

    /// Whether a capital stands for the government here and not for the city; `abroad` if the article speaks of its
    /// country or of another one as well.
    pub(super) fn governs(&self, f: &Found, abroad: bool) -> bool {
        let names = &self.describer.names;
        let after = names.partition_point(|o| o.name.start < f.name.end + 1);
        let follows = || {
            let next = names[after..].iter().take_while(|o| o.name.start == f.name.end + 1);
            next.into_iter().any(|o| matches!(o.what, What::Country(_) | What::Place(_) | What::Demonym(_)))
        };
        let next = self.reading.tokens.get(f.name.end).map(|_| self.reading.word(f.name.end));
        if next == Some(",") && follows() {
            return false;
        }
        let token = &self.reading.tokens[f.head];
        let head = token.head as usize;
        let lemma = lower(&self.reading.tokens[head].lemma);
        let says = |kind| self.lexicon.words.is(&lemma, kind);
        match token.dep {
            "nsubj" if lemma == "be" => {
                let mood = self.tree.children_by(self.reading, head, &["acomp"]).next();
                mood.is_some_and(|a| self.lexicon.words.is(&lower(self.reading.word(a)), Use::Mood)) && abroad
            }
            "nsubj" => says(Use::State) || abroad && !says(Use::City),
            "nsubjpass" | "dobj" | "dative" => says(Use::State),
            "poss" => abroad && !says(Use::Urban),
            "compound" | "nmod" => says(Use::Power) && abroad,
            "pobj" => {
                let above = self.reading.tokens[head].head as usize;
                let tie = self.lexicon.words.is(&lower(&self.reading.tokens[above].lemma), Use::Tie);
                match lower(self.reading.word(head)).as_str() {
                    "with" | "between" | "against" => abroad,
                    "by" => abroad && self.reading.tokens[head].dep == "agent",
                    "on" | "to" | "from" | "toward" | "towards" => abroad && tie,
                    _ => false,
                }
            }
            "conj" => {
                // "Moscow and Kyiv agreed": as the first of them.
                let mut at = f.head;
                while self.reading.tokens[at].dep == "conj" {
                    at = self.reading.tokens[at].head as usize;
                }
                let first = self.at.get(&at).map(|&o| &self.found[o]).filter(|o| o.head != f.head);
                first.is_some_and(|o| matches!(o.what, What::Capital(_)) && self.governs(o, abroad))
                    || first.is_some_and(|o| {
                        let rules = matches!(o.what, What::Noun(n) if matches!(n.class, Class::Government));
                        rules || matches!(o.what, What::Country(_))
                    })
            }
            _ => false,
        }
    }

    /// "the Hungarians of Slovakia": a people that lives in another state than its own is of that one.
    fn native_to(&self, f: &Found, code: &str) -> bool {
        let of = f.name.end;
        let follows = self.reading.tokens.get(of).is_some_and(|t| t.head as usize == f.head)
            && self.reading.word(of).eq_ignore_ascii_case("of");
        follows
            && self.describer.within(of + 1..(of + 5).min(self.reading.tokens.len())).next().is_some_and(|o| {
                let tied = self.reading.tokens[o.head].head as usize == of;
                let state = matches!(o.what, What::Country(_) | What::Place(_));
                tied && state && self.describer.country(o).is_some_and(|c| c != code)
            })
    }

    /// Whether a demonym names people ("Russians", "the French") and not a quality.
    pub(super) fn is_people(&self, f: &Found) -> bool {
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
        // "Ugandan governments": an adjective, whatever the tagger says.
        let next = self.reading.tokens.get(f.name.end);
        let adjective = !matches!(t.tag, "NNPS" | "NNS")
            && next.is_some_and(|n| matches!(n.tag, "NN" | "NNS") && n.sentence == t.sentence);
        argument && (noun || article) && !adjective && f.name.end - 1 == f.head
    }
}

/// Whether the demonym at token `t` tells a people and not a state: "ethnic Albanians", "the Turkish minority of the
/// region".
pub(in crate::actors) fn ethnic(reading: &Reading, t: usize) -> bool {
    let word = |i: usize| reading.tokens.get(i).map_or(String::new(), |_| lower(reading.word(i)));
    let part = matches!(word(t + 1).as_str(), "minority" | "population" | "community")
        && matches!(word(t + 2).as_str(), "of" | "in");
    part || t.checked_sub(1).is_some_and(|b| reading.word(b).eq_ignore_ascii_case("ethnic"))
}
