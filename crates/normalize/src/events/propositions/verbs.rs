//! Propositions of verbs.

use super::{Kind, Proposition, preposition};
use crate::events::syntax::{Path, Syntax};

/// The proposition of verb `v`, its voice undone.
pub(super) fn verb(syntax: &Syntax, v: usize) -> Proposition {
    let mut out = Proposition::new(v, Kind::Verb, syntax.lemma(v));
    out.passive = syntax.passive(v);
    let subject = syntax.subject(v);
    let path = subject.path.unwrap_or(Path::Direct);
    if out.passive {
        // "was given aid": with an object of its own, the passive's subject is the receiver.
        let role = if syntax.child(v, &["dobj"]).is_some() { "iobj" } else { "obj" };
        out.add(role, subject.heads, path);
        let agent = syntax.agent(v);
        out.add("subj", agent.heads, Path::By);
    } else {
        out.add("subj", subject.heads, path);
    }
    for c in syntax.tree.children(v) {
        match syntax.dep(c) {
            "dobj" if syntax.is_relativizer(c) => out.add("obj", syntax.antecedent(v), Path::Relative),
            "dobj" => {
                // "fined Google two million rubles": the parser hangs the one who pays on the sum.
                let sum = |n: usize| syntax.children(c, &["nummod"]).any(|m| n < m);
                let name = |&n: &usize| syntax.reading.tokens[n].pos == "PROPN" && sum(n);
                let payers: Vec<usize> = syntax.children(c, &["nmod"]).filter(name).collect();
                out.add("obj", payers, Path::Direct);
                out.add("obj", syntax.conjuncts(c), Path::Direct);
            }
            "dative" if syntax.child(c, &["pobj", "pcomp"]).is_none() => {
                out.add("iobj", syntax.conjuncts(c), Path::Direct);
            }
            "prep" | "dative" | "agent" => preposition(syntax, &mut out, c, Path::Direct, 2),
            "advmod" if matches!(syntax.lower(c).as_str(), "where" | "wherein") => {
                out.add("in", syntax.antecedent(v), Path::Relative);
            }
            // "together with", "along with", "back to"
            "advmod" => {
                for p in syntax.children(c, &["prep"]) {
                    preposition(syntax, &mut out, p, Path::Direct, 1);
                }
            }
            "oprd" | "attr" => out.add("oprd", syntax.conjuncts(c), Path::Direct),
            "acomp" => {
                for p in syntax.children(c, &["prep"]) {
                    preposition(syntax, &mut out, p, Path::Direct, 1);
                }
                out.add("acomp", [c], Path::Direct);
            }
            // "found the journalist guilty": an adjective with a subject of its own and no verb.
            "ccomp" if syntax.reading.tokens[c].pos == "ADJ" && syntax.child(c, &["aux", "cop", "mark"]).is_none() => {
                for s in syntax.children(c, &["nsubj"]) {
                    out.add("obj", syntax.conjuncts(s), Path::Direct);
                }
                for p in syntax.children(c, &["prep"]) {
                    preposition(syntax, &mut out, p, Path::Direct, 1);
                }
                out.add("acomp", [c], Path::Direct);
            }
            "ccomp" => clause(syntax, &mut out, c),
            "advcl" if syntax.is_infinitive(c) => out.add("purpose", [c], Path::Direct),
            "xcomp" => {
                let role = if syntax.is_infinitive(c) {
                    "inf"
                } else if syntax.tag(c) == "VBG" {
                    "ing"
                } else {
                    "oprd"
                };
                out.add(role, [c], Path::Direct);
            }
            "prt" => {
                // "called on the crowd to leave": the preposition taken for a particle.
                if matches!(syntax.lower(c).as_str(), "on" | "upon" | "for" | "at") {
                    let objects: Vec<usize> = syntax.children(v, &["dobj"]).flat_map(|o| syntax.conjuncts(o)).collect();
                    out.add(syntax.lower(c), objects, Path::Direct);
                }
                for p in syntax.children(c, &["prep"]) {
                    preposition(syntax, &mut out, p, Path::Direct, 1);
                }
            }
            _ => {}
        }
    }
    named(syntax, &mut out);
    share_object(syntax, &mut out);
    gap(syntax, &mut out);
    via_object(syntax, &mut out);
    out
}

/// A clause complement: "that", "whether", or an infinitive with its own subject, which is the verb's object ("urged X
/// to leave").
fn clause(syntax: &Syntax, out: &mut Proposition, c: usize) {
    if syntax.is_infinitive(c) {
        if let Some(s) = syntax.child(c, &["nsubj", "nsubjpass"])
            && out.role("obj").next().is_none()
            && syntax.child(c, &["mark"]).is_none_or(|m| syntax.lower(m) == "for")
        {
            out.add("obj", syntax.conjuncts(s), Path::Direct);
        }
        out.add("inf", [c], Path::Direct);
    } else if syntax.tag(c) == "VBG" && syntax.child(c, &["aux", "mark"]).is_none() {
        // "will not accept refugees fleeing the war": the object with what it does.
        if out.role("obj").next().is_none()
            && let Some(s) = syntax.child(c, &["nsubj"]).filter(|&s| s > out.head && syntax.is_noun(s))
        {
            out.add("obj", syntax.conjuncts(s), Path::Direct);
        }
        out.add("ing", [c], Path::Direct);
    } else if syntax.child(c, &["mark"]).is_some_and(|m| matches!(syntax.lower(m).as_str(), "whether" | "if")) {
        out.add("whether", [c], Path::Direct);
    } else {
        out.add("that", [c], Path::Direct);
        // "said that X was responsible": the adjective says what of X.
        if syntax.lemma(c) == "be" {
            out.add("that", syntax.children(c, &["acomp"]), Path::Direct);
        }
        if obliged(syntax, c) {
            out.add("must", [c], Path::Direct);
            out.add("must", syntax.children(c, &["acomp"]), Path::Direct);
        }
    }
}

