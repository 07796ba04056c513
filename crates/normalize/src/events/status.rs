//! Status: whether the text tells a predicate as done, planned, possible or not done, read off its own auxiliaries and
//! off the words above it.

use super::{
    lexicon::Effect,
    propositions::{Kind, Proposition},
    syntax::Syntax,
};
use crate::Status;
use smol_str::format_smolstr;

/// A word above a predicate that bears on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Governor {
    pub token: usize,
    pub effect: Option<Effect>,
    /// Whether the predicate is what the governor is about, and not an adverbial of it.
    pub content: bool,
}

/// How a predicate stands in its sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    pub status: Status,
    /// "will", "would", "going to" on the predicate itself.
    pub future: bool,
    /// Negated on the predicate itself, with a word of will: "will not", "would not", "cannot".
    pub unwilling: bool,
    /// Told in the past tense.
    pub past: bool,
    /// An infinitive of purpose: "called to congratulate".
    pub purpose: bool,
    /// Words above it, nearest first.
    pub governors: Vec<Governor>,
}

/// What the auxiliaries of one verb say.
#[derive(Debug, Clone, Copy, Default)]
struct Mood {
    future: bool,
    modal: bool,
    negated: bool,
    infinitive: bool,
    conditional: bool,
    would: bool,
}

fn mood(syntax: &Syntax, v: usize, depth: usize) -> Mood {
    let mut out = Mood::default();
    let mut own = false;
    for c in syntax.tree.children(v) {
        match syntax.dep(c) {
            "aux" => {
                own = true;
                match syntax.lower(c).as_str() {
                    "will" | "'ll" | "shall" | "wo" | "’ll" => out.future = true,
                    "would" | "'d" | "’d" => out.would = true,
                    "may" | "might" | "could" | "should" | "can" | "must" | "ca" | "ought" => out.modal = true,
                    "to" => out.infinitive = true,
                    _ => {}
                }
            }
            "neg" => out.negated = true,
            // "neither condemned nor supported"
            "preconj" if syntax.lower(c) == "neither" => out.negated = true,
            "advmod" if matches!(syntax.lower(c).as_str(), "never" | "hardly" | "barely" | "scarcely") => {
                out.negated = true
            }
            "advmod" if matches!(syntax.lower(c).as_str(), "possibly" | "perhaps" | "maybe" | "potentially") => {
                out.modal = true
            }
            "mark" if matches!(syntax.lower(c).as_str(), "if" | "unless" | "lest" | "whether") => {
                out.conditional = true
            }
            "nsubj" | "nsubjpass" => {
                let nobody = |t: usize| matches!(syntax.lower(t).as_str(), "no" | "nobody" | "none" | "neither");
                if nobody(c) || syntax.children(c, &["det"]).any(nobody) {
                    out.negated = true;
                }
            }
            _ => {}
        }
    }
    let neither = |c: usize| syntax.lower(c) == "neither";
    out.negated |= syntax.dep(v) == "conj" && syntax.children(syntax.head(v), &["preconj"]).any(neither);
    // In a headline a bare infinitive looks ahead: "Japan to send aid".
    out.future |= out.infinitive && syntax.dep(v) == "ROOT";
    // "will meet and discuss", "did not meet or talk": coordinated verbs in the base form share their auxiliaries.
    let shares = syntax.dep(v) == "conj" && !own && depth > 0 && matches!(syntax.tag(v), "VB" | "VBN");
    if shares && syntax.child(v, &["nsubj", "nsubjpass"]).is_none() && syntax.is_verb(syntax.head(v)) {
        let first = mood(syntax, syntax.head(v), depth - 1);
        let negated = out.negated;
        out = first;
        // "did not stop and left": the negation reaches over "or" only.
        let either = syntax.children(syntax.head(v), &["cc"]).any(|c| matches!(syntax.lower(c).as_str(), "or" | "nor"));
        out.negated = negated || (first.negated && either);
    }
    out
}

/// Whether a verb stands in the past tense or the perfect, its own or that of the verb it is coordinated with.
fn past(syntax: &Syntax, v: usize) -> bool {
    let has =
        |words: &[&str]| syntax.children(v, &["aux", "auxpass"]).any(|c| words.contains(&syntax.lower(c).as_str()));
    syntax.tag(v) == "VBD"
        || has(&["was", "were", "had", "has", "have", "did", "'ve", "'d"])
        || (syntax.tag(v) == "VBN" && syntax.child(v, &["aux", "auxpass"]).is_none())
}

