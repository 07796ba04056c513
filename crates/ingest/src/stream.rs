//! A stream is the content of one place, decompressed and in UTF-8 or an encoding that shares its ASCII, ready to be
//! divided into records. It never holds more than its buffers.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

use crate::places::reason;
use crate::reject::code;

/// How much of a stream is looked at to tell what it is.
const HEAD_BYTES: usize = 16 << 10;
/// How often a file may be compressed over.
const MAX_LAYERS: usize = 3;
/// What a compressed file may unfold to before its ratio is looked at.
const FREE_BYTES: u64 = 64 << 20;
/// The largest window that a zstd file may ask for: 128 MiB, what its own program accepts.
const ZSTD_WINDOW_LOG: u32 = 27;

/// Why a stream cannot be read any further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub code: &'static str,
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl Fault {
    /// The fault inside an error of this module's readers.
    pub fn of(error: &io::Error) -> Fault {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Fault>()) {
            Some(fault) => fault.clone(),
            None => Fault { code: code::UNREADABLE, message: reason(error) },
        }
    }

    /// The same, with the part of the stream that it befell: "record", counted from 0, is told from 1.
    pub fn at(self, part: &str, number: u64) -> Fault {
        Fault { message: format!("{part} {}: {}", number + 1, self.message), ..self }
    }
}

/// An open place: its first bytes, and all of them (the first included).
pub struct Stream {
    pub head: Vec<u8>,
    pub reader: BufReader<Box<dyn Read + Send>>,
    /// The file itself, where it is a regular one that is read as it is: it can be read anywhere.
    pub file: Option<File>,
}

impl Stream {
    /// What comes next, left where it is; empty at the end. A read that a signal interrupts is tried again.
    pub fn ahead(&mut self) -> io::Result<&[u8]> {
        while let Err(error) = self.reader.fill_buf() {
            if error.kind() != io::ErrorKind::Interrupted {
                return Err(error);
            }
        }
        Ok(self.reader.buffer())
    }
}

/// Opens a file; every byte read from it is counted.
pub fn file(path: &Path, counter: &Arc<AtomicU64>, max_ratio: u64) -> Result<Stream, Fault> {
    let unreadable = |error: io::Error| Fault { code: code::UNREADABLE, message: reason(&error) };
    let file = File::open(path).map_err(unreadable)?;
    let is_regular = file.metadata().is_ok_and(|meta| meta.is_file());
    let again = if is_regular { Some(file.try_clone().map_err(unreadable)?) } else { None };
    let (stream, layers) = layered(Box::new(file), counter, max_ratio)?;
    Ok(Stream { file: again.filter(|_| layers == 0), ..stream })
}

/// Opens anything that can be read.
pub fn unfold(input: Box<dyn Read + Send>, counter: &Arc<AtomicU64>, max_ratio: u64) -> Result<Stream, Fault> {
    layered(input, counter, max_ratio).map(|(stream, _)| stream)
}

/// The content of a compressed member of an archive. What all members of the archive have unfolded to so far is counted
/// together, and held against the size of the archive: many members may share the same bytes.
pub fn member(
    decoder: Box<dyn Read + Send>,
    unfolded: &Arc<AtomicU64>,
    archive: u64,
    max_ratio: u64,
) -> Result<Stream, Fault> {
    let own = Arc::new(AtomicU64::new(archive));
    let guarded = Guarded { inner: decoder, unfolded: unfolded.clone(), own, max_ratio };
    unfold(Box::new(guarded), &Arc::default(), max_ratio)
}

/// The stream under all compressions, and how many there were.
fn layered(input: Box<dyn Read + Send>, counter: &Arc<AtomicU64>, max_ratio: u64) -> Result<(Stream, usize), Fault> {
    let own = Arc::new(AtomicU64::new(0));
    let mut reader: Box<dyn Read + Send> = Box::new(Counted { inner: input, all: counter.clone(), own: own.clone() });
    for layer in 0.. {
        let head = take_head(&mut reader);
        let rest = std::mem::replace(&mut reader, Box::new(io::empty()));
        let whole = Box::new(Cursor::new(head.bytes.clone()).chain(Failing(head.error)).chain(rest));
        let decoder: Option<Box<dyn Read + Send>> = match head.bytes.as_slice() {
            [0x1f, 0x8b, 8, ..] => Some(Box::new(flate2::bufread::MultiGzDecoder::new(BufReader::new(whole)))),
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Box::new(zstd(whole)?)),
            bytes => {
                let (head, whole) = match Encoding::for_bom(bytes) {
                    Some((encoding, mark)) if encoding != UTF_8 => {
                        let decoder = encoding.new_decoder_with_bom_removal();
                        let mut reader: Box<dyn Read + Send> = Box::new(Transcoded::new(whole, decoder));
                        let _ = mark;
                        let head = take_head(&mut reader);
                        let whole = Cursor::new(head.bytes.clone()).chain(Failing(head.error)).chain(reader);
                        (head.bytes, Box::new(whole) as Box<dyn Read + Send>)
                    }
                    Some((_, mark)) => {
                        let mut whole = whole as Box<dyn Read + Send>;
                        let mut skipped = [0; 3];
                        let _ = whole.read_exact(&mut skipped[..mark]);
                        (bytes[mark..].to_vec(), whole)
                    }
                    None => (bytes.to_vec(), whole as Box<dyn Read + Send>),
                };
                return Ok((Stream { head, reader: BufReader::with_capacity(64 << 10, whole), file: None }, layer));
            }
        };
        if layer == MAX_LAYERS {
            return Err(Fault {
                code: code::TOO_LARGE,
                message: format!("compressed more than {MAX_LAYERS} times over"),
            });
        }
        let Some(decoder) = decoder else { continue };
        reader = Box::new(Guarded { inner: decoder, unfolded: Arc::default(), own: own.clone(), max_ratio });
    }
    Err(Fault { code: code::TOO_LARGE, message: "compressed without end".to_owned() })
}

