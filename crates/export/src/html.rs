//! A page shows one article with its findings marked in the text, for people who judge rows by their evidence. It is HTML
//! and a style sheet, complete in itself: details come on hover and focus, each kind of mark can be switched off, and no
//! script is needed. Colours are those of Okabe and Ito, which colour-blind people tell apart; each kind has a form of
//! line of its own too.

use crate::{
    Document,
    describe::{actor_details, event_code, event_details, figure_value, names},
    document::Page,
};
use std::fmt::Write;

const STYLE: &str = include_str!("html.css");

/// What is marked, in the order of the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Actor,
    Event,
    Figure,
    Time,
    Quote,
}

impl Kind {
    const ALL: [Kind; 5] = [Kind::Actor, Kind::Event, Kind::Figure, Kind::Time, Kind::Quote];

    fn name(self) -> &'static str {
        ["actor", "event", "figure", "time", "quote"][self as usize]
    }
}

/// A run of code points with what is said of it.
struct Mark {
    kind: Kind,
    start: u32,
    end: u32,
    head: String,
    details: String,
}

/// The article as a fragment that can stand in any page, such as a notebook.
pub fn fragment(document: &Document) -> String {
    let page = Page::new(document);
    let marks = marks(document);
    let article = &document.article;
    let mut out = format!("<div class=\"bs\"><style>{STYLE}</style>");
    // 1. What it is.
    let title = article.title.as_deref().unwrap_or("(no title)");
    let date = article.published_at.map(|at| at.to_string());
    let facts = [date.as_deref(), article.publisher.as_deref(), article.url.as_deref()];
    let facts = facts.into_iter().flatten().map(escape).collect::<Vec<_>>().join(" · ");
    let _ = write!(out, "<h1>{}</h1><p class=\"facts\">{facts}</p><div class=\"legend\">", escape(title));
    for kind in Kind::ALL {
        let (name, n) = (kind.name(), marks.iter().filter(|mark| mark.kind == kind).count());
        let _ = write!(
            out,
            "<label><input type=\"checkbox\" class=\"k-{name}\" checked> <span class=\"{name}\">{name}s</span> {n}</label>"
        );
    }
    out.push_str("</div><div class=\"text\">");
    // 2. The text.
    text(&page, &marks, article.title_end, &mut out);
    out.push_str("</div>");
    // 3. The rows that have more than one word as evidence.
    tables(document, &page, &mut out);
    out.push_str("</div>");
    out
}

/// The article as a whole page, to be kept as a file.
pub fn page(document: &Document) -> String {
    let title = document.article.title.as_deref().unwrap_or("Article");
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"></head>\
         <body style=\"margin:2rem auto;max-width:56rem;padding:0 1rem;background:Canvas\">{}</body></html>\n",
        escape(title),
        fragment(document)
    )
}

fn marks(document: &Document) -> Vec<Mark> {
    let findings = &document.findings;
    let mut marks = Vec::new();
    let mut mark = |kind, start, end, head: String, details: String| {
        if start < end {
            marks.push(Mark { kind, start, end, head, details });
        }
    };
    for mention in &findings.mentions {
        if let Some(actor) = findings.actors.get(mention.actor) {
            mark(Kind::Actor, mention.start, mention.end, actor.name.clone(), actor_details(actor));
        }
    }
    for event in &findings.events {
        let (code, who) = (event_code(event), names(findings, &event.actors));
        let head = match event.reciprocal {
            true => format!("{code}: {who}"),
            false => format!("{code}: {who} → {}", names(findings, &event.recipients)),
        };
        mark(Kind::Event, event.start, event.end, head, event_details(findings, event));
    }
    for figure in &findings.figures {
        let role = figure.role.map(|role| role.name());
        let of = [figure.quantity_of.as_deref(), role].into_iter().flatten().collect::<Vec<_>>().join(", ");
        mark(Kind::Figure, figure.start, figure.end, figure_value(figure), of);
    }
    for time in &findings.times {
        mark(Kind::Time, time.start, time.end, time.value.clone(), time.kind.name().to_owned());
    }
    for quote in &findings.quotes {
        let speaker = quote.speaker.map(|who| names(findings, &[who])).or(quote.speaker_name.clone());
        let head = format!("{}: {}", speaker.as_deref().unwrap_or("?"), quote.cue.as_deref().unwrap_or("quoted"));
        mark(Kind::Quote, quote.start, quote.end, head, if quote.direct { "direct" } else { "indirect" }.to_owned());
    }
    marks.sort_by_key(|mark| (mark.start, mark.kind, mark.end));
    marks
}

