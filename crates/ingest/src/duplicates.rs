//! A near-duplicate is an article that another paper took from the same wire: cut from the end, under a new headline, with
//! another byline or dateline, a notice of the agency or a paragraph of its own. The copies of a story share most of their
//! runs of words, and two stories about one event share few.
//!
//! An article is reduced to a [`Sketch`]: for each of many hash functions the smallest hash of its runs of words (MinHash).
//! The share of equal values in two sketches is about the share of runs that the articles have in common. Candidates are
//! found by bands: sketches that agree in all values of one band (locality-sensitive hashing). The bands are gone through
//! one after the other, by sorting, so that no index is held in memory: a million articles need 280 MB for their sketches
//! and 30 MB for the work.
//!
//! The answer does not depend on the number of threads or on how articles are handed over, but on their order, and that
//! only where they have the same time of publication.

mod arrivals;

use std::collections::BTreeMap;

use jiff::Timestamp;
use xxhash_rust::xxh3::xxh3_64;

use crate::Article;

pub use arrivals::Arrivals;

/// Values of a band: all have to agree.
const ROWS: usize = 3;
/// Bands of a sketch. With three values in each, a pair that shares half of its runs is found with a probability of 0.996,
/// one that shares a twentieth with 0.005.
const BANDS: usize = 42;
const VALUES: usize = ROWS * BANDS;
/// Words in a run.
const RUN: usize = 4;
/// Articles with fewer words have too few runs to compare.
const WORDS_MIN: usize = 40;
/// Of articles that agree in a band, so many of the earliest are compared with each of the others.
const LEADERS: usize = 32;
/// What two copies share of all their runs, at least.
const SHARED_MIN: f64 = 0.3;
/// What two copies share of the runs of the shorter one, at least: a copy that was cut lies in its original.
const CONTAINED_MIN: f64 = 0.7;

/// What is kept of an article to find its copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// The last 16 bits of each smallest hash.
    values: [u16; VALUES],
    /// Different runs of words.
    runs: u32,
}

impl Sketch {
    /// The sketch of an article's body; none where it is too short to tell.
    pub fn of(article: &Article) -> Option<Sketch> {
        let title = article.text.char_indices().nth(article.title_end as usize);
        let body = title.map_or("", |(at, _)| &article.text[at..]);
        let words: Vec<u64> = body
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| xxh3_64(word.to_lowercase().as_bytes()))
            .collect();
        if words.len() < WORDS_MIN {
            return None;
        }
        let mut runs: Vec<u64> = words.windows(RUN).map(joined).collect();
        runs.sort_unstable();
        runs.dedup();
        let mut smallest = [u64::MAX; VALUES];
        for run in &runs {
            for (value, (factor, term)) in smallest.iter_mut().zip(&FUNCTIONS) {
                *value =
                    (*value).min(run.wrapping_mul(*factor).wrapping_add(*term).rotate_left(32).wrapping_mul(*factor));
            }
        }
        Some(Sketch { values: smallest.map(|value| (value >> 24) as u16), runs: runs.len() as u32 })
    }

    /// The sketch as bytes, to be kept; see [`Sketch::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        self.runs.to_le_bytes().into_iter().chain(self.values.iter().flat_map(|value| value.to_le_bytes())).collect()
    }

    /// The sketch that [`Sketch::to_bytes`] gave; none of bytes that are no sketch.
    pub fn from_bytes(bytes: &[u8]) -> Option<Sketch> {
        let (runs, rest) = bytes.split_first_chunk()?;
        if rest.len() != 2 * VALUES {
            return None;
        }
        let mut values = [0; VALUES];
        values.iter_mut().zip(rest.chunks_exact(2)).for_each(|(v, b)| *v = u16::from_le_bytes([b[0], b[1]]));
        Some(Sketch { values, runs: u32::from_le_bytes(*runs) })
    }

    /// The values by band; articles that agree in one of them may be copies.
    fn bands(&self) -> impl Iterator<Item = [u16; ROWS]> + '_ {
        self.values.chunks_exact(ROWS).map(|band| [band[0], band[1], band[2]])
    }

    /// Whether two articles are copies of one story.
    fn is_copy(&self, other: &Sketch) -> bool {
        let equal = self.values.iter().zip(&other.values).filter(|(one, two)| one == two).count();
        let shared = equal as f64 / VALUES as f64;
        let (one, two) = (f64::from(self.runs), f64::from(other.runs));
        let contained = shared * (one + two) / ((1.0 + shared) * one.min(two));
        shared >= SHARED_MIN && contained >= CONTAINED_MIN
    }
}

