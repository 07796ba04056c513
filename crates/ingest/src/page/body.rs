//! The body is the text that a reader of the page came for. A library finds it; what the page says of its article then
//! corrects what the library took for text.

use std::collections::BTreeSet;

use super::furniture::{self, fold};
use super::main_text;
use super::tree::Tree;
use crate::{clean, dates};

/// The paragraphs of a page's article, apart by blank lines.
pub fn of(tree: &Tree, told: Option<&str>, title: Option<&str>, authors: &[String]) -> String {
    let found: Vec<String> = main_text::of(tree).iter().map(|line| clean::line(&line.text)).collect();
    let lines: Vec<&str> = found.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    let lines = without_head(&lines, title, authors);
    let told = told.map(clean::body).unwrap_or_default();
    let lines = furniture::without(confirmed(lines, &told));
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
fn confirmed<'a>(lines: Vec<&'a str>, told: &str) -> Vec<&'a str> {
    let told_words = words(told);
    if told_words.len() < 100 {
        return lines;
    }
    let known: BTreeSet<&[String]> = told_words.windows(3).collect();
    let share = |line: &str| {
        let line = words(line);
        let count = line.windows(3).filter(|shingle| known.contains(shingle)).count();
        if line.len() < 3 { (usize::from(told.contains(line.join(" ").as_str())), 1) } else { (count, line.len() - 2) }
    };
    let shares: Vec<(usize, usize)> = lines.iter().map(|line| share(line)).collect();
    // Whole, if what the library found holds nearly all of it, and its own long last paragraph is in it.
    let confirmed: usize = shares.iter().map(|(count, _)| count).sum();
    let last = lines.iter().zip(&shares).rev().find(|(line, _)| line.len() > 150);
    let is_whole = confirmed * 10 >= known.len() * 8 && confirmed * 2 >= shares.iter().map(|share| share.1).sum();
    if !is_whole || last.is_none() {
        return lines;
    }
    lines.into_iter().zip(shares).filter(|(_, (count, all))| count * 2 >= *all).map(|(line, _)| line).collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