/// "must leave", "should stop", "has to go", "needs to act": what somebody else wants of the clause's subject.
fn obliged(syntax: &Syntax, c: usize) -> bool {
    // Only of somebody who could do it: "the decision should send a signal" asks for nothing.
    let able = |s: usize| {
        let token = &syntax.reading.tokens[s];
        let governors = &syntax.lexicon.governors;
        let lemma = syntax.lemma(s);
        token.pos == "PROPN"
            || (token.pos == "PRON" && !matches!(lemma.as_str(), "it" | "this" | "that" | "there" | "these" | "those"))
            || (token.pos == "NOUN" && (governors.people(&lemma) || governors.proxy(&lemma) || governors.body(&lemma)))
            || !token.entity_type.is_empty()
            || governors.partitive(&lemma)
            || governors.pair_of_states(&lemma)
            || governors.pair_of_sides(&lemma)
    };
    // "the attacks must stop", "intervention must be avoided"
    let ends = |s: usize| {
        let verbs = ["stop", "end", "cease", "avoid", "halt", "prevent", "lift", "withdraw", "release", "investigate"];
        syntax.is_noun(s)
            && verbs.contains(&syntax.lemma(c).as_str())
            && syntax.lexicon.frames.knows(&syntax.lemma(s), Kind::Noun)
    };
    if !syntax.children(c, &["nsubj", "nsubjpass"]).any(|s| able(s) || ends(s)) {
        return false;
    }
    syntax.children(c, &["aux"]).any(|a| matches!(syntax.lower(a).as_str(), "must" | "should" | "ought" | "needs"))
        || (matches!(syntax.lemma(c).as_str(), "have" | "need" | "ought")
            && syntax.children(c, &["xcomp"]).any(|x| syntax.is_infinitive(x)))
}

/// "called the envoy a fool": the object taken for what it is called.
fn named(syntax: &Syntax, out: &mut Proposition) {
    if out.role("obj").next().is_some() || out.passive {
        return;
    }
    let heads: Vec<usize> = out.role("oprd").map(|a| a.head).collect();
    let title = |o: usize| syntax.children(o, &["appos"]).find(|&a| syntax.children(a, &["det"]).next().is_some());
    if let Some((object, name)) = heads.into_iter().find_map(|o| Some((o, title(o)?))) {
        out.arguments.retain(|a| a.head != object);
        out.add("obj", [object], Path::Direct);
        out.add("oprd", [name], Path::Direct);
    }
}

/// "attacked and killed three men": the first verb's object stands with the last.
fn share_object(syntax: &Syntax, out: &mut Proposition) {
    if out.passive || out.role("obj").next().is_some() {
        return;
    }
    let Some(second) = syntax.children(out.head, &["conj"]).find(|&c| syntax.is_verb(c)) else { return };
    let close = second - out.head <= 3 && syntax.child(second, &["nsubj", "nsubjpass", "aux"]).is_none();
    if close && syntax.child(out.head, &["prep", "ccomp", "xcomp", "advmod", "prt"]).is_none() {
        for o in syntax.children(second, &["dobj"]) {
            out.add("obj", syntax.conjuncts(o), Path::Shared);
        }
    }
}

/// "the man they arrested": a relative clause without a pronoun of its own leaves out the object.
fn gap(syntax: &Syntax, out: &mut Proposition) {
    if syntax.dep(out.head) != "relcl" || out.passive {
        return;
    }
    let has = |role: &str| out.role(role).next().is_some();
    if has("subj") && !has("obj") && !has("that") && !has("inf") {
        let relative_subject = syntax.child(out.head, &["nsubj"]).is_some_and(|s| syntax.is_relativizer(s));
        let oblique = out.arguments.iter().any(|a| a.path == Path::Relative && a.role != "subj");
        if !relative_subject && !oblique {
            out.add("obj", [syntax.head(out.head)], Path::Relative);
        }
    }
}

/// "imposed sanctions on X", "signed a deal with X": what hangs on the object counts for the verb as well, where the
/// verb has nothing in that role.
fn via_object(syntax: &Syntax, out: &mut Proposition) {
    let objects: Vec<usize> =
        out.role("obj").filter(|a| a.path == Path::Direct && syntax.is_noun(a.head)).map(|a| a.head).collect();
    let own: Vec<smol_str::SmolStr> = out.arguments.iter().map(|a| a.role.clone()).collect();
    for o in objects {
        for p in syntax.children(o, &["prep"]) {
            let role = syntax.lower(p);
            // "demanded the release of X", but "a report of X" is only about X.
            let about = role == "of"
                && (syntax.lexicon.governors.document(&syntax.lemma(o)) || syntax.child(o, &["poss"]).is_some());
            if role != "by" && !about && !own.contains(&role) {
                preposition(syntax, out, p, Path::Support, 1);
            }
        }
        for c in syntax.children(o, &["acl", "relcl"]) {
            // "fired rounds aimed at X"
            if syntax.tag(c) == "VBN" && matches!(syntax.lemma(c).as_str(), "aim" | "direct" | "target" | "point") {
                for p in syntax.children(c, &["prep"]).filter(|&p| !own.contains(&syntax.lower(p))) {
                    preposition(syntax, out, p, Path::Support, 1);
                }
            }
            if syntax.is_infinitive(c) && !own.iter().any(|r| r == "inf") {
                out.add("inf", [c], Path::Support);
            }
        }
    }
}
