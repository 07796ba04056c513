//! Copies across partitions: each part of the articles gives the signatures of its articles, an engine finds those that
//! agree in a band, and of these alone the copies are told as the command tells them.

use crate::{
    errors,
    table::{Table, stream_of},
};
use arrow_array::{
    Array, ArrayRef, BinaryArray, RecordBatch, StringArray, TimestampMicrosecondArray, cast::AsArray,
    types::TimestampMicrosecondType,
};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use broadsheet_pipeline::{
    Outcome,
    ingest::{Duplicates, Sketch},
};
use jiff::Timestamp;
use pyo3::prelude::*;
use rayon::prelude::*;
use std::sync::Arc;

/// The signatures of articles, in order.
#[derive(Default)]
pub struct Sketches(Vec<(String, Option<i64>, Option<Vec<u8>>)>);

impl Sketches {
    pub fn add(&mut self, outcomes: &[Outcome]) {
        let of = |outcome: &Outcome| {
            let article = &outcome.as_ref().ok()?.article;
            let published = article.published_at.map(Timestamp::as_microsecond);
            Some((article.article_id.clone(), published, Sketch::of(article).map(|sketch| sketch.to_bytes())))
        };
        self.0.par_extend(outcomes.par_iter().filter_map(of));
    }

    /// Columns `article_id`, `published_at`, `signature`; the last is missing for an article that is too short.
    pub fn table(self) -> PyResult<Table> {
        let ids: StringArray = self.0.iter().map(|(id, ..)| Some(id)).collect();
        let published: TimestampMicrosecondArray = self.0.iter().map(|(_, at, _)| *at).collect();
        let signatures: BinaryArray = self.0.iter().map(|(.., signature)| signature.as_deref()).collect();
        let columns: Vec<ArrayRef> =
            vec![Arc::new(ids), Arc::new(published.with_timezone("UTC")), Arc::new(signatures)];
        let schema = Arc::new(Schema::new(vec![
            Field::new("article_id", DataType::Utf8, false),
            Field::new("published_at", DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())), true),
            Field::new("signature", DataType::Binary, true),
        ]));
        let rows = RecordBatch::try_new(schema.clone(), columns).map_err(errors::usage)?;
        Ok(Table::new(schema, vec![rows]))
    }
}

/// The copies among articles that come as a table (`article_id` text, `published_at` time in microseconds, `signature`
/// binary), in their order: a table of `article_id` and `duplicate_of`.
#[pyfunction]
pub fn originals(py: Python<'_>, signatures: &Bound<'_, PyAny>) -> PyResult<Table> {
    let mut articles = Duplicates::default();
    for rows in stream_of(signatures)? {
        let rows = rows.map_err(errors::usage)?;
        let missing = |name: &str| errors::usage(format_args!("no column `{name}` of the right type"));
        let column = |name: &str| rows.column_by_name(name).ok_or_else(|| missing(name));
        let ids = column("article_id")?.as_string_opt::<i32>().ok_or_else(|| missing("article_id"))?;
        let published = column("published_at")?.as_primitive_opt::<TimestampMicrosecondType>();
        let published = published.ok_or_else(|| missing("published_at"))?;
        let signatures = column("signature")?.as_binary_opt::<i32>().ok_or_else(|| missing("signature"))?;
        for row in (0..rows.num_rows()).filter(|row| signatures.is_valid(*row)) {
            let at = published.is_valid(row).then(|| Timestamp::from_microsecond(published.value(row)).ok()).flatten();
            let sketch = Sketch::from_bytes(signatures.value(row));
            let sketch = sketch.ok_or_else(|| errors::usage(format_args!("row {row}: no signature of ours")))?;
            articles.add_sketch(ids.value(row), at, sketch);
        }
    }
    let found = py.detach(|| articles.originals());
    let copies: StringArray = found.keys().map(Some).collect();
    let of: StringArray = found.values().map(Some).collect();
    let schema = Arc::new(Schema::new(vec![
        Field::new("article_id", DataType::Utf8, false),
        Field::new("duplicate_of", DataType::Utf8, false),
    ]));
    let rows = RecordBatch::try_new(schema.clone(), vec![Arc::new(copies), Arc::new(of)]).map_err(errors::usage)?;
    Ok(Table::new(schema, vec![rows]))
}
