//! A tree holds a page's elements and texts in the order of its source. It is laid out flat: what lies inside of a node
//! stands right behind it, up to its `end`. So every question about the page is one pass over a list, however deep a
//! page is nested, and nothing here calls itself.

use super::marks::{Mark, Marks};
use super::scan::{Piece, Tag};

/// Elements deeper than this lose their tags and keep their text; browsers draw the line at 512.
const MAX_DEPTH: usize = 256;

/// What an element is to a reader.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Part of a line.
    Inline,
    Link,
    Paragraph,
    /// `h1` to `h6`.
    Heading(u8),
    List,
    Item,
    Quote,
    /// Of a table.
    Cell,
    Row,
    Table,
    /// Any other element that stands for itself: `div`, `section`, `article`.
    Block,
    /// The end of a line.
    Break,
    /// Seldom part of the text: `aside`, `figure`, `form`, `footer`.
    Aside,
    /// No part of the text: `nav`, `button`, `select`.
    Never,
}

impl Kind {
    fn of(tag: &Tag) -> Kind {
        let mut lower = [0; 10];
        let name = tag.name.as_bytes();
        let Some(lower) = lower.get_mut(..name.len()) else { return Kind::Block };
        lower.copy_from_slice(name);
        lower.make_ascii_lowercase();
        match &*lower {
            b"a" => Kind::Link,
            b"p" => Kind::Paragraph,
            [b'h', rank @ b'1'..=b'6'] => Kind::Heading(rank - b'0'),
            b"ul" | b"ol" | b"dl" => Kind::List,
            b"li" | b"dt" | b"dd" => Kind::Item,
            b"blockquote" => Kind::Quote,
            b"td" | b"th" => Kind::Cell,
            b"tr" => Kind::Row,
            b"table" | b"tbody" | b"thead" | b"tfoot" => Kind::Table,
            b"br" | b"hr" => Kind::Break,
            b"aside" | b"figure" | b"figcaption" | b"form" | b"footer" | b"address" | b"fieldset" | b"caption" => {
                Kind::Aside
            }
            b"nav" | b"button" | b"select" | b"option" | b"menu" | b"dialog" | b"noscript" | b"object" | b"video"
            | b"audio" | b"script" | b"style" | b"template" | b"iframe" | b"svg" | b"textarea" | b"title"
            | b"canvas" | b"picture" | b"map" | b"label" | b"legend" | b"datalist" => Kind::Never,
            b"abbr" | b"acronym" | b"b" | b"bdi" | b"bdo" | b"big" | b"cite" | b"code" | b"data" | b"del" | b"dfn"
            | b"em" | b"font" | b"i" | b"img" | b"input" | b"ins" | b"kbd" | b"mark" | b"nobr" | b"q" | b"rp"
            | b"rt" | b"ruby" | b"s" | b"samp" | b"small" | b"span" | b"strike" | b"strong" | b"sub" | b"sup"
            | b"time" | b"tt" | b"u" | b"var" | b"wbr" | b"link" | b"meta" | b"param" | b"source" | b"track"
            | b"area" | b"col" | b"embed" | b"base" => Kind::Inline,
            _ => Kind::Block,
        }
    }

    pub fn is_line(self) -> bool {
        matches!(self, Kind::Inline | Kind::Link)
    }
}

/// Elements without content.
const EMPTY: [&str; 15] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "frame",
];

/// An element or a text.
pub struct Node<'a> {
    /// The element around it; the first node is its own.
    pub parent: u32,
    /// The first node behind all that lies inside.
    pub end: u32,
    pub content: Content<'a>,
}

pub enum Content<'a> {
    Element(Element<'a>),
    /// As it stands in the source, entities too.
    Text(&'a str),
}

/// An element, with what tells what it is for.
#[derive(Clone, Copy)]
pub struct Element<'a> {
    pub name: &'a str,
    pub kind: Kind,
    pub class: &'a str,
    /// What its names say of it.
    pub mark: Mark,
    /// Whether a picture stands in it, no other block around.
    pub has_picture: bool,
}

impl<'a> Element<'a> {
    fn of(tag: &Tag<'a>, marks: &mut Marks<'a>) -> Self {
        let kind = Kind::of(tag);
        let mut element = Element { name: tag.name, kind, class: "", mark: Mark::None, has_picture: false };
        if kind == Kind::Break {
            return element;
        }
        let mut mark = if kind == Kind::Aside { Mark::Drop } else { Mark::None };
        for (name, value) in tag.attributes() {
            let told = match name.len() {
                2 if name.eq_ignore_ascii_case("id") => marks.of_name(value),
                4 if name.eq_ignore_ascii_case("role") => marks.of_role(value),
                5 if name.eq_ignore_ascii_case("class") => {
                    element.class = value;
                    marks.of_name(value)
                }
                5 if name.eq_ignore_ascii_case("style") && hides(value) => Mark::Drop,
                6 if name.eq_ignore_ascii_case("hidden") => Mark::Drop,
                8 if name.eq_ignore_ascii_case("itemprop") && value.eq_ignore_ascii_case("articleBody") => Mark::Body,
                // Paragraphs behind a barrier say so too.
                11 if name.eq_ignore_ascii_case("aria-hidden") && value == "true" && kind == Kind::Block => Mark::Drop,
                _ => Mark::None,
            };
            mark = mark.max(told);
        }
        element.mark = match kind {
            Kind::Never => mark.max(Mark::Drop),
            Kind::Inline | Kind::Link if mark != Mark::Caption => Mark::None,
            Kind::Row | Kind::Cell => Mark::None,
            _ => mark,
        };
        element
    }
}

