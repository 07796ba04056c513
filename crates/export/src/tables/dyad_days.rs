//! The rollup `dyad_days`.

use super::Row;
use crate::column::*;
use jiff::civil::Date;

pub(crate) struct DyadDay {
    pub event_date: Date,
    pub actor_country: Option<String>,
    pub recipient_country: Option<String>,
    pub event_type: String,
    pub quad_class: u32,
    pub events: i64,
    pub articles: i64,
    pub publishers: i64,
    pub mean_plover_score: f64,
}

impl Row for DyadDay {
    const DESCRIPTION: &'static str = "Events per day, country pair and type, computed from events and articles. Counted \
        are events that happened (status actual or historical) and have a date, on the first day of a span; planned, \
        hypothetical and negated ones are not, nor are those where neither side has a country. An event counts once in \
        a row, however many actor pairs of the two countries it has; a report of the same event in another article \
        counts again.";

    fn columns() -> Vec<Column<Self>> {
        vec![
            date("event_date", "Day of the event", |r| r.event_date),
            maybe_text("actor_country", "Country of the actor; missing where the text names none", |r| {
                r.actor_country.as_deref()
            }),
            maybe_text("recipient_country", "Country of the recipient; missing where there is none", |r| {
                r.recipient_country.as_deref()
            }),
            text("event_type", "One of PLOVER's 16 event types", |r| &r.event_type),
            number(
                "quad_class",
                "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
                |r| r.quad_class,
            ),
            long("events", "Number of distinct events", |r| r.events),
            long("articles", "Number of distinct articles that tell them", |r| r.articles),
            long(
                "publishers",
                "Number of distinct publishers of these articles (the domain stands in for a missing publisher)",
                |r| r.publishers,
            ),
            float("mean_plover_score", "Mean PLOVER score of the events, -10 (conflict) to 10 (cooperation)", |r| {
                r.mean_plover_score
            }),
        ]
    }
}
