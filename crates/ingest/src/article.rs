//! An article is a piece of news as text: a title, a body and what is known of its origin. Everything after ingest
//! counts its offsets in `Article::text`.

use jiff::{Timestamp, civil::Date};

/// One article as it arrived: the bytes of one record and where they stood, not yet understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawArticle {
    /// The file, or `-` for standard input; for a member of a container, `container!member`.
    pub source_path: String,
    /// Record number (0-based line) in a file of records, 0 for a file that is one article.
    pub source_offset: u64,
    /// How the bytes are to be understood.
    pub format: Format,
    /// The record's bytes, decompressed.
    pub bytes: Vec<u8>,
}

/// The formats that one article can come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text or Markdown: an optional header of `key: value` lines, the title, the body.
    Text,
    /// Markdown: as text, with its marks taken off.
    Markdown,
    /// One JSON object.
    Json,
    /// A web page.
    Html,
    /// A record of a web archive: its header, the server's answer, the page.
    Warc,
    /// An item of a feed, below what the feed tells of itself.
    Feed,
    /// A story in NITF.
    Nitf,
    /// A news item of NewsML-G2.
    NewsMl,
    /// A message.
    Mail,
}

/// One article, ready to be read by the language model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Article {
    /// 16 hex digits: XXH3-64 of the canonical URL, or of the record's own id, title and text where there is no URL.
    pub article_id: String,
    /// The id that the input record carried.
    pub source_id: Option<String>,
    /// Canonical URL.
    pub url: Option<String>,
    /// Registered host of the URL, without `www.`.
    pub domain: Option<String>,
    /// Name of the publisher as the record gives it.
    pub publisher: Option<String>,
    /// Title as it stands at the start of `text`.
    pub title: Option<String>,
    /// Authors in the order given.
    pub authors: Vec<String>,
    /// Time of publication.
    pub published_at: Option<Timestamp>,
    /// What the time of publication was read from.
    pub published_basis: Option<PublishedBasis>,
    /// Day of publication as the record's own time zone counts it: what "today" in the text means.
    pub published_on: Option<Date>,
    /// Time of the last change.
    pub modified_at: Option<Timestamp>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Section of the paper.
    pub section: Option<String>,
    /// Title, blank line, body: what every offset counts in.
    pub text: String,
    /// Where the title stops in `text`, in code points; 0 without a title.
    pub title_end: u32,
    /// Where the first sentence of the body starts in `text`, in code points: after the title and a dateline.
    pub body_start: u32,
    /// Number of words in `text` (runs without white space).
    pub words: u32,
    /// See [`RawArticle::source_path`].
    pub source_path: String,
    /// See [`RawArticle::source_offset`].
    pub source_offset: u64,
}

/// What the time of an article's publication was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PublishedBasis {
    /// The record says it.
    Record,
    /// The address holds the day.
    Url,
    /// A line at the start of the text is the day.
    Text,
}

impl PublishedBasis {
    /// Its name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Url => "url",
            Self::Text => "text",
        }
    }
}

/// An input that could not be used, with its place and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// See [`RawArticle::source_path`].
    pub source_path: String,
    /// See [`RawArticle::source_offset`].
    pub source_offset: u64,
    /// The stage that refused it: `ingest`, `language`, `normalize`.
    pub stage: &'static str,
    /// Short stable code, such as `bad_json`, `empty`, `too_large`, `not_utf8`, `truncated`, `unreadable`.
    pub code: &'static str,
    /// What was wrong, for a person.
    pub message: String,
}
