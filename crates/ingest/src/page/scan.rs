//! Scanning goes over a page's source tag by tag, in one pass and without building a tree: enough to find what a page
//! says of itself, and to take out what no reader sees.

/// A piece of a page's source.
pub enum Piece<'a> {
    /// Text between tags, its entities as they stand.
    Text(&'a str),
    Open(Tag<'a>),
    /// The name of an element that ends here.
    Close(&'a str),
    /// An element whose content is no markup: a script, a style, the title.
    Raw(Tag<'a>, &'a str),
}

/// The start of an element.
#[derive(Clone, Copy)]
pub struct Tag<'a> {
    pub name: &'a str,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// How many bytes it takes up, about.
    pub fn size(&self) -> usize {
        self.name.len() + self.attributes.len() + 2
    }

    /// A tag without attributes.
    pub fn named(name: &'a str) -> Self {
        Tag { name, attributes: "" }
    }

    /// The value of an attribute, its entities as they stand.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Names and values, in order.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.attributes }
    }
}

/// The attributes of a tag.
pub struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        let bytes = self.rest.as_bytes();
        let start = bytes.iter().position(|&byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'='))?;
        let rest = &self.rest[start..];
        let end = rest.bytes().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/'));
        let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
        let after = after.trim_ascii_start();
        let (value, after) = match after.strip_prefix('=') {
            Some(after) => value(after.trim_ascii_start()),
            None => ("", after),
        };
        self.rest = after;
        Some((name, value))
    }
}

fn value(text: &str) -> (&str, &str) {
    match text.bytes().next() {
        Some(quote @ (b'"' | b'\'')) => {
            let text = &text[1..];
            match memchr::memchr(quote, text.as_bytes()) {
                Some(end) => (&text[..end], &text[end + 1..]),
                None => (text, ""),
            }
        }
        _ => text.split_at(text.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(text.len())),
    }
}

/// The pieces of a page's source, in order.
pub struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    pub fn new(page: &'a str) -> Self {
        Scan { rest: page }
    }

    fn skip_to(&mut self, end: &str) {
        self.rest = self.rest.split_once(end).map_or("", |(_, rest)| rest);
    }
}

/// Elements whose content is no markup.
const RAW: [&str; 9] = ["script", "style", "title", "textarea", "svg", "math", "iframe", "noembed", "template"];

impl<'a> Iterator for Scan<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let rest = self.rest;
            if rest.is_empty() {
                return None;
            }
            let bytes = rest.as_bytes();
            match (bytes[0], bytes.get(1)) {
                (b'<', Some(b'!')) if rest.starts_with("<!--") => self.skip_to("-->"),
                (b'<', Some(b'!' | b'?')) => self.skip_to(">"),
                (b'<', Some(b'/')) => {
                    self.skip_to(">");
                    let name = &rest[2..];
                    let end =
                        name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != ':').unwrap_or(name.len());
                    if end > 0 {
                        return Some(Piece::Close(&name[..end]));
                    }
                }
                (b'<', Some(b'a'..=b'z' | b'A'..=b'Z')) => return Some(self.open()),
                _ => {
                    // A bracket that opens nothing is text.
                    let end = memchr::memchr(b'<', &bytes[1..]).map_or(rest.len(), |at| at + 1);
                    self.rest = &rest[end..];
                    return Some(Piece::Text(&rest[..end]));
                }
            }
        }
    }
}

impl<'a> Scan<'a> {
    fn open(&mut self) -> Piece<'a> {
        let rest = self.rest;
        let end = tag_end(rest.as_bytes());
        let source = &rest[..end];
        self.rest = &rest[end..];
        let inner = source[1..].trim_end_matches('>');
        let name_end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let tag = Tag { name: &inner[..name_end], attributes: &inner[name_end..] };
        if inner.ends_with('/') || !RAW.iter().any(|raw| tag.is(raw)) {
            return Piece::Open(tag);
        }
        // Up to its own closing tag.
        let mut from = 0;
        loop {
            let Some(at) = memchr::memchr(b'<', &self.rest.as_bytes()[from..]).map(|at| at + from) else {
                let content = std::mem::take(&mut self.rest);
                return Piece::Raw(tag, content);
            };
            let closing = &self.rest[at..];
            let name = closing.get(2..2 + tag.name.len());
            if closing.starts_with("</") && name.is_some_and(|name| name.eq_ignore_ascii_case(tag.name)) {
                let content = &self.rest[..at];
                self.rest = closing;
                self.skip_to(">");
                return Piece::Raw(tag, content);
            }
            from = at + 1;
        }
    }
}

/// Where a tag stops: at the first bracket outside of quotes, or at the next one if a quote is never closed.
fn tag_end(bytes: &[u8]) -> usize {
    let mut quote = None;
    for (at, &byte) in bytes.iter().enumerate().take(64 << 10) {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if bytes[..at].trim_ascii_end().ends_with(b"=") => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    memchr::memchr(b'>', bytes).map_or(bytes.len(), |at| at + 1)
}
