//! A record of a web archive (WARC) is a page as the crawler got it: where and when, and the answer of the server. The
//! server's headers tell how the page was packed and in which encoding it is; what they tell is not believed where the
//! bytes say otherwise.

use std::io::Read;

use encoding_rs::Encoding;

use crate::assemble::{Draft, assemble};
use crate::records::value;
use crate::reject::{self, code};
use crate::{Article, Format, RawArticle, Reject, decode, fields, page, text, url};

/// What a page may unfold to.
const UNFOLDED_MAX: u64 = 64 << 20;
/// Headers that a server may send; more are not looked at.
const HEADERS_MAX: usize = 128;

/// Reads one record.
pub fn article(raw: &RawArticle) -> Result<Article, Reject> {
    let (header, block) = split(&raw.bytes);
    let address = value(header, "warc-target-uri").map(|address| address.trim_matches(['<', '>']));
    let answer = match value(header, "content-type") {
        Some(kind) if kind.to_ascii_lowercase().starts_with("application/http") => Answer::of(block),
        kind => Answer { kind: kind.map(str::to_owned), body: block.to_vec(), ..Answer::default() },
    };
    if answer.status != 0 && !(200..300).contains(&answer.status) {
        let message = format!("the server answered {}: no article", answer.status);
        return Err(reject::of(raw, code::HTTP_STATUS, message));
    }
    // 1. What it is, as the server says.
    let (kind, charset) = media_type(answer.kind.as_deref().unwrap_or_default());
    let unsupported = || {
        let message = format!("`{kind}` is not read from a web archive; pages and plain text are");
        reject::of(raw, code::UNSUPPORTED, message)
    };
    let is_vague = matches!(kind.as_str(), "" | "application/octet-stream" | "text/xml" | "application/xml");
    if !is_vague && !matches!(kind.as_str(), "text/html" | "application/xhtml+xml" | "text/plain") {
        return Err(unsupported());
    }
    // 2. The page, unpacked.
    let body = unfolded(answer.body, answer.encoding.as_deref()).map_err(|fault| reject::of(raw, fault.0, fault.1))?;
    if body.trim_ascii().is_empty() {
        return Err(reject::of(raw, code::EMPTY, "the server sent nothing".to_owned()));
    }
    if decode::looks_binary(&body) {
        return Err(reject::of(raw, code::BINARY, "not a page: it has many control characters".to_owned()));
    }
    let words = decoded(&body, charset);
    let format = match kind.as_str() {
        "text/plain" if !page::is_whole(&words) => Format::Text,
        _ if is_vague && !page::is_whole(&words) => return Err(unsupported()),
        _ => Format::Html,
    };
    // 3. The article, and what only the crawl knows of it.
    let draft = match format {
        Format::Html => page::draft(&words, None, raw)?,
        _ => text::draft(&words, Format::Text),
    };
    let draft = Draft {
        url: draft.url.or_else(|| address.and_then(url::canonical)),
        language: draft.language.or_else(|| answer.language.as_deref().and_then(fields::language)),
        ..draft
    };
    assemble(draft, raw)
}

/// The record's header and its block.
fn split(record: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr::memmem::find(record, b"\n\r\n").map(|at| at + 3);
    let plain = memchr::memmem::find(record, b"\n\n").map(|at| at + 2);
    record.split_at([end, plain].into_iter().flatten().min().unwrap_or(record.len()))
}

/// What the server answered.
#[derive(Default)]
struct Answer {
    /// Zero where there was no server.
    status: u16,
    kind: Option<String>,
    encoding: Option<String>,
    language: Option<String>,
    body: Vec<u8>,
}

impl Answer {
    fn of(block: &[u8]) -> Answer {
        let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
        let mut response = httparse::Response::new(&mut headers);
        let mut config = httparse::ParserConfig::default();
        config
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .ignore_invalid_headers_in_responses(true);
        let end = match config.parse_response(&mut response, block) {
            Ok(httparse::Status::Complete(end)) => end,
            // Not as HTTP has it: what stands behind the first blank line is the page.
            _ => return Answer { body: split(block).1.to_vec(), ..Answer::default() },
        };
        let header = |name: &str| {
            let found = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
            Some(String::from_utf8_lossy(found.value).trim().to_owned())
        };
        let body = &block[end..];
        let chunked = header("transfer-encoding").is_some_and(|kind| kind.to_ascii_lowercase().contains("chunked"));
        Answer {
            status: response.code.unwrap_or(0),
            kind: header("content-type"),
            encoding: header("content-encoding"),
            language: header("content-language"),
            // Crawlers keep the header when they have put the chunks together.
            body: chunked.then(|| joined(body)).flatten().unwrap_or_else(|| body.to_vec()),
        }
    }
}

