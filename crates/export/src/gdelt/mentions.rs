//! A row of the mentions: 16 columns.

use super::{collection, document, source, stamp};
use crate::{document::Page, report::Report};
use broadsheet_normalize::{Actor, Event};

/// One telling of the event `id`, which was first told at `added`.
pub(super) fn row(id: u64, added: &str, page: &Page<'_>, report: &Report<'_>) -> [String; 16] {
    let (article, event) = (page.article, report.event);
    [
        id.to_string(),
        added.to_owned(),
        stamp(article),
        collection(article).to_owned(),
        source(article).to_owned(),
        document(article),
        (event.sentence + 1).to_string(),
        offset(page, event, report.actor),
        offset(page, event, report.recipient),
        event.start.to_string(),
        // The text is never rewritten.
        "1".to_owned(),
        percent(event.confidence).to_string(),
        page.length().to_string(),
        // Tone, translation and extras: we measure none and translate nothing.
        String::new(),
        String::new(),
        String::new(),
    ]
}

/// Where the sentence names the actor first, in code points of the article's text; -1 where it does not.
fn offset(page: &Page<'_>, event: &Event, actor: Option<&Actor>) -> String {
    let mention = actor.and_then(|actor| {
        let inside = |start: u32| (event.sentence_start..event.sentence_end).contains(&start);
        let is_actor = |index: usize| page.actor(Some(index)).is_some_and(|a| std::ptr::eq(a, actor));
        page.findings.mentions.iter().find(|m| inside(m.start) && is_actor(m.actor)).map(|m| m.start)
    });
    mention.map_or("-1".to_owned(), |start| start.to_string())
}

/// Confidence in steps of ten, 10 to 100.
fn percent(confidence: f64) -> u32 {
    ((confidence * 10.0).round() as u32).clamp(1, 10) * 10
}
