//! A source gives the records of all inputs, one after the other, in an order that depends on their names alone.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::vec::IntoIter;

use crate::archive::{self, Archive};
use crate::places::{self, Kind, OpenError, Place};
use crate::records::Records;
use crate::reject::{self, code};
use crate::sniff::{self, Shape};
use crate::stream::{self, Fault, Stream};
use crate::{Format, Options, RawArticle, Reject};

/// Opens the inputs that the user named: files, folders, patterns, and `-` for standard input.
pub fn open(inputs: &[String], options: &Options) -> Result<Source, OpenError> {
    Ok(of(places::expand(inputs, options.output.as_deref())?, options))
}

/// The source of the records at some places.
pub(crate) fn of(places: Vec<Place>, options: &Options) -> Source {
    let mut bytes_total = Some(0_u64);
    for place in &places {
        bytes_total = match place.kind {
            Kind::Stdin => None,
            Kind::File { bytes, .. } => bytes_total.map(|total| total + bytes),
            #[cfg(feature = "remote")]
            Kind::Remote { bytes, .. } => bytes_total.zip(bytes).map(|(total, bytes)| total + bytes),
            Kind::Refused(..) => bytes_total,
        };
    }
    Source {
        options: options.clone(),
        files_total: places.len(),
        files_done: 0,
        bytes_total,
        bytes_read: Arc::new(AtomicU64::new(0)),
        places: places.into_iter(),
        open: Vec::new(),
        given: 0,
    }
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
    /// The file that is being read, under the archives that it is in.
    open: Vec<Open>,
    bytes_read: Arc<AtomicU64>,
    bytes_total: Option<u64>,
    files_done: usize,
    files_total: usize,
    given: u64,
}

struct Open {
    name: String,
    content: Content,
}

enum Content {
    Records(Format, Records),
    /// With the number of the next member.
    Archive(Archive, u64),
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

    /// Opens a place of its own.
    fn start(&self, place: Place) -> Result<Open, Reject> {
        let refused = |fault: Fault| reject::at(&place.name, 0, fault.code, fault.message);
        let ratio = self.options.max_file_ratio;
        let stream = match &place.kind {
            Kind::Refused(code, message) => return Err(reject::at(&place.name, 0, code, message.clone())),
            Kind::Stdin => stream::unfold(Box::new(io::stdin()), &self.bytes_read, ratio).map_err(refused)?,
            Kind::File { path, .. } => stream::file(path, &self.bytes_read, ratio).map_err(refused)?,
            #[cfg(feature = "remote")]
            Kind::Remote { object, .. } => {
                let body = object.open().map_err(refused)?;
                stream::unfold(body, &self.bytes_read, ratio).map_err(refused)?
            }
        };
        self.enter(place.name, stream)
    }

    /// Finds out what a stream is and how it is divided.
    fn enter(&self, name: String, stream: Stream) -> Result<Open, Reject> {
        let refused = |fault: Fault| reject::at(&name, 0, fault.code, fault.message);
        let options = &self.options;
        if stream.head.is_empty() {
            // An error of the very first bytes, or truly nothing.
            let first = Records::new(stream, Shape::Whole(Format::Text), options).map_err(refused)?.next(1);
            return Err(refused(match first {
                Some((_, Err(fault))) => fault,
                _ => Fault { code: code::EMPTY, message: "the file is empty".to_owned() },
            }));
        }
        let shape = sniff::shape(&name, &stream.head).map_err(|kind| {
            let message = format!("{kind} is not read; `docs/input-formats.md` lists what is");
            refused(Fault { code: code::UNSUPPORTED, message })
        })?;
        let format = match shape {
            Shape::Tar | Shape::Zip => {
                let depth = self.open.iter().filter(|open| matches!(open.content, Content::Archive(..))).count();
                if depth == archive::MAX_DEPTH {
                    let message = format!("an archive in more than {} archives: unpack them first", archive::MAX_DEPTH);
                    return Err(refused(Fault { code: code::TOO_DEEP, message }));
                }
                let archive = Archive::open(stream, shape, options).map_err(refused)?;
                return Ok(Open { content: Content::Archive(archive, 0), name });
            }
            Shape::Whole(format) | Shape::Elements(format) => format,
            Shape::JsonLines | Shape::Json | Shape::Table(_) => Format::Json,
            Shape::Warc => Format::Warc,
            Shape::Letters => Format::Mail,
        };
        let records = Records::new(stream, shape, options).map_err(refused)?;
        Ok(Open { content: Content::Records(format, records), name })
    }
}

impl Iterator for Source {
    type Item = Result<RawArticle, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.options.limit.is_some_and(|limit| self.given >= limit) {
                return None;
            }
            let Some(open) = self.open.last_mut() else {
                let place = self.places.next()?;
                match self.start(place) {
                    Ok(open) => self.open.push(open),
                    Err(reject) => {
                        self.files_done += 1;
                        return Some(Err(reject));
                    }
                }
                continue;
            };
            match &mut open.content {
                Content::Records(format, records) => match records.next(self.options.max_record_bytes) {
                    Some((number, Ok(bytes))) => {
                        self.given += 1;
                        return Some(Ok(RawArticle {
                            source_path: open.name.clone(),
                            source_offset: number,
                            format: *format,
                            bytes,
                        }));
                    }
                    Some((number, Err(fault))) => {
                        return Some(Err(reject::at(&open.name, number, fault.code, fault.message)));
                    }
                    None => self.close(),
                },
                Content::Archive(archive, number) => match archive.next() {
                    Some(Ok(member)) => {
                        *number += 1;
                        let name = format!("{}!{}", open.name, member.name);
                        let entered = match member.stream {
                            Ok(stream) => self.enter(name, stream),
                            Err(fault) => Err(reject::at(&name, 0, fault.code, fault.message)),
                        };
                        match entered {
                            Ok(open) => self.open.push(open),
                            Err(reject) => return Some(Err(reject)),
                        }
                    }
                    Some(Err(fault)) => {
                        return Some(Err(reject::at(&open.name, *number, fault.code, fault.message)));
                    }
                    None => self.close(),
                },
            }
        }
    }
}

impl Source {
    /// The file that is being read has ended.
    fn close(&mut self) {
        self.open.pop();
        self.files_done += usize::from(self.open.is_empty());
    }
}
