//! Events: propositions read off the trees, coded by frames, put under the rules of the ontology.

mod lexicon;

pub use lexicon::Lexicon;

use crate::{Event, Lexicons, Quote, Time, actors::Cast, tree::Tree};
use broadsheet_ingest::Article;
use broadsheet_language::Reading;

/// Codes the events of an article.
pub fn code(
    _article: &Article,
    _reading: &Reading,
    _tree: &Tree,
    _cast: &Cast,
    _times: &[Time],
    _quotes: &[Quote],
    _lexicons: &Lexicons,
) -> Vec<Event> {
    Vec::new()
}
