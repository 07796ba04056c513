//! The body is the text that a reader of the page came for. A library finds it; what the page says of its article then
//! corrects what the library took for text.

use super::furniture::{self, fold};
use super::main_text;
use super::told::Told;
use super::tree::Tree;
use crate::{clean, dates};

/// The paragraphs of a page's article, apart by blank lines.
pub fn of(tree: &Tree, told: Option<&str>, title: Option<&str>, authors: &[String]) -> String {
    let told = told.map(clean::body).unwrap_or_default();
    let known = Told::new(&told);
    let found = main_text::of(tree, known.as_ref(), title);
    let found: Vec<String> = found.iter().map(|line| clean::line(&line.text)).collect();
    let lines: Vec<&str> = found.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    let lines = without_head(&lines, title, authors);
    let lines = match &known {
        Some(known) => confirmed(lines, known),
        None => lines,
    };
    let lines = furniture::without(lines);
    let length: usize = lines.iter().map(|line| line.len()).sum();
    // A page that its own scripts fill has its text only in what it tells.
    if told.len() > 200 && length * 2 < told.len() {
        return told;
    }
    lines.join("\n\n")
}

/// How many lines before the text may be a repeated title, a byline or a date.
const HEAD_LINES: usize = 6;

/// The lines without those at the start that repeat the title, the authors or the date.
fn without_head<'a>(lines: &[&'a str], title: Option<&str>, authors: &[String]) -> Vec<&'a str> {
    let title = title.map(fold).unwrap_or_default();
    let repeats = |line: &str| {
        if line.len() <= 60 && dates::parse(line).is_some() {
            return true;
        }
        let line = fold(line);
        let line = line.strip_prefix("by ").unwrap_or(&line);
        line == title || authors.iter().any(|author| line == fold(author)) || line == fold(&authors.join(" and "))
    };
    lines.iter().enumerate().filter(|(at, line)| *at >= HEAD_LINES || !repeats(line)).map(|(_, line)| *line).collect()
}

/// Where the page tells its whole text, only lines that are in it.
fn confirmed<'a>(lines: Vec<&'a str>, told: &Told) -> Vec<&'a str> {
    let shares: Vec<(usize, usize)> = lines.iter().map(|line| told.share(line)).collect();
    let (confirmed, all) = shares.iter().fold((0, 0), |sum, share| (sum.0 + share.0, sum.1 + share.1));
    if !told.is_whole(confirmed) || confirmed * 2 < all {
        return lines;
    }
    lines.into_iter().zip(shares).filter(|(_, (count, all))| count * 2 >= *all).map(|(line, _)| line).collect()
}
