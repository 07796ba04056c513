//! A reading is what the language model saw in one text: tokens with their tags, lemmas, tree and entity marks.

use smol_str::SmolStr;
use std::ops::Range;

/// Whether a token begins an entity, is inside one, or outside of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Iob {
    /// First token of an entity.
    B,
    /// Later token of an entity.
    I,
    /// Not in an entity.
    #[default]
    O,
}

/// One token. Labels are those of the model: OntoNotes tags and entity types, universal parts of speech, ClearNLP
/// dependencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Half-open offsets into the text, in Unicode code points.
    pub start: u32,
    /// End offset in code points.
    pub end: u32,
    /// Half-open offsets into the text, in bytes of UTF-8.
    pub byte_start: u32,
    /// End offset in bytes.
    pub byte_end: u32,
    /// Whether a space follows that is not a token of its own.
    pub space_after: bool,
    /// Lemma.
    pub lemma: SmolStr,
    /// Fine tag ("NNP", "VBD", "_SP").
    pub tag: &'static str,
    /// Coarse part of speech ("PROPN", "VERB").
    pub pos: &'static str,
    /// Index of the head token; the root's is its own.
    pub head: u32,
    /// Dependency label ("nsubj", "ROOT").
    pub dep: &'static str,
    /// Entity type ("PERSON", "GPE"), empty outside of entities.
    pub entity_type: &'static str,
    /// Position in the entity.
    pub entity_iob: Iob,
    /// Index of the sentence, 0-based.
    pub sentence: u32,
}

/// The analysis of one text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The text that was read.
    pub text: String,
    /// Its tokens in order.
    pub tokens: Vec<Token>,
    /// Token ranges of the sentences, in order, covering all tokens.
    pub sentences: Vec<Range<u32>>,
}

impl Reading {
    /// The text of token `i`.
    pub fn word(&self, i: usize) -> &str {
        let t = &self.tokens[i];
        &self.text[t.byte_start as usize..t.byte_end as usize]
    }

    /// The text from the start of token `first` to the end of token `last - 1`.
    pub fn span(&self, first: usize, last: usize) -> &str {
        if first >= last {
            return "";
        }
        &self.text[self.tokens[first].byte_start as usize..self.tokens[last - 1].byte_end as usize]
    }

    /// Entity spans: half-open token ranges with their type, in order.
    pub fn entities(&self) -> Vec<(Range<usize>, &'static str)> {
        let mut out: Vec<(Range<usize>, &'static str)> = Vec::new();
        for (i, t) in self.tokens.iter().enumerate() {
            match t.entity_iob {
                Iob::B => out.push((i..i + 1, t.entity_type)),
                Iob::I => match out.last_mut() {
                    Some((r, _)) if r.end == i => r.end = i + 1,
                    _ => out.push((i..i + 1, t.entity_type)),
                },
                Iob::O => {}
            }
        }
        out
    }

    /// Joins readings of consecutive parts of `text` into one. Each part comes with the offset of its first code point
    /// and first byte in `text`.
    pub fn join(text: String, parts: Vec<(Reading, u32, u32)>) -> Reading {
        // The longest part stays where it is, and the others go around it: a long text is not held twice.
        let longest = (0..parts.len()).max_by_key(|&i| parts[i].0.tokens.len());
        let mut out = Reading { text, ..Reading::default() };
        let (mut base, mut sentences) = (0, 0);
        for (i, (mut part, chars, bytes)) in parts.into_iter().enumerate() {
            for t in &mut part.tokens {
                t.start += chars;
                t.end += chars;
                t.byte_start += bytes;
                t.byte_end += bytes;
                t.head += base;
                t.sentence += sentences;
            }
            out.sentences.extend(part.sentences.iter().map(|s| s.start + base..s.end + base));
            base += part.tokens.len() as u32;
            sentences += part.sentences.len() as u32;
            if longest == Some(i) {
                part.tokens.splice(0..0, std::mem::take(&mut out.tokens));
                out.tokens = part.tokens;
            } else {
                out.tokens.append(&mut part.tokens);
            }
        }
        out
    }
}
