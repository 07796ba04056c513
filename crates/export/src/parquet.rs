//! The Parquet file of one table: zstd, statistics per page and the page index, bloom filters on identifiers,
//! dictionaries where values repeat, row groups of at most [`ROW_GROUP_ROWS`] rows and about [`ROW_GROUP_BYTES`] bytes, which bounds the memory too.

use crate::{ColumnSpec, ExportError, Table, TableSpec};
use arrow_array::{RecordBatch, UInt32Array};
use arrow_ord::sort::{SortColumn, lexsort_to_indices};
use arrow_schema::{ArrowError, SchemaRef, SortOptions};
use arrow_select::take::take_record_batch;
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, ZstdLevel},
    errors::ParquetError,
    file::{
        metadata::{KeyValue, SortingColumn},
        properties::{BloomFilterProperties, EnabledStatistics, WriterProperties, WriterPropertiesBuilder},
    },
    schema::types::ColumnPath,
};
use std::{
    collections::BTreeMap,
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
};

const ROW_GROUP_ROWS: usize = 131_072;
const ROW_GROUP_BYTES: usize = 64 << 20;
/// Long texts are cut to this length in the statistics.
const STATISTICS_BYTES: usize = 64;

/// How often a bloom filter takes an identifier for one of its row group's that isn't.
const FALSE_POSITIVES: f64 = 0.01;

/// A Parquet file being written.
pub(crate) struct ParquetFile {
    path: PathBuf,
    writer: ArrowWriter<File>,
}

/// A Parquet file of one table, with the properties of all our Parquet files, for callers that bring the rows themselves:
/// a store, a generator of test data.
pub struct ParquetTable(ParquetFile);

impl ParquetTable {
    /// Starts a file. `schema` is the table's ([`crate::table_schema`]), perhaps with columns of the caller's after it.
    /// Where the rows come sorted by a column, ascending with missing values last, `sorted_by` names it, and the file
    /// says so to its readers.
    ///
    /// # Errors
    /// Where the file cannot be created, or there is no column of that name.
    pub fn create(path: &Path, table: Table, schema: SchemaRef, sorted_by: Option<&str>) -> Result<Self, ExportError> {
        let sorting = sorted_by.map(|name| {
            let index = schema.index_of(name).map_err(|e| ExportError::library("write", path, e.into()))?;
            Ok(SortingColumn { column_idx: index as i32, descending: false, nulls_first: false })
        });
        let sorting = sorting.transpose()?.map(|column| vec![column]);
        let properties = properties(&table.spec()).into_builder().set_sorting_columns(sorting).build();
        ParquetFile::with_properties(path.to_owned(), schema, properties).map(Self)
    }

    /// Adds rows.
    ///
    /// # Errors
    /// Where they have another schema or cannot be written.
    pub fn write(&mut self, rows: &RecordBatch) -> Result<(), ExportError> {
        self.0.write(rows)
    }

    /// Writes the footer and waits until all is on the disk.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn finish(self) -> Result<(), ExportError> {
        self.0.finish()
    }
}

impl ParquetFile {
    pub fn create(path: PathBuf, spec: &TableSpec, schema: SchemaRef) -> Result<Self, ExportError> {
        Self::with_properties(path, schema, properties(spec))
    }

    fn with_properties(path: PathBuf, schema: SchemaRef, properties: WriterProperties) -> Result<Self, ExportError> {
        let file = File::create(&path).map_err(|e| ExportError::io("create", &path, e))?;
        let writer = ArrowWriter::try_new(file, schema, Some(properties)).map_err(|e| failed(&path, e))?;
        Ok(Self { path, writer })
    }

    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), ExportError> {
        self.writer.write(batch).map_err(|e| failed(&self.path, e))
    }

    /// Writes the footer and waits until all is on the disk.
    pub fn finish(mut self) -> Result<(), ExportError> {
        self.writer.finish().map_err(|e| failed(&self.path, e))?;
        let io = |e| ExportError::io("write", &self.path, e);
        self.writer.sync().map_err(io)?;
        self.writer.inner().sync_all().map_err(io)
    }
}

/// The rows in the order of a column, ascending with missing values last, those with the same value as they stood: what a
/// file that is `sorted_by` the column wants.
///
/// # Errors
/// Where there is no column of that name or its type has no order.
pub fn sorted(rows: &RecordBatch, by: &str) -> Result<RecordBatch, ExportError> {
    let failed = |e: ArrowError| ExportError::new(format!("cannot sort rows by `{by}`"), e.to_string(), None);
    let column = rows.column(rows.schema().index_of(by).map_err(failed)?).clone();
    let order = SortOptions { descending: false, nulls_first: false };
    // The place of each row decides among equals: the sort itself keeps no order.
    let place = Arc::new(UInt32Array::from_iter_values(0..rows.num_rows() as u32));
    let columns = [SortColumn { values: column, options: Some(order) }, SortColumn { values: place, options: None }];
    let places = lexsort_to_indices(&columns, None).map_err(failed)?;
    take_record_batch(rows, &places).map_err(failed)
}

