//! The reader is loaded once a process: the model and the lexicons are shared by all calls and threads.

use crate::errors;
use broadsheet_pipeline::{LoadError, Reader};
use pyo3::PyErr;
use std::sync::{Mutex, PoisonError};

static LOADED: Mutex<Option<Reader>> = Mutex::new(None);

/// A reader without wishes of its own.
pub fn load() -> Result<Reader, LoadError> {
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    match &*loaded {
        Some(reader) => Ok(reader.another()),
        None => Ok(loaded.insert(Reader::load()?).another()),
    }
}

/// The program is damaged.
pub fn damaged(error: &LoadError) -> PyErr {
    errors::raise("Error", &error.to_string(), None, None)
}
