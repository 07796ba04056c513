//! The table `times`.

use super::Row;
use crate::{column::*, document::Page};
use broadsheet_normalize::Time;

pub(crate) struct TimeRow<'d> {
    article_id: &'d str,
    time: &'d Time,
    text: &'d str,
}

pub(crate) fn rows<'d>(page: &Page<'d>) -> Vec<TimeRow<'d>> {
    let row =
        |time: &'d Time| TimeRow { article_id: &page.article.article_id, time, text: page.slice(time.start, time.end) };
    page.findings.times.iter().map(row).collect()
}

impl Row for TimeRow<'_> {
    const DESCRIPTION: &'static str = "One row per time expression.";

    fn columns() -> Vec<Column<Self>> {
        vec![
            text("article_id", "Article", |r| r.article_id),
            text("type", "TIMEX3 type: DATE, TIME, DURATION or SET", |r| r.time.kind.name()),
            text("value", "TIMEX3 value, such as 2025-08-23, 2025-W34, P70Y or PAST_REF", |r| &r.time.value),
            maybe_date("date_from", "First day of the calendar interval that it covers", |r| r.time.from),
            maybe_date("date_to", "Last day of that interval", |r| r.time.to),
            number("start", "Start, in code points of the article's text", |r| r.time.start),
            number("end", "End, in code points", |r| r.time.end),
            text("text", "The expression itself", |r| r.text),
        ]
    }
}
