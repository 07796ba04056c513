//! An element is a piece of an XML file with its attributes and all that is in it. News comes in XML that is not always
//! well-formed: what is not closed is closed at the end, entities of HTML are known, and a stray `&` is a `&`.

use std::borrow::Cow;

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::reject::{self, code};
use crate::{RawArticle, Reject, decode};

/// Elements nested deeper than this are refused.
const DEPTH_MAX: usize = 200;

/// An element; names are without their prefixes, which stand beside them.
#[derive(Debug, Default)]
pub struct Element {
    pub prefix: String,
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub nodes: Vec<Node>,
}

#[derive(Debug)]
pub enum Node {
    Text(String),
    Element(Element),
}

/// Reads a record as XML: an element without a name that holds the root.
pub fn parse(raw: &RawArticle) -> Result<Element, Reject> {
    if decode::looks_binary(&raw.bytes) {
        return Err(reject::of(raw, code::BINARY, "not XML: it has many control characters".to_owned()));
    }
    let text = text(&raw.bytes);
    tree(&text).map_err(|(code, message)| reject::of(raw, code, format!("record {}: {message}", raw.source_offset + 1)))
}

/// The text of XML: by its mark, as UTF-8 if it is that, as it declares, else by a guess.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    if Encoding::for_bom(bytes).is_none() && std::str::from_utf8(bytes).is_err() {
        let head = &bytes[..bytes.len().min(200)];
        let declared = memchr::memmem::find(head, b"encoding=").and_then(|at| {
            let value = &head[at + "encoding=".len()..];
            let quote = *value.first()?;
            Encoding::for_label(value[1..].split(|byte| *byte == quote).next()?)
        });
        if let Some(encoding) = declared.filter(|encoding| *encoding != encoding_rs::UTF_8) {
            return encoding.decode_without_bom_handling(bytes).0;
        }
    }
    decode::lossy(bytes)
}

fn tree(text: &str) -> Result<Element, (&'static str, String)> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| {
            let message = format!("not XML at byte {}: {error}", reader.error_position());
            (code::BAD_XML, message)
        })?;
        let Some(inner) = open.last_mut() else { break };
        match event {
            Event::Start(tag) => {
                if open.len() > DEPTH_MAX {
                    return Err((code::TOO_DEEP, format!("elements nested more than {DEPTH_MAX} deep")));
                }
                open.push(element(&tag));
            }
            Event::Empty(tag) => inner.nodes.push(Node::Element(element(&tag))),
            Event::End(tag) => {
                // An end without a start ends nothing; one further out ends what is open in it, too.
                let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
                if let Some(at) = open.iter().skip(1).rposition(|element| element.name == name) {
                    while open.len() > at + 1 {
                        close(&mut open);
                    }
                }
            }
            Event::Text(words) => inner.push(&String::from_utf8_lossy(&words)),
            Event::CData(words) => inner.push(&String::from_utf8_lossy(&words)),
            Event::GeneralRef(reference) => {
                let name = String::from_utf8_lossy(&reference).into_owned();
                match reference.resolve_char_ref().ok().flatten().or_else(|| predefined(&name)) {
                    Some(c) => inner.push(c.encode_utf8(&mut [0; 4])),
                    // An entity of HTML: the text is cleaned of it later.
                    None => inner.push(&format!("&{name};")),
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    Ok(open.pop().unwrap_or_default())
}

fn close(open: &mut Vec<Element>) {
    if let Some(element) = open.pop()
        && let Some(outer) = open.last_mut()
    {
        outer.nodes.push(Node::Element(element));
    }
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

fn element(tag: &BytesStart) -> Element {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut attributes = Vec::new();
    for attribute in tag.html_attributes().with_checks(false).flatten() {
        let value = attribute.unescape_value().map_or_else(|_| text(&attribute.value), Cow::into_owned);
        attributes.push((text(attribute.key.local_name().as_ref()), value));
    }
    Element {
        prefix: tag.name().prefix().map_or_else(String::new, |prefix| text(prefix.as_ref())),
        name: text(tag.local_name().as_ref()),
        attributes,
        nodes: Vec::new(),
    }
}

impl Element {
    fn push(&mut self, words: &str) {
        match self.nodes.last_mut() {
            Some(Node::Text(text)) => text.push_str(words),
            _ => self.nodes.push(Node::Text(words.to_owned())),
        }
    }

    /// An attribute that is not empty.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The elements directly inside.
    pub fn children(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of a name directly inside.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children().filter(move |child| child.name == name)
    }

    /// The first element at the end of a path of names.
    pub fn at<'a>(&'a self, path: &[&str]) -> Option<&'a Element> {
        match path {
            [] => Some(self),
            [first, rest @ ..] => self.children().filter(|child| child.name == *first).find_map(|child| child.at(rest)),
        }
    }

    /// The first element of a name at any depth.
    pub fn find(&self, name: &str) -> Option<&Element> {
        self.children().find_map(|child| if child.name == name { Some(child) } else { child.find(name) })
    }

    /// All elements inside, at any depth.
    pub fn descendants(&self) -> Vec<&Element> {
        self.children().flat_map(|child| [vec![child], child.descendants()].concat()).collect()
    }

    /// All text inside, as one line.
    pub fn line(&self) -> Option<String> {
        let mut text = String::new();
        self.gather(&mut text, &|_| "");
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }

    /// All text inside as it stands.
    pub fn raw(&self) -> String {
        let mut text = String::new();
        self.gather(&mut text, &|_| "");
        text
    }

    /// All text inside in paragraphs, apart by blank lines, without pictures, their captions, scripts and styles.
    pub fn prose(&self) -> String {
        let mut text = String::new();
        self.gather(&mut text, &|name| match name {
            "script" | "style" | "media" | "figure" | "figcaption" | "img" => SKIPPED,
            "br" => "\n",
            "td" | "th" => " ",
            "tr" | "li" | "dd" | "dt" => "\n",
            "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hl1" | "hl2" | "block" | "blockquote" | "bq" => {
                "\n\n"
            }
            "ul" | "ol" | "dl" | "table" | "section" | "article" | "pre" | "hr" | "header" | "footer" | "aside" => {
                "\n\n"
            }
            _ => "",
        });
        text
    }

    fn gather(&self, text: &mut String, gap: &impl Fn(&str) -> &'static str) {
        for node in &self.nodes {
            match node {
                Node::Text(words) => text.push_str(words),
                Node::Element(element) => {
                    let gap_here = gap(&element.name);
                    if gap_here != SKIPPED {
                        text.push_str(gap_here);
                        element.gather(text, gap);
                        text.push_str(if element.nodes.is_empty() { "" } else { gap_here });
                    }
                }
            }
        }
    }
}

/// In place of a gap: the element has no text of the article.
const SKIPPED: &str = "\0";