fn effect(syntax: &Syntax, i: usize) -> Option<Effect> {
    let token = &syntax.reading.tokens[i];
    let governors = &syntax.lexicon.governors;
    let lemma = syntax.lemma(i);
    if syntax.is_verb(i) {
        let with = syntax
            .children(i, &["prt", "prep"])
            .find_map(|c| governors.effect(&format_smolstr!("{lemma}_{}.v", syntax.lower(c))));
        // "is to visit", "is going to", "has to": only over an infinitive, which the caller has seen.
        return with.or_else(|| governors.effect(&format_smolstr!("{lemma}.v")));
    }
    let kind = if token.pos == "ADJ" || (token.pos == "VERB" && token.dep == "amod") { "a" } else { "n" };
    governors
        .effect(&format_smolstr!("{lemma}.{kind}"))
        .or_else(|| governors.effect(&format_smolstr!("{}.{kind}", syntax.lower(i))))
        .or_else(|| governors.effect(&format_smolstr!("{}.{kind}", super::lexicon::fold(&lemma))))
}

/// Prepositions that put an act into the circumstances of another and say nothing of whether it happened.
const CIRCUMSTANCE: &[&str] = &[
    "after",
    "before",
    "by",
    "since",
    "while",
    "during",
    "through",
    "despite",
    "following",
    "amid",
    "upon",
    "when",
    "in",
    "at",
    "from",
    "because",
    "until",
    "besides",
    "alongside",
    "among",
    "including",
    "like",
    "ahead",
    "as",
];

/// How proposition `p` stands.
pub(super) fn standing(syntax: &Syntax, p: &Proposition) -> Standing {
    let mut out = Standing::default();
    let mut at = p.host.unwrap_or(p.head);
    if p.kind == Kind::Verb || p.host.is_some() {
        let m = mood(syntax, at, 3);
        out.future = m.future || m.would;
        out.unwilling = m.negated && (m.future || m.would || m.modal);
        out.past = past(syntax, at);
        apply_mood(&mut out, m);
        if p.kind == Kind::Noun && syntax.lemma(at) != "be" {
            match effect(syntax, at) {
                Some(Effect::Plan) if out.status == Status::Actual => out.status = Status::Planned,
                Some(Effect::Negative) if out.status == Status::Actual => out.status = Status::Negated,
                Some(Effect::Irrealis) if out.status == Status::Actual => out.status = Status::Hypothetical,
                _ => {}
            }
        }
    }
    if p.kind == Kind::Noun {
        noun_modifiers(syntax, p.head, &mut out);
    }
    // Whether words above still bear on the status, and whether what was climbed is still their content.
    let mut counts = true;
    let mut content = true;
    for _ in 0..14 {
        let head = syntax.head(at);
        if head == at {
            break;
        }
        let dep = syntax.dep(at);
        match dep {
            "ccomp" | "xcomp" | "acomp" | "attr" | "csubj" | "parataxis" => {
                govern(syntax, &mut out, head, &mut counts, at, content);
            }
            "acl" if syntax.is_infinitive(at) || syntax.child(at, &["mark"]).is_some() => {
                govern(syntax, &mut out, head, &mut counts, at, content);
                noun_modifiers_if(syntax, head, &mut out, counts);
            }
            "acl" | "relcl" => {
                counts = false;
                content = false;
                out.governors.push(Governor { token: head, effect: None, content: false });
            }
            "advcl" => {
                let conditional = syntax
                    .children(at, &["mark", "advmod"])
                    .any(|c| matches!(syntax.lower(c).as_str(), "if" | "unless" | "lest" | "should"));
                if counts && out.status == Status::Actual && (conditional || syntax.is_infinitive(at)) {
                    out.status = if conditional { Status::Hypothetical } else { Status::Planned };
                }
                out.purpose |= counts && !conditional && syntax.is_infinitive(at);
                out.governors.push(Governor {
                    token: head,
                    effect: Some(Effect::Actual),
                    content: content && syntax.is_infinitive(at),
                });
                counts = false;
                content &= syntax.is_infinitive(at);
            }
            "pcomp" | "pobj" => {
                let word = syntax.lower(head);
                let above = syntax.head(head);
                if counts && word == "without" && out.status == Status::Actual {
                    out.status = Status::Negated;
                }
                if above == head {
                    break;
                }
                // "charges including conspiring to": the gerund is part of what is said above.
                if !CIRCUMSTANCE.contains(&word.as_str()) || (word == "including" && dep == "pcomp") {
                    govern(syntax, &mut out, above, &mut counts, at, content);
                    noun_modifiers_if(syntax, above, &mut out, counts);
                } else {
                    // "prevented from", "banned from"; "succeeded in".
                    if word == "from" && counts && effect(syntax, above) == Some(Effect::Negative) {
                        govern(syntax, &mut out, above, &mut counts, at, content);
                    } else {
                        out.governors.push(Governor { token: above, effect: None, content: false });
                    }
                    counts = false;
                    content = false;
                }
                at = above;
                continue;
            }
            "dobj" | "nsubjpass" => govern(syntax, &mut out, head, &mut counts, at, content && dep == "dobj"),
            "nsubj" | "poss" | "compound" | "nmod" => {
                out.governors.push(Governor { token: head, effect: None, content: false });
                counts = false;
                content = false;
            }
            "conj" => {}
            _ => counts = false,
        }
        at = head;
    }
    out
}

