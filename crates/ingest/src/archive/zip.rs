//! A zip has its directory at the end: it is read from a file on disk, or from memory. Members are read where the
//! directory says that they are, one after the other.

use std::io::{self, Read};
use std::vec::IntoIter;

use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder, ZipLocator};

use super::{Member, Unfolded, shown};
use crate::Options;
use crate::held::Held;
use crate::reject::code;
use crate::stream::{self, Fault, Stream};

/// The name and all that follows it in an entry of the directory have to fit.
const ENTRY_MAX: usize = 256 << 10;
/// How far before the end of the file the end of the directory is looked for: a comment may stand behind it.
const COMMENT_MAX: u64 = 128 << 10;

pub struct Zip {
    archive: ZipArchive<Held>,
    entries: IntoIter<Entry>,
    /// What was wrong with the directory behind these entries.
    fault: Option<Fault>,
    unfolded: Unfolded,
    max_ratio: u64,
}

struct Entry {
    name: String,
    place: ZipArchiveEntryWayfinder,
    size: u64,
    sum: u32,
    method: CompressionMethod,
    is_encrypted: bool,
    is_link: bool,
}

impl ReaderAt for Held {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.read_part(offset, buffer)
    }
}

fn damaged(error: impl std::fmt::Display) -> Fault {
    let message = format!("the directory at the end of the zip archive cannot be read: {error}");
    Fault { code: code::CORRUPT, message }
}

impl Zip {
    /// Reads the directory.
    pub fn open(stream: Stream, options: &Options) -> Result<Zip, Fault> {
        let held = Held::of(stream, options.max_held_bytes)?;
        let length = held.length();
        let mut buffer = vec![0; ENTRY_MAX];
        let locator = ZipLocator::new().max_search_space(COMMENT_MAX);
        let archive = locator.locate_in_reader(held, &mut buffer, length).map_err(|(_, error)| damaged(error))?;
        let mut found = archive.entries(&mut buffer);
        let mut entries = Vec::new();
        let fault = loop {
            match found.next_entry() {
                Ok(Some(entry)) if entry.is_dir() => {}
                Ok(Some(entry)) => entries.push(Entry {
                    name: shown(entry.file_path().as_bytes()),
                    place: entry.wayfinder(),
                    size: entry.uncompressed_size_hint(),
                    sum: entry.crc32(),
                    method: entry.compression_method(),
                    is_encrypted: entry.flags().is_encrypted(),
                    is_link: entry.mode().is_symlink(),
                }),
                Ok(None) => break None,
                Err(error) => break Some(damaged(error)),
            }
        };
        let max_ratio = options.max_file_ratio;
        Ok(Zip { archive, entries: entries.into_iter(), fault, unfolded: Unfolded::default(), max_ratio })
    }

    pub fn next(&mut self) -> Option<Result<Member, Fault>> {
        let Some(entry) = self.entries.next() else { return self.fault.take().map(Err) };
        let refused = |message: String| Err(Fault { code: code::UNSUPPORTED, message });
        let stream = if entry.is_encrypted {
            refused("encrypted: unpack the archive with its password first".to_owned())
        } else if entry.is_link {
            refused("a link in an archive: it is not followed".to_owned())
        } else {
            match entry.method {
                CompressionMethod::STORE => self.content(&entry, |raw| Box::new(raw)),
                CompressionMethod::DEFLATE => self.content(&entry, |raw| Box::new(DeflateDecoder::new(raw))),
                other => refused(format!("compressed with a method that is not read ({other}): unpack it first")),
            }
        };
        Some(Ok(Member { name: entry.name, stream }))
    }

    fn content(
        &self,
        entry: &Entry,
        decoder: impl Fn(io::BufReader<io::Take<crate::held::Reader>>) -> Box<dyn Read + Send>,
    ) -> Result<Stream, Fault> {
        let held = self.archive.get_ref();
        let (start, end) = match self.archive.get_entry(entry.place) {
            Ok(place) => place.compressed_data_range(),
            Err(error) => return Err(damaged(error)),
        };
        let raw = io::BufReader::new(held.from(start).take(end.saturating_sub(start)));
        let checked = Checked { inner: decoder(raw), crc: Crc::new(), left: entry.size, sum: entry.sum };
        stream::member(Box::new(checked), &self.unfolded, held.length(), self.max_ratio)
    }
}

/// Holds a member to the length and the checksum that the directory tells.
struct Checked<R> {
    inner: R,
    crc: Crc,
    left: u64,
    sum: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.crc.update(&buffer[..count]);
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "it is not what the archive's directory tells");
        self.left = self.left.checked_sub(count as u64).ok_or_else(damaged)?;
        if count == 0 && !buffer.is_empty() && (self.left > 0 || self.crc.sum() != self.sum) {
            return Err(damaged());
        }
        Ok(count)
    }
}