/// Writes the text after the title, in paragraphs, cut where marks begin and end.
fn text(page: &Page<'_>, marks: &[Mark], title_end: u32, out: &mut String) {
    let end = page.length();
    let mut cuts: Vec<u32> = marks.iter().flat_map(|mark| [mark.start, mark.end]).chain([0, title_end, end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut active: Vec<&Mark> = Vec::new();
    let mut next = 0;
    out.push_str("<p>");
    for pair in cuts.windows(2).filter(|pair| pair[1] <= end) {
        let (from, to) = (pair[0], pair[1]);
        active.retain(|mark| mark.end > from);
        while let Some(mark) = marks.get(next).filter(|mark| mark.start <= from) {
            next += 1;
            if mark.end > from {
                active.push(mark);
            }
        }
        let words = paragraphs(page.slice(from, to));
        if active.is_empty() || words.trim().is_empty() {
            out.push_str(&words);
            continue;
        }
        let mut kinds: Vec<&str> = active.iter().map(|mark| mark.kind.name()).collect();
        kinds.dedup();
        let _ = write!(
            out,
            "<span class=\"m {}\" tabindex=\"0\">{words}<span class=\"tip\" role=\"note\">",
            kinds.join(" ")
        );
        for mark in &active {
            let (kind, head, details) = (mark.kind.name(), escape(&mark.head), escape(&mark.details));
            let _ = write!(out, "<span class=\"of-{kind}\"><b>{head}</b><i>{kind}{}</i></span>", prefixed(&details));
        }
        out.push_str("</span></span>");
    }
    out.push_str("</p>");
}

fn prefixed(details: &str) -> String {
    if details.is_empty() { String::new() } else { format!(": {details}") }
}

/// Escaped text; blank lines become breaks. A mark never runs over a paragraph, but a quote may.
fn paragraphs(text: &str) -> String {
    escape(text).replace("\n\n", "<br><br>").replace('\n', " ")
}

fn tables(document: &Document, page: &Page<'_>, out: &mut String) {
    let findings = &document.findings;
    let mut table = |name: &str, columns: [&str; 4], rows: Vec<[String; 4]>| {
        if rows.is_empty() {
            return;
        }
        let _ = write!(out, "<table><caption>{name}</caption><tr>");
        for column in columns {
            let _ = write!(out, "<th>{column}</th>");
        }
        for row in rows {
            out.push_str("</tr><tr>");
            for cell in row {
                let _ = write!(out, "<td>{}</td>", escape(&cell));
            }
        }
        out.push_str("</tr></table>");
    };
    let events = findings.events.iter().map(|event| {
        let (who, whom) = (names(findings, &event.actors), names(findings, &event.recipients));
        let day = event.event_date.map_or(String::new(), |day| format!(", {day}"));
        [who, event_code(event), whom, format!("{}{day}", event.status.name())]
    });
    table("Events", ["actor", "type, mode", "recipient", "status, day"], events.collect());
    let figures = findings.figures.iter().map(|figure| {
        let whose = figure.actor.map_or(String::new(), |who| names(findings, &[who]));
        let text = page.slice(figure.start, figure.end).to_owned();
        [text, figure_value(figure), figure.quantity_of.clone().unwrap_or_default(), whose]
    });
    table("Figures", ["text", "value", "of what", "whose"], figures.collect());
}

/// Text that can stand in an element or in an attribute.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use broadsheet_ingest::Article;
    use broadsheet_normalize::{Quote, Time, TimeType};

    #[test]
    fn marks_lie_over_each_other_and_the_text_is_escaped() {
        let article = Article { text: "A <b>&\n\nhe said \"today\" naïvely.".into(), ..Article::default() };
        let mut document = Document { article, ..Document::default() };
        let quote = Quote {
            quote_id: "q".into(),
            speaker: None,
            speaker_name: Some("<i>".into()),
            cue: Some("said".into()),
            direct: true,
            start: 16,
            end: 23,
        };
        document.findings.quotes.push(quote);
        let time = Time {
            kind: TimeType::Date,
            value: "2024-05-01".into(),
            from: None,
            to: None,
            start: 17,
            end: 22,
            first: 0,
            last: 0,
        };
        document.findings.times.push(time);
        let html = fragment(&document);
        assert!(html.contains("A &lt;b&gt;&amp;<br><br>he said <span class=\"m quote\""), "{html}");
        assert!(html.contains("class=\"m quote time\" tabindex=\"0\">today<span class=\"tip\""), "{html}");
        assert!(html.contains("<b>&lt;i&gt;: said</b>") && !html.contains("<i>:"), "{html}");
        assert!(html.contains("</span> naïvely.</p>"), "{html}");
        assert!(!html.contains("<script") && !html.contains("http"), "nothing from elsewhere");
    }
}
