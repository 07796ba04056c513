//! The command, as `python -m broadsheet` and the script of the wheel run it.

use pyo3::prelude::*;
use std::{ffi::OsString, process::ExitCode};

/// Runs the command with these arguments, the program's name first; gives its exit status.
#[pyfunction]
pub fn command(py: Python<'_>, args: Vec<OsString>) -> u8 {
    let status = py.detach(|| broadsheet_cli::run_command(args));
    // An exit status does not tell its number; these are all that the command gives.
    (0..=u8::MAX).find(|number| ExitCode::from(*number) == status).unwrap_or(1)
}
