//! `broadsheet rollup`: tables to counts per day, week and month.

use crate::{args::RollupArgs, message::Failure};
use broadsheet_pipeline::export::{RollupInput, RunReport, rollup as compute};
use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

/// Computes the rollups of an export, of a store or of Parquet files.
pub fn rollup(args: &RollupArgs) -> Result<ExitCode, Failure> {
    let started = jiff::Timestamp::now();
    // 1. Find the tables.
    let paths = args.inputs.iter().map(|input| expand(input)).collect::<Result<Vec<_>, _>>()?.concat();
    let input = RollupInput::find(&paths).map_err(Failure::run)?;
    // 2. Compute and write.
    let texts = |list: Vec<String>| serde_json::Value::from(list);
    let options = BTreeMap::from([
        ("inputs".to_owned(), texts(args.inputs.clone())),
        ("dedup".to_owned(), args.dedup.name().into()),
        ("format".to_owned(), texts(args.format.iter().map(ToString::to_string).collect())),
        ("tables".to_owned(), texts(args.tables.iter().map(ToString::to_string).collect())),
    ]);
    let report = RunReport { version: env!("CARGO_PKG_VERSION").to_owned(), options, started, ..RunReport::default() };
    let done = compute(&input, &args.out, &args.format, &args.tables, args.dedup, &report).map_err(Failure::run)?;
    // 3. Say what was done.
    if !args.quiet {
        let rows: Vec<String> = done.rows.iter().map(|(table, n)| format!("{n} {table}")).collect();
        anstream::eprintln!("{} in {:.1} s -> `{}`", rows.join(", "), done.seconds, done.out.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// The paths that an input stands for, in order: the files of a store, what matches a glob; all else stands for itself.
fn expand(input: &str) -> Result<Vec<PathBuf>, Failure> {
    let path = PathBuf::from(input);
    #[cfg(feature = "store")]
    if broadsheet_store::Store::is_at(&path) {
        return of_store(&path);
    }
    if path.exists() || !input.contains(['*', '?', '[']) {
        return Ok(vec![path]);
    }
    let wrong = |e: &dyn std::fmt::Display| Failure::run(format_args!("cannot use the pattern `{input}`: {e}"));
    let found = glob::glob(input).map_err(|e| wrong(&e))?;
    let found: Vec<PathBuf> = found.collect::<Result<_, _>>().map_err(|e| wrong(&e))?;
    if found.is_empty() { Err(Failure::run(format_args!("no file matches `{input}`"))) } else { Ok(found) }
}

/// The data files that rollups are computed from, as of the last batch that is in all tables of a store.
#[cfg(feature = "store")]
fn of_store(path: &std::path::Path) -> Result<Vec<PathBuf>, Failure> {
    use broadsheet_pipeline::export::Table;
    use broadsheet_store::{Store, StoreTable};
    let mut store = Store::look(path)?;
    let tables = [Table::Events, Table::Articles, Table::Actors];
    let files = tables.map(|table| store.data_files(StoreTable::Rows(table)));
    Ok(files.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
}
