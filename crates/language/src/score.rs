//! A scorer rates the moves of a transition system in a state: a hidden layer over the vectors of a few words that the
//! state points at, with each word's share computed once, then a linear layer over the moves.

use crate::ModelError;
use crate::bundle::Bundle;
use crate::matrix::{Matrix, Simd, UNITS};

/// Units of the hidden layer.
const HIDDEN: usize = 64;
/// A word's share for one feature: two pieces for each hidden unit.
const SHARE: usize = 2 * HIDDEN;
/// Words whose shares are computed together.
const BLOCK: usize = 128;
/// Blocks of shares that are kept.
const KEPT: usize = 16;

/// A scorer's weights, for `features` words a state.
#[derive(Debug)]
pub struct Scorer {
    features: usize,
    linear: Matrix,
    lower: Matrix,
    /// The same weights one feature at a time, for words that are no longer kept.
    single: Vec<Matrix>,
    padding: Vec<f32>,
    bias: Vec<f32>,
    upper: Matrix,
    simd: Simd,
}

/// The words of one text as a scorer sees them, and room for a state's scores.
#[derive(Default)]
pub struct Shares {
    reduced: Vec<f32>,
    blocks: Vec<f32>,
    /// Which block of words each kept place holds.
    held: [Option<usize>; KEPT],
    share: Vec<f32>,
    /// Scores of the moves in the state that was scored last.
    pub scores: Vec<f32>,
}

impl Scorer {
    pub fn new(bundle: &Bundle, name: &str, features: usize, moves: usize, simd: Simd) -> Result<Scorer, ModelError> {
        let tensor = |part: &str, shape: &[usize]| bundle.tensor(&format!("{name}.{part}"), shape);
        let lower = tensor("lower.w", &[features, HIDDEN, 2, HIDDEN])?;
        let bias = tensor("lower.b", &[HIDDEN, 2])?;
        let padding = tensor("lower.pad", &[1, features, HIDDEN, 2])?;
        // Pieces of a unit lie side by side in the file; here all first pieces come before all second ones.
        let place = |o: usize| o / SHARE * SHARE + o % SHARE % HIDDEN * 2 + o % SHARE / HIDDEN;
        let none = vec![0.0; features * SHARE];
        let single = |f: usize| {
            let weights = &lower[f * SHARE * HIDDEN..(f + 1) * SHARE * HIDDEN];
            Matrix::new(weights, &none, SHARE, HIDDEN, place)
        };
        Ok(Scorer {
            features,
            linear: Matrix::new(
                &tensor("linear.w", &[HIDDEN, UNITS])?,
                &tensor("linear.b", &[HIDDEN])?,
                HIDDEN,
                UNITS,
                |o| o,
            ),
            lower: Matrix::new(&lower, &none, features * SHARE, HIDDEN, place),
            single: (0..features).map(single).collect(),
            padding: (0..features * SHARE).map(|o| padding[place(o)]).collect(),
            bias: (0..SHARE).map(|o| bias[place(o)]).collect(),
            upper: Matrix::new(
                &tensor("upper.w", &[moves, HIDDEN])?,
                &tensor("upper.b", &[moves])?,
                moves,
                HIDDEN,
                |o| o,
            ),
            simd,
        })
    }

    /// Begins a text.
    pub fn begin(&self, shares: &mut Shares) {
        shares.reduced.clear();
        shares.held = [None; KEPT];
        shares.blocks.resize(KEPT * BLOCK * self.features * SHARE, 0.0);
        shares.share.resize(SHARE, 0.0);
        shares.scores.resize(self.upper.width(), 0.0);
    }

    /// Adds the text's next words, given by their vectors.
    pub fn add(&self, vectors: &[f32], shares: &mut Shares) {
        let rows = vectors.len() / UNITS;
        let at = shares.reduced.len();
        shares.reduced.resize(at + rows * HIDDEN, 0.0);
        self.linear.apply(self.simd, vectors, UNITS, rows, &mut shares.reduced[at..]);
    }

    /// Scores all moves in the state that points at `words` (-1: none).
    pub fn score(&self, words: &[i32], shares: &mut Shares) {
        let width = self.features * SHARE;
        let mut hidden = [0.0f32; SHARE];
        for (f, &word) in words.iter().enumerate() {
            let Ok(word) = usize::try_from(word) else {
                add(&mut hidden, &self.padding[f * SHARE..][..SHARE]);
                continue;
            };
            let (block, place) = (word / BLOCK, word / BLOCK % KEPT);
            // A block takes its place when the state first comes to it; an older one is not brought back.
            if shares.held[place].is_none_or(|held| held < block) {
                let last = (shares.reduced.len() / HIDDEN).min((block + 1) * BLOCK);
                let input = &shares.reduced[block * BLOCK * HIDDEN..last * HIDDEN];
                let out = &mut shares.blocks[place * BLOCK * width..][..BLOCK * width];
                self.lower.apply(self.simd, input, HIDDEN, last - block * BLOCK, out);
                shares.held[place] = Some(block);
            }
            if shares.held[place] == Some(block) {
                let at = (place * BLOCK + word % BLOCK) * width + f * SHARE;
                add(&mut hidden, &shares.blocks[at..at + SHARE]);
            } else {
                let input = &shares.reduced[word * HIDDEN..][..HIDDEN];
                self.single[f].apply(self.simd, input, HIDDEN, 1, &mut shares.share);
                add(&mut hidden, &shares.share);
            }
        }
        add(&mut hidden, &self.bias);
        let mut best = [0.0f32; HIDDEN];
        for i in 0..HIDDEN {
            let (a, b) = (hidden[i], hidden[HIDDEN + i]);
            best[i] = if b > a { b } else { a };
        }
        self.upper.apply(self.simd, &best, HIDDEN, 1, &mut shares.scores);
    }
}

fn add(sum: &mut [f32; SHARE], values: &[f32]) {
    for (s, v) in sum.iter_mut().zip(values) {
        *s += v;
    }
}
