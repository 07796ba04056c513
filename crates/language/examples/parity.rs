//! Compares the model's readings with spaCy's own, measure for measure as the project's evaluation does.
//!
//! ```sh
//! zcat spacy.jsonl.gz > /tmp/spacy.jsonl
//! cargo run --release -p broadsheet-language --example parity -- input.jsonl /tmp/spacy.jsonl [MISSES]
//! ```
#![allow(clippy::print_stdout)]

use broadsheet_language::{Iob, Model, Reading};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

#[derive(Default)]
struct Counts {
    all: usize,
    token: usize,
    tag: usize,
    pos: usize,
    lemma: usize,
    head: usize,
    label: usize,
    entities: [usize; 3],
    sentences: [usize; 3],
}

fn main() -> Fallible<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [input, gold, rest @ ..] = &args[..] else { return Err("usage: parity INPUT GOLD [MISSES]".into()) };
    let mut misses = rest.first().map_or(Ok(0), |m| m.parse())?;
    let lines = |path: &str| -> Fallible<Vec<Value>> {
        Ok(std::fs::read_to_string(path)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
    };
    let gold: BTreeMap<String, Value> =
        lines(gold)?.into_iter().filter_map(|g| Some((g["id"].as_str()?.to_owned(), g))).collect();
    let input = lines(input)?;
    let texts: Vec<&str> = input.iter().filter_map(|a| a["text"].as_str()).collect();

    let start = Instant::now();
    let model = Model::load()?;
    let loaded = start.elapsed();
    for round in 0..2 {
        let start = Instant::now();
        let readings = model.read(&texts);
        let seconds = start.elapsed().as_secs_f64();
        let tokens: usize = readings.iter().map(|r| r.tokens.len()).sum();
        println!("round {round}: {tokens} tokens, {:.0} a second (loaded in {loaded:?})", tokens as f64 / seconds);
        if round == 0 {
            let mut counts = Counts::default();
            for (article, reading) in input.iter().zip(&readings) {
                if let Some(truth) = article["id"].as_str().and_then(|id| gold.get(id)) {
                    compare(truth, reading, &mut counts, &mut misses);
                }
            }
            report(&counts);
        }
    }
    Ok(())
}

fn compare(truth: &Value, reading: &Reading, counts: &mut Counts, misses: &mut usize) {
    let empty = Vec::new();
    let rows = truth["tokens"].as_array().unwrap_or(&empty);
    let number = |v: &Value| v.as_u64().unwrap_or(u64::MAX) as u32;
    let text = |v: &Value| v.as_str().unwrap_or("").to_owned();
    let at: BTreeMap<(u32, u32), usize> =
        reading.tokens.iter().enumerate().map(|(i, t)| ((t.start, t.end), i)).collect();
    counts.all += rows.len();
    for row in rows {
        let place = (number(&row[0]), number(&row[1]));
        let mut differs = Vec::new();
        match at.get(&place) {
            None => differs.push("token".to_owned()),
            Some(&i) => {
                let t = &reading.tokens[i];
                counts.token += 1;
                let mut same = |name: &str, got: &str, wanted: &Value| {
                    let same = text(wanted) == got;
                    if !same {
                        differs.push(format!("{name} {got} for {}", text(wanted)));
                    }
                    usize::from(same)
                };
                counts.tag += same("tag", t.tag, &row[2]);
                counts.pos += same("pos", t.pos, &row[3]);
                counts.lemma += same("lemma", &t.lemma, &row[4]);
                let label = same("label", t.dep, &row[6]);
                let head = &reading.tokens[t.head as usize];
                let wanted = &rows[number(&row[5]) as usize];
                let head = usize::from((head.start, head.end) == (number(&wanted[0]), number(&wanted[1])));
                if head == 0 {
                    differs.push("head".to_owned());
                }
                counts.head += head;
                counts.label += head * label;
            }
        }
        if !differs.is_empty() && *misses > 0 {
            *misses -= 1;
            let word: String = reading.text.chars().skip(place.0 as usize).take((place.1 - place.0) as usize).collect();
            println!("{} {place:?} {word:?}: {}", text(&truth["id"]), differs.join(", "));
        }
    }
    let marks = rows.iter().map(|r| (number(&r[0]), number(&r[1]), text(&r[7]), text(&r[8])));
    let iob = |t: Iob| match t {
        Iob::B => "B",
        Iob::I => "I",
        Iob::O => "O",
    };
    let own = reading.tokens.iter().map(|t| (t.start, t.end, t.entity_type.to_owned(), iob(t.entity_iob).to_owned()));
    let (wanted, got) = (spans(marks), spans(own));
    if *misses > 0 {
        for entity in wanted.symmetric_difference(&got) {
            println!(
                "{} entity {entity:?} {}",
                text(&truth["id"]),
                if got.contains(entity) { "extra" } else { "missed" }
            );
        }
    }
    tally(&mut counts.entities, &wanted, &got);
    let starts = truth["sent_starts"].as_array().unwrap_or(&empty);
    let wanted: BTreeSet<u32> = starts.iter().map(|i| number(&rows[number(i) as usize][0])).collect();
    let got = reading.sentences.iter().map(|s| reading.tokens[s.start as usize].start).collect();
    tally(&mut counts.sentences, &wanted, &got);
}

fn spans(marks: impl Iterator<Item = (u32, u32, String, String)>) -> BTreeSet<(u32, u32, String)> {
    let mut out = BTreeSet::new();
    let mut open: Option<(u32, u32, String)> = None;
    for (start, end, kind, iob) in marks {
        match (iob.as_str(), &mut open) {
            ("I", Some(span)) => span.1 = end,
            ("B" | "I", _) => out.extend(open.replace((start, end, kind))),
            _ => out.extend(open.take()),
        }
    }
    out.extend(open);
    out
}

fn tally<T: Ord>(counts: &mut [usize; 3], wanted: &BTreeSet<T>, got: &BTreeSet<T>) {
    counts[0] += wanted.len();
    counts[1] += got.len();
    counts[2] += wanted.intersection(got).count();
}

fn report(c: &Counts) {
    let share = |n: usize| n as f64 / c.all as f64;
    let f1 = |[wanted, got, both]: [usize; 3]| 2.0 * both as f64 / (wanted + got) as f64;
    println!(
        "same.token {:.5}  same.tag {:.5}  same.pos {:.5}  same.lemma {:.5}",
        share(c.token),
        share(c.tag),
        share(c.pos),
        share(c.lemma)
    );
    println!("same.head {:.5}  same.head_and_label {:.5}", share(c.head), share(c.label));
    println!("same.entity.f1 {:.5}  same.sentence.f1 {:.5}  ({} tokens)", f1(c.entities), f1(c.sentences), c.all);
}
