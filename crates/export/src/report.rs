//! A report is one row of an event data set: one actor and one recipient of one event that happened, as one article
//! tells it. GDELT and POLECAT know no plans, denials and conditions: only events with the status actual or historical
//! are reports, and only where at least one side is known.

use crate::document::Page;
use broadsheet_normalize::{Actor, Event, Status};
use xxhash_rust::xxh3::Xxh3;

/// One dyad of one event.
pub(crate) struct Report<'d> {
    pub event: &'d Event,
    pub actor: Option<&'d Actor>,
    pub recipient: Option<&'d Actor>,
}

/// The reports of an article, in the order of the table `events`.
pub(crate) fn reports<'d>(page: &Page<'d>) -> Vec<Report<'d>> {
    let mut reports = Vec::new();
    let happened = |event: &&Event| matches!(event.status, Status::Actual | Status::Historical);
    for event in page.findings.events.iter().filter(happened) {
        for (actor, recipient) in crate::tables::events::dyads(page, event) {
            if actor.is_some() || recipient.is_some() {
                reports.push(Report { event, actor, recipient });
            }
        }
    }
    reports
}

/// A stable hash of texts.
pub(crate) fn hash<'t>(parts: impl IntoIterator<Item = &'t str>) -> u64 {
    let mut hash = Xxh3::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update(b"\x1f");
    }
    hash.digest()
}
