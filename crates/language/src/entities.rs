//! An entity is a run of words that names something. Marks are given word by word, from left to right, each one the
//! best-scoring that fits the marks before it: begin, inside, last, unit, outside.

use crate::ModelError;
use crate::bundle::Bundle;
use crate::reading::Iob;
use crate::score::{Scorer, Shares};
use crate::simd::Simd;
use crate::watch::{Step, Watch};

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

/// Words that a state points at: this one, the first of the entity that is open, the one before.
const FEATURES: usize = 3;

/// The recognizer: its marks and what scores them.
#[derive(Debug)]
pub struct Recognizer {
    marks: Vec<Mark>,
    /// The number that stands for no entity type.
    none: u8,
    scorer: Scorer<FEATURES>,
    /// For each situation, a row of zeros for the marks that fit and minus infinity for the others.
    handicaps: Vec<f32>,
}

/// What decides which marks fit.
#[derive(Clone, Copy)]
struct Situation {
    /// Type of the open entity.
    open: Option<u8>,
    /// Whether an entity may go on behind this word.
    goes_on: bool,
    is_space: bool,
}

impl Situation {
    fn number(self) -> usize {
        let open = self.open.map_or(0, |label| usize::from(label) + 1);
        open * 4 + usize::from(self.goes_on) * 2 + usize::from(self.is_space)
    }

    fn fits(self, mark: &Mark, none: u8) -> bool {
        match (mark.kind, self.open) {
            (Kind::Begin, None) => self.goes_on && !self.is_space,
            (Kind::Unit, None) => !self.is_space && mark.label != none,
            (Kind::Out, None) => true,
            (Kind::In, Some(label)) => self.goes_on && mark.label == label,
            (Kind::Last, Some(label)) => mark.label == label,
            _ => false,
        }
    }
}

impl Recognizer {
    pub fn new(bundle: &Bundle, marks: Vec<Mark>, none: u8, simd: Simd) -> Result<Recognizer, ModelError> {
        let scorer = Scorer::new(bundle, "ner", marks.len(), 1, simd, Step::EntityHidden)?;
        let labels = marks.iter().map(|m| m.label).max().unwrap_or(0);
        let mut handicaps = Vec::new();
        for open in std::iter::once(None).chain((0..=labels).map(Some)) {
            for (goes_on, is_space) in [(false, false), (false, true), (true, false), (true, true)] {
                let situation = Situation { open, goes_on, is_space };
                let fits = |i: usize| marks.get(i).is_some_and(|m| situation.fits(m, none));
                if !(0..marks.len()).any(fits) && open.is_none_or(|label| label != none) {
                    return Err(ModelError::Damaged(format!("no mark fits entity type {open:?}")));
                }
                handicaps.extend((0..scorer.width()).map(|i| if fits(i) { 0.0 } else { f32::NEG_INFINITY }));
            }
        }
        Ok(Recognizer { marks, none, scorer, handicaps })
    }

    /// Adds words, given by their vectors, to those that can be marked.
    pub fn reduce(&self, vectors: &[f32], reduced: &mut Vec<f32>) {
        self.scorer.reduce(vectors, reduced);
    }

    /// Marks the words of a text: for each, its place in an entity and the entity's type.
    pub fn mark<W: Watch>(
        &self,
        reduced: &[f32],
        is_space: &[bool],
        sentence_start: &[bool],
        shares: &mut Shares,
        watch: &mut W,
    ) -> Vec<(Iob, u8)> {
        self.scorer.begin(shares);
        let width = self.scorer.width();
        let mut out = Vec::with_capacity(is_space.len());
        let mut open: Option<(usize, u8)> = None;
        for (i, &is_space) in is_space.iter().enumerate() {
            let words = match open {
                Some((start, _)) => [i as i32, start as i32, i as i32 - 1],
                None => [i as i32, -1, -1],
            };
            let goes_on = sentence_start.get(i + 1) == Some(&false);
            let situation = Situation { open: open.map(|(_, label)| label), goes_on, is_space };
            let handicap = &self.handicaps[situation.number() * width..][..width];
            watch.lap(Step::Transitions);
            let mark = self.marks[self.scorer.best(reduced, words, handicap, shares, watch)];
            out.push(match mark.kind {
                Kind::Begin | Kind::Unit => (Iob::B, mark.label),
                Kind::In | Kind::Last => (Iob::I, mark.label),
                Kind::Out => (Iob::O, self.none),
            });
            match mark.kind {
                Kind::Begin => open = Some((i, mark.label)),
                Kind::Last => open = None,
                _ => {}
            }
        }
        watch.lap(Step::Transitions);
        out
    }
}
