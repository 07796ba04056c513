//! The encoder turns words into vectors of 96 numbers that know their surroundings: an embedding of the word's features,
//! mixed by a maxout layer, then four convolutions over a word and its two neighbours, each added to its input.

use crate::ModelError;
use crate::bundle::Bundle;
use crate::hash::embedding_keys;
use crate::lexeme::{Lexeme, Vocabulary};
use crate::matrix::{Matrix, Simd, UNITS, maxout_norm};
use crate::tokenize::Piece;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// Convolutions, and so the words on either side that a vector knows.
const DEPTH: usize = 4;
/// Words that are encoded at once.
pub const BLOCK: usize = 1024;
/// Word types that a cache holds before it is emptied.
const CACHED: usize = 16_384;

#[derive(Debug)]
struct Layer {
    weights: Matrix,
    gain: Vec<f32>,
    bias: Vec<f32>,
}

#[derive(Debug)]
struct Table {
    rows: Vec<f32>,
    count: u32,
    seed: u32,
}

/// An encoder's weights.
#[derive(Debug)]
pub struct Encoder {
    tables: Vec<Table>,
    mix: Layer,
    layers: Vec<Layer>,
    simd: Simd,
}

/// What an encoder remembers between texts: the mixed embedding of each word type. It never changes a result.
#[derive(Default)]
pub struct Cache {
    index: FxHashMap<(SmolStr, u64, bool), u32>,
    vectors: Vec<f32>,
    x: Vec<f32>,
    y: Vec<f32>,
    pieces: Vec<f32>,
}

impl Encoder {
    pub fn new(bundle: &Bundle, name: &str, seeds: &[u32], simd: Simd) -> Result<Encoder, ModelError> {
        let layer = |i: usize, inputs: usize| -> Result<Layer, ModelError> {
            let weights = bundle.tensor(&format!("{name}.maxout.{i}.w"), &[UNITS, 3, inputs])?;
            let bias = bundle.tensor(&format!("{name}.maxout.{i}.b"), &[UNITS, 3])?;
            Ok(Layer {
                weights: Matrix::new(&weights, &bias, 3 * UNITS, inputs, |o| o % UNITS * 3 + o / UNITS),
                gain: bundle.tensor(&format!("{name}.norm.{i}.g"), &[UNITS])?,
                bias: bundle.tensor(&format!("{name}.norm.{i}.b"), &[UNITS])?,
            })
        };
        let table = |(i, &seed): (usize, &u32)| {
            let name = format!("{name}.embed.{i}");
            let count = bundle.rows(&name);
            Ok(Table { rows: bundle.tensor(&name, &[count, UNITS])?, count: count.max(1) as u32, seed })
        };
        Ok(Encoder {
            tables: seeds.iter().enumerate().map(table).collect::<Result<_, ModelError>>()?,
            mix: layer(0, seeds.len() * UNITS)?,
            layers: (1..=DEPTH).map(|i| layer(i, 3 * UNITS)).collect::<Result<_, _>>()?,
            simd,
        })
    }

    /// Whether the encoder looks at the space after a word.
    fn sees_space(&self) -> bool {
        self.tables.len() > 4
    }

    /// The vectors of words `first..last` of a text, in `out`: rows of 96.
    pub fn encode(
        &self,
        text: &str,
        pieces: &[Piece],
        (first, last): (usize, usize),
        vocabulary: &Vocabulary,
        cache: &mut Cache,
        out: &mut Vec<f32>,
    ) {
        // Rows: an edge of zeros, the words with the neighbours that they depend on (zeros outside of the text), an edge.
        let rows = last - first + 2 * DEPTH;
        cache.x.clear();
        cache.x.resize((rows + 2) * UNITS, 0.0);
        if cache.vectors.len() > CACHED * UNITS {
            cache.index.clear();
            cache.vectors.clear();
        }
        for row in 0..rows {
            let Some(i) = (first + row).checked_sub(DEPTH).filter(|&i| i < pieces.len()) else { continue };
            let piece = &pieces[i];
            let word = &text[piece.start as usize..piece.end as usize];
            let at = self.embedded(word, piece, vocabulary, cache) as usize * UNITS;
            let (vectors, x) = (&cache.vectors, &mut cache.x);
            x[(row + 1) * UNITS..][..UNITS].copy_from_slice(&vectors[at..at + UNITS]);
        }
        cache.y.clear();
        cache.y.resize((rows + 2) * UNITS, 0.0);
        let Cache { x, y, pieces: tmp, .. } = cache;
        const STEP: usize = 48;
        tmp.resize(STEP * 3 * UNITS, 0.0);
        for layer in &self.layers {
            let mut row = 0;
            while row < rows {
                let n = STEP.min(rows - row);
                layer.weights.apply(self.simd, &x[row * UNITS..], UNITS, n, tmp);
                let at = (row + 1) * UNITS;
                maxout_norm(
                    self.simd,
                    &tmp[..n * 3 * UNITS],
                    &layer.gain,
                    &layer.bias,
                    Some(&x[at..]),
                    &mut y[at..at + n * UNITS],
                );
                row += n;
            }
            std::mem::swap(x, y);
        }
        out.clear();
        out.extend_from_slice(&x[(DEPTH + 1) * UNITS..(DEPTH + 1 + last - first) * UNITS]);
    }

    /// Index in the cache of a word's mixed embedding.
    fn embedded(&self, word: &str, piece: &Piece, vocabulary: &Vocabulary, cache: &mut Cache) -> u32 {
        let space = self.sees_space() && piece.space_after;
        let long = word.len() > 64;
        let key = (if long { SmolStr::default() } else { SmolStr::new(word) }, piece.norm, space);
        if !long && let Some(&at) = cache.index.get(&key) {
            return at;
        }
        let at = (cache.vectors.len() / UNITS) as u32;
        cache.vectors.resize(cache.vectors.len() + UNITS, 0.0);
        let out = cache.vectors.len() - UNITS;
        self.embed(&vocabulary.lexeme(word, piece.norm), space, &mut cache.vectors[out..]);
        if !long {
            cache.index.insert(key, at);
        }
        at
    }

    fn embed(&self, lexeme: &Lexeme, space_after: bool, out: &mut [f32]) {
        let features = [
            lexeme.norm,
            lexeme.prefix,
            lexeme.suffix,
            lexeme.shape,
            u64::from(space_after),
            u64::from(lexeme.is_space),
        ];
        let mut input = [0.0f32; 6 * UNITS];
        for ((table, feature), part) in self.tables.iter().zip(features).zip(input.chunks_exact_mut(UNITS)) {
            for key in embedding_keys(feature, table.seed) {
                let row = &table.rows[(key % table.count) as usize * UNITS..][..UNITS];
                for (sum, value) in part.iter_mut().zip(row) {
                    *sum += value;
                }
            }
        }
        let mut pieces = [0.0f32; 3 * UNITS];
        self.mix.weights.apply(self.simd, &input, 0, 1, &mut pieces);
        maxout_norm(self.simd, &pieces, &self.mix.gain, &self.mix.bias, None, out);
    }
}
