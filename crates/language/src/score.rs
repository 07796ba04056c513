//! A scorer rates the moves of a transition system in a state: a hidden layer over the vectors of a few words that the
//! state points at, with each word's share computed once, then a linear layer over the moves.

use crate::ModelError;
use crate::bundle::Bundle;
use crate::matrix::Matrix;
use crate::simd::{HIDDEN, SHARE, Simd, UNITS, best, maxout_shares};
use crate::watch::{Step, Watch};

/// Words whose shares are computed together.
const BLOCK: usize = 48;
/// Blocks of shares that are kept.
const KEPT: usize = 5;

/// A scorer's weights, for `F` words a state.
#[derive(Debug)]
pub struct Scorer<const F: usize> {
    linear: Matrix,
    /// The hidden layer for the first features, a block of words at a time.
    lower: Matrix,
    /// How many these are. The others point at a word seldom enough to be computed when they do.
    ahead: usize,
    /// The hidden layer one feature at a time.
    single: Vec<Matrix>,
    /// A share for each feature that points at no word, and the bias.
    padding: Vec<[f32; SHARE]>,
    upper: Matrix,
    simd: Simd,
    step: Step,
}

/// What a scorer remembers of one text, and room for a state's scores.
#[derive(Default)]
pub struct Shares {
    blocks: Vec<f32>,
    /// Which block of words each kept place holds.
    held: [Option<usize>; KEPT],
    single: Vec<[f32; SHARE]>,
    scores: Vec<f32>,
}

impl<const F: usize> Scorer<F> {
    pub fn new(
        bundle: &Bundle,
        name: &str,
        moves: usize,
        ahead: usize,
        simd: Simd,
        step: Step,
    ) -> Result<Scorer<F>, ModelError> {
        let tensor = |part: &str, shape: &[usize]| bundle.tensor(&format!("{name}.{part}"), shape);
        let lower = tensor("lower.w", &[F, HIDDEN, 2, HIDDEN])?;
        let bias = tensor("lower.b", &[HIDDEN, 2])?;
        let padding = tensor("lower.pad", &[1, F, HIDDEN, 2])?;
        let (linear, linear_bias) = (tensor("linear.w", &[HIDDEN, UNITS])?, tensor("linear.b", &[HIDDEN])?);
        let (upper, upper_bias) = (tensor("upper.w", &[moves, HIDDEN])?, tensor("upper.b", &[moves])?);
        // Pieces of a unit lie side by side in the file; here all first pieces come before all second ones.
        let place = |o: usize| o / SHARE * SHARE + o % SHARE % HIDDEN * 2 + o % SHARE / HIDDEN;
        let single = |f: usize| Matrix::new(SHARE, HIDDEN, |o, i| lower[(f * SHARE + place(o)) * HIDDEN + i], |_| 0.0);
        let row = |values: &[f32], f: usize| std::array::from_fn(|o| values[f * SHARE + place(o)]);
        Ok(Scorer {
            linear: Matrix::new(HIDDEN, UNITS, |o, i| linear[o * UNITS + i], |o| linear_bias[o]),
            lower: Matrix::new(ahead * SHARE, HIDDEN, |o, i| lower[place(o) * HIDDEN + i], |_| 0.0),
            ahead,
            single: (0..F).map(single).collect(),
            padding: (0..F).map(|f| row(&padding, f)).chain([row(&bias, 0)]).collect(),
            upper: Matrix::new(moves, HIDDEN, |o, i| upper[o * HIDDEN + i], |o| upper_bias[o]),
            simd,
            step,
        })
    }

    /// Scores in a state, a multiple of 32.
    pub fn width(&self) -> usize {
        self.upper.width()
    }

    /// Adds words, given by their vectors, to those that texts are scored on: rows of 64.
    pub fn reduce(&self, vectors: &[f32], reduced: &mut Vec<f32>) {
        let rows = vectors.len() / UNITS;
        let at = reduced.len();
        reduced.resize(at + rows * HIDDEN, 0.0);
        self.linear.apply::<UNITS>(self.simd, vectors, rows, &mut reduced[at..]);
    }

    /// Begins a text.
    pub fn begin(&self, shares: &mut Shares) {
        shares.held = [None; KEPT];
        let size = KEPT * BLOCK * self.ahead * SHARE;
        if shares.blocks.len() < size {
            shares.blocks.resize(size, 0.0);
        }
        if shares.single.len() < F {
            shares.single.resize(F, [0.0; SHARE]);
        }
        shares.scores.resize(self.width(), 0.0);
    }

    /// The best move in the state that points at `words` (-1: none) of a text, where each move has its handicap.
    pub fn best<W: Watch>(
        &self,
        text: &[f32],
        words: [i32; F],
        handicap: &[f32],
        shares: &mut Shares,
        watch: &mut W,
    ) -> usize {
        let width = self.ahead * SHARE;
        // Where each share comes from: `None` is the room for a single one.
        let mut places = [None; F];
        for (f, &word) in words.iter().enumerate() {
            let Ok(word) = usize::try_from(word) else { continue };
            let (block, place) = (word / BLOCK, word / BLOCK % KEPT);
            // A block takes its place when the state first comes to it; an older one is not brought back.
            if f < self.ahead && shares.held[place].is_none_or(|held| held < block) {
                let last = (text.len() / HIDDEN).min((block + 1) * BLOCK);
                let input = &text[block * BLOCK * HIDDEN..last * HIDDEN];
                let out = &mut shares.blocks[place * BLOCK * width..][..BLOCK * width];
                self.lower.apply::<HIDDEN>(self.simd, input, last - block * BLOCK, out);
                shares.held[place] = Some(block);
            }
            if f < self.ahead && shares.held[place] == Some(block) {
                places[f] = Some((place * BLOCK + word % BLOCK) * self.ahead + f);
            } else {
                let input = &text[word * HIDDEN..][..HIDDEN];
                self.single[f].apply::<HIDDEN>(self.simd, input, 1, &mut shares.single[f]);
            }
        }
        watch.lap(self.step);
        let blocks = shares.blocks.as_chunks::<SHARE>().0;
        let mut parts = [&self.padding[F]; 16];
        for f in 0..F {
            parts[f] = match places[f] {
                _ if words[f] < 0 => &self.padding[f],
                Some(at) => &blocks[at],
                None => &shares.single[f],
            };
        }
        let mut hidden = [0.0f32; HIDDEN];
        maxout_shares(self.simd, &parts[..=F], &mut hidden);
        self.upper.apply::<HIDDEN>(self.simd, &hidden, 1, &mut shares.scores);
        let best = best(self.simd, &shares.scores, handicap);
        watch.lap(Step::Scores);
        best
    }
}
