//! Actors: mentions, their clusters, and what each cluster is. A mention is a name, a description or a pronoun; the
//! mentions of one actor are linked by rules in order of certainty; what an actor is comes from the words around its
//! mentions, then from the lists.
//!
//! 1. `find`     names, descriptions and pronouns.
//! 2. `link`     which of them mean the same actor, with `describe` reading country, sector and office off the text.
//! 3. `cast`     the candidates with their attributes completed.
//! 4. `settle`   once events are known: the country of people without a name, from what they do and where.
//! 5. `keep`     once events, figures and quotes are known: the actors that the article is about.

mod cast;
mod countries;
mod describe;
mod entity;
mod find;
mod fold;
mod home;
mod keep;
mod known;
mod lexicon;
mod link;
mod nouns;
mod places;
mod settle;
#[cfg(test)]
mod tests;
mod words;

pub use keep::keep;
pub use lexicon::Lexicon;
pub use settle::settle;

use crate::{Actor, Lexicons, Mention, tree::Tree};
use broadsheet_ingest::Article;
use broadsheet_language::Reading;
use std::{collections::BTreeMap, ops::Range};

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
    /// For each candidate, whether it is without a name and called foreign: its country is not that of the article.
    pub(crate) abroad: Vec<bool>,
    /// For a head token that several actors share, all of them in the order of the text.
    pub(crate) shared: BTreeMap<usize, Vec<usize>>,
    /// Tokens of datelines ("KABUL, Afghanistan --"), by position.
    pub(crate) datelines: Vec<Range<usize>>,
    /// The country that the article is about.
    pub(crate) home: home::Home,
}

impl Cast {
    /// Whether token `i` stands in a dateline, which names no party.
    pub(crate) fn in_dateline(&self, i: usize) -> bool {
        find::in_dateline(&self.datelines, i)
    }

    /// The actors that a noun phrase headed by token `head` names: one, or those that share its noun ("Hungarian and
    /// Romanian officials"), in the order of the text.
    pub fn sharing(&self, head: usize) -> Vec<usize> {
        if let Some(all) = self.shared.get(&head) {
            return all.clone();
        }
        let own = self.by_head.get(head).copied().flatten().map(|m| self.mentions[m as usize].actor);
        own.into_iter().collect()
    }
}

/// Finds the mentions and resolves them.
pub fn resolve(article: &Article, reading: &Reading, tree: &Tree, lexicons: &Lexicons) -> Cast {
    let lexicon = &lexicons.actors;
    // 1. Everything that may refer to an actor.
    let found = find::find(reading, lexicon);
    // 2. What refers to the same one.
    let linked = link::link(article, reading, tree, lexicon, &found);
    // 3. The candidates.
    cast::cast(reading, lexicon, &found, linked)
}
