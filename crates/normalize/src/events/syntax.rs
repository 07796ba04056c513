//! Syntax is the grammar of one reading as the coder asks for it: relations across passives, relative clauses,
//! coordination, control and raising, so that later steps see who a verb's subject is and not where it stands.

use super::{Lexicon, lexicon::Effect};
use crate::tree::Tree;
use broadsheet_language::Reading;
use smol_str::{SmolStr, StrExt};

/// How an argument was found, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Path {
    /// It depends on the predicate itself.
    Direct,
    /// It is the "by" phrase of a passive or of an event noun.
    By,
    /// It is the noun that a clause modifies.
    Relative,
    /// It is shared by coordinated predicates.
    Shared,
    /// Control or raising gave it from the clause above.
    Control,
    /// It possesses the event noun.
    Possessor,
    /// It is the subject of the light verb, or hangs on it.
    Support,
    /// It modifies the event noun: "Israeli attack".
    Modifier,
    /// It is the state where nobody else is named: "was arrested in France".
    Place,
    /// Another sentence names it where it tells the same act.
    Again,
    /// It stands somewhere inside an argument.
    Inside,
}

/// Heads of phrases with the way they were found.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub heads: Vec<usize>,
    pub path: Option<Path>,
}

impl Found {
    fn none() -> Found {
        Found::default()
    }

    fn by(heads: Vec<usize>, path: Path) -> Found {
        Found { heads, path: Some(path) }
    }

    /// The same heads, found in a less direct way.
    fn through(self, path: Path) -> Found {
        Found { path: self.path.map(|p| p.max(path)), ..self }
    }
}

/// How far subjects are looked for up the tree.
const CLIMB: usize = 10;

/// A reading with its tree and the words that the grammar needs.
pub(super) struct Syntax<'a> {
    pub reading: &'a Reading,
    pub tree: &'a Tree,
    pub lexicon: &'a Lexicon,
}

