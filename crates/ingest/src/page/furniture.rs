//! Furniture is what a site puts between the paragraphs of an article: advertisements, teasers, buttons, notices. Lines
//! are told by their words, from a list, or by coming again and again.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A line with more words is a sentence of the article, however it starts.
const WORDS_MAX: usize = 30;
/// A line of one or two words that stands so often on a page is no sentence of it.
const REPEATED: usize = 4;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Is,
    Starts,
    Ends,
}

static LINES: LazyLock<BTreeMap<&str, Kind>> = LazyLock::new(|| {
    let lines = include_str!("furniture.txt").lines().filter_map(|line| line.split_once(' '));
    let kinds = lines.filter_map(|(kind, words)| match kind {
        "is" => Some((words, Kind::Is)),
        "starts" => Some((words, Kind::Starts)),
        "ends" => Some((words, Kind::Ends)),
        _ => None,
    });
    kinds.collect()
});

/// The lines of a body without furniture.
pub fn without(lines: Vec<&str>) -> Vec<&str> {
    let folded: Vec<String> = lines.iter().map(|line| fold(line)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in &folded {
        *counts.entry(line).or_default() += 1;
    }
    let end = (0..lines.len())
        .skip(lines.len().div_ceil(2))
        .find(|&at| LINES.get(folded[at].as_str()) == Some(&Kind::Ends))
        .unwrap_or(lines.len());
    let is_kept = |at: usize| {
        let line = folded[at].as_str();
        let words = line.split(' ').count();
        let is_repeated = words <= 2 && counts[line] >= REPEATED;
        !(is_repeated || LINES.contains_key(line) && LINES[line] != Kind::Starts || starts(line, lines[at], words))
    };
    (0..end).filter(|&at| is_kept(at)).map(|at| lines[at]).collect()
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

    #[test]
    fn furniture_goes_and_sentences_stay() {
        let lines = vec![
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
        let kept = [
            "The mayor said the bridge would open in June.",
            "Published reports of a delay are wrong, he said.",
            "The end.",
        ];
        assert_eq!(without(lines), kept);
    }
}
