//! Text to readings: sentences, tokens, tags, trees, lemmas and entity spans, as the trained pipeline en_core_web_sm
//! gives them. Knows nothing of news, codes or countries.
//!
//! 1. `tokenizer`   splits the text into tokens.
//! 2. `encoder`     gives each token its vector: hash embeddings, then windowed maxout layers.
//! 3. `tagger`      picks the fine tag.
//! 4. `parser`      builds the tree and the sentences with arc-eager transitions.
//! 5. `rules`       maps tags to parts of speech, and mends single words.
//! 6. `lemmatizer`  finds the lemma by exceptions, rules and an index.
//! 7. `recognizer`  marks the entities with BILUO transitions.
//!
//! ```
//! let model = broadsheet_language::Model::load()?;
//! let reading = model.read(&["Ghana's president met the ambassador."]).remove(0);
//! assert_eq!(reading.word(0), "Ghana");
//! assert_eq!(reading.tokens[0].entity_type, "GPE");
//! # Ok::<(), broadsheet_language::ModelError>(())
//! ```

mod encoder;
mod file;
mod hash;
mod lemmatizer;
mod lexeme;
mod linear;
mod model;
mod parser;
mod reading;
mod recognizer;
mod rules;
mod tokenizer;

pub use file::ModelError;
pub use model::Model;
pub use reading::{Iob, Reading, Token};
