//! The cache keeps what was computed of a word type by itself: its features, its number in the attribute rules and its
//! rows of the encoders. News repeats its words, so most are found here. It holds two generations of bounded size: a type
//! that is found in the older one moves to the younger, and when the younger is full the older is dropped. It never
//! changes a result.

use crate::attributes::AttributeRules;
use crate::encode::{Desk, Encoder, TYPE};
use crate::hash::string_hash;
use crate::lexeme::{Lexeme, Vocabulary};
use rustc_hash::FxHashMap;

/// Bytes of the longest word that is found again.
const LONGEST: usize = 64;
/// A row that is not there yet.
const NONE: u32 = u32::MAX;
/// The encoders' row of what is no word.
static PADDING: [f32; TYPE] = [0.0; TYPE];

/// What is known of a word type.
#[derive(Debug, Clone, Copy)]
struct Word {
    /// Its place in the generation's text.
    start: usize,
    end: usize,
    norm: u64,
    lexeme: Lexeme,
    form: u16,
    /// Rows for the shared encoder, without and with a space after the word, and for the recognizer's own encoder.
    rows: [u32; 3],
}

#[derive(Default)]
struct Generation {
    /// Words by their hash; the next number is tried where two hashes are the same.
    index: FxHashMap<u64, u32>,
    text: String,
    words: Vec<Word>,
    rows: Vec<f32>,
}

impl Generation {
    fn find(&self, word: &str, norm: u64, key: &mut u64) -> Option<u32> {
        while let Some(&at) = self.index.get(key) {
            let known = &self.words[at as usize];
            if known.norm == norm && &self.text[known.start..known.end] == word {
                return Some(at);
            }
            *key = key.wrapping_add(1);
        }
        None
    }

    fn row(&self, row: u32) -> &[f32; TYPE] {
        self.rows.as_chunks().0.get(row as usize).unwrap_or(&PADDING)
    }

    /// Makes room for a row.
    fn add_row(&mut self) -> u32 {
        self.rows.resize(self.rows.len() + TYPE, 0.0);
        (self.rows.len() / TYPE - 1) as u32
    }

    fn clear(&mut self) {
        self.index.clear();
        self.text.clear();
        self.words.clear();
        self.rows.clear();
    }
}

/// A word of a block: a type and whether a space follows; no word is padding.
pub type Found = Option<(u32, bool)>;

/// What computes the parts that the cache keeps.
#[derive(Clone, Copy)]
pub struct Makers<'m> {
    pub vocabulary: &'m Vocabulary,
    pub rules: &'m AttributeRules,
    pub shared: &'m Encoder,
    pub own: &'m Encoder,
}

/// The cache of one read at a time.
#[derive(Default)]
pub struct Cache {
    young: Generation,
    old: Generation,
    /// What is to be computed for the shared and for the recognizer's own encoder, and the rows where it goes.
    missing: [Vec<(Lexeme, bool)>; 2],
    places: [Vec<u32>; 2],
    computed: Vec<f32>,
}

impl Cache {
    /// Begins a block of so many words, whose numbers hold until the next block; `bound` rows are kept in a generation.
    pub fn begin(&mut self, words: usize, bound: usize) {
        if self.young.rows.len() / TYPE + 2 * words > bound {
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.clear();
        }
    }

    /// The number of a word's type. What is not known of it is computed by `fill`.
    pub fn find(&mut self, word: &str, norm: u64, space: bool, makers: Makers) -> u32 {
        let mut key = string_hash(word) ^ norm.rotate_left(32);
        let first = key;
        let at = match self.young.find(word, norm, &mut key) {
            Some(at) => at,
            None => self.add(word, norm, first, key, makers),
        };
        let space = space && makers.shared.sees_space();
        for (encoder, slot, space) in [(0, usize::from(space), space), (1, 2, false)] {
            if self.young.words[at as usize].rows[slot] == NONE {
                let row = self.young.add_row();
                let known = &mut self.young.words[at as usize];
                known.rows[slot] = row;
                self.missing[encoder].push((known.lexeme, space));
                self.places[encoder].push(row);
            }
        }
        at
    }

    /// Adds a type to the young generation, from the old one where it is there.
    fn add(&mut self, word: &str, norm: u64, mut old_key: u64, key: u64, makers: Makers) -> u32 {
        let young = &mut self.young;
        let start = young.text.len();
        let mut new = match self.old.find(word, norm, &mut old_key) {
            Some(at) => self.old.words[at as usize],
            None => Word {
                start,
                end: start,
                norm,
                lexeme: makers.vocabulary.lexeme(word, norm),
                form: makers.rules.form(word),
                rows: [NONE; 3],
            },
        };
        for row in new.rows.iter_mut().filter(|r| **r != NONE) {
            young.rows.extend_from_slice(self.old.row(*row));
            *row = (young.rows.len() / TYPE - 1) as u32;
        }
        let at = young.words.len() as u32;
        (new.start, new.end) = (start, start);
        if word.len() <= LONGEST {
            young.text.push_str(word);
            new.end = young.text.len();
            young.index.insert(key, at);
        }
        young.words.push(new);
        at
    }

    /// Computes what is missing of the types that were found.
    pub fn fill(&mut self, makers: Makers, desk: &mut Desk) {
        for (encoder, maker) in [makers.shared, makers.own].into_iter().enumerate() {
            let (missing, places) = (&mut self.missing[encoder], &mut self.places[encoder]);
            self.computed.resize(missing.len() * TYPE, 0.0);
            maker.embed(missing, desk, &mut self.computed);
            for (&row, computed) in places.iter().zip(self.computed.chunks_exact(TYPE)) {
                self.young.rows[row as usize * TYPE..][..TYPE].copy_from_slice(computed);
            }
            missing.clear();
            places.clear();
        }
    }

    /// The words' rows for the shared encoder.
    pub fn shared_rows(&self, found: &[Found], makers: Makers) -> Vec<&[f32; TYPE]> {
        let space = |space| usize::from(space && makers.shared.sees_space());
        let row =
            |f: &Found| f.map_or(&PADDING, |(at, s)| self.young.row(self.young.words[at as usize].rows[space(s)]));
        found.iter().map(row).collect()
    }

    /// The words' rows for the recognizer's own encoder.
    pub fn own_rows(&self, found: &[Found]) -> Vec<&[f32; TYPE]> {
        let row = |f: &Found| f.map_or(&PADDING, |(at, _)| self.young.row(self.young.words[at as usize].rows[2]));
        found.iter().map(row).collect()
    }

    /// The number of a type's form in the attribute rules, and whether the word is white space.
    pub fn facts(&self, word: u32) -> (u16, bool) {
        let word = &self.young.words[word as usize];
        (word.form, word.lexeme.is_space)
    }
}
