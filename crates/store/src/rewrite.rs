//! Rows are taken out of a store by writing the files that hold them anew without them. The old files stay for readers of
//! older versions, until `vacuum` removes them.

use std::collections::{BTreeMap, BTreeSet};

use arrow_array::{Array, BooleanArray, RecordBatch, cast::AsArray};
use arrow_select::filter::filter_record_batch;
use deltalake::kernel::{Action, Add, Remove};
use jiff::Timestamp;

use crate::{StoreError, data_file, store::Store, tables::StoreTable};

/// The entry that takes a file out of a table.
pub(crate) fn removal(add: &Add, data_change: bool) -> Action {
    Action::Remove(Remove {
        path: add.path.clone(),
        data_change,
        deletion_timestamp: Some(Timestamp::now().as_millisecond()),
        extended_file_metadata: Some(true),
        partition_values: Some(add.partition_values.clone()),
        size: Some(add.size),
        ..Remove::default()
    })
}

/// Which articles are taken out, by the month that their rows are in.
pub(crate) type Gone = BTreeMap<String, BTreeSet<String>>;

impl Store {
    /// Takes articles out of a table: entries for its log. `numbers` counts the files that the batch writes.
    pub(crate) fn take_out_articles(
        &mut self,
        table: StoreTable,
        gone: &Gone,
        batch: i64,
        numbers: &mut usize,
    ) -> Result<Vec<Action>, StoreError> {
        if gone.is_empty() || !table.is_by_month() {
            return Ok(Vec::new());
        }
        self.take_out(table, batch, numbers, |month| {
            let gone = gone.get(month?)?;
            Some(move |key: &str| gone.contains(key))
        })
    }

    /// Takes the rows out whose key passes the test that `test` gives for a month; none leaves the month alone.
    pub(crate) fn take_out<'t, T: Fn(&str) -> bool + 't>(
        &mut self,
        table: StoreTable,
        batch: i64,
        numbers: &mut usize,
        test: impl Fn(Option<&str>) -> Option<T>,
    ) -> Result<Vec<Action>, StoreError> {
        let mut actions = Vec::new();
        for (month, add) in self.files(table)? {
            let Some(is_gone) = test(month.as_deref()) else { continue };
            let path = self.root().join(table.name()).join(&add.path);
            // 1. Does the file hold any? Only the key is read.
            let mut holds = false;
            for keys in data_file::read(path.clone(), Some(&[table.key()]))? {
                holds |= keys?.column(0).as_string::<i32>().iter().flatten().any(&is_gone);
            }
            if !holds {
                continue;
            }
            // 2. What stays goes into a file of its own.
            let mut kept: Vec<RecordBatch> = Vec::new();
            for rows in data_file::read(path, None)? {
                let rows = rows?;
                let keys = rows[table.key()].as_string::<i32>();
                let stays: BooleanArray = keys.iter().map(|key| Some(key.is_none_or(|key| !is_gone(key)))).collect();
                let filtered = filter_record_batch(&rows, &stays);
                kept.push(filtered.map_err(|e| StoreError::new(format!("cannot filter `{table}`"), e.to_string()))?);
            }
            actions.push(removal(&add, true));
            if kept.iter().any(|rows| rows.num_rows() > 0) {
                *numbers += 1;
                let name = data_file::name(month.as_deref(), batch, *numbers);
                actions.push(Action::Add(data_file::write(self.root(), table, month.as_deref(), &name, &kept)?));
            }
        }
        Ok(actions)
    }

    /// Gives the rows of a table to `each`, some columns of them.
    pub(crate) fn each_row(
        &mut self,
        table: StoreTable,
        columns: &[&str],
        mut each: impl FnMut(Option<&str>, &RecordBatch) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        for (month, add) in self.files(table)? {
            for rows in data_file::read(self.root().join(table.name()).join(&add.path), Some(columns))? {
                each(month.as_deref(), &rows?)?;
            }
        }
        Ok(())
    }
}

/// A text of a row; empty where it is missing.
pub(crate) fn text(rows: &RecordBatch, column: &str, row: usize) -> String {
    rows.column_by_name(column).and_then(|c| c.as_string_opt::<i32>()).map_or(String::new(), |c| match c.is_null(row) {
        true => String::new(),
        false => c.value(row).to_owned(),
    })
}
