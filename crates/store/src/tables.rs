//! The tables of a store: those of ours that follow from articles alone, each with the month of publication as a column
//! that its files are partitioned by, and two of the store's own.
//!
//! - `fingerprints`: one row per article, by which a later run tells what it has seen and what is a copy.
//! - `sources`: what was read of which file; of the rows of one file the one with the highest `batch` counts.

use std::{collections::HashMap, fmt, sync::Arc};

use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use broadsheet_export::{Table, parquet_properties, table_schema};
use deltalake::kernel::{StructField, StructType, engine::arrow_conversion::TryFromArrow};
use parquet::{
    basic::{Compression, ZstdLevel},
    file::{metadata::SortingColumn, properties::WriterProperties},
};

use crate::StoreError;

/// The column that tables are partitioned by: the month of `published_at` in UTC, or [`UNKNOWN`].
pub const MONTH: &str = "published_month";
/// The month of articles without a time of publication.
pub const UNKNOWN: &str = "unknown";

/// A table of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StoreTable {
    /// One of ours.
    Rows(Table),
    /// What is kept of each article to know it again.
    Fingerprints,
    /// What was read of each source.
    Sources,
}

impl StoreTable {
    /// All tables, in the order in which a batch is committed.
    pub const ALL: [StoreTable; 10] = [
        StoreTable::Rows(Table::Articles),
        StoreTable::Rows(Table::Actors),
        StoreTable::Rows(Table::Mentions),
        StoreTable::Rows(Table::Events),
        StoreTable::Rows(Table::Figures),
        StoreTable::Rows(Table::Times),
        StoreTable::Rows(Table::Quotes),
        StoreTable::Rows(Table::Rejects),
        StoreTable::Fingerprints,
        StoreTable::Sources,
    ];

    /// The table's name, which is also its folder's.
    pub fn name(self) -> &'static str {
        match self {
            StoreTable::Rows(table) => table.name(),
            StoreTable::Fingerprints => "fingerprints",
            StoreTable::Sources => "sources",
        }
    }

    /// Whether its rows belong to articles, and so to a month.
    pub fn is_by_month(self) -> bool {
        !matches!(self, StoreTable::Rows(Table::Rejects) | StoreTable::Sources)
    }

    /// The column by which rows are taken out.
    pub(crate) fn key(self) -> &'static str {
        if self.is_by_month() { "article_id" } else { "source_path" }
    }

    /// The column that the rows of a file are sorted by; the others are in the order of the articles.
    pub(crate) fn sorted_by(self) -> Option<&'static str> {
        match self {
            StoreTable::Rows(Table::Events) => Some("event_date"),
            StoreTable::Rows(Table::Articles) | StoreTable::Fingerprints => Some("published_at"),
            _ => None,
        }
    }

    /// The columns that are in the data files: all but the month.
    pub fn schema(self) -> SchemaRef {
        let instant = || DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()));
        match self {
            StoreTable::Rows(table) => table_schema(table),
            StoreTable::Fingerprints => schema(&[
                ("article_id", DataType::Utf8, false, "Article"),
                ("content_hash", DataType::Int64, false, "XXH3-64 of the text"),
                ("published_at", instant(), true, "Time of publication, UTC"),
                ("newest_at", instant(), true, "Time of the last change, else of publication, UTC"),
                ("is_copy", DataType::Boolean, false, "Whether it is a copy of another article"),
                ("sketch", DataType::Binary, true, "MinHash of its runs of words; missing for a short article"),
            ]),
            StoreTable::Sources => schema(&[
                ("source_path", DataType::Utf8, false, "File"),
                ("bytes", DataType::Int64, false, "Size in bytes"),
                ("modified_ns", DataType::Int64, false, "Time of its last change, nanoseconds since 1970"),
                ("content_hash", DataType::Utf8, false, "XXH3-128 of its bytes, 32 hex digits"),
                ("options_hash", DataType::Utf8, false, "Hash of the filter and the map that it was read with"),
                ("records", DataType::Int64, false, "Records read"),
                ("complete", DataType::Boolean, false, "Whether these are all"),
                ("batch", DataType::Int64, false, "Number of the batch"),
            ]),
        }
    }

    /// How its files are written.
    pub(crate) fn properties(self) -> WriterProperties {
        let properties = match self {
            StoreTable::Rows(table) => parquet_properties(table).into_builder(),
            _ => WriterProperties::builder()
                .set_created_by(concat!("broadsheet version ", env!("CARGO_PKG_VERSION")).to_owned())
                .set_compression(Compression::ZSTD(ZstdLevel::default())),
        };
        // A file that is sorted says so to its readers.
        let place = self.sorted_by().and_then(|column| self.schema().index_of(column).ok());
        let sorting =
            place.map(|at| vec![SortingColumn { column_idx: at as i32, descending: false, nulls_first: false }]);
        properties.set_sorting_columns(sorting).build()
    }

    /// The columns as Delta Lake has them, descriptions as comments.
    pub(crate) fn columns(self) -> Result<Vec<StructField>, StoreError> {
        let commented = |field: &Arc<Field>| {
            let comment = field.metadata().get("description").cloned().unwrap_or_default();
            field.as_ref().clone().with_metadata(HashMap::from([("comment".to_owned(), comment)]))
        };
        let mut fields: Vec<Field> = self.schema().fields().iter().map(commented).collect();
        if self.is_by_month() {
            let comment = format!("Month of publication in UTC, such as 2024-08, or {UNKNOWN}");
            let month = Field::new(MONTH, DataType::Utf8, true);
            fields.push(month.with_metadata(HashMap::from([("comment".to_owned(), comment)])));
        }
        let converted = StructType::try_from_arrow(&Schema::new(fields));
        let converted =
            converted.map_err(|e| StoreError::new(format!("cannot define table `{self}`"), e.to_string()))?;
        Ok(converted.fields().cloned().collect())
    }
}

fn schema(columns: &[(&str, DataType, bool, &str)]) -> SchemaRef {
    let field = |(name, kind, nullable, description): &(&str, DataType, bool, &str)| {
        let metadata = HashMap::from([("description".to_owned(), (*description).to_owned())]);
        Field::new(*name, kind.clone(), *nullable).with_metadata(metadata)
    };
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

impl fmt::Display for StoreTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
