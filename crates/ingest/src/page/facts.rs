//! Facts are what a page says of its article outside of the text: in its linked data, in its meta tags, and in the
//! elements that every news page has. Each fact keeps its sources in the order of trust.

use std::collections::BTreeMap;

use super::linked::Linked;
use super::scan::{Piece, Tag};
use crate::{clean, dates, names};

/// Everything found in one pass over a page.
#[derive(Default)]
pub struct Facts<'a> {
    pub linked: Linked,
    /// The first value of each meta tag, by its name in small letters.
    metas: BTreeMap<String, &'a str>,
    /// Every author that meta tags name.
    pub meta_authors: Vec<&'a str>,
    pub canonical: Option<&'a str>,
    pub language: Option<&'a str>,
    /// The window's title.
    pub window_title: Option<&'a str>,
    /// The text of the headings of the first rank.
    pub headings: Vec<String>,
    /// The values of elements that give a time, apart those marked as the time of publication.
    marked_times: Vec<&'a str>,
    other_times: Vec<&'a str>,
    /// The first text under the heading that is marked as a date.
    shown_date: Option<String>,
    /// Where the first heading ended among the page's text.
    heading_end: Option<usize>,
    /// The texts of elements that are marked as naming an author.
    pub bylines: Vec<Byline>,
    /// How many bytes of text came so far.
    read: usize,
    open: Vec<Opened<'a>>,
}

/// A byline longer than this is a biography.
const BYLINE_MAX: usize = 200;
/// Authors beyond this are not of one article.
const AUTHORS_MAX: usize = 100;
/// How many bytes of text may stand between two authors of one article.
const BYLINES_WITHIN: usize = 300;
/// A date is shown within so many bytes of text under its heading; further down stand those of other articles.
const DATE_WITHIN: usize = 1000;
/// The text of a date is no longer than this.
const DATE_MAX: usize = 60;

