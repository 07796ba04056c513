//! A record is the bytes of one article inside a stream: a line, an object, or all of it. Records are cut out without
//! understanding them, and never more of one is held than the limit allows.

mod elements;
mod letters;
mod warc;

pub use self::elements::Elements;
pub use self::letters::Letters;
pub use self::warc::{Warc, value};

use std::io::{self, BufRead, Read};

use crate::Options;
use crate::reject::code;
use crate::sniff::Shape;
use crate::stream::{Fault, Stream};
use crate::table::Table;
use crate::values::Values;

/// One record that was cut out, or the reason why one could not be; with its number.
pub type Cut = (u64, Result<Vec<u8>, Fault>);

/// The records of one stream.
pub enum Records {
    Lines(Lines),
    Values(Values),
    Warc(Warc),
    Elements(Elements),
    Letters(Letters),
    Table(Table),
    Whole(Option<Stream>),
}

impl Records {
    /// Cuts a stream as its shape says.
    ///
    /// # Errors
    /// Where a table cannot be opened, or has no column that can be the text.
    pub fn new(stream: Stream, shape: Shape, options: &Options) -> Result<Self, Fault> {
        Ok(match shape {
            Shape::JsonLines => Records::Lines(Lines { stream: Some(stream), number: 0 }),
            Shape::Json => Records::Values(Values::new(stream)),
            Shape::Warc => Records::Warc(Warc::new(stream)),
            Shape::Elements(format) => Records::Elements(Elements::new(stream, format)),
            Shape::Letters => Records::Letters(Letters::new(stream)),
            Shape::Table(kind) => Records::Table(Table::open(stream, kind, options)?),
            Shape::Whole(_) | Shape::Tar | Shape::Zip => Records::Whole(Some(stream)),
        })
    }

    /// The next record; a fault of the stream itself ends it.
    pub fn next(&mut self, max_bytes: usize) -> Option<Cut> {
        match self {
            Records::Lines(lines) => lines.next(max_bytes),
            Records::Values(values) => values.next(max_bytes),
            Records::Warc(warc) => warc.next(max_bytes),
            Records::Elements(elements) => elements.next(max_bytes),
            Records::Letters(letters) => letters.next(max_bytes),
            Records::Table(table) => table.next(max_bytes),
            Records::Whole(stream) => stream.take().map(|stream| (0, whole(stream, max_bytes))),
        }
    }
}

/// The fault of a record over the limit.
pub fn too_large(what: &str, max_bytes: usize) -> Fault {
    Fault { code: code::TOO_LARGE, message: format!("{what} is larger than the limit of {max_bytes} bytes") }
}

fn whole(mut stream: Stream, max_bytes: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    stream.reader.by_ref().take(max_bytes as u64 + 1).read_to_end(&mut bytes).map_err(|error| Fault::of(&error))?;
    if bytes.len() > max_bytes { Err(too_large("the file", max_bytes)) } else { Ok(bytes) }
}

/// Records that end with their line; blank lines are none.
pub struct Lines {
    stream: Option<Stream>,
    number: u64,
}

impl Lines {
    fn next(&mut self, max_bytes: usize) -> Option<Cut> {
        loop {
            let number = self.number;
            let line = line(self.stream.as_mut()?, max_bytes);
            self.number += 1;
            match line {
                Ok(Line::End) => self.stream = None,
                Ok(Line::Whole(bytes)) if bytes.trim_ascii().is_empty() => {}
                Ok(Line::Whole(bytes)) => return Some((number, Ok(bytes))),
                Ok(Line::TooLarge) => {
                    return Some((number, Err(too_large(&format!("line {}", number + 1), max_bytes))));
                }
                Err(error) => {
                    self.stream = None;
                    return Some((number, Err(Fault::of(&error).at("line", number))));
                }
            }
        }
    }
}

pub(crate) enum Line {
    Whole(Vec<u8>),
    TooLarge,
    End,
}

pub(crate) fn line(stream: &mut Stream, max_bytes: usize) -> io::Result<Line> {
    let mut line = Vec::new();
    let mut too_large = false;
    let mut any = false;
    loop {
        let buffer = stream.ahead()?;
        let end = memchr::memchr(b'\n', buffer);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        any |= !buffer.is_empty();
        let at_end = buffer.is_empty() || end.is_some();
        if line.len() + part.len() > max_bytes {
            too_large = true;
            line = Vec::new();
        } else if !too_large {
            line.extend_from_slice(part);
        }
        let used = end.map_or(buffer.len(), |end| end + 1);
        stream.reader.consume(used);
        if at_end {
            return Ok(if too_large {
                Line::TooLarge
            } else if any {
                Line::Whole(line)
            } else {
                Line::End
            });
        }
    }
}
