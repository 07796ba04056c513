//! A JSON record is one object that a crawler wrote. Its fields are found by their aliases; what programs are known to
//! get wrong (NaN, half a surrogate pair, raw control characters) is mended before a record is refused.

use serde_json::Value;

use crate::assemble::{Draft, assemble};
use crate::fields::{self, Fields, Mapping};
use crate::reject::{self, code};
use crate::{Article, RawArticle, Reject, decode, page, url};

/// Reads one record.
pub fn article(raw: &RawArticle, map: &Mapping) -> Result<Article, Reject> {
    let text = decode::text(raw)?;
    let value = match serde_json::from_str(&text) {
        Ok(value) => value,
        Err(error) => serde_json::from_str(&mended(&text)).map_err(|_| refusal(raw, &error))?,
    };
    let record = match value {
        Value::Object(record) => record,
        other => {
            let message = format!("expected an object, found {}", kind(&other));
            return Err(reject::of(raw, code::NOT_OBJECT, message));
        }
    };
    let fields = Fields::mapped(&record, map);
    assemble(draft(&fields, raw)?, raw)
}

fn draft(fields: &Fields, raw: &RawArticle) -> Result<Draft, Reject> {
    let title = fields.string("title");
    // A saved page, or a piece of one, where there is no text by itself.
    let page = match fields.text("text") {
        Some(text) => Draft { body: page::without_tags(text), ..Draft::default() },
        None => match fields.text("html") {
            Some(html) if page::is_whole(&html) => page::draft(&html, title.as_deref(), raw)?,
            Some(html) => Draft { body: page::without_tags(html), ..Draft::default() },
            None => Draft::default(),
        },
    };
    let authors = fields.authors();
    Ok(Draft {
        source_id: fields.string("id"),
        url: fields.string_if("url", url::canonical).or(page.url),
        publisher: fields
            .string_if("publisher", |name| (!name.contains("://")).then(|| name.to_owned()))
            .or(page.publisher),
        title: title.or(page.title),
        body: if page.body.trim().is_empty() { fields.text("lead").unwrap_or_default() } else { page.body },
        authors: if authors.is_empty() { page.authors } else { authors },
        published: fields.moment("published").or(page.published),
        modified: fields.moment("modified").or(page.modified),
        language: fields.string_if("language", fields::language).or(page.language),
        section: fields.string("section").or(page.section),
    })
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn refusal(raw: &RawArticle, error: &serde_json::Error) -> Reject {
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or(&reason);
    let one_line = !raw.bytes.trim_ascii().contains(&b'\n');
    let place = if one_line && !raw.source_path.contains(".json.") && !raw.source_path.ends_with(".json") {
        format!("line {}, column {}", raw.source_offset + 1, error.column())
    } else {
        format!("record {}, line {}, column {}", raw.source_offset + 1, error.line(), error.column())
    };
    let code = if reason.contains("recursion") {
        code::TOO_DEEP
    } else if error.is_eof() {
        code::TRUNCATED
    } else {
        code::BAD_JSON
    };
    reject::of(raw, code, format!("{place}: {reason}"))
}

/// The text with NaN and the infinities as null, half surrogate pairs as U+FFFD, and control characters in strings as
/// spaces.
pub fn mended(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    let mut at = 0;
    let mut copied = 0;
    while at < bytes.len() {
        let (length, with) = match bytes[at] {
            b'"' => {
                quoted = !quoted;
                (1, None)
            }
            b'\\' if quoted => match escape(&text[at..]) {
                Some(fixed) => fixed,
                None => (2, None),
            },
            0..=0x1f if quoted => (1, Some(" ")),
            b'N' | b'I' | b'-' if !quoted => {
                match ["NaN", "Infinity", "-Infinity"].iter().find(|word| text[at..].starts_with(**word)) {
                    Some(word) => (word.len(), Some("null")),
                    None => (1, None),
                }
            }
            _ => (1, None),
        };
        if let Some(with) = with {
            out.push_str(&text[copied..at]);
            out.push_str(with);
            copied = at + length;
        }
        at += length;
    }
    out.push_str(&text[copied..]);
    out
}

/// An escape of a surrogate: how many bytes it has, and what has to stand for it if its other half is missing.
fn escape(text: &str) -> Option<(usize, Option<&'static str>)> {
    let unit = |text: &str| u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok();
    match unit(text)? {
        0xd800..=0xdbff => match unit(&text[6..]) {
            Some(0xdc00..=0xdfff) => Some((12, None)),
            _ => Some((6, Some("\\ufffd"))),
        },
        0xdc00..=0xdfff => Some((6, Some("\\ufffd"))),
        _ => Some((6, None)),
    }
}
