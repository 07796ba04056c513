//! The model's file: a header (labels, patterns, rules, lemma tables) and the weights. `data/models/README.md` has the
//! layout.

use flate2::read::ZlibDecoder;
use serde::Deserialize;
use std::{collections::BTreeMap, io::Read};

/// The built-in model.
pub static BUILT_IN: &[u8] = include_bytes!("../../../data/models/en_core_web_sm.bin");

const MAGIC: &[u8] = b"BSLM0001";

/// The model cannot be unpacked.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file is not a model, or cut.
    #[error("the built-in model is damaged: {0}")]
    Damaged(String),
    /// A tensor is missing or has another shape than the program expects.
    #[error("the built-in model has no `{name}` of {size} numbers")]
    Tensor {
        /// Name in the header.
        name: String,
        /// Numbers expected.
        size: usize,
    },
    /// A pattern of the tokenizer.
    #[error("the tokenizer's pattern `{name}`: {reason}")]
    Pattern {
        /// Which pattern.
        name: &'static str,
        /// What the regex engine says.
        reason: String,
    },
}

/// A condition on one attribute: a value, or a set of values that it must or must not be in.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Condition {
    /// Exactly this.
    Is(String),
    /// A flag.
    Flag(bool),
    /// In, or not in, a set.
    Set {
        /// Must be one of these.
        #[serde(rename = "IN")]
        is_in: Option<Vec<String>>,
        /// Must be none of these.
        #[serde(rename = "NOT_IN")]
        not_in: Option<Vec<String>>,
        /// Must match this pattern.
        #[serde(rename = "REGEX")]
        regex: Option<String>,
    },
}

/// One entry of the attribute ruler.
#[derive(Debug, Clone, Deserialize)]
pub struct AttributeRule {
    /// Token patterns, any of which may match.
    pub patterns: Vec<Vec<BTreeMap<String, Condition>>>,
    /// What is set.
    pub attrs: BTreeMap<String, String>,
    /// On which token of the match.
    pub index: usize,
}

/// The header.
#[derive(Debug, Deserialize)]
pub struct Header {
    /// Offset in numbers and shape, by name.
    pub tensors: BTreeMap<String, (usize, Vec<usize>)>,
    /// Fine tags by class.
    pub tags: Vec<String>,
    /// Transitions of the parser by class: move and label.
    pub parser_moves: Vec<(u8, String)>,
    /// Transitions of the recognizer by class.
    pub ner_moves: Vec<(u8, String)>,
    /// Tokenizer patterns.
    pub prefix: String,
    /// See `prefix`.
    pub suffix: String,
    /// See `prefix`.
    pub infix: String,
    /// See `prefix`.
    pub url: String,
    /// Special cases of the tokenizer: form, and its tokens with their norms.
    pub specials: Vec<(String, Vec<(String, String)>)>,
    /// Norm by the id of a form.
    pub norms: Vec<(String, String)>,
    /// Norm by form.
    pub base_norms: Vec<(String, String)>,
    /// The attribute ruler, in order.
    pub attribute_rules: Vec<AttributeRule>,
    /// Suffix rules by part of speech.
    pub lemma_rules: BTreeMap<String, Vec<(String, String)>>,
    /// Lines of form, tab, lemmas.
    pub lemma_exceptions: BTreeMap<String, String>,
    /// Lines of known lemmas.
    pub lemma_index: BTreeMap<String, String>,
}

/// The unpacked file.
pub struct File {
    /// Everything but the weights.
    pub header: Header,
    weights: &'static [u8],
}

impl File {
    /// Unpacks the built-in model.
    pub fn open() -> Result<File, ModelError> {
        let damaged = |what: &str| ModelError::Damaged(what.to_string());
        let rest = BUILT_IN.strip_prefix(MAGIC).ok_or_else(|| damaged("no magic number"))?;
        let (sizes, rest) = rest.split_at_checked(12).ok_or_else(|| damaged("no sizes"))?;
        let size = |i: usize| u32::from_le_bytes([sizes[i], sizes[i + 1], sizes[i + 2], sizes[i + 3]]) as usize;
        let (packed, weights) = rest.split_at_checked(size(0)).ok_or_else(|| damaged("the header is cut"))?;
        if weights.len() != size(8) {
            return Err(damaged("the weights are cut"));
        }
        let mut text = Vec::with_capacity(size(4));
        ZlibDecoder::new(packed).read_to_end(&mut text).map_err(|e| damaged(&e.to_string()))?;
        let header = serde_json::from_slice(&text).map_err(|e| damaged(&e.to_string()))?;
        Ok(File { header, weights })
    }

    /// The numbers of a tensor, row by row.
    pub fn tensor(&self, name: &str, size: usize) -> Result<Vec<f32>, ModelError> {
        let missing = || ModelError::Tensor { name: name.to_string(), size };
        let (offset, shape) = self.header.tensors.get(name).ok_or_else(missing)?;
        if shape.iter().product::<usize>() != size {
            return Err(missing());
        }
        let bytes = self.weights.get(offset * 4..(offset + size) * 4).ok_or_else(missing)?;
        Ok(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }
}
