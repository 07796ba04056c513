//! A source gives the records of all inputs, one after the other, in an order that depends on their names alone.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::vec::IntoIter;

use crate::places::{self, Kind, OpenError, Place};
use crate::records::Records;
use crate::reject::{self, code};
use crate::sniff::{self, Shape};
use crate::stream::{self, Fault};
use crate::{Format, Options, RawArticle, Reject};

/// Opens the inputs that the user named: files, folders, patterns, and `-` for standard input.
pub fn open(inputs: &[String], options: &Options) -> Result<Source, OpenError> {
    let places = places::expand(inputs)?;
    let mut bytes_total = Some(0_u64);
    for place in &places {
        bytes_total = match place.kind {
            Kind::Stdin => None,
            Kind::File { bytes, .. } => bytes_total.map(|total| total + bytes),
            Kind::Refused(..) => bytes_total,
        };
    }
    Ok(Source {
        options: options.clone(),
        files_total: places.len(),
        files_done: 0,
        bytes_total,
        bytes_read: Arc::new(AtomicU64::new(0)),
        places: places.into_iter(),
        current: None,
        given: 0,
    })
}

/// How far the reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read from disk, before decompression.
    pub bytes_read: u64,
    /// Bytes on disk in all; unknown with standard input.
    pub bytes_total: Option<u64>,
    /// Files read to their end.
    pub files_done: usize,
    /// Files in all.
    pub files_total: usize,
}

/// The records of all inputs. Holds one file open, and one record at a time.
pub struct Source {
    options: Options,
    places: IntoIter<Place>,
    current: Option<Current>,
    bytes_read: Arc<AtomicU64>,
    bytes_total: Option<u64>,
    files_done: usize,
    files_total: usize,
    given: u64,
}

struct Current {
    name: String,
    format: Format,
    records: Records,
}

impl Source {
    /// How far the reading has come.
    pub fn progress(&self) -> Progress {
        Progress {
            bytes_read: self.bytes_read.load(Ordering::Relaxed),
            bytes_total: self.bytes_total,
            files_done: self.files_done,
            files_total: self.files_total,
        }
    }

    fn start(&mut self, place: Place) -> Result<Current, Reject> {
        let refused = |fault: Fault| reject::at(&place.name, 0, fault.code, fault.message);
        let ratio = self.options.max_file_ratio;
        let stream = match &place.kind {
            Kind::Refused(code, message) => return Err(reject::at(&place.name, 0, code, message.clone())),
            Kind::Stdin => stream::unfold(Box::new(io::stdin()), &self.bytes_read, ratio).map_err(refused)?,
            Kind::File { path, .. } => stream::file(path, &self.bytes_read, ratio).map_err(refused)?,
        };
        if stream.head.is_empty() {
            // An error of the very first bytes, or truly nothing.
            return Err(refused(match Records::new(stream, Shape::Whole(Format::Text)).next(1) {
                Some((_, Err(fault))) => fault,
                _ => Fault { code: code::EMPTY, message: "the file is empty".to_owned() },
            }));
        }
        let shape = sniff::shape(&place.name, &stream.head).map_err(|kind| {
            let message = format!("{kind} is not read; text, Markdown, JSON, JSON Lines and HTML are");
            reject::at(&place.name, 0, code::UNSUPPORTED, message)
        })?;
        let format = match shape {
            Shape::Whole(format) => format,
            Shape::JsonLines | Shape::Json => Format::Json,
        };
        Ok(Current { name: place.name, format, records: Records::new(stream, shape) })
    }
}

impl Iterator for Source {
    type Item = Result<RawArticle, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.options.limit.is_some_and(|limit| self.given >= limit) {
                return None;
            }
            let Some(current) = &mut self.current else {
                let place = self.places.next()?;
                match self.start(place) {
                    Ok(current) => self.current = Some(current),
                    Err(reject) => {
                        self.files_done += 1;
                        return Some(Err(reject));
                    }
                }
                continue;
            };
            match current.records.next(self.options.max_record_bytes) {
                Some((number, Ok(bytes))) => {
                    self.given += 1;
                    return Some(Ok(RawArticle {
                        source_path: current.name.clone(),
                        source_offset: number,
                        format: current.format,
                        bytes,
                    }));
                }
                Some((number, Err(fault))) => {
                    return Some(Err(reject::at(&current.name, number, fault.code, fault.message)));
                }
                None => {
                    self.current = None;
                    self.files_done += 1;
                }
            }
        }
    }
}
