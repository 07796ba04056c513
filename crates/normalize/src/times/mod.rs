//! Times: time expressions in the conventions of TIMEX3, put on the calendar. The words are read left to right off the
//! pieces of the text (`scan`); what they leave open is settled afterwards (`resolve`).

mod calendar;
mod expression;
mod lexicon;
mod pieces;
mod resolve;
mod resolve_days;
mod scan;
mod scan_clock;
mod scan_dates;
mod scan_days;
mod scan_lengths;
mod scan_periods;
mod scan_relative;
mod tense;

pub use lexicon::Lexicon;

use crate::{Time, tree::Tree};
use broadsheet_ingest::Article;
use broadsheet_language::Reading;
use jiff::civil::Date;

/// When and where an article was published.
#[derive(Debug, Clone, Copy, Default)]
pub struct Anchor<'a> {
    /// Day of publication: what "today" in the text means.
    pub day: Option<Date>,
    /// Host of the publisher: its country decides whether "05/03" is a day of March or of May.
    pub domain: Option<&'a str>,
}

impl<'a> From<&'a Article> for Anchor<'a> {
    fn from(article: &'a Article) -> Self {
        Anchor { day: article.published_on, domain: article.domain.as_deref() }
    }
}

impl From<Option<Date>> for Anchor<'_> {
    fn from(day: Option<Date>) -> Self {
        Anchor { day, domain: None }
    }
}

/// Finds the time expressions of `reading`.
pub fn find<'a>(reading: &Reading, tree: &Tree, anchor: impl Into<Anchor<'a>>, lexicon: &Lexicon) -> Vec<Time> {
    let anchor = anchor.into();
    // 1. Cut the text into the pieces that expressions are made of.
    let pieces = pieces::pieces(reading);
    // 2. Read the expressions.
    let day_first = anchor.domain.is_some_and(|d| lexicon.is_day_first(d));
    let found = scan::Scan { pieces: &pieces, reading, lexicon, day_first }.all();
    // 3. Put them on the calendar.
    resolve::Resolver::new(reading, tree, &pieces, lexicon, anchor.day).all(&found)
}
