//! A table in memory is an Arrow record batch with the rows that files would hold, for callers that take them further
//! themselves: the store, Python, an engine.

use crate::{
    Document, ExportError, Table,
    batch::{Batch, arrow_schema},
    document::Page,
    tables::{Row, Sink, lay_out},
};
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use broadsheet_ingest::{FILTER, Reject};
use parquet::file::properties::WriterProperties;

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
    let mut rows = InMemory(Batch::new(table_schema(table), &table.spec().columns));
    lay_out(table, &pages, &rejects, &mut rows)?;
    rows.0.take().map_err(|e| ExportError::new(format!("cannot lay out rows of `{table}`"), e.to_string(), None))
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
