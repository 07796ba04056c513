//! Compacting merges the small files that many runs leave in a month into few that are sorted as a whole. No row changes,
//! and the log says so; readers of older versions keep their files until `vacuum` removes them.

use std::collections::BTreeMap;

use arrow_array::{BooleanArray, RecordBatch, cast::AsArray, types::Int64Type};
use arrow_select::{concat::concat_batches, filter::filter_record_batch};
use deltalake::kernel::{Action, Add};

use crate::{
    StoreError, data_file,
    redo::{Operation, Pending},
    rewrite::{removal, text},
    store::Store,
    tables::StoreTable,
};

/// Bytes that a merged file has at most, about; files of more than half of it are left alone.
pub(crate) const TARGET: i64 = 64 << 20;

/// What a compaction came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Compacted {
    /// Files merged.
    pub merged: usize,
    /// Files that they were merged into.
    pub into: usize,
}

impl Store {
    /// Merges the small files of every month of every table, in one batch.
    ///
    /// # Errors
    /// Where files cannot be read or written.
    pub fn compact(&mut self) -> Result<Compacted, StoreError> {
        let batch = self.batch() + 1;
        let (mut done, mut tables) = (Compacted::default(), BTreeMap::new());
        for table in StoreTable::ALL {
            let mut months: BTreeMap<Option<String>, Vec<Add>> = BTreeMap::new();
            for (month, add) in self.files(table)?.into_iter().filter(|(_, add)| add.size < TARGET / 2) {
                months.entry(month).or_default().push(add);
            }
            let mut actions = Vec::new();
            for (month, small) in months {
                for bin in bins(small).into_iter().filter(|bin| bin.len() > 1) {
                    done.into += 1;
                    done.merged += bin.len();
                    let name = data_file::name(month.as_deref(), batch, done.into);
                    let rows = self.merged(table, &bin)?;
                    let mut add = data_file::write(self.root(), table, month.as_deref(), &name, &[rows])?;
                    add.data_change = false;
                    actions.extend(bin.iter().map(|old| removal(old, false)));
                    actions.push(Action::Add(add));
                }
            }
            if !actions.is_empty() {
                tables.insert(table.name().to_owned(), actions);
            }
        }
        if !tables.is_empty() {
            self.commit(&Pending { batch, operation: Operation::Compact, tables, withdrawn: None, publish: None })?;
        }
        Ok(done)
    }

    fn merged(&self, table: StoreTable, files: &[Add]) -> Result<RecordBatch, StoreError> {
        let mut all = Vec::new();
        for add in files {
            for rows in data_file::read(self.root().join(table.name()).join(&add.path), None)? {
                all.push(rows?);
            }
        }
        let failed = |e| StoreError::library("merge files of", &self.root().join(table.name()), &e);
        let rows = concat_batches(&table.schema(), &all).map_err(failed)?;
        if table != StoreTable::Sources {
            return Ok(rows);
        }
        // Of what is known of a source only the last counts.
        let batches = rows["batch"].as_primitive::<Int64Type>();
        let mut last: BTreeMap<String, i64> = BTreeMap::new();
        for row in 0..rows.num_rows() {
            let of = last.entry(text(&rows, "source_path", row)).or_insert(i64::MIN);
            *of = (*of).max(batches.value(row));
        }
        let is_last = |row| last.get(&text(&rows, "source_path", row)) == Some(&batches.value(row));
        let stays: BooleanArray = (0..rows.num_rows()).map(|row| Some(is_last(row))).collect();
        filter_record_batch(&rows, &stays).map_err(failed)
    }
}

/// Files in order, as many together as the target holds.
fn bins(files: Vec<Add>) -> Vec<Vec<Add>> {
    let mut bins: Vec<Vec<Add>> = Vec::new();
    let mut size = 0;
    for file in files {
        size += file.size;
        match bins.last_mut().filter(|_| size <= TARGET) {
            Some(bin) => bin.push(file),
            None => {
                size = file.size;
                bins.push(vec![file]);
            }
        }
    }
    bins
}
