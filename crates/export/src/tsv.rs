//! A tab-separated file as GDELT and POLECAT have them: one line a row, no quoting at all. Tabs and line breaks within a
//! cell become spaces and double quotes single ones, so that readers that know quoting and readers that don't see the
//! same cells.

use crate::ExportError;
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

/// A tab-separated file being written.
pub(crate) struct TsvFile {
    path: PathBuf,
    writer: BufWriter<File>,
    rows: u64,
}

impl TsvFile {
    pub fn create(path: PathBuf) -> Result<Self, ExportError> {
        let file = File::create(&path).map_err(|e| ExportError::io("create", &path, e))?;
        Ok(Self { path, writer: BufWriter::with_capacity(1 << 16, file), rows: 0 })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds one row.
    pub fn push<S: AsRef<str>>(&mut self, cells: &[S]) -> Result<(), ExportError> {
        self.rows += 1;
        self.line(cells).map_err(|e| ExportError::io("write", &self.path, e))
    }

    /// Adds a line that counts for no row.
    pub fn header(&mut self, cells: &[&str]) -> Result<(), ExportError> {
        self.line(cells).map_err(|e| ExportError::io("write", &self.path, e))
    }

    fn line<S: AsRef<str>>(&mut self, cells: &[S]) -> std::io::Result<()> {
        for (i, cell) in cells.iter().enumerate() {
            if i > 0 {
                self.writer.write_all(b"\t")?;
            }
            self.writer.write_all(plain(cell.as_ref()).as_bytes())?;
        }
        self.writer.write_all(b"\n")
    }

    /// Waits until all is on the disk and returns the number of rows.
    pub fn finish(self) -> Result<u64, ExportError> {
        let failed = |e| ExportError::io("write", &self.path, e);
        let file = self.writer.into_inner().map_err(|e| failed(e.into_error()))?;
        file.sync_all().map_err(failed)?;
        Ok(self.rows)
    }
}

/// A cell without what would break the line or start a quotation.
fn plain(cell: &str) -> std::borrow::Cow<'_, str> {
    let breaks = |c: char| c.is_control() || c == '"' || matches!(c, '\u{2028}' | '\u{2029}');
    if !cell.contains(breaks) {
        return cell.into();
    }
    let one = |c: char| if c == '"' { '\'' } else { ' ' };
    cell.replace("\r\n", "\n").chars().map(|c| if breaks(c) { one(c) } else { c }).collect::<String>().into()
}
