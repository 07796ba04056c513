//! A store is a folder of Delta tables and, in `_broadsheet`, what belongs to all of them: its version and identity
//! (`store.json`), the batch that is committed to all tables with the versions that belong together (`current.json`), what
//! was withdrawn (`withdrawn.json`), the redo record of a batch in the making (`pending.json`), and the lock.

use std::{
    collections::BTreeMap,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    time::Duration,
};

use deltalake::{
    DeltaTable,
    kernel::{Add, transaction::CommitProperties},
    operations::create::CreateBuilder,
    protocol::SaveMode,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::runtime::{Builder, Runtime};
use url::Url;

use crate::{
    StoreError, atomic,
    lock::Lock,
    tables::{MONTH, StoreTable},
    withdraw::Withdrawn,
};

/// The version of the store's layout; others are refused.
const LAYOUT: u32 = 1;
/// The folder of what belongs to all tables.
pub(crate) const OWN: &str = "_broadsheet";
/// A checkpoint of a table's log is written every so many commits: readers then need not read all of it.
const CHECKPOINT_EVERY: &str = "10";

/// What `store.json` holds.
#[derive(Debug, Serialize, Deserialize)]
struct Identity {
    layout: u32,
    id: String,
    created_by: String,
}

/// What `current.json` holds: the batch that is in all tables, and each table's version after it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Current {
    pub batch: i64,
    pub tables: BTreeMap<String, u64>,
}

/// An open store, locked against other writers until it is dropped.
pub struct Store {
    root: PathBuf,
    pub(crate) id: String,
    pub(crate) runtime: Runtime,
    pub(crate) open: BTreeMap<StoreTable, DeltaTable>,
    pub(crate) current: Current,
    pub(crate) withdrawn: Withdrawn,
    _lock: Option<Lock>,
}

impl Store {
    /// Opens the store in the folder `root`, or makes one where there is none, and finishes what a killed process left.
    ///
    /// # Errors
    /// Where another process holds it after `wait`, its layout has another version, the folder holds other things, or it
    /// is damaged.
    pub fn create(root: &Path, command: &str, wait: Duration) -> Result<Store, StoreError> {
        let own = root.join(OWN);
        if !own.exists() {
            refuse_foreign(root)?;
            fs::create_dir_all(&own).map_err(|e| StoreError::io("create", &own, &e))?;
        }
        Self::start(root, Some(Lock::take(&own.join("lock"), command, wait)?), true)
    }

    /// Opens the store in the folder `root`, and finishes what a killed process left.
    ///
    /// # Errors
    /// As [`Store::create`], and where there is no store.
    pub fn open(root: &Path, command: &str, wait: Duration) -> Result<Store, StoreError> {
        if !root.join(OWN).exists() {
            return Err(StoreError::new(format!("cannot open `{}`", root.display()), "no store is there")
                .hint("`broadsheet run` makes one; `[store] path` in its configuration says where"));
        }
        Self::start(root, Some(Lock::take(&root.join(OWN).join("lock"), command, wait)?), false)
    }

    /// Opens the store in the folder `root` to look at it: it is not locked, and nothing in it changes.
    ///
    /// # Errors
    /// Where there is none, or it is damaged.
    pub fn look(root: &Path) -> Result<Store, StoreError> {
        Self::start(root, None, false)
    }

    fn start(root: &Path, lock: Option<Lock>, may_create: bool) -> Result<Store, StoreError> {
        // 1. With the lock nobody else changes it from here on.
        let (own, is_locked) = (root.join(OWN), lock.is_some());
        let root = fs::canonicalize(root).map_err(|e| StoreError::io("open", root, &e))?;
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|e| StoreError::new("cannot start deltalake", e.to_string()))?;
        // 2. Is it ours, and of our version?
        let (path, mut is_new) = (own.join("store.json"), false);
        let identity = match atomic::read::<serde_json::Value>(&path)? {
            Some(found) => understand(&path, found)?,
            None if may_create => {
                is_new = true;
                Identity { layout: LAYOUT, id: new_id(&root), created_by: env!("CARGO_PKG_VERSION").to_owned() }
            }
            None => {
                return Err(StoreError::new(format!("cannot open `{}`", root.display()), "`store.json` is missing")
                    .hint("`broadsheet run` finishes a store whose making was interrupted"));
            }
        };
        let current = atomic::read(&own.join("current.json"))?;
        let mut store = Store {
            root,
            id: format!("broadsheet:{}", identity.id),
            runtime,
            open: BTreeMap::new(),
            current: Current::default(),
            withdrawn: atomic::read(&own.join("withdrawn.json"))?.unwrap_or_default(),
            _lock: lock,
        };
        if is_new {
            StoreTable::ALL.into_iter().try_for_each(|table| store.create_table(table))?;
            store.set_current(Current { batch: 0, tables: store.versions() })?;
            atomic::write(&path, &identity)?;
        } else {
            store.current = match current {
                Some(current) => current,
                None => store.recover_current()?,
            };
        }
        // 3. Finish what was begun.
        if is_locked {
            store.redo()?;
        }
        Ok(store)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a store is in the folder `root`.
    pub fn is_at(root: &Path) -> bool {
        root.join(OWN).join("store.json").exists()
    }

