//! `broadsheet audit`: the lexicons that are built in, checked.

use crate::message::Failure;
use broadsheet_pipeline::{export::audit_codes, normalize::Lexicons};
use std::{
    io::{Write, stdout},
    process::ExitCode,
};

/// Prints every questionable line of the lexicons; exit status 1 where there is one.
pub fn audit() -> Result<ExitCode, Failure> {
    let lexicons = Lexicons::load().map_err(Failure::run)?;
    let mut found = lexicons.audit();
    found.extend(audit_codes().map_err(Failure::run)?);
    let mut out = stdout().lock();
    for complaint in &found {
        writeln!(out, "{complaint}")?;
    }
    if found.is_empty() {
        writeln!(out, "lexicons: nothing to complain of")?;
        return Ok(ExitCode::SUCCESS);
    }
    Err(Failure::run(format_args!("{} questionable lines in `data/lexicons`", found.len())))
}
