//! The bundle is the model as one file: labels, rules and lemma tables, and the weights. `data/models/convert.py` writes
//! it and describes its layout.

use crate::ModelError;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Puts bytes where numbers may lie.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static FILE: &Aligned<[u8]> =
    &Aligned(*include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/models/en_core_web_sm.bin")));
const MAGIC: &[u8] = b"BSLM0001";

#[derive(Debug, Deserialize)]
pub struct TensorEntry {
    pub shape: Vec<usize>,
    pub offset: usize,
}

#[derive(Debug, Deserialize)]
pub struct RuleTable {
    pub behind: Vec<usize>,
    pub body: Vec<(usize, bool)>,
    pub ahead: Option<usize>,
    pub not_ahead: Option<usize>,
}

#[derive(Debug, Deserialize)]
pub struct AffixTables {
    pub prefix: Vec<RuleTable>,
    pub suffix: Vec<RuleTable>,
    pub infix: Vec<RuleTable>,
}

/// One test on a token: attribute, whether the value must be among the values or must not, the values.
pub type TestTable = (String, bool, Vec<String>);

#[derive(Debug, Deserialize)]
pub struct AttributeRuleTable {
    pub alternatives: Vec<Vec<Vec<TestTable>>>,
    pub set: BTreeMap<String, String>,
    pub index: usize,
}

type Ranges = Vec<(u32, u32)>;

/// All that is not a weight.
#[derive(Debug, Deserialize)]
pub struct Tables {
    pub tensors: BTreeMap<String, TensorEntry>,
    pub seeds: Vec<u32>,
    pub ner_seeds: Vec<u32>,
    pub tags: Vec<String>,
    pub parser_moves: Vec<(u8, String)>,
    pub ner_moves: Vec<(u8, String)>,
    pub sets: Vec<Ranges>,
    pub affixes: AffixTables,
    pub url_top_level: Ranges,
    pub exceptions: BTreeMap<String, Vec<(String, Option<String>)>>,
    pub symbols: BTreeMap<String, u64>,
    pub base_norms: BTreeMap<String, String>,
    pub lexeme_norms: BTreeMap<String, String>,
    pub attribute_rules: Vec<AttributeRuleTable>,
    pub lemma_rules: BTreeMap<String, Vec<(String, String)>>,
    pub lemma_exceptions: BTreeMap<String, String>,
    pub lemma_index: BTreeMap<String, String>,
    pub alpha: Ranges,
    pub upper: Ranges,
    pub digit: Ranges,
    pub space: Ranges,
}

/// The embedded model: its tables and its weights.
pub struct Bundle {
    pub tables: Tables,
    weights: &'static [u8],
}

impl Bundle {
    /// Unpacks the embedded file.
    pub fn open() -> Result<Bundle, ModelError> {
        Bundle::parse(&FILE.0)
    }

    fn parse(bytes: &'static [u8]) -> Result<Bundle, ModelError> {
        let damaged = |what: &str| ModelError::Damaged(what.to_owned());
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| damaged("unknown magic number"))?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(|| damaged("no length of the tables"))?;
        let length = u32::from_le_bytes(*length) as usize;
        let packed = rest.get(..length).ok_or_else(|| damaged("tables are cut"))?;
        let json = miniz_oxide::inflate::decompress_to_vec_zlib(packed).map_err(|e| damaged(&e.to_string()))?;
        let tables = serde_json::from_slice(&json).map_err(|e| damaged(&e.to_string()))?;
        let start = (MAGIC.len() + 4 + length).next_multiple_of(64);
        let weights = bytes.get(start..).ok_or_else(|| damaged("weights are cut"))?;
        Ok(Bundle { tables, weights })
    }

    /// The weights of a tensor, after a check of its shape: as they lie in the program, where its byte order allows it.
    pub fn tensor(&self, name: &str, shape: &[usize]) -> Result<Cow<'static, [f32]>, ModelError> {
        let damaged = |what: &str| ModelError::Damaged(format!("tensor {name}: {what}"));
        let entry = self.tables.tensors.get(name).ok_or_else(|| damaged("missing"))?;
        if entry.shape != shape {
            return Err(damaged(&format!("shape {:?}, expected {shape:?}", entry.shape)));
        }
        let size: usize = shape.iter().product();
        let bytes = self.weights.get(entry.offset * 4..(entry.offset + size) * 4).ok_or_else(|| damaged("cut"))?;
        // SAFETY: any four bytes are a number.
        let (before, numbers, after) = unsafe { bytes.align_to::<f32>() };
        if cfg!(target_endian = "little") && before.is_empty() && after.is_empty() {
            return Ok(Cow::Borrowed(numbers));
        }
        Ok(bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// First dimension of a tensor.
    pub fn rows(&self, name: &str) -> usize {
        self.tables.tensors.get(name).and_then(|t| t.shape.first()).copied().unwrap_or(0)
    }
}
