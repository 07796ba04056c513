//! `broadsheet schema`: the tables and what their columns mean.

use crate::{args::SchemaArgs, message::Failure};
use std::{
    io::{Write, stdout},
    process::ExitCode,
};

/// Prints one table or all.
pub fn schema(args: &SchemaArgs) -> Result<ExitCode, Failure> {
    let text = broadsheet_pipeline::export::schema(args.table, args.format);
    let mut out = stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        writeln!(out)?;
    }
    Ok(ExitCode::SUCCESS)
}
