//! The cache keeps what was computed of a word type by itself: its features, its number in the attribute rules and its
//! rows of the encoders. News repeats its words, so most are found here. Its size is bounded: when it is full, a hand goes
//! round the types and drops those that were not met again since it last passed. It never changes a result.

use crate::attributes::AttributeRules;
use crate::encode::{Desk, Encoder, TYPE};
use crate::hash::string_hash;
use crate::lexeme::{Lexeme, Vocabulary};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// Bytes of the longest word that is found again.
const LONGEST: usize = 64;
/// A row that is not there yet.
const NONE: u32 = u32::MAX;
/// The encoders' row of what is no word.
static PADDING: [f32; TYPE] = [0.0; TYPE];

/// What is known of a word type.
#[derive(Debug, Clone)]
struct Word {
    name: SmolStr,
    norm: u64,
    lexeme: Lexeme,
    form: u16,
    /// Rows for the shared encoder, without and with a space after the word, and for the recognizer's own encoder.
    rows: [u32; 3],
    /// The block in which it was last met: it stays as long as this block is worked on.
    block: u64,
    /// Whether it was met again since the hand last passed.
    again: bool,
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
    /// Words by the hash of name and norm.
    index: FxHashMap<u64, u32>,
    words: Vec<Option<Word>>,
    free_words: Vec<u32>,
    rows: Vec<f32>,
    free_rows: Vec<u32>,
    bound: usize,
    block: u64,
    hand: usize,
    /// What is to be computed for the shared and for the recognizer's own encoder, and the rows where it goes.
    missing: [Vec<(Lexeme, bool)>; 2],
    places: [Vec<u32>; 2],
    computed: Vec<f32>,
}

impl Cache {
    /// Begins a block, whose types' numbers hold until the next one; from now on so many rows are kept, besides those that
    /// the block needs.
    pub fn begin(&mut self, bound: usize) {
        // Where more reads go on at a time, each has less: the size is that of all caches together.
        if self.rows.len() / TYPE > bound + bound / 4 {
            *self = Cache::default();
        }
        self.bound = bound;
        self.block += 1;
    }

    /// The number of a word's type. What is not known of it is computed by `fill`.
    pub fn find(&mut self, word: &str, norm: u64, space: bool, makers: Makers) -> u32 {
        let key = key(word, norm);
        let known = self.index.get(&key).copied();
        let at = match known.and_then(|at| self.words[at as usize].as_mut().map(|known| (at, known))) {
            Some((at, known)) if known.name == word && known.norm == norm => {
                known.again |= known.block != self.block;
                known.block = self.block;
                at
            }
            other => {
                let found_again = other.is_none() && word.len() <= LONGEST;
                self.add(word, norm, found_again.then_some(key), makers)
            }
        };
        let space = space && makers.shared.sees_space();
        for (encoder, slot, space) in [(0, usize::from(space), space), (1, 2, false)] {
            if self.word(at).is_some_and(|known| known.rows[slot] == NONE) {
                let row = self.take_row();
                if let Some(known) = &mut self.words[at as usize] {
                    known.rows[slot] = row;
                    self.missing[encoder].push((known.lexeme, space));
                    self.places[encoder].push(row);
                }
            }
        }
        at
    }

    fn word(&self, at: u32) -> Option<&Word> {
        self.words[at as usize].as_ref()
    }

    /// Adds a type, which is found again by its key if it has one.
    fn add(&mut self, word: &str, norm: u64, key: Option<u64>, makers: Makers) -> u32 {
        let new = Word {
            name: SmolStr::new(if key.is_some() { word } else { "" }),
            norm,
            lexeme: makers.vocabulary.lexeme(word, norm),
            form: makers.rules.form(word),
            rows: [NONE; 3],
            block: self.block,
            again: false,
        };
        let at = self.free_words.pop().unwrap_or_else(|| {
            self.words.push(None);
            self.words.len() as u32 - 1
        });
        self.words[at as usize] = Some(new);
        if let Some(key) = key {
            self.index.insert(key, at);
        }
        at
    }

    /// A row that nobody uses.
    fn take_row(&mut self) -> u32 {
        if self.free_rows.is_empty() && self.rows.len() / TYPE >= self.bound {
            self.drop_a_word();
        }
        self.free_rows.pop().unwrap_or_else(|| {
            self.rows.resize(self.rows.len() + TYPE, 0.0);
            (self.rows.len() / TYPE - 1) as u32
        })
    }

    /// Drops the next type that was not met again, if there is one outside of this block.
    fn drop_a_word(&mut self) {
        for _ in 0..2 * self.words.len() {
            self.hand = if self.hand + 1 < self.words.len() { self.hand + 1 } else { 0 };
            let Some(word) = &mut self.words[self.hand] else { continue };
            if word.block == self.block || std::mem::take(&mut word.again) {
                continue;
            }
            let key = key(&word.name, word.norm);
            if self.index.get(&key) == Some(&(self.hand as u32)) {
                self.index.remove(&key);
            }
            self.free_rows.extend(word.rows.iter().filter(|&&row| row != NONE));
            self.words[self.hand] = None;
            self.free_words.push(self.hand as u32);
            return;
        }
    }

    /// Computes what is missing of the types that were found.
    pub fn fill(&mut self, makers: Makers, desk: &mut Desk) {
        for (encoder, maker) in [makers.shared, makers.own].into_iter().enumerate() {
            let (missing, places) = (&mut self.missing[encoder], &mut self.places[encoder]);
            self.computed.resize(missing.len() * TYPE, 0.0);
            maker.embed(missing, desk, &mut self.computed);
            for (&row, computed) in places.iter().zip(self.computed.chunks_exact(TYPE)) {
                self.rows[row as usize * TYPE..][..TYPE].copy_from_slice(computed);
            }
            missing.clear();
            places.clear();
        }
    }

    /// The words' rows for the shared encoder.
    pub fn shared_rows(&self, found: &[Found], makers: Makers) -> Vec<&[f32; TYPE]> {
        let sees_space = makers.shared.sees_space();
        found.iter().map(|f| f.map_or(&PADDING, |(at, space)| self.row(at, usize::from(space && sees_space)))).collect()
    }

    /// The words' rows for the recognizer's own encoder.
    pub fn own_rows(&self, found: &[Found]) -> Vec<&[f32; TYPE]> {
        found.iter().map(|f| f.map_or(&PADDING, |(at, _)| self.row(at, 2))).collect()
    }

    fn row(&self, at: u32, slot: usize) -> &[f32; TYPE] {
        let row = self.word(at).map_or(NONE, |word| word.rows[slot]);
        self.rows.as_chunks().0.get(row as usize).unwrap_or(&PADDING)
    }

    /// The number of a type's form in the attribute rules, and whether the word is white space.
    pub fn facts(&self, at: u32) -> (u16, bool) {
        self.word(at).map_or((0, false), |word| (word.form, word.lexeme.is_space))
    }
}

fn key(word: &str, norm: u64) -> u64 {
    string_hash(word) ^ norm.rotate_left(32)
}
