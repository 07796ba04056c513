//! A page is an article as its publisher's site shows it: the text among everything else that a site puts there. What
//! the page says of itself comes from its linked data, then from its meta tags, then from the page.

mod blocks;
mod body;
mod container;
mod facts;
mod furniture;
mod linked;
mod main_text;
mod marks;
mod outline;
mod scan;
#[cfg(test)]
mod tests;
mod title;
mod told;
mod tree;

use std::borrow::Cow;

use encoding_rs::Encoding;

use self::facts::Facts;
use self::scan::{Piece, Scan, Tag};
use self::tree::Tree;
use crate::assemble::{Draft, assemble};
use crate::fields::{self, Fields};
use crate::reject::{self, code};
use crate::{Article, RawArticle, Reject, clean, dates, decode, url};

/// Pages with more text and tags than this, or with more elements and pieces of text, are refused: a tree of them is held.
const MAX_BYTES: usize = 8 << 20;
const MAX_NODES: usize = 1 << 19;
/// Where a page may declare its encoding: browsers look at 1 KiB.
const CHARSET_WITHIN: usize = 4096;

/// Meta tags in the order of trust.
const TITLES: &[&str] = &["og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline"];
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "published_date",
    "publication_date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "date",
    "originalpublicationdate",
    "og:published_time",
];
const MODIFIED: &[&str] =
    &["article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified"];
const PUBLISHERS: &[&str] = &["og:site_name", "application-name", "publisher", "dc.publisher"];
const SECTIONS: &[&str] = &["article:section", "parsely-section", "section", "cxenseparse:category", "articlesection"];
const LANGUAGES: &[&str] = &["og:locale", "content-language", "language", "dc.language", "inlanguage"];
const URLS: &[&str] = &["og:url", "parsely-link", "twitter:url"];

/// Reads one page.
pub fn article(raw: &RawArticle) -> Result<Article, Reject> {
    if decode::looks_binary(&raw.bytes) {
        return Err(reject::of(raw, code::BINARY, "not a page: it has many control characters".to_owned()));
    }
    let page = text(&raw.bytes);
    assemble(draft(&page, None, raw)?, raw)
}

/// The article of a page, or of a piece of one inside a record of another format.
pub fn draft(page: &str, known_title: Option<&str>, raw: &RawArticle) -> Result<Draft, Reject> {
    // 1. The page, taken apart.
    let mut facts = Facts::default();
    let mut tree = Tree::new();
    let mut read = 0;
    for piece in Scan::new(page) {
        facts.add(&piece);
        tree.add(&piece);
        read += match &piece {
            Piece::Text(text) => text.len(),
            Piece::Open(tag) => tag.size(),
            Piece::Close(name) => name.len() + 3,
            Piece::Raw(..) => 0,
        };
        if read > MAX_BYTES || tree.nodes.len() > MAX_NODES {
            let message = format!(
                "a page with more than {MAX_BYTES} bytes of text and tags, or {MAX_NODES} elements and pieces of text"
            );
            return Err(reject::of(raw, code::TOO_LARGE, message));
        }
    }
    let tree = tree.finish();
    // 2. What it says of its article.
    let record = facts.linked.article().unwrap_or_default();
    let linked = Fields::new(&record);
    let publisher = linked.string("publisher").or_else(|| facts.metas(PUBLISHERS).next().map(str::to_owned));
    let title =
        known_title.map(str::to_owned).or_else(|| title::of(&facts, linked.string("title"), publisher.as_deref()));
    let mut authors = linked.authors();
    if authors.is_empty() {
        authors = facts.authors();
    }
    let date = |names| facts.metas(names).find_map(dates::parse);
    let language = |text: &str| fields::language(text);
    let address = |text: &str| url::canonical(&clean::line(text));
    // 3. Its text.
    let body = body::of(&tree, linked.text("text").as_deref(), title.as_deref(), &authors);
    Ok(Draft {
        source_id: None,
        url: facts
            .canonical
            .and_then(address)
            .or_else(|| facts.metas(URLS).find_map(address))
            .or_else(|| linked.string_if("url", url::canonical)),
        published: linked
            .moment("published")
            .or_else(|| date(PUBLISHED))
            .or_else(|| facts.times().find_map(dates::parse)),
        modified: linked.moment("modified").or_else(|| date(MODIFIED)),
        language: facts
            .language
            .and_then(language)
            .or_else(|| linked.string_if("language", language))
            .or_else(|| facts.metas(LANGUAGES).find_map(language)),
        section: linked.string("section").or_else(|| facts.metas(SECTIONS).next().map(str::to_owned)),
        publisher,
        title,
        authors,
        body,
    })
}

/// Whether a text is a whole page, whose article has to be found in it.
pub fn is_whole(text: &str) -> bool {
    let head = text.get(..2048).unwrap_or(text).to_ascii_lowercase();
    ["<!doctype", "<html", "<head", "<body"].iter().any(|mark| head.contains(mark))
}

/// The text of a piece of a page; what has no paragraphs in tags is given back as it is.
pub fn without_tags(text: String) -> String {
    let has_tags = memchr::memmem::find(text.as_bytes(), b"<").is_some()
        && ["</p>", "<br", "</div>", "</a>", "</h2>", "</li>"].iter().any(|tag| text.contains(tag));
    if !has_tags {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for piece in Scan::new(&text) {
        match piece {
            Piece::Text(words) => out.push_str(words),
            Piece::Open(tag) if tag.is("br") => out.push('\n'),
            Piece::Open(Tag { name, .. }) | Piece::Close(name) if is_block(name) => out.push_str("\n\n"),
            _ => {}
        }
    }
    out
}

fn is_block(name: &str) -> bool {
    const INLINE: [&str; 22] = [
        "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "font", "i", "ins", "img", "mark", "q", "s", "small",
        "span", "strong", "sub", "sup", "time", "u",
    ];
    !INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline))
}

/// A page as text: by its mark, as UTF-8 if it is that, as it declares, else by a guess.
pub fn text(bytes: &[u8]) -> Cow<'_, str> {
    if Encoding::for_bom(bytes).is_none()
        && std::str::from_utf8(bytes).is_err()
        && let Some(encoding) = declared(&bytes[..bytes.len().min(CHARSET_WITHIN)])
        && encoding != encoding_rs::UTF_8
    {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    decode::lossy(bytes)
}

/// The encoding in `<meta charset="...">` or `<meta content="text/html; charset=...">`.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset")? + "charset".len();
    let value = head[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_'))
        .unwrap_or(value.len());
    Encoding::for_label(&value[..end])
}
