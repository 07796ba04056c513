//! An entity is a run of words that names something. Marks are given word by word, from left to right, each one the
//! best-scoring that fits the marks before it: begin, inside, last, unit, outside.

use crate::reading::Iob;
use crate::score::{Scorer, Shares};

/// Kinds of marks, numbered as the model numbers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Begin,
    In,
    Last,
    Unit,
    Out,
}

/// A mark with the entity's type.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    pub kind: Kind,
    pub label: u8,
}

/// Words that a state points at.
pub const FEATURES: usize = 3;

/// Marks the words that were given to the scorer: for each, its place in an entity and the entity's type.
pub fn mark(
    is_space: &[bool],
    sentence_start: &[bool],
    marks: &[Mark],
    none: u8,
    scorer: &Scorer,
    shares: &mut Shares,
) -> Vec<(Iob, u8)> {
    let length = is_space.len();
    let mut out = Vec::with_capacity(length);
    let mut open: Option<(usize, u8)> = None;
    for i in 0..length {
        let words = match open {
            Some((start, _)) => [i as i32, start as i32, i as i32 - 1],
            None => [i as i32, -1, -1],
        };
        scorer.score(&words, shares);
        let last = i + 1 == length;
        let before_start = !last && sentence_start[i + 1];
        let fits = |m: &Mark| match (m.kind, open) {
            (Kind::Begin, None) => !last && !before_start && !is_space[i],
            (Kind::Unit, None) => !is_space[i] && m.label != none,
            (Kind::Out, None) => true,
            (Kind::In, Some((_, label))) => !last && !before_start && m.label == label,
            (Kind::Last, Some((_, label))) => m.label == label,
            _ => false,
        };
        let mut best: Option<usize> = None;
        for (c, m) in marks.iter().enumerate() {
            if fits(m) && best.is_none_or(|b| shares.scores[c] > shares.scores[b]) {
                best = Some(c);
            }
        }
        let chosen = best.map_or(Mark { kind: Kind::Out, label: none }, |b| marks[b]);
        match chosen.kind {
            Kind::Begin => {
                open = Some((i, chosen.label));
                out.push((Iob::B, chosen.label));
            }
            Kind::Unit => out.push((Iob::B, chosen.label)),
            Kind::In => out.push((Iob::I, chosen.label)),
            Kind::Last => {
                open = None;
                out.push((Iob::I, chosen.label));
            }
            Kind::Out => out.push((Iob::O, none)),
        }
    }
    out
}
