//! Matching: the most specific sense of a predicate whose conditions its arguments meet.

use super::{
    lexicon::{Condition, Frame, Need, Type, fold},
    parties::{Grip, Parties},
    propositions::{Argument, Kind, Proposition},
    syntax::Path,
};
use crate::ActorKind;
use smol_str::{SmolStr, format_smolstr};
use std::collections::BTreeSet;

/// The weight of a condition that has to hold, of one that may, and what kind of test it was.
const REQUIRED: i32 = 10;
const OPTIONAL: i32 = 4;
/// `none` wins a tie, and against a sense that is ahead only by what may be there.
const NONE: i32 = 5;

/// Classes of nouns that are people.
const PEOPLE: &[&str] = &[
    "victim",
    "civilians",
    "official",
    "protesters",
    "workers",
    "soldier",
    "prisoner",
    "forces",
    "police_forces",
    "militia_forces",
];

/// The sense that wins, with its weight.
pub(super) fn best<'a>(p: &Proposition, parties: &Parties<'a>) -> Option<(&'a Frame, i32)> {
    let lexicon = parties.syntax.lexicon;
    let mut best: Option<(&Frame, i32)> = None;
    for entry in lexicon.frames.of(&p.lemma, p.kind) {
        let frame = &lexicon.frames.list[entry.frame as usize];
        if !entry.with.iter().all(|w| stands_with(p, w, parties)) {
            continue;
        }
        let pair = match &frame.object {
            Some(object) if !has_object(p, object, parties) => continue,
            Some(_) => REQUIRED,
            None => 0,
        };
        let Some(met) = weight(p, frame, parties) else { continue };
        let base = frame.priority.map_or(met + pair, |n| n * REQUIRED);
        let score = base
            + REQUIRED * entry.with.len() as i32
            + i32::from(!entry.by_class)
            + if frame.code.is_none() { NONE } else { 0 };
        // Of equals the first in the files wins.
        if best.is_none_or(|(_, s)| score > s) {
            best = Some((frame, score));
        }
    }
    best
}

/// The sum over the conditions, if all that have to hold do.
fn weight(p: &Proposition, frame: &Frame, parties: &Parties) -> Option<i32> {
    let mut sum = 0;
    for c in &frame.conditions {
        let held = holds(p, c, parties);
        match (c.need, held) {
            (Need::Required, Some(w)) => sum += REQUIRED + w,
            (Need::Optional, Some(w)) => sum += OPTIONAL + w,
            (Need::Forbidden, None) => sum += 1,
            (Need::Optional, None) => {}
            (Need::Required, None) | (Need::Forbidden, Some(_)) => return None,
        }
    }
    Some(sum)
}

/// The arguments that met a condition of `frame`, each with its role and head.
pub(super) fn evidence(p: &Proposition, frame: &Frame, parties: &Parties) -> Vec<(SmolStr, usize)> {
    let mut out: Vec<(SmolStr, usize)> = Vec::new();
    for c in frame.conditions.iter().filter(|c| c.need != Need::Forbidden) {
        let met = p.arguments.iter().find(|a| c.roles.contains(&a.role) && c.types.iter().any(|t| is(a, t, parties)));
        out.extend(met.map(|a| (a.role.clone(), a.head)).filter(|e| !out.contains(e)));
    }
    out
}

/// How specific the test was that some argument in the condition's roles passed.
fn holds(p: &Proposition, c: &Condition, parties: &Parties) -> Option<i32> {
    let mut best = None;
    if c.types.contains(&Type::Joint) && joint(p, c, parties) {
        best = Some(4);
    }
    for a in &p.arguments {
        if !c.roles.contains(&a.role) {
            continue;
        }
        for t in &c.types {
            if is(a, t, parties) {
                let w = match t {
                    Type::Any => 0,
                    Type::Actor | Type::Near => 1,
                    Type::Class(_) | Type::Word(_) => 3,
                    _ => 2,
                };
                best = best.max(Some(w));
            }
        }
    }
    best
}

/// Whether the roles of a condition name actors of two countries or more.
fn joint(p: &Proposition, c: &Condition, parties: &Parties) -> bool {
    let heads = p.arguments.iter().filter(|a| c.roles.contains(&a.role));
    let found = heads.filter_map(|a| parties.resolve(a.head)).flat_map(|(found, _)| found);
    let countries: BTreeSet<&str> = found.filter_map(|f| parties.cast.actors[f].country.as_deref()).collect();
    countries.len() > 1
}

