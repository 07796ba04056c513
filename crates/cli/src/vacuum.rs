//! `broadsheet vacuum`: removes files that no version within the retention refers to.

use crate::{args::VacuumArgs, config::store_of, message::Failure};
use broadsheet_store::Store;
use std::{process::ExitCode, time::Duration};

/// Removes files that nothing refers to any more.
pub fn vacuum(args: &VacuumArgs) -> Result<ExitCode, Failure> {
    let mut store = Store::open(&store_of(&args.store)?, "vacuum", Duration::from_secs(args.wait))?;
    let done = store.vacuum(args.keep, args.dry_run)?;
    if args.dry_run {
        done.files.iter().for_each(|file| anstream::println!("{file}"));
    }
    let verb = if args.dry_run { "to be removed" } else { "removed" };
    anstream::eprintln!("{} files {verb}", done.files.len());
    Ok(ExitCode::SUCCESS)
}
