//! `broadsheet init`: a commented configuration to start from.

use crate::{args::InitArgs, config::EXAMPLE, message::Failure};
use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    process::ExitCode,
};

/// Writes the configuration; a file that is there is left alone.
pub fn init(args: &InitArgs) -> Result<ExitCode, Failure> {
    let path = &args.file;
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(EXAMPLE.as_bytes()));
    written.map_err(|e| {
        let failure = Failure::run(format_args!("cannot write `{}`: {e}", path.display()));
        let hint = (e.kind() == ErrorKind::AlreadyExists).then(|| "name another file".to_owned());
        failure.with_hint(hint)
    })?;
    anstream::eprintln!("wrote `{}`: edit it, then `broadsheet run {}`", path.display(), path.display());
    Ok(ExitCode::SUCCESS)
}
