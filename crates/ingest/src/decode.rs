//! Decoding turns a record's bytes into text: by its byte order mark, as UTF-8 if it is that, else by a guess as
//! browsers make it. Only what is no text in any encoding is refused.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use crate::reject::{self, code};
use crate::{RawArticle, Reject};

/// How much of a record the encoding is guessed from.
const GUESS_BYTES: usize = 256 << 10;

/// The text of a record.
pub fn text(raw: &RawArticle) -> Result<Cow<'_, str>, Reject> {
    if looks_binary(&raw.bytes) {
        let message = "not text: it has many control characters".to_owned();
        return Err(reject::of(raw, code::BINARY, message));
    }
    Ok(lossy(&raw.bytes))
}

/// The text of bytes in any encoding; what cannot be decoded becomes U+FFFD.
pub fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) => guess(bytes, error.valid_up_to()).decode_without_bom_handling(bytes).0,
    }
}

/// The encoding of bytes without a mark: UTF-8 if they are that, else a guess.
pub fn encoding(bytes: &[u8]) -> &'static Encoding {
    match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        Err(error) => guess(bytes, error.valid_up_to()),
    }
}

/// The encoding of bytes that are not UTF-8 from `first_bad` on.
fn guess(bytes: &[u8], first_bad: usize) -> &'static Encoding {
    // A cut or a slip in what is UTF-8 otherwise is no reason to read all of it as something else.
    let chunks = || bytes.utf8_chunks();
    let bad = chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let good = chunks().flat_map(|chunk| chunk.valid().chars()).filter(|c| !c.is_ascii()).count();
    if good > 4 * bad {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let start = first_bad.saturating_sub(GUESS_BYTES / 2);
    let end = bytes.len().min(start + GUESS_BYTES);
    detector.feed(&bytes[start..end], true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 without a mark has a zero in every second byte; otherwise control characters make a text binary.
pub fn looks_binary(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() {
        return false;
    }
    let head = &bytes[..bytes.len().min(GUESS_BYTES)];
    let controls = head.iter().filter(|&&byte| matches!(byte, 0..=8 | 0xe..=0x1a | 0x1c..=0x1f)).count();
    controls * 50 > head.len()
}
