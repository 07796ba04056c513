//! A batch is a bounded run of rows of one table, held as Arrow columns until it is written. Where a batch ends depends
//! on the rows alone and never on how the caller handed them over, so that the files' bytes do not either.

use crate::column::{Cell, ColumnSpec, Kind};
use arrow_array::{
    ArrayRef, RecordBatch,
    builder::{
        BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, Int64Builder, ListBuilder, StringBuilder,
        TimestampMicrosecondBuilder,
    },
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef, TimeUnit};
use jiff::civil::Date;
use std::{collections::HashMap, sync::Arc};

/// A batch ends after this many rows,
const MAX_ROWS: usize = 4096;
/// or once its text has this many bytes.
const MAX_TEXT: usize = 8 << 20;

/// The Arrow schema of a table: each column's description is in its field's metadata.
pub(crate) fn arrow_schema(columns: &[ColumnSpec]) -> SchemaRef {
    let field = |column: &ColumnSpec| {
        let metadata = HashMap::from([("description".to_owned(), column.description.to_owned())]);
        Field::new(column.name, arrow_type(column.kind), column.nullable).with_metadata(metadata)
    };
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

fn arrow_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::List => DataType::List(Arc::new(list_item())),
        Kind::Bool => DataType::Boolean,
        Kind::Int => DataType::Int32,
        Kind::Long => DataType::Int64,
        Kind::Float => DataType::Float64,
        Kind::Date => DataType::Date32,
        Kind::Instant => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
    }
}

fn list_item() -> Field {
    Field::new_list_field(DataType::Utf8, false)
}

/// Rows gathered so far.
pub(crate) struct Batch {
    schema: SchemaRef,
    columns: Vec<Builder>,
    rows: usize,
    text: usize,
}

impl Batch {
    pub fn new(schema: SchemaRef, columns: &[ColumnSpec]) -> Self {
        Self { schema, columns: columns.iter().map(|c| Builder::new(c.kind)).collect(), rows: 0, text: 0 }
    }

    /// Adds one row.
    pub fn push<'r>(&mut self, cells: impl Iterator<Item = Cell<'r>>) {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            self.text += column.push(cell);
        }
        self.rows += 1;
    }

    pub fn is_full(&self) -> bool {
        self.rows >= MAX_ROWS || self.text >= MAX_TEXT
    }

    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Takes the rows out.
    pub fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        (self.rows, self.text) = (0, 0);
        RecordBatch::try_new(self.schema.clone(), self.columns.iter_mut().map(Builder::finish).collect())
    }
}

enum Builder {
    Text(StringBuilder),
    List(ListBuilder<StringBuilder>),
    Bool(BooleanBuilder),
    Int(Int32Builder),
    Long(Int64Builder),
    Float(Float64Builder),
    Date(Date32Builder),
    Instant(TimestampMicrosecondBuilder),
}

impl Builder {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::List => Self::List(ListBuilder::new(StringBuilder::new()).with_field(list_item())),
            Kind::Bool => Self::Bool(BooleanBuilder::new()),
            Kind::Int => Self::Int(Int32Builder::new()),
            Kind::Long => Self::Long(Int64Builder::new()),
            Kind::Float => Self::Float(Float64Builder::new()),
            Kind::Date => Self::Date(Date32Builder::new()),
            Kind::Instant => Self::Instant(TimestampMicrosecondBuilder::new().with_timezone("UTC")),
        }
    }

    /// Adds a value and returns how many bytes of text it has. A value of another type than the column's cannot come up
    /// (both follow from the same definition); it would be missing.
    fn push(&mut self, cell: Cell<'_>) -> usize {
        match (self, cell) {
            (Self::Text(b), Cell::Text(text)) => {
                b.append_value(text);
                return text.len();
            }
            (Self::List(b), Cell::List(items)) => {
                items.iter().for_each(|item| b.values().append_value(item));
                b.append(true);
                return items.iter().map(String::len).sum();
            }
            (Self::Bool(b), Cell::Bool(value)) => b.append_value(value),
            (Self::Int(b), Cell::Int(value)) => b.append_value(value),
            (Self::Long(b), Cell::Long(value)) => b.append_value(value),
            (Self::Float(b), Cell::Float(value)) => b.append_value(value),
            (Self::Date(b), Cell::Date(value)) => b.append_value(days(value)),
            (Self::Instant(b), Cell::Instant(value)) => b.append_value(value.as_microsecond()),
            (Self::Text(b), _) => b.append_null(),
            (Self::List(b), _) => b.append(false),
            (Self::Bool(b), _) => b.append_null(),
            (Self::Int(b), _) => b.append_null(),
            (Self::Long(b), _) => b.append_null(),
            (Self::Float(b), _) => b.append_null(),
            (Self::Date(b), _) => b.append_null(),
            (Self::Instant(b), _) => b.append_null(),
        }
        0
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(b) => Arc::new(b.finish()),
            Self::List(b) => Arc::new(b.finish()),
            Self::Bool(b) => Arc::new(b.finish()),
            Self::Int(b) => Arc::new(b.finish()),
            Self::Long(b) => Arc::new(b.finish()),
            Self::Float(b) => Arc::new(b.finish()),
            Self::Date(b) => Arc::new(b.finish()),
            Self::Instant(b) => Arc::new(b.finish()),
        }
    }
}

/// The first day of Unix time.
const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// Days since the first day of Unix time; jiff's dates (years -9999 to 9999) fit easily.
fn days(date: Date) -> i32 {
    (date.duration_since(EPOCH).as_secs() / 86_400) as i32
}

/// The date that lies `days` after the first day of Unix time, where there is one.
pub(crate) fn date_of_days(days: i32) -> Option<Date> {
    EPOCH.checked_add(jiff::SignedDuration::from_hours(i64::from(days) * 24)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_1970() {
        for (date, expected) in
            [((1970, 1, 1), 0), ((1969, 12, 31), -1), ((2025, 8, 23), 20_323), ((1910, 8, 29), -21_675)]
        {
            let date = jiff::civil::date(date.0, date.1, date.2);
            assert_eq!(days(date), expected, "{date}");
            assert_eq!(date_of_days(expected), Some(date));
        }
    }
}
