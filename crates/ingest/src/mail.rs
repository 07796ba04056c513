//! A mail may be a newsletter: its subject is the title, its text the body. Where a mail has its text twice, as text and
//! as a page, the text is taken, unless it is only a pointer to the page.

use mail_parser::{HeaderValue, Message, MessageParser, PartType};

use crate::assemble::{Draft, assemble};
use crate::reject::{self, code};
use crate::{Article, RawArticle, Reject, dates, names, page, url};

/// A plain text with less than this share of the page's words only points to it.
const POINTER_SHARE: usize = 3;

/// Reads one message.
pub fn article(raw: &RawArticle) -> Result<Article, Reject> {
    let message = MessageParser::default().parse(raw.bytes.as_slice());
    let is_mail = |message: &Message| {
        message.from().is_some()
            || message.subject().is_some()
            || message.date().is_some()
            || message.message_id().is_some()
    };
    let message = message.filter(is_mail);
    let message = message.ok_or_else(|| reject::of(raw, code::BAD_MAIL, "no header of a mail in it".to_owned()))?;
    let sender = message.from().and_then(|from| from.first()).and_then(|from| from.name());
    let words = |value: &HeaderValue| value.as_text().map(str::to_owned);
    let list = words(message.list_id()).or_else(|| message.header_raw("List-Id").map(str::to_owned));
    let list = list.and_then(|list| Some(list.split('<').next()?.trim().trim_matches('"').to_owned()));
    let archived = message.header_raw("Archived-At").or_else(|| message.header_raw("X-Archived-At"));
    let draft = Draft {
        source_id: message.message_id().map(str::to_owned),
        url: archived.and_then(|address| url::canonical(address.trim().trim_matches(['<', '>']))),
        publisher: list.filter(|list| !list.is_empty()).or_else(|| sender.map(str::to_owned)),
        title: message.subject().map(str::to_owned),
        body: body(&message),
        authors: sender.map(names::of_byline).unwrap_or_default(),
        published: message.header_raw("Date").and_then(|date| dates::parse(date.trim())),
        ..Draft::default()
    };
    assemble(draft, raw)
}

fn body(message: &Message) -> String {
    let own = |part: &&mail_parser::MessagePart| !part.is_message();
    let text = |part: &mail_parser::MessagePart| match &part.body {
        PartType::Text(text) => text.to_string(),
        _ => String::new(),
    };
    let html = |part: &mail_parser::MessagePart| match &part.body {
        PartType::Html(html) => page::without_tags(format!("{html}</p>")),
        _ => String::new(),
    };
    let plain: Vec<String> =
        message.text_bodies().filter(own).map(text).filter(|text| !text.trim().is_empty()).collect();
    let pages: Vec<String> =
        message.html_bodies().filter(own).map(html).filter(|text| !text.trim().is_empty()).collect();
    let (plain, pages) = (plain.join("\n\n"), pages.join("\n\n"));
    let count = |text: &str| text.split_whitespace().count();
    if count(&plain) * POINTER_SHARE < count(&pages) { pages } else { unwrapped(&plain) }
}

/// A plain text of lines that were broken at a width: the lines of a paragraph are one again.
fn unwrapped(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<&str> = text.lines().collect();
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    if !(40..=100).contains(&longest) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for (line, next) in lines.iter().zip(lines.iter().skip(1).map(|next| next.trim()).chain([""])) {
        out.push_str(line);
        // A line is broken where the next one's first word would have made it too long.
        let first = next.split_whitespace().next().map_or(0, |word| word.chars().count());
        let broken = !line.trim().is_empty()
            && !next.is_empty()
            && !next.starts_with(['-', '*', '•', '>'])
            && line.trim_end().chars().count() + 1 + first > longest.saturating_sub(6);
        out.push(if broken { ' ' } else { '\n' });
    }
    out
}
