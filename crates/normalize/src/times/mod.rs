//! Times: time expressions in the conventions of TIMEX3, put on the calendar.

mod lexicon;

pub use lexicon::Lexicon;

use crate::{Time, tree::Tree};
use broadsheet_language::Reading;
use jiff::civil::Date;

/// Finds the time expressions of `reading`; `anchor` is the day of publication.
pub fn find(_reading: &Reading, _tree: &Tree, _anchor: Option<Date>, _lexicon: &Lexicon) -> Vec<Time> {
    Vec::new()
}
