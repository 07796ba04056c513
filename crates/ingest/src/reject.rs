//! A reject says which input was not used, where it stood, and why, so that nothing disappears silently.

use crate::{RawArticle, Reject};

/// The codes that ingest refuses with; `docs/input-formats.md` explains each.
pub mod code {
    pub const BAD_JSON: &str = "bad_json";
    pub const BAD_MAIL: &str = "bad_mail";
    pub const BAD_WARC: &str = "bad_warc";
    pub const BAD_XML: &str = "bad_xml";
    pub const BINARY: &str = "binary";
    pub const CORRUPT: &str = "corrupt";
    pub const EMPTY: &str = "empty";
    pub const HTTP_STATUS: &str = "http_status";
    pub const NO_COLUMN: &str = "no_column";
    pub const NO_TEXT: &str = "no_text";
    pub const NOT_OBJECT: &str = "not_object";
    pub const RAGGED: &str = "ragged";
    pub const TOO_DEEP: &str = "too_deep";
    pub const TOO_LARGE: &str = "too_large";
    pub const TRUNCATED: &str = "truncated";
    pub const UNREADABLE: &str = "unreadable";
    pub const UNSUPPORTED: &str = "unsupported";
    /// Every code, sorted.
    #[cfg(test)]
    pub const ALL: [&str; 17] = [
        BAD_JSON,
        BAD_MAIL,
        BAD_WARC,
        BAD_XML,
        BINARY,
        CORRUPT,
        EMPTY,
        HTTP_STATUS,
        NO_COLUMN,
        NO_TEXT,
        NOT_OBJECT,
        RAGGED,
        TOO_DEEP,
        TOO_LARGE,
        TRUNCATED,
        UNREADABLE,
        UNSUPPORTED,
    ];

    // Not refused, only left out: the options that leave articles out.
    pub const SINCE: &str = "since";
    pub const UNTIL: &str = "until";
    pub const LANGUAGE: &str = "language";
    pub const MATCH: &str = "match";
}

/// Refuses a record at a place.
pub fn at(source_path: &str, source_offset: u64, code: &'static str, message: String) -> Reject {
    Reject { source_path: source_path.to_owned(), source_offset, stage: "ingest", code, message }
}

/// Refuses a record that was read.
pub fn of(raw: &RawArticle, code: &'static str, message: String) -> Reject {
    at(&raw.source_path, raw.source_offset, code, message)
}

/// The start of a text that a message quotes.
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
