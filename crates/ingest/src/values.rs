//! Values are the records of a JSON file that goes over lines: one object, objects one after the other, a list of
//! objects, or a list inside an answer of an interface (`{"status": "ok", "articles": [...]}`). They are cut out byte
//! by byte, so that a list of any length is read in bounded memory.

use std::io::BufRead;

use crate::fields;
use crate::records::{Cut, too_large};
use crate::reject::code;
use crate::stream::{Fault, Stream};

/// Keys under which an interface answers with a list of articles, or with the object that holds the list.
const ENVELOPES: [&str; 16] = [
    "articles",
    "data",
    "docs",
    "documents",
    "entries",
    "feed",
    "hits",
    "items",
    "news",
    "posts",
    "records",
    "response",
    "results",
    "rows",
    "stories",
    "value",
];
/// A key is remembered up to this length.
const KEY_MAX: usize = 64;

pub struct Values {
    stream: Option<Stream>,
    number: u64,
    /// Brackets open, of both kinds.
    depth: usize,
    /// How many of the outermost open objects are envelopes; a list directly in the last one may be the list of articles.
    envelopes: usize,
    /// The depth inside the list whose elements are the records.
    list: Option<usize>,
    /// The value around the records: it is an envelope, so it is no record itself.
    spent: bool,
    /// A list has opened under an envelope's key: what its first element is decides.
    candidate: bool,
    key: Vec<u8>,
    record: Vec<u8>,
    over: bool,
    in_string: bool,
    escaped: bool,
    /// White space is all there was since the last record.
    blank: bool,
    /// The record starts at this very byte: what was kept before it is none of it.
    restart: bool,
}

/// What a byte led to.
enum Step {
    More,
    /// A record is complete, without this byte.
    Before,
    /// A record is complete, with this byte.
    After,
    /// This is no JSON.
    Stray,
}

impl Values {
    pub fn new(stream: Stream) -> Self {
        Values {
            stream: Some(stream),
            number: 0,
            depth: 0,
            envelopes: 0,
            list: None,
            spent: false,
            candidate: false,
            key: Vec::new(),
            record: Vec::new(),
            over: false,
            in_string: false,
            escaped: false,
            blank: true,
            restart: false,
        }
    }

    pub fn next(&mut self, max_bytes: usize) -> Option<Cut> {
        let mut stream = self.stream.take()?;
        loop {
            let buffer = match stream.ahead() {
                Err(error) => {
                    return Some((self.number, Err(Fault::of(&error).at("record", self.number))));
                }
                Ok([]) => return self.end(),
                Ok(buffer) => buffer,
            };
            let length = buffer.len();
            let mut found = None;
            let mut used = length;
            let mut kept = 0; // bytes of the buffer before this one are in the record already
            for (at, &byte) in buffer.iter().enumerate() {
                let step = if self.in_string { self.string(byte) } else { self.step(byte) };
                if std::mem::take(&mut self.restart) {
                    kept = at;
                }
                match step {
                    Step::More => {
                        if !self.collecting() {
                            kept = at + 1;
                        }
                    }
                    Step::Before | Step::After => {
                        let end = if matches!(step, Step::After) { at + 1 } else { at };
                        keep(&mut self.record, &mut self.over, &buffer[kept.min(end)..end], max_bytes);
                        used = at + 1;
                        found = Some(true);
                        break;
                    }
                    Step::Stray => {
                        found = Some(false);
                        break;
                    }
                }
            }
            if found.is_none() {
                keep(&mut self.record, &mut self.over, &buffer[kept..], max_bytes);
            }
            stream.reader.consume(used);
            match found {
                None => {}
                Some(false) => {
                    let message =
                        format!("record {}: expected `{{` or `[`; the file is not read from here on", self.number + 1);
                    return Some((self.number, Err(Fault { code: code::BAD_JSON, message })));
                }
                Some(true) => {
                    let number = self.number;
                    let record = std::mem::take(&mut self.record);
                    let over = std::mem::replace(&mut self.over, false);
                    self.blank = true;
                    if record.trim_ascii().is_empty() && !over {
                        continue; // a comma before the end of a list
                    }
                    self.number += 1;
                    self.stream = Some(stream);
                    if over {
                        return Some((number, Err(too_large(&format!("record {}", number + 1), max_bytes))));
                    }
                    return Some((number, Ok(record)));
                }
            }
        }
    }

