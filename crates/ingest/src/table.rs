//! A table holds one article a row: CSV and its kin, Parquet, Arrow. A row becomes the JSON object of its columns' names
//! and cells, so that everything that is known of the names of fields holds for columns too.

mod cell;
mod columns;
mod messages;
mod quiet;
mod separated;

use crate::Options;
use crate::fields::Mapping;
use crate::records::Cut;
use crate::reject::code;
use crate::stream::{Fault, Stream};

/// The kinds of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text whose cells stand apart by this sign.
    Separated(u8),
    Parquet,
    /// Arrow's file format, which is also Feather's.
    ArrowFile,
    /// Arrow's stream format.
    ArrowStream,
}

/// The rows of a table.
pub enum Table {
    Separated(Box<separated::Separated>),
    Columns(columns::Columns),
}

impl Table {
    /// Opens a table.
    ///
    /// # Errors
    /// Where it is damaged, or none of its columns can be the text.
    pub fn open(stream: Stream, kind: Kind, options: &Options) -> Result<Table, Fault> {
        Ok(match kind {
            Kind::Separated(sign) => Table::Separated(Box::new(separated::Separated::open(stream, sign, options)?)),
            _ => Table::Columns(columns::Columns::open(stream, kind, options)?),
        })
    }

    /// The next row.
    pub fn next(&mut self, max_bytes: usize) -> Option<Cut> {
        match self {
            Table::Separated(rows) => rows.next(max_bytes),
            Table::Columns(rows) => rows.next(max_bytes),
        }
    }
}

/// Looks for the columns that the user named, and for one that can be the text.
fn check(names: &[String], mapping: &Mapping) -> Result<(), Fault> {
    let columns = || {
        let shown: Vec<String> = names.iter().take(30).map(|name| format!("`{name}`")).collect();
        let more = if names.len() > shown.len() { ", …" } else { "" };
        format!("{}{more}", shown.join(", "))
    };
    if let Some(missing) = mapping.missing(names) {
        let message = format!("no column `{missing}`, which --map names; the columns are {}", columns());
        return Err(Fault { code: code::NO_COLUMN, message });
    }
    if !names.iter().any(|name| mapping.is_text(name)) {
        let message = format!(
            "no column is known to hold the text; name it with `--map text=COLUMN`; the columns are {}",
            columns()
        );
        return Err(Fault { code: code::NO_COLUMN, message });
    }
    Ok(())
}
