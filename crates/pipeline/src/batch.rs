//! A batch is a bounded run of records, in input order: small enough that memory does not grow with the input, large
//! enough to keep a core busy.

use broadsheet_ingest::{RawArticle, Reject};

/// Records in one batch at most.
pub const MAX_RECORDS: usize = 32;
/// Bytes of one batch, unless one record alone is larger.
pub const MAX_BYTES: usize = 512 * 1024;

/// What ingest hands over: a record, or the reason why there is none.
pub type Record = Result<RawArticle, Reject>;

/// Groups `records` into batches.
pub struct Batches<I: Iterator<Item = Record>> {
    records: I,
    ahead: Option<Record>,
}

impl<I: Iterator<Item = Record>> Batches<I> {
    /// Batches over `records`.
    pub fn new(records: I) -> Self {
        Self { records, ahead: None }
    }

    /// The source of the records.
    pub fn source(&self) -> &I {
        &self.records
    }
}

impl<I: Iterator<Item = Record>> Iterator for Batches<I> {
    type Item = Vec<Record>;

    fn next(&mut self) -> Option<Vec<Record>> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while let Some(record) = self.ahead.take().or_else(|| self.records.next()) {
            let size = record.as_ref().map_or(0, |r| r.bytes.len());
            if !batch.is_empty() && (batch.len() == MAX_RECORDS || bytes + size > MAX_BYTES) {
                self.ahead = Some(record);
                break;
            }
            bytes += size;
            batch.push(record);
        }
        (!batch.is_empty()).then_some(batch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use broadsheet_ingest::Format;

    fn record(bytes: usize) -> Record {
        Ok(RawArticle { source_path: "t".into(), source_offset: 0, format: Format::Text, bytes: vec![b'x'; bytes] })
    }

    fn sizes(records: Vec<Record>) -> Vec<usize> {
        Batches::new(records.into_iter()).map(|b| b.len()).collect()
    }

    #[test]
    fn batches_hold_a_bounded_number_of_records() {
        assert_eq!(sizes((0..MAX_RECORDS + 3).map(|_| record(1)).collect()), [MAX_RECORDS, 3]);
    }

    #[test]
    fn a_large_record_travels_alone() {
        assert_eq!(sizes(vec![record(10), record(2 * MAX_BYTES), record(10)]), [1, 1, 1]);
    }

    #[test]
    fn no_records_no_batch() {
        assert!(sizes(Vec::new()).is_empty());
    }
}
