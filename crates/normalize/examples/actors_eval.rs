//! Prints the actors of every article in a file of JSON Lines, one JSON object an article, for measuring: run with the
//! path of the file; with `--cast` all candidates, kept or not.

use broadsheet_ingest::{Article, Format, RawArticle, article};
use broadsheet_language::{Model, Reading};
use broadsheet_normalize::{
    Actor, ActorKind, Findings, Lexicons, actors, events, figures, headline, quotes, repair, times, tree,
};
use std::error::Error;
use std::io::Write;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let all = args.iter().any(|a| a == "--cast");
    let path = args.iter().find(|a| !a.starts_with("--")).ok_or("expected the path of a file of JSON Lines")?;
    let started = Instant::now();
    let lexicons = Lexicons::load()?;
    eprintln!("lexicons: {:?}", started.elapsed());
    let model = Model::load()?;
    let mut out = std::io::stdout().lock();
    let (mut reading_time, mut resolving_time, mut words) = (0.0, 0.0, 0usize);
    for (line, bytes) in std::fs::read_to_string(path)?.lines().enumerate() {
        let raw = RawArticle {
            source_path: path.clone(),
            source_offset: line as u64,
            format: Format::Json,
            bytes: bytes.as_bytes().to_vec(),
        };
        let article = match article(&raw) {
            Ok(a) => a,
            Err(reject) => {
                eprintln!("{path}:{line}: {}", reject.message);
                continue;
            }
        };
        let clock = Instant::now();
        let mut reading = read(&model, &article);
        reading_time += clock.elapsed().as_secs_f64();
        repair::repair(&mut reading);
        let tree = tree::Tree::new(&reading);
        let times = times::find(&reading, &tree, article.published_on, &lexicons.times);
        let clock = Instant::now();
        let cast = actors::resolve(&article, &reading, &tree, &lexicons);
        resolving_time += clock.elapsed().as_secs_f64();
        words += article.words as usize;
        let findings = if all {
            Findings { actors: cast.actors, mentions: cast.mentions, ..Findings::default() }
        } else {
            let quotes = quotes::find(&article, &reading, &tree, &cast, &lexicons.quotes);
            let events = events::code(&article, &reading, &tree, &cast, &times, &quotes, &lexicons);
            let figures = figures::measure(&article, &reading, &tree, &cast, &times, &[], &lexicons);
            actors::keep(cast, Findings { events, figures, times, quotes, ..Findings::default() }, &reading)
        };
        let rows: Vec<String> = findings.actors.iter().map(|a| row(a, &article.article_id)).collect();
        let mentions: Vec<String> = findings
            .mentions
            .iter()
            .map(|m| format!("[{},{}]", m.actor, quoted(reading.span(m.first, m.last))))
            .collect();
        writeln!(
            out,
            "{{\"article_id\":{},\"source_id\":{},\"text\":{},\"actors\":[{}],\"mentions\":[{}]}}",
            quoted(&article.article_id),
            quoted(article.source_id.as_deref().unwrap_or("")),
            quoted(&article.text),
            rows.join(","),
            mentions.join(",")
        )?;
    }
    eprintln!("{words} words; reading {reading_time:.3} s, resolving {resolving_time:.4} s");
    Ok(())
}

/// Title and body read apart, the title in the case that the body would write it, as the spine does.
fn read(model: &Model, article: &Article) -> Reading {
    let at = article.text.char_indices().nth(article.title_end as usize).map_or(article.text.len(), |(b, _)| b);
    let (title, rest) = article.text.split_at(at);
    let body = rest.trim_start();
    let gap = &rest[..rest.len() - body.len()];
    let cased = headline::truecase(title, body);
    let mut parts = model.read(&[cased.as_str(), body]).into_iter();
    let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let start = article.title_end + gap.chars().count() as u32;
    Reading::join(article.text.clone(), vec![(first, 0, 0), (second, start, (at + gap.len()) as u32)])
}

fn row(a: &Actor, article_id: &str) -> String {
    let kind = match a.kind {
        ActorKind::Person => "person",
        ActorKind::Organization => "organization",
        ActorKind::Country => "country",
        ActorKind::Place => "place",
        ActorKind::Group => "group",
    };
    let text = |v: &Option<String>| v.as_deref().map_or("null".to_string(), quoted);
    format!(
        "{{\"actor_id\":\"{}\",\"article_id\":\"{article_id}\",\"name\":{},\"kind\":\"{kind}\",\"country\":{},\"sector\":{},\"role\":{},\"former\":{},\"mentions\":{},\"start\":{},\"end\":{}}}",
        a.actor_id,
        quoted(&a.name),
        text(&a.country),
        text(&a.sector),
        text(&a.role),
        a.former,
        a.mentions,
        a.start,
        a.end
    )
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
