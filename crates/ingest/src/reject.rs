//! A reject says which input was not used, where it stood, and why, so that nothing disappears silently.

use crate::{RawArticle, Reject};

/// The codes that ingest refuses with; `docs/input-formats.md` explains each.
pub mod code {
    pub const BAD_JSON: &str = "bad_json";
    pub const BINARY: &str = "binary";
    pub const CORRUPT: &str = "corrupt";
    pub const EMPTY: &str = "empty";
    pub const NO_TEXT: &str = "no_text";
    pub const NOT_OBJECT: &str = "not_object";
    pub const TOO_DEEP: &str = "too_deep";
    pub const TOO_LARGE: &str = "too_large";
    pub const TRUNCATED: &str = "truncated";
    pub const UNREADABLE: &str = "unreadable";
    pub const UNSUPPORTED: &str = "unsupported";
    /// Every code, sorted.
    #[cfg(test)]
    pub const ALL: [&str; 11] = [
        BAD_JSON,
        BINARY,
        CORRUPT,
        EMPTY,
        NO_TEXT,
        NOT_OBJECT,
        TOO_DEEP,
        TOO_LARGE,
        TRUNCATED,
        UNREADABLE,
        UNSUPPORTED,
    ];
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
