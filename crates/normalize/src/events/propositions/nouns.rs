//! Propositions of event nouns and of adjectives with a copula.

use super::{Kind, Proposition, preposition};
use crate::{
    actors::Cast,
    events::syntax::{Path, Syntax},
};

/// The proposition of event noun `n`.
pub(super) fn noun(syntax: &Syntax, cast: &Cast, n: usize) -> Proposition {
    let mut out = Proposition::new(n, Kind::Noun, syntax.lemma(n));
    own(syntax, cast, &mut out, n);
    // "raids and arrests by police": coordinated nouns share what only one of them has.
    if syntax.dep(n) == "conj" && syntax.is_noun(syntax.head(n)) {
        let first = syntax.head(n);
        if out.role("subj").next().is_none() {
            owner(syntax, cast, &mut out, first);
        }
    } else if let Some(last) = syntax.children(n, &["conj"]).find(|&c| syntax.is_noun(c)) {
        for p in syntax.children(last, &["prep"]) {
            if !out.arguments.iter().any(|a| a.role == syntax.lower(p)) {
                preposition(syntax, &mut out, p, Path::Shared, 1);
            }
        }
    }
    host(syntax, &mut out);
    if out.role("subj").next().is_none() {
        let by: Vec<usize> = out.role("by").map(|a| a.head).collect();
        out.add("subj", by, Path::By);
    }
    if out.role("subj").next().is_none() {
        let modifiers: Vec<usize> = out.role("mod").map(|a| a.head).collect();
        out.add("subj", modifiers, Path::Modifier);
    }
    out
}

/// What hangs on the noun itself.
fn own(syntax: &Syntax, cast: &Cast, out: &mut Proposition, n: usize) {
    owner(syntax, cast, out, n);
    for c in syntax.tree.children(n) {
        match syntax.dep(c) {
            "prep" | "agent" => preposition(syntax, out, c, Path::Direct, 1),
            "acl" | "relcl" if syntax.is_infinitive(c) => out.add("inf", [c], Path::Direct),
            // "anti-government protests"
            "amod" | "compound" if syntax.against_government(c) => out.add("against", [c], Path::Direct),
            "acl" if syntax.child(c, &["mark"]).is_some_and(|m| syntax.lower(m) == "that") => {
                out.add("that", [c], Path::Direct);
            }
            "ccomp" => out.add("that", [c], Path::Direct),
            // "a clash involving X", "a raid targeting Y": the participle works as a preposition.
            "acl" if syntax.tag(c) == "VBG" => {
                let objects: Vec<usize> = syntax.children(c, &["dobj"]).flat_map(|o| syntax.conjuncts(o)).collect();
                out.add(syntax.lower(c), objects, Path::Direct);
            }
            _ => {}
        }
    }
}

