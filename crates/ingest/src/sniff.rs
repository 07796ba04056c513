//! Sniffing tells what a file is: by the ending of its name where that says it, else by its first bytes.

use crate::Format;

/// How a file is divided into records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One JSON object a line.
    JsonLines,
    /// JSON that goes over lines: an object, a list of objects, objects one after the other.
    Json,
    /// One article.
    Whole(Format),
}

/// What a file is; `Err` names what is not read.
pub fn shape(name: &str, head: &[u8]) -> Result<Shape, String> {
    if let Some(kind) = magic(head) {
        return Err(kind.to_owned());
    }
    let extension = extension(name);
    match extension.as_str() {
        "txt" | "text" => Ok(Shape::Whole(Format::Text)),
        "md" | "markdown" => Ok(Shape::Whole(Format::Markdown)),
        "html" | "htm" | "xhtml" | "shtml" => Ok(Shape::Whole(Format::Html)),
        "json" | "jsonl" | "ndjson" | "jl" => Ok(json(head, extension != "json")),
        other => match unread(other) {
            Some(kind) => Err(kind.to_owned()),
            None => content(head),
        },
    }
}

/// The ending of a name in small letters, without that of a compression.
fn extension(name: &str) -> String {
    let name = name.rsplit(['/', '\\', '!']).next().unwrap_or(name).to_ascii_lowercase();
    let mut name = name.as_str();
    while let Some(inner) = [".gz", ".gzip", ".zst", ".zstd"].iter().find_map(|ending| name.strip_suffix(ending)) {
        name = inner;
    }
    name.rsplit_once('.').map_or("", |(_, extension)| extension).to_owned()
}

/// What the first bytes of a file without a telling name are.
fn content(head: &[u8]) -> Result<Shape, String> {
    let start = head.trim_ascii_start();
    let text = String::from_utf8_lossy(&start[..start.len().min(4096)]).to_ascii_lowercase();
    let second = text.get(1..).unwrap_or_default().trim_start();
    if text.starts_with('{') && second.starts_with(['"', '}'])
        || text.starts_with('[') && second.starts_with(['{', ']'])
    {
        return Ok(json(head, false));
    }
    if text.starts_with('<') {
        let is_page =
            ["<!doctype html", "<html", "<head", "<body", "<article", "<div", "<meta", "<title", "<p>", "<h1"];
        if is_page.iter().any(|mark| text.contains(mark)) {
            return Ok(Shape::Whole(Format::Html));
        }
        return Err("XML".to_owned());
    }
    Ok(Shape::Whole(Format::Text))
}

/// Lines, if each line has an object of its own: the first line ends one and the second begins one.
fn json(head: &[u8], named_lines: bool) -> Shape {
    let mut lines = head.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let second = lines.next();
    let opens = first.first();
    let is_lines = if named_lines {
        // A list or an object spread over lines, under the wrong name.
        !(opens == Some(&b'[') || first == b"{" || (first.ends_with(b",") && opens == Some(&b'{')))
    } else {
        opens == Some(&b'{') && first.ends_with(b"}") && second.is_some_and(|second| second.starts_with(b"{"))
    };
    if is_lines { Shape::JsonLines } else { Shape::Json }
}

/// Files that say what they are in their first bytes, and that are not read.
fn magic(head: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 22] = [
        (b"%PDF-", "PDF"),
        (b"PK\x03\x04", "a ZIP archive or an Office document"),
        (b"PK\x05\x06", "an empty ZIP archive"),
        (b"\xd0\xcf\x11\xe0", "an old Office document"),
        (b"{\\rtf", "RTF"),
        (b"\x89PNG", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"GIF8", "an image"),
        (b"RIFF", "an image, sound or film"),
        (b"II*\0", "an image"),
        (b"MM\0*", "an image"),
        (b"ID3", "sound"),
        (b"OggS", "sound or film"),
        (b"BZh", "bzip2"),
        (b"\xfd7zXZ\0", "xz"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"Rar!", "a RAR archive"),
        (b"PAR1", "Parquet"),
        (b"ARROW1", "Arrow"),
        (b"SQLite format 3", "a database"),
        (b"WARC/", "WARC"),
        (b"\x7fELF", "a program"),
    ];
    if head.get(257..262) == Some(b"ustar") {
        return Some("a tar archive");
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Some("a film");
    }
    KINDS.iter().find(|(mark, _)| head.starts_with(mark)).map(|(_, kind)| *kind)
}

/// Endings of files that are not read, as `ending<TAB>what it is`.
fn unread(extension: &str) -> Option<&'static str> {
    let lines = include_str!("unread.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).find(|(known, _)| *known == extension).map(|(_, kind)| kind)
}
