//! The rows of a batch: what its articles come to in each table, by the month of their publication.

use std::{collections::BTreeMap, sync::Arc};

use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray,
};
use broadsheet_export::{Document, Table, record_batch};
use broadsheet_ingest::{Article, Reject, Sketch};

use crate::{StoreError, known, sources::Seen, tables::StoreTable};

/// The new articles of one month, in order.
#[derive(Default)]
pub(crate) struct Month {
    /// The articles; none of them is refused.
    pub outcomes: Vec<Result<Document, Reject>>,
    /// By which later copies are told.
    pub sketches: Vec<Option<Sketch>>,
    /// The original of each that is a copy.
    pub copied: Vec<Option<String>>,
}

impl Month {
    /// The rows of one of our tables.
    pub fn rows(&self, table: Table) -> Result<RecordBatch, StoreError> {
        let rows = record_batch(table, &self.outcomes).map_err(laid_out)?;
        if table != Table::Articles {
            return Ok(rows);
        }
        let mut columns = rows.columns().to_vec();
        let place = rows.schema().index_of("duplicate_of").map_err(laid_out)?;
        columns[place] = Arc::new(self.copied.iter().map(Option::as_deref).collect::<StringArray>());
        RecordBatch::try_new(rows.schema(), columns).map_err(laid_out)
    }

    /// What is kept of the articles to know them again.
    pub fn fingerprints(&self) -> Result<RecordBatch, StoreError> {
        let articles: Vec<&Article> = self.outcomes.iter().flatten().map(|document| &document.article).collect();
        let instants = |of: &dyn Fn(&Article) -> Option<jiff::Timestamp>| -> ArrayRef {
            let values = articles.iter().map(|article| of(article).map(jiff::Timestamp::as_microsecond));
            Arc::new(values.collect::<TimestampMicrosecondArray>().with_timezone("UTC"))
        };
        let sketches: Vec<Option<Vec<u8>>> = self.sketches.iter().map(|s| s.as_ref().map(Sketch::to_bytes)).collect();
        let columns: Vec<ArrayRef> = vec![
            Arc::new(StringArray::from_iter_values(articles.iter().map(|article| &article.article_id))),
            Arc::new(Int64Array::from_iter_values(articles.iter().map(|a| known::content(a).cast_signed()))),
            instants(&|article| article.published_at),
            instants(&known::newest),
            Arc::new(BooleanArray::from_iter(self.copied.iter().map(|of| Some(of.is_some())))),
            Arc::new(sketches.iter().map(Option::as_deref).collect::<BinaryArray>()),
        ];
        RecordBatch::try_new(StoreTable::Fingerprints.schema(), columns).map_err(laid_out)
    }

    /// The copies among the articles, each with its original.
    pub fn copies(&self) -> impl Iterator<Item = (String, String)> {
        let ids = self.outcomes.iter().flatten().map(|document| &document.article.article_id);
        ids.zip(&self.copied).filter_map(|(id, of)| Some((id.clone(), of.clone()?)))
    }
}

/// The rows of the table `sources`.
pub(crate) fn sources(seen: BTreeMap<String, Seen>, batch: i64) -> Result<RecordBatch, StoreError> {
    let long =
        |of: &dyn Fn(&Seen) -> i64| -> ArrayRef { Arc::new(Int64Array::from_iter_values(seen.values().map(of))) };
    let columns: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from_iter_values(seen.keys())),
        long(&|seen| seen.mark.bytes.cast_signed()),
        long(&|seen| seen.mark.modified_ns),
        Arc::new(StringArray::from_iter_values(seen.values().map(|seen| &seen.content))),
        Arc::new(StringArray::from_iter_values(seen.values().map(|seen| &seen.options))),
        long(&|seen| seen.records.cast_signed()),
        Arc::new(BooleanArray::from_iter(seen.values().map(|seen| Some(seen.complete)))),
        long(&|_| batch),
    ];
    RecordBatch::try_new(StoreTable::Sources.schema(), columns).map_err(laid_out)
}

pub(crate) fn laid_out(error: impl std::fmt::Display) -> StoreError {
    StoreError::new("cannot lay out the rows of a batch", error.to_string())
}