/// Possessor and modifiers that are actors.
fn owner(syntax: &Syntax, cast: &Cast, out: &mut Proposition, n: usize) {
    for c in syntax.tree.children(n) {
        match syntax.dep(c) {
            "poss" => out.add("subj", syntax.conjuncts(c), Path::Possessor),
            "compound" | "amod" | "nmod" => {
                if cast.by_token.get(c).copied().flatten().is_some() {
                    out.add("mod", syntax.conjuncts(c), Path::Modifier);
                }
                // "a Saudi-led strike", "a Taliban-claimed bombing".
                if syntax.lexicon.governors.leads(&syntax.lower(c)) {
                    let doers: Vec<usize> = syntax.children(c, &["npadvmod", "compound", "nmod", "amod"]).collect();
                    let named = doers.into_iter().filter(|&d| cast.by_token.get(d).copied().flatten().is_some());
                    out.add("subj", named, Path::Possessor);
                }
                // "US - Korea summit": the first half hangs on the second.
                for d in syntax.children(c, &["compound", "amod", "nmod"]) {
                    if cast.by_head.get(d).copied().flatten().is_some() {
                        out.add("mod", [d], Path::Modifier);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The verb that carries the noun ("launched an attack", "talks began", "took part in the protest") and what it gives.
fn host(syntax: &Syntax, out: &mut Proposition) {
    let mut top = out.head;
    for _ in 0..6 {
        let above = syntax.head(top);
        if syntax.dep(top) == "conj" && syntax.is_noun(above) {
            top = above;
        } else if syntax.dep(top) == "pobj" && syntax.lower(above) == "of" {
            // "a series of raids", "one of the critics of X": the verb carries the partitive.
            let whole = syntax.head(above);
            if !syntax.lexicon.governors.partitive(&syntax.lemma(whole)) {
                break;
            }
            top = whole;
        } else {
            break;
        }
    }
    let head = syntax.head(top);
    let (classes, governors) = (&syntax.lexicon.classes, &syntax.lexicon.governors);
    let is = |v: usize, class: &str| {
        let lemma = syntax.lemma(v);
        let member = |word: &str| match class {
            "occur" => governors.occurs(word),
            "engage" => governors.engages(word),
            _ => classes.verb_in(class, word),
        };
        member(&lemma)
            || syntax.children(v, &["prt", "advmod", "dobj"]).any(|c| member(&format!("{lemma}_{}", syntax.lemma(c))))
    };
    // "the attack carried out by X", "a summit scheduled for Monday"
    let carried = || {
        let mut clauses = syntax.children(out.head, &["acl", "relcl"]);
        clauses.find(|&c| syntax.passive(c) && (is(c, "support") || is(c, "occur"))).map(|c| (c, false))
    };
    let found = match syntax.dep(top) {
        "dobj" if is(head, "support") || is(head, "engage") => Some((head, true)),
        "nsubjpass" if is(head, "support") || is(head, "occur") => Some((head, false)),
        "nsubj" if is(head, "occur") => Some((head, false)),
        "attr" if matches!(syntax.lemma(head).as_str(), "be" | "remain" | "become") => Some((head, true)),
        "pobj" => {
            let p = syntax.head(top);
            let v = syntax.head(p);
            let into = matches!(syntax.lower(p).as_str(), "in" | "into" | "to" | "for" | "on" | "with");
            // "take part in": the preposition hangs on the verb's object.
            let v = if !syntax.is_verb(v) && syntax.dep(v) == "dobj" { syntax.head(v) } else { v };
            (into && syntax.is_verb(v) && is(v, "engage")).then_some((v, true)).or_else(carried)
        }
        _ => carried(),
    };
    let Some((verb, subject_of_noun)) = found else { return };
    out.host = Some(verb);
    if subject_of_noun {
        if syntax.dep(top) == "attr" && out.role("subj").next().is_some() && !governors.relational(&out.lemma) {
            // "this is Lee's first visit": the possessor is who does it.
        } else if !syntax.passive(verb) || involved(syntax, verb) {
            let subject = syntax.subject(verb);
            if governors.undergoes(&syntax.lemma(verb)) && !classes.noun_in("ev_convict", &out.lemma) {
                out.add("against", subject.heads, Path::Support);
            } else {
                out.arguments.retain(|a| a.role != "subj" || a.path == Path::By);
                out.add("subj", subject.heads, Path::Support);
            }
        } else {
            out.add("subj", syntax.agent(verb).heads, Path::By);
        }
    } else if out.role("subj").next().is_none() {
        out.add("subj", syntax.agent(verb).heads, Path::By);
    }
    for c in syntax.tree.children(verb) {
        match syntax.dep(c) {
            "prep" if syntax.lower(c) != "by" && c != syntax.head(top) => {
                preposition(syntax, out, c, Path::Support, 1);
            }
            "dative" if syntax.child(c, &["pobj"]).is_some() => preposition(syntax, out, c, Path::Support, 1),
            "dative" => {
                out.add("iobj", syntax.conjuncts(c), Path::Support);
                out.add("to", syntax.conjuncts(c), Path::Support);
            }
            _ => {}
        }
    }
}

/// "were engaged in fighting": a passive whose subject takes part.
fn involved(syntax: &Syntax, verb: usize) -> bool {
    syntax.lexicon.governors.involves(&syntax.lemma(verb)) && syntax.agent(verb).heads.is_empty()
}

/// The proposition of adjective `a`, if a copula makes it a predicate.
pub(super) fn adjective(syntax: &Syntax, a: usize) -> Option<Proposition> {
    let mut top = a;
    while syntax.dep(top) == "conj" && syntax.reading.tokens[syntax.head(top)].pos == "ADJ" {
        top = syntax.head(top);
    }
    let verb = syntax.head(top);
    let predicative = matches!(syntax.dep(top), "acomp" | "oprd" | "xcomp") || (syntax.dep(top) == "ROOT");
    if !predicative || (verb != top && !syntax.is_verb(verb)) {
        return None;
    }
    let mut out = Proposition::new(a, Kind::Adjective, syntax.lemma(a));
    if verb != top {
        out.host = Some(verb);
        let subject = syntax.subject(verb);
        let path = subject.path.unwrap_or(Path::Direct);
        out.add("subj", subject.heads, path);
        for p in syntax.children(verb, &["prep"]) {
            preposition(syntax, &mut out, p, Path::Support, 1);
        }
    } else {
        let subject = syntax.subject(a);
        out.add("subj", subject.heads, Path::Direct);
    }
    for c in syntax.tree.children(a) {
        match syntax.dep(c) {
            "prep" => preposition(syntax, &mut out, c, Path::Direct, 1),
            "xcomp" => out.add("inf", [c], Path::Direct),
            "ccomp" => out.add("that", [c], Path::Direct),
            _ => {}
        }
    }
    Some(out)
}
