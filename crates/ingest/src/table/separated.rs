//! Rows of CSV and TSV: cells apart by a sign, quoted where they hold it. A cell without an end costs no more memory than
//! the limit of a record.

use std::io::{self, BufRead};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use serde_json::{Map, Value};

use super::check;
use crate::records::{Cut, too_large};
use crate::reject::code;
use crate::stream::{Fault, Stream};
use crate::{Options, decode};

/// More columns than this are none.
const COLUMNS_MAX: usize = 1 << 16;

pub struct Separated {
    stream: Option<Stream>,
    reader: Reader,
    names: Vec<String>,
    cells: Vec<u8>,
    ends: Vec<usize>,
    number: u64,
}

/// A row that was cut out: how many cells it has.
enum Row {
    Cells(usize),
    TooLarge,
    End,
}

impl Separated {
    /// Reads the names of the columns.
    pub fn open(stream: Stream, sign: u8, options: &Options) -> Result<Self, Fault> {
        let sign = if sign == b',' { separator(&stream.head) } else { sign };
        let mut table = Separated {
            stream: Some(stream),
            reader: ReaderBuilder::new().delimiter(sign).build(),
            names: Vec::new(),
            cells: vec![0; 8 << 10],
            ends: vec![0; 64],
            number: 0,
        };
        match table.row(options.max_record_bytes).map_err(|error| Fault::of(&error))? {
            Row::Cells(count) => table.names = table.texts(count).map(|name| name.trim().to_owned()).collect(),
            Row::TooLarge => return Err(too_large("the first row", options.max_record_bytes)),
            Row::End => return Err(Fault { code: code::EMPTY, message: "a table without a row".to_owned() }),
        }
        check(&table.names, &options.map)?;
        Ok(table)
    }

    pub fn next(&mut self, max_bytes: usize) -> Option<Cut> {
        let row = self.row(max_bytes);
        let number = self.number;
        self.number += 1;
        let row_is = |code, message: String| {
            Some((number, Err(Fault { code, message: format!("row {}: {message}", number + 1) })))
        };
        match row {
            Ok(Row::End) => None,
            Ok(Row::TooLarge) => Some((number, Err(too_large(&format!("row {}", number + 1), max_bytes)))),
            Ok(Row::Cells(count)) => {
                let cells: Vec<String> = self.texts(count).collect();
                let columns = self.names.len();
                if count < columns || cells[columns..].iter().any(|cell| !cell.trim().is_empty()) {
                    let message = format!(
                        "{count} cells where the first row names {columns} columns; put cells that hold the separator, a \
                         quotation mark or a line end in quotation marks"
                    );
                    return row_is(code::RAGGED, message);
                }
                let mut record = Map::new();
                for (name, cell) in self.names.iter().zip(cells) {
                    if !cell.is_empty() && !record.contains_key(name) {
                        record.insert(name.clone(), Value::String(cell));
                    }
                }
                Some((number, Ok(Value::Object(record).to_string().into_bytes())))
            }
            Err(error) => {
                self.stream = None;
                let fault = Fault::of(&error);
                row_is(fault.code, fault.message)
            }
        }
    }

    fn row(&mut self, max_bytes: usize) -> io::Result<Row> {
        let Some(stream) = self.stream.as_mut() else { return Ok(Row::End) };
        let (mut filled, mut count) = (0, 0);
        let mut over = false;
        loop {
            let buffer = stream.ahead()?;
            let (result, read, written, ended) =
                self.reader.read_record(buffer, &mut self.cells[filled..], &mut self.ends[count..]);
            stream.reader.consume(read);
            filled += written;
            count += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if over || self.cells.len() >= max_bytes => {
                    over = true;
                    filled = 0;
                }
                ReadRecordResult::OutputFull => {
                    let larger = (self.cells.len() * 2).min(max_bytes.max(self.cells.len() + 1));
                    self.cells.resize(larger, 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() >= COLUMNS_MAX => {
                    over = true;
                    count = 0;
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => return Ok(if over { Row::TooLarge } else { Row::Cells(count) }),
                ReadRecordResult::End => {
                    self.stream = None;
                    return Ok(Row::End);
                }
            }
        }
    }

    /// The cells of the row that was read last, in one encoding.
    fn texts(&self, count: usize) -> impl Iterator<Item = String> {
        let ends = &self.ends[..count];
        let whole = &self.cells[..ends.last().copied().unwrap_or(0)];
        let encoding = decode::encoding(whole);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts
            .zip(ends)
            .map(move |(start, end)| encoding.decode_without_bom_handling(&whole[start..*end]).0.into_owned())
    }
}

/// The sign that the first line of a `.csv` has most of, outside of quotation marks: programs write other signs than commas
/// where the comma stands in numbers.
fn separator(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for &byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => counts.iter_mut().filter(|(sign, _)| *sign == byte).for_each(|(_, count)| *count += 1),
            _ => {}
        }
    }
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(sign, count)| if *count == 0 { b',' } else { *sign })
}
