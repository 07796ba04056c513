//! Readings to findings: who, what, how much and when, each with its span, code, value, unit and date. Never touches a
//! file; what it knows of the world stands in the lexicons under `data/lexicons`, which are built into the program.
//!
//! 1. `repair`   mends entity spans and sentence ends that cross a paragraph.
//! 2. `times`    finds time expressions and puts them on the calendar.
//! 3. `actors`   finds mentions, clusters them, gives them country, sector and role.
//! 4. `quotes`   finds statements and their speakers.
//! 5. `events`   reads propositions off the trees and codes them by frames.
//!    Then `actors` gives people without a name the country where they act.
//! 6. `figures`  reads quantities with what they count.
//! 7. `actors`   again: keeps the actors that the article is about.

pub mod actors;
pub mod events;
pub mod figures;
mod findings;
pub mod headline;
pub mod lexicons;
mod names;
pub mod quotes;
pub mod repair;
pub mod times;
pub mod tree;

pub use findings::*;
pub use lexicons::{LexiconError, Lexicons};

use broadsheet_ingest::Article;
use broadsheet_language::Reading;

/// Finds in one article what its reading says.
pub fn normalize(article: &Article, mut reading: Reading, lexicons: &Lexicons) -> (Reading, Findings) {
    // 1. Mend what the model got wrong and the article can tell.
    repair::repair(&mut reading);
    repair::quiet(&mut reading, article.title_end..article.body_start);
    let tree = tree::Tree::new(&reading);
    // 2. When.
    let times = times::find(&reading, &tree, article, &lexicons.times);
    // 3. Who.
    let mut cast = actors::resolve(article, &reading, &tree, lexicons);
    // 4. Who says what.
    let quotes = quotes::find(article, &reading, &tree, &cast, &lexicons.quotes);
    // 5. Who did what to whom.
    let events = events::code(article, &reading, &tree, &cast, &times, &quotes, lexicons);
    actors::settle(&mut cast, &events, &reading, &tree);
    // 6. How much of what.
    let figures = figures::measure(article, &reading, &tree, &cast, &times, &events, lexicons);
    // 7. Keep the actors that take part, speak or hold an office.
    let findings = actors::keep(cast, Findings { events, figures, times, quotes, ..Findings::default() }, &reading);
    (reading, findings)
}
