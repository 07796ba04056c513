//! Parties: who the head of an argument is, as an actor of the article.

use super::{propositions::Kind, syntax::Syntax};
use crate::{ActorKind, MentionKind, Quote, actors::Cast};
use std::collections::HashMap;

/// How directly a phrase names an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grip {
    /// Its head heads a mention.
    Head,
    /// Through a word that acts for its owner, or a partitive: "Israeli jets", "thousands of protesters".
    Proxy,
    /// Through a possessor, an "of" phrase or a modifier of some other noun: "Yoon's efforts".
    Near,
}

/// How many mentions back the members of a pair are looked for.
const PAIR_REACH: usize = 25;

/// Resolves tokens to actors.
pub(super) struct Parties<'a> {
    pub syntax: &'a Syntax<'a>,
    pub cast: &'a Cast,
    pub quotes: &'a [Quote],
    /// For each actor that is called a spokesman, the first token that calls it so.
    spokesmen: HashMap<usize, usize>,
    /// Whether each actor has a name.
    named: Vec<bool>,
    /// For each country that the article names as a state, its actor.
    states: HashMap<&'a str, usize>,
}

impl<'a> Parties<'a> {
    /// The parties that an article can have.
    pub fn new(syntax: &'a Syntax<'a>, cast: &'a Cast, quotes: &'a [Quote]) -> Parties<'a> {
        let speaks = |t: &usize| syntax.lexicon.governors.speaks(&syntax.lemma(*t));
        let mut spokesmen = HashMap::new();
        let mut named = vec![false; cast.actors.len()];
        for m in &cast.mentions {
            named[m.actor] |= m.kind == MentionKind::Name;
            if !spokesmen.contains_key(&m.actor)
                && let Some(at) = (m.first..m.last).find(speaks)
            {
                spokesmen.insert(m.actor, at);
            }
        }
        let mut states = HashMap::new();
        for (i, a) in cast.actors.iter().enumerate().filter(|(_, a)| a.kind == ActorKind::Country) {
            if let Some(code) = a.country.as_deref() {
                states.entry(code).or_insert(i);
            }
        }
        Parties { syntax, cast, quotes, spokesmen, named, states }
    }

    /// Whether an actor has a name.
    pub fn named(&self, actor: usize) -> bool {
        self.named[actor]
    }

    /// The state that place `actor` lies in, if the article names it.
    pub fn state_of(&self, actor: usize) -> Option<usize> {
        self.states.get(self.cast.actors[actor].country.as_deref()?).copied()
    }

    /// The actor whose mention token `i` heads.
    pub fn direct(&self, i: usize) -> Option<usize> {
        if self.cast.in_dateline(i) {
            return None;
        }
        if let Some(m) = self.cast.by_head.get(i).copied().flatten() {
            return Some(self.cast.mentions[m as usize].actor);
        }
        if let Some(speaker) = self.first_person(i) {
            return Some(speaker);
        }
        if self.syntax.against_government(i) {
            return self.home_state();
        }
        // A parse that heads a name elsewhere than the mention does.
        let m = self.cast.by_token.get(i).copied().flatten()?;
        let mention = &self.cast.mentions[m as usize];
        let outside = self.syntax.head(i) < mention.first || self.syntax.head(i) >= mention.last;
        (mention.kind == MentionKind::Name && outside && self.syntax.is_noun(i)).then_some(mention.actor)
    }

    /// The state or territory that the article is about, if it names it.
    fn home_state(&self) -> Option<usize> {
        let home = self.cast.home.country?;
        let territory = || {
            let actors = self.cast.actors.iter().enumerate();
            let own = actors.filter(|(_, a)| a.kind == ActorKind::Place && a.country.as_deref() == Some(home));
            own.max_by_key(|(_, a)| a.mentions).map(|(i, _)| i)
        };
        self.states.get(home).copied().or_else(territory)
    }

    /// "we" and "I" inside a quotation are its speaker.
    fn first_person(&self, i: usize) -> Option<usize> {
        let word = self.syntax.reading.word(i);
        if !["i", "we", "us", "me", "our", "my"].iter().any(|w| word.eq_ignore_ascii_case(w)) || word == "US" {
            return None;
        }
        let at = self.syntax.reading.tokens[i].start;
        let after = self.quotes.partition_point(|q| q.start <= at);
        let quote = self.quotes[..after].iter().rev().take(3).find(|q| q.direct && at < q.end);
        let speaker = quote.and_then(|q| q.speaker)?;
        // The "we" of a spokesman is the body that he speaks for.
        let many = ["we", "us", "our"].iter().any(|w| word.eq_ignore_ascii_case(w));
        Some(if many { self.spoken_for(speaker).unwrap_or(speaker) } else { speaker })
    }

    /// The body that a spokesman speaks for.
    fn spoken_for(&self, speaker: usize) -> Option<usize> {
        let s = self.syntax;
        let at = *self.spokesmen.get(&speaker)?;
        let near = s.children(at, &["poss", "compound", "nmod"]);
        let of = s.children(at, &["prep"]).flat_map(|p| s.children(p, &["pobj"]).collect::<Vec<_>>());
        let named = |t: usize| {
            let mention = |m: Option<u32>| m.map(|m| self.cast.mentions[m as usize].actor);
            mention(self.cast.by_head[t]).or_else(|| mention(self.cast.by_token[t]))
        };
        near.chain(of)
            .filter_map(named)
            .find(|&a| a != speaker && matches!(self.cast.actors[a].kind, ActorKind::Organization | ActorKind::Country))
    }

    /// The actors that the phrase headed by `i` names, and how directly.
    pub fn resolve(&self, i: usize) -> Option<(Vec<usize>, Grip)> {
        self.resolve_within(i, 4)
    }

    /// As [`Parties::resolve`], for who does something: not the one to whom an event noun was done ("the bombing of the
    /// embassy killed").
    pub fn resolve_doer(&self, i: usize) -> Option<(Vec<usize>, Grip)> {
        let (found, grip) = self.resolve(i)?;
        let s = self.syntax;
        if grip > Grip::Head && s.is_noun(i) && s.lexicon.frames.of_target(&s.lemma(i)) {
            let of = s.children(i, &["prep"]).filter(|&p| s.lower(p) == "of");
            let targets = of.flat_map(|p| s.children(p, &["pobj"]).collect::<Vec<_>>()).flat_map(|o| s.conjuncts(o));
            let targets: Vec<usize> = targets.filter_map(|o| self.resolve(o)).flat_map(|(a, _)| a).collect();
            if found.iter().all(|a| targets.contains(a)) {
                return None;
            }
        }
        Some((found, grip))
    }

    fn resolve_within(&self, i: usize, left: usize) -> Option<(Vec<usize>, Grip)> {
        if let Some(a) = self.direct(i) {
            return Some((self.with_sharers(i, a), Grip::Head));
        }
        if left == 0 {
            return None;
        }
        if let Some(pair) = self.pair(i) {
            return Some((pair, Grip::Proxy));
        }
        let s = self.syntax;
        let lemma = s.lemma(i);
        let governors = &s.lexicon.governors;
        let below = |role: &[&str]| -> Vec<usize> {
            s.children(i, &["prep", "agent"])
                .filter(|&p| role.contains(&s.lower(p).as_str()))
                .flat_map(|p| s.children(p, &["pobj"]).collect::<Vec<_>>())
                .flat_map(|o| s.conjuncts(o))
                .collect()
        };
        let all = |heads: Vec<usize>| -> Option<(Vec<usize>, Grip)> {
            let mut actors = Vec::new();
            let mut grip = Grip::Head;
            for h in heads {
                if let Some((a, g)) = self.resolve_within(h, left - 1) {
                    actors.extend(a);
                    grip = grip.max(g);
                }
            }
            (!actors.is_empty()).then_some((actors, grip))
        };
        if (governors.partitive(&lemma) || s.reading.tokens[i].pos == "NUM")
            && let Some((a, g)) = all(below(&["of", "to"]))
        {
            return Some((a, g.max(Grip::Proxy)));
        }
        if !s.is_noun(i) && !matches!(s.reading.tokens[i].pos, "ADJ" | "NUM" | "VERB") {
            return None;
        }
        let grip = if governors.proxy(&lemma) { Grip::Proxy } else { Grip::Near };
        let widen = |found: Option<(Vec<usize>, Grip)>| found.map(|(a, g)| (a, g.max(grip)));
        // "his counterpart Wang Yi", "two states, Chad and Niger": the name says who is described.
        let named = s.children(i, &["appos"]).flat_map(|c| s.conjuncts(c)).filter(|&c| self.direct(c).is_some());
        if let Some((found, _)) = all(named.collect()) {
            return Some((found, Grip::Head));
        }
        // The possessor of a rival is the other side.
        let relational = governors.relational(&lemma);
        if !relational && let Some(found) = widen(all(s.children(i, &["poss"]).collect())) {
            return Some(found);
        }
        if let Some(found) = widen(all(below(&["by"]))) {
            return Some(found);
        }
        // "the US-Korea summit": both.
        let hyphen = |t: usize| matches!(s.reading.word(t), "-" | "–");
        let pair = |m: usize| s.children(m, &["compound", "nmod"]).filter(move |&o| o + 2 == m && hyphen(o + 1));
        let modifiers = s.children(i, &["compound", "amod", "nmod"]).flat_map(|c| s.conjuncts(c));
        // "a Saudi-led strike"
        let led = |m: usize| {
            let lead = s.lexicon.governors.leads(&s.lower(m));
            s.children(m, &["npadvmod", "compound", "nmod", "amod"]).filter(move |_| lead)
        };
        let modifiers: Vec<usize> =
            modifiers.flat_map(|m| pair(m).chain(led(m)).chain([m]).collect::<Vec<_>>()).collect();
        let modifiers = modifiers.into_iter().filter(|&m| self.cast.by_token.get(m).copied().flatten().is_some());
        if let Some(found) = widen(all(modifiers.collect())) {
            return Some(found);
        }
        // A modifier inside a mention that the parser split ("US Supreme Court decision").
        let inside = s.children(i, &["compound"]).find_map(|c| self.cast.by_token.get(c).copied().flatten());
        if let Some(m) = inside {
            return Some((vec![self.cast.mentions[m as usize].actor], grip));
        }
        // "an appeal filed by X"
        let agents = s.children(i, &["acl", "relcl"]).filter(|&c| s.tag(c) == "VBN").flat_map(|c| s.agent(c).heads);
        let event = s.lexicon.frames.knows(&lemma, Kind::Noun);
        if event && let Some(found) = widen(all(agents.collect())) {
            return Some(found);
        }
        if relational {
            return None;
        }
        if let Some(found) = widen(all(below(&["of", "from"]))) {
            return Some(found);
        }
        // "put out a report accusing ...": the words are those of the one who issues them.
        if governors.document(&lemma) && s.dep(i) == "dobj" && s.is_verb(s.head(i)) {
            return all(s.subject(s.head(i)).heads).map(|(a, _)| (a, Grip::Near));
        }
        // "a court in Lyon"
        if governors.body(&lemma) || governors.people(&lemma) { widen(all(below(&["in"]))) } else { None }
    }

    /// The actor `a` that heads a mention at `i`, with those that share its noun: "Hungarian and Romanian officials",
    /// "Russia and Turkey's foreign ministers", "the leaders of Serbia and Kosovo".
    fn with_sharers(&self, i: usize, a: usize) -> Vec<usize> {
        let s = self.syntax;
        let mut out = self.cast.sharing(i);
        if !out.contains(&a) {
            out = vec![a];
        }
        if matches!(s.tag(i), "NNS" | "NNPS") && out.len() == 1 {
            let of = s.children(i, &["prep"]).filter(|&p| s.lower(p) == "of");
            let owned = of.flat_map(|p| s.children(p, &["pobj"]).collect::<Vec<_>>());
            let owners = s.children(i, &["poss", "amod", "nmod", "compound"]).chain(owned);
            for c in owners.map(|c| s.conjuncts(c)).filter(|c| c.len() > 1).flatten() {
                let Some(owner) = self.cast.by_head[c].map(|m| self.cast.mentions[m as usize].actor) else { continue };
                let country = |x: usize| self.cast.actors[x].country.as_ref();
                if out.iter().all(|&x| x != owner && country(x) != country(owner)) && country(owner).is_some() {
                    out.insert(0, owner);
                }
            }
        }
        out
    }

    /// "the two countries", "both leaders": the two that were named most often of late, the subject of the same verb
    /// left out.
    fn pair(&self, i: usize) -> Option<Vec<usize>> {
        let s = self.syntax;
        let lemma = s.lemma(i);
        let people = s.lexicon.governors.pair_of_people(&lemma);
        let sides = s.lexicon.governors.pair_of_sides(&lemma);
        let states = s.lexicon.governors.pair_of_states(&lemma);
        if !(people || sides || states) || !matches!(s.tag(i), "NNS" | "NNPS") {
            return None;
        }
        let two = |c: usize| matches!(s.lower(c).as_str(), "two" | "both");
        if !s.children(i, &["det", "nummod", "preconj", "predet", "amod"]).any(two) {
            return None;
        }
        let verb = s.tree.ancestors(s.reading, i).find(|&a| s.is_verb(a));
        let subjects: Vec<usize> = verb.map(|v| s.subject(v).heads).unwrap_or_default();
        let subject: Vec<usize> = match subjects.contains(&i) {
            true => Vec::new(),
            false => subjects.iter().filter_map(|&h| self.direct(h)).collect(),
        };
        let country = |a: usize| self.cast.actors[a].country.as_deref();
        // Candidates with the number of their mentions, the last named first.
        let mut candidates: Vec<(usize, u32)> = Vec::new();
        let before = self.cast.mentions.partition_point(|m| m.first < i);
        for m in self.cast.mentions[..before].iter().rev().take(PAIR_REACH) {
            if sides {
                if !subject.contains(&m.actor) && candidates.iter().all(|(o, _)| *o != m.actor) {
                    candidates.push((m.actor, 1));
                }
                continue;
            }
            let Some(code) = country(m.actor) else { continue };
            let kind = self.cast.actors[m.actor].kind;
            if (people && kind != ActorKind::Person) || subject.iter().any(|&s| country(s) == Some(code)) {
                continue;
            }
            // "Sudanese soldiers" name a state as well as "Sudan" does.
            let state = |&a: &usize| self.cast.actors[a].kind == ActorKind::Country && country(a) == Some(code);
            let named = if people { None } else { (0..self.cast.actors.len()).find(state) };
            let same = |o: usize| if people { o == m.actor } else { country(o) == Some(code) };
            match candidates.iter_mut().find(|(o, _)| same(*o)) {
                Some((_, n)) => *n += 1,
                None => candidates.push((named.unwrap_or(m.actor), 1)),
            }
        }
        candidates.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
        if let [(a, _), (b, _), ..] = candidates[..] {
            return Some(vec![a.min(b), a.max(b)]);
        }
        None
    }

    /// As [`Parties::resolve`], for what something is done to: a target without an owner stands for the place it is in
    /// ("a camp in Pakistan").
    pub fn resolve_target(&self, i: usize) -> Option<(Vec<usize>, Grip)> {
        self.resolve(i).or_else(|| {
            let s = self.syntax;
            let inside = |p: &usize| matches!(s.lower(*p).as_str(), "in" | "at" | "near" | "of" | "inside" | "outside");
            let places =
                s.children(i, &["prep"]).filter(inside).flat_map(|p| s.children(p, &["pobj"]).collect::<Vec<_>>());
            let found: Vec<usize> = places.filter_map(|o| self.resolve(o)).flat_map(|(a, _)| a).collect();
            (!found.is_empty()).then_some((found, Grip::Near))
        })
    }

    /// Whether the phrase headed by `i` is an actor, itself or through a word that acts for it.
    pub fn is_actor(&self, i: usize) -> bool {
        self.resolve(i).is_some_and(|(_, g)| g <= Grip::Proxy)
            || matches!(self.syntax.reading.tokens[i].entity_type, "PERSON" | "NORP" | "ORG" | "GPE")
    }

    /// The kind of the actor that `i` heads.
    pub fn kind(&self, i: usize) -> Option<ActorKind> {
        self.direct(i).map(|a| self.cast.actors[a].kind)
    }
}
