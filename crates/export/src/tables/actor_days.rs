//! The rollup `actor_days`.

use super::Row;
use crate::column::*;
use jiff::civil::Date;

pub(crate) struct ActorDay {
    pub event_date: Date,
    pub actor_id: String,
    pub name: String,
    pub country: Option<String>,
    pub mentions: i64,
    pub articles: i64,
    pub events: i64,
}

impl Row for ActorDay {
    const DESCRIPTION: &'static str = "What each actor took part in per day, as actor or as recipient, computed from events \
        and actors. Counted are the same events as in dyad_days, whether or not a country is known.";

    fn columns() -> Vec<Column<Self>> {
        vec![
            date("event_date", "Day of the events", |r| r.event_date),
            text("actor_id", "Actor", |r| &r.actor_id),
            text("name", "Name of the actor; the first in the alphabet where articles differ", |r| &r.name),
            maybe_text("country", "Country of the actor, as in actors", |r| r.country.as_deref()),
            long("mentions", "Number of mentions of the actor in these articles", |r| r.mentions),
            long("articles", "Number of distinct articles that tell the events", |r| r.articles),
            long("events", "Number of distinct events of that day that the actor takes part in", |r| r.events),
        ]
    }
}
