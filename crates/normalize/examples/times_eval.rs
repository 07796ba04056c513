//! Prints the time expressions or the quotes of articles as JSON Lines, for `score.py` and for reading misses, or the
//! seconds that the stages take: `cargo run --release --example times_eval -- times|quotes|seconds < input.jsonl`. Each input line has `id`, `text` and, where they
//! are known, `title` and `published_at`; offsets count in title, blank line, text.

use broadsheet_ingest::Article;
use broadsheet_language::Model;
use broadsheet_normalize::{Lexicons, TimeType, actors, events, figures, headline, quotes, repair, times, tree::Tree};
use serde_json::{Value, json};
use std::io::{BufRead, Write};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mode = std::env::args().nth(1).unwrap_or_else(|| "times".into());
    let (model, lexicons) = (Model::load()?, Lexicons::load()?);
    let mut out = std::io::stdout().lock();
    let mut seconds = [0.0f64; 6];
    for line in std::io::stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let field = |name: &str| record[name].as_str().unwrap_or_default();
        let (title, body) = (field("title"), field("text"));
        let text = if title.is_empty() { body.to_string() } else { format!("{title}\n\n{body}") };
        let cased =
            if title.is_empty() { text.clone() } else { format!("{}\n\n{body}", headline::truecase(title, body)) };
        let start = Instant::now();
        let mut reading = model.read(&[cased.as_str()]).remove(0);
        seconds[0] += start.elapsed().as_secs_f64();
        reading.text.clone_from(&text);
        repair::repair(&mut reading);
        let tree = Tree::new(&reading);
        let published_on = field("published_at").get(..10).and_then(|d| d.parse().ok());
        let article = Article {
            article_id: field("id").into(),
            text: text.clone(),
            published_on,
            domain: record["domain"].as_str().map(str::to_string),
            ..Article::default()
        };
        if mode == "seconds" {
            let mut lap = Instant::now();
            let mut note = |stage: usize| {
                seconds[stage] += lap.elapsed().as_secs_f64();
                lap = Instant::now();
            };
            let times = times::find(&reading, &tree, &article, &lexicons.times);
            note(1);
            let cast = actors::resolve(&article, &reading, &tree, &lexicons);
            note(2);
            let quotes = quotes::find(&article, &reading, &tree, &cast, &lexicons.quotes);
            note(3);
            let events = events::code(&article, &reading, &tree, &cast, &times, &quotes, &lexicons);
            note(4);
            figures::measure(&article, &reading, &tree, &cast, &times, &events, &lexicons);
            note(5);
            continue;
        }
        if mode == "quotes" {
            let cast = actors::resolve(&article, &reading, &tree, &lexicons);
            for q in quotes::find(&article, &reading, &tree, &cast, &lexicons.quotes) {
                let words: String = text.chars().skip(q.start as usize).take((q.end - q.start) as usize).collect();
                let speaker = q.speaker.and_then(|a| cast.actors.get(a)).map(|a| a.name.clone());
                let row = json!({"article_id": field("id"), "speaker": speaker, "speaker_name": q.speaker_name,
                    "cue": q.cue, "direct": q.direct, "start": q.start, "end": q.end, "text": words});
                writeln!(out, "{row}")?;
            }
            continue;
        }
        for t in times::find(&reading, &tree, &article, &lexicons.times) {
            let kind = match t.kind {
                TimeType::Date => "DATE",
                TimeType::Time => "TIME",
                TimeType::Duration => "DURATION",
                TimeType::Set => "SET",
            };
            let row = json!({"article_id": field("id"), "type": kind, "value": t.value, "start": t.start, "end": t.end,
                "date_from": t.from.map(|d| d.to_string()), "date_to": t.to.map(|d| d.to_string()),
                "text": reading.span(t.first, t.last)});
            writeln!(out, "{row}")?;
        }
    }
    if mode == "seconds" {
        let [language, times, actors, quotes, events, figures] = seconds;
        writeln!(
            out,
            "language {language:.3} times {times:.3} actors {actors:.3} quotes {quotes:.3} events {events:.3} figures {figures:.3}"
        )?;
    }
    Ok(())
}
