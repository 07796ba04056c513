//! Messages: what went wrong, where, and what the user can do about it.

use std::fmt;

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// It could not run: exit status 1.
    Run { message: String, hint: Option<String> },
    /// Standard output was closed.
    BrokenPipe,
}

impl Failure {
    /// A run that could not go on.
    pub fn run(message: impl fmt::Display) -> Failure {
        Failure::Run { message: message.to_string(), hint: None }
    }

    /// The exit status.
    pub fn status(&self) -> u8 {
        match self {
            Failure::Run { .. } => 1,
            Failure::BrokenPipe => 0,
        }
    }

    /// The same with a hint.
    pub fn with_hint(self, hint: Option<String>) -> Failure {
        match self {
            Failure::Run { message, .. } => Failure::Run { message, hint },
            Failure::BrokenPipe => Failure::BrokenPipe,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Run { message, hint } => {
                write!(f, "\u{1b}[1;31merror:\u{1b}[0m {message}")?;
                match hint {
                    Some(hint) => write!(f, "\n\u{1b}[1;36mhint:\u{1b}[0m {hint}"),
                    None => Ok(()),
                }
            }
            Failure::BrokenPipe => Ok(()),
        }
    }
}

/// Writing to standard output.
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            Failure::BrokenPipe
        } else {
            Failure::run(format_args!("standard output: {error}"))
        }
    }
}
