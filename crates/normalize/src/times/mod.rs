//! Times: time expressions in the conventions of TIMEX3, put on the calendar. The words are read left to right off the
//! pieces of the text (`scan`); what they leave open is settled afterwards (`resolve`).

mod calendar;
mod expression;
mod lexicon;
mod pieces;
mod resolve;
mod scan;
mod scan_clock;
mod scan_dates;
mod scan_relative;
mod tense;

pub use lexicon::Lexicon;

use crate::{Time, tree::Tree};
use broadsheet_language::Reading;
use jiff::civil::Date;

/// Finds the time expressions of `reading`; `anchor` is the day of publication.
pub fn find(reading: &Reading, tree: &Tree, anchor: Option<Date>, lexicon: &Lexicon) -> Vec<Time> {
    // 1. Cut the text into the pieces that expressions are made of.
    let pieces = pieces::pieces(reading);
    // 2. Read the expressions.
    let found = scan::Scan { pieces: &pieces, reading, lexicon }.all();
    // 3. Put them on the calendar.
    resolve::Resolver::new(reading, tree, &pieces, lexicon, anchor).all(&found)
}
