//! The rollup `event_type_weeks`.

use super::Row;
use crate::column::*;
use jiff::civil::Date;

pub(crate) struct EventTypeWeek {
    pub week: Date,
    pub event_type: String,
    pub quad_class: u32,
    pub events: i64,
    pub articles: i64,
    pub publishers: i64,
    pub mean_plover_score: f64,
}

impl Row for EventTypeWeek {
    const DESCRIPTION: &'static str = "Events per week and type. Counted are events that happened and have a date, as in \
        dyad_days, whether or not a country is known. Written when asked for, by export and by rollup.";

    fn columns() -> Vec<Column<Self>> {
        vec![
            date("week", "Monday of the week", |r| r.week),
            text("event_type", "One of PLOVER's 16 event types", |r| &r.event_type),
            number(
                "quad_class",
                "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
                |r| r.quad_class,
            ),
            long("events", "Number of distinct events", |r| r.events),
            long("articles", "Number of distinct articles that tell them", |r| r.articles),
            long("publishers", "Number of distinct publishers of these articles, as in dyad_days", |r| r.publishers),
            float("mean_plover_score", "Mean PLOVER score of the events, -10 (conflict) to 10 (cooperation)", |r| {
                r.mean_plover_score
            }),
        ]
    }
}
