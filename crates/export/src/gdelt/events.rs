//! A row of the events: 61 columns.

use super::{actor, document, place::Geo, stamp};
use crate::{
    codes::Codes,
    document::Page,
    report::{Report, hash},
};
use std::ops::Range;

/// Where NumMentions, NumSources and NumArticles stand.
pub(super) const COUNTS: Range<usize> = 31..34;

/// GLOBALEVENTID: 63 bits of a hash of what makes an event one, so that it is the same in every run and fits a signed
/// number.
pub(super) fn id(report: &Report<'_>) -> u64 {
    let event = report.event;
    let day = event.event_date.map(|day| day.to_string()).unwrap_or_default();
    let place = event.place.as_ref();
    hash([
        day.as_str(),
        report.actor.map_or("", |a| &a.actor_id),
        report.recipient.map_or("", |a| &a.actor_id),
        event.cameo_code.as_deref().unwrap_or(&event.event_type),
        place.map_or("", |p| &p.name),
        place.and_then(|p| p.country.as_deref()).unwrap_or_default(),
    ]) >> 1
}

/// The row of an event as its first article tells it; the counts are still empty.
pub(super) fn row(id: u64, page: &Page<'_>, report: &Report<'_>, codes: &Codes) -> Vec<String> {
    let event = report.event;
    let day = event.event_date;
    let written = |format: &str| day.map(|day| day.strftime(format).to_string()).unwrap_or_default();
    let code = event.cameo_code.as_deref().unwrap_or_default();
    let mut row = vec![
        id.to_string(),
        written("%Y%m%d"),
        written("%Y%m"),
        written("%Y"),
        day.map(|d| fraction(d.year(), d.month(), d.day())).unwrap_or_default(),
    ];
    row.extend(actor::columns(report.actor, codes));
    row.extend(actor::columns(report.recipient, codes));
    row.extend([
        u8::from(is_root(page, event.start)).to_string(),
        code.to_owned(),
        code.get(..3).unwrap_or(code).to_owned(),
        code.get(..2).unwrap_or(code).to_owned(),
        event.quad_class.to_string(),
        event.goldstein.map(|g| g.to_string()).unwrap_or_default(),
        String::new(),
        String::new(),
        String::new(),
        // The tone, which we don't measure: empty, as 0 would say neutral.
        String::new(),
    ]);
    row.extend(Geo::of_actor(report.actor, codes).columns());
    row.extend(Geo::of_actor(report.recipient, codes).columns());
    row.extend(Geo::of_event(event, codes).columns());
    row.extend([stamp(page.article), document(page.article)]);
    row
}

/// The year and how much of it has gone, as GDELT counts: every month has 30 days.
fn fraction(year: i16, month: i8, day: i8) -> String {
    let gone = f64::from(i32::from(month) * 30 + i32::from(day)) / 365.0;
    format!("{:.4}", f64::from(year) + gone.min(0.9999))
}

/// Whether the event stands in the title or the first paragraph.
fn is_root(page: &Page<'_>, start: u32) -> bool {
    let from = page.article.body_start.max(page.article.title_end);
    let body = page.slice(from, page.length());
    let skipped = body.len() - body.trim_start().len();
    let lead = body.trim_start().find("\n\n").map_or(body.len(), |end| skipped + end);
    start < from + body[..lead].chars().count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fraction_of_the_year_is_gdelts_own() {
        assert_eq!(fraction(2015, 2, 18), "2015.2137");
        assert_eq!(fraction(2024, 12, 31), "2024.9999");
    }
}