fn failed(path: &Path, error: ParquetError) -> ExportError {
    match error {
        ParquetError::External(source) => ExportError::library("write", path, source),
        other => ExportError::library("write", path, Box::new(other)),
    }
}

/// Nothing in the properties depends on the time or the machine: the same rows give the same bytes.
fn properties(spec: &TableSpec) -> WriterProperties {
    let descriptions: BTreeMap<&str, &str> = spec.columns.iter().map(|c| (c.name, c.description)).collect();
    let metadata = vec![
        KeyValue::new("broadsheet.version".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        KeyValue::new("broadsheet.table".to_owned(), spec.table.name().to_owned()),
        KeyValue::new("broadsheet.description".to_owned(), spec.description.to_owned()),
        // For readers that do not decode the Arrow schema, where each field carries its description too.
        KeyValue::new("broadsheet.columns".to_owned(), serde_json::json!(descriptions).to_string()),
    ];
    let builder = WriterProperties::builder()
        .set_created_by(concat!("broadsheet version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_key_value_metadata(Some(metadata))
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_statistics_truncate_length(Some(STATISTICS_BYTES))
        .set_column_index_truncate_length(Some(STATISTICS_BYTES))
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .set_max_row_group_bytes(Some(ROW_GROUP_BYTES));
    let unique = spec.columns.iter().filter(|column| column.unique);
    let builder = unique.fold(builder, |b, c| b.set_column_dictionary_enabled(ColumnPath::from(c.name), false));
    // Statistics say nothing of hashes; a filter does. It shrinks to what its row group needs.
    let ids = spec.columns.iter().filter(|column| column.is_id());
    let filtered = |b: WriterPropertiesBuilder, c: &ColumnSpec| {
        let filter =
            BloomFilterProperties::builder().with_fpp(FALSE_POSITIVES).with_max_ndv(ROW_GROUP_ROWS as u64).build();
        b.set_column_bloom_filter_properties(ColumnPath::from(c.name), filter)
    };
    ids.fold(builder, filtered).build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table_schema;
    use arrow_array::{Array, ArrayRef, Date32Array, cast::AsArray, new_null_array, types::Date32Type};
    use parquet::file::reader::{FileReader, SerializedFileReader};

    #[test]
    fn a_sorted_file_says_so_and_has_the_properties_of_all() {
        let schema = table_schema(Table::Times);
        let days = Date32Array::from(vec![Some(9), None, Some(3), Some(9)]);
        let columns = schema.fields().iter().map(|field| match field.name().as_str() {
            "date_from" => Arc::new(days.clone()) as ArrayRef,
            "text" => Arc::new(arrow_array::StringArray::from(vec!["a", "b", "c", "d"])),
            _ if field.is_nullable() => new_null_array(field.data_type(), 4),
            _ => match field.data_type() {
                arrow_schema::DataType::Utf8 => Arc::new(arrow_array::StringArray::from(vec!["-"; 4])) as ArrayRef,
                _ => Arc::new(arrow_array::Int32Array::from(vec![0; 4])),
            },
        });
        let rows = RecordBatch::try_new(schema.clone(), columns.collect()).unwrap();
        let rows = sorted(&rows, "date_from").unwrap();
        assert_eq!(
            rows["date_from"].as_primitive::<Date32Type>().iter().collect::<Vec<_>>(),
            [Some(3), Some(9), Some(9), None]
        );
        let texts: Vec<_> = rows["text"].as_string::<i32>().iter().flatten().collect();
        assert_eq!(texts, ["c", "a", "d", "b"]);
        assert!(sorted(&rows, "nothing").unwrap_err().to_string().starts_with("cannot sort rows by `nothing`"));

        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("part-0.parquet");
        let mut file = ParquetTable::create(&path, Table::Times, schema.clone(), Some("date_from")).unwrap();
        file.write(&rows).unwrap();
        file.finish().unwrap();
        let reader = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
        let group = reader.metadata().row_group(0);
        let at = schema.index_of("date_from").unwrap();
        assert_eq!(group.sorting_columns().unwrap()[0].column_idx, at as i32);
        assert!(group.column(0).bloom_filter_offset().is_some() && group.column(at).statistics().is_some());
        assert_eq!(rows["text"].len(), 4);
    }
}
