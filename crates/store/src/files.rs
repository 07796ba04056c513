//! The files of a batch are an export of what it adds, for tools that read files and not tables: a folder
//! `batch-0000000012` with the tables in the formats that the user wants and a `run.json`.
//!
//! The folder is written out of sight, under `.coming`, before the batch is committed. That it comes into sight is part of
//! the batch's redo record: it is renamed once all tables have the batch. So a folder that can be seen is whole, never
//! changes, and holds what one batch of the store holds; what a killed run left under `.coming` is removed by the next.

use std::{
    collections::BTreeMap,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use broadsheet_export::{Document, Exporter, FileFormat, RunReport, Table};
use broadsheet_ingest::Reject;
use serde::{Deserialize, Serialize};

use crate::{StoreError, atomic, batch::Month};

/// Where folders lie before their batch is committed.
const COMING: &str = ".coming";
/// Tells which store the batches are of.
const OWNER: &str = ".broadsheet.json";

/// What is written beside the store for each batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The folder that has a folder for each batch.
    pub path: PathBuf,
    /// The formats of the files.
    pub formats: Vec<FileFormat>,
    /// The tables; none for the usual ones.
    pub tables: Vec<Table>,
}

/// What [`OWNER`] holds.
#[derive(Serialize, Deserialize)]
struct Owner {
    store: String,
}

/// The folder of batches of one store.
pub(crate) struct BatchFiles {
    root: PathBuf,
    formats: Vec<FileFormat>,
    tables: Vec<Table>,
}

impl BatchFiles {
    /// Prepares the folder, and removes what a killed run left. The store is locked.
    pub fn open(files: &Files, store: &str) -> Result<BatchFiles, StoreError> {
        let coming = files.path.join(COMING);
        fs::create_dir_all(&files.path).map_err(|e| StoreError::io("create", &files.path, &e))?;
        let root = fs::canonicalize(&files.path).map_err(|e| StoreError::io("open", &files.path, &e))?;
        let owner = root.join(OWNER);
        match atomic::read::<Owner>(&owner)? {
            Some(found) if found.store != store => {
                let what = format!("cannot write files to `{}`", root.display());
                return Err(StoreError::new(what, "it has the batches of another store")
                    .hint("move them away, or name another folder in `[files] path`"));
            }
            Some(_) => {}
            None => atomic::write(&owner, &Owner { store: store.to_owned() })?,
        }
        match fs::remove_dir_all(&coming) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(StoreError::io("remove", &coming, &error));
            }
            _ => fs::create_dir(&coming).map_err(|e| StoreError::io("create", &coming, &e))?,
        }
        let tables = if files.tables.is_empty() { Table::default_set() } else { files.tables.clone() };
        let files = BatchFiles { root, formats: files.formats.clone(), tables };
        // What a format needs and is not there is told before anything is read.
        files.exporter("check")?.abort();
        Ok(files)
    }

    fn exporter(&self, name: &str) -> Result<Exporter, StoreError> {
        let out = self.root.join(COMING).join(name);
        Exporter::create(&out, &self.formats, &self.tables).map_err(|e| StoreError::export(&e))
    }

    /// Writes the files of a batch out of sight. Nothing where the batch has neither articles nor rejects.
    pub fn stage<'m>(
        &self,
        batch: i64,
        months: impl Iterator<Item = &'m Month> + Clone,
        rejects: &[Result<Document, Reject>],
    ) -> Result<Option<Publish>, StoreError> {
        if rejects.is_empty() && months.clone().all(|month| month.outcomes.is_empty()) {
            return Ok(None);
        }
        let started = jiff::Timestamp::now();
        let name = format!("batch-{batch:010}");
        let mut exporter = self.exporter(&name)?;
        exporter.set_originals(months.clone().flat_map(Month::copies).collect());
        let outcomes = months.map(|month| month.outcomes.as_slice()).chain([rejects]);
        let written = outcomes.into_iter().try_for_each(|outcomes| exporter.write(outcomes));
        let options = BTreeMap::from([("batch".to_owned(), batch.into())]);
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let report = RunReport { version, options, started, ..RunReport::default() };
        written.and_then(|()| exporter.finish(report)).map_err(|e| StoreError::export(&e))?;
        Ok(Some(Publish { from: self.root.join(COMING).join(&name), to: self.root.join(name) }))
    }
}

/// The step by which the files of a batch come into sight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Publish {
    from: PathBuf,
    to: PathBuf,
}

impl Publish {
    /// Renames the folder; one that is in its place already, or that somebody removed, is left.
    pub fn carry_out(&self) -> Result<(), StoreError> {
        match fs::rename(&self.from, &self.to) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(StoreError::io("create", &self.to, &error)),
            Err(_) => Ok(()),
            Ok(()) => self.to.parent().map_or(Ok(()), |folder: &Path| atomic::sync_folder(folder)),
        }
    }
}
