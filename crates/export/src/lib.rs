//! Findings to tables: the rows of every article go to Parquet and CSV, in bounded memory, and the finished output is
//! put in place in one step.
//!
//! 1. A [`Document`] is laid out as rows (`tables/`, one file a table, the only place where its columns are named).
//! 2. Rows are gathered into batches of fixed size and written to a staging folder (`batch`, `parquet`, `csv`).
//! 3. The copies of each story are told from their original, and marked (`duplicates`); the rollups are computed from the staged tables (`rollup`).
//! 4. `run.json` tells what the run did (`run`).
//! 5. The staging folder takes the place of the former output (`stage`).

mod batch;
mod codes;
mod column;
mod csv;
mod database;
pub mod describe;
mod document;
mod duckdb;
mod duplicates;
mod error;
mod export;
mod format;
mod gdelt;
pub mod html;
mod jsonl;
mod layout;
mod memory;
mod parquet;
mod polecat;
mod report;
mod rollup;
mod run;
mod schema;
mod seen;
#[cfg(feature = "sqlite")]
mod sqlite;
mod stage;
mod tables;
mod tsv;
mod writer;

pub use codes::audit_codes;
pub use column::{ColumnSpec, Kind};
pub use document::Document;
pub use error::ExportError;
pub use export::Exporter;
pub use format::FileFormat;
pub use memory::{Collector, parquet_properties, record_batch, table_schema};
pub use rollup::{Dedup, RollupInput, RollupSummary, rollup};
pub use run::{RunReport, Summary};
pub use schema::{SchemaFormat, schema};
pub use tables::{Table, TableSpec};
