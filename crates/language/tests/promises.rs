//! What holds for the reading of any text, tried on random ones. `PROPTEST_CASES=100000` makes a long run of it.

mod support;

use broadsheet_language::Model;
use proptest::prelude::*;
use std::sync::LazyLock;
use support::{labels_hold, offsets_hold, trees_hold};

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::load().expect("the embedded model loads"));

/// What news is written with, and what breaks tokenizers.
const WORDS: [&str; 64] = [
    "the",
    "Minister",
    "said",
    "that",
    "who",
    "to",
    "visit",
    "Seoul",
    "2025",
    "and",
    "not",
    "is",
    "U.S.",
    "U.N.'s",
    "didn't",
    "can\u{2019}t",
    "they'd've",
    "'s",
    "\u{2019}s",
    "'em",
    "o'clock",
    "e.g.",
    "p.m.",
    "9a.m.",
    "Mr.",
    "Jae-myung",
    "10-year-old",
    "12km",
    "$5",
    "\u{20ac}4.5bn",
    "10%",
    "3-4",
    "1,000.50",
    "\u{a3}",
    "\u{201c}",
    "\u{201d}",
    "\u{2018}",
    "\"",
    "''",
    "(",
    ")",
    "[...]",
    "...",
    "....",
    "\u{2026}",
    "-",
    "--",
    "\u{2014}",
    "\u{2013}",
    "/",
    "http://a.bc/d?e=f#g",
    "www.a.bc",
    "x@y.zw",
    "10.0.0.1",
    "@a",
    "#b",
    ":)",
    ":-(",
    "<3",
    "\u{1f600}",
    "\u{1f1f0}\u{1f1f7}",
    "\u{1f468}\u{200d}\u{1f469}",
    "e\u{301}",
    "\u{4f60}\u{597d}",
];
const GAPS: [&str; 16] =
    [" ", " ", " ", " ", "", "", "  ", "\n", "\n\n", "\t", "\r\n", "\u{a0}", "\u{200b}", "\u{202f}", "\u{feff}", ". "];

fn newsy() -> impl Strategy<Value = String> {
    let piece = (prop::sample::select(&WORDS[..]), prop::sample::select(&GAPS[..]));
    prop::collection::vec(piece, 0..60)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

/// Few kinds of characters, so that runs and the rules' borders come up often.
fn dense() -> impl Strategy<Value = String> {
    let characters: Vec<char> =
        "aA1.,:;'\u{2019}\"-\u{2014}/@()[]$%&*~ \n\u{a0}\u{e9}\u{301}\u{1f600}".chars().collect();
    prop::collection::vec(prop::sample::select(characters), 0..80).prop_map(|c| c.into_iter().collect())
}

fn anything() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<char>(), 0..60).prop_map(|c| c.into_iter().collect())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![newsy(), dense(), anything()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_promise_holds_for_any_text(text in text()) {
        let reading = MODEL.read(&[&text]).remove(0);
        offsets_hold(&text, &reading);
        trees_hold(&reading);
        labels_hold(&reading);
    }

    #[test]
    fn a_reading_does_not_depend_on_its_neighbours(texts in prop::collection::vec(text(), 0..6)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let together = MODEL.read(&texts);
        prop_assert_eq!(together.len(), texts.len());
        for (text, reading) in texts.iter().zip(&together) {
            prop_assert_eq!(&MODEL.read(&[text])[0], reading);
        }
    }

    /// What is cut depends on the word between white space alone.
    #[test]
    fn a_paragraph_is_cut_like_a_text_of_its_own(first in newsy(), second in newsy()) {
        let words = |text: &str| -> Vec<String> {
            let reading = MODEL.read(&[text]).remove(0);
            (0..reading.tokens.len()).map(|i| reading.word(i).to_owned()).collect()
        };
        let (first, second) = (first.trim(), second.trim());
        prop_assume!(!first.is_empty() && !second.is_empty());
        let mut apart = words(first);
        apart.push("\n\n".to_owned());
        apart.extend(words(second));
        prop_assert_eq!(words(&format!("{first}\n\n{second}")), apart);
    }
}
