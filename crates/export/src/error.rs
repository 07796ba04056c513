//! An export error ends the run: it says what could not be done, where, why, and what may help. The former output is
//! then as it was.

use std::{error::Error, fmt, io, path::Path};

/// What stopped an export.
#[derive(Debug)]
pub struct ExportError {
    what: String,
    reason: String,
    hint: Option<&'static str>,
    source: Option<io::Error>,
}

impl ExportError {
    /// An error with its own words and no cause below it.
    pub(crate) fn new(what: impl Into<String>, reason: impl Into<String>, hint: Option<&'static str>) -> Self {
        Self { what: what.into(), reason: reason.into(), hint, source: None }
    }

    /// The system refused to `verb` the file or folder at `path`.
    pub(crate) fn io(verb: &str, path: &Path, source: io::Error) -> Self {
        let hint = match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Some("free some space or choose another `--out`")
            }
            io::ErrorKind::PermissionDenied => {
                Some("choose an `--out` that you may write to, or change its permissions")
            }
            io::ErrorKind::ReadOnlyFilesystem => Some("the file system is read-only: choose another `--out`"),
            io::ErrorKind::NotADirectory => Some("a part of the path is a file, not a folder: choose another `--out`"),
            _ => None,
        };
        Self {
            what: format!("cannot {verb} `{}`", path.display()),
            reason: source.to_string(),
            hint,
            source: Some(source),
        }
    }

    /// A library that writes or reads `path` failed; where the system was the cause, its error is shown.
    pub(crate) fn library(verb: &str, path: &Path, source: Box<dyn Error + Send + Sync>) -> Self {
        match source.downcast::<io::Error>() {
            Ok(io) => Self::io(verb, path, *io),
            Err(other) => Self::new(format!("cannot {verb} `{}`", path.display()), other.to_string(), None),
        }
    }

    /// What could not be done.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Why.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// What the user can do about it, where that is known.
    pub fn hint(&self) -> Option<&'static str> {
        self.hint
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.reason)?;
        self.hint.map_or(Ok(()), |hint| write!(f, "\nhint: {hint}"))
    }
}

impl Error for ExportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|e| e as _)
    }
}
