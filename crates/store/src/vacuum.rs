//! Vacuuming removes files that no version within the retention refers to: those that were merged or written anew, and
//! those that a killed run left. Readers of versions before that can no longer be served.

use std::{
    fs,
    time::{Duration, SystemTime},
};

use deltalake::operations::vacuum::VacuumMode;

use crate::{
    StoreError,
    store::{Current, Store},
    tables::StoreTable,
};

/// What vacuuming came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vacuumed {
    /// Files removed, or to be removed, as `table/path`.
    pub files: Vec<String>,
}

impl Store {
    /// Removes what no version of the last `keep` refers to; `dry_run` only tells.
    ///
    /// # Errors
    /// Where files cannot be listed or removed.
    pub fn vacuum(&mut self, keep: Duration, dry_run: bool) -> Result<Vacuumed, StoreError> {
        let failed = |table: StoreTable, e: &dyn std::fmt::Display| {
            StoreError::new(format!("cannot vacuum table `{table}`"), e.to_string())
        };
        let retention =
            chrono::Duration::from_std(keep).map_err(|e| StoreError::new("cannot vacuum", e.to_string()))?;
        let mut done = Vacuumed::default();
        for table in StoreTable::ALL {
            let builder = self
                .table(table)?
                .clone()
                .vacuum()
                .with_retention_period(retention)
                .with_enforce_retention_duration(false)
                .with_mode(VacuumMode::Full)
                .with_dry_run(dry_run);
            let (after, metrics) = self.runtime.block_on(builder.into_future()).map_err(|e| failed(table, &e))?;
            self.open.insert(table, after);
            done.files.extend(metrics.files_deleted.iter().map(|file| format!("{table}/{file}")));
            if !dry_run {
                self.remove_empty_months(table, keep);
            }
        }
        if !dry_run {
            self.set_current(Current { batch: self.batch(), tables: self.versions() })?;
        }
        Ok(done)
    }

    /// A month whose files have all gone leaves an empty folder; one that is new may wait for its first file.
    fn remove_empty_months(&self, table: StoreTable, keep: Duration) {
        let Ok(entries) = fs::read_dir(self.root().join(table.name())) else { return };
        let Some(before) = SystemTime::now().checked_sub(keep) else { return };
        for entry in entries.flatten().filter(|entry| entry.file_name() != "_delta_log") {
            if entry.metadata().and_then(|meta| meta.modified()).is_ok_and(|modified| modified < before) {
                // Fails where it is not empty, which is as it should be.
                let _ = fs::remove_dir(entry.path());
            }
        }
    }
}
