//! To extract is to read records in memory and to give their tables. The thread that called takes the records from Python,
//! tells of progress and looks for Ctrl-C; another one reads them with its pool of threads, and never asks for the
//! interpreter's lock.

use crate::{errors, reader, sketches::Sketches, table::Table};
use broadsheet_pipeline::{
    Clock, Reader,
    export::{self, Collector, ExportError},
    ingest::{Format, Mapping, RawArticle, Wanted},
    run,
};
use pyo3::{
    prelude::*,
    types::{PyBytes, PyDict, PyIterator},
};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// The table that is none of the export's: what copies are told by across many calls.
pub const SIGNATURES: &str = "signatures";
/// How long the calling thread sleeps before it looks again.
const PAUSE: Duration = Duration::from_millis(5);
/// Records that wait to be read.
const WAITING: usize = 256;

type Tables = BTreeMap<String, Table>;

/// Reads `records` (an iterator over bytes of JSON objects) and gives the tables by name. Where each article stands
/// `alone`, the rows do not depend on which articles come with it, nor on its place among them.
#[pyfunction]
#[pyo3(signature = (records, tables, source, jobs=None, map=None, alone=false, on_progress=None))]
pub fn extract<'py>(
    records: &Bound<'py, PyIterator>,
    tables: Vec<String>,
    source: String,
    jobs: Option<u16>,
    map: Option<String>,
    alone: bool,
    on_progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let py = records.py();
    let (sender, receiver) = sync_channel(WAITING);
    let work = Work::new(&tables, jobs, map, alone)?;
    let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let worker = {
        let (stop, done) = (stop.clone(), done.clone());
        thread::Builder::new().spawn(move || work.run(receiver, &stop, &done)).map_err(errors::usage)?
    };
    let fed = feed(py, records, sender, (&source, alone), &worker, |py| tell(py, &done, on_progress.as_ref()));
    let waited = fed.and_then(|()| {
        while !worker.is_finished() {
            py.detach(|| thread::sleep(PAUSE));
            tell(py, &done, on_progress.as_ref())?;
        }
        Ok(())
    });
    // Whatever went wrong here, the worker ends before the call does.
    stop.store(waited.is_err(), Ordering::Relaxed);
    let result = py.detach(|| worker.join());
    waited?;
    let found = result.map_err(|_| errors::raise("Error", "the reading thread failed", None, None))??;
    if let Some(on_progress) = on_progress {
        on_progress.call1((done.load(Ordering::Relaxed),))?;
    }
    let out = PyDict::new(py);
    for (name, table) in found {
        out.set_item(name, Bound::new(py, table)?)?;
    }
    Ok(out)
}

/// Looks for Ctrl-C, and tells how many records were read.
fn tell(py: Python<'_>, done: &AtomicU64, on_progress: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
    py.check_signals()?;
    on_progress.map_or(Ok(()), |told| told.call1((done.load(Ordering::Relaxed),)).map(|_| ()))
}

/// Hands the records over, as fast as they are read.
fn feed(
    py: Python<'_>,
    records: &Bound<'_, PyIterator>,
    sender: SyncSender<RawArticle>,
    (source, alone): (&str, bool),
    worker: &JoinHandle<PyResult<Tables>>,
    tell: impl Fn(Python<'_>) -> PyResult<()>,
) -> PyResult<()> {
    for (number, record) in records.try_iter()?.enumerate() {
        let bytes = record?.cast_into::<PyBytes>()?.as_bytes().to_vec();
        let mut next = RawArticle {
            source_path: source.to_owned(),
            source_offset: if alone { 0 } else { number as u64 },
            format: Format::Json,
            bytes,
        };
        loop {
            match sender.try_send(next) {
                Ok(()) => break,
                // The worker has ended: its error says why.
                Err(TrySendError::Disconnected(_)) => return Ok(()),
                Err(TrySendError::Full(back)) if worker.is_finished() => drop(back),
                Err(TrySendError::Full(back)) => {
                    next = back;
                    py.detach(|| thread::sleep(PAUSE));
                    tell(py)?;
                    continue;
                }
            }
            return Ok(());
        }
    }
    Ok(())
}

/// What the reading thread does.
struct Work {
    tables: Vec<export::Table>,
    signatures: bool,
    alone: bool,
    reader: Reader,
    pool: rayon::ThreadPool,
}

impl Work {
    fn new(tables: &[String], jobs: Option<u16>, map: Option<String>, alone: bool) -> PyResult<Work> {
        let signatures = tables.iter().any(|name| name == SIGNATURES);
        let names = tables.iter().filter(|name| *name != SIGNATURES);
        let tables: Result<Vec<export::Table>, ExportError> = names.map(|name| name.parse()).collect();
        let tables = tables.map_err(errors::usage)?;
        let map: Option<Mapping> = map.map(|text| text.parse()).transpose().map_err(errors::usage)?;
        let mut reader = reader::load().map_err(|e| reader::damaged(&e))?;
        reader.wanted = Wanted { map: map.unwrap_or_default(), ..Wanted::default() };
        reader.keep_readings = tables.contains(&export::Table::Tokens);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.map_or(0, usize::from)).build();
        Ok(Work { signatures, alone, tables, reader, pool: pool.map_err(errors::usage)? })
    }

    fn run(mut self, records: Receiver<RawArticle>, stop: &Arc<AtomicBool>, done: &AtomicU64) -> PyResult<Tables> {
        let mut rows = Collector::new(&self.tables, self.alone).map_err(|e| errors::output(&e))?;
        let mut sketches = self.signatures.then(Sketches::default);
        // Once stopped, what waits is not read any more.
        let stopped = stop.clone();
        self.reader.pass_by = Some(Box::new(move |_| stopped.load(Ordering::Relaxed).then_some("stopped")));
        let records = records.into_iter().take_while(|_| !stop.load(Ordering::Relaxed)).map(Ok);
        let (clock, reader) = (Clock::default(), &self.reader);
        let write = |outcomes: Vec<_>| {
            if let Some(sketches) = &mut sketches {
                sketches.add(&outcomes);
            }
            rows.write(&outcomes)
        };
        let round = |_: &_, records: u64| {
            done.fetch_add(records, Ordering::Relaxed);
        };
        self.pool.install(|| run(reader, records, &clock, write, round)).map_err(|e| errors::output(&e))?;
        let found = rows.finish().map_err(|e| errors::output(&e))?;
        let mut out: Tables = found
            .into_iter()
            .map(|(table, batches)| (table.name().to_owned(), Table::new(export::table_schema(table), batches)))
            .collect();
        if let Some(sketches) = sketches {
            out.insert(SIGNATURES.to_owned(), sketches.table()?);
        }
        Ok(out)
    }
}
