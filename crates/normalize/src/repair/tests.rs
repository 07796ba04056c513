//! Readings built by hand: `word/TAG` tokens, entity marks as `word/TAG/TYPE`, a line break for a paragraph.

use super::repair;
use broadsheet_language::{Iob, Reading, Token};

/// A reading of one sentence whose tokens all hang under the first. `_` before a word glues it to the one before.
fn reading(line: &str) -> Reading {
    let mut out = Reading::default();
    let mut last_type = "";
    for part in line.split(' ') {
        let (glued, part) = part.strip_prefix('_').map_or((false, part), |p| (true, p));
        let mut fields = part.split('/');
        let word = fields.next().unwrap().replace("¶", "\n\n");
        let tag: &'static str = fields.next().unwrap_or("NN").to_string().leak();
        let kind: &'static str = fields.next().unwrap_or("").to_string().leak();
        if let Some(t) = out.tokens.last_mut() {
            t.space_after = !glued && !word.starts_with('\n') && !out.text.ends_with('\n');
            if t.space_after {
                out.text.push(' ');
            }
        }
        let (start, byte_start) = (out.text.chars().count() as u32, out.text.len() as u32);
        out.text.push_str(&word);
        let pos = match tag {
            "NNP" => "PROPN",
            "_SP" => "SPACE",
            "VBD" => "VERB",
            "." => "PUNCT",
            _ => "NOUN",
        };
        out.tokens.push(Token {
            start,
            end: out.text.chars().count() as u32,
            byte_start,
            byte_end: out.text.len() as u32,
            space_after: false,
            lemma: word.as_str().into(),
            tag,
            pos,
            head: 0,
            dep: "dep",
            entity_type: kind,
            entity_iob: match kind {
                "" => Iob::O,
                _ if kind == last_type => Iob::I,
                _ => Iob::B,
            },
            sentence: 0,
        });
        last_type = kind;
    }
    let all = 0..out.tokens.len() as u32;
    out.sentences.push(all);
    out
}

/// One root a sentence, heads inside it, ranges that cover all tokens.
#[track_caller]
fn holds_together(r: &Reading) {
    let mut at = 0;
    for (k, s) in r.sentences.iter().enumerate() {
        assert_eq!(s.start, at);
        assert!(s.end > s.start);
        at = s.end;
        let roots = s.clone().filter(|&i| r.tokens[i as usize].head == i).count();
        assert_eq!(roots, 1, "sentence {k}");
        for i in s.clone() {
            let t = &r.tokens[i as usize];
            assert_eq!(t.sentence, k as u32);
            assert!(s.contains(&t.head));
            let (mut up, mut steps) = (i, 0);
            while r.tokens[up as usize].head != up {
                up = r.tokens[up as usize].head;
                steps += 1;
                assert!(steps <= r.tokens.len(), "heads go round in sentence {k}");
            }
        }
    }
    assert_eq!(at as usize, r.tokens.len());
}

fn entities(r: &Reading) -> Vec<String> {
    r.entities().into_iter().map(|(s, kind)| format!("{kind}:{}", r.span(s.start, s.end))).collect()
}

#[track_caller]
fn check(line: &str, want: &[&str]) {
    let mut r = reading(line);
    repair(&mut r);
    holds_together(&r);
    assert_eq!(entities(&r), want, "in `{line}`");
}

#[test]
fn sentences_stop_at_a_blank_line() {
    let mut r = reading("Talks ¶/_SP Ministers met/VBD _./. ¶/_SP ¶/_SP More");
    repair(&mut r);
    holds_together(&r);
    let spans: Vec<&str> = r.sentences.iter().map(|s| r.span(s.start as usize, s.end as usize).trim()).collect();
    assert_eq!(spans, ["Talks", "Ministers met.", "More"]);
    assert_eq!(r.tokens[3].head, 3, "the verb is the root");
}

#[test]
fn white_space_at_either_end_is_no_sentence() {
    for line in ["¶/_SP Ministers met/VBD", "Ministers met/VBD ¶/_SP", "¶/_SP", "¶/_SP ¶/_SP"] {
        let mut r = reading(line);
        repair(&mut r);
        holds_together(&r);
        assert_eq!(r.sentences.len(), 1, "in `{line}`");
    }
    let mut empty = Reading::default();
    repair(&mut empty);
    assert_eq!(empty, Reading::default());
}