    /// The number of the last batch.
    pub fn batch(&self) -> i64 {
        self.current.batch
    }

    /// The folder of what belongs to all tables.
    pub fn own(&self) -> PathBuf {
        self.root.join(OWN)
    }

    pub(crate) fn set_current(&mut self, current: Current) -> Result<(), StoreError> {
        atomic::write(&self.own().join("current.json"), &current)?;
        self.current = current;
        Ok(())
    }

    /// The version of each table that is open; of the others as before.
    pub(crate) fn versions(&self) -> BTreeMap<String, u64> {
        let mut versions = self.current.tables.clone();
        for (table, open) in &self.open {
            versions.extend(open.version().map(|version| (table.name().to_owned(), version)));
        }
        versions
    }

    /// Where `current.json` is lost, the logs of the tables still tell the batch.
    fn recover_current(&mut self) -> Result<Current, StoreError> {
        let mut batch = 0;
        for table in StoreTable::ALL {
            batch = batch.max(self.committed(table)?.unwrap_or(0));
        }
        Ok(Current { batch, tables: self.versions() })
    }

    /// The last batch that was committed to a table.
    pub(crate) fn committed(&mut self, table: StoreTable) -> Result<Option<i64>, StoreError> {
        self.table(table)?;
        let open = &self.open[&table];
        let asked = async { open.snapshot()?.transaction_version(open.log_store().as_ref(), &self.id).await };
        self.runtime.block_on(asked).map_err(|e| self.log_error(table, &e))
    }

    /// The table, opened when it is first asked for.
    pub(crate) fn table(&mut self, table: StoreTable) -> Result<&mut DeltaTable, StoreError> {
        if !self.open.contains_key(&table) {
            let folder = self.root.join(table.name());
            let url = Url::from_directory_path(&folder);
            let url =
                url.map_err(|()| StoreError::new(format!("cannot open `{}`", folder.display()), "no such path"))?;
            let opened = self.runtime.block_on(deltalake::open_table(url));
            let opened = opened.map_err(|e| self.log_error(table, &e))?;
            self.open.insert(table, opened);
        }
        self.open.get_mut(&table).ok_or_else(|| StoreError::new(format!("cannot open table `{table}`"), "not open"))
    }

    fn create_table(&mut self, table: StoreTable) -> Result<(), StoreError> {
        let folder = self.root.join(table.name());
        let failed = |e: &dyn std::fmt::Display| StoreError::library("create", &folder, e);
        fs::create_dir_all(&folder).map_err(|e| StoreError::io("create", &folder, &e))?;
        let partitions: &[&str] = if table.is_by_month() { &[MONTH] } else { &[] };
        let builder = CreateBuilder::new()
            .with_location(Url::from_directory_path(&folder).map_err(|()| failed(&"no such path"))?.to_string())
            .with_table_name(table.name())
            .with_save_mode(SaveMode::Ignore)
            .with_columns(table.columns()?)
            .with_partition_columns(partitions.iter().copied())
            .with_configuration([("delta.checkpointInterval", Some(CHECKPOINT_EVERY))])
            .with_commit_properties(CommitProperties::default());
        let created = self.runtime.block_on(builder.into_future()).map_err(|e| failed(&e))?;
        self.open.insert(table, created);
        Ok(())
    }

    /// The files of a table, with the month that each belongs to.
    pub(crate) fn files(&mut self, table: StoreTable) -> Result<Vec<(Option<String>, Add)>, StoreError> {
        let open = self.table(table)?;
        let snapshot =
            open.snapshot().map_err(|e| StoreError::new(format!("cannot read table `{table}`"), e.to_string()))?;
        let mut files: Vec<(Option<String>, Add)> = Vec::new();
        for file in snapshot.log_data().iter() {
            let partition_values = file.partition_values_map();
            let month = partition_values.get(MONTH).cloned().flatten();
            files.push((
                month,
                Add { path: file.path().into_owned(), partition_values, size: file.size(), ..Add::default() },
            ));
        }
        files.sort_by(|one, two| one.1.path.cmp(&two.1.path));
        Ok(files)
    }

