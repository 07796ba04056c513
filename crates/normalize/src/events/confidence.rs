//! Confidence: the probability that type and parties of an event are right, from how it was found. A logistic over a
//! few traits; the weights are set by hand until they are fitted on more articles.

use super::{
    draft::Draft,
    parties::Grip,
    propositions::{Kind, Propositions},
    syntax::{Path, Syntax},
};
use crate::Status;

const BASE: f64 = -0.4;
/// Weight of the match beyond one bare condition, per required condition.
const SPECIFIC: f64 = 0.35;
const NOUN: f64 = -0.4;
const ADJECTIVE: f64 = -0.2;
const ACTOR: [f64; 3] = [0.8, 0.5, -0.3];
const RECIPIENT: [f64; 3] = [0.7, 0.5, 0.1];
const NO_ACTOR: f64 = -0.5;
const INDIRECT: f64 = -0.3;
const NOT_ACTUAL: f64 = -0.5;
const LONG_SENTENCE: f64 = -0.3;

/// Probability between 0 and 1, to two digits.
pub(super) fn confidence(d: &Draft, propositions: &Propositions, syntax: &Syntax) -> f64 {
    let p = &propositions.list[d.proposition];
    let grip = |g: Option<Grip>, w: [f64; 3]| match g {
        Some(Grip::Head) => w[0],
        Some(Grip::Proxy) => w[1],
        Some(Grip::Near) => w[2],
        None => 0.0,
    };
    let mut x = BASE + SPECIFIC * f64::from((d.weight / 10).clamp(0, 4));
    x += match p.kind {
        Kind::Verb => 0.0,
        Kind::Noun => NOUN,
        Kind::Adjective => ADJECTIVE,
    };
    x += if d.actor.actors.is_empty() { NO_ACTOR } else { grip(d.actor.grip, ACTOR) };
    x += if d.recipient.actors.is_empty() { 0.0 } else { grip(d.recipient.grip, RECIPIENT) };
    for side in [&d.actor, &d.recipient] {
        if side.path.is_some_and(|p| p >= Path::Control) {
            x += INDIRECT;
        }
    }
    if d.status != Status::Actual {
        x += NOT_ACTUAL;
    }
    let sentence = syntax.reading.tokens[p.head].sentence as usize;
    if syntax.reading.sentences.get(sentence).is_some_and(|s| s.len() > 45) {
        x += LONG_SENTENCE;
    }
    let probability = 1.0 / (1.0 + (-x).exp());
    (probability * 100.0).round() / 100.0
}
