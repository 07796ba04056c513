//! The encoder turns words into vectors of 96 numbers that know their surroundings: an embedding of the word's features,
//! mixed by a maxout layer, then four convolutions over a word and its two neighbours, each added to its input.
//!
//! What depends on the word type alone (the mixed embedding, and its share in the first convolution of the word before,
//! of the word itself and of the word after) is computed once a type and kept by `cache`.

use crate::ModelError;
use crate::bundle::Bundle;
use crate::hash::embedding_keys;
use crate::lexeme::Lexeme;
use crate::matrix::Matrix;
use crate::simd::{Norm, PIECES, Simd, UNITS, maxout_norm, maxout_norm_sum};
use std::borrow::Cow;

/// Convolutions, and so the words on either side that a vector knows.
pub const DEPTH: usize = 4;
/// Numbers that are computed once a word type: the mixed embedding and its three shares.
pub const TYPE: usize = UNITS + 3 * PIECES;
/// Features of a word type, at most.
const FEATURES: usize = 6;
/// Rows that go through a layer at once: their pieces stay in the processor's nearest cache.
const STEP: usize = 48;

#[derive(Debug)]
struct Layer {
    weights: Matrix,
    norm: Norm,
}

#[derive(Debug)]
struct Table {
    rows: Cow<'static, [f32]>,
    count: u32,
    seed: u32,
}

/// An encoder's weights.
#[derive(Debug)]
pub struct Encoder {
    tables: Vec<Table>,
    mix: Layer,
    /// The first convolution as a product of each word by itself: three shares.
    shares: Matrix,
    first_bias: Vec<f32>,
    first_norm: Norm,
    layers: Vec<Layer>,
    simd: Simd,
}

/// Room for the work of an encoder.
#[derive(Default)]
pub struct Desk {
    x: Vec<f32>,
    y: Vec<f32>,
    pieces: Vec<f32>,
}

impl Encoder {
    pub fn new(bundle: &Bundle, name: &str, seeds: &[u32], simd: Simd) -> Result<Encoder, ModelError> {
        // In the file the pieces of a unit lie side by side; here all first pieces come before all second ones.
        let place = |o: usize| o % UNITS * 3 + o / UNITS;
        let norm = |i: usize| -> Result<Norm, ModelError> {
            Ok(Norm {
                gain: bundle.tensor(&format!("{name}.norm.{i}.g"), &[UNITS])?.to_vec(),
                bias: bundle.tensor(&format!("{name}.norm.{i}.b"), &[UNITS])?.to_vec(),
            })
        };
        let tensors = |i: usize, inputs: usize| {
            let weights = bundle.tensor(&format!("{name}.maxout.{i}.w"), &[UNITS, 3, inputs])?;
            Ok((weights, bundle.tensor(&format!("{name}.maxout.{i}.b"), &[UNITS, 3])?))
        };
        let layer = |i: usize, inputs: usize| -> Result<Layer, ModelError> {
            let (weights, bias) = tensors(i, inputs)?;
            let weights = Matrix::new(PIECES, inputs, |o, k| weights[place(o) * inputs + k], |o| bias[place(o)]);
            Ok(Layer { weights, norm: norm(i)? })
        };
        let table = |(i, &seed): (usize, &u32)| {
            let name = format!("{name}.embed.{i}");
            let count = bundle.rows(&name);
            Ok(Table { rows: bundle.tensor(&name, &[count, UNITS])?, count: count.max(1) as u32, seed })
        };
        if seeds.len() > FEATURES {
            return Err(ModelError::Damaged(format!("{} embedding tables", seeds.len())));
        }
        let (weights, bias) = tensors(1, PIECES)?;
        let share = |o: usize, k: usize| weights[place(o % PIECES) * PIECES + o / PIECES * UNITS + k];
        Ok(Encoder {
            tables: seeds.iter().enumerate().map(table).collect::<Result<_, ModelError>>()?,
            mix: layer(0, seeds.len() * UNITS)?,
            shares: Matrix::new(3 * PIECES, UNITS, share, |_| 0.0),
            first_bias: (0..PIECES).map(|o| bias[place(o)]).collect(),
            first_norm: norm(1)?,
            layers: (2..=DEPTH).map(|i| layer(i, PIECES)).collect::<Result<_, _>>()?,
            simd,
        })
    }

    /// Whether the encoder looks at the space after a word.
    pub fn sees_space(&self) -> bool {
        self.tables.len() > 4
    }

