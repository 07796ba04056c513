//! A store error says what could not be done, where, why, and what may help. The store is then as the last complete batch
//! left it, or the next command that changes it finishes the batch first.

use std::{error::Error, fmt, io, path::Path};

use broadsheet_export::ExportError;

use crate::lock::Holder;

/// What stopped work on a store.
#[derive(Debug)]
pub struct StoreError {
    what: String,
    reason: String,
    hint: Option<String>,
    /// Who holds the lock, where that was the reason.
    pub holder: Option<Box<Holder>>,
}

impl StoreError {
    pub(crate) fn new(what: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { what: what.into(), reason: reason.into(), hint: None, holder: None }
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The system refused to `verb` the file or folder at `path`.
    pub(crate) fn io(verb: &str, path: &Path, source: &io::Error) -> Self {
        let error = Self::new(format!("cannot {verb} `{}`", path.display()), source.to_string());
        Self { hint: hint_of(source.kind()).map(str::to_owned), ..error }
    }

    /// The files of a batch could not be written.
    pub(crate) fn export(error: &ExportError) -> Self {
        let cause = error.source().and_then(|source| source.downcast_ref::<io::Error>());
        let hint = cause.map_or(error.hint(), |cause| hint_of(cause.kind())).map(str::to_owned);
        Self { what: error.what().to_owned(), reason: error.reason().to_owned(), hint, holder: None }
    }

    /// A library failed on the file or table at `path`.
    pub(crate) fn library(verb: &str, path: &Path, source: &dyn fmt::Display) -> Self {
        let reason = source.to_string();
        let says = |numbers: &[u32]| numbers.iter().any(|number| reason.contains(&format!("os error {number})")));
        let hint = match (says(&[27, 28, 122]), says(&[2])) {
            (true, _) => "free some space and run again: what is committed stays, and the rest is done again",
            (_, true) => "was the store moved or deleted during the run?",
            _ => "",
        };
        let error = Self::new(format!("cannot {verb} `{}`", path.display()), reason);
        if hint.is_empty() { error } else { error.hint(hint) }
    }

    /// An error of what feeds the store.
    pub fn other(what: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::new(what, reason)
    }

    /// The error without its hint.
    pub fn message(&self) -> String {
        format!("{}: {}", self.what, self.reason)
    }

    /// What the user can do about it, where that is known.
    pub fn help(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

/// What may help where the system refused something.
fn hint_of(kind: io::ErrorKind) -> Option<&'static str> {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Some("free some space and run again: what is committed stays, and the rest is done again")
        }
        io::ErrorKind::PermissionDenied => Some("check who owns the store and its permissions"),
        io::ErrorKind::ReadOnlyFilesystem => Some("the file system is read-only: put the store elsewhere"),
        io::ErrorKind::NotFound => Some("was the store moved or deleted during the run?"),
        _ => None,
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, "\nhint: {hint}"))
    }
}

impl Error for StoreError {}
