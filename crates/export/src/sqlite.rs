//! The SQLite file of an export. Lists are JSON arrays as text (`json_each` reads them), dates and instants are ISO 8601
//! as text, as SQLite's own date functions take them; each column's description stands beside it in the stored `CREATE
//! TABLE`. All is written in one transaction, without a write-ahead log: one file and nothing beside it.

use crate::{
    ExportError, Kind, TableSpec,
    batch::date_of_days,
    database::{Source, index_name, indexes, primary_key, views},
};
use arrow_array::{
    Array, RecordBatch,
    cast::AsArray,
    types::{Date32Type, Float64Type, Int32Type, Int64Type, TimestampMicrosecondType},
};
use jiff::Timestamp;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rusqlite::{
    Connection, OpenFlags, Statement,
    types::{Value, ValueRef},
};
use std::{
    fmt::Write as _,
    fs::File,
    io::{self, ErrorKind},
    path::Path,
};

/// Rows that are read at a time.
const ROWS: usize = 1024;

/// Writes a new SQLite file with these tables; `scratch` is a folder for temporary files, where indexes are sorted.
pub(crate) fn write(path: &Path, scratch: &Path, sources: &[Source]) -> Result<(), ExportError> {
    let failed = |e: rusqlite::Error| sql_error(path, &e);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut database = Connection::open_with_flags(path, flags).map_err(failed)?;
    // A stage that fails is thrown away as a whole: there is nothing to roll back to. The file is synced once at the end.
    database
        .execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE")
        .map_err(failed)?;
    temporary_files(&database, Some(scratch)).map_err(failed)?;
    let all = database.transaction().map_err(failed)?;
    for source in sources {
        all.execute_batch(&create(&source.spec)).map_err(failed)?;
        let places = vec!["?"; source.spec.columns.len()].join(", ");
        let mut insert =
            all.prepare(&format!("INSERT INTO {} VALUES ({places})", source.spec.table)).map_err(failed)?;
        fill(&mut insert, source, path)?;
    }
    for source in sources {
        let table = source.spec.table;
        for columns in indexes(table) {
            let name = index_name(table, columns);
            all.execute_batch(&format!("CREATE INDEX {name} ON {table} ({columns})")).map_err(failed)?;
        }
    }
    let tables: Vec<_> = sources.iter().map(|source| source.spec.table).collect();
    for view in views(&tables) {
        all.execute_batch(&view).map_err(failed)?;
    }
    // What the query planner needs to choose among the indexes.
    all.execute_batch("ANALYZE").map_err(failed)?;
    all.commit().map_err(failed)?;
    temporary_files(&database, None).map_err(failed)?;
    database.close().map_err(|(_, e)| failed(e))?;
    File::open(path).and_then(|file| file.sync_all()).map_err(|e| ExportError::io("write", path, e))
}

/// Where temporary files go; nothing but the output folder is written to. SQLite keeps this for the whole process, so it
/// is taken back when all is done.
fn temporary_files(database: &Connection, folder: Option<&Path>) -> rusqlite::Result<()> {
    let folder = folder.map(Path::to_string_lossy).unwrap_or_default();
    database.pragma_update(None, "temp_store_directory", folder.as_ref())
}

fn create(spec: &TableSpec) -> String {
    let mut sql = format!("CREATE TABLE {} ( -- {}\n", spec.table, spec.description);
    for (i, column) in spec.columns.iter().enumerate() {
        let kind = match column.kind {
            Kind::Text | Kind::List | Kind::Date | Kind::Instant => "TEXT",
            Kind::Bool | Kind::Int | Kind::Long => "INTEGER",
            Kind::Float => "REAL",
        };
        let key = if primary_key(spec.table) == Some(column.name) { " PRIMARY KEY" } else { "" };
        let null = if column.nullable { "" } else { " NOT NULL" };
        let comma = if i + 1 == spec.columns.len() { "" } else { "," };
        // Writing to a string cannot fail.
        let _ = writeln!(sql, "  \"{}\" {kind}{key}{null}{comma} -- {}", column.name, column.description);
    }
    sql.push(')');
    sql
}

fn fill(insert: &mut Statement<'_>, source: &Source, path: &Path) -> Result<(), ExportError> {
    let unreadable = |e: Box<dyn std::error::Error + Send + Sync>| ExportError::library("read", &source.parquet, e);
    let file = File::open(&source.parquet).map_err(|e| ExportError::io("open", &source.parquet, e))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| unreadable(e.into()))?;
    for batch in builder.with_batch_size(ROWS).build().map_err(|e| unreadable(e.into()))? {
        let batch: RecordBatch = batch.map_err(|e| unreadable(e.into()))?;
        for row in 0..batch.num_rows() {
            for (i, column) in batch.columns().iter().enumerate() {
                let bound = match source.spec.columns[i].kind {
                    // Bound without a copy.
                    Kind::Text if column.is_valid(row) => {
                        let text = ValueRef::Text(column.as_string::<i32>().value(row).as_bytes());
                        insert.raw_bind_parameter(i + 1, rusqlite::types::ToSqlOutput::Borrowed(text))
                    }
                    kind => insert.raw_bind_parameter(i + 1, value(column, kind, row)),
                };
                bound.map_err(|e| sql_error(path, &e))?;
            }
            insert.raw_execute().map_err(|e| sql_error(path, &e))?;
        }
    }
    Ok(())
}

/// A cell of a column as SQLite holds it.
fn value(column: &dyn Array, kind: Kind, row: usize) -> Value {
    if column.is_null(row) {
        return Value::Null;
    }
    match kind {
        Kind::Text => Value::Text(column.as_string::<i32>().value(row).to_owned()),
        Kind::List => {
            let list = column.as_list::<i32>().value(row);
            let items: Vec<&str> = list.as_string::<i32>().iter().flatten().collect();
            Value::Text(serde_json::json!(items).to_string())
        }
        Kind::Bool => Value::Integer(i64::from(column.as_boolean().value(row))),
        Kind::Int => Value::Integer(i64::from(column.as_primitive::<Int32Type>().value(row))),
        Kind::Long => Value::Integer(column.as_primitive::<Int64Type>().value(row)),
        Kind::Float => Value::Real(column.as_primitive::<Float64Type>().value(row)),
        Kind::Date => {
            let date = date_of_days(column.as_primitive::<Date32Type>().value(row));
            date.map_or(Value::Null, |date| Value::Text(date.to_string()))
        }
        Kind::Instant => {
            let instant = Timestamp::from_microsecond(column.as_primitive::<TimestampMicrosecondType>().value(row));
            instant.map_or(Value::Null, |instant| Value::Text(instant.to_string()))
        }
    }
}

/// SQLite hides the system's error behind its own codes.
fn sql_error(path: &Path, error: &rusqlite::Error) -> ExportError {
    let kind = match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => Some(ErrorKind::StorageFull),
        Some(rusqlite::ErrorCode::ReadOnly) => Some(ErrorKind::PermissionDenied),
        _ => None,
    };
    match kind {
        Some(kind) => ExportError::io("write", path, io::Error::new(kind, error.to_string())),
        None => ExportError::new(format!("cannot write `{}`", path.display()), error.to_string(), None),
    }
}
