//! A rollup run computes rollups from the Parquet files of an export, of several, or of a store, and writes them to a
//! folder of their own, which takes the place of the former one in one step as an export does.

use super::{Dedup, Files, ROLLUPS, ROWS, compute, inputs, scan};
use crate::{
    ExportError, FileFormat, RunReport, Table,
    database::{self, Source},
    stage::{RUN_FILE, Stage},
    writer::TableWriter,
};
use jiff::Timestamp;
use serde::Serialize;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// Where the tables are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RollupInput(Files);

/// What a rollup run came to.
#[derive(Debug, Clone, PartialEq)]
pub struct RollupSummary {
    /// The output folder.
    pub out: PathBuf,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// Seconds that it took.
    pub seconds: f64,
}

/// The contents of `run.json`.
#[derive(Serialize)]
struct RunFile<'a> {
    version: &'a str,
    options: &'a BTreeMap<String, serde_json::Value>,
    rows: &'a BTreeMap<String, u64>,
    started: String,
    finished: String,
    seconds: BTreeMap<&'a str, f64>,
}

impl RollupInput {
    /// Finds the tables under `paths`. A folder is that of an export (`events.parquet`) or holds a folder for each table
    /// (`events/**/*.parquet`); a Parquet file is of the table that it is named after, or a folder above it. Which files of
    /// a Delta Lake table count only its log tells: name them one by one.
    ///
    /// # Errors
    /// Where a path does not exist, is no Parquet file or holds none of the tables.
    pub fn find(paths: &[PathBuf]) -> Result<Self, ExportError> {
        let mut found = Files::default();
        for path in paths {
            let before = found.clone();
            let kind = fs::metadata(path).map_err(|e| ExportError::io("read", path, e))?;
            if let Some(log) = delta_log(path) {
                return Err(ExportError::new(
                    format!("cannot read `{}`", path.display()),
                    format!("`{}` says which files count", log.display()),
                    Some("name the store as a whole, or the files of the newest version"),
                ));
            }
            if kind.is_dir() {
                folder(path, &mut found)?;
            } else if let Some(files) = table_of(path).and_then(|name| of_table(&mut found, name)) {
                files.push(path.clone());
            }
            if found == before {
                return Err(ExportError::new(
                    format!("no tables in `{}`", path.display()),
                    "neither events, articles nor actors as Parquet files",
                    Some("name the output folder of `broadsheet export`, or Parquet files of its tables"),
                ));
            }
        }
        Ok(Self(found))
    }

    fn files(&self, table: Table) -> &[PathBuf] {
        match table {
            Table::Events => &self.0.events,
            Table::Articles => &self.0.articles,
            Table::Actors => &self.0.actors,
            _ => &[],
        }
    }
}

/// The log of a Delta Lake table that a folder is or holds.
fn delta_log(path: &Path) -> Option<PathBuf> {
    let names = ["", "events", "articles", "actors"];
    names.iter().map(|name| path.join(name).join("_delta_log")).find(|log| log.is_dir())
}

/// The list that files of the table `name` go to.
fn of_table<'f>(files: &'f mut Files, name: &str) -> Option<&'f mut Vec<PathBuf>> {
    match name {
        "events" => Some(&mut files.events),
        "articles" => Some(&mut files.articles),
        "actors" => Some(&mut files.actors),
        _ => None,
    }
}

/// The table that a Parquet file is of, by its name or that of a folder above it.
fn table_of(path: &Path) -> Option<&str> {
    if path.extension().is_none_or(|extension| extension != "parquet") {
        return None;
    }
    let names = path.ancestors().filter_map(|part| part.file_stem()?.to_str());
    names.into_iter().find(|name| ["events", "articles", "actors"].contains(name))
}

/// Adds the tables of a folder.
fn folder(path: &Path, found: &mut Files) -> Result<(), ExportError> {
    for name in ["events", "articles", "actors"] {
        let file = path.join(format!("{name}.parquet"));
        let below = path.join(name);
        let files = of_table(found, name);
        match files {
            Some(files) if file.is_file() => files.push(file),
            Some(files) if below.is_dir() => walk(&below, files)?,
            _ => {}
        }
    }
    Ok(())
}