/// Whether an argument is of a type.
fn is(a: &Argument, t: &Type, parties: &Parties) -> bool {
    let syntax = parties.syntax;
    let i = a.head;
    let entity = syntax.reading.tokens[i].entity_type;
    let kind = || parties.kind(i);
    match t {
        Type::Any => true,
        Type::Actor => parties.is_actor(i),
        Type::Near => parties.resolve(i).is_some(),
        Type::Person => {
            matches!(kind(), Some(ActorKind::Person | ActorKind::Group))
                || matches!(entity, "PERSON" | "NORP")
                || people(i, parties)
        }
        Type::Group => matches!(kind(), Some(ActorKind::Group)) || entity == "NORP" || people(i, parties),
        Type::State => matches!(kind(), Some(ActorKind::Country)) || matches!(entity, "GPE" | "NORP"),
        Type::Org => matches!(kind(), Some(ActorKind::Organization)) || entity == "ORG",
        Type::Place => {
            matches!(kind(), Some(ActorKind::Country | ActorKind::Place)) || matches!(entity, "GPE" | "LOC" | "FAC")
        }
        Type::Money => {
            entity == "MONEY"
                || syntax
                    .children(i, &["nummod", "quantmod", "nmod"])
                    .any(|c| syntax.reading.tokens[c].entity_type == "MONEY")
                || syntax.lexicon.classes.noun_in("money", &syntax.lemma(i))
        }
        Type::Number => {
            matches!(entity, "CARDINAL" | "PERCENT" | "QUANTITY" | "MONEY")
                || syntax.reading.tokens[i].pos == "NUM"
                || syntax.child(i, &["nummod"]).is_some()
        }
        // Told by all arguments of a role together: `holds`.
        Type::Joint => false,
        Type::Time => matches!(entity, "DATE" | "TIME"),
        Type::Class(class) => in_class(i, a, class, parties),
        Type::Word(word) => {
            let lemma = syntax.lemma(i);
            fold(&lemma) == fold(word)
                || syntax.lower(i) == *word
                || compounds(i, parties).iter().any(|c| fold(c) == fold(word))
        }
    }
}

/// Whether the word at `i` is in `class`: a class of verbs for clauses, of nouns for phrases.
fn in_class(i: usize, a: &Argument, class: &SmolStr, parties: &Parties) -> bool {
    let syntax = parties.syntax;
    let classes = &syntax.lexicon.classes;
    let lemma = syntax.lemma(i);
    if matches!(a.role.as_str(), "inf" | "that" | "ing" | "whether" | "must" | "purpose") || syntax.is_verb(i) {
        if classes.verb_in(class, &lemma) {
            return true;
        }
        let particles =
            syntax.children(i, &["prt", "advmod", "dobj"]).map(|c| format_smolstr!("{lemma}_{}", syntax.lemma(c)));
        let mut particles = particles;
        if particles.any(|w| classes.verb_in(class, &w)) {
            return true;
        }
        // A copula or an auxiliary says little; its adjective or participle does.
        return matches!(lemma.as_str(), "begin" | "start" | "continue" | "help" | "be" | "go" | "try" | "resume")
            && syntax.children(i, &["xcomp"]).any(|c| classes.verb_in(class, &syntax.lemma(c)));
    }
    // "called him a stupid man"
    let described = || {
        class == "bad_word"
            && matches!(a.role.as_str(), "oprd" | "as")
            && syntax.children(i, &["amod"]).any(|m| classes.noun_in(class, &syntax.lemma(m)))
    };
    if classes.noun_in(class, &lemma) || described() || compounds(i, parties).iter().any(|c| classes.noun_in(class, c))
    {
        return true;
    }
    inside(i, parties).iter().any(|&o| {
        classes.noun_in(class, &syntax.lemma(o)) || compounds(o, parties).iter().any(|c| classes.noun_in(class, c))
    })
}

/// What a partitive stands for: "dozens of rounds of artillery" are rounds and artillery, "$340 million for assistance"
/// is assistance.
fn inside(i: usize, parties: &Parties) -> Vec<usize> {
    let syntax = parties.syntax;
    let mut out: Vec<usize> = Vec::new();
    let mut layer = vec![i];
    for _ in 0..4 {
        let partitive = layer.into_iter().filter(|&at| syntax.lexicon.governors.partitive(&syntax.lemma(at)));
        let preps = partitive.flat_map(|at| syntax.children(at, &["prep"]).collect::<Vec<_>>());
        layer = preps.flat_map(|p| syntax.children(p, &["pobj"]).collect::<Vec<_>>()).collect();
        out.extend(&layer);
    }
    out
}

