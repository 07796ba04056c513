//! Quotes: statements with their speakers.

mod lexicon;

pub use lexicon::Lexicon;

use crate::{Quote, actors::Cast, tree::Tree};
use broadsheet_ingest::Article;
use broadsheet_language::Reading;

/// Finds direct and indirect speech.
pub fn find(_article: &Article, _reading: &Reading, _tree: &Tree, _cast: &Cast, _lexicon: &Lexicon) -> Vec<Quote> {
    Vec::new()
}
