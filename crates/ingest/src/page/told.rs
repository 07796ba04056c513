//! What a page tells is the text of the article that it carries once more for machines, in its linked data. Where all of
//! it is there, it says which blocks of the page are the article.

use std::collections::BTreeSet;

use xxhash_rust::xxh3::Xxh3Default;

/// Words in a row that make a text its own.
const RUN: usize = 3;
/// A text with fewer words is a summary.
const WORDS_MIN: usize = 100;
/// A text with more bytes is no article.
const BYTES_MAX: usize = 1 << 20;

/// Every run of words in the told text.
pub struct Told {
    runs: BTreeSet<u64>,
    /// All words, one space apart.
    folded: String,
}

impl Told {
    /// None where the text is too short to be the article.
    pub fn new(text: &str) -> Option<Told> {
        if text.len() > BYTES_MAX {
            return None;
        }
        let words = words(text);
        (words.len() >= WORDS_MIN).then(|| Told { runs: runs(&words).collect(), folded: words.join(" ") })
    }

    /// How many of a text's runs are in the told text, and how many it has.
    pub fn share(&self, text: &str) -> (usize, usize) {
        let words = words(text);
        if words.len() < RUN {
            let is_told = !words.is_empty() && self.folded.contains(&words.join(" "));
            return (usize::from(is_told), 1);
        }
        (runs(&words).filter(|run| self.runs.contains(run)).count(), words.len() + 1 - RUN)
    }

    /// Whether texts with so many told runs hold nearly all of it.
    pub fn is_whole(&self, told: usize) -> bool {
        told * 10 >= self.runs.len() * 8
    }
}

fn runs(words: &[String]) -> impl Iterator<Item = u64> {
    words.windows(RUN).map(|run| {
        let mut hash = Xxh3Default::new();
        for word in run {
            hash.update(word.as_bytes());
            hash.update(&[0xff]);
        }
        hash.digest()
    })
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
