//! A proposition is one predicate of the text with its arguments by role: what the sentence says is done, by whom, to
//! whom, with what, whatever form the grammar gave it. Verbs, event nouns and adjectives with a copula are predicates.

mod nouns;
mod verbs;

use super::syntax::{Path, Syntax};
use crate::actors::Cast;
use smol_str::SmolStr;

/// What sort of word the predicate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    Verb,
    Noun,
    Adjective,
}

/// One argument: the head of a phrase or clause in a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Argument {
    /// `subj obj iobj`, a preposition, or `that inf ing whether` for clauses, `mod` for modifiers of a noun.
    pub role: SmolStr,
    pub head: usize,
    pub path: Path,
}

/// One predicate with its arguments.
#[derive(Debug, Clone)]
pub(super) struct Proposition {
    /// The token of the predicate.
    pub head: usize,
    pub kind: Kind,
    /// Lemma in lower case.
    pub lemma: SmolStr,
    /// The light verb or copula that carries a noun's or adjective's mood.
    pub host: Option<usize>,
    pub passive: bool,
    pub arguments: Vec<Argument>,
}

impl Proposition {
    /// The arguments in `role`.
    pub fn role<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a Argument> + 'a {
        self.arguments.iter().filter(move |a| a.role == role)
    }

    fn new(head: usize, kind: Kind, lemma: SmolStr) -> Proposition {
        Proposition { head, kind, lemma, host: None, passive: false, arguments: Vec::new() }
    }

    fn add(&mut self, role: impl Into<SmolStr>, heads: impl IntoIterator<Item = usize>, path: Path) {
        let role = role.into();
        for head in heads {
            if head != self.head && !self.arguments.iter().any(|a| a.head == head && a.role == role) {
                self.arguments.push(Argument { role: role.clone(), head, path });
            }
        }
    }
}

/// The propositions of a reading, by the position of their heads, with an index by token.
pub(super) struct Propositions {
    pub list: Vec<Proposition>,
    pub by_token: Vec<Option<u32>>,
}

impl Propositions {
    /// The proposition that token `i` heads.
    pub fn at(&self, i: usize) -> Option<&Proposition> {
        self.by_token.get(i).copied().flatten().map(|p| &self.list[p as usize])
    }
}

/// Reads the propositions off the trees. Proper nouns are predicates only in the title, which ends at code point
/// `title_end`: elsewhere they are names.
pub(super) fn collect(syntax: &Syntax, cast: &Cast, title_end: u32) -> Propositions {
    let mut list = Vec::new();
    let mut by_token = vec![None; syntax.reading.tokens.len()];
    for (i, place) in by_token.iter_mut().enumerate() {
        let token = &syntax.reading.tokens[i];
        let found = if syntax.is_verb(i) {
            (token.dep != "amod" && token.dep != "compound").then(|| verbs::verb(syntax, i))
        } else if token.pos == "NOUN" || (token.pos == "PROPN" && token.end <= title_end) {
            let named = cast.by_token.get(i).copied().flatten().is_some_and(|m| {
                let mention = &cast.mentions[m as usize];
                mention.kind == crate::MentionKind::Name && mention.last - mention.first > 1
            });
            (!named && syntax.lexicon.frames.knows(&syntax.lemma(i), Kind::Noun)).then(|| nouns::noun(syntax, cast, i))
        } else if token.pos == "ADJ" {
            syntax
                .lexicon
                .frames
                .knows(&syntax.lemma(i), Kind::Adjective)
                .then(|| nouns::adjective(syntax, i))
                .flatten()
        } else {
            None
        };
        if let Some(p) = found {
            *place = Some(list.len() as u32);
            list.push(p);
        }
    }
    Propositions { list, by_token }
}

/// Adds the objects of the preposition `p` to `out` under its own name.
fn preposition(syntax: &Syntax, out: &mut Proposition, p: usize, path: Path, depth: usize) {
    let role = syntax.lower(p);
    // Of several objects that nothing joins the last is the head of a phrase that the parser cut ("of X co-founder Y").
    let last = syntax.children(p, &["pobj"]).last();
    if syntax.tree.children(p).next().is_none()
        && let Some(object) = torn_off(syntax, p)
    {
        out.add(role.clone(), syntax.conjuncts(object), path);
    }
    for c in syntax.tree.children(p) {
        match syntax.dep(c) {
            "pobj" if last.is_some_and(|l| l != c && syntax.is_noun(l)) => {}
            "pobj" | "dobj" if syntax.is_relativizer(c) => {
                out.add(role.clone(), syntax.antecedent(out.head), Path::Relative);
            }
            "pobj" | "dobj" => out.add(role.clone(), syntax.conjuncts(c), path),
            "pcomp" => {
                out.add(role.clone(), [c], path);
                out.add("ing", [c], path);
            }
            "prep" if depth > 0 => {
                // "out of Iraq" is from Iraq; "along with X" is with X.
                let inner = syntax.lower(c);
                let objects: Vec<usize> = syntax.children(c, &["pobj"]).flat_map(|o| syntax.conjuncts(o)).collect();
                let plain = match (role.as_str(), inner.as_str()) {
                    ("out" | "off", "of") => Some(SmolStr::new_static("from")),
                    ("because" | "ahead" | "instead" | "according" | "due" | "despite", _) => None,
                    _ => Some(inner.clone()),
                };
                out.add(format!("{role}_{inner}"), objects.iter().copied(), path);
                if let Some(plain) = plain {
                    out.add(plain, objects, path);
                }
            }
            "conj" if depth > 0 => preposition(syntax, out, c, path, depth - 1),
            _ => {}
        }
    }
}

/// "granted asylum to officers holed up in the embassy": the parser may take the participle for a finite verb and the
/// preposition's object for its subject.
fn torn_off(syntax: &Syntax, p: usize) -> Option<usize> {
    let sentence = syntax.reading.tokens[p].sentence;
    let near =
        (p + 1..syntax.reading.tokens.len().min(p + 8)).take_while(|&i| syntax.reading.tokens[i].sentence == sentence);
    let mut subjects = near.filter(|&i| syntax.dep(i) == "nsubj" && syntax.is_noun(i));
    subjects.find(|&i| syntax.tree.range(i).start == p + 1 && matches!(syntax.tag(syntax.head(i)), "VBD" | "VBN"))
}
