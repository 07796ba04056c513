//! The body is the text that a reader of the page came for. A library finds it; what the page says of its article then
//! corrects what the library took for text.

use std::collections::BTreeSet;

use super::furniture::{self, fold};
use super::main_text::{self, Line, LineKind};
use super::told::Told;
use super::tree::Tree;
use crate::{clean, dates};

/// The paragraphs of a page's article, apart by blank lines.
pub fn of(tree: &Tree, told: Option<&str>, title: Option<&str>, authors: &[String]) -> String {
    let told = told.map(clean::body).unwrap_or_default();
    let known = Told::new(&told);
    let mut lines = main_text::of(tree, known.as_ref(), title);
    for line in &mut lines {
        line.text = clean::line(&line.text);
    }
    lines.retain(|line| !line.text.is_empty());
    let mut lines = without_head(lines, title, authors);
    if let Some(known) = &known {
        lines = confirmed(lines, known);
    }
    let lines = furniture::without(without_copies(lines));
    let length: usize = lines.iter().map(|line| line.text.len()).sum();
    // A page that its own scripts fill has its text only in what it tells.
    if told.len() > 200 && length * 2 < told.len() {
        return told;
    }
    let mut body = String::with_capacity(length + 2 * lines.len());
    for line in &lines {
        if !body.is_empty() {
            body.push_str(if line.continues { "\n" } else { "\n\n" });
        }
        body.push_str(&line.text);
    }
    body
}

/// How many lines before the text may be a repeated title, a byline or a date.
const HEAD_LINES: usize = 6;
/// A line with fewer words that does not end as a sentence may be a label.
const LABEL_WORDS: usize = 8;

/// The lines without those at the start that repeat the title, the authors or the date.
fn without_head(lines: Vec<Line>, title: Option<&str>, authors: &[String]) -> Vec<Line> {
    let title = title.map(fold).unwrap_or_default();
    let repeats = |line: &str| {
        if line.len() <= 60 && (dates::parse(line).is_some() || tells_when(line)) {
            return true;
        }
        let line = fold(line);
        let line = line.strip_prefix("by ").unwrap_or(&line);
        line == title || authors.iter().any(|author| line == fold(author)) || line == fold(&authors.join(" and "))
    };
    // Above the first sentence stand labels: the section, the way to it, the place, the time to read.
    let is_label = |line: &Line| {
        let is_short = line.text.split(' ').count() < LABEL_WORDS;
        line.kind == LineKind::Text && is_short && !line.text.ends_with(['.', '!', '?', ':', '"', '”', '’'])
    };
    let labels = lines.iter().take_while(|line| is_label(line)).count();
    let labels = if labels < lines.len() { labels } else { 0 };
    let numbered = lines.into_iter().enumerate().skip(labels);
    numbered.filter(|(at, line)| *at >= HEAD_LINES || !repeats(&line.text)).map(|(_, line)| line).collect()
}

/// Whether a line has a year and a time of day and does not end as a sentence: a date in any language.
fn tells_when(line: &str) -> bool {
    let is_digits = |word: &str, count: usize| word.len() == count && word.bytes().all(|byte| byte.is_ascii_digit());
    let mut words = line.split([' ', ',', '(', ')']);
    let is_year = |word: &str| is_digits(word, 4) && (word.starts_with("19") || word.starts_with("20"));
    let is_clock = |word: &str| {
        word.split_once([':', 'h']).is_some_and(|(hours, minutes)| {
            (is_digits(hours, 2) || is_digits(hours, 1))
                && minutes.get(..2).is_some_and(|minutes| is_digits(minutes, 2))
        })
    };
    let has_year = words.clone().any(is_year);
    has_year && words.any(is_clock) && !line.ends_with(['.', '!', '?'])
}

/// Where the page tells its whole text, only lines that are in it; headings and summaries are seldom told.
fn confirmed(lines: Vec<Line>, told: &Told) -> Vec<Line> {
    let shares: Vec<(usize, usize)> = lines.iter().map(|line| told.share(&line.text)).collect();
    let (confirmed, all) = shares.iter().fold((0, 0), |sum, share| (sum.0 + share.0, sum.1 + share.1));
    if !told.is_whole(confirmed) || confirmed * 2 < all {
        return lines;
    }
    let is_told = |line: &Line, (count, all): (usize, usize)| line.kind != LineKind::Text || count * 2 >= all;
    lines.into_iter().zip(shares).filter(|(line, share)| is_told(line, *share)).map(|(line, _)| line).collect()
}

/// A line of so many words that stands on the page twice may have been put there twice.
const COPY_WORDS: usize = 12;

/// The lines without a summary that is the start of the text, and without copies where a page holds its article twice.
fn without_copies(lines: Vec<Line>) -> Vec<Line> {
    let folded: Vec<String> = lines.iter().map(|line| fold(&line.text)).collect();
    let mut seen = BTreeSet::new();
    let is_copy: Vec<bool> =
        folded.iter().map(|line| !seen.insert(line.as_str()) && line.split(' ').count() >= COPY_WORDS).collect();
    let all: usize = folded.iter().map(String::len).sum();
    let copied: usize = folded.iter().zip(&is_copy).filter(|(_, is_copy)| **is_copy).map(|(line, _)| line.len()).sum();
    let is_twice = copied * 3 > all;
    let is_start = |at: usize| {
        let below = at + 1..lines.len().min(at + 4);
        lines[at].kind == LineKind::Lead && below.into_iter().any(|next| folded[next].starts_with(&folded[at]))
    };
    let kept: Vec<bool> = (0..lines.len()).map(|at| !(is_twice && is_copy[at] || is_start(at))).collect();
    lines.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(line, _)| line).collect()
}
