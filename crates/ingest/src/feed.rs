//! A feed tells what is new on a site: RSS in its versions, or Atom. One item is one article, with the whole text where
//! the feed carries it, else with the summary that it has.

use crate::assemble::{Draft, assemble};
use crate::xml::{self, Element};
use crate::{Article, RawArticle, Reject, dates, fields, names, page, url};

/// Reads one item, below what the feed tells of itself.
pub fn article(raw: &RawArticle) -> Result<Article, Reject> {
    let root = xml::parse(raw)?;
    // RSS has its items in the channel, RSS 1.0 beside it, Atom's stand in the feed.
    let outer = root.children().last();
    let channel = outer.and_then(|outer| outer.named("channel").next()).or(outer);
    let empty = Element::default();
    let item = root.find("item").or_else(|| root.find("entry")).unwrap_or(&empty);
    assemble(draft(item, channel.unwrap_or(&empty)), raw)
}

/// What an item and its feed say.
fn draft(item: &Element, feed: &Element) -> Draft {
    let line = |name: &str| item.named(name).find_map(Element::line);
    // Media and podcast extensions have titles and authors of their own.
    let plain = |element: &&Element| !matches!(element.prefix.as_str(), "media" | "itunes" | "thr");
    let published = ["pubDate", "published", "issued", "date", "created"];
    let date = |name: &&str| item.named(name).find_map(|element| dates::parse(&element.line()?));
    let is_address = !item.named("guid").any(|guid| guid.attribute("isPermaLink") == Some("false"));
    let guid = line("guid").or_else(|| line("id"));
    let address = item
        .named("link")
        .filter(|link| matches!(link.attribute("rel"), None | Some("alternate")))
        .find_map(|link| url::canonical(link.attribute("href").map(str::to_owned).or_else(|| link.line())?.as_str()))
        .or_else(|| guid.clone().filter(|_| is_address).and_then(|guid| url::canonical(&guid)));
    let source =
        item.named("source").find_map(|source| source.named("title").find_map(Element::line).or(source.line()));
    let language = |element: &Element| {
        let told = element.attribute("lang").map(str::to_owned);
        told.or_else(|| element.named("language").find_map(Element::line)).and_then(|text| fields::language(&text))
    };
    let mut authors = Vec::new();
    for author in item.children().filter(|child| matches!(child.name.as_str(), "author" | "creator")).filter(plain) {
        let told = author.named("name").find_map(Element::line).or_else(|| author.line()).unwrap_or_default();
        // "desk@example.com (Jane Doe)" in RSS.
        let told = told.split_once('(').filter(|(mail, _)| mail.contains('@')).map_or(told.as_str(), |(_, name)| name);
        for name in names::of_byline(told.trim_end_matches(')')) {
            if !authors.contains(&name) {
                authors.push(name);
            }
        }
    }
    Draft {
        source_id: guid,
        url: address,
        publisher: source.or_else(|| feed.named("title").find_map(Element::line)),
        title: item.named("title").filter(plain).find_map(title),
        body: body(item),
        authors,
        published: published.iter().find_map(date).or_else(|| date(&"updated")),
        modified: ["updated", "modified"].iter().find_map(date),
        language: language(item).or_else(|| language(feed)),
        section: item.named("category").find_map(|category| {
            category.attribute("label").or(category.attribute("term")).map(str::to_owned).or_else(|| category.line())
        }),
    }
}

/// A title may have marks of HTML in it.
fn title(element: &Element) -> Option<String> {
    let line = element.line()?;
    Some(if line.contains("</") { page::without_tags(format!("{line}</p>")) } else { line })
}

/// The longest text that the item carries: the whole one, or its summary.
fn body(item: &Element) -> String {
    let body = longest(item.children());
    // An element that is not closed has swallowed those behind it.
    if body.is_empty() { longest(item.descendants().into_iter()) } else { body }
}

fn longest<'a>(elements: impl Iterator<Item = &'a Element>) -> String {
    let texts = elements.filter(|element| element.prefix != "media").filter_map(|element| {
        match element.name.as_str() {
            "encoded" | "content" | "fulltext" | "body" | "description" | "summary" => {}
            _ => return None,
        }
        // Atom's XHTML is part of the feed's own tags; all else is text, or HTML as text.
        let is_tagged = element.children().next().is_some();
        let text = if is_tagged { element.prose() } else { page::without_tags(element.raw()) };
        Some(text).filter(|text| !text.trim().is_empty())
    });
    // The first of the longest.
    texts.reduce(|best, text| if text.len() > best.len() { text } else { best }).unwrap_or_default()
}
