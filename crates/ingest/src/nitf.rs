//! NITF is the XML that news agencies mark their stories up in.

use crate::assemble::{Draft, assemble};
use crate::dates::{self, Moment};
use crate::reject::{self, code};
use crate::xml::{self, Element};
use crate::{Article, RawArticle, Reject, fields, names, url};

/// Reads one story.
pub fn article(raw: &RawArticle) -> Result<Article, Reject> {
    let root = xml::parse(raw)?;
    let story = root.find("nitf");
    let story = story.ok_or_else(|| reject::of(raw, code::NO_TEXT, "no `nitf` element in it".to_owned()))?;
    assemble(draft(story), raw)
}

/// What a story says.
pub fn draft(nitf: &Element) -> Draft {
    let head = |path: &[&str]| nitf.at(&[&["body", "body.head"], path].concat()).and_then(Element::line);
    let data = |name: &str| nitf.at(&["head", "docdata", name]);
    let day = |name: &str| data(name).and_then(|date| moment(date.attribute("norm")?));
    let print = nitf.at(&["head", "pubdata"]);
    let printed = |name: &str| print.and_then(|print| print.attribute(name)).map(str::to_owned);
    let mut authors = Vec::new();
    for byline in nitf.at(&["body", "body.head"]).iter().flat_map(|head| head.named("byline")) {
        // The persons where they are marked, else the words, without the title below them.
        let people: Vec<String> = byline.named("person").filter_map(Element::line).collect();
        let words = byline.nodes.iter().filter_map(|node| match node {
            xml::Node::Text(words) => Some(words.clone()),
            xml::Node::Element(element) if element.name != "byttl" => element.line(),
            xml::Node::Element(_) => None,
        });
        let told = if people.is_empty() { words.collect::<Vec<_>>().join(" ") } else { people.join("; ") };
        for name in names::of_byline(&told) {
            if !authors.contains(&name) {
                authors.push(name);
            }
        }
    }
    Draft {
        source_id: data("doc-id").and_then(|id| id.attribute("id-string")).map(str::to_owned),
        url: printed("ex-ref").as_deref().and_then(url::canonical),
        publisher: printed("name").or_else(|| head(&["distributor"])),
        title: head(&["hedline", "hl1"])
            .or_else(|| head(&["headline", "hl1"]))
            .or_else(|| nitf.at(&["head", "title"]).and_then(Element::line)),
        body: nitf.at(&["body", "body.content"]).map(Element::prose).unwrap_or_default(),
        authors,
        published: day("date.issue").or_else(|| day("date.release")).or_else(|| moment(&printed("date.publication")?)),
        modified: None,
        language: nitf.attribute("lang").and_then(fields::language),
        section: printed("position.section"),
    }
}

/// A date as NITF writes it, `20261123T101500+0100`, or as others do.
fn moment(text: &str) -> Option<Moment> {
    dates::parse(text).or_else(|| dates::parse(text.get(..8)?))
}
