//! Messages are what an Arrow stream is made of: a schema, dictionaries, batches of rows. Arrow's file format is such a
//! stream between two marks. Each message tells the lengths of what is in it, and a decoder believes them: they are held
//! against what is there before it sees them.

use std::io::{self, BufReader, Read};

use arrow_array::RecordBatch;
use arrow_buffer::Buffer;
use arrow_ipc::convert::fb_to_schema;
use arrow_ipc::reader::StreamDecoder;
use arrow_ipc::{Message, root_as_message};
use arrow_schema::{ArrowError, Schema};

use crate::reject::code;
use crate::stream::{Fault, Stream};

/// Before the messages of a file: its mark and two bytes that fill up; some writers fill up to more.
const FILE_MARK: usize = 8;
const FILLED_UP: usize = 64;
/// Before the description of a message: a mark and its length.
const PREFIX: usize = 8;
/// What describes a message is not longer than this.
const DESCRIPTION_MAX: u32 = 64 << 20;

pub struct Messages {
    reader: BufReader<Box<dyn Read + Send>>,
    decoder: StreamDecoder,
    /// What the decoder has not taken yet: it looks at a message without a body when the next one comes.
    pending: Buffer,
    schema: Schema,
    max_bytes: usize,
    ended: bool,
}

impl Messages {
    /// Reads up to the schema.
    pub fn open(stream: Stream, is_file: bool, max_bytes: usize) -> Result<Self, Fault> {
        let (decoder, pending) = (StreamDecoder::new(), Buffer::default());
        let mut messages =
            Messages { reader: stream.reader, decoder, pending, schema: Schema::empty(), max_bytes, ended: false };
        if is_file {
            messages.reader.read_exact(&mut [0; FILE_MARK]).map_err(|_| truncated())?;
        }
        let mut length = messages.number()?;
        for _ in 0..FILLED_UP / 4 {
            if is_file && length == Some(0) {
                length = messages.number()?;
            }
        }
        let first = messages.message(length)?.ok_or_else(truncated)?;
        let schema =
            root_as_message(&first[PREFIX..]).ok().and_then(|message| message.header_as_schema().map(fb_to_schema));
        messages.schema = schema.ok_or_else(|| damaged("it does not begin with a schema"))?;
        messages.pending = Buffer::from_vec(first);
        Ok(messages)
    }

    /// The names and types of the columns.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The message behind its first four bytes, with what it describes, checked; none at the end.
    fn message(&mut self, length: Option<u32>) -> Result<Option<Vec<u8>>, Fault> {
        let Some(mut length) = length else { return Ok(None) };
        if length == u32::MAX {
            length = self.number()?.ok_or_else(truncated)?;
        }
        if length == 0 {
            return Ok(None);
        }
        if length > DESCRIPTION_MAX {
            return Err(damaged("a message is described by more bytes than can be"));
        }
        let mut bytes = [u32::MAX.to_le_bytes(), length.to_le_bytes()].concat();
        self.append(&mut bytes, u64::from(length))?;
        let end = bytes.len();
        let message = root_as_message(&bytes[PREFIX..]).map_err(|error| invalid(&error))?;
        let body = u64::try_from(message.bodyLength()).map_err(|_| damaged("a length is negative"))?;
        if body > self.max_bytes as u64 {
            let message = format!(
                "a batch of more than the {} bytes that are held in memory: write smaller batches",
                self.max_bytes
            );
            return Err(Fault { code: code::TOO_LARGE, message });
        }
        // The whole of it at once: growing would hold it twice. What a message tells too much is never touched.
        bytes.reserve_exact(body as usize); // below the limit checked above
        self.append(&mut bytes, body)?;
        let message = root_as_message(&bytes[PREFIX..end]).map_err(|error| invalid(&error))?;
        check(&message, &bytes[end..], self.max_bytes)?;
        Ok(Some(bytes))
    }

    /// Four bytes; none where the stream ends before them.
    fn number(&mut self) -> Result<Option<u32>, Fault> {
        let mut bytes = Vec::new();
        self.reader.by_ref().take(4).read_to_end(&mut bytes).map_err(|error| Fault::of(&error))?;
        match <[u8; 4]>::try_from(bytes.as_slice()) {
            Ok(bytes) => Ok(Some(u32::from_le_bytes(bytes))),
            Err(_) if bytes.is_empty() => Ok(None),
            Err(_) => Err(truncated()),
        }
    }

    fn append(&mut self, bytes: &mut Vec<u8>, count: u64) -> Result<(), Fault> {
        let read = self.reader.by_ref().take(count).read_to_end(bytes).map_err(|error| Fault::of(&error))?;
        if read as u64 == count { Ok(()) } else { Err(truncated()) }
    }
}

impl Iterator for Messages {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            if self.pending.is_empty() {
                match self.number().and_then(|length| self.message(length)) {
                    Ok(Some(message)) => self.pending = Buffer::from_vec(message),
                    Ok(None) => break,
                    Err(fault) => {
                        self.ended = true;
                        return Some(Err(ArrowError::IoError(String::new(), io::Error::other(fault))));
                    }
                }
            }
            let batch = self.decoder.decode(&mut self.pending);
            self.ended = batch.is_err();
            if let Some(batch) = batch.transpose() {
                return Some(batch);
            }
        }
        self.ended = true;
        None
    }
}

/// Holds the lengths that a message tells against its body, and what it unfolds to against what may be held.
fn check(message: &Message, body: &[u8], max_bytes: usize) -> Result<(), Fault> {
    let dictionary = message.header_as_dictionary_batch().and_then(|dictionary| dictionary.data());
    let Some(batch) = message.header_as_record_batch().or(dictionary) else { return Ok(()) };
    let mut unfolded = 0_u64;
    for buffer in batch.buffers().iter().flatten() {
        let start = usize::try_from(buffer.offset()).ok();
        let length = usize::try_from(buffer.length()).ok();
        let bytes = start.zip(length).and_then(|(start, length)| body.get(start..start.checked_add(length)?));
        let bytes = bytes.ok_or_else(|| damaged("a column lies outside of its batch"))?;
        if batch.compression().is_some() && !bytes.is_empty() {
            let told = bytes.first_chunk::<8>().ok_or_else(|| damaged("a compressed column is too short"))?;
            // -1 stands for a column that is not compressed.
            unfolded = unfolded.saturating_add(u64::try_from(i64::from_le_bytes(*told)).unwrap_or(0));
        }
    }
    if unfolded > max_bytes as u64 {
        let message = format!(
            "a batch unfolds to more than the {max_bytes} bytes that are held in memory: write smaller batches"
        );
        return Err(Fault { code: code::TOO_LARGE, message });
    }
    Ok(())
}

fn damaged(why: &str) -> Fault {
    Fault { code: code::CORRUPT, message: format!("the table is damaged: {why}") }
}

/// What is wrong with the description of a message, without the way to it.
fn invalid(error: &dyn std::fmt::Display) -> Fault {
    damaged(error.to_string().lines().next().unwrap_or_default().trim())
}

fn truncated() -> Fault {
    Fault { code: code::TRUNCATED, message: "the table stops in the middle".to_owned() }
}
