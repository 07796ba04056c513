//! A listing is the files that inputs stand for, before any of them is opened: a caller that remembers what it has read
//! looks at their size and time, and opens only those that are new, each as a source of its own.

use std::path::Path;

use crate::Options;
use crate::places::{self, Kind, OpenError, Place};
use crate::source::{self, Source};

/// One file that an input stands for.
#[derive(Debug)]
pub struct Listed(Place);

/// Lists what the inputs stand for, each file once, sorted by name.
///
/// # Errors
/// Where an input is no file, folder or pattern, or stands for nothing.
pub fn list(inputs: &[String], options: &Options) -> Result<Vec<Listed>, OpenError> {
    let places = places::expand(inputs, options.output.as_deref())?;
    Ok(places.into_iter().map(Listed).collect())
}

impl Listed {
    /// How it is called in rows and messages.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Where it lies, if it is a file that can be opened.
    pub fn path(&self) -> Option<&Path> {
        match &self.0.kind {
            Kind::File { path, .. } => Some(path),
            _ => None,
        }
    }

    /// Opens it: a source of its records alone.
    pub fn open(self, options: &Options) -> Source {
        source::of(vec![self.0], options)
    }
}