fn zstd(whole: impl Read + Send + 'static) -> Result<impl Read + Send, Fault> {
    let unusable =
        |error: io::Error| Fault { code: code::CORRUPT, message: format!("not usable as zstd: {}", reason(&error)) };
    let mut decoder = zstd::Decoder::new(whole).map_err(unusable)?;
    decoder.window_log_max(ZSTD_WINDOW_LOG).map_err(unusable)?;
    Ok(decoder)
}

struct Head {
    bytes: Vec<u8>,
    /// The error that ended the head: to come again behind its bytes.
    error: Option<io::Error>,
}

fn take_head(reader: &mut Box<dyn Read + Send>) -> Head {
    let mut bytes = vec![0; HEAD_BYTES];
    let mut filled = 0;
    let mut error = None;
    while filled < bytes.len() {
        match reader.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(interrupted) if interrupted.kind() == io::ErrorKind::Interrupted => {}
            Err(other) => {
                error = Some(other);
                break;
            }
        }
    }
    bytes.truncate(filled);
    Head { bytes, error }
}

/// Gives its error once.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Counts bytes, and marks the errors of the disk as such.
struct Counted {
    inner: Box<dyn Read + Send>,
    all: Arc<AtomicU64>,
    own: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.inner.read(buffer) {
            Ok(count) => {
                self.all.fetch_add(count as u64, Ordering::Relaxed);
                self.own.fetch_add(count as u64, Ordering::Relaxed);
                Ok(count)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) if error.get_ref().is_some_and(|inner| inner.is::<Fault>()) => Err(error),
            Err(error) => Err(io::Error::other(Fault { code: code::UNREADABLE, message: reason(&error) })),
        }
    }
}

/// Stops a decoder that unfolds without measure, and names what was wrong with its input.
struct Guarded {
    inner: Box<dyn Read + Send>,
    unfolded: Arc<AtomicU64>,
    own: Arc<AtomicU64>,
    max_ratio: u64,
}

impl Read for Guarded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer).map_err(|error| {
            if error.get_ref().is_some_and(|inner| inner.is::<Fault>()) || error.kind() == io::ErrorKind::Interrupted {
                return error;
            }
            io::Error::other(match error.kind() {
                io::ErrorKind::UnexpectedEof => {
                    Fault { code: code::TRUNCATED, message: "the compressed file stops in the middle".to_owned() }
                }
                _ => Fault {
                    code: code::CORRUPT,
                    message: format!("the compressed file is damaged: {}", reason(&error)),
                },
            })
        })?;
        let unfolded = self.unfolded.fetch_add(count as u64, Ordering::Relaxed) + count as u64;
        let ratio = unfolded / self.own.load(Ordering::Relaxed).max(1);
        if unfolded > FREE_BYTES && ratio > self.max_ratio {
            let message = format!("unfolds to more than {} times its size: not read further", self.max_ratio);
            return Err(io::Error::other(Fault { code: code::TOO_LARGE, message }));
        }
        Ok(count)
    }
}

/// UTF-16 as UTF-8.
struct Transcoded<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    ready: Vec<u8>,
    ready_at: usize,
    done: bool,
}

impl<R: Read> Transcoded<R> {
    fn new(inner: R, decoder: Decoder) -> Self {
        Transcoded { inner, decoder, raw: Vec::new(), raw_at: 0, ready: Vec::new(), ready_at: 0, done: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let mut last = false;
        if self.raw_at == self.raw.len() {
            self.raw.resize(16 << 10, 0);
            let count = self.inner.read(&mut self.raw)?;
            self.raw.truncate(count);
            self.raw_at = 0;
            last = count == 0;
        }
        self.ready.resize(32 << 10, 0);
        let (result, read, written, _) = self.decoder.decode_to_utf8(&self.raw[self.raw_at..], &mut self.ready, last);
        self.raw_at += read;
        self.ready.truncate(written);
        self.ready_at = 0;
        self.done = last && result == CoderResult::InputEmpty;
        Ok(())
    }
}

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.ready_at == self.ready.len() && !self.done {
            self.refill()?;
        }
        let count = buffer.len().min(self.ready.len() - self.ready_at);
        buffer[..count].copy_from_slice(&self.ready[self.ready_at..self.ready_at + count]);
        self.ready_at += count;
        Ok(count)
    }
}
