//! Bytes to articles: opens what news arrives in, finds the text, and says what it refused and why.
//!
//! 1. [`open`] expands files, folders, patterns and `-` into a sorted list of places to read (`places`).
//! 2. [`Source`] reads them one after the other: undoes compression (`stream`), tells the format (`sniff`), divides a
//!    file into records (`records`), and hands each on as a [`RawArticle`], in bounded memory.
//! 3. [`article`] understands one record: its text and what is known of its origin (`text`, `json`, `page`), laid out as every
//!    article is (`assemble`). It is a pure function, so that records can be read on all cores.
//!
//! What cannot be used becomes a [`Reject`]; nothing disappears silently.

mod article;
mod assemble;
mod clean;
mod dateline;
mod dates;
mod decode;
#[cfg(test)]
mod documented;
mod fields;
mod json;
mod mojibake;
mod names;
mod page;
mod places;
mod records;
mod reject;
mod sniff;
mod source;
mod stream;
mod text;
mod url;
mod values;

pub use article::{Article, Format, RawArticle, Reject};
pub use places::OpenError;
pub use source::{Progress, Source, open};

/// What bounds the reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Stop after so many articles.
    pub limit: Option<u64>,
    /// A record larger than this, decompressed, is refused and skipped.
    pub max_record_bytes: usize,
    /// A compressed file that unfolds to more than so many times its size is refused from there on; the first
    /// 64 MiB are not counted.
    pub max_file_ratio: u64,
}

impl Default for Options {
    fn default() -> Self {
        Options { limit: None, max_record_bytes: 64 << 20, max_file_ratio: 200 }
    }
}

/// Understands one record: the article in it, or the reason why there is none.
pub fn article(raw: &RawArticle) -> Result<Article, Reject> {
    if raw.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(reject::of(raw, reject::code::EMPTY, "nothing in it".to_owned()));
    }
    match raw.format {
        Format::Text | Format::Markdown => text::article(raw),
        Format::Json => json::article(raw),
        Format::Html => page::article(raw),
    }
}
