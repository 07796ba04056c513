//! A lexeme is what the encoder sees of a word by itself: the numbers of its norm, first character, last three
//! characters and shape.

use crate::bundle::Tables;
use crate::chars::{CharSet, Classes};
use crate::hash::string_hash;
use rustc_hash::FxHashMap;

/// Features of a word form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lexeme {
    pub norm: u64,
    pub prefix: u64,
    pub suffix: u64,
    pub shape: u64,
    pub is_space: bool,
}

/// The tables by which lexemes are made.
#[derive(Debug)]
pub struct Vocabulary {
    pub classes: Classes,
    pub symbols: FxHashMap<String, u64>,
    base_norms: FxHashMap<String, u64>,
    lexeme_norms: FxHashMap<u64, u64>,
}

impl Vocabulary {
    pub fn new(tables: &Tables) -> Vocabulary {
        let symbols: FxHashMap<String, u64> = tables.symbols.iter().map(|(k, v)| (k.clone(), *v)).collect();
        let id = |text: &str| symbols.get(text).copied().unwrap_or_else(|| string_hash(text));
        Vocabulary {
            classes: Classes {
                alpha: CharSet::new(&tables.alpha),
                upper: CharSet::new(&tables.upper),
                digit: CharSet::new(&tables.digit),
                space: CharSet::new(&tables.space),
            },
            base_norms: tables.base_norms.iter().map(|(k, v)| (k.clone(), id(v))).collect(),
            lexeme_norms: tables.lexeme_norms.iter().filter_map(|(k, v)| Some((k.parse().ok()?, id(v)))).collect(),
            symbols,
        }
    }

    /// The number by which the model knows a string.
    pub fn id(&self, text: &str) -> u64 {
        self.symbols.get(text).copied().unwrap_or_else(|| string_hash(text))
    }

    /// The features of a word; `norm` is the one that the tokenizer gave it, or 0.
    pub fn lexeme(&self, word: &str, norm: u64) -> Lexeme {
        let first = word.chars().next().map_or(0, char::len_utf8);
        let last = word.char_indices().rev().nth(2).map_or(0, |(i, _)| i);
        Lexeme {
            norm: if norm == 0 { self.norm(word) } else { norm },
            prefix: self.id(&word[..first]),
            suffix: self.id(&word[last..]),
            shape: self.id(&self.shape(word)),
            is_space: word.chars().all(|c| self.classes.space.has(c)),
        }
    }

    fn norm(&self, word: &str) -> u64 {
        if let Some(&norm) = self.lexeme_norms.get(&self.id(word)) {
            return norm;
        }
        self.base_norms.get(word).copied().unwrap_or_else(|| self.id(&word.to_lowercase()))
    }

    fn shape(&self, word: &str) -> String {
        if word.chars().nth(99).is_some() {
            return "LONG".to_owned();
        }
        let mut shape = String::new();
        let (mut last, mut run) = (None, 0);
        for c in word.chars() {
            let kind = match c {
                _ if self.classes.alpha.has(c) => {
                    if self.classes.upper.has(c) {
                        'X'
                    } else {
                        'x'
                    }
                }
                _ if self.classes.digit.has(c) => 'd',
                _ => c,
            };
            run = if last == Some(kind) { run + 1 } else { 0 };
            last = Some(kind);
            if run < 4 {
                shape.push(kind);
            }
        }
        shape
    }
}