/// The chunks of a body in one piece; none where it is not in chunks. A cut last chunk is taken as far as it goes.
fn joined(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    loop {
        let line = memchr::memchr(b'\n', &body[..body.len().min(100)])?;
        let size = body[..line].split(|&byte| byte == b';').next()?.trim_ascii();
        let size = usize::from_str_radix(std::str::from_utf8(size).ok()?, 16).ok()?;
        body = &body[line + 1..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(&body[..size.min(body.len())]);
        body = body.get(size..).unwrap_or_default();
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
        if body.is_empty() {
            return Some(out);
        }
    }
}

/// The body as it was before the server compressed it; crawlers keep the header when they have undone it.
fn unfolded(body: Vec<u8>, encoding: Option<&str>) -> Result<Vec<u8>, (&'static str, String)> {
    let encoding = encoding.unwrap_or_default().to_ascii_lowercase();
    let mut out = Vec::new();
    let mut into = |reader: &mut dyn Read| reader.take(UNFOLDED_MAX + 1).read_to_end(&mut out);
    let done = match encoding.as_str() {
        _ if body.starts_with(&[0x1f, 0x8b, 8]) => into(&mut flate2::read::MultiGzDecoder::new(body.as_slice())),
        _ if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => match zstd::Decoder::new(body.as_slice()) {
            Ok(mut decoder) => into(&mut decoder),
            Err(error) => Err(error),
        },
        "br" if !looks_like_text(&body) => into(&mut brotli_decompressor::Decompressor::new(body.as_slice(), 4096)),
        "deflate" if body.first().is_some_and(|byte| byte & 0x0f == 8) && !looks_like_text(&body) => {
            into(&mut flate2::read::ZlibDecoder::new(body.as_slice()))
        }
        "deflate" if !looks_like_text(&body) => into(&mut flate2::read::DeflateDecoder::new(body.as_slice())),
        _ => return Ok(body),
    };
    if out.len() as u64 > UNFOLDED_MAX {
        return Err((code::TOO_LARGE, format!("the page unfolds to more than the limit of {UNFOLDED_MAX} bytes")));
    }
    match done {
        Ok(_) => Ok(out),
        // A cut page: what came through is a page still, unless it is nothing.
        Err(_) if out.len() > 1024 => Ok(out),
        Err(error) => {
            Err((code::CORRUPT, format!("the page is not packed as its header says (`{encoding}`): {error}")))
        }
    }
}

fn looks_like_text(body: &[u8]) -> bool {
    let head = &body[..body.len().min(512)];
    head.trim_ascii_start().starts_with(b"<") && !decode::looks_binary(head)
}

/// `text/html; charset=utf-8` in its two parts.
fn media_type(text: &str) -> (String, Option<&'static Encoding>) {
    let (kind, rest) = text.split_once(';').unwrap_or((text, ""));
    let charset = rest.to_ascii_lowercase();
    let charset = charset.split_once("charset=").map(|(_, label)| label.split([';', ',']).next().unwrap_or_default());
    let charset = charset.and_then(|label| Encoding::for_label(label.trim().trim_matches(['"', '\'']).as_bytes()));
    (kind.trim().to_ascii_lowercase(), charset)
}

/// The page as text: by its mark, as UTF-8 if it is that, as the server says, as the page declares, else by a guess.
fn decoded(body: &[u8], charset: Option<&'static Encoding>) -> String {
    if Encoding::for_bom(body).is_none()
        && std::str::from_utf8(body).is_err()
        && let Some(charset) = charset.filter(|charset| *charset != encoding_rs::UTF_8)
    {
        return charset.decode_without_bom_handling(body).0.into_owned();
    }
    page::text(body).into_owned()
}
