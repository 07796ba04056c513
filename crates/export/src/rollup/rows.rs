//! Groups as rows of their tables. A group that a table cannot hold (a date out of its range) cannot come up.

use crate::{
    batch::date_of_days,
    tables::{
        actor_days::ActorDay, country_dyad_months::CountryDyadMonth, dyad_days::DyadDay,
        event_type_weeks::EventTypeWeek,
    },
};
use jiff::civil::Date;
use polars::prelude::*;

/// The columns of a frame by name.
struct Columns<'f>(&'f DataFrame);

impl<'f> Columns<'f> {
    fn int(&self, name: &str) -> PolarsResult<&'f Int32Chunked> {
        self.0.column(name)?.i32()
    }

    fn long(&self, name: &str) -> PolarsResult<&'f Int64Chunked> {
        self.0.column(name)?.i64()
    }

    fn text(&self, name: &str) -> PolarsResult<&'f StringChunked> {
        self.0.column(name)?.str()
    }
}

/// The mean of `count` scores whose sum is in thousandths.
fn mean(thousandths: i64, count: i64) -> f64 {
    thousandths as f64 / 1000.0 / count as f64
}

pub(super) fn dyad_days(frame: &DataFrame) -> PolarsResult<impl Iterator<Item = DyadDay>> {
    let of = Columns(frame);
    let (date, quad) = (of.int("day")?, of.int("quad_class")?);
    let (actor, recipient) = (of.text("actor_country")?, of.text("recipient_country")?);
    let (kind, score) = (of.text("event_type")?, of.long("score")?);
    let (events, articles, publishers) = (of.long("events")?, of.long("articles")?, of.long("publishers")?);
    Ok((0..frame.height()).filter_map(move |i| {
        let events = events.get(i)?;
        Some(DyadDay {
            event_date: date.get(i).and_then(date_of_days)?,
            actor_country: actor.get(i).map(str::to_owned),
            recipient_country: recipient.get(i).map(str::to_owned),
            event_type: kind.get(i)?.to_owned(),
            quad_class: u32::try_from(quad.get(i)?).ok()?,
            events,
            articles: articles.get(i)?,
            publishers: publishers.get(i)?,
            mean_plover_score: mean(score.get(i)?, events),
        })
    }))
}

pub(super) fn actor_days(frame: &DataFrame) -> PolarsResult<impl Iterator<Item = ActorDay>> {
    let of = Columns(frame);
    let (date, actor) = (of.int("day")?, of.text("actor_id")?);
    let (name, country) = (of.text("name")?, of.text("country")?);
    let (mentions, articles, events) = (of.long("mentions")?, of.long("articles")?, of.long("events")?);
    Ok((0..frame.height()).filter_map(move |i| {
        Some(ActorDay {
            event_date: date.get(i).and_then(date_of_days)?,
            actor_id: actor.get(i)?.to_owned(),
            name: name.get(i)?.to_owned(),
            country: country.get(i).map(str::to_owned),
            mentions: mentions.get(i)?,
            articles: articles.get(i)?,
            events: events.get(i)?,
        })
    }))
}

pub(super) fn dyad_months(frame: &DataFrame) -> PolarsResult<impl Iterator<Item = CountryDyadMonth>> {
    let of = Columns(frame);
    let month = of.int("month")?;
    let (actor, recipient) = (of.text("actor_country")?, of.text("recipient_country")?);
    let quads = [of.long("quad_1")?, of.long("quad_2")?, of.long("quad_3")?, of.long("quad_4")?];
    let (events, score) = (of.long("events")?, of.long("score")?);
    let (articles, publishers) = (of.long("articles")?, of.long("publishers")?);
    Ok((0..frame.height()).filter_map(move |i| {
        let (months, events) = (month.get(i)?, events.get(i)?);
        let year = i16::try_from(months.div_euclid(12)).ok()?;
        let [verbal_cooperation, material_cooperation, verbal_conflict, material_conflict] =
            quads.map(|quad| quad.get(i).unwrap_or(0));
        Some(CountryDyadMonth {
            month: Date::new(year, months.rem_euclid(12) as i8 + 1, 1).ok()?,
            actor_country: actor.get(i).map(str::to_owned),
            recipient_country: recipient.get(i).map(str::to_owned),
            events,
            verbal_cooperation,
            material_cooperation,
            verbal_conflict,
            material_conflict,
            articles: articles.get(i)?,
            publishers: publishers.get(i)?,
            mean_plover_score: mean(score.get(i)?, events),
        })
    }))
}

pub(super) fn type_weeks(frame: &DataFrame) -> PolarsResult<impl Iterator<Item = EventTypeWeek>> {
    let of = Columns(frame);
    let (week, kind, quad) = (of.int("week")?, of.text("event_type")?, of.int("quad_class")?);
    let (events, score) = (of.long("events")?, of.long("score")?);
    let (articles, publishers) = (of.long("articles")?, of.long("publishers")?);
    Ok((0..frame.height()).filter_map(move |i| {
        let events = events.get(i)?;
        Some(EventTypeWeek {
            week: date_of_days(week.get(i)? * 7 - 3)?,
            event_type: kind.get(i)?.to_owned(),
            quad_class: u32::try_from(quad.get(i)?).ok()?,
            events,
            articles: articles.get(i)?,
            publishers: publishers.get(i)?,
            mean_plover_score: mean(score.get(i)?, events),
        })
    }))
}
