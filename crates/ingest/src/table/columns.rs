//! Rows of Parquet and Arrow, which store a table by its columns. Only the columns that are used are read, a few rows at a
//! time.

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, DataType, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::{Map, Value};

use super::messages::Messages;
use super::{Kind, cell, check, quiet};
use crate::Options;
use crate::fields::Mapping;
use crate::held::Held;
use crate::records::{Cut, too_large};
use crate::reject::code;
use crate::stream::{Fault, Stream};

/// Rows that are decoded at a time.
const ROWS: usize = 64;

type Batches = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>;

pub struct Columns {
    /// None once it has ended.
    batches: Option<Batches>,
    batch: Option<RecordBatch>,
    /// The next row of the batch.
    row: usize,
    number: u64,
}

impl Columns {
    pub fn open(stream: Stream, kind: Kind, options: &Options) -> Result<Self, Fault> {
        let opened = quiet::caught(|| batches(stream, kind, options));
        let batches = opened.unwrap_or_else(|| Err(damaged("its structure contradicts itself")))?;
        Ok(Columns { batches: Some(batches), batch: None, row: 0, number: 0 })
    }

    pub fn next(&mut self, max_bytes: usize) -> Option<Cut> {
        loop {
            if let Some(batch) = self.batch.as_ref().filter(|batch| self.row < batch.num_rows()) {
                let record = record(batch, self.row);
                let number = self.number;
                self.row += 1;
                self.number += 1;
                if record.len() > max_bytes {
                    return Some((number, Err(too_large(&format!("row {}", number + 1), max_bytes))));
                }
                return Some((number, Ok(record)));
            }
            // The decoder of a damaged file may give up in its own way: that must not end the run.
            let batches = self.batches.as_mut()?;
            let next = quiet::caught(|| batches.next());
            self.row = 0;
            self.batch = match next {
                Some(Some(Ok(batch))) => Some(batch),
                Some(None) => {
                    self.batches = None;
                    return None;
                }
                Some(Some(Err(error))) => return self.ended(fault(&error)),
                None => return self.ended(damaged("its pages contradict each other")),
            };
        }
    }

    fn ended(&mut self, fault: Fault) -> Option<Cut> {
        self.batches = None;
        self.batch = None;
        Some((self.number, Err(fault.at("row", self.number))))
    }
}

fn batches(stream: Stream, kind: Kind, options: &Options) -> Result<Batches, Fault> {
    let mapping = &options.map;
    Ok(match kind {
        Kind::Parquet => {
            let held = Held::of(stream, options.max_held_bytes)?;
            let builder = ParquetRecordBatchReaderBuilder::try_new(held).map_err(|error| fault(&error.into()))?;
            let used = used(builder.schema(), mapping)?;
            let mask = ProjectionMask::roots(builder.parquet_schema(), used);
            let reader = builder.with_projection(mask).with_batch_size(ROWS).build();
            Box::new(reader.map_err(|error| fault(&error.into()))?)
        }
        _ => {
            let messages = Messages::open(stream, kind == Kind::ArrowFile, options.max_held_bytes)?;
            let used = used(messages.schema(), mapping)?;
            Box::new(messages.map(move |batch| batch.and_then(|batch| batch.project(&used))))
        }
    })
}

/// The columns that hold fields of articles.
fn used(schema: &Schema, mapping: &Mapping) -> Result<Vec<usize>, Fault> {
    let names: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
    check(&names, mapping)?;
    let texts: Vec<_> = schema.fields().iter().filter(|field| mapping.is_text(field.name())).collect();
    if !texts.iter().any(|field| may_hold_text(field.data_type())) {
        let types: Vec<String> =
            texts.iter().map(|field| format!("`{}` holds {}", field.name(), field.data_type())).collect();
        let message = format!("no column holds text: {}; name another with `--map text=COLUMN`", types.join(", "));
        return Err(Fault { code: code::NO_COLUMN, message });
    }
    Ok((0..names.len()).filter(|at| mapping.is_known(&names[*at])).collect())
}

fn may_hold_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Struct(_) => true,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => true,
        DataType::List(field) | DataType::LargeList(field) => may_hold_text(field.data_type()),
        DataType::Dictionary(_, values) => may_hold_text(values),
        _ => false,
    }
}

fn record(batch: &RecordBatch, row: usize) -> Vec<u8> {
    let schema = batch.schema();
    let mut record = Map::new();
    for (field, column) in schema.fields().iter().zip(batch.columns()) {
        let value = cell::value(column, row);
        if !value.is_null() {
            record.entry(field.name()).or_insert(value);
        }
    }
    Value::Object(record).to_string().into_bytes()
}

fn damaged(why: &str) -> Fault {
    Fault { code: code::CORRUPT, message: format!("the table is damaged: {why}; what came before it was read") }
}

fn fault(error: &ArrowError) -> Fault {
    let cause = match error {
        ArrowError::IoError(_, error) => Some(error),
        _ => None,
    };
    match cause.and_then(|error| error.get_ref()).and_then(|inner| inner.downcast_ref::<Fault>()) {
        Some(fault) => fault.clone(),
        None => {
            // A decoder may tell every step on the way to what is wrong, in lines or in braces.
            let told = error.to_string();
            damaged(told.lines().next().and_then(|line| line.split(" {").next()).unwrap_or_default())
        }
    }
}
