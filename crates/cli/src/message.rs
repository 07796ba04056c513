//! Messages: what went wrong, where, and what the user can do about it.

use std::fmt;

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// It could not run: exit status 1, or the one given.
    Run { message: String, hint: Option<String>, status: u8 },
    /// Standard output was closed.
    BrokenPipe,
}

impl Failure {
    /// A run that could not go on.
    pub fn run(message: impl fmt::Display) -> Failure {
        Failure::Run { message: message.to_string(), hint: None, status: 1 }
    }

    /// What the user wrote cannot be right: exit status 2.
    #[cfg(feature = "store")]
    pub fn usage(message: impl fmt::Display) -> Failure {
        Failure::Run { message: message.to_string(), hint: None, status: 2 }
    }

    /// The exit status.
    pub fn status(&self) -> u8 {
        match self {
            Failure::Run { status, .. } => *status,
            Failure::BrokenPipe => 0,
        }
    }

    /// What went wrong, without the hint.
    #[cfg(feature = "store")]
    pub fn message(&self) -> &str {
        match self {
            Failure::Run { message, .. } => message,
            Failure::BrokenPipe => "standard output is closed",
        }
    }

    /// The same with a hint.
    pub fn with_hint(self, hint: Option<String>) -> Failure {
        match self {
            Failure::Run { message, status, .. } => Failure::Run { message, hint, status },
            Failure::BrokenPipe => Failure::BrokenPipe,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Run { message, hint, .. } => {
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

/// A store that could not be opened or changed: exit status 4 where another process holds it.
#[cfg(feature = "store")]
impl From<broadsheet_store::StoreError> for Failure {
    fn from(error: broadsheet_store::StoreError) -> Failure {
        let status = if error.holder.is_some() { 4 } else { 1 };
        Failure::Run { message: error.message(), hint: error.help().map(str::to_owned), status }
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
