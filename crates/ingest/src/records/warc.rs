//! The records of a web archive (WARC), as crawlers and Common Crawl write them. A record says how long it is, and some
//! lie: the start of the next record is believed more than the length.

use memchr::memmem;

use super::{Cut, too_large};
use crate::reject::code;
use crate::stream::{Fault, Stream};
use std::io::{self, BufRead};

/// A header longer than this is none.
const HEADER_MAX: usize = 64 << 10;
/// What stands before a record that follows another one.
const BOUNDARY: &[u8] = b"\r\n\r\nWARC/1.";
/// How far behind a boundary its first header has to start.
const VERSION_LINE: usize = 24;

pub struct Warc {
    stream: Option<Stream>,
    /// Bytes that were read and belong to what is not given yet.
    ahead: Vec<u8>,
    at_end: bool,
    /// The error that the file ended with: what was read before it counts.
    failed: Option<io::Error>,
    number: u64,
}

/// How a record's block came out.
enum Block {
    /// The bytes up to here are the record; whether its length did not tell so much.
    Ends(usize, bool),
    /// Over the limit: its bytes are gone.
    TooLarge,
    /// The file stops in it.
    Truncated,
}

impl Warc {
    pub fn new(stream: Stream) -> Self {
        Warc { stream: Some(stream), ahead: Vec::new(), at_end: false, failed: None, number: 0 }
    }

    /// The next record that may hold an article; those that describe the crawl are passed over.
    pub fn next(&mut self, max_bytes: usize) -> Option<Cut> {
        self.stream.as_ref()?;
        match self.cut(max_bytes) {
            Ok(cut) => cut,
            Err(error) => {
                self.stream = None;
                Some((self.number, Err(Fault::of(&error).at("record", self.number))))
            }
        }
    }

    fn cut(&mut self, max_bytes: usize) -> io::Result<Option<Cut>> {
        loop {
            // 1. The line ends between records.
            let blank = self.ahead.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            self.ahead.drain(..blank);
            if self.ahead.len() < BOUNDARY.len() && self.fill()? {
                continue;
            }
            if self.ahead.is_empty() {
                return self.failed.take().map_or(Ok(None), Err);
            }
            let number = self.number;
            // 2. The header.
            let Some(header) = self.header()? else {
                let begun = self.ahead.starts_with(b"WARC/") || b"WARC/".starts_with(&self.ahead);
                if self.at_end && begun && self.ahead.len() <= HEADER_MAX {
                    self.ahead.clear();
                    return match self.failed.take() {
                        Some(error) => Err(error),
                        None => Ok(Some((number, Err(truncated(number))))),
                    };
                }
                let message = format!(
                    "record {}: expected the header of a WARC record; what stands before the next one is not read",
                    number + 1
                );
                if let Block::Ends(end, _) = self.block(0, None, HEADER_MAX)? {
                    self.ahead.drain(..end);
                }
                self.number += 1;
                return Ok(Some((number, Err(Fault { code: code::BAD_WARC, message }))));
            };
            let fields = &self.ahead[..header];
            let wanted = is_article(fields);
            let length = value(fields, "content-length").and_then(|text| text.parse().ok());
            // 3. The block.
            let max = if wanted { max_bytes } else { HEADER_MAX };
            let block = self.block(header, length, max)?;
            self.number += 1;
            match block {
                Block::Ends(end, went_on) => {
                    let rest = self.ahead.split_off(end);
                    let record = std::mem::replace(&mut self.ahead, rest);
                    if wanted {
                        return Ok(Some((number, Ok(record))));
                    }
                    if went_on {
                        let message = format!(
                            "record {}: what stands between its end and the next record is not read",
                            number + 1
                        );
                        return Ok(Some((number, Err(Fault { code: code::BAD_WARC, message }))));
                    }
                }
                Block::TooLarge if wanted => {
                    return Ok(Some((number, Err(too_large(&format!("record {}", number + 1), max_bytes)))));
                }
                Block::TooLarge => {}
                Block::Truncated => {
                    self.ahead.clear();
                    return Ok(Some((number, Err(truncated(number)))));
                }
            }
        }
    }

    /// Reads on; false at the end of the file.
    fn fill(&mut self) -> io::Result<bool> {
        let Some(stream) = self.stream.as_mut().filter(|_| !self.at_end) else { return Ok(false) };
        match stream.ahead() {
            Err(error) => {
                self.failed = Some(error);
                self.at_end = true;
                Ok(false)
            }
            Ok(buffer) => {
                let count = buffer.len();
                self.ahead.extend_from_slice(buffer);
                stream.reader.consume(count);
                self.at_end = count == 0;
                Ok(count > 0)
            }
        }
    }