#[test]
fn any_heads_come_out_as_trees() {
    // Readings with heads drawn at random, white space and names among the words.
    let mut seed = 7u64;
    let mut draw = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    for _ in 0..300 {
        let n = 1 + draw(14);
        let words: Vec<&str> = (0..n)
            .map(|_| ["Oslo/NNP/GPE", "met/VBD", "¶/_SP", "_-/HYPH", "talks", "yul/NN/PERSON"][draw(6)])
            .collect();
        let mut r = reading(&words.join(" "));
        // Trees as a parser makes them: heads point at a random earlier or later token without circles.
        let top = draw(n);
        for i in 0..n {
            r.tokens[i].head = match i.cmp(&top) {
                std::cmp::Ordering::Less => i + 1 + draw(top - i),
                std::cmp::Ordering::Greater => top + draw(i - top),
                std::cmp::Ordering::Equal => top,
            } as u32;
        }
        repair(&mut r);
        holds_together(&r);
    }
}

#[test]
fn names_lose_articles_possessives_and_marks() {
    check("He joined the/DT/ORG World/NNP/ORG Bank/NNP/ORG _'s/POS/ORG staff", &["ORG:World Bank"]);
    check("in The/NNP/GPE Hague/NNP/GPE now", &["GPE:The Hague"]);
    check("The/DT/ORG Senate/NNP/ORG voted/VBD", &["ORG:Senate"]);
    check("in the/DT/DATE past/JJ/DATE years/NNS/DATE", &["DATE:the past years"]);
    check("by Ana/NNP/PERSON Quispe/NNP/PERSON _,/,/PERSON who", &["PERSON:Ana Quispe"]);
    check("a _'s/POS/ORG thing", &[]);
}

#[test]
fn names_do_not_cross_a_paragraph() {
    check(
        "by Ana/NNP/PERSON Quispe/NNP/PERSON ¶/_SP/PERSON Timeline/NNP/PERSON",
        &["PERSON:Ana Quispe", "PERSON:Timeline"],
    );
}

#[test]
fn hyphens_join_names_but_not_adjectives() {
    check("with Cho/NNP/PERSON Tae/NNP/PERSON _-/HYPH _yul/NN today", &["PERSON:Cho Tae-yul"]);
    check("with Cho/NNP/PERSON Tae/NNP/PERSON _-/HYPH _yul/NN/PERSON today", &["PERSON:Cho Tae-yul"]);
    check("with Tae/NNP _-/HYPH _yul/NN/PERSON today", &["PERSON:Tae-yul"]);
    check("the Merkel/NNP/PERSON _-/HYPH _led/VBN cabinet", &["PERSON:Merkel"]);
    check("the Merkel/NNP/PERSON _-/HYPH _era/NN policy", &["PERSON:Merkel"]);
    check("the Oslo/NNP/GPE _-/HYPH _based/VBN firm", &["GPE:Oslo"]);
}

#[test]
fn a_full_name_mends_the_others() {
    check(
        "Ana/NNP/PERSON Quispe/NNP/PERSON spoke/VBD . Quispe/NNP/ORG left/VBD . Ana/NNP Quispe/NNP/GPE won/VBD . Quispe/NNP ran/VBD",
        &["PERSON:Ana Quispe", "PERSON:Quispe", "PERSON:Ana Quispe", "PERSON:Quispe"],
    );
    check(
        "Rio/NNP/GPE Tinto/NNP/GPE rose/VBD . Rio/NNP/ORG Tinto/NNP/ORG fell/VBD . Rio/NNP/ORG Tinto/NNP/ORG paid/VBD",
        &["ORG:Rio Tinto", "ORG:Rio Tinto", "ORG:Rio Tinto"],
    );
}

#[test]
fn a_longer_span_keeps_what_it_holds() {
    check(
        "Ana/NNP/PERSON Quispe/NNP/PERSON opened/VBD the Ana/NNP/FAC Quispe/NNP/FAC School/NNP/FAC",
        &["PERSON:Ana Quispe", "FAC:Ana Quispe School"],
    );
}

#[test]
fn a_name_is_freed_from_the_amount_behind_it() {
    check(
        "Norvia/NNP/ORG paid/VBD . They fined/VBD Norvia/NNP/MONEY 1.2/CD/MONEY billion/CD/MONEY euros/NNS/MONEY",
        &["ORG:Norvia", "ORG:Norvia", "MONEY:1.2 billion euros"],
    );
    // Nothing else in the article says that it is a name.
    check("worth Rupees/NNP/MONEY 500/CD/MONEY million/CD/MONEY", &["MONEY:Rupees 500 million"]);
}