impl<'a> Syntax<'a> {
    pub fn dep(&self, i: usize) -> &'static str {
        self.reading.tokens[i].dep
    }

    pub fn tag(&self, i: usize) -> &'static str {
        self.reading.tokens[i].tag
    }

    pub fn head(&self, i: usize) -> usize {
        self.reading.tokens[i].head as usize
    }

    /// The lemma in lower case.
    pub fn lemma(&self, i: usize) -> SmolStr {
        self.reading.tokens[i].lemma.to_lowercase_smolstr()
    }

    /// The word in lower case.
    pub fn lower(&self, i: usize) -> SmolStr {
        self.reading.word(i).to_lowercase_smolstr()
    }

    pub fn is_verb(&self, i: usize) -> bool {
        let t = &self.reading.tokens[i];
        t.pos == "VERB" || (t.pos == "AUX" && !matches!(t.dep, "aux" | "auxpass"))
    }

    pub fn is_noun(&self, i: usize) -> bool {
        matches!(self.reading.tokens[i].pos, "NOUN" | "PROPN")
    }

    pub fn child(&self, i: usize, deps: &[&str]) -> Option<usize> {
        self.tree.children(i).find(|&c| deps.contains(&self.dep(c)))
    }

    pub fn children<'s>(&'s self, i: usize, deps: &'s [&str]) -> impl Iterator<Item = usize> + 's {
        self.tree.children(i).filter(move |&c| deps.contains(&self.dep(c)))
    }

    /// `i` and the nominals coordinated with it.
    pub fn conjuncts(&self, i: usize) -> Vec<usize> {
        let mut out = vec![i];
        let mut at = 0;
        while at < out.len() && out.len() < 40 {
            let next: Vec<usize> = self.children(out[at], &["conj"]).filter(|&c| !self.is_verb(c)).collect();
            out.extend(next);
            at += 1;
        }
        out
    }

    /// Whether `i` is a pronoun that opens a relative clause.
    pub fn is_relativizer(&self, i: usize) -> bool {
        matches!(self.tag(i), "WDT" | "WP" | "WP$")
            || (self.tag(i) == "IN" && self.lower(i) == "that" && matches!(self.dep(i), "nsubj" | "nsubjpass" | "dobj"))
    }

    /// Whether `i` is the government of "anti-government".
    pub fn against_government(&self, i: usize) -> bool {
        i >= 2
            && self.lower(i) == "government"
            && self.lower(i - 2) == "anti"
            && matches!(self.reading.word(i - 1), "-" | "–")
    }

    /// Whether `v` is an infinitive with "to".
    pub fn is_infinitive(&self, v: usize) -> bool {
        self.children(v, &["aux"]).any(|c| self.tag(c) == "TO" || self.lower(c) == "to")
    }

    /// The noun that the relative clause around `v` modifies.
    pub fn antecedent(&self, v: usize) -> Option<usize> {
        let mut at = v;
        for _ in 0..CLIMB {
            let head = self.head(at);
            match self.dep(at) {
                "relcl" => return Some(head),
                "conj" | "xcomp" | "ccomp" | "advcl" | "pcomp" | "prep" if head != at => at = head,
                _ => return None,
            }
        }
        None
    }

    /// Whether `v` is a passive: its grammatical subject is what it is done to.
    pub fn passive(&self, v: usize) -> bool {
        self.passive_within(v, CLIMB)
    }

    fn passive_within(&self, v: usize, left: usize) -> bool {
        if self.child(v, &["auxpass", "nsubjpass"]).is_some() {
            return true;
        }
        // "was dragged out and arrested": the tagger may take the second for a past tense.
        let coordinated = self.tag(v) == "VBD"
            && self.dep(v) == "conj"
            && self.child(v, &["nsubj", "dobj", "aux", "ccomp", "xcomp", "prt"]).is_none()
            && self.tag(self.head(v)) == "VBN"
            && !self.lexicon.governors.intransitive(&self.lemma(v));
        // "ordered the men jailed"
        let ordered = matches!(self.tag(v), "VBD" | "VBN")
            && self.dep(v) == "ccomp"
            && self.lexicon.governors.commands(&self.lemma(self.head(v)))
            && self.child(v, &["dobj", "aux", "mark", "ccomp"]).is_none();
        if ordered {
            return true;
        }
        if (self.tag(v) != "VBN" && !coordinated) || left == 0 {
            return false;
        }
        if self.child(v, &["agent"]).is_some() {
            return true;
        }
        if self.children(v, &["aux"]).any(|c| matches!(self.lemma(c).as_str(), "have" | "'ve" | "ve"))
            || self.child(v, &["dobj"]).is_some()
        {
            return false;
        }
        match self.dep(v) {
            "acl" | "advcl" | "xcomp" | "oprd" | "amod" => true,
            "conj" if self.child(v, &["nsubj"]).is_none() => self.passive_within(self.head(v), left - 1),
            "ccomp" => self.child(v, &["aux"]).is_none(),
            _ => false,
        }
    }

    /// The grammatical subjects of `v`, its own or those the grammar gives it.
    pub fn subject(&self, v: usize) -> Found {
        self.subject_within(v, CLIMB)
    }

    fn subject_within(&self, v: usize, left: usize) -> Found {
        if left == 0 {
            return Found::none();
        }
        // Of two subjects the first is a dateline or a topic ("KABUL (Agency): The president has ...").
        let before = |&s: &usize| s < v;
        let last = self.children(v, &["nsubj", "nsubjpass"]).filter(before).last();
        // "30 officers had for years been suspected": the parser may hang the subject on the auxiliary.
        let last = last.or_else(|| {
            self.children(v, &["aux", "auxpass"]).find_map(|a| self.children(a, &["nsubj", "nsubjpass"]).find(before))
        });
        if let Some(s) = last.or_else(|| self.child(v, &["nsubj", "nsubjpass"])) {
            if self.is_relativizer(s) {
                return match self.antecedent(v) {
                    Some(n) => Found::by(vec![n], Path::Relative),
                    None => Found::none(),
                };
            }
            // "The agency operating in X said": the participle taken for the subject has it.
            let owner = self.child(s, &["nsubj"]).filter(|&o| self.tag(s) == "VBG" && o < s && self.is_noun(o));
            let mut heads = self.conjuncts(owner.unwrap_or(s));
            heads.extend(self.listed_before(v, s));
            return Found::by(heads, Path::Direct);
        }
        let head = self.head(v);
        if head == v {
            return Found::none();
        }
        match self.dep(v) {
            "conj" if self.is_verb(head) => self.subject_within(head, left - 1).through(Path::Shared),
            "xcomp" => self.controller(head, left - 1),
            "ccomp" if self.is_infinitive(v) => self.controller(head, left - 1),
            // "let free the prisoners"
            "ccomp" if self.tag(v) == "VB" && self.lemma(head) == "let" => self.controller(head, left - 1),
            "advcl"
                if self.is_verb(head)
                    && (self.tag(v) != "VBD" || self.child(v, &["mark", "advmod", "cc"]).is_none()) =>
            {
                if self.passive(head) && self.tag(v) == "VBG" && self.child(v, &["mark"]).is_none() {
                    self.agent(head)
                } else {
                    self.subject_within(head, left - 1).through(Path::Control)
                }
            }
            "acl" if self.is_infinitive(v) => self.noun_subject(head, left - 1),
            "acl" | "relcl" if matches!(self.tag(v), "VBN" | "VBG") => Found::by(vec![head], Path::Relative),
            "pcomp" => self.gerund_subject(head, left - 1),
            "acomp" | "oprd" | "attr" if !self.is_verb(v) => self.subject_within(head, left - 1),
            _ => Found::none(),
        }
    }

    /// The other half of a headline's subject: "Kenya, Uganda sign trade deal".
    fn listed_before(&self, v: usize, subject: usize) -> Option<usize> {
        let first = self.tree.range(subject).start;
        let other = first.checked_sub(2)?;
        let name = matches!(self.reading.tokens[other].entity_type, "GPE" | "PERSON" | "ORG" | "NORP");
        let listed = matches!(self.dep(other), "dep" | "npadvmod" | "nsubj") && self.head(other) == v;
        (name && listed && self.reading.word(first - 1) == ",").then_some(other)
    }

    /// Who an infinitive or participle below `v` is about: the object of `v`, else its subject.
    fn controller(&self, v: usize, left: usize) -> Found {
        if !self.is_verb(v) {
            // "ready to", "likely to": the adjective's subject is its copula's.
            let head = self.head(v);
            return match self.dep(v) {
                "acomp" | "oprd" | "attr" | "xcomp" | "conj" if head != v => {
                    self.subject_within(head, left).through(Path::Control)
                }
                _ => Found::none(),
            };
        }
        let object = self.child(v, &["dobj", "dative"]).filter(|&o| self.is_noun(o) || self.tag(o) == "PRP");
        match object {
            Some(o) if !self.lexicon.governors.subject_control(&self.lemma(v)) => {
                Found::by(self.conjuncts(o), Path::Control)
            }
            _ => self.subject_within(v, left).through(Path::Control),
        }
    }

    /// The "by" phrase of a passive.
    pub fn agent(&self, v: usize) -> Found {
        let heads: Vec<usize> = self
            .children(v, &["agent", "prep"])
            .filter(|&p| self.dep(p) == "agent" || self.lower(p) == "by")
            .flat_map(|p| self.children(p, &["pobj"]).collect::<Vec<_>>())
            .filter(|&o| {
                // "by dozens of gunmen", "by months of protests": what is counted did it.
                let counts = || self.children(o, &["prep"]).any(|p| self.lower(p) == "of");
                let kind = self.reading.tokens[o].entity_type;
                !matches!(kind, "DATE" | "TIME" | "PERCENT" | "MONEY" | "CARDINAL") || counts()
            })
            .flat_map(|o| self.conjuncts(o))
            .collect();
        if heads.is_empty() { Found::none() } else { Found::by(heads, Path::By) }
    }

    /// Whose plan, decision or promise the noun `n` is: its possessor, or the subject of its light verb.
    fn noun_subject(&self, n: usize, left: usize) -> Found {
        if let Some(p) = self.child(n, &["poss"]) {
            return Found::by(vec![p], Path::Control);
        }
        if let Some(by) = self.children(n, &["prep"]).find(|&p| matches!(self.lower(p).as_str(), "by" | "of"))
            && let Some(o) = self.child(by, &["pobj"])
        {
            return Found::by(self.conjuncts(o), Path::Control);
        }
        let head = self.head(n);
        if matches!(self.dep(n), "dobj" | "attr") && self.is_verb(head) {
            return self.subject_within(head, left).through(Path::Control);
        }
        // "prosecutors said the decision to drop the case was taken": theirs who tell it.
        if matches!(self.dep(n), "nsubj" | "nsubjpass")
            && self.dep(head) == "ccomp"
            && self.lexicon.governors.effect(&format!("{}.v", self.lemma(self.head(head)))) == Some(Effect::Report)
            && self.children(n, &["compound", "amod", "nmod"]).all(|c| self.reading.tokens[c].entity_type.is_empty())
        {
            return self.subject_within(self.head(head), left).through(Path::Control);
        }
        // "the Senate vote to override": a modifier that is a name.
        match self.children(n, &["compound", "amod", "nmod"]).find(|&c| !self.reading.tokens[c].entity_type.is_empty())
        {
            Some(c) => Found::by(vec![c], Path::Control),
            None => Found::none(),
        }
    }

    /// The subject of a gerund below the preposition `p`.
    fn gerund_subject(&self, p: usize, left: usize) -> Found {
        let head = self.head(p);
        if head == p {
            return Found::none();
        }
        if self.is_verb(head) {
            let about_object = matches!(self.lower(p).as_str(), "of" | "for" | "from" | "into" | "with");
            if about_object && self.passive(head) {
                return self.subject_within(head, left).through(Path::Control);
            }
            if about_object && let Some(o) = self.child(head, &["dobj"]) {
                return Found::by(self.conjuncts(o), Path::Control);
            }
            if self.passive(head) && self.lower(p) == "by" {
                return Found::none();
            }
            return self.subject_within(head, left).through(Path::Control);
        }
        if self.is_noun(head) {
            return self.noun_subject(head, left);
        }
        self.controller(head, left)
    }
}
