//! A table in memory is an Arrow record batch with the rows that files would hold, for callers that take them further
//! themselves: the store, Python, an engine.

use crate::{
    Document, ExportError, Table,
    batch::{Batch, arrow_schema},
    document::Page,
    rollup::ROLLUPS,
    seen::Seen,
    tables::{Row, Sink, lay_out},
};
use arrow_array::{ArrayRef, RecordBatch, StringArray, cast::AsArray};
use arrow_schema::SchemaRef;
use broadsheet_ingest::{Duplicates, FILTER, Reject, Sketch};
use parquet::file::properties::WriterProperties;
use rayon::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// The Arrow schema of a table; each field's description is in its metadata.
pub fn table_schema(table: Table) -> SchemaRef {
    arrow_schema(&table.spec().columns)
}

/// How the Parquet file of a table is written: what [`Exporter`](crate::Exporter) does, for callers that write their own.
pub fn parquet_properties(table: Table) -> WriterProperties {
    crate::parquet::properties(&table.spec())
}

/// The rows that outcomes give for one table, in order. Inputs that a filter left out give none; a rollup has none, as
/// it needs all articles; `duplicate_of` is empty.
///
/// # Errors
/// Where the rows do not fit their own schema, which would be a fault of ours.
///
/// # Panics
/// Where a column has more text than Arrow's offsets count (2 GiB): hand over a bounded number of outcomes at a time.
pub fn record_batch(table: Table, outcomes: &[Result<Document, Reject>]) -> Result<RecordBatch, ExportError> {
    let pages: Vec<Page<'_>> = outcomes.iter().flatten().map(Page::new).collect();
    let refused = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
    let rejects: Vec<&Reject> = refused.filter(|reject| reject.stage != FILTER).collect();
    rows_of(table, &pages, &rejects)
}

fn rows_of(table: Table, pages: &[Page<'_>], rejects: &[&Reject]) -> Result<RecordBatch, ExportError> {
    let mut rows = InMemory(Batch::new(table_schema(table), &table.spec().columns));
    lay_out(table, pages, rejects, &mut rows)?;
    rows.0.take().map_err(|e| unfit(table, &e))
}

fn unfit(table: Table, error: &dyn std::fmt::Display) -> ExportError {
    ExportError::new(format!("cannot lay out rows of `{table}`"), error.to_string(), None)
}

/// The rows that a run gives, held in memory: what [`Exporter`](crate::Exporter) writes to files, repeated articles
/// refused and copies marked.
pub struct Collector {
    batches: BTreeMap<Table, Vec<RecordBatch>>,
    seen: Seen,
    duplicates: Duplicates,
    alone: bool,
}

impl Collector {
    /// Prepares to collect the rows of `tables`. Where each article stands `alone`, as on one of many machines, it is told
    /// neither from repeated ones nor from copies.
    ///
    /// # Errors
    /// Where a rollup is among them: it is computed from files.
    pub fn new(tables: &[Table], alone: bool) -> Result<Self, ExportError> {
        if let Some(table) = tables.iter().find(|table| ROLLUPS.contains(table)) {
            let hint = Some("`export` writes it, and `rollup` computes it from files");
            return Err(ExportError::new(format!("cannot collect `{table}`"), "it is a rollup", hint));
        }
        let batches = tables.iter().map(|table| (*table, Vec::new())).collect();
        Ok(Self { batches, seen: Seen::default(), duplicates: Duplicates::default(), alone })
    }

    /// Takes the outcomes of the next records.
    ///
    /// # Errors
    /// As [`record_batch`].
    pub fn write(&mut self, outcomes: &[Result<Document, Reject>]) -> Result<(), ExportError> {
        // 1. Tell the first article of an identifier from repeated ones.
        let (mut pages, mut refused) = (Vec::new(), Vec::new());
        for outcome in outcomes {
            match outcome {
                Err(reject) if reject.stage == FILTER => {}
                Err(reject) => refused.push(reject.clone()),
                Ok(document) if self.alone => pages.push(Page::new(document)),
                Ok(document) => match self.seen.check(document) {
                    Some(repeated) => refused.push(repeated),
                    None => pages.push(Page::new(document)),
                },
            }
        }
        // 2. Keep what copies are told by.
        if self.batches.contains_key(&Table::Articles) && !self.alone {
            let sketches: Vec<Option<Sketch>> = pages.par_iter().map(|page| Sketch::of(page.article)).collect();
            pages.iter().zip(sketches).for_each(|(page, sketch)| self.duplicates.add(page.article, sketch));
        }
        // 3. Lay out.
        let rejects: Vec<&Reject> = refused.iter().collect();
        self.batches.par_iter_mut().try_for_each(|(table, batches)| {
            let rows = rows_of(*table, &pages, &rejects)?;
            if rows.num_rows() > 0 {
                batches.push(rows);
            }
            Ok(())
        })
    }

    /// The rows of each table, in batches.
    ///
    /// # Errors
    /// As [`record_batch`].
    pub fn finish(mut self) -> Result<BTreeMap<Table, Vec<RecordBatch>>, ExportError> {
        let originals = self.duplicates.originals();
        for batch in self.batches.get_mut(&Table::Articles).into_iter().flatten() {
            let schema = batch.schema();
            let (mut columns, unknown) = (batch.columns().to_vec(), |e| unfit(Table::Articles, &e));
            let (id, of) = (schema.index_of("article_id"), schema.index_of("duplicate_of"));
            let ids = columns[id.map_err(unknown)?].as_string::<i32>();
            let marked: StringArray = ids.iter().map(|id| originals.get(id?).map(String::as_str)).collect();
            columns[of.map_err(unknown)?] = Arc::new(marked) as ArrayRef;
            *batch = RecordBatch::try_new(schema, columns).map_err(unknown)?;
        }
        Ok(self.batches)
    }
}

struct InMemory(Batch);

impl Sink for InMemory {
    fn write<R: Row>(&mut self, rows: impl Iterator<Item = R>) -> Result<(), ExportError> {
        let columns = R::columns();
        rows.for_each(|row| self.0.push(columns.iter().map(|column| column.cell(&row))));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::cast::AsArray;

    #[test]
    fn articles_and_refusals_come_as_rows_and_what_was_left_out_does_not() {
        let article =
            broadsheet_ingest::Article { article_id: "a1".into(), text: "News.".into(), ..Default::default() };
        let reject = |stage| Reject {
            source_path: "a.txt".into(),
            source_offset: 0,
            stage,
            code: "empty",
            message: "nothing in it".into(),
        };
        let document = Document { article, ..Document::default() };
        let outcomes = [Ok(document), Err(reject("ingest")), Err(reject(FILTER))];
        let articles = record_batch(Table::Articles, &outcomes).unwrap();
        assert_eq!(articles["article_id"].as_string::<i32>().iter().collect::<Vec<_>>(), [Some("a1")]);
        assert_eq!(record_batch(Table::Rejects, &outcomes).unwrap().num_rows(), 1);
        assert_eq!(record_batch(Table::Events, &outcomes).unwrap().schema(), table_schema(Table::Events));
    }
}
