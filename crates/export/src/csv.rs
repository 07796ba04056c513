//! The CSV file of one table (RFC 4180: header, commas, CRLF, quotes where needed; UTF-8). A list is joined by `;`, a
//! missing value is an empty cell, dates and instants are ISO 8601, a float has the fewest digits that give it back and
//! always a point or an exponent, so that no reader takes its column for integers.

use crate::{ExportError, TableSpec, column::Cell};
use csv::{Terminator, Writer, WriterBuilder};
use jiff::Timestamp;
use std::{
    fmt::Write as _,
    fs::File,
    path::{Path, PathBuf},
};

/// A CSV file being written.
pub(crate) struct CsvFile {
    path: PathBuf,
    writer: Writer<File>,
    /// Room for one cell, used again and again.
    cell: String,
}

impl CsvFile {
    pub fn create(path: PathBuf, spec: &TableSpec) -> Result<Self, ExportError> {
        let file = File::create(&path).map_err(|e| ExportError::io("create", &path, e))?;
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).buffer_capacity(1 << 16).from_writer(file);
        writer.write_record(spec.columns.iter().map(|c| c.name)).map_err(|e| failed(&path, e))?;
        Ok(Self { path, writer, cell: String::new() })
    }

    /// Adds one row.
    pub fn push<'r>(&mut self, cells: impl Iterator<Item = Cell<'r>>) -> Result<(), ExportError> {
        for cell in cells {
            self.cell.clear();
            let text = match cell {
                Cell::Text(text) => text,
                other => {
                    format(other, &mut self.cell);
                    &self.cell
                }
            };
            self.writer.write_field(text).map_err(|e| failed(&self.path, e))?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(|e| failed(&self.path, e))
    }

    /// Waits until all is on the disk.
    pub fn finish(self) -> Result<(), ExportError> {
        let io = |e| ExportError::io("write", &self.path, e);
        let file = self.writer.into_inner().map_err(|e| io(e.into_error()))?;
        file.sync_all().map_err(io)
    }
}

fn failed(path: &Path, error: csv::Error) -> ExportError {
    match error.into_kind() {
        csv::ErrorKind::Io(source) => ExportError::io("write", path, source),
        other => ExportError::new(format!("cannot write `{}`", path.display()), format!("{other:?}"), None),
    }
}

/// Writes a cell's text to `out`; writing to a string cannot fail.
fn format(cell: Cell<'_>, out: &mut String) {
    let _ = match cell {
        Cell::Null => Ok(()),
        Cell::Text(text) => out.write_str(text),
        Cell::List(items) => {
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i == 0 { "" } else { ";" });
                out.push_str(item);
            }
            Ok(())
        }
        Cell::Bool(value) => write!(out, "{value}"),
        Cell::Int(value) => write!(out, "{value}"),
        Cell::Long(value) => write!(out, "{value}"),
        Cell::Float(value) => write!(out, "{value:?}"),
        Cell::Date(value) => write!(out, "{value}"),
        // No finer than the microseconds that Parquet holds.
        Cell::Instant(value) => write!(out, "{}", Timestamp::from_microsecond(value.as_microsecond()).unwrap_or(value)),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(cell: Cell<'_>) -> String {
        let mut out = String::new();
        format(cell, &mut out);
        out
    }

    #[test]
    fn cells_are_written_in_full_and_as_short_as_they_can_be() {
        for (value, expected) in
            [(0.1, "0.1"), (12.9e9, "12900000000.0"), (1e21, "1e21"), (-2.5, "-2.5"), (1.0 / 3.0, "0.3333333333333333")]
        {
            assert_eq!(cell(Cell::Float(value)), expected);
            assert_eq!(expected.parse::<f64>().unwrap(), value);
        }
        assert_eq!(cell(Cell::Null), "");
        assert_eq!(cell(Cell::List(&["a".into(), "b, c".into()])), "a;b, c");
        assert_eq!(cell(Cell::List(&[])), "");
        assert_eq!(cell(Cell::Date(jiff::civil::date(2025, 8, 23))), "2025-08-23");
        let instant: Timestamp = "2025-08-23T10:00:00.123456789+09:00".parse().unwrap();
        assert_eq!(cell(Cell::Instant(instant)), "2025-08-23T01:00:00.123456Z");
    }
}
