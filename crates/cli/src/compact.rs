//! `broadsheet compact`: merges the small files that many runs leave.

use crate::{args::CompactArgs, config::store_of, message::Failure};
use broadsheet_store::Store;
use std::{process::ExitCode, time::Duration};

/// Merges small files.
pub fn compact(args: &CompactArgs) -> Result<ExitCode, Failure> {
    let mut store = Store::open(&store_of(&args.store)?, "compact", Duration::from_secs(args.wait))?;
    let done = store.compact()?;
    anstream::eprintln!("{} files merged into {}", done.merged, done.into);
    Ok(ExitCode::SUCCESS)
}
