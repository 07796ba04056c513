//! The Parquet file of one table: zstd, statistics per page and the page index, bloom filters on identifiers,
//! dictionaries where values repeat, row groups of at most [`ROW_GROUP_ROWS`] rows and about [`ROW_GROUP_BYTES`] bytes,
//! which bounds the memory too.

use crate::{ColumnSpec, ExportError, TableSpec};
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, ZstdLevel},
    errors::ParquetError,
    file::{
        metadata::KeyValue,
        properties::{BloomFilterProperties, EnabledStatistics, WriterProperties, WriterPropertiesBuilder},
    },
    schema::types::ColumnPath,
};
use std::{
    collections::BTreeMap,
    fs::File,
    path::{Path, PathBuf},
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

impl ParquetFile {
    pub fn create(path: PathBuf, spec: &TableSpec, schema: SchemaRef) -> Result<Self, ExportError> {
        let file = File::create(&path).map_err(|e| ExportError::io("create", &path, e))?;
        let writer = ArrowWriter::try_new(file, schema, Some(properties(spec))).map_err(|e| failed(&path, e))?;
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

fn failed(path: &Path, error: ParquetError) -> ExportError {
    match error {
        ParquetError::External(source) => ExportError::library("write", path, source),
        other => ExportError::library("write", path, Box::new(other)),
    }
}

/// Nothing in the properties depends on the time or the machine: the same rows give the same bytes.
pub(crate) fn properties(spec: &TableSpec) -> WriterProperties {
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
