//! The table `quotes`.

use super::Row;
use crate::{column::*, document::Page};
use broadsheet_normalize::{Actor, Quote};

pub(crate) struct QuoteRow<'d> {
    article_id: &'d str,
    quote: &'d Quote,
    speaker: Option<&'d Actor>,
    text: &'d str,
}

pub(crate) fn rows<'d>(page: &Page<'d>) -> Vec<QuoteRow<'d>> {
    let row = |quote: &'d Quote| QuoteRow {
        article_id: &page.article.article_id,
        quote,
        speaker: page.actor(quote.speaker),
        text: page.slice(quote.start, quote.end),
    };
    page.findings.quotes.iter().map(row).collect()
}

impl Row for QuoteRow<'_> {
    const DESCRIPTION: &'static str = "One row per statement somebody is reported to have made.";

    fn columns() -> Vec<Column<Self>> {
        vec![
            unique(text("quote_id", "Identifier", |r| &r.quote.quote_id)),
            text("article_id", "Article", |r| r.article_id),
            maybe_text("speaker_id", "Actor who made the statement", |r| r.speaker.map(|a| a.actor_id.as_str())),
            maybe_text("speaker_name", "Name of the speaker; as written where no actor could be told", |r| {
                r.speaker.map(|a| a.name.as_str()).or(r.quote.speaker_name.as_deref())
            }),
            maybe_text("cue", "The reporting word, as written", |r| r.quote.cue.as_deref()),
            flag("direct", "Whether the words are quoted (true) or reported (false)", |r| r.quote.direct),
            number("start", "Start of the statement, in code points of the article's text", |r| r.quote.start),
            number("end", "End of the statement, in code points", |r| r.quote.end),
            unique(text("text", "The statement itself", |r| r.text)),
        ]
    }
}
