//! Which article is a copy of which is known only when all have been seen: the earliest one may come last. The table
//! `articles` is written without it as the run goes on; at the end its column `duplicate_of` is filled by copying the files
//! once, a few rows at a time. A run without copies copies nothing.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use arrow_array::{ArrayRef, RecordBatch, StringArray, cast::AsArray};
use csv::{ByteRecord, ReaderBuilder, Terminator, WriterBuilder};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::{ExportError, Table, TableSpec, parquet::ParquetFile};

/// Rows that are copied at a time.
const ROWS: usize = 256;
const ID: &str = "article_id";
const OF: &str = "duplicate_of";

/// Fills the column in the finished Parquet file of `articles`; `scratch` is where the copy is made.
pub(crate) fn mark_parquet(
    path: &Path,
    scratch: PathBuf,
    originals: &BTreeMap<String, String>,
) -> Result<(), ExportError> {
    let spec: TableSpec = Table::Articles.spec();
    let failed = |e: Box<dyn std::error::Error + Send + Sync>| ExportError::library("read", path, e);
    let file = File::open(path).map_err(|e| ExportError::io("open", path, e))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| failed(e.into()))?;
    let schema = crate::batch::arrow_schema(&spec.columns);
    let (id, of) = (place(&spec, ID), place(&spec, OF));
    let mut copy = ParquetFile::create(scratch.clone(), &spec, schema.clone())?;
    for batch in builder.with_batch_size(ROWS).build().map_err(|e| failed(e.into()))? {
        let batch = batch.map_err(|e| failed(e.into()))?;
        let mut columns: Vec<ArrayRef> = batch.columns().to_vec();
        let ids = columns[id].as_string::<i32>();
        columns[of] = Arc::new(ids.iter().map(|id| originals.get(id?).map(String::as_str)).collect::<StringArray>());
        let batch = RecordBatch::try_new(schema.clone(), columns).map_err(|e| failed(e.into()))?;
        copy.write(&batch)?;
    }
    copy.finish()?;
    fs::rename(&scratch, path).map_err(|e| ExportError::io("replace", path, e))
}

/// Fills the column in the finished CSV file of `articles`.
pub(crate) fn mark_csv(path: &Path, scratch: PathBuf, originals: &BTreeMap<String, String>) -> Result<(), ExportError> {
    let spec: TableSpec = Table::Articles.spec();
    let (id, of) = (place(&spec, ID), place(&spec, OF));
    let failed = |e: csv::Error| match e.into_kind() {
        csv::ErrorKind::Io(source) => ExportError::io("copy", path, source),
        other => ExportError::new(format!("cannot copy `{}`", path.display()), format!("{other:?}"), None),
    };
    let mut reader = ReaderBuilder::new().has_headers(false).from_path(path).map_err(failed)?;
    let file = File::create(&scratch).map_err(|e| ExportError::io("create", &scratch, e))?;
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(file);
    let mut row = ByteRecord::new();
    while reader.read_byte_record(&mut row).map_err(failed)? {
        let original = std::str::from_utf8(&row[id]).ok().and_then(|id| originals.get(id));
        let cells = row.iter().enumerate().map(|(at, cell)| match original {
            Some(original) if at == of => original.as_bytes(),
            _ => cell,
        });
        writer.write_record(cells).map_err(failed)?;
    }
    let written = |e| ExportError::io("write", &scratch, e);
    writer.into_inner().map_err(|e| written(e.into_error()))?.sync_all().map_err(written)?;
    fs::rename(&scratch, path).map_err(|e| ExportError::io("replace", path, e))
}

/// Fills the column in the finished JSON Lines file of `articles`. In our own lines the id comes first, and a quote
/// inside a value is escaped, so that the empty cell is found by its text.
pub(crate) fn mark_jsonl(
    path: &Path,
    scratch: PathBuf,
    originals: &BTreeMap<String, String>,
) -> Result<(), ExportError> {
    let read = |e| ExportError::io("read", path, e);
    let written = |e| ExportError::io("write", &scratch, e);
    let mut reader = BufReader::new(File::open(path).map_err(read)?);
    let mut writer = BufWriter::new(File::create(&scratch).map_err(|e| ExportError::io("create", &scratch, e))?);
    let (start, empty) = (format!("{{\"{ID}\":\""), format!(",\"{OF}\":null"));
    let mut line = String::new();
    while reader.read_line(&mut line).map_err(read)? > 0 {
        let id = line.strip_prefix(&start).and_then(|rest| rest.split_once('"')).map(|(id, _)| id);
        match id.and_then(|id| originals.get(id)) {
            Some(original) => {
                let marked = line.replacen(&empty, &format!(",\"{OF}\":{}", serde_json::json!(original)), 1);
                writer.write_all(marked.as_bytes())
            }
            None => writer.write_all(line.as_bytes()),
        }
        .map_err(written)?;
        line.clear();
    }
    writer.into_inner().map_err(|e| written(e.into_error()))?.sync_all().map_err(written)?;
    fs::rename(&scratch, path).map_err(|e| ExportError::io("replace", path, e))
}

/// Where a column stands.
fn place(spec: &TableSpec, name: &str) -> usize {
    spec.columns.iter().position(|column| column.name == name).unwrap_or_default()
}
