//! The table `figures`.

use super::Row;
use crate::{column::*, document::Page};
use broadsheet_normalize::{Actor, Change, Figure, FigureRole};

pub(crate) struct FigureRow<'d> {
    article_id: &'d str,
    figure: &'d Figure,
    actor: Option<&'d Actor>,
    text: &'d str,
}

pub(crate) fn rows<'d>(page: &Page<'d>) -> Vec<FigureRow<'d>> {
    let row = |figure: &'d Figure| FigureRow {
        article_id: &page.article.article_id,
        figure,
        actor: page.actor(figure.actor),
        text: page.slice(figure.start, figure.end),
    };
    page.findings.figures.iter().map(row).collect()
}

impl Row for FigureRow<'_> {
    const DESCRIPTION: &'static str = "One row per quantity in the text: counts, money, percentages, measures, durations, \
        ages, ranks, votes, scores, casualties; not dates, names with digits or numbering.";

    fn columns() -> Vec<Column<Self>> {
        vec![
            unique(text("figure_id", "Identifier", |r| &r.figure.figure_id)),
            text("article_id", "Article", |r| r.article_id),
            number("sentence", "Sentence of the article, from 0", |r| r.figure.sentence),
            float("value", "Value in unit, the scale applied: 12.9bn is 12900000000", |r| r.figure.value),
            maybe_float("value_max", "Upper end of a range, in unit", |r| r.figure.value_max),
            text(
                "qualifier",
                "How the value is meant: exact, about, at_least, at_most, more_than, less_than or between",
                |r| r.figure.qualifier.name(),
            ),
            text(
                "unit",
                "ISO 4217 for money; percent, percentage_point, count; UCUM code for measures; a mo wk d h min s for durations",
                |r| &r.figure.unit,
            ),
            text("unit_kind", "count, money, ratio, measure, duration, age, ordinal or score", |r| {
                r.figure.unit_kind.name()
            }),
            maybe_text("unit_text", "The unit, as written; for counts, the noun that is counted", |r| {
                r.figure.unit_text.as_deref()
            }),
            maybe_text("quantity_of", "What is counted or measured, as written", |r| r.figure.quantity_of.as_deref()),
            maybe_number("quantity_of_start", "Start of quantity_of, in code points of the article's text", |r| {
                r.figure.quantity_of_span.map(|s| s.0)
            }),
            maybe_number("quantity_of_end", "End of quantity_of, in code points", |r| {
                r.figure.quantity_of_span.map(|s| s.1)
            }),
            maybe_text("change", "Direction where the figure tells a change: up or down", |r| {
                r.figure.change.map(Change::name)
            }),
            maybe_text(
                "role",
                "What happened to the people counted: killed, injured, missing, detained, displaced or crowd",
                |r| r.figure.role.map(FigureRole::name),
            ),
            maybe_text(
                "event_id",
                "Event of the same sentence that the casualty count or crowd size belongs to",
                |r| r.figure.event_id.as_deref(),
            ),
            maybe_text("actor_id", "Actor whose figure it is", |r| r.actor.map(|a| a.actor_id.as_str())),
            maybe_text("place_country", "Country that the text ties the figure to, ISO 3166-1 alpha-3", |r| {
                r.figure.place_country.as_deref()
            }),
            maybe_date("date", "Day as of which the figure holds", |r| r.figure.date),
            number(
                "start",
                "Start of the expression, qualifier and unit included, in code points of the article's text",
                |r| r.figure.start,
            ),
            number("end", "End of the expression, in code points", |r| r.figure.end),
            text("text", "The expression itself", |r| r.text),
            float("confidence", "Probability that value, unit and kind are right, 0 to 1", |r| r.figure.confidence),
        ]
    }
}
