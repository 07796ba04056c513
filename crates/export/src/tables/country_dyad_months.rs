//! The rollup `country_dyad_months`.

use super::Row;
use crate::column::*;
use jiff::civil::Date;

pub(crate) struct CountryDyadMonth {
    pub month: Date,
    pub actor_country: Option<String>,
    pub recipient_country: Option<String>,
    pub events: i64,
    pub verbal_cooperation: i64,
    pub material_cooperation: i64,
    pub verbal_conflict: i64,
    pub material_conflict: i64,
    pub articles: i64,
    pub publishers: i64,
    pub mean_plover_score: f64,
}

impl Row for CountryDyadMonth {
    const DESCRIPTION: &'static str = "Events per month and country pair, in the four quad classes side by side: a panel of \
        dyads. Counted are the same events as in dyad_days. Written when asked for, by export and by rollup.";

    fn columns() -> Vec<Column<Self>> {
        vec![
            date("month", "First day of the month", |r| r.month),
            maybe_text("actor_country", "Country of the actor; missing where the text names none", |r| {
                r.actor_country.as_deref()
            }),
            maybe_text("recipient_country", "Country of the recipient; missing where there is none", |r| {
                r.recipient_country.as_deref()
            }),
            long("events", "Number of distinct events", |r| r.events),
            long("verbal_cooperation", "Number of them in quad class 1", |r| r.verbal_cooperation),
            long("material_cooperation", "Number of them in quad class 2", |r| r.material_cooperation),
            long("verbal_conflict", "Number of them in quad class 3", |r| r.verbal_conflict),
            long("material_conflict", "Number of them in quad class 4", |r| r.material_conflict),
            long("articles", "Number of distinct articles that tell them", |r| r.articles),
            long("publishers", "Number of distinct publishers of these articles, as in dyad_days", |r| r.publishers),
            float("mean_plover_score", "Mean PLOVER score of the events, -10 (conflict) to 10 (cooperation)", |r| {
                r.mean_plover_score
            }),
        ]
    }
}
