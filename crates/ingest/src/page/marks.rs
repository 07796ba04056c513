//! Marks are what the names of an element's classes say about it: sites are built by people who call a box with links to
//! other stories `related-stories`, and the text of the article `article-body`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What an element is said to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Mark {
    None,
    /// Holds the text of the article.
    Body,
    /// A summary above the text.
    Lead,
    /// No part of the text, if only a few words stand in it.
    Small,
    /// Words under a picture, also where they stand in a line.
    Caption,
    /// No part of the text, unless most of the page stands in it.
    Drop,
    /// No part of the text.
    Never,
}

static WORDS: LazyLock<HashMap<&str, Mark>> = LazyLock::new(|| {
    let lines = include_str!("marks.txt").lines().filter_map(|line| line.split_once(' '));
    let marks = lines.filter_map(|(kind, words)| match kind {
        "body" => Some((words, Mark::Body)),
        "lead" => Some((words, Mark::Lead)),
        "small" => Some((words, Mark::Small)),
        "caption" => Some((words, Mark::Caption)),
        "drop" => Some((words, Mark::Drop)),
        "never" => Some((words, Mark::Never)),
        _ => None,
    });
    marks.collect()
});

/// Names longer than this say nothing that people wrote.
const NAME_MAX: usize = 100;
/// Classes of one element that are looked at.
const NAMES_MAX: usize = 12;

/// The marks of a page's elements; each attribute is read once.
#[derive(Default)]
pub struct Marks<'a> {
    known: HashMap<&'a str, Mark>,
    words: String,
    starts: Vec<usize>,
}

impl<'a> Marks<'a> {
    /// What a role says.
    pub fn of_role(&self, role: &str) -> Mark {
        match role {
            "navigation" | "complementary" | "banner" | "contentinfo" | "dialog" | "search" | "alert" | "menu" => {
                Mark::Drop
            }
            _ => Mark::None,
        }
    }

    /// What classes or an id say: the strongest of them.
    pub fn of_name(&mut self, names: &'a str) -> Mark {
        if names.is_empty() {
            return Mark::None;
        }
        if let Some(&mark) = self.known.get(names) {
            return mark;
        }
        let mark = names.split_ascii_whitespace().take(NAMES_MAX).map(|name| self.name(name)).max();
        let mark = mark.unwrap_or(Mark::None);
        self.known.insert(names, mark);
        mark
    }

    /// The strongest of what the name's words say, one to three in a row.
    fn name(&mut self, name: &str) -> Mark {
        if name.len() > NAME_MAX || !name.is_ascii() {
            return Mark::None;
        }
        self.divide(name);
        // `no-ads`, `has-sidebar`, `with-comments` speak of something else than the element.
        let first = self.words.split(' ').next().unwrap_or_default();
        if ["has", "no", "not", "with", "without", "is", "hide", "show"].contains(&first) {
            return Mark::None;
        }
        let mut strongest = Mark::None;
        for (at, &start) in self.starts.iter().enumerate() {
            for last in at..self.starts.len().min(at + 3) {
                let end = self.starts.get(last + 1).map_or(self.words.len(), |next| next - 1);
                if let Some(&mark) = WORDS.get(&self.words[start..end]) {
                    strongest = strongest.max(mark);
                }
            }
        }
        strongest
    }

    /// Takes a name apart at signs, digits and capitals.
    fn divide(&mut self, name: &str) {
        self.words.clear();
        self.starts.clear();
        let mut before = ' ';
        for c in name.chars() {
            if c.is_ascii_alphabetic() {
                if !before.is_ascii_alphabetic() || c.is_ascii_uppercase() && before.is_ascii_lowercase() {
                    if !self.words.is_empty() {
                        self.words.push(' ');
                    }
                    self.starts.push(self.words.len());
                }
                self.words.push(c.to_ascii_lowercase());
            }
            before = c;
        }
    }
}
