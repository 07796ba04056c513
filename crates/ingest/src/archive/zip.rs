//! A zip has its directory at the end: it is read from a file on disk, or from memory. Members are read where the
//! directory says that they are, one after the other.

use std::io::{self, Read};

use flate2::bufread::DeflateDecoder;
use flate2::Crc;
use zip::{CompressionMethod, ZipArchive};

use super::{Member, Unfolded, shown};
use crate::Options;
use crate::held::{Held, Reader};
use crate::reject::code;
use crate::stream::{self, Fault, Stream};

pub struct Zip {
    held: Held,
    archive: ZipArchive<Reader>,
    next: usize,
    unfolded: Unfolded,
    max_ratio: u64,
}

impl Zip {
    pub fn open(stream: Stream, options: &Options) -> Result<Zip, Fault> {
        let held = Held::of(stream, options.max_held_bytes)?;
        let archive = ZipArchive::new(held.from(0)).map_err(|error| {
            let message = format!("the directory at the end of the zip archive cannot be read: {error}");
            Fault { code: code::CORRUPT, message: message.to_lowercase() }
        })?;
        Ok(Zip { held, archive, next: 0, unfolded: Unfolded::default(), max_ratio: options.max_file_ratio })
    }

    pub fn next(&mut self) -> Option<Result<Member, Fault>> {
        loop {
            let index = self.next;
            if index >= self.archive.len() {
                return None;
            }
            self.next += 1;
            let member = match self.archive.by_index_raw(index) {
                Ok(member) => member,
                Err(error) => {
                    let message = format!("member {}: {}", index + 1, error.to_string().to_lowercase());
                    return Some(Ok(Member {
                        name: format!("#{}", index + 1),
                        stream: Err(Fault { code: code::CORRUPT, message }),
                    }));
                }
            };
            if member.is_dir() {
                continue;
            }
            let name = match member.name() {
                Ok(name) => shown(name.as_bytes()),
                Err(_) => shown(member.name_raw()),
            };
            let refused = |message: String| Err(Fault { code: code::UNSUPPORTED, message });
            let compressed = member.compressed_size();
            let (size, sum) = (member.size(), member.crc32());
            let place = member.data_start();
            let method = member.compression();
            let (is_encrypted, is_link) = (member.encrypted(), member.is_symlink());
            drop(member);
            let stream = if is_encrypted {
                refused("encrypted: unpack the archive with its password first".to_owned())
            } else if is_link {
                refused("a link in an archive: it is not followed".to_owned())
            } else if let Some(place) = place {
                let raw = io::BufReader::new(self.held.from(place).take(compressed));
                match method {
                    CompressionMethod::Stored => self.opened(Checked::new(raw, size, sum)),
                    CompressionMethod::Deflated => self.opened(Checked::new(DeflateDecoder::new(raw), size, sum)),
                    other => refused(format!("compressed with a method that is not read ({other}): unpack it first")),
                }
            } else {
                Err(Fault { code: code::CORRUPT, message: "the directory of the archive does not say where it is".into() })
            };
            return Some(Ok(Member { name, stream }));
        }
    }

    fn opened(&self, decoder: impl Read + Send + 'static) -> Result<Stream, Fault> {
        stream::member(Box::new(decoder), &self.unfolded, self.held.length(), self.max_ratio)
    }
}

/// Holds a member to the length and the checksum that the directory tells.
struct Checked<R> {
    inner: R,
    crc: Crc,
    left: u64,
    sum: u32,
}

impl<R: Read> Checked<R> {
    fn new(inner: R, size: u64, sum: u32) -> Self {
        Checked { inner, crc: Crc::new(), left: size, sum }
    }
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
