//! What a store remembers of its sources: the size, the time and the content of each file that was read, and how many of
//! its records. A file that is as it was is not opened; one whose content was read before, under whatever name, is not
//! read again; one that was read in part is read on from there.

use std::{
    collections::{HashMap, HashSet},
    fs::{self, File},
    io::{self, Read},
    path::Path,
    time::UNIX_EPOCH,
};

use arrow_array::{cast::AsArray, types::Int64Type};
use xxhash_rust::xxh3::Xxh3Default;

use crate::{StoreError, rewrite::text, store::Store, tables::StoreTable};

/// A file as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// Size in bytes.
    pub bytes: u64,
    /// Time of its last change, nanoseconds since 1970.
    pub modified_ns: i64,
}

impl Mark {
    /// Looks at a file.
    pub fn of(path: &Path) -> io::Result<Mark> {
        let meta = fs::metadata(path)?;
        let modified = meta.modified()?;
        let modified_ns = match modified.duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |ns| -ns),
        };
        Ok(Mark { bytes: meta.len(), modified_ns })
    }
}

/// The hash of a file's bytes: 32 hex digits of XXH3-128.
pub fn content_hash(path: &Path) -> io::Result<String> {
    let (mut file, mut hash) = (File::open(path)?, Xxh3Default::new());
    let mut buffer = vec![0; 256 << 10];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(format!("{:032x}", hash.digest128())),
            Ok(count) => hash.update(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// A hash of what decides which records of a file become rows.
pub fn hash_of(options: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(options.as_bytes())
}

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// The file as it was then.
    pub mark: Mark,
    /// See [`content_hash`].
    pub content: String,
    /// A hash of the options that it was read with.
    pub options: String,
    /// Records read.
    pub records: u64,
    /// Whether these are all.
    pub complete: bool,
}

/// What was read of all files.
#[derive(Debug, Default)]
pub struct Sources {
    files: HashMap<String, (i64, Seen)>,
    contents: HashSet<String>,
}

impl Sources {
    /// Reads what the store remembers.
    ///
    /// # Errors
    /// Where the table `sources` is damaged.
    pub fn load(store: &mut Store) -> Result<Sources, StoreError> {
        let mut sources = Sources::default();
        let schema = StoreTable::Sources.schema();
        let columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        store.each_row(StoreTable::Sources, &columns, |_, rows| {
            let long = |column: &str, row: usize| rows[column].as_primitive::<Int64Type>().value(row);
            for row in 0..rows.num_rows() {
                let seen = Seen {
                    mark: Mark { bytes: long("bytes", row).cast_unsigned(), modified_ns: long("modified_ns", row) },
                    content: text(rows, "content_hash", row),
                    options: text(rows, "options_hash", row),
                    records: long("records", row).cast_unsigned(),
                    complete: rows["complete"].as_boolean().value(row),
                };
                sources.add(text(rows, "source_path", row), long("batch", row), seen);
            }
            Ok(())
        })?;
        // Of a source that was read in part since, or is to be read again, what it was before does not count.
        let whole =
            sources.files.values().map(|(_, seen)| seen).filter(|seen| seen.complete && !seen.content.is_empty());
        sources.contents = whole.map(|seen| format!("{} {}", seen.content, seen.options)).collect();
        Ok(sources)
    }

    fn add(&mut self, path: String, batch: i64, seen: Seen) {
        match self.files.get(&path) {
            Some((newer, _)) if *newer > batch => {}
            _ => {
                self.files.insert(path, (batch, seen));
            }
        }
    }

    /// Whether a file is as it was when all of it was read with the same options.
    pub fn is_unchanged(&self, path: &str, mark: Mark, options: &str) -> bool {
        self.files.get(path).is_some_and(|(_, seen)| seen.complete && seen.mark == mark && seen.options == options)
    }

    /// Whether this content was read with the same options, under whatever name.
    pub fn has_content(&self, content: &str, options: &str) -> bool {
        self.contents.contains(&format!("{content} {options}"))
    }

    /// How many records of a file of this content were read before the reading was cut off.
    pub fn records_read(&self, path: &str, content: &str, options: &str) -> u64 {
        let part = self.files.get(path).map(|(_, seen)| seen).filter(|seen| !seen.complete);
        part.filter(|seen| seen.content == content && seen.options == options).map_or(0, |seen| seen.records)
    }
}
