//! Sniffing tells what a file is: by the ending of its name where that says it, else by its first bytes.

use crate::Format;
use crate::table::Kind;

/// How a file is divided into records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One JSON object a line.
    JsonLines,
    /// JSON that goes over lines: an object, a list of objects, objects one after the other.
    Json,
    /// A web archive.
    Warc,
    /// XML that holds many articles of a format.
    Elements(Format),
    /// A mailbox.
    Letters,
    /// One article a row.
    Table(Kind),
    /// An archive in one pass.
    Tar,
    /// An archive with its directory at the end.
    Zip,
    /// One article.
    Whole(Format),
}

/// What a file is; `Err` names what is not read.
pub fn shape(name: &str, head: &[u8]) -> Result<Shape, String> {
    let extension = extension(name);
    if let Some(kind) = magic(head).or_else(|| unread(&extension)) {
        return Err(kind.to_owned());
    }
    if let Some(shape) = container(head) {
        return Ok(shape);
    }
    match extension.as_str() {
        "txt" | "text" => Ok(Shape::Whole(Format::Text)),
        "md" | "markdown" => Ok(Shape::Whole(Format::Markdown)),
        "html" | "htm" | "xhtml" | "shtml" => Ok(Shape::Whole(Format::Html)),
        "json" | "jsonl" | "ndjson" | "jl" => Ok(json(head, extension != "json")),
        "csv" => Ok(Shape::Table(Kind::Separated(b','))),
        "tsv" | "tab" => Ok(Shape::Table(Kind::Separated(b'\t'))),
        "eml" => Ok(Shape::Whole(Format::Mail)),
        "mbox" | "mbx" => Ok(Shape::Letters),
        "xml" | "rss" | "atom" | "rdf" | "nitf" | "newsml" | "xsl" => xml(head),
        "warc" => Ok(Shape::Warc),
        "tar" => Ok(Shape::Tar),
        "zip" => Ok(Shape::Zip),
        "parquet" | "pq" => Ok(Shape::Table(Kind::Parquet)),
        "arrow" | "arrows" | "ipc" | "feather" => Ok(Shape::Table(Kind::ArrowStream)),
        _ => content(head),
    }
}

/// Files of many articles that say in their first bytes what they are.
fn container(head: &[u8]) -> Option<Shape> {
    const KINDS: [(&[u8], Shape); 6] = [
        (b"WARC/", Shape::Warc),
        (b"PK\x03\x04", Shape::Zip),
        (b"PK\x05\x06", Shape::Zip),
        (b"PAR1", Shape::Table(Kind::Parquet)),
        (b"ARROW1", Shape::Table(Kind::ArrowFile)),
        (b"\xff\xff\xff\xff", Shape::Table(Kind::ArrowStream)),
    ];
    if head.get(257..262) == Some(b"ustar") {
        return Some(Shape::Tar);
    }
    KINDS.iter().find(|(mark, _)| head.starts_with(mark)).map(|(_, shape)| *shape)
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
        return match xml(head) {
            Err(_) if is_page.iter().any(|mark| text.contains(mark)) => Ok(Shape::Whole(Format::Html)),
            other => other,
        };
    }
    if is_mail(&text) {
        return Ok(if text.starts_with("from ") { Shape::Letters } else { Shape::Whole(Format::Mail) });
    }
    Ok(Shape::Whole(Format::Text))
}

/// A file begins as a mail does if it has headers that only mails have.
fn is_mail(head: &str) -> bool {
    let is_header = |line: &str| {
        let name = line.split_once(':').map_or("", |(name, _)| name);
        line.starts_with([' ', '\t']) || !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic())
    };
    let skipped = usize::from(head.starts_with("from "));
    let headers: Vec<&str> = head.lines().skip(skipped).take_while(|line| is_header(line)).collect();
    let has = |name: &str| headers.iter().any(|line| line.starts_with(name));
    has("from:") && (has("message-id:") || has("mime-version:") || has("received:"))
}

/// What XML is, by its root.
fn xml(head: &[u8]) -> Result<Shape, String> {
    let root = root(head).unwrap_or_default();
    match root.rsplit(':').next().unwrap_or_default() {
        "rss" | "feed" | "RDF" | "channel" => Ok(Shape::Elements(Format::Feed)),
        "newsMessage" | "newsItem" => Ok(Shape::Elements(Format::NewsMl)),
        "nitf" => Ok(Shape::Whole(Format::Nitf)),
        name if name.eq_ignore_ascii_case("html") => Ok(Shape::Whole(Format::Html)),
        "NewsML" => Err("NewsML 1 (NewsML-G2, NITF, RSS and Atom are read)".to_owned()),
        "" => Err("XML without an element in its first bytes".to_owned()),
        name => Err(format!("XML with the root `{name}` (RSS, Atom, NITF and NewsML-G2 are read)")),
    }
}

/// The name of the first element: behind declarations, comments and instructions.
fn root(head: &[u8]) -> Option<String> {
    let mut rest = head.trim_ascii_start();
    loop {
        rest = &rest[memchr::memchr(b'<', rest)?..];
        let end: &[u8] = match rest {
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', ..] if memchr::memchr(b'[', rest) < memchr::memchr(b'>', rest) => b"]>",
            [b'<', b'!', ..] => b">",
            _ => break,
        };
        rest = &rest[memchr::memmem::find(rest, end)? + end.len()..];
    }
    let name = rest[1..].split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')).next()?;
    Some(String::from_utf8_lossy(&name[..name.len().min(40)]).into_owned())
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
    const KINDS: [(&[u8], &str); 17] = [
        (b"%PDF-", "PDF"),
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
        (b"SQLite format 3", "a database"),
        (b"\x7fELF", "a program"),
    ];
    // Office documents and books are zip archives; their first member tells.
    let member = head.get(30..).filter(|_| head.starts_with(b"PK\x03\x04")).unwrap_or_default();
    if member.starts_with(b"[Content_Types].xml") || member.starts_with(b"mimetype") {
        return Some("an Office document or a book");
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
