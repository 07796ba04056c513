//! Elements are the articles of an XML file that holds many: the items of a feed, the news items of a message. They are
//! cut out byte by byte, so that a feed of any length is read in bounded memory; each takes along what stands above the
//! first of them, where the feed tells of itself.

use std::io::BufRead;

use super::{Cut, too_large};
use crate::Format;
use crate::reject::code;
use crate::stream::{Fault, Stream};

/// What a feed tells of itself is taken along up to this length.
const ABOVE_MAX: usize = 64 << 10;
/// A name is remembered up to this length.
const NAME_MAX: usize = 64;

pub struct Elements {
    stream: Option<Stream>,
    /// The names of the elements that are articles.
    names: &'static [&'static [u8]],
    number: u64,
    /// What stands above the first article.
    above: Vec<u8>,
    record: Vec<u8>,
    over: bool,
    /// Elements of the wanted names that are open.
    depth: usize,
    state: State,
    /// The tag that is being read, while it is not known what it is.
    tag: Vec<u8>,
    /// The last bytes, newest last: the ends of comments and CDATA sections are told by them.
    last: [u8; 3],
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Text,
    /// From `<` to the end of the name.
    Name,
    /// In a tag behind its name; the quotation mark that is open, or zero.
    Tag {
        quote: u8,
        kind: Kind,
    },
    /// `<!` and what follows, while it is not known what it is.
    Bang,
    Comment,
    Section,
    Instruction,
    /// In a document type; how many brackets are open.
    Declaration(u32),
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Opens,
    Closes,
    Other,
}

impl Elements {
    pub fn new(stream: Stream, format: Format) -> Self {
        let names: &[&[u8]] = match format {
            Format::NewsMl => &[b"newsItem"],
            _ => &[b"item", b"entry"],
        };
        Elements {
            stream: Some(stream),
            names,
            number: 0,
            above: Vec::new(),
            record: Vec::new(),
            over: false,
            depth: 0,
            state: State::Text,
            tag: Vec::new(),
            last: [0; 3],
        }
    }

    pub fn next(&mut self, max_bytes: usize) -> Option<Cut> {
        let mut stream = self.stream.take()?;
        loop {
            let buffer = match stream.ahead() {
                Err(error) => {
                    return Some((self.number, Err(Fault::of(&error).at("item", self.number))));
                }
                Ok([]) => return self.end(),
                Ok(buffer) => buffer,
            };
            let mut used = 0;
            let mut complete = false;
            for &byte in buffer {
                used += 1;
                if self.step(byte, max_bytes) {
                    complete = true;
                    break;
                }
            }
            stream.reader.consume(used);
            if complete {
                let number = self.number;
                self.number += 1;
                self.stream = Some(stream);
                let record = [self.above.as_slice(), &self.record].concat();
                self.record = Vec::new();
                if std::mem::take(&mut self.over) {
                    return Some((number, Err(too_large(&format!("item {}", number + 1), max_bytes))));
                }
                return Some((number, Ok(record)));
            }
        }
    }

    fn end(&self) -> Option<Cut> {
        let (code, message) = if self.depth > 0 || self.state != State::Text {
            (code::TRUNCATED, format!("item {}: the file stops in the middle", self.number + 1))
        } else if self.number == 0 {
            (code::EMPTY, "a feed without an item".to_owned())
        } else {
            return None;
        };
        Some((self.number, Err(Fault { code, message })))
    }

