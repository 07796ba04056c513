//! Who speaks: from a reporting verb to its subject, and from the subject to an actor or to the words for it.

use super::lexicon::Lexicon;
use crate::actors::Cast;
use crate::tree::Tree;
use crate::{ActorKind, MentionKind};
use broadsheet_language::{Iob, Reading};

/// Where speakers are looked for.
pub struct Speakers<'a> {
    /// The reading.
    pub reading: &'a Reading,
    /// Its tree.
    pub tree: &'a Tree,
    /// The actors.
    pub cast: &'a Cast,
    /// Words.
    pub lexicon: &'a Lexicon,
    /// For each actor, whether the article names it.
    named: Vec<bool>,
}

/// A speaker: the token that heads it, the actor, and the words where there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Speaker {
    /// Head token.
    pub head: usize,
    /// Index of the actor.
    pub actor: Option<usize>,
    /// As written, without an actor.
    pub name: Option<String>,
}

impl<'a> Speakers<'a> {
    /// Where the speakers of an article are looked for.
    pub fn new(reading: &'a Reading, tree: &'a Tree, cast: &'a Cast, lexicon: &'a Lexicon) -> Speakers<'a> {
        let mut named = vec![false; cast.actors.len()];
        for m in cast.mentions.iter().filter(|m| m.kind == MentionKind::Name) {
            named[m.actor] = true;
        }
        Speakers { reading, tree, cast, lexicon, named }
    }

    fn dep(&self, i: usize) -> &'static str {
        self.reading.tokens[i].dep
    }

    fn child(&self, i: usize, deps: &[&str]) -> Option<usize> {
        self.tree.children(i).find(|&c| deps.contains(&self.dep(c)))
    }

    /// The subject of the reporting verb `v`.
    pub fn subject(&self, v: usize) -> Option<usize> {
        let mut at = v;
        for _ in 0..6 {
            let token = &self.reading.tokens[at];
            if let Some(s) = self.child(at, &["nsubj"]) {
                let relative = matches!(self.reading.tokens[s].tag, "WP" | "WDT") || self.reading.word(s) == "that";
                return Some(if relative && token.dep == "relcl" { token.head as usize } else { s });
            }
            // "it was emphasized by the minister"
            if let Some(by) = self.child(at, &["agent"]) {
                return self.child(by, &["pobj"]);
            }
            if let Some(s) = self.child(at, &["nsubjpass"]) {
                // "was quoted as saying": the one quoted speaks; "was told": the one told does not.
                let quoted = at != v || matches!(token.lemma.as_str(), "quote" | "cite" | "hear");
                return quoted.then_some(s);
            }
            let head = token.head as usize;
            if head == at {
                return None;
            }
            // "They denied that she had left, saying ...": the participle goes with the verb of the whole sentence.
            if at == v && token.dep == "advcl" && token.tag == "VBG" && v > 0 && self.reading.word(v - 1) == "," {
                let reports = |a: &usize| {
                    let t = &self.reading.tokens[*a];
                    t.tag.starts_with("VB") && self.lexicon.manner(t.lemma.as_str()).is_some()
                };
                let below = matches!(self.reading.tokens[head].dep, "ccomp");
                let above = self.tree.ancestors(self.reading, head).take(2).find(reports).filter(|_| below);
                if let Some(s) = above.and_then(|a| self.child(a, &["nsubj"])) {
                    return Some(s);
                }
            }
            at = match token.dep {
                "conj" | "xcomp" | "ccomp" | "advcl" | "dep"
                    if matches!(self.reading.tokens[head].pos, "VERB" | "AUX") =>
                {
                    head
                }
                "pcomp" | "prep" => head,
                "acl" | "relcl" => return self.through_noun(head),
                _ if !matches!(self.reading.tokens[head].pos, "VERB" | "AUX") && token.dep == "advcl" => return None,
                _ => return None,
            };
            if matches!(self.reading.tokens[at].pos, "NOUN" | "PROPN") {
                return self.through_noun(at);
            }
        }
        None
    }

    /// The speaker behind a noun that a participle hangs on: "the minister, saying ..."; "in a statement saying ...".
    fn through_noun(&self, noun: usize) -> Option<usize> {
        let token = &self.reading.tokens[noun];
        if !self.lexicon.is_carrier(token.lemma.as_str()) {
            return Some(noun);
        }
        if let Some(owner) = self.child(noun, &["poss"]) {
            return Some(owner);
        }
        let above = self.tree.ancestors(self.reading, noun).find(|&a| self.reading.tokens[a].pos == "VERB")?;
        self.child(above, &["nsubj"]).filter(|&s| s != noun).or(Some(noun))
    }

    /// The noun phrase that starts right at or after token `i`, before `limit`: for "said X" when the tree fails.
    pub fn noun_after(&self, i: usize, limit: usize) -> Option<usize> {
        for k in i..limit.min(i + 6) {
            let token = &self.reading.tokens[k];
            match token.pos {
                "PROPN" | "NOUN" | "PRON" => {
                    // The last word of the run heads it.
                    let mut head = k;
                    while head + 1 < limit && matches!(self.reading.tokens[head + 1].pos, "PROPN" | "NOUN") {
                        head += 1;
                    }
                    return Some(head);
                }
                "DET" | "ADJ" | "NUM" | "ADV" => {}
                _ => return None,
            }
        }
        None
    }

    /// The speaker that token `s` heads.
    pub fn at(&self, s: usize) -> Speaker {
        let mention = |i: usize| self.cast.by_head.get(i).copied().flatten();
        let covering = |i: usize| {
            self.cast.by_token.get(i).copied().flatten().filter(|&m| {
                // A smaller name inside the phrase ("South Korean") is not the speaker.
                self.cast
                    .mentions
                    .get(m as usize)
                    .is_some_and(|m| m.last > i && m.head >= m.first && self.reading.tokens[m.head].head as usize != i)
            })
        };
        let named = self.child(s, &["appos"]).and_then(mention);
        let kind = |m: u32| self.cast.mentions.get(m as usize).map(|m| m.kind);
        // "The company that runs the prize, Quispe Media": the name tells more than the description.
        let better = named
            .filter(|&m| kind(m) == Some(MentionKind::Name))
            .filter(|_| mention(s).is_none_or(|m| kind(m) == Some(MentionKind::Nominal)));
        let found = better.or(mention(s)).or(named).or_else(|| covering(s)).filter(|&m| !self.is_part(m, s));
        match found.and_then(|m| self.cast.mentions.get(m as usize)) {
            Some(m) => Speaker { head: s, actor: Some(m.actor), name: None },
            None if self.lexicon.is_thing(self.reading.tokens[s].lemma.to_lowercase().as_str()) => {
                Speaker { head: s, actor: self.issuer(s), name: None }
            }
            None => Speaker { head: s, actor: None, name: Some(self.phrase(s)) },
        }
    }

    /// The actor that a document or a thing comes from: "Peru's report", "a Reuters poll", "data from the ministry".
    fn issuer(&self, s: usize) -> Option<usize> {
        let actor = |i: usize| {
            let mention = self.cast.by_head.get(i).copied().flatten()?;
            self.cast.mentions.get(mention as usize).map(|m| m.actor)
        };
        let behind = |by: &str| {
            let prep = self.tree.children(s).find(|&c| c > s && self.reading.word(c) == by)?;
            self.child(prep, &["pobj"]).and_then(actor)
        };
        let body = |a: &usize| {
            matches!(self.cast.actors[*a].kind, ActorKind::Organization | ActorKind::Person | ActorKind::Group)
        };
        self.child(s, &["poss"])
            .and_then(actor)
            .or_else(|| behind("by"))
            .or_else(|| behind("from"))
            .or_else(|| self.child(s, &["compound", "nmod"]).and_then(actor).filter(body))
    }

    /// Whether a mention is only the end of the name of an organization: "Peru" in "Free Peru".
    fn is_part(&self, mention: u32, s: usize) -> bool {
        let Some(m) = self.cast.mentions.get(mention as usize) else { return false };
        let place = matches!(self.cast.actors[m.actor].kind, ActorKind::Country | ActorKind::Place);
        let token = &self.reading.tokens[s];
        place
            && m.kind == MentionKind::Name
            && m.first > 0
            && token.entity_type == "ORG"
            && self.reading.tokens[m.first].entity_iob == Iob::I
            && self.reading.tokens[m.first - 1].pos == "PROPN"
    }

    /// Whether the article names an actor.
    pub fn is_named(&self, actor: usize) -> bool {
        self.named.get(actor).copied().unwrap_or(false)
    }

    /// The words of the noun phrase of `s`, without clauses and what follows a comma.
    fn phrase(&self, s: usize) -> String {
        let (mut first, mut last) = (s, s + 1);
        for c in self.tree.children(s) {
            let range = self.tree.range(c);
            match self.dep(c) {
                "det" | "amod" | "compound" | "poss" | "nummod" | "nmod" | "quantmod" if c < s => {
                    first = first.min(range.start)
                }
                "prep"
                    if c == last
                        && range.len() <= 8
                        && matches!(self.reading.word(c), "of" | "for" | "at" | "from" | "in" | "with") =>
                {
                    last = range.end;
                }
                _ => {}
            }
        }
        let cut = (s..last).find(|&i| matches!(self.reading.word(i), "," | "(" | "—" | "–")).unwrap_or(last);
        self.reading.span(first, cut.max(s + 1)).to_string()
    }
}
