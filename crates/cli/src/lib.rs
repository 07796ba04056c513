//! The `broadsheet` command: arguments, progress, messages, exit status. One file a subcommand.

mod args;
mod audit;
#[cfg(feature = "store")]
mod compact;
#[cfg(feature = "store")]
mod config;
mod export;
#[cfg(feature = "store")]
mod init;
#[cfg(feature = "store")]
mod log;
mod message;
#[cfg(feature = "store")]
mod metrics;
mod progress;
mod rollup;
#[cfg(feature = "store")]
mod run;
#[cfg(feature = "store")]
mod run_record;
mod schema;
mod show;
#[cfg(feature = "store")]
mod vacuum;
#[cfg(feature = "store")]
mod withdraw;

use args::{Cli, Command};
use clap::Parser;
use message::Failure;
use std::{ffi::OsString, process::ExitCode};

/// Runs the command with these arguments, the program's name first; gives its exit status.
pub fn run_command(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = Cli::parse_from(args);
    let done = match cli.command {
        Command::Export(args) => export::export(&args),
        Command::Rollup(args) => rollup::rollup(&args),
        Command::Schema(args) => schema::schema(&args),
        Command::Show(args) => show::show(&args),
        #[cfg(feature = "store")]
        Command::Init(args) => init::init(&args),
        #[cfg(feature = "store")]
        Command::Run(args) => run::run(&args),
        #[cfg(feature = "store")]
        Command::Compact(args) => compact::compact(&args),
        #[cfg(feature = "store")]
        Command::Vacuum(args) => vacuum::vacuum(&args),
        #[cfg(feature = "store")]
        Command::Withdraw(args) => withdraw::withdraw(&args),
        Command::Audit => audit::audit(),
    };
    match done {
        Ok(status) => status,
        // The reader of our output has gone: nothing is left to do, and nothing is wrong.
        Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Err(failure) => {
            anstream::eprintln!("{failure}");
            ExitCode::from(failure.status())
        }
    }
}
