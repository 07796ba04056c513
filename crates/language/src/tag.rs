//! A tag is a word's fine part of speech. The tagger chooses it from the word's vector alone.

use crate::ModelError;
use crate::bundle::Bundle;
use crate::matrix::Matrix;
use crate::simd::{Simd, UNITS, best};

/// The tagger's weights.
#[derive(Debug)]
pub struct Tagger {
    weights: Matrix,
    /// Zeros for the tags, minus infinity for the padding of a row.
    handicap: Vec<f32>,
    simd: Simd,
}

impl Tagger {
    pub fn new(bundle: &Bundle, tags: usize, simd: Simd) -> Result<Tagger, ModelError> {
        let (weights, bias) = (bundle.tensor("tagger.w", &[tags, UNITS])?, bundle.tensor("tagger.b", &[tags])?);
        let weights = Matrix::new(tags, UNITS, |o, i| weights[o * UNITS + i], |o| bias[o]);
        let handicap = (0..weights.width()).map(|i| if i < tags { 0.0 } else { f32::NEG_INFINITY }).collect();
        Ok(Tagger { weights, handicap, simd })
    }

    /// Adds the best tag of each vector to `tags`.
    pub fn tag(&self, vectors: &[f32], scores: &mut Vec<f32>, tags: &mut Vec<u8>) {
        let (rows, width) = (vectors.len() / UNITS, self.weights.width());
        scores.resize(rows * width, 0.0);
        self.weights.apply::<UNITS>(self.simd, vectors, rows, scores);
        tags.extend(scores.chunks_exact(width).map(|row| best(self.simd, row, &self.handicap) as u8));
    }
}
