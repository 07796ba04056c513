//! Furniture is what a site puts between the paragraphs of an article: advertisements, teasers, buttons, notices. Lines
//! are told by their words, from a list, or by coming again and again.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::main_text::{Line, LineKind};

/// A line with more words is a sentence of the article, however it starts.
const WORDS_MAX: usize = 30;
/// A notice about a site's rights or earnings has no more words,
const NOTICE_MAX: usize = 80;
/// and is one of so many lines at the start or at the end.
const OUTER: usize = 5;
/// A line of one or two words that stands so often on a page is no sentence of it.
const REPEATED: usize = 4;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Is,
    Starts,
    Ends,
    Notice,
}

static LINES: LazyLock<BTreeMap<&str, Kind>> = LazyLock::new(|| {
    let lines = include_str!("furniture.txt").lines().filter_map(|line| line.split_once(' '));
    let kinds = lines.filter_map(|(kind, words)| match kind {
        "is" => Some((words, Kind::Is)),
        "starts" => Some((words, Kind::Starts)),
        "ends" => Some((words, Kind::Ends)),
        "notice" => Some((words, Kind::Notice)),
        _ => None,
    });
    kinds.collect()
});

/// The lines of a body without furniture.
pub fn without(lines: Vec<Line>) -> Vec<Line> {
    let folded: Vec<String> = lines.iter().map(|line| fold(&line.text)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in &folded {
        *counts.entry(line).or_default() += 1;
    }
    let end = (0..lines.len())
        .skip(lines.len().div_ceil(2))
        .find(|&at| LINES.get(folded[at].as_str()) == Some(&Kind::Ends) || is_more(&folded[at]))
        .unwrap_or(lines.len());
    let is_kept = |at: usize| {
        let line = folded[at].as_str();
        let words = line.split(' ').count();
        let is_repeated = words <= 2 && counts[line] >= REPEATED && lines[at].kind == LineKind::Text;
        let is_listed = LINES.get(line).is_some_and(|kind| matches!(kind, Kind::Is | Kind::Ends));
        let is_outer = at < OUTER || at + OUTER >= end;
        !(is_repeated
            || is_listed
            || starts(line, &lines[at].text, words)
            || is_about(line, &lines[at].text, words)
            || is_outer && is_notice(line, words))
    };
    let kept: Vec<bool> = (0..end).map(is_kept).collect();
    lines.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(line, _)| line).collect()
}

/// Whether a line tells of the site's rights, earnings or views and not of the news.
fn is_notice(line: &str, words: usize) -> bool {
    let mut notices = LINES.iter().filter(|(_, kind)| **kind == Kind::Notice);
    words <= NOTICE_MAX && notices.any(|(notice, _)| line.contains(notice))
}

/// "More Great Stories", "Latest Sports News": a label over links to other articles.
fn is_more(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    (2..=5).contains(&words.len())
        && ["more", "latest", "related", "recommended", "trending", "popular", "top", "other", "recent"].contains(first)
        && ["stories", "articles", "news", "posts", "coverage", "headlines", "reads", "videos"].contains(last)
}

/// Whether a text begins as the credit of a picture does: "Photo: Jane Doe".
pub fn is_credit(text: &str) -> bool {
    const LABELS: [&str; 10] =
        ["image", "images", "photo", "photos", "picture", "pictures", "pic", "credit", "photograph", "photo credit"];
    text.split_once(':').is_some_and(|(label, _)| label.len() <= 20 && LABELS.contains(&fold(label).as_str()))
}

/// "10", "04am", "GMT": the words of "10:04" and "10.04am GMT".
fn is_of_time(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    word.len() - rest.len() <= 2 && matches!(rest, "" | "am" | "pm" | "gmt" | "bst" | "est" | "edt" | "et" | "utc")
}

