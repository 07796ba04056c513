//! Whole analyses of our own sentences, stored as text under the words in `tests/analyses`. A line `> text` is what is
//! read (`\n`, `\t` and `\u{a0}` stand for themselves); the lines below it are the words and, aligned with them, index,
//! tag, part of speech, lemma, index of the head, label, entity. A word of white space is written `␣`, an empty line parts
//! sentences. After a change that you mean, review the difference and accept it:
//!
//! ```sh
//! BROADSHEET_UPDATE_ANALYSES=1 cargo test --release -p broadsheet-language --test analyses
//! ```

use broadsheet_language::{Iob, Model, Reading};
use std::fmt::Write;
use std::path::Path;

#[test]
fn analyses_are_as_they_were_reviewed() {
    let model = Model::load().expect("the embedded model loads");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/analyses");
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).expect("the folder is there").map(|f| f.expect("is readable").path()).collect();
    files.sort();
    assert!(files.len() >= 4, "too few files in {}", folder.display());
    let mut changed = Vec::new();
    for file in files {
        let wanted = std::fs::read_to_string(&file).expect("is text");
        let inputs: Vec<&str> = wanted.lines().filter_map(|line| line.strip_prefix("> ")).collect();
        assert!(!inputs.is_empty(), "no text in {}", file.display());
        let mut got = String::new();
        // Comments at the top stay.
        for line in wanted.lines().take_while(|line| line.starts_with('#')) {
            writeln!(got, "{line}").unwrap();
        }
        for input in inputs {
            let text = unescape(input);
            writeln!(got, "\n> {input}").unwrap();
            got += &lay_out(&model.read(&[&text])[0]);
        }
        if got == wanted {
            continue;
        }
        if std::env::var_os("BROADSHEET_UPDATE_ANALYSES").is_some() {
            std::fs::write(&file, got).expect("the folder can be written");
        } else {
            let line = got.lines().zip(wanted.lines()).position(|(a, b)| a != b).unwrap_or(0);
            let show = |text: &str| text.lines().nth(line).unwrap_or("").to_owned();
            changed.push(format!("{}:{}\n  was {}\n  is  {}", file.display(), line + 1, show(&wanted), show(&got)));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix("u{") {
            let (code, after) = after.split_once('}').expect("a closed escape");
            out.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a code point"));
            rest = after;
        } else {
            let mut chars = rest.chars();
            out.push(match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some(c) => c,
                None => '\\',
            });
            rest = chars.as_str();
        }
    }
    out + rest
}

/// A block of aligned lines for each sentence.
fn lay_out(reading: &Reading) -> String {
    let mut out = String::new();
    for (s, sentence) in reading.sentences.iter().enumerate() {
        let mut lines = vec![String::new(); 8];
        for i in sentence.clone() {
            let t = &reading.tokens[i as usize];
            let word = reading.word(i as usize);
            let visible = |text: &str| if text.trim().is_empty() { "\u{2423}".to_owned() } else { text.to_owned() };
            let entity = match t.entity_iob {
                Iob::B => format!("B-{}", t.entity_type),
                Iob::I => format!("I-{}", t.entity_type),
                Iob::O => String::new(),
            };
            let cells = [
                visible(word),
                i.to_string(),
                t.tag.to_owned(),
                t.pos.to_owned(),
                visible(&t.lemma),
                t.head.to_string(),
                visible(t.dep),
                entity,
            ];
            let wide = cells.iter().map(|c| c.chars().count()).max().unwrap_or(0) + 2;
            for (line, cell) in lines.iter_mut().zip(&cells) {
                write!(line, "{cell:wide$}").unwrap();
            }
        }
        if s > 0 {
            out.push('\n');
        }
        for line in lines {
            writeln!(out, "{}", line.trim_end()).unwrap();
        }
    }
    out
}