    /// The data files of a table as of the last batch that is in all tables: what a reader of several tables wants.
    ///
    /// # Errors
    /// Where there is no such table, or its log is damaged.
    pub fn data_files(&mut self, table: StoreTable) -> Result<Vec<PathBuf>, StoreError> {
        if let Some(version) = self.current.tables.get(table.name()).copied() {
            let open = self.table(table)?;
            let loaded = if open.version() == Some(version) { Ok(()) } else { self.load_version(table, version) };
            loaded?;
        }
        let folder = self.root.join(table.name());
        Ok(self.files(table)?.into_iter().map(|(_, add)| folder.join(add.path)).collect())
    }

    fn load_version(&mut self, table: StoreTable, version: u64) -> Result<(), StoreError> {
        let Some(open) = self.open.get_mut(&table) else { return Ok(()) };
        let loaded = self.runtime.block_on(open.load_version(version));
        loaded.map_err(|e| self.log_error(table, &e))
    }

    /// What is wrong with the log of a table, as exactly as can be told.
    pub(crate) fn log_error(&self, table: StoreTable, error: &dyn std::fmt::Display) -> StoreError {
        let log = self.root.join(table.name()).join("_delta_log");
        let what = format!("cannot read the log of table `{table}`");
        let reason = damage(&log).unwrap_or_else(|| error.to_string());
        StoreError::new(what, reason).hint(format!(
            "restore `{}` from a backup; without one, move the store away and run again: all sources are read anew",
            log.display()
        ))
    }
}

/// The first entry of a log that is missing or no JSON.
fn damage(log: &Path) -> Option<String> {
    let entries = match fs::read_dir(log) {
        Ok(entries) => entries.flatten().map(|entry| entry.path()),
        Err(error) => return Some(format!("`{}`: {error}", log.display())),
    };
    let mut names: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
    names.sort();
    let number = |path: &PathBuf| path.file_stem()?.to_str()?.parse::<u64>().ok();
    for pair in names.windows(2) {
        if let [Some(one), Some(two)] = [number(&pair[0]), number(&pair[1])]
            && two != one + 1
        {
            return Some(format!("entry {} is missing in `{}`", one + 1, log.display()));
        }
    }
    names.iter().find_map(|path| {
        let text = fs::read_to_string(path).ok()?;
        let bad = text.lines().position(|line| serde_json::from_str::<serde::de::IgnoredAny>(line).is_err());
        let bad = bad.or_else(|| text.is_empty().then_some(0))?;
        Some(format!("`{}`, line {}, is no JSON", path.display(), bad + 1))
    })
}

/// A new store goes into an empty folder.
fn refuse_foreign(root: &Path) -> Result<(), StoreError> {
    let refused = |reason: String| {
        StoreError::new(format!("cannot make a store in `{}`", root.display()), reason)
            .hint("name an empty folder, or one that does not exist, in `[store] path`")
    };
    match fs::read_dir(root) {
        // Another run may be making its store here.
        Ok(mut entries) => match entries.find(|entry| entry.as_ref().is_ok_and(|entry| entry.file_name() != OWN)) {
            Some(Ok(entry)) => {
                Err(refused(format!("it holds other things, such as `{}`", entry.file_name().to_string_lossy())))
            }
            _ => Ok(()),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => Err(refused("it is a file".to_owned())),
        Err(error) => Err(StoreError::io("read", root, &error)),
    }
}

/// The identity in `store.json`, if its version is ours.
fn understand(path: &Path, found: serde_json::Value) -> Result<Identity, StoreError> {
    let layout = found.get("layout").and_then(serde_json::Value::as_u64);
    let other = |reason: String, hint: &str| {
        Err(StoreError::new(format!("cannot open the store of `{}`", path.display()), reason).hint(hint))
    };
    match layout {
        Some(layout) if layout > u64::from(LAYOUT) => other(
            format!("its layout has version {layout}, and this program knows version {LAYOUT}"),
            "a newer broadsheet wrote it: use that one",
        ),
        Some(layout) if layout < u64::from(LAYOUT) => other(
            format!("its layout has version {layout}, and this program knows version {LAYOUT}"),
            "an older broadsheet wrote it: move the store away and run again, all sources are read anew",
        ),
        _ => serde_json::from_value(found).or_else(|e| {
            other(e.to_string(), "the file is damaged: restore it from a backup, or move the store away and run again")
        }),
    }
}

/// An identifier that two stores hardly share: commits carry it.
fn new_id(root: &Path) -> String {
    let seed = format!("{} {} {}", root.display(), std::process::id(), Timestamp::now());
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(seed.as_bytes()))
}
