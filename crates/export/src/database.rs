//! A database is one file with all tables of an export: keys, indexes, and views that join. It is filled at the end of
//! the run from the finished Parquet files, batch by batch, so that rollups and marks of copies are in it and memory
//! stays bounded. What follows here is the same for SQLite and DuckDB; each has its own file.

use crate::{ExportError, FileFormat, Table, TableSpec, duckdb, format, stage::Stage};
use std::path::PathBuf;

/// A table to fill a database with, and the Parquet file that holds its rows.
pub(crate) struct Source {
    pub spec: TableSpec,
    pub parquet: PathBuf,
}

/// Says where a database cannot be written, before the slow part of a run begins.
pub(crate) fn check(formats: &[FileFormat]) -> Result<(), ExportError> {
    if formats.contains(&FileFormat::Duckdb) {
        duckdb::check()?;
    }
    if cfg!(not(feature = "sqlite")) && formats.contains(&FileFormat::Sqlite) {
        return Err(ExportError::new("cannot write SQLite files", "this program was built without them", None));
    }
    Ok(())
}

/// Writes the databases among `formats`.
pub(crate) fn write_all(formats: &[FileFormat], stage: &Stage, sources: &[Source]) -> Result<(), ExportError> {
    #[cfg(feature = "sqlite")]
    if formats.contains(&FileFormat::Sqlite) {
        crate::sqlite::write(&stage.file(format::SQLITE_FILE), &stage.scratch("")?, sources)?;
    }
    if formats.contains(&FileFormat::Duckdb) {
        duckdb::write(&stage.file(format::DUCKDB_FILE), &stage.scratch("duckdb")?, sources)?;
    }
    Ok(())
}

/// The column that identifies a row, where there is one. Other tables have several rows for an identifier.
pub(crate) fn primary_key(table: Table) -> Option<&'static str> {
    match table {
        Table::Articles => Some("article_id"),
        _ => None,
    }
}

/// The columns of each index of a table: what rows are looked up and joined by.
pub(crate) fn indexes(table: Table) -> &'static [&'static str] {
    match table {
        Table::Articles => &["published_at", "url"],
        Table::Actors => &["actor_id", "article_id", "country"],
        Table::Mentions => &["article_id, actor_id"],
        Table::Events => &[
            "event_id",
            "article_id",
            "event_date",
            "actor_country, recipient_country, event_date",
            "actor_id",
            "recipient_id",
        ],
        Table::Figures => &["figure_id", "article_id", "actor_id", "event_id"],
        Table::Times => &["article_id"],
        Table::Quotes => &["quote_id", "article_id", "speaker_id"],
        Table::Tokens => &["article_id"],
        Table::Rejects => &["code"],
        Table::DyadDays => &["event_date", "actor_country, recipient_country, event_date"],
        Table::ActorDays => &["actor_id, event_date", "event_date"],
        Table::CountryDyadMonths => &["month", "actor_country, recipient_country, month"],
        Table::EventTypeWeeks => &["week"],
    }
}

/// The name of an index over `columns`.
pub(crate) fn index_name(table: Table, columns: &str) -> String {
    format!("{table}_by_{}", columns.replace(", ", "_"))
}

/// The statements that create the views which `tables` suffice for: rows with the article that tells them.
pub(crate) fn views(tables: &[Table]) -> Vec<String> {
    if !tables.contains(&Table::Articles) {
        return Vec::new();
    }
    let joined = [Table::Actors, Table::Events, Table::Figures, Table::Quotes];
    let view = |table: &Table| {
        format!(
            "CREATE VIEW {table}_in_articles AS SELECT {table}.*, articles.title, articles.url, articles.domain, \
             articles.publisher, articles.published_at, articles.duplicate_of \
             FROM {table} JOIN articles USING (article_id)"
        )
    };
    joined.iter().filter(|table| tables.contains(table)).map(view).collect()
}
