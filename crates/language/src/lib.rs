//! Text to readings: sentences, tokens, tags, trees, lemmas and entity spans, as the trained pipeline en_core_web_sm
//! gives them. Knows nothing of news, codes or countries.
//!
//! [`Model::load`] unpacks the model that is embedded in the program; [`Model::read`] reads texts. The steps of a
//! reading, each a module: `tokenize` cuts the text into pieces, `encode` turns them into vectors, `parse` and `tree`
//! build the tree and find the sentences, `attributes` and `lemmatize` name parts of speech and lemmas by rules,
//! `entities` marks names.
//!
//! ```
//! let model = broadsheet_language::Model::load()?;
//! let reading = &model.read(&["Two ferries left Busan on Monday."])[0];
//! let words: Vec<_> = (0..reading.tokens.len()).map(|i| (reading.word(i), reading.tokens[i].dep)).collect();
//! assert_eq!(words[1], ("ferries", "nsubj"));
//! # Ok::<(), broadsheet_language::ModelError>(())
//! ```

mod affix;
mod attributes;
mod bundle;
mod cache;
mod chars;
mod encode;
mod entities;
mod hash;
mod labels;
mod lemmatize;
mod lexeme;
mod matrix;
mod model;
mod parse;
mod read;
mod reading;
mod score;
mod simd;
mod tag;
mod tokenize;
mod tree;
mod url;
mod watch;

pub use model::{Model, ModelError};
pub use reading::{Iob, Reading, Token};
pub use watch::Profile;
