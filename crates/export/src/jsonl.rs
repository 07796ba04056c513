//! The JSON Lines file of one table: one object a row, the columns in their order, each always there. A list is an array,
//! a missing value is `null`, dates and instants are ISO 8601.

use crate::{ExportError, TableSpec, column::Cell};
use jiff::Timestamp;
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::PathBuf,
};

/// A JSON Lines file being written.
pub(crate) struct JsonlFile {
    path: PathBuf,
    writer: BufWriter<File>,
    /// What stands before the value of each column: `{"article_id":`, `,"title":` and so on.
    keys: Vec<String>,
    /// Room for one row, used again and again.
    row: Vec<u8>,
}

impl JsonlFile {
    pub fn create(path: PathBuf, spec: &TableSpec) -> Result<Self, ExportError> {
        let file = File::create(&path).map_err(|e| ExportError::io("create", &path, e))?;
        let key = |(i, name): (usize, &str)| format!("{}\"{name}\":", if i == 0 { '{' } else { ',' });
        let keys = spec.columns.iter().map(|c| c.name).enumerate().map(key).collect();
        Ok(Self { path, writer: BufWriter::with_capacity(1 << 16, file), keys, row: Vec::new() })
    }

    /// Adds one row.
    pub fn push<'r>(&mut self, cells: impl Iterator<Item = Cell<'r>>) -> Result<(), ExportError> {
        let failed = |path: &PathBuf, e| ExportError::io("write", path, e);
        self.row.clear();
        for (key, cell) in self.keys.iter().zip(cells) {
            self.row.extend_from_slice(key.as_bytes());
            value(cell, &mut self.row).map_err(|e| failed(&self.path, e.into()))?;
        }
        self.row.extend_from_slice(b"}\n");
        self.writer.write_all(&self.row).map_err(|e| failed(&self.path, e))
    }

    /// Waits until all is on the disk.
    pub fn finish(self) -> Result<(), ExportError> {
        let io = |e| ExportError::io("write", &self.path, e);
        let file = self.writer.into_inner().map_err(|e| io(e.into_error()))?;
        file.sync_all().map_err(io)
    }
}

fn value(cell: Cell<'_>, out: &mut Vec<u8>) -> serde_json::Result<()> {
    match cell {
        Cell::Null => serde_json::to_writer(out, &()),
        Cell::Text(text) => serde_json::to_writer(out, text),
        Cell::List(items) => serde_json::to_writer(out, items),
        Cell::Bool(value) => serde_json::to_writer(out, &value),
        Cell::Int(value) => serde_json::to_writer(out, &value),
        Cell::Long(value) => serde_json::to_writer(out, &value),
        Cell::Float(value) => serde_json::to_writer(out, &value),
        Cell::Date(value) => serde_json::to_writer(out, &value.to_string()),
        // No finer than the microseconds that Parquet holds.
        Cell::Instant(value) => {
            let micros = Timestamp::from_microsecond(value.as_microsecond()).unwrap_or(value);
            serde_json::to_writer(out, &micros.to_string())
        }
    }
}
