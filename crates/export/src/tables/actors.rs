//! The table `actors`.

use super::Row;
use crate::{column::*, document::Page};
use broadsheet_normalize::Actor;

pub(crate) struct ActorRow<'d> {
    article_id: &'d str,
    actor: &'d Actor,
}

pub(crate) fn rows<'d>(page: &Page<'d>) -> Vec<ActorRow<'d>> {
    page.findings.actors.iter().map(|actor| ActorRow { article_id: &page.article.article_id, actor }).collect()
}

impl Row for ActorRow<'_> {
    const DESCRIPTION: &'static str = "One row per actor per article: a person, organization, country, place acting as a \
        polity, or group that does something, has something done to it, or holds an office that the article names.";

    fn columns() -> Vec<Column<Self>> {
        vec![
            text("actor_id", "Identifier, the same across articles for the same name and country", |r| {
                &r.actor.actor_id
            }),
            text("article_id", "Article", |r| r.article_id),
            text("name", "Fullest form of the name in the article", |r| &r.actor.name),
            text("kind", "What it is: person, organization, country, place or group", |r| r.actor.kind.name()),
            maybe_text("country", "Country, ISO 3166-1 alpha-3, or PLOVER's IGO UNO EUR NGO ISM IMG MNC", |r| {
                r.actor.country.as_deref()
            }),
            maybe_text(
                "sector",
                "PLOVER sector code: GOV MIL LEG JUD COP PTY REB SPY UAF OPP BUS CVL JRN and others",
                |r| r.actor.sector.as_deref(),
            ),
            maybe_text("role", "Office or description, as written", |r| r.actor.role.as_deref()),
            flag("former", "Whether the office is a past one", |r| r.actor.former),
            number(
                "mentions",
                "Number of places in the article that refer to the actor: names, descriptions, pronouns",
                |r| r.actor.mentions,
            ),
            number("start", "Start of the first naming mention, in code points of the article's text", |r| {
                r.actor.start
            }),
            number("end", "End of the first naming mention, in code points", |r| r.actor.end),
        ]
    }
}
