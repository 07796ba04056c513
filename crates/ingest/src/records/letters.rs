//! Letters are the messages of a mailbox file (mbox): each begins with a line `From ...` after a blank one.

use super::{Cut, Line, line, too_large};
use crate::stream::{Fault, Stream};

pub struct Letters {
    stream: Option<Stream>,
    number: u64,
    letter: Vec<u8>,
    over: bool,
    /// The line before was blank, or there was none.
    after_blank: bool,
    begun: bool,
}

impl Letters {
    pub fn new(stream: Stream) -> Self {
        Letters { stream: Some(stream), number: 0, letter: Vec::new(), over: false, after_blank: true, begun: false }
    }

    pub fn next(&mut self, max_bytes: usize) -> Option<Cut> {
        loop {
            match line(self.stream.as_mut()?, max_bytes) {
                Ok(Line::Whole(bytes)) => {
                    let starts = self.after_blank && bytes.starts_with(b"From ");
                    self.after_blank = bytes.trim_ascii().is_empty();
                    if starts {
                        let before = self.begun.then(|| self.take(max_bytes));
                        self.begun = true;
                        if before.is_some() {
                            return before;
                        }
                        continue;
                    }
                    // A line of the text that looks like a start was marked when it was filed.
                    let quoted = bytes.iter().take_while(|&&byte| byte == b'>').count();
                    let bytes = if quoted > 0 && bytes[quoted..].starts_with(b"From ") { &bytes[1..] } else { &bytes };
                    if self.letter.len() + bytes.len() >= max_bytes {
                        self.over = true;
                        self.letter = Vec::new();
                    } else if !self.over {
                        self.letter.extend_from_slice(bytes);
                        self.letter.push(b'\n');
                    }
                    self.begun |= !self.after_blank;
                }
                Ok(Line::TooLarge) => {
                    self.over = true;
                    self.after_blank = false;
                }
                Ok(Line::End) => {
                    self.stream = None;
                    return self.begun.then(|| self.take(max_bytes));
                }
                Err(error) => {
                    self.stream = None;
                    return Some((self.number, Err(Fault::of(&error).at("message", self.number))));
                }
            }
        }
    }

    fn take(&mut self, max_bytes: usize) -> Cut {
        let number = self.number;
        self.number += 1;
        let letter = std::mem::take(&mut self.letter);
        if std::mem::take(&mut self.over) {
            return (number, Err(too_large(&format!("message {}", number + 1), max_bytes)));
        }
        (number, Ok(letter))
    }
}
