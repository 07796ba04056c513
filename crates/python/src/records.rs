//! Records are the rows of another library's table, as lines of JSON: what the rest of the program reads articles from.

use crate::{errors, table::stream_of};
use arrow_array::ffi_stream::ArrowArrayStreamReader;
use arrow_json::LineDelimitedWriter;
use pyo3::{prelude::*, types::PyBytes};
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

/// An iterator over the rows of an object with `__arrow_c_stream__`: bytes, one JSON object a row.
#[pyclass(module = "broadsheet", frozen)]
pub struct Records(Mutex<Rows>);

struct Rows {
    stream: ArrowArrayStreamReader,
    ready: VecDeque<Vec<u8>>,
}

#[pymethods]
impl Records {
    #[new]
    fn new(object: &Bound<'_, PyAny>) -> PyResult<Records> {
        Ok(Records(Mutex::new(Rows { stream: stream_of(object)?, ready: VecDeque::new() })))
    }

    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let mut rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while rows.ready.is_empty() {
            let Some(batch) = rows.stream.next() else { return Ok(None) };
            let mut writer = LineDelimitedWriter::new(Vec::new());
            let batch = batch.map_err(errors::usage)?;
            writer.write(&batch).and_then(|()| writer.finish()).map_err(errors::usage)?;
            let lines = writer.into_inner();
            rows.ready.extend(lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(<[u8]>::to_vec));
        }
        Ok(rows.ready.pop_front().map(|line| PyBytes::new(py, &line)))
    }
}
