//! An export is one run from inputs to an output folder: what the command and the Python package do when they are asked
//! for tables as files.

use crate::{
    Clock, LoadError, Reader,
    export::{ExportError, Exporter, FileFormat, RunReport, Summary, Table},
    ingest::{self, Mapping, OpenError, Pattern, Progress},
    run,
};
use jiff::civil::Date;
use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    time::Instant,
};

/// What is exported, and how.
#[derive(Debug, Default)]
pub struct Export {
    /// Files, folders, patterns, URLs, or `-` for standard input.
    pub inputs: Vec<String>,
    /// The output folder.
    pub out: PathBuf,
    /// The formats of its files.
    pub formats: Vec<FileFormat>,
    /// The tables; none for the usual ones.
    pub tables: Vec<Table>,
    /// Threads; none for one a core.
    pub jobs: Option<u16>,
    /// Where the fields of tables and JSON are.
    pub map: Option<Mapping>,
    /// The first day of publication that is wanted.
    pub since: Option<Date>,
    /// The last day of publication that is wanted.
    pub until: Option<Date>,
    /// The languages that are wanted, ISO 639-1; none for all.
    pub languages: Vec<String>,
    /// What title or text must match.
    pub matching: Option<Pattern>,
    /// The most articles that are read.
    pub limit: Option<u64>,
}

/// What an export came to.
#[derive(Debug)]
pub struct Exported {
    /// Counts and places.
    pub summary: Summary,
    /// Seconds from start to end.
    pub seconds: f64,
}

/// Why an export came to nothing; the former output is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ExportStop {
    /// An input cannot be opened.
    #[error("{0}")]
    Input(OpenError),
    /// The output cannot be written.
    #[error("{0}")]
    Output(ExportError),
    /// The program is damaged.
    #[error(transparent)]
    Program(#[from] LoadError),
    /// Threads cannot be started.
    #[error("cannot start threads: {0}")]
    Threads(String),
    /// The caller said so.
    #[error("stopped")]
    Stopped,
}

impl From<ExportError> for ExportStop {
    fn from(error: ExportError) -> Self {
        ExportStop::Output(error)
    }
}

impl Export {
    /// Reads the inputs and fills the output folder. `reader` is loaded once the inputs and the output are known to be
    /// there; `on_round` is told how far the sources are and how many records were read, and may stop the run.
    ///
    /// # Errors
    /// See [`ExportStop`].
    pub fn run(
        &self,
        reader: impl FnOnce() -> Result<Reader, LoadError>,
        mut on_round: impl FnMut(&Progress, u64) -> ControlFlow<()> + Send,
    ) -> Result<Exported, ExportStop> {
        let (begun, started) = (Instant::now(), jiff::Timestamp::now());
        // 1. Open the inputs and prepare the output before the slow part begins.
        let map = self.map.clone().unwrap_or_default();
        let options = ingest::Options {
            limit: self.limit,
            map: map.clone(),
            output: Some(self.out.clone()),
            ..ingest::Options::default()
        };
        let source = ingest::open(&self.inputs, &options).map_err(ExportStop::Input)?;
        let tables = if self.tables.is_empty() { Table::default_set() } else { self.tables.clone() };
        let mut exporter = Exporter::create(&self.out, &self.formats, &tables)?;
        let mut reader = reader()?;
        reader.keep_readings = exporter.wants_tokens();
        reader.wanted = ingest::Wanted {
            map,
            since: self.since,
            until: self.until,
            languages: self.languages.clone(),
            matching: self.matching.clone(),
        };
        // 2. Read on all cores, write in order.
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(self.jobs.map_or(0, usize::from))
            .build()
            .map_err(|e| ExportStop::Threads(e.to_string()))?;
        let (clock, stopped, mut records) = (Clock::default(), AtomicBool::new(false), 0);
        let write = |outcomes: Vec<_>| match stopped.load(Ordering::Relaxed) {
            true => Err(ExportStop::Stopped),
            false => exporter.write(&outcomes).map_err(ExportStop::Output),
        };
        let round = |source: &ingest::Source, outcomes: u64| {
            records += outcomes;
            if on_round(&source.progress(), records).is_break() {
                stopped.store(true, Ordering::Relaxed);
            }
        };
        pool.install(|| run(&reader, source, &clock, write, round))?;
        if stopped.load(Ordering::Relaxed) {
            return Err(ExportStop::Stopped);
        }
        // 3. Put the tables in place.
        let report = RunReport {
            version: env!("CARGO_PKG_VERSION").to_string(),
            options: self.told(&tables),
            started,
            seconds: clock.seconds().by_stage(),
        };
        let summary = pool.install(|| exporter.finish(report))?;
        Ok(Exported { summary, seconds: begun.elapsed().as_secs_f64() })
    }

    /// The options that decide what is in the tables.
    fn told(&self, tables: &[Table]) -> BTreeMap<String, serde_json::Value> {
        let names = |list: Vec<String>| serde_json::Value::from(list);
        let mut options = BTreeMap::from([
            ("inputs".to_string(), names(self.inputs.clone())),
            ("format".to_string(), names(self.formats.iter().map(ToString::to_string).collect())),
            ("tables".to_string(), names(tables.iter().map(ToString::to_string).collect())),
        ]);
        let texts = [
            ("map", self.map.as_ref().map(ToString::to_string)),
            ("since", self.since.map(|day| day.to_string())),
            ("until", self.until.map(|day| day.to_string())),
            ("language", (!self.languages.is_empty()).then(|| self.languages.join(","))),
            ("match", self.matching.as_ref().map(ToString::to_string)),
        ];
        options.extend(texts.into_iter().filter_map(|(name, text)| Some((name.to_string(), text?.into()))));
        options.extend(self.limit.map(|n| ("limit".to_string(), n.into())));
        options
    }
}
