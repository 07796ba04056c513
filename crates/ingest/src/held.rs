//! Held is content that can be read anywhere and not only from its start to its end, as archives and columnar tables
//! need it: a file on disk, or what came through a pipe or out of an archive, in memory up to a limit.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};

use crate::reject::code;
use crate::stream::{Fault, Stream};

/// Content to be read anywhere; clones share it.
#[derive(Debug, Clone)]
pub enum Held {
    File(Arc<Mutex<File>>, u64),
    Bytes(Bytes),
}

impl Held {
    /// Holds a stream: its file where it has one, else all of its bytes.
    pub fn of(mut stream: Stream, max_bytes: usize) -> Result<Held, Fault> {
        if let Some(file) = stream.file.take() {
            let length = file.metadata().map_err(|error| Fault::of(&error))?.len();
            return Ok(Held::File(Arc::new(Mutex::new(file)), length));
        }
        let mut bytes = Vec::new();
        stream.reader.take(max_bytes as u64 + 1).read_to_end(&mut bytes).map_err(|error| Fault::of(&error))?;
        if bytes.len() > max_bytes {
            let message = format!(
                "larger than the {max_bytes} bytes that are held in memory of a table or archive that is compressed, \
                 inside of another or from a pipe: unpack it first"
            );
            return Err(Fault { code: code::TOO_LARGE, message });
        }
        Ok(Held::Bytes(Bytes::from(bytes)))
    }

    /// How many bytes there are.
    pub fn length(&self) -> u64 {
        match self {
            Held::File(_, length) => *length,
            Held::Bytes(bytes) => bytes.len() as u64,
        }
    }

    /// Reads at a place, as much as fits or as there is.
    pub fn read_part(&self, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Held::File(file, _) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(at))?;
                file.read(buffer)
            }
            Held::Bytes(bytes) => {
                let rest = usize::try_from(at).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
                let count = rest.len().min(buffer.len());
                buffer[..count].copy_from_slice(&rest[..count]);
                Ok(count)
            }
        }
    }

    /// A reader that starts at a place.
    pub fn from(&self, at: u64) -> Reader {
        Reader { held: self.clone(), at }
    }
}

/// Reads held content from one place on.
#[derive(Debug)]
pub struct Reader {
    held: Held,
    at: u64,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.held.read_part(self.at, buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.held.length().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

impl Length for Held {
    fn len(&self) -> u64 {
        self.length()
    }
}

impl ChunkReader for Held {
    type T = io::BufReader<Reader>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(io::BufReader::new(self.from(start)))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        let end = start.checked_add(length as u64).filter(|end| *end <= self.length());
        if end.is_none() {
            return Err(ParquetError::EOF("the file stops in the middle".to_owned()));
        }
        if let Held::Bytes(bytes) = self {
            let start = start as usize; // below the length checked above
            return Ok(bytes.slice(start..start + length));
        }
        let mut bytes = vec![0; length];
        self.from(start).read_exact(&mut bytes)?;
        Ok(Bytes::from(bytes))
    }
}
