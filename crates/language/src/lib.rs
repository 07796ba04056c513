//! Text to readings: sentences, tokens, tags, trees, lemmas and entity spans, as the trained pipeline en_core_web_sm
//! gives them. Knows nothing of news, codes or countries. How close it is to spaCy and how fast, and what it rests on, is
//! in `docs/language.md`.
//!
//! [`Model::load`] unpacks the model that is embedded in the program; [`Model::read`] reads texts, and many in one call are
//! read faster than one by one. A model can be shared by any number of threads. Offsets of a [`Token`] come in code points
//! and in bytes; labels are OntoNotes tags and entity types, universal parts of speech and ClearNLP dependencies.
//!
//! The walk of a call is in `read`, whose steps are each a module:
//!
//! 1. `tokenize` cuts a text into pieces, by the rules of `affix` and `url`.
//! 2. `cache` finds what is known of each word type, `encode` turns the words into vectors with the products of `matrix`.
//! 3. `tag` chooses tags; `parse` and `tree` build the tree and find the sentences; `entities` marks names. `score` rates
//!    the moves of both.
//! 4. `attributes` and `lemmatize` give parts of speech and lemmas by rules.
//!
//! ```
//! let model = broadsheet_language::Model::load()?;
//! let reading = &model.read(&["Two ferries left Jakarta on Monday."])[0];
//! let words: Vec<_> = (0..reading.tokens.len()).map(|i| (reading.word(i), reading.tokens[i].dep)).collect();
//! assert_eq!(words[1], ("ferries", "nsubj"));
//! assert_eq!(reading.entities(), [(0..1, "CARDINAL"), (3..4, "GPE"), (5..6, "DATE")]);
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