fn apply_mood(out: &mut Standing, m: Mood) {
    if out.status != Status::Actual {
        return;
    }
    out.status = if m.negated {
        Status::Negated
    } else if m.conditional || m.modal {
        Status::Hypothetical
    } else if m.future || m.would {
        Status::Planned
    } else {
        Status::Actual
    };
}

/// Lets the word at `token` bear on what is below it.
fn govern(syntax: &Syntax, out: &mut Standing, token: usize, counts: &mut bool, below: usize, content: bool) {
    let infinitive = syntax.is_infinitive(below);
    let lemma = syntax.lemma(token);
    let mut found = effect(syntax, token);
    // "be" and "go" announce only with an infinitive; "have to" obliges.
    if matches!(lemma.as_str(), "be" | "go" | "look" | "head" | "move" | "set") && !infinitive {
        found = None;
    }
    if matches!(lemma.as_str(), "continue" | "feel" | "find") && infinitive {
        found = Some(Effect::Actual);
    }
    out.governors.push(Governor { token, effect: found, content });
    if !*counts {
        return;
    }
    match found {
        Some(Effect::Report) => *counts = false,
        Some(Effect::Plan) if out.status == Status::Actual => out.status = Status::Planned,
        Some(Effect::Irrealis) if out.status == Status::Actual => out.status = Status::Hypothetical,
        Some(Effect::Negative) => {
            // "failed to agree", "refused to help": not done by the one who would.
            out.unwilling |= infinitive && syntax.child(token, &["dobj"]).is_none();
            out.status = if out.status == Status::Negated {
                Status::Actual
            } else if syntax.is_infinitive(token) && out.status == Status::Actual {
                // "in order to prevent an attack": it is feared, not denied.
                Status::Hypothetical
            } else {
                Status::Negated
            };
        }
        Some(Effect::Past) if out.status == Status::Actual => out.status = Status::Historical,
        // An infinitive below a word that is not known to make it true is not told as a fact.
        None if infinitive && out.status == Status::Actual => out.status = Status::Hypothetical,
        _ => {}
    }
    if syntax.is_verb(token) && found != Some(Effect::Report) {
        let m = mood(syntax, token, 3);
        if m.negated {
            out.status = if out.status == Status::Negated { Status::Actual } else { Status::Negated };
        } else if out.status == Status::Actual {
            apply_mood(out, Mood { infinitive: false, ..m });
        }
    }
}

fn noun_modifiers_if(syntax: &Syntax, n: usize, out: &mut Standing, counts: bool) {
    if counts && syntax.is_noun(n) {
        noun_modifiers(syntax, n, out);
    }
}

/// "planned", "possible", "former", "no" on an event noun.
fn noun_modifiers(syntax: &Syntax, n: usize, out: &mut Standing) {
    for c in syntax.children(n, &["amod", "det", "compound"]) {
        if syntax.dep(c) == "det" {
            if syntax.lower(c) == "no" {
                out.status = Status::Negated;
            }
            continue;
        }
        if out.status != Status::Actual {
            continue;
        }
        match effect(syntax, c) {
            Some(Effect::Plan) => out.status = Status::Planned,
            Some(Effect::Irrealis) => out.status = Status::Hypothetical,
            Some(Effect::Negative) => out.status = Status::Negated,
            Some(Effect::Past) => out.status = Status::Historical,
            _ => {}
        }
    }
}
