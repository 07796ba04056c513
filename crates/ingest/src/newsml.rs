//! NewsML-G2 wraps news items for the wire: what an item is and says of itself, and the story as XHTML, NITF or text.

use crate::assemble::{Draft, assemble};
use crate::reject::{self, code};
use crate::xml::{self, Element};
use crate::{Article, RawArticle, Reject, dates, fields, names, nitf, page};

/// Reads one news item.
pub fn article(raw: &RawArticle) -> Result<Article, Reject> {
    let root = xml::parse(raw)?;
    let item = root.find("newsItem");
    let item = item.ok_or_else(|| reject::of(raw, code::NO_TEXT, "no `newsItem` element in it".to_owned()))?;
    assemble(draft(item), raw)
}

fn draft(item: &Element) -> Draft {
    let meta = |name: &str| item.at(&["itemMeta", name]);
    let content = |name: &'static str| item.named("contentMeta").flat_map(move |meta| meta.named(name));
    let date = |element: Option<&Element>| element.and_then(|element| dates::parse(&element.line()?));
    let called = |element: &Element| element.named("name").find_map(Element::line).or_else(|| literal(element));
    // 1. The story, in the form in which it is marked up best.
    let inner = item.at(&["contentSet"]);
    let nitf = inner.and_then(|inner| inner.find("nitf")).map(nitf::draft).unwrap_or_default();
    let html = inner.and_then(|inner| inner.find("body").or_else(|| inner.named("inlineXML").next()));
    let data = inner.into_iter().flat_map(|inner| inner.named("inlineData"));
    let plain = data.filter(|data| data.attribute("contenttype").is_none_or(|kind| kind.starts_with("text/")));
    let texts = [nitf.body, html.map(Element::prose).unwrap_or_default()];
    let texts = texts.into_iter().chain(plain.map(|data| page::without_tags(data.raw())));
    let body = texts.into_iter().find(|text| !text.trim().is_empty()).unwrap_or_default();
    // 2. What is said of it.
    let mut authors = Vec::new();
    for byline in content("by").filter_map(Element::line).chain(content("creator").filter_map(called)) {
        if authors.is_empty() {
            authors = names::of_byline(&byline);
        }
    }
    let headline = content("headline").find_map(Element::line);
    Draft {
        source_id: item.attribute("guid").map(str::to_owned),
        url: nitf.url,
        publisher: meta("provider").and_then(called).or(nitf.publisher),
        title: headline.or_else(|| meta("title").and_then(Element::line)).or(nitf.title),
        body,
        authors: if authors.is_empty() { nitf.authors } else { authors },
        published: date(meta("firstCreated"))
            .or_else(|| date(content("contentCreated").next()))
            .or_else(|| date(meta("versionCreated")))
            .or(nitf.published),
        modified: date(content("contentModified").next()).or_else(|| date(meta("versionCreated"))),
        language: content("language")
            .find_map(|language| fields::language(language.attribute("tag")?))
            .or_else(|| item.attribute("lang").and_then(fields::language)),
        section: content("subject").find_map(|subject| subject.named("name").find_map(Element::line)),
    }
}

/// The words of a code such as `reuters.com` in `literal`, or behind the prefix of a `qcode`.
fn literal(element: &Element) -> Option<String> {
    let code = element.attribute("qcode").and_then(|code| code.split_once(':')).map(|(_, code)| code);
    element.attribute("literal").or(code).map(str::to_owned).or_else(|| element.line())
}
