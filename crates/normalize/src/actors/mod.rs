//! Actors: mentions, their clusters, and what each cluster is.

mod countries;
mod fold;
mod lexicon;
mod places;

pub use lexicon::Lexicon;

use crate::{Actor, Findings, Lexicons, Mention, tree::Tree};
use broadsheet_ingest::Article;
use broadsheet_language::Reading;

/// All candidates for actors in an article with their mentions: more than will be kept.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    /// Candidates, by first mention.
    pub actors: Vec<Actor>,
    /// Their mentions, by position; [`Mention::actor`] is an index into `actors`. Spans of two mentions may nest
    /// ("[[South Korean] Foreign Minister Cho Hyun]") but have different heads.
    pub mentions: Vec<Mention>,
    /// For each token, the index of the mention that it heads.
    pub by_head: Vec<Option<u32>>,
    /// For each token, the index of the smallest mention that covers it.
    pub by_token: Vec<Option<u32>>,
    /// For each candidate, its names in the article and the head words of its nominals, as written.
    pub names: Vec<Vec<String>>,
}

/// Finds the mentions and resolves them.
pub fn resolve(_article: &Article, reading: &Reading, _tree: &Tree, _lexicons: &Lexicons) -> Cast {
    let n = reading.tokens.len();
    Cast { by_head: vec![None; n], by_token: vec![None; n], ..Cast::default() }
}

/// Keeps the actors that take part in an event, speak, own a figure, hold an office, or are named countries and
/// organizations that act; renumbers the indices in `findings` accordingly.
pub fn keep(_cast: Cast, findings: Findings, _reading: &Reading) -> Findings {
    findings
}
