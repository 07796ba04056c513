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
    /// Tried, with or without success: "tried to block".
    pub tried: bool,
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
                    // "would have objected" tells what did not happen.
                    "would" | "'d" | "’d" => {
                        let perfect = syntax.children(v, &["aux"]).any(|a| syntax.lower(a) == "have");
                        out.would = true;
                        out.modal |= perfect && syntax.tag(v) == "VBN";
                    }
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
    // "with no charges being brought"
    out.negated |= syntax.dep(v) == "acl" && syntax.children(syntax.head(v), &["det"]).any(|d| syntax.lower(d) == "no");
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

/// Whether the word at `v` is a verb by which somebody tells something.
pub(super) fn reports(syntax: &Syntax, v: usize) -> bool {
    syntax.is_verb(v)
        && syntax.lexicon.governors.effect(&format_smolstr!("{}.v", syntax.lemma(v))) == Some(Effect::Report)
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
        // "signed no agreement": a noun with a host is seen to below.
        let nothing = |o: usize| o != p.head && syntax.children(o, &["det"]).any(|d| syntax.lower(d) == "no");
        if out.status == Status::Actual && syntax.children(at, &["dobj"]).any(nothing) {
            out.status = Status::Negated;
        }
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
        if matches!(dep, "ccomp" | "parataxis") && apart(syntax, at, head) {
            break;
        }
        match dep {
            "ccomp" | "xcomp" | "acomp" | "attr" | "csubj" | "parataxis" => {
                govern(syntax, &mut out, head, &mut counts, at, content);
            }
            "acl" if syntax.is_infinitive(at) || syntax.child(at, &["mark"]).is_some() => {
                govern(syntax, &mut out, head, &mut counts, at, content);
                noun_modifiers_if(syntax, head, &mut out, counts);
            }
            "acl" | "relcl" => {
                // "vetoed a text that condemned": what a rejected text says is not said by anybody.
                if counts && out.status == Status::Actual && rejected(syntax, head) {
                    out.status = Status::Hypothetical;
                }
                counts = false;
                content = false;
                out.governors.push(Governor { token: head, effect: None, content: false });
            }
            // "a need for them to leave", "they needed to leave": the parser took what is needed for a purpose.
            "advcl" if syntax.is_infinitive(at) && needs(syntax, at, head) => {
                govern(syntax, &mut out, head, &mut counts, at, content);
            }
            "advcl" => {
                let conditional = syntax
                    .children(at, &["mark", "advmod"])
                    .any(|c| matches!(syntax.lower(c).as_str(), "if" | "unless" | "lest" | "should"));
                if counts && out.status == Status::Actual && (conditional || syntax.is_infinitive(at)) {
                    out.status = if conditional { Status::Hypothetical } else { Status::Planned };
                }
                if counts && out.status == Status::Actual && !syntax.is_infinitive(at) {
                    out.status = beside(syntax, at, head);
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
                let instead = word == "of" && syntax.lower(above) == "instead";
                if counts && (word == "without" || instead) && out.status == Status::Actual {
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
            "dobj" | "nsubjpass" => {
                counts &= !mere_object(syntax, p, at, head);
                govern(syntax, &mut out, head, &mut counts, at, content && dep == "dobj");
            }
            // "further attacks are likely"
            "nsubj" if counts && out.status == Status::Actual && syntax.lemma(head) == "be" => {
                let said = syntax.child(head, &["acomp"]).and_then(|a| effect(syntax, a));
                out.status = match said {
                    Some(Effect::Plan) => Status::Planned,
                    Some(Effect::Irrealis) => Status::Hypothetical,
                    _ => Status::Actual,
                };
                out.governors.push(Governor { token: head, effect: None, content: false });
                counts = false;
                content = false;
            }
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

/// Whether a semicolon parts the clause at `at` from the verb that the parser put above it. What is said before "he
/// said" is his all the same.
fn apart(syntax: &Syntax, at: usize, head: usize) -> bool {
    effect(syntax, head) != Some(Effect::Report)
        && (at.min(head)..at.max(head)).any(|i| syntax.lower(i) == ";" && syntax.dep(i) == "punct")
}

/// Whether the text at `text` is what somebody vetoes, rejects or blocks: "a resolution", "a resolution of the council".
fn rejected(syntax: &Syntax, text: usize) -> bool {
    let mut at = text;
    if syntax.dep(at) == "pobj"
        && syntax.lower(syntax.head(at)) == "of"
        && !syntax.is_verb(syntax.head(syntax.head(at)))
    {
        // "a resolution of the council that condemned", not "the appeal of a man who was barred".
        if !syntax
            .children(at, &["relcl"])
            .any(|v| syntax.children(v, &["nsubj"]).any(|r| matches!(syntax.lower(r).as_str(), "that" | "which")))
        {
            return false;
        }
        at = syntax.head(syntax.head(at));
    }
    let verb = syntax.head(at);
    syntax.dep(at) == "dobj"
        && syntax.lexicon.governors.document(&syntax.lemma(at))
        && syntax.is_verb(verb)
        && effect(syntax, verb) == Some(Effect::Negative)
}

/// The status of a clause beside one that lies ahead: "are to leave while the others stay", "will go on until he
/// resigns".
fn beside(syntax: &Syntax, at: usize, main: usize) -> Status {
    let word = syntax.children(at, &["mark", "advmod"]).map(|c| syntax.lower(c)).next();
    let Some(word) = word else { return Status::Actual };
    let m = mood(syntax, main, 3);
    let due = syntax.is_infinitive(main) && syntax.lemma(syntax.head(main)) == "be";
    let told = match syntax.tag(at) {
        "VBP" | "VBZ" | "VB" => true,
        "VBD" => m.would && word != "while",
        _ => false,
    };
    if !told || !(m.future || m.would || due) {
        return Status::Actual;
    }
    match word.as_str() {
        "until" => Status::Hypothetical,
        "while" | "when" | "once" | "before" | "after" => Status::Planned,
        _ => Status::Actual,
    }
}

/// Whether the word at `i` wants an infinitive that says what is needed, wanted or planned.
fn needs(syntax: &Syntax, infinitive: usize, i: usize) -> bool {
    let next = syntax.is_noun(i) || syntax.children(infinitive, &["aux"]).any(|to| to == i + 1);
    next && matches!(effect(syntax, i), Some(Effect::Irrealis | Effect::Plan))
        && syntax.child(i, &["dobj", "xcomp"]).is_none()
}

/// Whether an event noun at `at` is merely what the verb above it is about: "did not forget the invasion". What carries
/// the noun ("did not hold talks") or is known to bear on it ("cancelled the talks") says whether it happened.
fn mere_object(syntax: &Syntax, p: &Proposition, at: usize, verb: usize) -> bool {
    let lemma = syntax.lemma(verb);
    p.kind == Kind::Noun
        && p.host.is_none()
        && syntax.is_noun(at)
        && syntax.is_verb(verb)
        && effect(syntax, verb).is_none()
        && lemma != "be"
        && !syntax.lexicon.classes.verb_in("support", &lemma)
        && !syntax.lexicon.governors.engages(&lemma)
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
    // "would like to see them agree": seeing an act in the base form reports nothing.
    if lemma == "see" && syntax.tag(below) == "VB" {
        found = Some(Effect::Actual);
    }
    // "denied reports that they had agreed"
    if found == Some(Effect::Report) && syntax.is_noun(token) && syntax.dep(token) == "dobj" {
        let verb = syntax.head(token);
        if syntax.is_verb(verb) && effect(syntax, verb) == Some(Effect::Negative) {
            found = Some(Effect::Actual);
        }
    }
    // "at the end of the visit" is a time.
    let when = |t: usize| matches!(syntax.lower(t).as_str(), "at" | "by" | "before" | "until" | "till" | "since");
    if lemma == "end" && syntax.is_noun(token) && syntax.dep(token) == "pobj" && when(syntax.head(token)) {
        found = None;
    }
    out.governors.push(Governor { token, effect: found, content });
    if !*counts {
        return;
    }
    match found {
        Some(Effect::Report) => *counts = false,
        Some(Effect::Plan) if out.status == Status::Actual => out.status = Status::Planned,
        // "unable to agree on a date" weakens what is planned as well.
        Some(Effect::Irrealis) if matches!(out.status, Status::Actual | Status::Planned) => {
            out.status = Status::Hypothetical;
        }
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
        // Whether an attempt is an act depends on what was tried; see `rules`.
        Some(Effect::Attempt) if out.status == Status::Actual => out.tried = true,
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
            match syntax.lower(c).as_str() {
                "no" => out.status = Status::Negated,
                // "any attack would be answered"
                "any" if out.status == Status::Actual => out.status = Status::Hypothetical,
                _ => {}
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
