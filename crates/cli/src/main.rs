//! The `broadsheet` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    broadsheet_cli::run_command(std::env::args_os())
}
