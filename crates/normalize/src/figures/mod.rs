//! Figures: quantities with value, unit and what they count.

mod lexicon;

pub use lexicon::Lexicon;

use crate::{Figure, Lexicons, Time, actors::Cast, tree::Tree};
use broadsheet_ingest::Article;
use broadsheet_language::Reading;

/// Reads the quantities of an article.
pub fn measure(
    _article: &Article,
    _reading: &Reading,
    _tree: &Tree,
    _cast: &Cast,
    _times: &[Time],
    _lexicons: &Lexicons,
) -> Vec<Figure> {
    Vec::new()
}
