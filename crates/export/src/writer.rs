//! A table writer takes the rows of one table and writes them to the files that were asked for, batch by batch.

use crate::{
    ExportError, Table, TableSpec,
    batch::{Batch, arrow_schema},
    csv::CsvFile,
    document::Page,
    parquet::ParquetFile,
    tables::{Row, actors, articles, events, figures, mentions, quotes, rejects::RejectRow, times, tokens},
};
use broadsheet_ingest::Reject;
use std::path::PathBuf;

/// The files of one table, being written.
pub(crate) struct TableWriter {
    table: Table,
    parquet: Option<(Batch, ParquetFile)>,
    csv: Option<CsvFile>,
    rows: u64,
}

impl TableWriter {
    /// Creates the files at the paths given.
    pub fn create(table: Table, parquet: Option<PathBuf>, csv: Option<PathBuf>) -> Result<Self, ExportError> {
        let spec: TableSpec = table.spec();
        let parquet = parquet.map(|path| {
            let schema = arrow_schema(&spec.columns);
            let file = ParquetFile::create(path, &spec, schema.clone())?;
            Ok((Batch::new(schema, &spec.columns), file))
        });
        let csv = csv.map(|path| CsvFile::create(path, &spec));
        Ok(Self { table, parquet: parquet.transpose()?, csv: csv.transpose()?, rows: 0 })
    }

    pub fn table(&self) -> Table {
        self.table
    }

    /// Lays out what documents and rejects hold for this table.
    pub fn append(&mut self, pages: &[Page<'_>], rejects: &[&Reject]) -> Result<(), ExportError> {
        match self.table {
            Table::Rejects => self.write(rejects.iter().map(|reject| RejectRow(reject))),
            Table::Articles => self.write(pages.iter().flat_map(articles::rows)),
            Table::Actors => self.write(pages.iter().flat_map(actors::rows)),
            Table::Mentions => self.write(pages.iter().flat_map(mentions::rows)),
            Table::Events => self.write(pages.iter().flat_map(events::rows)),
            Table::Figures => self.write(pages.iter().flat_map(figures::rows)),
            Table::Times => self.write(pages.iter().flat_map(times::rows)),
            Table::Quotes => self.write(pages.iter().flat_map(quotes::rows)),
            Table::Tokens => self.write(pages.iter().flat_map(tokens::rows)),
            // Rollups are computed at the end, from the other tables.
            Table::DyadDays | Table::ActorDays => Ok(()),
        }
    }

    /// Writes rows in order.
    pub fn write<R: Row>(&mut self, rows: impl Iterator<Item = R>) -> Result<(), ExportError> {
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
            self.rows += 1;
        }
        Ok(())
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
        Ok(self.rows)
    }
}

fn flush(table: Table, batch: &mut Batch, file: &mut ParquetFile) -> Result<(), ExportError> {
    let rows =
        batch.take().map_err(|e| ExportError::new(format!("cannot lay out rows of `{table}`"), e.to_string(), None))?;
    file.write(&rows)
}
