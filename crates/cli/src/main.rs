//! The `broadsheet` command: arguments, progress, messages, exit status. One file a subcommand.

mod args;
mod audit;
mod export;
mod message;
mod progress;
mod rollup;
mod schema;
mod show;

use args::{Cli, Command};
use clap::Parser;
use message::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Export(args) => export::export(&args),
        Command::Rollup(args) => rollup::rollup(&args),
        Command::Schema(args) => schema::schema(&args),
        Command::Show(args) => show::show(&args),
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
