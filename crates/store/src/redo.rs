//! A redo record is everything that a batch changes, written to `pending.json` before any table is touched: the entries for
//! each table's log, and what was withdrawn. Whoever opens the store next carries it out first, table by table, and skips
//! the tables whose log says that they have the batch (the `txn` entry with the store's identity and the batch's number).
//! So a batch is in all tables or in none, once, wherever the process was killed. The folder of files of the batch, where one
//! was asked for, comes into sight in the same way.

use std::{collections::BTreeMap, fs, io::ErrorKind};

use deltalake::{
    kernel::{
        Action, Transaction,
        transaction::{CommitBuilder, CommitProperties},
    },
    protocol::{DeltaOperation, SaveMode},
};
use serde::{Deserialize, Serialize};

use crate::{
    StoreError, atomic,
    files::Publish,
    store::{Current, Store},
    tables::{MONTH, StoreTable},
    withdraw::Withdrawn,
};

/// What kind of change a batch is, as the history of the tables tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Operation {
    Append,
    Withdraw,
    Compact,
}

/// The contents of `pending.json`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Pending {
    pub batch: i64,
    pub operation: Operation,
    /// Entries for the logs, by table.
    pub tables: BTreeMap<String, Vec<Action>>,
    /// All that is withdrawn from now on, where that changes.
    pub withdrawn: Option<Withdrawn>,
    /// The folder of files that comes into sight with the batch, where one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publish: Option<Publish>,
}

impl Store {
    /// Commits a batch to all tables. The files that it refers to are on the disk.
    pub(crate) fn commit(&mut self, pending: &Pending) -> Result<(), StoreError> {
        atomic::write(&self.own().join("pending.json"), pending)?;
        self.carry_out(pending, false)
    }

    /// Finishes the batch that a killed process left.
    pub(crate) fn redo(&mut self) -> Result<(), StoreError> {
        match atomic::read::<Pending>(&self.own().join("pending.json"))? {
            Some(pending) => self.carry_out(&pending, true),
            None => Ok(()),
        }
    }

    fn carry_out(&mut self, pending: &Pending, is_again: bool) -> Result<(), StoreError> {
        for table in StoreTable::ALL {
            let Some(actions) = pending.tables.get(table.name()) else { continue };
            if is_again && self.committed(table)?.is_some_and(|batch| batch >= pending.batch) {
                continue;
            }
            self.commit_table(table, actions.clone(), pending)?;
        }
        let own = self.own();
        if let Some(withdrawn) = &pending.withdrawn {
            atomic::write(&own.join("withdrawn.json"), withdrawn)?;
            self.withdrawn = withdrawn.clone();
        }
        self.set_current(Current { batch: pending.batch, tables: self.versions() })?;
        pending.publish.as_ref().map_or(Ok(()), Publish::carry_out)?;
        let path = own.join("pending.json");
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(StoreError::io("remove", &path, &error)),
            _ => atomic::sync_folder(&own),
        }
    }

    fn commit_table(&mut self, table: StoreTable, actions: Vec<Action>, pending: &Pending) -> Result<(), StoreError> {
        let log = self.root().join(table.name()).join("_delta_log");
        let failed = |e: &dyn std::fmt::Display| StoreError::library("commit to", &log, e);
        // The library would make the folder anew.
        fs::metadata(&log).map_err(|e| StoreError::io("commit to", &log, &e))?;
        let transaction = Transaction::new(&self.id, pending.batch);
        let properties = CommitProperties::default().with_application_transaction(transaction);
        let operation = match pending.operation {
            Operation::Append => DeltaOperation::Write {
                mode: SaveMode::Append,
                partition_by: table.is_by_month().then(|| vec![MONTH.to_owned()]),
                predicate: None,
            },
            Operation::Withdraw => DeltaOperation::Delete { predicate: None },
            Operation::Compact => DeltaOperation::Optimize { predicate: None, target_size: crate::compact::TARGET },
        };
        self.table(table)?;
        let open = &self.open[&table];
        let snapshot = open.snapshot().map_err(|e| failed(&e))?.snapshot();
        let builder = CommitBuilder::from(properties).with_actions(actions);
        let commit = builder.build(Some(snapshot), open.log_store(), operation);
        let done = self.runtime.block_on(commit.into_future()).map_err(|e| failed(&e))?;
        // The entry itself, and its name, outlast a power failure.
        let entry = log.join(format!("{:020}.json", done.version()));
        fs::File::open(&entry).and_then(|file| file.sync_all()).map_err(|e| StoreError::io("write", &entry, &e))?;
        atomic::sync_folder(&log)?;
        if let Some(open) = self.open.get_mut(&table) {
            open.state = Some(done.snapshot());
        }
        Ok(())
    }
}