/// Adds every Parquet file below a folder, in the order of their names.
fn walk(dir: &Path, files: &mut Vec<PathBuf>) -> Result<(), ExportError> {
    let failed = |e| ExportError::io("read", dir, e);
    let entries = fs::read_dir(dir).map_err(failed)?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>().map_err(failed)?;
    paths.sort();
    for path in paths {
        let hidden = path.file_name().and_then(|n| n.to_str()).is_some_and(|name| name.starts_with(['.', '_']));
        if path.is_dir() && !hidden {
            walk(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "parquet") && !hidden {
            files.push(path);
        }
    }
    Ok(())
}

/// Computes `tables` from `input` and puts them into the folder `out`.
///
/// # Errors
/// Where a table that is needed is missing or is not ours, `out` holds the input, or the files cannot be written.
pub fn rollup(
    input: &RollupInput,
    out: &Path,
    formats: &[FileFormat],
    tables: &[Table],
    dedup: Dedup,
    report: &RunReport,
) -> Result<RollupSummary, ExportError> {
    let begun = Instant::now();
    let mut formats = formats.to_vec();
    formats.sort_unstable();
    formats.dedup();
    let tables: Vec<Table> = ROLLUPS.into_iter().filter(|table| tables.contains(table)).collect();
    check(input, out, &formats, &tables)?;
    // 1. Compute and write each table.
    let stage = Stage::create(out)?;
    let databases = formats.iter().any(|format| format.is_database());
    let mut rows = BTreeMap::new();
    let mut sources = Vec::new();
    for table in tables {
        let file = |format: FileFormat| formats.contains(&format).then(|| stage.file(&format!("{table}.{format}")));
        let parquet = match file(FileFormat::Parquet) {
            None if databases => Some(stage.scratch(&format!("{table}.parquet"))?),
            asked => asked,
        };
        sources.extend(parquet.clone().map(|parquet| Source { spec: table.spec(), parquet }));
        let mut writer = TableWriter::create(table, parquet, file(FileFormat::Csv), file(FileFormat::Jsonl))?;
        compute(table, &input.0, dedup, ROWS, &mut writer)?;
        rows.insert(table.to_string(), writer.finish()?);
    }
    database::write_all(&formats, &stage, &sources)?;
    // 2. Tell what the run did, and take the place of the former output.
    let seconds = begun.elapsed().as_secs_f64();
    let file = RunFile {
        version: &report.version,
        options: &report.options,
        rows: &rows,
        started: report.started.to_string(),
        finished: Timestamp::now().to_string(),
        seconds: BTreeMap::from([("rollup", crate::export::thousandths(seconds))]),
    };
    crate::export::write_run(&stage.file(RUN_FILE), &file)?;
    let out = stage.out().to_owned();
    stage.put_in_place()?;
    Ok(RollupSummary { out, rows, seconds })
}

/// What can be wrong before anything is computed.
fn check(input: &RollupInput, out: &Path, formats: &[FileFormat], tables: &[Table]) -> Result<(), ExportError> {
    if tables.is_empty() || formats.is_empty() {
        let rollups = ROLLUPS.map(Table::name).join(", ");
        return Err(ExportError::new("nothing to compute", format!("the rollups are {rollups}"), None));
    }
    if let Some(layout) = formats.iter().find(|format| !format.is_per_table() && !format.is_database()) {
        let reason = "its rows are events and articles";
        return Err(ExportError::new(format!("no rollup can be written as `{layout}`"), reason, None));
    }
    database::check(formats)?;
    let inside = |file: &PathBuf| {
        let folder = file.parent().and_then(|dir| dir.canonicalize().ok());
        folder.is_some() && folder == out.canonicalize().ok()
    };
    for table in inputs(tables) {
        let files = input.files(table);
        if files.is_empty() {
            return Err(ExportError::new(
                format!("no table `{table}` in the input"),
                "it is needed",
                Some("export it as Parquet, too: `--tables articles,actors,events`"),
            ));
        }
        if let Some(file) = files.iter().find(|file| inside(file)) {
            return Err(ExportError::new(
                format!("cannot write to `{}`", out.display()),
                format!("the input `{}` is in it, and the folder is replaced as a whole", file.display()),
                Some("choose another `--out`"),
            ));
        }
        let unreadable = |e: polars::prelude::PolarsError| {
            ExportError::new(format!("cannot read `{}`", files[0].display()), e.to_string(), None)
        };
        let schema = scan(files).and_then(|mut frame| frame.collect_schema()).map_err(unreadable)?;
        let used: &[&str] = match table {
            Table::Events => &[
                "event_id",
                "article_id",
                "event_date",
                "event_type",
                "quad_class",
                "plover_score",
                "status",
                "actor_id",
                "actor_country",
                "recipient_id",
                "recipient_country",
            ],
            Table::Articles => &["article_id", "publisher", "domain", "duplicate_of"],
            _ => &["article_id", "actor_id", "name", "country", "mentions"],
        };
        if let Some(column) = used.iter().find(|name| schema.get(name).is_none()) {
            return Err(ExportError::new(
                format!("`{}` is no table `{table}` of ours", files[0].display()),
                format!("it has no column `{column}`"),
                None,
            ));
        }
    }
    Ok(())
}
