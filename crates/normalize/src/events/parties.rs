//! Parties: who the head of an argument is, as an actor of the article.

use super::syntax::Syntax;
use crate::{ActorKind, MentionKind, Quote, actors::Cast};

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

/// Resolves tokens to actors.
pub(super) struct Parties<'a> {
    pub syntax: &'a Syntax<'a>,
    pub cast: &'a Cast,
    pub quotes: &'a [Quote],
    /// Tokens of datelines ("KABUL, Afghanistan --"), which name no party.
    datelines: Vec<std::ops::Range<usize>>,
}

impl<'a> Parties<'a> {
    /// With the datelines found.
    pub fn new(syntax: &'a Syntax<'a>, cast: &'a Cast, quotes: &'a [Quote]) -> Parties<'a> {
        let datelines =
            syntax.reading.sentences.iter().filter_map(|s| dateline(syntax, s.start as usize, s.end as usize));
        Parties { syntax, cast, quotes, datelines: datelines.collect() }
    }

    fn in_dateline(&self, i: usize) -> bool {
        let after = self.datelines.partition_point(|d| d.start <= i);
        after > 0 && self.datelines[after - 1].contains(&i)
    }

    /// The actor whose mention token `i` heads.
    pub fn direct(&self, i: usize) -> Option<usize> {
        if self.in_dateline(i) {
            return None;
        }
        if let Some(m) = self.cast.by_head.get(i).copied().flatten() {
            return Some(self.cast.mentions[m as usize].actor);
        }
        if let Some(speaker) = self.first_person(i) {
            return Some(speaker);
        }
        // A parse that heads a name elsewhere than the mention does.
        let m = self.cast.by_token.get(i).copied().flatten()?;
        let mention = &self.cast.mentions[m as usize];
        let outside = self.syntax.head(i) < mention.first || self.syntax.head(i) >= mention.last;
        (mention.kind == MentionKind::Name && outside && self.syntax.is_noun(i)).then_some(mention.actor)
    }

    /// "we" and "I" inside a quotation are its speaker.
    fn first_person(&self, i: usize) -> Option<usize> {
        let word = self.syntax.reading.word(i);
        if !["i", "we", "us", "me", "our", "my"].iter().any(|w| word.eq_ignore_ascii_case(w)) || word == "US" {
            return None;
        }
        let at = self.syntax.reading.tokens[i].start;
        let after = self.quotes.partition_point(|q| q.start <= at);
        self.quotes[..after].iter().rev().take(3).find(|q| q.direct && at < q.end).and_then(|q| q.speaker)
    }

    /// The actors that the phrase headed by `i` names, and how directly.
    pub fn resolve(&self, i: usize) -> Option<(Vec<usize>, Grip)> {
        self.resolve_within(i, 4)
    }

    fn resolve_within(&self, i: usize, left: usize) -> Option<(Vec<usize>, Grip)> {
        if let Some(a) = self.direct(i) {
            return Some((vec![a], Grip::Head));
        }
        if left == 0 {
            return None;
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
        if governors.partitive(&lemma) || s.reading.tokens[i].pos == "NUM" {
            if let Some((a, g)) = all(below(&["of", "to"])) {
                return Some((a, g.max(Grip::Proxy)));
            }
        }
        if !s.is_noun(i) && !matches!(s.reading.tokens[i].pos, "ADJ" | "NUM" | "VERB") {
            return None;
        }
        let grip = if governors.proxy(&lemma) { Grip::Proxy } else { Grip::Near };
        let widen = |found: Option<(Vec<usize>, Grip)>| found.map(|(a, g)| (a, g.max(grip)));
        if let Some(found) = widen(all(s.children(i, &["poss"]).collect())) {
            return Some(found);
        }
        if let Some(found) = widen(all(below(&["by"]))) {
            return Some(found);
        }
        let modifiers: Vec<usize> = s.children(i, &["compound", "amod", "nmod"]).flat_map(|c| s.conjuncts(c)).collect();
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
        if let Some(found) = widen(all(agents.collect())) {
            return Some(found);
        }
        if let Some(found) = widen(all(below(&["of", "from"]))) {
            return Some(found);
        }
        widen(all(s.children(i, &["appos"]).collect()))
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

/// The tokens of a dateline at the start of a sentence: a place in capitals up to a dash or colon.
fn dateline(syntax: &Syntax, first: usize, last: usize) -> Option<std::ops::Range<usize>> {
    let reading = syntax.reading;
    let first = (first..last).find(|&i| !reading.word(i).trim().is_empty())?;
    let word = reading.word(first);
    let shouted = word.chars().count() > 2 && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    if !shouted || reading.tokens[first].pos != "PROPN" {
        return None;
    }
    let end = (first..last.min(first + 14)).find(|&i| matches!(reading.word(i), "-" | "--" | "—" | "–" | ":"))?;
    // "US-China talks": a hyphen inside a word is no dash.
    let dash = reading.word(end) != "-" || reading.tokens[end.saturating_sub(1)].space_after;
    dash.then_some(first..end + 1)
}