    fn end(&mut self) -> Option<Cut> {
        if self.depth == 0 && !self.in_string {
            return None;
        }
        let message = format!("record {}: the file stops in the middle", self.number + 1);
        Some((self.number, Err(Fault { code: code::TRUNCATED, message })))
    }

    /// Whether the bytes that come belong to a record.
    fn collecting(&self) -> bool {
        !self.blank && (!self.spent || self.list.is_some())
    }

    fn string(&mut self, byte: u8) -> Step {
        if self.escaped {
            self.escaped = false;
        } else if byte == b'\\' {
            self.escaped = true;
        } else if byte == b'"' {
            self.in_string = false;
            return Step::More;
        }
        if self.depth == self.envelopes && self.list.is_none() && self.key.len() < KEY_MAX {
            self.key.push(byte);
        }
        Step::More
    }

    fn step(&mut self, byte: u8) -> Step {
        if byte.is_ascii_whitespace() {
            return Step::More;
        }
        if std::mem::replace(&mut self.candidate, false) && byte == b'{' {
            // A list of objects: these are the records, and what was read around them is not.
            self.list = Some(self.depth);
            self.spent = true;
            self.record.clear();
            self.over = false;
            self.restart = true;
        }
        let at_list = self.list == Some(self.depth);
        match byte {
            b'"' => {
                self.in_string = true;
                if self.depth == self.envelopes {
                    self.key.clear();
                }
                if self.depth == 0 {
                    return Step::Stray;
                }
            }
            b'{' | b'[' => return self.open(byte),
            b'}' | b']' => return self.close(at_list, byte),
            b',' if at_list => return Step::Before,
            b',' if self.depth == 0 => return Step::More,
            b',' if self.depth == self.envelopes => self.key.clear(),
            _ if self.depth == 0 => return Step::Stray,
            // An object with a text of its own is an article, whatever lists it has.
            b':' if self.depth == self.envelopes && self.has_text_key() => self.envelopes = 0,
            _ => {}
        }
        self.blank = false;
        Step::More
    }

    fn open(&mut self, byte: u8) -> Step {
        if self.depth == 0 && byte == b'[' {
            self.list = Some(1);
            self.spent = true;
            self.depth = 1;
            self.blank = true;
            return Step::More;
        }
        if self.list.is_none() && self.depth == self.envelopes && (self.depth == 0 || self.is_envelope_key()) {
            match byte {
                b'{' => self.envelopes += 1,
                _ => self.candidate = true,
            }
        }
        self.depth += 1;
        self.blank = false;
        Step::More
    }

    fn close(&mut self, at_list: bool, byte: u8) -> Step {
        if self.depth == 0 {
            return Step::Stray;
        }
        self.depth -= 1;
        if at_list && byte == b']' {
            self.list = None;
            if self.depth == 0 {
                self.spent = false;
                self.envelopes = 0;
            }
            return Step::Before;
        }
        self.envelopes = self.envelopes.min(self.depth);
        if self.depth == 0 {
            let spent = std::mem::replace(&mut self.spent, false);
            self.list = None;
            if spent {
                self.blank = true;
                return Step::More;
            }
            return Step::After;
        }
        self.blank = false;
        Step::More
    }

    fn is_envelope_key(&self) -> bool {
        ENVELOPES.iter().any(|key| key.as_bytes() == self.key.as_slice())
    }

    fn has_text_key(&self) -> bool {
        std::str::from_utf8(&self.key)
            .ok()
            .and_then(fields::of_name)
            .is_some_and(|field| matches!(field, "text" | "html"))
    }
}

fn keep(record: &mut Vec<u8>, over: &mut bool, bytes: &[u8], max_bytes: usize) {
    if *over || record.len() + bytes.len() > max_bytes {
        *over = true;
        *record = Vec::new();
    } else {
        record.extend_from_slice(bytes);
    }
}
