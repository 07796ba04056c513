//! The table `events`. An event's actors and recipients are laid out as dyads: one row per pair; where one side is
//! unknown, one row per member of the other with that side missing; where both are, one row. A reciprocal event ("X and
//! Y met") has a row for each direction of each pair, as event data are counted.

use super::Row;
use crate::{column::*, document::Page};
use broadsheet_normalize::{Actor, DateBasis, Event, Place};

pub(crate) struct EventRow<'d> {
    article_id: &'d str,
    event: &'d Event,
    actor: Option<&'d Actor>,
    recipient: Option<&'d Actor>,
    attributed_to: Option<&'d Actor>,
    trigger: &'d str,
}

pub(crate) fn rows<'d>(page: &Page<'d>) -> Vec<EventRow<'d>> {
    let mut rows = Vec::new();
    for event in &page.findings.events {
        rows.extend(dyads(page, event).into_iter().map(|(actor, recipient)| EventRow {
            article_id: &page.article.article_id,
            event,
            actor,
            recipient,
            attributed_to: page.actor(event.attributed_to),
            trigger: page.slice(event.start, event.end),
        }));
    }
    rows
}

/// The pairs of actor and recipient of an event.
pub(crate) fn dyads<'d>(page: &Page<'d>, event: &Event) -> Vec<(Option<&'d Actor>, Option<&'d Actor>)> {
    let recipients = if event.reciprocal { &event.actors } else { &event.recipients };
    let mut pairs = Vec::new();
    for (i, actor) in side(page, &event.actors).into_iter().enumerate() {
        for (j, recipient) in side(page, recipients).into_iter().enumerate() {
            if !event.reciprocal || i != j {
                pairs.push((actor, recipient));
            }
        }
    }
    pairs
}

/// One side of an event's dyads: its actors, or one missing actor where there are none.
fn side<'d>(page: &Page<'d>, indices: &[usize]) -> Vec<Option<&'d Actor>> {
    let known: Vec<_> = indices.iter().map(|i| page.actor(Some(*i))).filter(Option::is_some).collect();
    if known.is_empty() { vec![None] } else { known }
}

impl EventRow<'_> {
    fn place(&self) -> Option<&Place> {
        self.event.place.as_ref()
    }
}

impl Row for EventRow<'_> {
    const DESCRIPTION: &'static str =
        "One row per actor-recipient pair per event (a dyad); the rows of one event share event_id.";

    fn columns() -> Vec<Column<Self>> {
        vec![
            text("event_id", "Identifier of the event, shared by its rows", |r| &r.event.event_id),
            text("article_id", "Article", |r| r.article_id),
            number("sentence", "Sentence of the article, from 0", |r| r.event.sentence),
            maybe_date("event_date", "Day of the event, or the first day of a span", |r| r.event.event_date),
            maybe_date("event_date_end", "Last day of a span", |r| r.event.event_date_end),
            maybe_text(
                "date_basis",
                "What the date was resolved from: text (a time expression) or published (the day of publication)",
                |r| r.event.date_basis.map(DateBasis::name),
            ),
            text("event_type", "One of PLOVER's 16 event types", |r| &r.event.event_type),
            maybe_text("event_mode", "PLOVER mode of the type", |r| r.event.event_mode.as_deref()),
            list("contexts", "PLOVER contexts", |r| &r.event.contexts),
            maybe_text("cameo_code", "CAMEO code, as deep as the text supports", |r| r.event.cameo_code.as_deref()),
            number(
                "quad_class",
                "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
                |r| u32::from(r.event.quad_class),
            ),
            float("plover_score", "PLOVER score of the type or mode, -10 (conflict) to 10 (cooperation)", |r| {
                r.event.plover_score
            }),
            maybe_float("goldstein", "Goldstein score of the CAMEO code, -10 (conflict) to 10 (cooperation)", |r| {
                r.event.goldstein
            }),
            text("status", "Whether it happened: actual, planned, hypothetical, negated or historical", |r| {
                r.event.status.name()
            }),
            maybe_text("actor_id", "Who did it", |r| r.actor.map(|a| a.actor_id.as_str())),
            maybe_text("actor_name", "Name of the actor", |r| r.actor.map(|a| a.name.as_str())),
            maybe_text("actor_country", "Country of the actor, as in actors", |r| {
                r.actor.and_then(|a| a.country.as_deref())
            }),
            maybe_text("actor_sector", "PLOVER sector of the actor", |r| r.actor.and_then(|a| a.sector.as_deref())),
            maybe_text("recipient_id", "To whom it was done", |r| r.recipient.map(|a| a.actor_id.as_str())),
            maybe_text("recipient_name", "Name of the recipient", |r| r.recipient.map(|a| a.name.as_str())),
            maybe_text("recipient_country", "Country of the recipient, as in actors", |r| {
                r.recipient.and_then(|a| a.country.as_deref())
            }),
            maybe_text("recipient_sector", "PLOVER sector of the recipient", |r| {
                r.recipient.and_then(|a| a.sector.as_deref())
            }),
            maybe_text("place_name", "Where it took place, as written", |r| r.place().map(|p| p.name.as_str())),
            maybe_text("place_country", "Country of the place, ISO 3166-1 alpha-3", |r| {
                r.place().and_then(|p| p.country.as_deref())
            }),
            maybe_float("latitude", "Latitude of the place, degrees north", |r| r.place().and_then(|p| p.latitude)),
            maybe_float("longitude", "Longitude of the place, degrees east", |r| r.place().and_then(|p| p.longitude)),
            maybe_long("geonames_id", "GeoNames identifier of the place", |r| r.place().and_then(|p| p.geonames_id)),
            maybe_text("attributed_to", "Name of the actor who reports it; missing for the article's own voice", |r| {
                r.attributed_to.map(|a| a.name.as_str())
            }),
            number("start", "Start of the trigger, in code points of the article's text", |r| r.event.start),
            number("end", "End of the trigger, in code points", |r| r.event.end),
            text("trigger", "The words that tell the event", |r| r.trigger),
            number("sentence_start", "Start of the sentence, in code points", |r| r.event.sentence_start),
            number("sentence_end", "End of the sentence, in code points", |r| r.event.sentence_end),
            text("frame", "Entry of the lexicon that coded the event", |r| &r.event.frame),
            float("confidence", "Probability that type and parties are right, 0 to 1", |r| r.event.confidence),
        ]
    }
}
