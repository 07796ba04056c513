//! The table `mentions`.

use super::Row;
use crate::{column::*, document::Page};
use broadsheet_normalize::{Actor, Mention};

pub(crate) struct MentionRow<'d> {
    article_id: &'d str,
    actor: &'d Actor,
    mention: &'d Mention,
    text: &'d str,
}

pub(crate) fn rows<'d>(page: &Page<'d>) -> Vec<MentionRow<'d>> {
    let row = |mention: &'d Mention| {
        let text = page.slice(mention.start, mention.end);
        Some(MentionRow {
            article_id: &page.article.article_id,
            actor: page.actor(Some(mention.actor))?,
            mention,
            text,
        })
    };
    page.findings.mentions.iter().filter_map(row).collect()
}

impl Row for MentionRow<'_> {
    const DESCRIPTION: &'static str =
        "One row per place in the text that refers to an actor: names, descriptions and pronouns alike.";

    fn columns() -> Vec<Column<Self>> {
        vec![
            text("article_id", "Article", |r| r.article_id),
            text("actor_id", "Actor referred to", |r| &r.actor.actor_id),
            text("kind", "How it refers: name, nominal or pronoun", |r| r.mention.kind.name()),
            number("start", "Start, in code points of the article's text", |r| r.mention.start),
            number("end", "End, in code points", |r| r.mention.end),
            text("text", "The words themselves", |r| r.text),
        ]
    }
}
