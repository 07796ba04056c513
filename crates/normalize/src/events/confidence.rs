//! Confidence: the probability that type and parties of an event are right, from how it was found. A logistic over
//! traits that an event has or has not; `data/lexicons/fit_confidence.py` fits their weights on annotated articles and
//! writes them to `confidence.tsv`.

use super::{
    draft::{Draft, Side},
    parties::{Grip, Parties},
    propositions::{Kind, Propositions},
    syntax::Path,
};
use crate::Status;

/// A sentence of more tokens than this is long, one of fewer than that is short.
const LONG: usize = 45;
const SHORT: usize = 18;

/// Probability between 0 and 1, to two digits, and the traits that it was computed from with their weights.
pub(super) fn confidence(
    d: &Draft,
    propositions: &Propositions,
    parties: &Parties,
    title_end: u32,
) -> (f64, Vec<(&'static str, f64)>) {
    let weights = &parties.syntax.lexicon.weights;
    let traits: Vec<(&'static str, f64)> =
        traits(d, propositions, parties, title_end).into_iter().map(|t| (t, weights.of(t))).collect();
    let sum: f64 = traits.iter().map(|(_, w)| w).sum();
    let probability = 1.0 / (1.0 + (-sum).exp());
    ((probability * 100.0).round() / 100.0, traits)
}

fn traits(d: &Draft, propositions: &Propositions, parties: &Parties, title_end: u32) -> Vec<&'static str> {
    let p = &propositions.list[d.proposition];
    let tokens = &parties.syntax.reading.tokens;
    let mut out = vec!["any", of_type(&d.code.kind)];
    out.push(match (p.kind, p.host) {
        (Kind::Verb, _) => "verb",
        (Kind::Noun, Some(_)) => "noun carried by a verb",
        (Kind::Noun, None) => "bare noun",
        (Kind::Adjective, _) => "adjective",
    });
    out.push(match d.weight / 10 {
        ..=1 => "sense: up to 1 condition",
        2 => "sense: 2 conditions",
        3 => "sense: 3 conditions",
        _ => "sense: 4 or more conditions",
    });
    if p.passive {
        out.push("passive");
    }
    out.push(match d.status {
        Status::Actual => "actual",
        Status::Planned => "planned",
        Status::Hypothetical => "hypothetical",
        Status::Negated => "negated",
        Status::Historical => "historical",
    });
    if Some(&d.code) != d.frame.code.as_ref() {
        out.push("type turned by a rule");
    }
    out.extend(side(&d.actor, ACTOR));
    if d.frame.reciprocal && d.recipient.actors.is_empty() {
        out.push(if d.actor.actors.len() > 1 { "mutual: both sides known" } else { "mutual: one side known" });
    } else {
        out.extend(side(&d.recipient, RECIPIENT));
    }
    if d.actor.actors.len().max(d.recipient.actors.len()) > 2 {
        out.push("many parties");
    }
    let nameless = |actors: &[usize]| actors.iter().any(|&a| parties.cast.actors[a].country.is_none());
    if nameless(&d.actor.actors) {
        out.push("actor without a country");
    }
    if nameless(&d.recipient.actors) {
        out.push("recipient without a country");
    }
    let sentence = parties.syntax.reading.sentences.get(tokens[p.head].sentence as usize);
    match sentence.map_or(0, |s| s.len()) {
        n if n > LONG => out.push("long sentence"),
        n if n < SHORT => out.push("short sentence"),
        _ => {}
    }
    if tokens[p.head].end <= title_end {
        out.push("title");
    }
    if d.standing.governors.iter().any(|g| g.effect == Some(super::lexicon::Effect::Report)) {
        out.push("told by somebody");
    }
    out
}

/// The names of the traits of one side: unnamed, unresolved, by grip, by path.
struct Names {
    none: &'static str,
    unresolved: &'static str,
    grip: [&'static str; 3],
    path: [&'static str; 5],
}

const ACTOR: Names = Names {
    none: "no actor",
    unresolved: "actor unresolved",
    grip: ["actor named", "actor by what acts for it", "actor near"],
    path: ["actor direct", "actor shared or relative", "actor by control", "actor of the noun", "actor guessed"],
};
const RECIPIENT: Names = Names {
    none: "no recipient",
    unresolved: "recipient unresolved",
    grip: ["recipient named", "recipient by what acts for it", "recipient near"],
    path: [
        "recipient direct",
        "recipient shared or relative",
        "recipient by control",
        "recipient of the noun",
        "recipient guessed",
    ],
};

fn side(side: &Side, names: Names) -> Vec<&'static str> {
    let (Some(grip), Some(path), false) = (side.grip, side.path, side.actors.is_empty()) else {
        return vec![if side.filled { names.unresolved } else { names.none }];
    };
    let grip = match grip {
        Grip::Head => names.grip[0],
        Grip::Proxy => names.grip[1],
        Grip::Near => names.grip[2],
    };
    let path = match path {
        Path::Direct | Path::By => names.path[0],
        Path::Relative | Path::Shared => names.path[1],
        Path::Control => names.path[2],
        Path::Possessor | Path::Support | Path::Modifier => names.path[3],
        Path::Place | Path::Again | Path::Inside => names.path[4],
    };
    vec![grip, path]
}

fn of_type(kind: &str) -> &'static str {
    match kind {
        "ACCUSE" => "ACCUSE",
        "AGREE" => "AGREE",
        "AID" => "AID",
        "ASSAULT" => "ASSAULT",
        "COERCE" => "COERCE",
        "CONCEDE" => "CONCEDE",
        "CONSULT" => "CONSULT",
        "COOPERATE" => "COOPERATE",
        "MOBILIZE" => "MOBILIZE",
        "PROTEST" => "PROTEST",
        "REJECT" => "REJECT",
        "REQUEST" => "REQUEST",
        "RETREAT" => "RETREAT",
        "SANCTION" => "SANCTION",
        "SUPPORT" => "SUPPORT",
        _ => "THREATEN",
    }
}
