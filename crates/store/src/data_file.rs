//! A data file is a Parquet file of one table and one month. It is written in full and waits on the disk before anything
//! refers to it: a file that nothing refers to is no part of the store, and `vacuum` removes it.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};

use arrow_array::{
    Array, ArrayRef, RecordBatch, UInt64Array,
    cast::AsArray,
    types::{Date32Type, TimestampMicrosecondType},
};
use arrow_ord::sort::{SortColumn, lexsort_to_indices};
use arrow_schema::{DataType, SortOptions, TimeUnit};
use arrow_select::{concat::concat_batches, take::take_record_batch};
use deltalake::kernel::Add;
use jiff::{Timestamp, civil::date};
use parquet::arrow::{ArrowWriter, ProjectionMask, arrow_reader::ParquetRecordBatchReaderBuilder};
use serde_json::{Map, Value, json};

use crate::{
    StoreError,
    tables::{MONTH, StoreTable},
};

/// Where a file of a table is, relative to the table's folder.
pub fn name(month: Option<&str>, batch: i64, number: usize) -> String {
    let file = format!("part-{batch:010}-{number:05}.parquet");
    month.map_or(file.clone(), |month| format!("{MONTH}={month}/{file}"))
}

/// Writes rows, sorted as the table is, and says what the table's log is to hold of the file.
pub fn write(
    root: &Path,
    table: StoreTable,
    month: Option<&str>,
    name: &str,
    rows: &[RecordBatch],
) -> Result<Add, StoreError> {
    let folder = root.join(table.name());
    let path = folder.join(name);
    let failed = |e: &dyn std::fmt::Display| StoreError::library("write", &path, e);
    let mut rows = concat_batches(&table.schema(), rows).map_err(|e| failed(&e))?;
    if let Some(column) = table.sorted_by() {
        let nulls_last = SortOptions { descending: false, nulls_first: false };
        // Equal dates stay in the order of the articles: the place of the row comes second.
        let places: ArrayRef = Arc::new(UInt64Array::from_iter_values(0..rows.num_rows() as u64));
        let by = |values: ArrayRef| SortColumn { values, options: Some(nulls_last) };
        let order = lexsort_to_indices(&[by(rows[column].clone()), by(places)], None).map_err(|e| failed(&e))?;
        rows = take_record_batch(&rows, &order).map_err(|e| failed(&e))?;
    }
    // Only the folder of the month: a store that was deleted meanwhile is not made anew.
    if let Some(parent) = path.parent().filter(|parent| *parent != folder) {
        match fs::create_dir(parent) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return Err(StoreError::io("create", parent, &error));
            }
            _ => {}
        }
    }
    let io = |e: std::io::Error| StoreError::io("write", &path, &e);
    let file = File::create(&path).map_err(io)?;
    let mut writer = ArrowWriter::try_new(file, rows.schema(), Some(table.properties())).map_err(|e| failed(&e))?;
    writer.write(&rows).map_err(|e| failed(&e))?;
    let file = writer.into_inner().map_err(|e| failed(&e))?;
    file.sync_all().map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    Ok(Add {
        path: name.to_owned(),
        partition_values: month.map(|m| HashMap::from([(MONTH.to_owned(), Some(m.to_owned()))])).unwrap_or_default(),
        size: i64::try_from(size).unwrap_or(i64::MAX),
        modification_time: Timestamp::now().as_millisecond(),
        data_change: true,
        stats: Some(statistics(&rows).to_string()),
        ..Add::default()
    })
}

const DAMAGED: &str = "the log refers to it: restore it from a backup, or move the store away and run again";

/// Opens the rows of a file, all columns or some.
///
/// # Errors
/// Where the file is missing or damaged; the iterator's items fail for the same reasons.
pub fn read(
    path: PathBuf,
    columns: Option<&[&str]>,
) -> Result<impl Iterator<Item = Result<RecordBatch, StoreError>> + use<>, StoreError> {
    let file = File::open(&path).map_err(|e| StoreError::io("open", &path, &e).hint(DAMAGED))?;
    let failed = |path: &Path, e: &dyn std::fmt::Display| StoreError::library("read", path, e).hint(DAMAGED);
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| failed(&path, &e))?;
    let builder = match columns {
        Some(columns) => {
            let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
            builder.with_projection(mask)
        }
        None => builder,
    };
    let reader = builder.with_batch_size(8192).build().map_err(|e| failed(&path, &e))?;
    Ok(reader.map(move |batch| batch.map_err(|e| failed(&path, &e))))
}

/// What engines skip files by: the number of rows, and the span of each date, time and identifier of an article.
fn statistics(rows: &RecordBatch) -> Value {
    let (mut min, mut max, mut nulls) = (Map::new(), Map::new(), Map::new());
    for (field, column) in rows.schema().fields().iter().zip(rows.columns()) {
        let span: Option<(Value, Value)> = match field.data_type() {
            DataType::Date32 => {
                let values = column.as_primitive::<Date32Type>().iter().flatten();
                span(values).and_then(|(min, max)| Some((day(min)?, day(max)?)))
            }
            DataType::Timestamp(TimeUnit::Microsecond, _) => {
                let values = column.as_primitive::<TimestampMicrosecondType>().iter().flatten();
                // In milliseconds, the latest rounded up.
                span(values).and_then(|(min, max)| {
                    Some((instant(min.div_euclid(1000))?, instant((max + 999).div_euclid(1000))?))
                })
            }
            DataType::Utf8 if field.name() == "article_id" => {
                span(column.as_string::<i32>().iter().flatten()).map(|(min, max)| (min.into(), max.into()))
            }
            _ => continue,
        };
        nulls.insert(field.name().clone(), column.null_count().into());
        if let Some((least, most)) = span {
            min.insert(field.name().clone(), least);
            max.insert(field.name().clone(), most);
        }
    }
    json!({"numRecords": rows.num_rows(), "minValues": min, "maxValues": max, "nullCount": nulls})
}

fn span<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Option<(T, T)> {
    values.fold(None, |span, v| Some(span.map_or((v, v), |(min, max): (T, T)| (min.min(v), max.max(v)))))
}

/// A day as logs have it; none before the year 1, which not every reader understands.
fn day(days: i32) -> Option<Value> {
    let day = date(1970, 1, 1).checked_add(jiff::SignedDuration::from_hours(i64::from(days) * 24)).ok()?;
    (day.year() > 0).then(|| day.to_string().into())
}

fn instant(milliseconds: i64) -> Option<Value> {
    let instant = Timestamp::from_millisecond(milliseconds).ok()?;
    (milliseconds > -62_135_596_800_000).then(|| format!("{instant:.3}").into())
}
