//! Plain text is a title, a body, and perhaps a header of `key: value` lines above them or between them. Markdown is the
//! same with marks, which are taken off.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::assemble::{Draft, assemble};
use crate::reject::{self, code};
use crate::{Article, Format, RawArticle, Reject, dates, decode, fields, names, url};

/// A first line longer than this is a paragraph, not a title.
const TITLE_MAX: usize = 300;

/// Reads one text.
pub fn article(raw: &RawArticle) -> Result<Article, Reject> {
    let text = decode::text(raw)?;
    if text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0')).is_empty() {
        return Err(reject::of(raw, code::EMPTY, "no text at all".to_owned()));
    }
    assemble(draft(&text, raw.format), raw)
}

/// The title, the body and the facts of a text.
pub fn draft(text: &str, format: Format) -> Draft {
    // Line ends of every system, and marks that would hide the first line.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0'));
    let mut draft = Draft::default();
    let rest = header(text, &mut draft, false);
    let plain;
    let rest = if format == Format::Markdown {
        plain = without_marks(rest);
        &plain
    } else {
        rest
    };
    let rest = rest.trim_start();
    let (first, below) = rest.split_once('\n').unwrap_or((rest, ""));
    if draft.title.is_some() || first.chars().count() > TITLE_MAX || below.trim().is_empty() {
        draft.body = rest.to_owned();
    } else {
        draft.title = Some(first.to_owned());
        draft.body = header(below.trim_start(), &mut draft, true).to_owned();
    }
    draft
}

/// Takes the header's lines into the draft and gives what follows. Under a title the first lines of a body may look
/// like a header: there the lines have to end in a blank one, and a date or an address has to be among them.
fn header<'a>(text: &'a str, draft: &mut Draft, under_title: bool) -> &'a str {
    let fenced = !under_title && text.lines().next().is_some_and(|line| line.trim_end() == "---");
    let mut rest = if fenced { after_line(text) } else { text };
    let mut pairs: Vec<(&'static str, Vec<String>)> = Vec::new();
    let mut closed = false;
    while let Some(line) = rest.lines().next() {
        let trimmed = line.trim();
        if fenced && matches!(trimmed, "---" | "...") {
            rest = after_line(rest);
            closed = true;
            break;
        }
        if trimmed.is_empty() && !fenced {
            closed = true;
            break;
        }
        match (trimmed.split_once(':'), trimmed.strip_prefix("- ")) {
            // An entry of a list below its key.
            (_, Some(entry)) if fenced => {
                if let Some((_, values)) = pairs.last_mut() {
                    values.push(unquoted(entry).to_owned());
                }
            }
            (Some((key, value)), _) => match fields::of_name(key) {
                Some(field) if fenced || is_header(field) => pairs.push((field, list(value))),
                // Front matter may hold anything; its unknown keys are no text.
                None if fenced => pairs.push(("", Vec::new())),
                _ => break,
            },
            _ if fenced => {}
            _ => break,
        }
        rest = after_line(rest);
    }
    if fenced && !closed {
        return text; // a rule, not front matter
    }
    let is_sure = |(field, values): &(&str, Vec<String>)| match *field {
        "published" => values.iter().any(|value| dates::parse(value).is_some()),
        "url" => values.iter().any(|value| url::canonical(value).is_some()),
        _ => false,
    };
    if under_title && !(closed && pairs.iter().any(is_sure)) {
        return text;
    }
    // One line alone above a title may be the title ("Story: how it came about").
    if !fenced
        && !under_title
        && !pairs.iter().any(|pair| is_sure(pair) || matches!(pair.0, "title" | "authors" | "publisher"))
    {
        return text;
    }
    for (field, values) in pairs {
        fill(draft, field, values);
    }
    rest
}

fn is_header(field: &str) -> bool {
    ["id", "url", "title", "published", "modified", "authors", "publisher", "language", "section"].contains(&field)
}

fn after_line(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, rest)| rest)
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let inner = |sign: char| value.strip_prefix(sign)?.strip_suffix(sign);
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

/// The values of `key: value` or of `key: [one, two]`.
fn list(value: &str) -> Vec<String> {
    let value = value.trim();
    match value.strip_prefix('[').and_then(|value| value.strip_suffix(']')) {
        Some(list) => list.split(',').map(|entry| unquoted(entry).to_owned()).collect(),
        None => vec![unquoted(value).to_owned()],
    }
}

fn fill(draft: &mut Draft, field: &str, values: Vec<String>) {
    let values = values.into_iter().filter(|value| !value.is_empty());
    let first = |slot: &mut Option<String>, mut values: std::iter::Peekable<_>| {
        if slot.is_none() {
            *slot = Iterator::next(&mut values);
        }
    };
    let mut values = values.peekable();
    match field {
        "id" => first(&mut draft.source_id, values),
        "url" => first(&mut draft.url, values),
        "title" => first(&mut draft.title, values),
        "publisher" => first(&mut draft.publisher, values),
        "section" => first(&mut draft.section, values),
        "authors" => draft.authors.extend(values.flat_map(|byline| names::of_byline(&byline))),
        "published" => draft.published = draft.published.or_else(|| dates::parse(values.peek()?)),
        "modified" => draft.modified = draft.modified.or_else(|| dates::parse(values.peek()?)),
        "language" => draft.language = values.peek().and_then(|value| fields::language(value)),
        _ => {}
    }
}

/// The words of a Markdown text: paragraphs apart by blank lines, list entries by line breaks, soft breaks as spaces.
fn without_marks(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut entries = 0_usize;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak => text.push(' '),
            Event::HardBreak => text.push('\n'),
            Event::Start(Tag::Item) => entries += 1,
            Event::End(TagEnd::Item) => {
                entries = entries.saturating_sub(1);
                text.push('\n');
            }
            Event::End(TagEnd::TableCell) => text.push(' '),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => text.push('\n'),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::List(_) | TagEnd::Table,
            ) => {
                text.push_str(if entries > 0 { "\n" } else { "\n\n" });
            }
            _ => {}
        }
    }
    text
}
