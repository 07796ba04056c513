//! A place is somewhere that articles are read from: a file or standard input. What the user named (files, folders,
//! patterns) is expanded into places, each once, sorted by path, so that the output does not depend on the order of the
//! arguments or of the disk.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::reject::code;

/// One place to read from.
#[derive(Debug)]
pub struct Place {
    /// How it is called in rows and messages.
    pub name: String,
    pub kind: Kind,
}

#[derive(Debug)]
pub enum Kind {
    Stdin,
    File {
        path: PathBuf,
        bytes: u64,
    },
    /// An object that a URL names, and its size where the server says.
    #[cfg(feature = "remote")]
    Remote {
        object: crate::remote::Remote,
        bytes: Option<u64>,
    },
    /// Found on the walk, but not to be read: code and message.
    Refused(&'static str, String),
}

/// An input that the run cannot start with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{place}`: {message}")]
pub struct OpenError {
    /// The input as the user wrote it.
    pub place: String,
    /// What is wrong with it.
    pub message: String,
    /// What the user can do.
    pub hint: Option<String>,
}

fn failure(place: &str, message: impl Into<String>, hint: &str) -> OpenError {
    OpenError { place: place.to_owned(), message: message.into(), hint: Some(hint.to_owned()) }
}

/// Expands what the user named into sorted places. The folder `output` is passed by when it lies in a folder that is
/// walked, and can't be an input itself: what a run writes is not what the next one reads.
pub fn expand(inputs: &[String], output: Option<&Path>) -> Result<Vec<Place>, OpenError> {
    let mut walk = Walk::default();
    let output = output.and_then(|path| fs::canonicalize(path).ok());
    walk.folders.extend(output.clone());
    for input in inputs {
        let path = Path::new(input);
        if output.is_some() && fs::canonicalize(path).ok() == output {
            return Err(failure(
                input,
                "the output folder is also an input",
                "write to a folder of its own with `--out`",
            ));
        }
        if input == "-" {
            if !walk.places.iter().any(|place| matches!(place.kind, Kind::Stdin)) {
                walk.places.push(Place { name: input.clone(), kind: Kind::Stdin });
            }
        } else if is_url(input) {
            walk.places.extend(remote(input)?);
        } else if fs::symlink_metadata(path).is_ok() {
            walk.named(input, path)?;
        } else if input.contains(['*', '?', '[']) {
            pattern(input, &mut walk)?;
        } else {
            return Err(missing(input, path));
        }
    }
    if walk.places.is_empty() {
        let place = inputs.first().map_or("", String::as_str);
        let message = if inputs.is_empty() { "no input" } else { "no file in it" };
        return Err(failure(
            place,
            message,
            "name a file, a folder with articles, a pattern in quotes, or `-` for standard input",
        ));
    }
    // The same file by two ways is read once, under the first of its names.
    walk.places.sort_by(|a, b| a.name.cmp(&b.name));
    let mut seen = BTreeSet::new();
    walk.places.retain(|place| match &place.kind {
        Kind::File { path, .. } => seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())),
        #[cfg(feature = "remote")]
        Kind::Remote { .. } => seen.insert(PathBuf::from(&place.name)),
        _ => true,
    });
    Ok(walk.places)
}

/// Whether an input names an object of a store or of a web server.
fn is_url(input: &str) -> bool {
    const SCHEMES: [&str; 9] = ["s3", "s3a", "gs", "az", "adl", "abfs", "abfss", "http", "https"];
    input.split_once("://").is_some_and(|(scheme, _)| SCHEMES.contains(&scheme))
}

#[cfg(feature = "remote")]
fn remote(url: &str) -> Result<Vec<Place>, OpenError> {
    crate::remote::expand(url)
}

#[cfg(not(feature = "remote"))]
fn remote(url: &str) -> Result<Vec<Place>, OpenError> {
    let hint = "download it first, or build with `--features remote`";
    Err(failure(url, "this program was built without inputs by URL", hint))
}

fn missing(input: &str, path: &Path) -> OpenError {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            failure(input, "no permission to look at it", "check the permissions of the folders above it")
        }
        _ => match path.parent().filter(|parent| !parent.as_os_str().is_empty() && !parent.exists()) {
            Some(parent) => failure(input, "no such file or folder", &format!("`{}` does not exist", parent.display())),
            None => failure(
                input,
                "no such file or folder",
                "check the spelling; relative paths start at the current folder",
            ),
        },
    }
}

fn pattern(input: &str, walk: &mut Walk) -> Result<(), OpenError> {
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
    let paths = glob::glob_with(input, options).map_err(|error| {
        failure(input, format!("not a pattern: {}", error.msg), "`*`, `?`, `[a-z]` and `**` are understood")
    })?;
    let before = walk.places.len();
    for found in paths {
        match found {
            Ok(path) => walk.named(&path.to_string_lossy(), &path)?,
            Err(error) => walk.refuse(error.path(), error.error()),
        }
    }
    if walk.places.len() == before {
        return Err(failure(input, "the pattern matches nothing", "put the pattern in quotes, and check it with `ls`"));
    }
    Ok(())
}

#[derive(Default)]
struct Walk {
    places: Vec<Place>,
    /// Folders seen, by their true path: a loop of links is walked once.
    folders: BTreeSet<PathBuf>,
}

impl Walk {
    /// A path that the user named: anything that can be read is taken.
    fn named(&mut self, input: &str, path: &Path) -> Result<(), OpenError> {
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                let entries = fs::read_dir(path).map_err(|error| {
                    failure(
                        input,
                        format!("the folder cannot be read: {}", reason(&error)),
                        "check its permissions with `ls -ld`",
                    )
                })?;
                if fs::canonicalize(path).is_ok_and(|path| self.folders.insert(path)) {
                    self.folder(entries);
                }
            }
            Ok(meta) => self.file(path, meta.len()),
            Err(error) => self.refuse(path, &error),
        }
        Ok(())
    }

    fn folder(&mut self, entries: fs::ReadDir) {
        // A stack of folders, not of calls: a deep tree must not overflow.
        let mut open = vec![entries];
        while let Some(entries) = open.last_mut() {
            let entry = match entries.next() {
                Some(Ok(entry)) => entry,
                Some(Err(_)) => continue,
                None => {
                    open.pop();
                    continue;
                }
            };
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let path = entry.path();
            match fs::metadata(&path) {
                Ok(meta) if meta.is_dir() => {
                    // Each once, even if links lead to it again.
                    if fs::canonicalize(&path).is_ok_and(|path| self.folders.insert(path)) {
                        match fs::read_dir(&path) {
                            Ok(entries) => open.push(entries),
                            Err(error) => self.refuse(&path, &error),
                        }
                    }
                }
                Ok(meta) if meta.is_file() => self.file(&path, meta.len()),
                Ok(_) => {
                    let message =
                        "not a regular file: a pipe, a socket or a device is read only when it is named itself";
                    self.push(&path, Kind::Refused(code::UNSUPPORTED, message.to_owned()));
                }
                Err(error) => self.refuse(&path, &error),
            }
        }
    }

    fn file(&mut self, path: &Path, bytes: u64) {
        self.push(path, Kind::File { path: path.to_owned(), bytes });
    }

    fn refuse(&mut self, path: &Path, error: &io::Error) {
        self.push(path, Kind::Refused(code::UNREADABLE, reason(error)));
    }

    fn push(&mut self, path: &Path, kind: Kind) {
        self.places.push(Place { name: path.to_string_lossy().into_owned(), kind });
    }
}

/// What an I/O error says, without the number of the operating system.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