    /// Where the header ends that stands at the start.
    fn header(&mut self) -> io::Result<Option<usize>> {
        if !self.ahead.starts_with(b"WARC/") {
            return Ok(None);
        }
        let mut searched = 0;
        loop {
            let end = memmem::find(&self.ahead[searched..], b"\n\r\n").map(|at| searched + at + 3);
            let plain = memmem::find(&self.ahead[searched..], b"\n\n").map(|at| searched + at + 2);
            if let Some(end) = [end, plain].into_iter().flatten().min() {
                return Ok(Some(end).filter(|end| *end <= HEADER_MAX));
            }
            searched = self.ahead.len().saturating_sub(2);
            if self.ahead.len() > HEADER_MAX || !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// Finds the end of a block that starts at `start`: where its length says, if a record or the end of the file follows
    /// there, and never beyond the start of another record.
    fn block(&mut self, start: usize, length: Option<usize>, max_bytes: usize) -> io::Result<Block> {
        let told = length.and_then(|length| start.checked_add(length));
        let mut searched = start;
        // Bytes of the block that were over the limit and are gone.
        let mut gone = 0_usize;
        loop {
            // 1. Another record starts: this one ends, whatever its length was.
            if let Some(end) = boundary(&self.ahead, searched) {
                let told_here = told.and_then(|told| told.checked_sub(gone)).filter(|told| *told <= end);
                let is_blank = |told: usize| self.ahead[told..end].trim_ascii().is_empty();
                let went_on = told.is_none() || told_here.is_some_and(|told| !is_blank(told));
                let end_here = told_here.filter(|_| !went_on).unwrap_or(end);
                return Ok(self.ended(end_here, end, gone > 0, went_on));
            }
            // 2. The file goes on.
            if self.ahead.len() > max_bytes.max(start) + BOUNDARY.len() + VERSION_LINE {
                let kept = self.ahead.len() - BOUNDARY.len() - VERSION_LINE;
                gone = gone.saturating_add(kept);
                self.ahead.drain(..kept);
            }
            searched =
                self.ahead.len().saturating_sub(BOUNDARY.len() + VERSION_LINE).max(if gone > 0 { 0 } else { start });
            if self.fill()? {
                continue;
            }
            // 3. The file ends: where the length said so, or too early.
            let told = match told {
                Some(told) => told.checked_sub(gone),
                None => Some(self.ahead.trim_ascii_end().len()),
            };
            return Ok(match told {
                Some(told) if told > self.ahead.len() => self.failed.take().map_or(Ok(Block::Truncated), Err)?,
                None if self.failed.is_some() => self.failed.take().map_or(Ok(Block::Truncated), Err)?,
                Some(told) if is_next(&self.ahead[told..]) => self.ended(told, told, gone > 0, length.is_none()),
                // What follows the last record is not a record: it belongs to this one.
                _ => self.ended(self.ahead.len(), self.ahead.len(), gone > 0, true),
            });
        }
    }

    fn ended(&mut self, end: usize, next: usize, over: bool, went_on: bool) -> Block {
        if over {
            self.ahead.drain(..next);
            return Block::TooLarge;
        }
        Block::Ends(end, went_on)
    }
}

/// Whether what stands behind a record is nothing, or the start of another one, cut or not.
fn is_next(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    rest.starts_with(b"WARC/") || b"WARC/".starts_with(rest)
}

fn truncated(number: u64) -> Fault {
    Fault { code: code::TRUNCATED, message: format!("record {}: the file stops in the middle", number + 1) }
}

/// Where the next record's boundary starts, from a place on: with the line of a header behind its version, since a page
/// may tell of WARC.
fn boundary(bytes: &[u8], from: usize) -> Option<usize> {
    let mut from = from;
    loop {
        let at = from + memmem::find(bytes.get(from..)?, BOUNDARY)?;
        let behind = &bytes[at + BOUNDARY.len()..];
        let line = memchr::memchr(b'\n', &behind[..behind.len().min(VERSION_LINE)]);
        if line.is_some_and(|line| behind[line + 1..].get(..5).is_some_and(|word| word.eq_ignore_ascii_case(b"WARC-")))
        {
            return Some(at);
        }
        from = at + 4;
    }
}

/// The value of a header's field.
pub fn value<'a>(header: &'a [u8], name: &str) -> Option<&'a str> {
    let mut lines = header.split(|&byte| byte == b'\n');
    lines.find_map(|line| {
        let (key, value) = line.split_at_checked(name.len())?;
        let value = value.strip_prefix(b":")?;
        key.eq_ignore_ascii_case(name.as_bytes()).then(|| std::str::from_utf8(value.trim_ascii()).ok())?
    })
}

/// Whether a record's header is of one that was fetched, and not of one that tells how.
fn is_article(header: &[u8]) -> bool {
    let kind = value(header, "warc-type").unwrap_or_default().to_ascii_lowercase();
    let content = value(header, "content-type").unwrap_or_default();
    !matches!(kind.as_str(), "warcinfo" | "request" | "metadata" | "revisit")
        && !content.eq_ignore_ascii_case("text/dns")
}