    /// Takes the next byte; true where an article ends with it.
    fn step(&mut self, byte: u8, max_bytes: usize) -> bool {
        self.keep(byte, max_bytes);
        let mut complete = false;
        self.state = match self.state {
            State::Text if byte == b'<' => {
                self.tag.clear();
                State::Name
            }
            State::Text => State::Text,
            State::Name => match byte {
                b'!' if self.tag.is_empty() => State::Bang,
                b'?' if self.tag.is_empty() => State::Instruction,
                b'>' | b'/' if !self.tag.is_empty() => {
                    let kind = self.named(byte, max_bytes);
                    if byte == b'>' {
                        complete = self.closed(kind, false);
                        State::Text
                    } else {
                        State::Tag { quote: 0, kind }
                    }
                }
                _ if byte.is_ascii_whitespace() => State::Tag { quote: 0, kind: self.named(byte, max_bytes) },
                _ => {
                    if self.tag.len() < NAME_MAX {
                        self.tag.push(byte);
                    }
                    State::Name
                }
            },
            State::Tag { quote: 0, kind } => match byte {
                b'>' => {
                    complete = self.closed(kind, self.last[2] == b'/');
                    State::Text
                }
                b'"' | b'\'' => State::Tag { quote: byte, kind },
                _ => State::Tag { quote: 0, kind },
            },
            State::Tag { quote, kind } => State::Tag { quote: if byte == quote { 0 } else { quote }, kind },
            State::Bang => {
                self.tag.push(byte);
                match self.tag.as_slice() {
                    b"--" => {
                        self.last = [0; 3];
                        return false;
                    }
                    [b'-', b'-', ..] => State::Comment,
                    b"[CDATA[" => State::Section,
                    tag if b"[CDATA[".starts_with(tag) || tag == b"-" => State::Bang,
                    _ if byte == b'>' => State::Text,
                    _ => State::Declaration(u32::from(byte == b'[')),
                }
            }
            State::Comment if byte == b'>' && self.last[1..] == *b"--" => State::Text,
            State::Section if byte == b'>' && self.last[1..] == *b"]]" => State::Text,
            State::Instruction if byte == b'>' && self.last[2] == b'?' => State::Text,
            State::Declaration(open) => match byte {
                b'[' => State::Declaration(open.saturating_add(1)),
                b']' => State::Declaration(open.saturating_sub(1)),
                b'>' if open == 0 => State::Text,
                _ => State::Declaration(open),
            },
            other => other,
        };
        self.last = [self.last[1], self.last[2], byte];
        complete
    }

    /// Keeps a byte where it belongs.
    fn keep(&mut self, byte: u8, max_bytes: usize) {
        if self.depth > 0 {
            if self.record.len() + self.above.len() >= max_bytes {
                self.over = true;
                self.record = Vec::new();
            } else if !self.over {
                self.record.push(byte);
            }
        } else if self.number == 0 && self.above.len() < ABOVE_MAX {
            self.above.push(byte);
        }
    }

    /// The name of a tag is complete, with the byte behind it: the first tag of an article begins the record.
    fn named(&mut self, behind: u8, max_bytes: usize) -> Kind {
        let (kind, name) = match self.tag.strip_prefix(b"/") {
            Some(name) => (Kind::Closes, name),
            None => (Kind::Opens, self.tag.as_slice()),
        };
        let local = name.iter().rposition(|&byte| byte == b':').map_or(name, |colon| &name[colon + 1..]);
        if !self.names.contains(&local) {
            return Kind::Other;
        }
        if kind == Kind::Opens {
            self.depth += 1;
            if self.depth == 1 {
                if self.number == 0 {
                    // What was kept of this tag moves over. What stands above and is too long is of no use.
                    let length = self.above.len().saturating_sub(self.tag.len() + 2);
                    self.above.truncate(if self.above.len() < ABOVE_MAX { length } else { 0 });
                }
                self.record = [b"<", self.tag.as_slice(), &[behind]].concat();
                self.over = self.record.len() > max_bytes;
            }
        }
        kind
    }

    /// A tag is complete; true where it ends an article.
    fn closed(&mut self, kind: Kind, empty: bool) -> bool {
        match kind {
            Kind::Opens if empty => {}
            Kind::Closes => {}
            _ => return false,
        }
        let was_open = self.depth > 0;
        self.depth = self.depth.saturating_sub(1);
        was_open && self.depth == 0
    }
}
