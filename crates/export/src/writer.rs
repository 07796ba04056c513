//! A table writer takes the rows of one table and writes them to the files that were asked for, batch by batch.

use crate::{
    ExportError, Table, TableSpec,
    batch::{Batch, arrow_schema},
    csv::CsvFile,
    document::Page,
    jsonl::JsonlFile,
    parquet::ParquetFile,
    tables::{Row, Sink, lay_out},
};
use broadsheet_ingest::Reject;
use std::path::PathBuf;

/// The files of one table, being written.
pub(crate) struct TableWriter {
    table: Table,
    parquet: Option<(Batch, ParquetFile)>,
    csv: Option<CsvFile>,
    jsonl: Option<JsonlFile>,
    rows: u64,
}

impl TableWriter {
    /// Creates the files at the paths given.
    pub fn create(
        table: Table,
        parquet: Option<PathBuf>,
        csv: Option<PathBuf>,
        jsonl: Option<PathBuf>,
    ) -> Result<Self, ExportError> {
        let spec: TableSpec = table.spec();
        let parquet = parquet.map(|path| {
            let schema = arrow_schema(&spec.columns);
            let file = ParquetFile::create(path, &spec, schema.clone())?;
            Ok((Batch::new(schema, &spec.columns), file))
        });
        let csv = csv.map(|path| CsvFile::create(path, &spec));
        let jsonl = jsonl.map(|path| JsonlFile::create(path, &spec)).transpose()?;
        Ok(Self { table, parquet: parquet.transpose()?, csv: csv.transpose()?, jsonl, rows: 0 })
    }

    pub fn table(&self) -> Table {
        self.table
    }

    /// Lays out what documents and rejects hold for this table.
    pub fn append(&mut self, pages: &[Page<'_>], rejects: &[&Reject]) -> Result<(), ExportError> {
        lay_out(self.table, pages, rejects, self)
    }

    /// Writes what is left, closes the files and returns the number of rows.
    pub fn finish(self) -> Result<u64, ExportError> {
        if let Some((mut batch, mut file)) = self.parquet {
            if !batch.is_empty() {
                flush(self.table, &mut batch, &mut file)?;
            }
            file.finish()?;
        }
        self.csv.map_or(Ok(()), CsvFile::finish)?;
        self.jsonl.map_or(Ok(()), JsonlFile::finish)?;
        Ok(self.rows)
    }
}

impl Sink for TableWriter {
    fn write<R: Row>(&mut self, rows: impl Iterator<Item = R>) -> Result<(), ExportError> {
        let columns = R::columns();
        for row in rows {
            if let Some((batch, file)) = &mut self.parquet {
                batch.push(columns.iter().map(|column| column.cell(&row)));
                if batch.is_full() {
                    flush(self.table, batch, file)?;
                }
            }
            if let Some(file) = &mut self.csv {
                file.push(columns.iter().map(|column| column.cell(&row)))?;
            }
            if let Some(file) = &mut self.jsonl {
                file.push(columns.iter().map(|column| column.cell(&row)))?;
            }
            self.rows += 1;
        }
        Ok(())
    }
}

fn flush(table: Table, batch: &mut Batch, file: &mut ParquetFile) -> Result<(), ExportError> {
    let rows =
        batch.take().map_err(|e| ExportError::new(format!("cannot lay out rows of `{table}`"), e.to_string(), None))?;
    file.write(&rows)
}
