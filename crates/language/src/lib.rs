//! Text to readings: sentences, tokens, tags, trees, lemmas and entity spans, as the trained pipeline en_core_web_sm
//! gives them. Knows nothing of news, codes or countries.

mod reading;

pub use reading::{Iob, Reading, Token};
