//! The model is what a text is read with: the tokenizer, the encoders, and what decides from their vectors.

use crate::attributes::AttributeRules;
use crate::bundle::{Bundle, Tables};
use crate::cache::Makers;
use crate::encode::Encoder;
use crate::entities::{self, Mark, Recognizer};
use crate::labels::Labels;
use crate::lemmatize::Lemmatizer;
use crate::lexeme::Vocabulary;
use crate::parse::{self, Move, Parser};
use crate::read::Bench;
use crate::simd::Simd;
use crate::tag::Tagger;
use crate::tokenize::Tokenizer;
use crate::tree::Lifted;
use std::sync::{Mutex, PoisonError};

/// Why the embedded model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file that was embedded at build time is not what `data/models/convert.py` writes.
    #[error("the embedded language model is damaged: {0}")]
    Damaged(String),
}

/// The language model. Loading takes some milliseconds and some twenty megabytes; share one between all threads.
pub struct Model {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) tokenizer: Tokenizer,
    pub(crate) shared: Encoder,
    pub(crate) own: Encoder,
    pub(crate) tagger: Tagger,
    pub(crate) parser: Parser,
    pub(crate) root: u8,
    pub(crate) lifted: Lifted,
    pub(crate) recognizer: Recognizer,
    pub(crate) rules: AttributeRules,
    pub(crate) lemmatizer: Lemmatizer,
    pub(crate) labels: Labels,
    benches: Mutex<Benches>,
}

/// Caches and buffers of the reads that are not going on now, and how many there are in all.
#[derive(Default)]
struct Benches {
    free: Vec<Bench>,
    made: usize,
}

impl Model {
    /// Unpacks the model that is embedded in the program.
    ///
    /// # Errors
    /// When the embedded file is damaged.
    pub fn load() -> Result<Model, ModelError> {
        Model::with(Simd::detect())
    }

    pub(crate) fn with(simd: Simd) -> Result<Model, ModelError> {
        let bundle = Bundle::open()?;
        let tables = &bundle.tables;
        let mut labels = Labels::default();
        let (moves, lifted, root) = parser_labels(tables, &mut labels)?;
        for tag in &tables.tags {
            labels.tags.add(tag);
        }
        labels.tags.add("");
        let no_entity = labels.entities.add("");
        let marks = entity_marks(tables, &mut labels)?;
        let vocabulary = Vocabulary::new(tables);
        let rules = AttributeRules::new(tables, &mut labels);
        if labels.tags.all().len() > 64 {
            return Err(ModelError::Damaged("more than 64 tags".to_owned()));
        }
        Ok(Model {
            tokenizer: Tokenizer::new(tables, &vocabulary.symbols),
            shared: Encoder::new(&bundle, "tok2vec", &tables.seeds, simd)?,
            own: Encoder::new(&bundle, "ner", &tables.ner_seeds, simd)?,
            tagger: Tagger::new(&bundle, tables.tags.len(), simd)?,
            parser: Parser::new(&bundle, moves, simd)?,
            root,
            lifted,
            recognizer: Recognizer::new(&bundle, marks, no_entity, simd)?,
            rules,
            lemmatizer: Lemmatizer::new(tables),
            labels,
            vocabulary,
            benches: Mutex::new(Benches::default()),
        })
    }

    pub(crate) fn makers(&self) -> Makers<'_> {
        Makers { vocabulary: &self.vocabulary, rules: &self.rules, shared: &self.shared, own: &self.own }
    }

    /// A bench that nobody uses, and how many there are.
    pub(crate) fn take_bench(&self) -> (Bench, usize) {
        let mut benches = self.benches.lock().unwrap_or_else(PoisonError::into_inner);
        let free = benches.free.pop();
        let bench = free.unwrap_or_else(|| {
            benches.made += 1;
            Bench::default()
        });
        (bench, benches.made)
    }

    pub(crate) fn give_back(&self, bench: Bench) {
        self.benches.lock().unwrap_or_else(PoisonError::into_inner).free.push(bench);
    }
}
/// The parser's moves, what its lifted labels stand for, and the root's label. Plain labels get the first numbers.
pub(crate) fn parser_labels(tables: &Tables, labels: &mut Labels) -> Result<(Vec<Move>, Lifted, u8), ModelError> {
    let root = labels.deps.add("ROOT");
    labels.deps.add("");
    let all = || tables.parser_moves.iter().map(|(_, label)| label.as_str());
    all().filter(|l| !l.contains("||")).for_each(|l| _ = labels.deps.add(l));
    let plain = labels.deps.all().len();
    let mut lifted: Lifted = vec![None; plain];
    for label in all() {
        if let Some((own, head)) = label.split_once("||") {
            let pair = (labels.deps.add(own), labels.deps.add(head));
            let number = usize::from(labels.deps.add(label));
            lifted.resize(labels.deps.all().len().max(lifted.len()), None);
            lifted[number] = Some(pair);
        }
    }
    let kind = |k: u8| match k {
        0 => Some(parse::Kind::Shift),
        1 => Some(parse::Kind::Reduce),
        2 => Some(parse::Kind::Left),
        3 => Some(parse::Kind::Right),
        4 => Some(parse::Kind::Break),
        _ => None,
    };
    let moves = tables.parser_moves.iter().map(|(k, label)| {
        let kind = kind(*k).ok_or_else(|| ModelError::Damaged(format!("parser move {k}")))?;
        Ok(Move { kind, label: labels.deps.add(label) })
    });
    let moves = moves.collect::<Result<Vec<_>, ModelError>>()?;
    lifted.resize(256, None);
    if plain > 64 {
        return Err(ModelError::Damaged("more than 64 dependency labels".to_owned()));
    }
    Ok((moves, lifted, root))
}

fn entity_marks(tables: &Tables, labels: &mut Labels) -> Result<Vec<Mark>, ModelError> {
    let kind = |k: u8| match k {
        1 => Some(entities::Kind::Begin),
        2 => Some(entities::Kind::In),
        3 => Some(entities::Kind::Last),
        4 => Some(entities::Kind::Unit),
        5 => Some(entities::Kind::Out),
        _ => None,
    };
    let mark = |(k, label): &(u8, String)| {
        let kind = kind(*k).ok_or_else(|| ModelError::Damaged(format!("entity mark {k}")))?;
        Ok(Mark { kind, label: labels.entities.add(label) })
    };
    tables.ner_moves.iter().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_instruction_sets_give_the_same_readings() {
        let texts = [
            "The U.N.'s envoy, who arrived on Monday, said 40 people had fled Kyiv.",
            "",
            "\u{201c}No,\u{201d} she said\u{2026} and left.\n\nNobody followed",
        ];
        let read = |simd| Model::with(simd).expect("the embedded model loads").read(&texts);
        let plain = read(Simd::Portable);
        for simd in Simd::all() {
            assert_eq!(read(simd), plain, "{simd:?}");
        }
    }
}
