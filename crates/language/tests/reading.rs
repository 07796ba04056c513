//! Readings of our own sentences, of odd texts and of very long ones.

mod support;

use broadsheet_language::{Iob, Model, Reading};
use std::fmt::Write;
use std::sync::LazyLock;
use support::{labels_hold, offsets_hold, trees_hold};

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

/// Words of a text, parted by `|`; white space stands for itself.
fn cut(text: &str) -> String {
    words(text).join("|")
}

#[test]
fn abbreviations_and_clitics_are_cut_as_news_needs_it() {
    for (text, expected) in [
        ("the U.S. envoy", "the|U.S.|envoy"),
        ("in the U.S.", "in|the|U.S."),
        ("the U.S.'s plan", "the|U.S.|'s|plan"),
        ("the U.S.-led force", "the|U.S.-led|force"),
        ("e.g. Gen. Ode, a.k.a. Bo", "e.g.|Gen.|Ode|,|a.k.a|.|Bo"),
        ("Smith & Co. of St. Mark's", "Smith|&|Co.|of|St.|Mark|'s"),
        ("She didn\u{2019}t say", "She|did|n\u{2019}t|say"),
        ("She can\u{2019}t, won't", "She|ca|n\u{2019}t|,|wo|n't"),
        ("they'd've", "they|'d|'ve"),
        ("Jae-myung's and Yoon\u{2019}s", "Jae|-|myung|'s|and|Yoon|\u{2019}s"),
        ("the workers' union", "the|workers|'|union"),
        ("at 9p.m. or 10:30am", "at|9|p.m.|or|10:30am"),
        ("Is it gonna rain, y'all?", "Is|it|gon|na|rain|,|y'|all|?"),
    ] {
        assert_eq!(cut(text), expected, "{text}");
    }
}

#[test]
fn quotes_dashes_and_ellipses_are_cut_as_news_needs_it() {
    for (text, expected) in [
        ("\u{201c}No,\u{201d} he said", "\u{201c}|No|,|\u{201d}|he|said"),
        ("\u{2018}Yes\u{2019}. \"Ok\".", "\u{2018}|Yes|\u{2019}|.|\"|Ok|\"|."),
        ("a 10-year-old\u{2014}then", "a|10|-|year|-|old|\u{2014}|then"),
        ("2012\u{2013}13 -- or later", "2012\u{2013}13|--|or|later"),
        ("wait... what", "wait|...|what"),
        ("wait...what\u{2026}then", "wait|...|what|\u{2026}|then"),
        ("Tomorrow:... rain", "Tomorrow|:|...|rain"),
        ("(he said [sic])....", "(|he|said|[|sic|]|)|...."),
        ("The end.Next one", "The|end|.|Next|one"),
    ] {
        assert_eq!(cut(text), expected, "{text}");
    }
}

#[test]
fn figures_and_addresses_are_cut_as_news_needs_it() {
    for (text, expected) in [
        ("paid $4.5m (\u{20ac}4m)", "paid|$|4.5|m|(|\u{20ac}|4|m|)"),
        ("\u{a3}1,200.50, US$3 and 10%", "\u{a3}|1,200.50|,|US$|3|and|10|%"),
        ("12km at -5\u{b0}C", "12|km|at|-5|\u{b0}|C"),
        ("see https://example.org/a?b=1.", "see|https://example.org/a?b=1|."),
        ("at www.example.com, then", "at|www.example.com|,|then"),
        ("mail desk@example.org", "mail|desk@example.org"),
        ("@desk #news and/or", "@desk|#|news|and/or"),
    ] {
        assert_eq!(cut(text), expected, "{text}");
    }
}

#[test]
fn white_space_and_pictures_are_cut_as_news_needs_it() {
    for (text, expected) in [
        ("one  two", "one| |two"),
        ("one\u{a0}two", "one|\u{a0}|two"),
        ("one\u{202f}two", "one|\u{202f}|two"),
        ("one\u{200b}two", "one\u{200b}two"),
        ("one\n\ntwo\r\nthree", "one|\n\n|two|\r\n|three"),
        ("win \u{1f600}\u{1f1f0}\u{1f1f7}!", "win|\u{1f600}|\u{1f1f0}|\u{1f1f7}|!"),
        ("sad :-( glad :)", "sad|:-(|glad|:)"),
    ] {
        assert_eq!(cut(text), expected, "{text}");
    }
}

#[test]
fn sentences_end_where_they_should() {
    let reading = read("Rain fell all night. Two roads were closed.\n\nNobody was hurt.");
    assert_eq!(reading.sentences.len(), 3);
}

fn check(text: &str) {
    let reading = read(text);
    offsets_hold(text, &reading);
    trees_hold(&reading);
    labels_hold(&reading);
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
