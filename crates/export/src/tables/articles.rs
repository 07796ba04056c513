//! The table `articles`.

use super::Row;
use crate::{column::*, document::Page};
use broadsheet_ingest::Article;

pub(crate) struct ArticleRow<'d>(&'d Article);

pub(crate) fn rows<'d>(page: &Page<'d>) -> Vec<ArticleRow<'d>> {
    vec![ArticleRow(page.article)]
}

impl Row for ArticleRow<'_> {
    const DESCRIPTION: &'static str = "One row per article read.";

    fn columns() -> Vec<Column<Self>> {
        vec![
            unique(text(
                "article_id",
                "Identifier: stable hash of the canonical URL, or of the content where there is none",
                |r| &r.0.article_id,
            )),
            unique(maybe_text("source_id", "Identifier that the input record carried", |r| r.0.source_id.as_deref())),
            unique(maybe_text("url", "Canonical URL", |r| r.0.url.as_deref())),
            maybe_text("domain", "Host of the URL, a leading www. taken off", |r| r.0.domain.as_deref()),
            maybe_text("publisher", "Name of the publisher, as the record gives it", |r| r.0.publisher.as_deref()),
            unique(maybe_text("title", "Title, as it stands at the start of text", |r| r.0.title.as_deref())),
            list("authors", "Authors, in the order given", |r| &r.0.authors),
            maybe_instant("published_at", "Time of publication, UTC", |r| r.0.published_at),
            maybe_text("published_basis", "What it was read from: record, url or text", |r| {
                r.0.published_basis.map(|basis| basis.name())
            }),
            maybe_instant("modified_at", "Time of the last change, UTC", |r| r.0.modified_at),
            maybe_text("language", "Language, ISO 639-1", |r| r.0.language.as_deref()),
            maybe_text("section", "Section of the publication", |r| r.0.section.as_deref()),
            unique(text("text", "Title, blank line, body: what every offset of every table counts in", |r| &r.0.text)),
            number("title_end", "Where the title stops in text, in code points; 0 without a title", |r| r.0.title_end),
            number("words", "Number of words in text: runs without white space", |r| r.0.words),
            // Known only at the end of the run: `duplicates` fills it then.
            maybe_text(
                "duplicate_of",
                "article_id of the earliest copy where this is a near-duplicate (a syndicated wire story)",
                |_| None,
            ),
            text(
                "source_path",
                "File that the article came from; - for standard input, container!member for a member of a container",
                |r| &r.0.source_path,
            ),
            long("source_offset", "Record number in that file, from 0; 0 where the file is one article", |r| {
                offset(r.0.source_offset)
            }),
        ]
    }
}

/// Offsets in files fit 63 bits on every file system there is.
pub(super) fn offset(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