/// A line about a picture, a date or a right: "(Image: ...)" at its end, "Updated: 12 May 2026, 10:00".
fn is_about(line: &str, written: &str, words: usize) -> bool {
    let ending = written.trim_end().strip_suffix([')', ']']).and_then(|text| text.rsplit_once(['(', '[']));
    if words <= 2 * WORDS_MAX && ending.is_some_and(|(_, ending)| is_credit(ending))
        || words <= 12 && is_credit(written)
    {
        return true;
    }
    if words <= 4 && written.contains([':', '.']) && line.split(' ').all(is_of_time) {
        return true;
    }
    // An address alone.
    if words <= 6
        && !written.contains(' ')
        && (written.contains('@') || written.contains(".com/") || written.contains("://"))
    {
        return true;
    }
    // "Source: The Example and news agencies", a short code of a publishing system, "Email Jane Doe at jane@example.com".
    let is_source =
        words <= 8 && written.split_once(':').is_some_and(|(label, _)| matches!(label, "SOURCE" | "Source"));
    let is_code = written.starts_with('[') && ["=\"", "=”"].iter().any(|sign| written.contains(sign));
    let is_contact = ["email ", "contact ", "reach "].iter().any(|start| line.starts_with(start));
    if is_source || words <= WORDS_MAX && (is_code || is_contact && written.contains('@')) {
        return true;
    }
    // "Follow Jane Doe on Twitter", "Follow our full coverage of", "Jane Doe contributed reporting from Malmberg".
    if words <= WORDS_MAX
        && (line.starts_with("follow ") && line.contains(" full coverage of ")
            || line.contains(" contributed reporting"))
    {
        return true;
    }
    // "Jane Doe contributed to this report".
    let networks = ["on twitter", "on facebook", "on instagram", "on x", "on google news", "on linkedin"];
    if words <= WORDS_MAX
        && (line.starts_with("follow ") && networks.iter().any(|network| line.contains(network))
            || ["report", "story", "article"]
                .iter()
                .any(|kind| line.strip_suffix(kind).is_some_and(|rest| rest.ends_with(" contributed to this "))))
    {
        return true;
    }
    let is_dated = ["published", "updated", "posted", "first published", "last updated", "created", "modified"]
        .iter()
        .any(|label| line.strip_prefix(label).is_some_and(|rest| rest.starts_with(' ')));
    is_dated
        && words <= 20
        && line.split(' ').filter(|word| word.bytes().all(|byte| byte.is_ascii_digit())).count() >= 2
}

/// Whether a line starts as furniture does: with as many words as an entry has, and no more than a teaser has.
fn starts(line: &str, written: &str, words: usize) -> bool {
    if words > WORDS_MAX {
        return false;
    }
    // "Read more: ..." and "RELATED | ...": a label before a colon or a bar.
    let label = written.split_once([':', '|']).map(|(label, _)| fold(label));
    let is_label = label.is_some_and(|label| {
        matches!(
            label.as_str(),
            "related" | "watch" | "read" | "more" | "see" | "video" | "photos" | "gallery" | "listen" | "related post"
        ) || LINES.contains_key(label.as_str())
    });
    is_label
        || line
            .match_indices(' ')
            .map(|(at, _)| &line[..at])
            .take(7)
            .chain([line])
            .any(|start| LINES.get(start) == Some(&Kind::Starts))
}

/// Small letters, words only.
pub fn fold(text: &str) -> String {
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::without;
    use crate::page::main_text::{Line, LineKind};

    fn kept(lines: &[&str]) -> Vec<String> {
        let line = |text: &&str| Line { text: (*text).to_owned(), kind: LineKind::Text, continues: false };
        without(lines.iter().map(line).collect()).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn furniture_goes_and_sentences_stay() {
        let lines = [
            "ADVERTISEMENT",
            "Read more: Ferry breaks down again",
            "The mayor said the bridge would open in June.",
            "Share this article",
            "Sponsor",
            "Published reports of a delay are wrong, he said.",
            "Sponsor",
            "Subscribe to our newsletter",
            "Sponsor",
            "The end.",
            "Sponsor",
            "Most read",
            "A teaser",
        ];
        let left = [
            "The mayor said the bridge would open in June.",
            "Published reports of a delay are wrong, he said.",
            "The end.",
        ];
        assert_eq!(kept(&lines), left);
    }

    #[test]
    fn captions_dates_and_labels_go() {
        for line in [
            "The new bridge at night (Image: Malmberg Post)",
            "Photo: Ana Ruiz",
            "Updated: 7 April 2026, 10:15",
            "First published 07.04.2026 at 09:00 GMT",
            "10.04am GMT",
            "SOURCE: The Example and news agencies",
            "Ana Ruiz contributed reporting from Malmberg.",
            "Email Ana Ruiz at ana@example.com or follow her.",
            "[button link=\"https://example.com/\"]Send us your picture[/button]",
            "The views and opinions expressed in this column do not necessarily reflect those of the Post.",
            "We may earn a commission if you buy something through links on this site, at no cost to you.",
        ] {
            assert_eq!(kept(&[line, "The council voted."]), ["The council voted."], "{line}");
        }
        for line in [
            "Pictures of the bridge: the council wants them back.",
            "Updated rules take effect in 2027.",
            "Source: unknown, is what the report says of the money that the council spent on the bridge.",
            "Email addresses of 4,000 residents were lost.",
        ] {
            assert_eq!(kept(&[line]), [line]);
        }
        // A notice stands at an end of the page.
        let notice = "The council said that it may earn a commission: we may earn a commission too, said the mayor.";
        let long = ["A.", "B.", "C.", "D.", "E.", "F.", notice, "G.", "H.", "I.", "J.", "K."];
        assert_eq!(kept(&long), long);
        // What comes next on a site is no end of a match report.
        assert_eq!(kept(&["One.", "Two.", "Three.", "UP NEXT", "They play on Friday."])[3], "They play on Friday.");
        assert_eq!(kept(&["One.", "Two.", "More Great Malmberg Stories", "A ferry sinks"]), ["One.", "Two."]);
    }
}
