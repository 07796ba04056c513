//! The command's export.

use crate::{errors, reader};
use broadsheet_pipeline::{
    Export, ExportStop,
    export::{FileFormat, Table},
    ingest::{self, Mapping, Pattern},
};
use jiff::civil::Date;
use pyo3::{prelude::*, types::PyDict};
use std::{
    fmt::Display,
    ops::ControlFlow,
    path::PathBuf,
    str::FromStr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

/// How long the calling thread sleeps before it looks again.
const PAUSE: Duration = Duration::from_millis(20);

/// Writes the tables of `inputs` to the folder `out`; what came of it, as a dict.
#[pyfunction]
#[pyo3(signature = (inputs, out, *, formats, tables, jobs, map, since, until, languages, matching, limit, on_progress))]
#[expect(clippy::too_many_arguments, reason = "they are those of the command")]
pub fn export<'py>(
    py: Python<'py>,
    inputs: Vec<String>,
    out: PathBuf,
    formats: Vec<String>,
    tables: Vec<String>,
    jobs: Option<u16>,
    map: Option<String>,
    since: Option<String>,
    until: Option<String>,
    languages: Vec<String>,
    matching: Option<String>,
    limit: Option<u64>,
    on_progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let language = |name: &String| {
        ingest::language(name).ok_or_else(|| errors::usage(format_args!("`{name}` is no language such as `en`")))
    };
    let export = Export {
        inputs,
        out,
        formats: formats.iter().map(|name| parsed(name)).collect::<PyResult<Vec<FileFormat>>>()?,
        tables: tables.iter().map(|name| parsed(name)).collect::<PyResult<Vec<Table>>>()?,
        jobs,
        map: map.as_deref().map(parsed::<Mapping>).transpose()?,
        since: since.as_deref().map(parsed::<Date>).transpose()?,
        until: until.as_deref().map(parsed::<Date>).transpose()?,
        languages: languages.iter().map(language).collect::<PyResult<_>>()?,
        matching: matching.as_deref().map(parsed::<Pattern>).transpose()?,
        limit,
    };
    let stop = Arc::new(AtomicBool::new(false));
    let told: Arc<Mutex<(u64, Option<u64>, u64)>> = Arc::default();
    let worker = {
        let (stop, told) = (stop.clone(), told.clone());
        let round = move |progress: &ingest::Progress, records: u64| {
            *told.lock().unwrap_or_else(PoisonError::into_inner) = (progress.bytes_read, progress.bytes_total, records);
            if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        thread::Builder::new().spawn(move || export.run(reader::load, round)).map_err(errors::usage)?
    };
    let look = || {
        py.check_signals()?;
        let (read, total, records) = *told.lock().unwrap_or_else(PoisonError::into_inner);
        on_progress.as_ref().map_or(Ok(()), |on_progress| on_progress.call1((read, total, records)).map(|_| ()))
    };
    let mut looked = Ok(());
    while looked.is_ok() && !worker.is_finished() {
        py.detach(|| thread::sleep(PAUSE));
        looked = look();
    }
    stop.store(looked.is_err(), Ordering::Relaxed);
    let result = py.detach(|| worker.join());
    looked.and_then(|()| look())?;
    let done = result.map_err(|_| errors::raise("Error", "the exporting thread failed", None, None))?;
    let done = done.map_err(|stop| match stop {
        ExportStop::Input(e) => {
            errors::raise("InputError", &e.to_string(), e.to_string().split('`').nth(1), e.hint.as_deref())
        }
        ExportStop::Output(e) => errors::output(&e),
        other => errors::raise("Error", &other.to_string(), None, None),
    })?;
    let (summary, out) = (done.summary, PyDict::new(py));
    out.set_item("out", summary.out)?;
    out.set_item("read", summary.read)?;
    out.set_item("articles", summary.articles)?;
    out.set_item("refused", summary.refused)?;
    out.set_item("left_out", summary.left_out)?;
    out.set_item("duplicates", summary.duplicates)?;
    out.set_item("rows", summary.rows)?;
    out.set_item("seconds", done.seconds)?;
    Ok(out)
}

fn parsed<T: FromStr<Err: Display>>(text: &str) -> PyResult<T> {
    text.parse().map_err(errors::usage)
}
