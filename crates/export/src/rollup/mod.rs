//! A rollup is a table computed from other tables: how many events in a period, between whom, of what type. Polars streams
//! the Parquet files, one range of days after another, so that only the groups of a range are held in memory; the rows
//! are then written like those of any other table.
//!
//! 1. The days are cut into ranges with a bounded number of events (`range`).
//! 2. For each range, the events that count are grouped, and what tells them is counted (`count`).
//! 3. The groups come out as rows (`rows`).

mod count;
mod range;
mod rows;
mod run;

pub use run::{RollupInput, RollupSummary, rollup};

use crate::{ExportError, Table, tables::Sink};
use polars::prelude::*;
use std::{fmt, path::PathBuf, str::FromStr};

/// The tables that are rollups.
pub(crate) const ROLLUPS: [Table; 4] =
    [Table::DyadDays, Table::ActorDays, Table::CountryDyadMonths, Table::EventTypeWeeks];

/// Events that are worked on at once; about 700 bytes of memory each.
pub(crate) const ROWS: u64 = 2_000_000;

/// Which reports of an act count for one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dedup {
    /// Each report counts, as the table `events` has it.
    #[default]
    None,
    /// The same actor does the same type of thing to the same recipient once a day, however often it is told; copies of a
    /// story are one article.
    OneADay,
}

impl Dedup {
    /// Its name, as `--dedup` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Dedup::None => "none",
            Dedup::OneADay => "one-a-day",
        }
    }
}

impl fmt::Display for Dedup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Dedup {
    type Err = ExportError;

    fn from_str(name: &str) -> Result<Self, ExportError> {
        let found = [Dedup::None, Dedup::OneADay].into_iter().find(|dedup| dedup.name() == name);
        found.ok_or_else(|| ExportError::new(format!("no deduplication `{name}`"), "there are none, one-a-day", None))
    }
}

/// The Parquet files of the tables that rollups are computed from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Files {
    pub events: Vec<PathBuf>,
    pub articles: Vec<PathBuf>,
    pub actors: Vec<PathBuf>,
}

/// The tables that the rollups among `tables` are computed from.
pub(crate) fn inputs(tables: &[Table]) -> Vec<Table> {
    let any = tables.iter().any(|table| ROLLUPS.contains(table));
    let events: &[Table] = if any { &[Table::Events, Table::Articles] } else { &[] };
    let actors: &[Table] = if tables.contains(&Table::ActorDays) { &[Table::Actors] } else { &[] };
    [events, actors].concat()
}

/// Computes a rollup and hands its rows to `sink`, range by range, at most about `rows` events at a time.
pub(crate) fn compute(
    table: Table,
    files: &Files,
    dedup: Dedup,
    rows: u64,
    sink: &mut impl Sink,
) -> Result<(), ExportError> {
    let failed = |e: PolarsError| ExportError::new(format!("cannot compute `{table}`"), e.to_string(), None);
    for days in range::ranges(table, files, rows).map_err(failed)? {
        let source = count::Source { files, dedup, days };
        match table {
            Table::DyadDays => sink.write(rows::dyad_days(&source.dyad_days().map_err(failed)?).map_err(failed)?)?,
            Table::ActorDays => sink.write(rows::actor_days(&source.actor_days().map_err(failed)?).map_err(failed)?)?,
            Table::CountryDyadMonths => {
                sink.write(rows::dyad_months(&source.dyad_months().map_err(failed)?).map_err(failed)?)?;
            }
            Table::EventTypeWeeks => {
                sink.write(rows::type_weeks(&source.type_weeks().map_err(failed)?).map_err(failed)?)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn scan(files: &[PathBuf]) -> PolarsResult<LazyFrame> {
    let hive_options = HiveOptions { enabled: Some(false), ..HiveOptions::default() };
    let args = ScanArgsParquet { glob: false, hive_options, ..ScanArgsParquet::default() };
    let paths: Vec<PlRefPath> = files.iter().map(|file| PlRefPath::try_from_path(file)).collect::<PolarsResult<_>>()?;
    LazyFrame::scan_parquet_files(paths.into_iter().collect(), args)
}

fn cols(names: &[&str]) -> Vec<Expr> {
    names.iter().map(|name| col(*name)).collect()
}

fn stream(query: LazyFrame) -> PolarsResult<DataFrame> {
    // One query without sinks gives one frame.
    Ok(query.collect_with_engine(Engine::Streaming)?.unwrap_single())
}

/// Events that happened and have a date.
fn happened(files: &Files) -> PolarsResult<LazyFrame> {
    let status = col("status").eq(lit("actual")).or(col("status").eq(lit("historical")));
    Ok(scan(&files.events)?.filter(status.and(col("event_date").is_not_null())))
}
