//! A format is a form in which an export is written: one file a table (Parquet, CSV, JSON Lines), one file with all
//! tables (SQLite, DuckDB), or the layout of a data set that the field already reads (GDELT, POLECAT).

use crate::{ExportError, Table};
use std::{fmt, str::FromStr};

/// A format that an export is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileFormat {
    /// Apache Parquet, one file a table.
    Parquet,
    /// Comma-separated values, one file a table.
    Csv,
    /// JSON Lines, one file a table.
    Jsonl,
    /// One SQLite file with all tables.
    Sqlite,
    /// One DuckDB file with all tables, written by the machine's libduckdb.
    Duckdb,
    /// GDELT 2.0: events, mentions and GKG 2.1.
    Gdelt,
    /// POLECAT's 40 columns.
    Polecat,
}

/// The file of `--format sqlite`.
pub(crate) const SQLITE_FILE: &str = "broadsheet.sqlite";
/// The file of `--format duckdb`.
pub(crate) const DUCKDB_FILE: &str = "broadsheet.duckdb";
/// The files of `--format gdelt`, with the ends of names that GDELT's own files have.
pub(crate) const GDELT_FILES: [&str; 3] = ["gdelt.export.CSV", "gdelt.mentions.CSV", "gdelt.gkg.csv"];
/// The file of `--format polecat`.
pub(crate) const POLECAT_FILE: &str = "polecat.tsv";

impl FileFormat {
    /// All formats.
    pub const ALL: [FileFormat; 7] =
        [Self::Parquet, Self::Csv, Self::Jsonl, Self::Sqlite, Self::Duckdb, Self::Gdelt, Self::Polecat];

    /// The format's name, as `--format` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Sqlite => "sqlite",
            Self::Duckdb => "duckdb",
            Self::Gdelt => "gdelt",
            Self::Polecat => "polecat",
        }
    }

    /// Whether it has one file a table, named after the table and the format.
    pub(crate) fn is_per_table(self) -> bool {
        matches!(self, Self::Parquet | Self::Csv | Self::Jsonl)
    }

    /// Whether it has one file with all tables.
    pub(crate) fn is_database(self) -> bool {
        matches!(self, Self::Sqlite | Self::Duckdb)
    }
}

/// The formats' names, for messages.
pub(crate) fn names() -> String {
    format!("the formats are {}", FileFormat::ALL.map(FileFormat::name).join(", "))
}

/// Whether `name` is that of a file that some format writes.
pub(crate) fn is_output(name: &str) -> bool {
    let of_table = |(stem, extension): (&str, &str)| {
        FileFormat::ALL.iter().any(|f| f.is_per_table() && f.name() == extension)
            && Table::ALL.iter().any(|t| t.name() == stem)
    };
    matches!(name, SQLITE_FILE | DUCKDB_FILE | POLECAT_FILE)
        || GDELT_FILES.contains(&name)
        || name.rsplit_once('.').is_some_and(of_table)
}

impl fmt::Display for FileFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for FileFormat {
    type Err = ExportError;

    fn from_str(name: &str) -> Result<Self, ExportError> {
        let found = Self::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| ExportError::new(format!("no format `{name}`"), names(), None))
    }
}