/// One hash of a run's words.
fn joined(words: &[u64]) -> u64 {
    words.iter().fold(0, |hash, word| (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29))
}

/// The hash functions: odd factors and terms from a fixed sequence (SplitMix64).
static FUNCTIONS: [(u64, u64); VALUES] = functions();

const fn functions() -> [(u64, u64); VALUES] {
    let mut functions = [(0, 0); VALUES];
    let (mut at, mut state) = (0, 0_u64);
    while at < VALUES {
        let (factor, term) = (mixed(state.wrapping_add(STEP)), mixed(state.wrapping_add(STEP).wrapping_add(STEP)));
        functions[at] = (factor | 1, term);
        state = state.wrapping_add(STEP).wrapping_add(STEP);
        at += 1;
    }
    functions
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

const fn mixed(state: u64) -> u64 {
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The articles of a run, to be told apart from their copies when all have been seen.
#[derive(Debug, Default)]
pub struct Duplicates {
    sketches: Vec<Sketch>,
    /// For each sketch: when the article was published and what it is called.
    articles: Vec<(Option<Timestamp>, u64)>,
}

impl Duplicates {
    /// Adds the next article; one without a sketch has no copies.
    pub fn add(&mut self, article: &Article, sketch: Option<Sketch>) {
        if let Some(sketch) = sketch {
            self.add_sketch(&article.article_id, article.published_at, sketch);
        }
    }

    /// Adds the next article by its sketch.
    pub fn add_sketch(&mut self, article_id: &str, published_at: Option<Timestamp>, sketch: Sketch) {
        // Identifiers are hashes in hex.
        let Ok(id) = u64::from_str_radix(article_id, 16) else { return };
        self.sketches.push(sketch);
        self.articles.push((published_at, id));
    }

    /// For each copy the earliest article of its story, both by their identifiers. The earliest was published first; of
    /// those published at the same time, or without one, the one that was added first. An article without a time is later
    /// than all that have one.
    pub fn originals(&self) -> BTreeMap<String, String> {
        // 1. Articles by age.
        let mut by_age: Vec<u32> = (0..self.sketches.len() as u32).collect();
        let age = |at: u32| (self.articles[at as usize].0.is_none(), self.articles[at as usize].0, at);
        by_age.sort_unstable_by_key(|at| age(*at));
        // 2. Pairs of copies, by their ranks in age: the later one first.
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let mut bands: Vec<([u16; ROWS], u32)> = Vec::with_capacity(by_age.len());
        for band in 0..BANDS {
            bands.clear();
            bands.extend(by_age.iter().zip(0..).map(|(at, rank)| {
                let values = &self.sketches[*at as usize].values[band * ROWS..];
                ([values[0], values[1], values[2]], rank)
            }));
            bands.sort_unstable();
            for alike in bands.chunk_by(|one, two| one.0 == two.0).filter(|alike| alike.len() > 1) {
                for (place, (_, later)) in alike.iter().enumerate() {
                    for (_, earlier) in &alike[..place.min(LEADERS)] {
                        let [one, two] = [later, earlier].map(|rank| &self.sketches[by_age[*rank as usize] as usize]);
                        if one.is_copy(two) {
                            pairs.push((*later, *earlier));
                        }
                    }
                }
            }
            pairs.sort_unstable();
            pairs.dedup();
        }
        // 3. From the earliest on: a copy belongs to the earliest original that it is a copy of itself.
        let mut is_copy = vec![false; by_age.len()];
        let mut found = BTreeMap::new();
        let name = |rank: u32| format!("{:016x}", self.articles[by_age[rank as usize] as usize].1);
        for (later, earlier) in pairs {
            if !is_copy[later as usize] && !is_copy[earlier as usize] {
                is_copy[later as usize] = true;
                found.insert(name(later), name(earlier));
            }
        }
        found
    }
}