impl<'a> Facts<'a> {
    /// Takes in the next piece of the page.
    pub fn add(&mut self, piece: &Piece<'a>) {
        match *piece {
            Piece::Raw(tag, content) if tag.is("script") => {
                if tag.attribute("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")) {
                    self.linked.add(content);
                }
            }
            Piece::Raw(tag, content) if tag.is("title") => self.window_title = self.window_title.or(Some(content)),
            Piece::Raw(..) => {}
            Piece::Open(tag) if tag.is("meta") => self.meta(&tag),
            Piece::Open(tag) if tag.is("link") => {
                if tag.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
                    self.canonical = self.canonical.or(tag.attribute("href"));
                }
            }
            Piece::Open(tag) if tag.is("html") => self.language = self.language.or(tag.attribute("lang")),
            Piece::Open(tag) => self.open(tag),
            Piece::Text(text) => {
                self.read += text.trim_ascii().len();
                for opened in &mut self.open {
                    if opened.text.len() <= 2 * BYLINE_MAX + text.len().min(BYLINE_MAX) {
                        opened.text.push_str(text.get(..4 * BYLINE_MAX).unwrap_or(text));
                    }
                }
            }
            Piece::Close(name) => {
                for opened in &mut self.open {
                    if name.eq_ignore_ascii_case(opened.name) {
                        opened.nested = opened.nested.wrapping_sub(1);
                    } else {
                        opened.text.push(' ');
                    }
                }
                while let Some(at) = self.open.iter().position(|opened| opened.nested == usize::MAX) {
                    let opened = self.open.remove(at);
                    self.close(opened);
                }
            }
        }
    }

    fn open(&mut self, tag: Tag<'a>) {
        if tag.is("time")
            && let Some(time) = tag.attribute("datetime")
        {
            let is_marked = tag.attribute("pubdate").is_some()
                || tag.attribute("itemprop").is_some_and(|property| property.contains("datePublished"));
            if is_marked { self.marked_times.push(time) } else { self.other_times.push(time) }
        }
        for opened in &mut self.open {
            opened.nested += usize::from(tag.is(opened.name));
        }
        let is_under_heading = || self.heading_end.is_some_and(|end| self.read - end <= DATE_WITHIN);
        let what = if tag.is("h1") {
            Some(What::Heading).filter(|_| self.headings.len() < 3)
        } else if self.bylines.len() < 8 && names_author(&tag) {
            Some(What::Byline)
        } else if self.shown_date.is_none() && is_under_heading() && names_date(&tag) {
            Some(What::Date)
        } else {
            None
        };
        if let Some(what) = what.filter(|_| self.open.len() < 4) {
            self.open.push(Opened { name: tag.name, what, nested: 0, text: String::new() });
        }
    }

    /// The values of elements that give a time, those marked as the publication first, then the date under the heading.
    pub fn times(&self) -> impl Iterator<Item = &str> {
        self.marked_times.iter().chain(&self.other_times).copied().chain(self.shown_date.as_deref())
    }

    fn close(&mut self, opened: Opened) {
        let text = clean::line(&opened.text);
        if text.is_empty() {
            return;
        }
        match opened.what {
            What::Heading => {
                self.headings.push(text);
                self.heading_end = self.heading_end.or(Some(self.read));
            }
            What::Byline if text.len() <= BYLINE_MAX => self.bylines.push(Byline { text, at: self.read }),
            What::Date if text.len() <= DATE_MAX && dates::parse(&text).is_some() => self.shown_date = Some(text),
            What::Byline | What::Date => {}
        }
    }

    fn meta(&mut self, tag: &Tag<'a>) {
        let Some(content) = tag.attribute("content").map(str::trim).filter(|content| !content.is_empty()) else {
            return;
        };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = tag.attribute(key) {
                let name = name.trim().to_ascii_lowercase();
                if AUTHORS.contains(&name.as_str())
                    && self.meta_authors.len() < AUTHORS_MAX
                    && !self.meta_authors.contains(&content)
                {
                    self.meta_authors.push(content);
                }
                self.metas.entry(name).or_insert(content);
            }
        }
    }

    /// The first of these meta tags that the page has.
    pub fn metas(&self, names: &'static [&'static str]) -> impl Iterator<Item = &'a str> {
        names.iter().filter_map(|name| self.metas.get(*name).copied())
    }

    /// The authors that meta tags name, else those of the bylines in the text.
    pub fn authors(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut add = |byline: &str| {
            for name in names::of_byline(byline) {
                if !found.iter().any(|known| names::is_same(known, &name)) {
                    found.push(name);
                }
            }
        };
        self.meta_authors.iter().for_each(|byline| add(byline));
        if found.is_empty() {
            // A byline says "By", or is nothing but a name. Those that stand apart from the first are of other articles.
            let mut last = None;
            for Byline { text, at } in &self.bylines {
                let is_byline = text.to_lowercase().starts_with("by ") || text.split_whitespace().count() <= 4;
                if !is_byline || last.is_some_and(|last| at - last > BYLINES_WITHIN) {
                    continue;
                }
                for name in names::of_byline(text) {
                    last = Some(*at);
                    if !found.iter().any(|known| names::is_same(known, &name)) {
                        found.push(name);
                    }
                }
            }
        }
        found
    }
}

/// Text of an element that is marked as naming an author, and where it ends among the page's text.
pub struct Byline {
    text: String,
    at: usize,
}

#[derive(Clone, Copy)]
enum What {
    Heading,
    Byline,
    Date,
}

struct Opened<'a> {
    name: &'a str,
    what: What,
    /// Elements of the same name open inside of it.
    nested: usize,
    text: String,
}

/// Meta tags that name an author.
const AUTHORS: [&str; 10] = [
    "author",
    "article:author",
    "parsely-author",
    "byl",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "twitter:data1:author",
    "article.author",
];

fn names_author(tag: &Tag) -> bool {
    tag.attributes().any(|(name, value)| match name.len() {
        3 if name.eq_ignore_ascii_case("rel") => value.eq_ignore_ascii_case("author"),
        8 if name.eq_ignore_ascii_case("itemprop") => value.eq_ignore_ascii_case("author"),
        5 if name.eq_ignore_ascii_case("class") => value
            .split_ascii_whitespace()
            .any(|class| AUTHOR_CLASSES.iter().any(|known| class.eq_ignore_ascii_case(known))),
        _ => false,
    })
}

/// Whether an element is a time, or one of its classes has a word of `article-publish-date`.
fn names_date(tag: &Tag) -> bool {
    tag.is("time")
        || tag.attribute("class").is_some_and(|classes| {
            let mut words = classes.split(|c: char| !c.is_ascii_alphanumeric());
            words.any(|word| DATE_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
        })
}

const DATE_WORDS: [&str; 8] =
    ["date", "pubdate", "publishdate", "dateline", "datetime", "timestamp", "published", "posted"];

const AUTHOR_CLASSES: [&str; 8] = [
    "byline",
    "author",
    "author-name",
    "byline-name",
    "article-author",
    "article__author",
    "byline__name",
    "author__name",
];
