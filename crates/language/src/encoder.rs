//! An encoder turns the features of tokens into vectors: hash embeddings summed over four rows each and mixed by a maxout
//! layer, then four residual maxout layers over a window of one token to each side (Honnibal's MultiHashEmbed and
//! MaxoutWindowEncoder, as thinc computes them).

use crate::{
    file::{File, ModelError},
    hash,
    lexeme::Features,
    linear::affine,
};
use std::collections::HashMap;

/// Numbers in a vector.
pub const WIDTH: usize = 96;
const PIECES: usize = 3;
const DEPTH: usize = 4;
/// Tokens that go through the layers at a time.
const CHUNK: usize = 1024;
/// Vectors that one cache holds at most.
const MAX_CACHED: usize = 60_000;

/// What the embedding depends on.
pub type Key = (Features, bool);

/// Mixed embeddings that a thread has computed.
#[derive(Default)]
pub struct Cache {
    at: HashMap<Key, u32>,
    vectors: Vec<f32>,
}

struct Layer {
    w: Vec<f32>,
    b: Vec<f32>,
    scale: Vec<f32>,
    shift: Vec<f32>,
    inner: usize,
}

impl Layer {
    fn load(file: &File, name: &str, inner: usize) -> Result<Layer, ModelError> {
        Ok(Layer {
            w: file.tensor(&format!("{name}.W"), WIDTH * PIECES * inner)?,
            b: file.tensor(&format!("{name}.b"), WIDTH * PIECES)?,
            scale: file.tensor(&format!("{name}.G"), WIDTH)?,
            shift: file.tensor(&format!("{name}.beta"), WIDTH)?,
            inner,
        })
    }

    /// Maxout and layer norm of each row of `x`.
    fn forward(&self, x: &[f32], products: &mut Vec<f32>, out: &mut Vec<f32>) {
        affine(x, &self.w, &self.b, self.inner, products);
        out.clear();
        for row in products.chunks_exact(WIDTH * PIECES) {
            let start = out.len();
            out.extend(row.chunks_exact(PIECES).map(|p| p[0].max(p[1]).max(p[2])));
            let row = &mut out[start..];
            let mean = row.iter().sum::<f32>() / WIDTH as f32;
            let variance = row.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / WIDTH as f32 + 1e-8;
            let scale = 1.0 / variance.sqrt();
            for (v, (g, b)) in row.iter_mut().zip(self.scale.iter().zip(&self.shift)) {
                *v = (*v - mean) * scale * g + b;
            }
        }
    }
}

/// One encoder with its weights.
pub struct Encoder {
    tables: Vec<Vec<f32>>,
    mix: Layer,
    layers: Vec<Layer>,
}

impl Encoder {
    /// The encoder called `part`, whose embedding tables have `rows` rows.
    pub fn load(file: &File, part: &str, rows: &[usize]) -> Result<Encoder, ModelError> {
        let tables = rows.iter().enumerate().map(|(i, n)| file.tensor(&format!("{part}.embed.{i}"), n * WIDTH));
        Ok(Encoder {
            tables: tables.collect::<Result<_, _>>()?,
            mix: Layer::load(file, &format!("{part}.layer.0"), WIDTH * rows.len())?,
            layers: (1..=DEPTH)
                .map(|i| Layer::load(file, &format!("{part}.layer.{i}"), WIDTH * 3))
                .collect::<Result<_, _>>()?,
        })
    }

    /// The vectors of the tokens of one text, row by row.
    pub fn encode(&self, keys: &[Key], cache: &mut Cache) -> Vec<f32> {
        self.embed(keys, cache);
        let mut out = Vec::with_capacity(keys.len() * WIDTH);
        let (mut x, mut window, mut products, mut y) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for from in (0..keys.len()).step_by(CHUNK) {
            let to = (from + CHUNK).min(keys.len());
            // Each layer sees one token further: DEPTH rows on either side, zeros beyond the text.
            x.clear();
            x.resize((to - from + 2 * DEPTH) * WIDTH, 0.0);
            for (row, i) in (from as isize - DEPTH as isize..(to + DEPTH) as isize).enumerate() {
                if let Some(key) = usize::try_from(i).ok().and_then(|i| keys.get(i)) {
                    let at = cache.at[key] as usize * WIDTH;
                    x[row * WIDTH..(row + 1) * WIDTH].copy_from_slice(&cache.vectors[at..at + WIDTH]);
                }
            }
            for layer in &self.layers {
                expand(&x, &mut window);
                layer.forward(&window, &mut products, &mut y);
                for (a, b) in x.iter_mut().zip(&y) {
                    *a += b;
                }
            }
            out.extend_from_slice(&x[DEPTH * WIDTH..(to - from + DEPTH) * WIDTH]);
        }
        out
    }

    /// Puts the mixed embedding of every key into the cache.
    fn embed(&self, keys: &[Key], cache: &mut Cache) {
        if cache.at.len() > MAX_CACHED {
            cache.at.clear();
            cache.vectors.clear();
        }
        let width = WIDTH * self.tables.len();
        let mut new: Vec<f32> = Vec::new();
        for key in keys {
            let next = cache.at.len() as u32;
            if *cache.at.entry(*key).or_insert(next) == next && cache.at.len() as u32 == next + 1 {
                let (f, space) = key;
                let ids = [f.norm, f.prefix, f.suffix, f.shape, u64::from(*space), u64::from(f.is_space)];
                let start = new.len();
                new.resize(start + width, 0.0);
                for (i, (table, id)) in self.tables.iter().zip(ids).enumerate() {
                    let out = &mut new[start + i * WIDTH..start + (i + 1) * WIDTH];
                    for row in hash::rows(id, 8 + i as u32) {
                        let at = row as usize % (table.len() / WIDTH) * WIDTH;
                        for (o, v) in out.iter_mut().zip(&table[at..at + WIDTH]) {
                            *o += v;
                        }
                    }
                }
            }
        }
        let (mut products, mut mixed) = (Vec::new(), Vec::new());
        for rows in new.chunks(CHUNK * width) {
            self.mix.forward(rows, &mut products, &mut mixed);
            cache.vectors.extend_from_slice(&mixed);
        }
    }
}

/// Each row with the row before and the row after it.
fn expand(x: &[f32], window: &mut Vec<f32>) {
    let rows = x.len() / WIDTH;
    window.clear();
    window.resize(rows * 3 * WIDTH, 0.0);
    for (i, out) in window.chunks_exact_mut(3 * WIDTH).enumerate() {
        let from = i.saturating_sub(1) * WIDTH;
        let to = (i + 2).min(rows) * WIDTH;
        let skip = if i == 0 { WIDTH } else { 0 };
        out[skip..skip + to - from].copy_from_slice(&x[from..to]);
    }
}
