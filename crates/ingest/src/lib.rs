//! Bytes to articles: opens what news arrives in, finds the text, and says what it refused and why.
//!
//! 1. [`open`] expands files, folders, patterns and `-` into a sorted list of places to read (`places`).
//! 2. [`Source`] reads them one after the other: undoes compression (`stream`), tells the format (`sniff`), opens archives
//!    (`archive`), divides a file into records (`records`, `values`, `table`), and hands each on as a [`RawArticle`], in
//!    bounded memory. [`list`] tells the files first, for a caller that opens them one by one.
//! 3. [`article`] understands one record: its text and what is known of its origin (`text`, `json`, `page`, `warc`, `feed`,
//!    `nitf`, `newsml`, `mail`), laid out as every article is (`assemble`). It is a pure function, so that records can be
//!    read on all cores. [`Wanted`] does the same for those articles that the user wants.
//!
//! What cannot be used becomes a [`Reject`]; nothing disappears silently.

mod archive;
mod article;
mod assemble;
mod clean;
mod clues;
mod dateline;
mod dates;
mod decode;
#[cfg(test)]
mod documented;
mod duplicates;
mod feed;
mod fields;
mod held;
mod json;
mod language;
mod listing;
mod mail;
mod mojibake;
mod names;
mod newsml;
mod nitf;
mod page;
mod places;
mod records;
mod reject;
#[cfg(feature = "remote")]
mod remote;
mod sniff;
mod source;
mod stream;
mod table;
mod text;
mod url;
mod values;
mod wanted;
mod warc;
mod xml;

pub use article::{Article, Format, PublishedBasis, RawArticle, Reject};
pub use assemble::article_id_of_url;
pub use duplicates::{Arrivals, Duplicates, Sketch};
pub use fields::{Mapping, language};
pub use listing::{Listed, list};
pub use places::OpenError;
pub use source::{Progress, Source, open};
pub use wanted::{FILTER, Pattern, Wanted};

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
    /// What is held in memory of a table or archive that has to be read at any place and is no file of its own.
    pub max_held_bytes: usize,
    /// Where the fields of tables are.
    pub map: Mapping,
    /// The folder that is written to, which a walk over the folder around it passes by.
    pub output: Option<std::path::PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            limit: None,
            max_record_bytes: 64 << 20,
            max_file_ratio: 200,
            max_held_bytes: 512 << 20,
            map: Mapping::default(),
            output: None,
        }
    }
}

/// Understands one record: the article in it, or the reason why there is none.
///
/// # Errors
/// With the reason why there is no article.
pub fn article(raw: &RawArticle) -> Result<Article, Reject> {
    understand(raw, &Mapping::default())
}

fn understand(raw: &RawArticle, map: &Mapping) -> Result<Article, Reject> {
    if raw.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(reject::of(raw, reject::code::EMPTY, "nothing in it".to_owned()));
    }
    match raw.format {
        Format::Text | Format::Markdown => text::article(raw),
        Format::Json => json::article(raw, map),
        Format::Html => page::article(raw),
        Format::Warc => warc::article(raw),
        Format::Feed => feed::article(raw),
        Format::Nitf => nitf::article(raw),
        Format::NewsMl => newsml::article(raw),
        Format::Mail => mail::article(raw),
    }
}
