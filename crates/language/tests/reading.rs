//! Readings of our own sentences, and what must hold for any text.

use broadsheet_language::{Iob, Model, Reading};
use std::fmt::Write;
use std::sync::LazyLock;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::load().expect("the embedded model loads"));

fn read(text: &str) -> Reading {
    MODEL.read(&[text]).remove(0)
}

/// One line a token: word, lemma, tag, part of speech, label and head, entity.
fn table(text: &str) -> String {
    let reading = read(text);
    let mut out = String::new();
    for (i, t) in reading.tokens.iter().enumerate() {
        let entity = match t.entity_iob {
            Iob::B => format!(" B-{}", t.entity_type),
            Iob::I => format!(" I-{}", t.entity_type),
            Iob::O => String::new(),
        };
        let head = reading.word(t.head as usize);
        writeln!(out, "{} {} {} {} {}({head}){entity}", reading.word(i), t.lemma, t.tag, t.pos, t.dep).unwrap();
    }
    out
}

fn words(text: &str) -> Vec<String> {
    let reading = read(text);
    (0..reading.tokens.len()).map(|i| reading.word(i).to_owned()).collect()
}

#[test]
fn a_sentence_becomes_tokens_with_tags_lemmas_tree_and_entities() {
    let expected = "\
The the DT DET det(ministers)
ministers minister NNS NOUN nsubj(met)
met meet VBD VERB ROOT(met)
in in IN ADP prep(met)
Jakarta Jakarta NNP PROPN pobj(in) B-GPE
on on IN ADP prep(met)
Friday Friday NNP PROPN pobj(on) B-DATE
. . . PUNCT punct(met)
";
    assert_eq!(table("The ministers met in Jakarta on Friday."), expected);
}

#[test]
fn words_are_cut_as_news_needs_it() {
    for (text, expected) in [
        ("the U.S. envoy", &["the", "U.S.", "envoy"][..]),
        ("She didn\u{2019}t say", &["She", "did", "n\u{2019}t", "say"]),
        ("\u{201c}No,\u{201d} he said", &["\u{201c}", "No", ",", "\u{201d}", "he", "said"]),
        ("paid $4.5m (\u{20ac}4m)", &["paid", "$", "4.5", "m", "(", "\u{20ac}", "4", "m", ")"]),
        ("a 10-year-old\u{2014}then", &["a", "10", "-", "year", "-", "old", "\u{2014}", "then"]),
        ("see https://example.org/a?b=1.", &["see", "https://example.org/a?b=1", "."]),
        ("mail desk@example.org", &["mail", "desk@example.org"]),
        ("wait... what", &["wait", "...", "what"]),
        ("12km at 9p.m.", &["12", "km", "at", "9", "p.m."]),
        ("Tae-min's plan", &["Tae", "-", "min", "'s", "plan"]),
    ] {
        assert_eq!(words(text), expected, "{text}");
    }
}

#[test]
fn sentences_end_where_they_should() {
    let reading = read("Rain fell all night. Two roads were closed.\n\nNobody was hurt.");
    assert_eq!(reading.sentences.len(), 3);
}

/// Offsets slice the text, tokens follow each other, each sentence has one root, heads stay inside, no tree has a cycle.
fn check(text: &str) {
    let reading = read(text);
    assert_eq!(reading.text, text);
    let chars: Vec<char> = if text.len() < 10_000 { text.chars().collect() } else { Vec::new() };
    let mut last = 0;
    for (i, t) in reading.tokens.iter().enumerate() {
        assert!(t.byte_start >= last && t.byte_end > t.byte_start, "token {i} of {text:.80?}");
        let gap = &text[last as usize..t.byte_start as usize];
        assert!(gap.is_empty() || gap == " ", "{gap:?} is lost in {text:.80?}");
        if !chars.is_empty() {
            let slice: String = chars[t.start as usize..t.end as usize].iter().collect();
            assert_eq!(slice, reading.word(i));
        }
        last = t.byte_end;
    }
    let mut next = 0;
    for (s, range) in reading.sentences.iter().enumerate() {
        assert_eq!(range.start, next);
        next = range.end;
        let mut roots = 0;
        for i in range.clone() {
            let t = &reading.tokens[i as usize];
            assert_eq!(t.sentence as usize, s);
            assert!(range.contains(&t.head), "head of {i} leaves its sentence in {text:.80?}");
            roots += usize::from(t.head == i);
            let (mut at, mut steps) = (i, 0);
            while reading.tokens[at as usize].head != at && range.len() < 500 {
                at = reading.tokens[at as usize].head;
                steps += 1;
                assert!(steps <= range.len(), "cycle in {text:.80?}");
            }
        }
        assert_eq!(roots, 1, "roots of sentence {s} of {text:.80?}");
    }
    assert_eq!(next as usize, reading.tokens.len());
}

#[test]
fn odd_texts_keep_all_promises() {
    for text in [
        "",
        " ",
        "\n",
        "  two  spaces ",
        "\t\u{a0}\u{200b}zero\u{200b}width\u{feff}",
        "caf\u{e9} e\u{301}te\u{301} \u{1f1f0}\u{1f1f7} \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}!",
        "\u{645}\u{631}\u{62d}\u{628}\u{627} \u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{4f60}\u{597d}\u{3002}",
        "...!!!???---\u{2026}\u{2026}",
        ":) :-( \u{af}\\(\u{30c4})/\u{af} <3",
        "\u{0}\u{1}\u{fffd}\u{10ffff}",
        "A\r\nB\r\n\r\nC",
        "@@@@:// http:// a@b.c@d.ef 1.2.3.4:80/x",
        "((((((((((((((((((((((((((((((((((((((((",
    ] {
        check(text);
    }
}

/// Texts put together at random from pieces that tokenizers find hard, from a fixed seed.
#[test]
fn random_texts_keep_all_promises() {
    let pieces = [
        "the",
        "Minister",
        "said",
        "U.S.",
        "didn't",
        "$5",
        "10%",
        "\n\n",
        " ",
        "  ",
        ",",
        ".",
        "\u{201c}",
        "\u{201d}",
        "-",
        "\u{2014}",
        "(",
        ")",
        "who",
        "to",
        "visit",
        "Seoul",
        "2025",
        "'s",
        "\u{2019}s",
        "e.g.",
        "\u{1f600}",
        "\u{301}",
        "and",
        "\u{a0}",
        "http://a.bc",
        "...",
        "/",
        "not",
        "is",
    ];
    let mut seed = 7u64;
    let mut random = move |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    for _ in 0..150 {
        let mut text = String::new();
        for _ in 0..random(60) {
            text.push_str(pieces[random(pieces.len())]);
            if random(3) > 0 {
                text.push(' ');
            }
        }
        check(&text);
    }
}

#[test]
fn a_reading_does_not_depend_on_the_batch() {
    let texts =
        ["Police freed the hostages.", "", "Oil fell 3% on Monday, traders said.", "Police freed the hostages."];
    let together = MODEL.read(&texts);
    for (text, reading) in texts.iter().zip(&together) {
        assert_eq!(&read(text), reading);
    }
    let fresh = Model::load().expect("the embedded model loads");
    assert_eq!(fresh.read(&texts), together);
}

#[test]
fn very_long_inputs_go_through() {
    check(&"x".repeat(1_000_000));
    check(&"!".repeat(20_000));
    check(&"a.".repeat(100_000));
    check(&"@".repeat(100_000));
    check(&"The mayor of the town said that the bridge would be closed. ".repeat(2_000));
}