fn hides(style: &str) -> bool {
    style.contains("none")
        && style.split(';').any(|rule| {
            let mut parts = rule.splitn(2, ':').map(str::trim);
            parts.next().is_some_and(|name| name.eq_ignore_ascii_case("display"))
                && parts.next().is_some_and(|value| value.starts_with("none"))
        })
}

/// Puts pieces of a page together.
pub struct Tree<'a> {
    pub nodes: Vec<Node<'a>>,
    open: Vec<u32>,
    /// Elements that were open too deep to be kept.
    dropped: usize,
    marks: Marks<'a>,
}

impl<'a> Tree<'a> {
    pub fn new() -> Self {
        let root = Element { name: "", kind: Kind::Block, class: "", mark: Mark::None, has_picture: false };
        let root = Node { parent: 0, end: 0, content: Content::Element(root) };
        Tree { nodes: vec![root], open: vec![0], dropped: 0, marks: Marks::default() }
    }

    pub fn element(&self, at: usize) -> Option<&Element<'a>> {
        match &self.nodes.get(at)?.content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        }
    }

    pub fn kind(&self, at: usize) -> Kind {
        self.element(at).map_or(Kind::Inline, |element| element.kind)
    }

    pub fn mark(&self, at: usize) -> Mark {
        self.element(at).map_or(Mark::None, |element| element.mark)
    }

    pub fn parent(&self, at: usize) -> usize {
        self.nodes[at].parent as usize
    }

    pub fn end(&self, at: usize) -> usize {
        self.nodes[at].end as usize
    }

    /// The nodes right inside of one.
    pub fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.end(at);
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let child = next;
            (child < end).then(|| {
                next = self.end(child);
                child
            })
        })
    }

    /// Takes in the next piece of the page.
    pub fn add(&mut self, piece: &Piece<'a>) {
        match piece {
            Piece::Text(text) => {
                self.push(Content::Text(text));
            }
            Piece::Open(tag) => self.open(tag),
            Piece::Close(name) => self.close(name),
            Piece::Raw(..) => {}
        }
    }

    /// Closes what is still open.
    pub fn finish(mut self) -> Self {
        self.close_from(0);
        self
    }

    fn push(&mut self, content: Content<'a>) -> u32 {
        let at = self.nodes.len() as u32; // pages are bounded far below
        let parent = self.open.last().copied().unwrap_or(0);
        self.nodes.push(Node { parent, end: at + 1, content });
        at
    }

    fn open(&mut self, tag: &Tag<'a>) {
        if ["html", "head", "body"].iter().any(|name| tag.is(name)) {
            return; // open from the start
        }
        let element = Element::of(tag, &mut self.marks);
        let kind = element.kind;
        if EMPTY.iter().any(|name| tag.is(name)) {
            if kind == Kind::Break {
                self.push(Content::Element(element));
            } else if tag.is("img") {
                self.picture();
            }
            return;
        }
        self.close_before(kind);
        if self.open.len() >= MAX_DEPTH {
            self.dropped += usize::from(!matches!(kind, Kind::Paragraph | Kind::Item | Kind::Cell | Kind::Row));
            return;
        }
        let at = self.push(Content::Element(element));
        self.open.push(at);
    }

    /// A picture belongs to the innermost block around it.
    fn picture(&mut self) {
        let block = self.open.iter().rev().find(|&&at| !self.kind(at as usize).is_line()).copied().unwrap_or(0);
        if let Content::Element(element) = &mut self.nodes[block as usize].content {
            element.has_picture = true;
        }
    }

    /// A paragraph ends where a block begins, an item where the next one does.
    fn close_before(&mut self, kind: Kind) {
        if kind.is_line() || kind == Kind::Never {
            return;
        }
        for depth in (1..self.open.len()).rev() {
            let around = self.kind(self.open[depth] as usize);
            let ends = match around {
                Kind::Inline | Kind::Link => continue,
                Kind::Paragraph => true,
                Kind::Heading(_) => matches!(kind, Kind::Heading(_)),
                Kind::Item => kind == Kind::Item,
                Kind::Cell => matches!(kind, Kind::Cell | Kind::Row),
                Kind::Row => kind == Kind::Row,
                _ => false,
            };
            if !ends {
                return;
            }
            self.close_from(depth);
            if !matches!((around, kind), (Kind::Cell, Kind::Row)) {
                return;
            }
        }
    }

    fn close(&mut self, name: &str) {
        let flat = ["p", "li", "dt", "dd", "td", "th", "tr"].iter().any(|flat| name.eq_ignore_ascii_case(flat));
        if self.dropped > 0 {
            self.dropped -= usize::from(!flat);
            return;
        }
        let mut is_line = None;
        for depth in (1..self.open.len()).rev() {
            let Some(element) = self.element(self.open[depth] as usize) else { continue };
            if element.name.eq_ignore_ascii_case(name) {
                return self.close_from(depth);
            }
            // The end of a part of a line ends no block, and nothing in a cell ends what the table stands in.
            let of_table = ["td", "th", "tr", "table", "tbody", "thead", "tfoot"];
            let closes_line = *is_line.get_or_insert_with(|| Kind::of(&Tag::named(name)).is_line());
            if closes_line && !element.kind.is_line()
                || element.kind == Kind::Cell && !of_table.iter().any(|part| name.eq_ignore_ascii_case(part))
            {
                return;
            }
        }
    }

    fn close_from(&mut self, depth: usize) {
        let end = self.nodes.len() as u32;
        for at in self.open.drain(depth..) {
            self.nodes[at as usize].end = end;
        }
    }
}
