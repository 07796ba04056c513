//! What is known of the articles in a store: of each a hash of its content, its age and its month, so that a later run
//! tells whether it is new, the same, or a newer version; and the sketches of the originals, by which copies are told.
//!
//! It is read from the table `fingerprints` when a run has something to read: about 70 bytes an article and 270 more for
//! each original, so 350 MB for a million.

use std::collections::HashMap;

use arrow_array::{
    Array, RecordBatch,
    cast::AsArray,
    types::{Int64Type, TimestampMicrosecondType},
};
use broadsheet_ingest::{Arrivals, Article, Sketch};
use jiff::{Timestamp, tz::Offset};
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    StoreError,
    rewrite::text,
    store::Store,
    tables::{StoreTable, UNKNOWN},
};

/// How an article stands to what the store has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is not there.
    New,
    /// It is there with the same text.
    Same,
    /// It is there with another text that is newer.
    Older,
    /// It is there with another text that is not newer.
    Newer,
}

#[derive(Debug, Clone, Copy)]
struct Version {
    content: u64,
    newest: Option<Timestamp>,
    month: u32,
}

/// What is known of all articles.
#[derive(Debug, Default)]
pub(crate) struct Known {
    articles: HashMap<u64, Version>,
}

/// An identifier of an article as a number: its 16 hex digits.
pub(crate) fn number(article_id: &str) -> u64 {
    u64::from_str_radix(article_id, 16).unwrap_or_else(|_| xxh3_64(article_id.as_bytes()))
}

/// The month of publication in UTC.
pub(crate) fn month(article: &Article) -> String {
    month_name(month_number(article.published_at))
}

fn month_number(at: Option<Timestamp>) -> u32 {
    at.map_or(0, |at| {
        let day = Offset::UTC.to_datetime(at).date();
        u32::try_from(day.year()).unwrap_or(0) * 12 + u32::try_from(day.month()).unwrap_or(1) - 1
    })
}

fn month_name(number: u32) -> String {
    if number == 0 { UNKNOWN.to_owned() } else { format!("{:04}-{:02}", number / 12, number % 12 + 1) }
}

/// When it was last changed, else published.
pub(crate) fn newest(article: &Article) -> Option<Timestamp> {
    article.modified_at.or(article.published_at)
}

pub(crate) fn content(article: &Article) -> u64 {
    xxh3_64(article.text.as_bytes())
}

impl Known {
    /// Reads what the store knows, and its originals.
    pub(crate) fn load(store: &mut Store) -> Result<(Known, Arrivals), StoreError> {
        let (mut known, mut arrivals) = (Known::default(), Arrivals::default());
        let columns = ["article_id", "content_hash", "published_at", "newest_at", "is_copy", "sketch"];
        store.each_row(StoreTable::Fingerprints, &columns, |_, rows| {
            for row in 0..rows.num_rows() {
                let id = number(&text(rows, "article_id", row));
                let published = instant(rows, "published_at", row);
                let version = Version {
                    content: rows["content_hash"].as_primitive::<Int64Type>().value(row).cast_unsigned(),
                    newest: instant(rows, "newest_at", row),
                    month: month_number(published),
                };
                known.articles.insert(id, version);
                let sketches = rows["sketch"].as_binary::<i32>();
                if !rows["is_copy"].as_boolean().value(row)
                    && sketches.is_valid(row)
                    && let Some(sketch) = Sketch::from_bytes(sketches.value(row))
                {
                    arrivals.add(id, published, sketch);
                }
            }
            Ok(())
        })?;
        Ok((known, arrivals))
    }

    /// How an article stands to what is known.
    pub fn standing(&self, article: &Article) -> Standing {
        match self.articles.get(&number(&article.article_id)) {
            None => Standing::New,
            Some(version) if version.content == content(article) => Standing::Same,
            Some(version) => match (version.newest, newest(article)) {
                (Some(known), Some(this)) if this < known => Standing::Older,
                _ => Standing::Newer,
            },
        }
    }

    /// The month that an article's rows are in.
    pub(crate) fn month_of(&self, id: u64) -> Option<String> {
        self.articles.get(&id).map(|version| month_name(version.month))
    }

    pub(crate) fn insert(&mut self, article: &Article) {
        let month = month_number(article.published_at);
        let version = Version { content: content(article), newest: newest(article), month };
        self.articles.insert(number(&article.article_id), version);
    }
}

fn instant(rows: &RecordBatch, column: &str, row: usize) -> Option<Timestamp> {
    let column = rows[column].as_primitive::<TimestampMicrosecondType>();
    column.is_valid(row).then(|| Timestamp::from_microsecond(column.value(row)).ok()).flatten()
}
