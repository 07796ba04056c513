//! The table `rejects`.

use super::{Row, articles::offset};
use crate::column::*;
use broadsheet_ingest::Reject;

pub(crate) struct RejectRow<'d>(pub &'d Reject);

impl Row for RejectRow<'_> {
    const DESCRIPTION: &'static str = "One row per input that could not be used; nothing disappears silently. A second \
        article with an article_id that the run has seen is here with stage export and code duplicate.";

    fn columns() -> Vec<Column<Self>> {
        vec![
            text(
                "source_path",
                "File that the input came from; - for standard input, container!member for a member of a container",
                |r| &r.0.source_path,
            ),
            long("source_offset", "Record number in that file, from 0; 0 where the file is one article", |r| {
                offset(r.0.source_offset)
            }),
            text("stage", "Stage that refused it: ingest, language, normalize or export", |r| r.0.stage),
            text("code", "Short stable code of the reason", |r| r.0.code),
            text("message", "What was wrong, for a person", |r| &r.0.message),
        ]
    }
}