/// The compound nouns that end at `i`: "air_strike", "peace_talk".
fn compounds(i: usize, parties: &Parties) -> Vec<SmolStr> {
    let syntax = parties.syntax;
    let lemma = syntax.lemma(i);
    syntax.children(i, &["compound", "amod"]).map(|c| format_smolstr!("{}_{}", syntax.lemma(c), fold(&lemma))).collect()
}

/// Whether the word at `i` names people.
fn people(i: usize, parties: &Parties) -> bool {
    let syntax = parties.syntax;
    let lemma = syntax.lemma(i);
    let token = &syntax.reading.tokens[i];
    if token.pos == "PRON" {
        return matches!(
            lemma.as_str(),
            "he" | "she"
                | "they"
                | "him"
                | "her"
                | "them"
                | "who"
                | "i"
                | "we"
                | "us"
                | "himself"
                | "themselves"
                | "herself"
        );
    }
    if token.pos == "NUM" {
        // "174 of 342 votes"
        let of = syntax.children(i, &["prep"]).filter(|&p| syntax.lower(p) == "of");
        let mut things = of.flat_map(|p| syntax.children(p, &["pobj"]).collect::<Vec<_>>());
        let acts = |o: usize| {
            people(o, parties) || parties.resolve(o).is_some() || syntax.lexicon.governors.proxy(&syntax.lemma(o))
        };
        if things.any(|o| !acts(o)) {
            return false;
        }
        return !matches!(token.entity_type, "MONEY" | "PERCENT" | "DATE" | "TIME" | "QUANTITY");
    }
    if PEOPLE.iter().any(|c| syntax.lexicon.classes.noun_in(c, &lemma)) || syntax.lexicon.governors.people(&lemma) {
        return true;
    }
    // "detained dozens"
    if matches!(fold(&lemma), "dozen" | "hundred" | "thousand" | "score" | "other" | "several" | "many")
        && syntax.child(i, &["prep"]).is_none()
    {
        return true;
    }
    syntax.lexicon.governors.partitive(&lemma)
        && syntax.children(i, &["prep"]).flat_map(|p| syntax.children(p, &["pobj"]).collect::<Vec<_>>()).any(|o| {
            PEOPLE.iter().any(|c| syntax.lexicon.classes.noun_in(c, &syntax.lemma(o)))
                || parties.kind(o) == Some(ActorKind::Group)
        })
}

/// Whether the word `w` stands with the predicate: a particle, adverb, preposition or object of a verb, the first part
/// of a compound noun.
fn stands_with(p: &Proposition, w: &SmolStr, parties: &Parties) -> bool {
    let syntax = parties.syntax;
    let is_word = |c: usize| syntax.lower(c) == *w || syntax.lemma(c) == *w;
    match p.kind {
        Kind::Noun => syntax.children(p.head, &["compound", "amod", "nmod", "poss", "punct"]).any(is_word),
        _ => {
            // Particles stand close; anything else may hang one step further down.
            syntax
                .children(p.head, &["prt", "advmod", "prep", "dobj", "agent", "acomp", "oprd", "npadvmod"])
                .any(|c| is_word(c) || syntax.children(c, &["pobj", "prep"]).any(is_word))
        }
    }
}

/// Whether `object` (folded) is the verb's object or the object of one of its prepositions.
fn has_object(p: &Proposition, object: &str, parties: &Parties) -> bool {
    let syntax = parties.syntax;
    p.arguments.iter().any(|a| {
        a.path <= Path::Control
            && a.role != "subj"
            && !syntax.is_verb(a.head)
            && (fold(&syntax.lemma(a.head)) == object || compounds(a.head, parties).iter().any(|c| c == object))
    })
}

/// Whether a phrase that does not resolve to an actor could still be one: people, a pronoun, a word that acts for an
/// owner that is not named.
pub(super) fn could_act(i: usize, parties: &Parties) -> bool {
    let syntax = parties.syntax;
    let token = &syntax.reading.tokens[i];
    token.pos == "PRON"
        || token.pos == "PROPN"
        || people(i, parties)
        || syntax.lexicon.governors.proxy(&syntax.lemma(i))
        || parties.resolve(i).is_some_and(|(_, g)| g <= Grip::Proxy)
}