    /// What depends on the word type alone, for each of `words` with whether a space follows: rows of `TYPE`.
    pub fn embed(&self, words: &[(Lexeme, bool)], desk: &mut Desk, out: &mut [f32]) {
        desk.pieces.resize(STEP * 3 * PIECES, 0.0);
        for (words, out) in words.chunks(STEP).zip(out.chunks_mut(STEP * TYPE)) {
            desk.x.clear();
            desk.x.resize(words.len() * FEATURES * UNITS, 0.0);
            for ((lexeme, space), input) in words.iter().zip(desk.x.chunks_exact_mut(FEATURES * UNITS)) {
                self.look_up(lexeme, *space, input);
            }
            self.mix.weights.apply::<{ FEATURES * UNITS }>(self.simd, &desk.x, words.len(), &mut desk.pieces);
            desk.y.clear();
            desk.y.resize(words.len() * UNITS, 0.0);
            maxout_norm(self.simd, &desk.pieces[..words.len() * PIECES], &self.mix.norm, &mut desk.y);
            self.shares.apply::<UNITS>(self.simd, &desk.y, words.len(), &mut desk.pieces);
            let rows = desk.y.chunks_exact(UNITS).zip(desk.pieces.chunks_exact(3 * PIECES));
            for ((vector, shares), out) in rows.zip(out.chunks_exact_mut(TYPE)) {
                out[..UNITS].copy_from_slice(vector);
                out[UNITS..].copy_from_slice(shares);
            }
        }
    }

    /// Sums up the rows of the embedding tables that the features of a word fall on.
    fn look_up(&self, lexeme: &Lexeme, space_after: bool, out: &mut [f32]) {
        let features = [
            lexeme.norm,
            lexeme.prefix,
            lexeme.suffix,
            lexeme.shape,
            u64::from(space_after),
            u64::from(lexeme.is_space),
        ];
        for ((table, feature), part) in self.tables.iter().zip(features).zip(out.chunks_exact_mut(UNITS)) {
            for key in embedding_keys(feature, table.seed) {
                let row = &table.rows[(key % table.count) as usize * UNITS..][..UNITS];
                for (sum, value) in part.iter_mut().zip(row) {
                    *sum += value;
                }
            }
        }
    }

    /// The vectors of a run of words: rows of 96. Of each word comes what `embed` gave; the first and the last `DEPTH` are
    /// there only as neighbours.
    pub fn encode<'d>(&self, types: &[&[f32; TYPE]], desk: &'d mut Desk) -> &'d [f32] {
        let rows = types.len();
        if rows <= 2 * DEPTH {
            return &[];
        }
        // A row of zeros on either side.
        let Desk { x, y, pieces } = desk;
        x.resize((rows + 2) * UNITS, 0.0);
        y.resize((rows + 2) * UNITS, 0.0);
        for edge in [0, (rows + 1) * UNITS] {
            x[edge..edge + UNITS].fill(0.0);
            y[edge..edge + UNITS].fill(0.0);
        }
        let Some(bias) = self.first_bias.first_chunk() else { return &[] };
        let part = |row: usize, part: usize| {
            types[row][UNITS + part * PIECES..].first_chunk::<PIECES>().unwrap_or(&[0.0; PIECES])
        };
        for (row, out) in x.as_chunks_mut::<UNITS>().0[1..=rows].iter_mut().enumerate() {
            out.copy_from_slice(&types[row][..UNITS]);
            let parts = [part(row.saturating_sub(1), 0), part(row, 1), part((row + 1).min(rows - 1), 2)];
            maxout_norm_sum(self.simd, parts, bias, &self.first_norm, out);
        }
        pieces.resize(STEP * 3 * PIECES, 0.0);
        for layer in &self.layers {
            for row in (0..rows).step_by(STEP) {
                let n = STEP.min(rows - row);
                layer.weights.apply::<UNITS>(self.simd, &x[row * UNITS..], n, pieces);
                let span = (row + 1) * UNITS..(row + 1 + n) * UNITS;
                y[span.clone()].copy_from_slice(&x[span.clone()]);
                maxout_norm(self.simd, &pieces[..n * PIECES], &layer.norm, &mut y[span]);
            }
            std::mem::swap(x, y);
        }
        &x[(DEPTH + 1) * UNITS..(rows + 1 - DEPTH) * UNITS]
    }
}
