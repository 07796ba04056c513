//! Development aid: reads the JSON Lines of an evaluation set and prints, one article a line, its events and actors as
//! JSON. `cargo run --release -p broadsheet-normalize --example events_eval -- INPUT.jsonl > rows.jsonl`

#![allow(clippy::print_stdout)]

use broadsheet_ingest::{Article, Format, RawArticle};
use broadsheet_language::{Model, Reading};
use broadsheet_normalize::{Actor, Event, Findings, Lexicons, headline, normalize};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let (model, lexicons) = (Model::load()?, Lexicons::load()?);
    let path = std::env::args().nth(1).ok_or("usage: events_eval INPUT.jsonl")?;
    for (n, line) in std::fs::read_to_string(&path)?.lines().enumerate() {
        let raw = RawArticle {
            source_path: path.clone(),
            source_offset: n as u64,
            format: Format::Json,
            bytes: line.as_bytes().to_vec(),
        };
        let article = match broadsheet_ingest::article(&raw) {
            Ok(article) => article,
            Err(reject) => {
                eprintln!("{path}:{}: {}", n + 1, reject.message);
                continue;
            }
        };
        let reading = read(&model, &article);
        let (_, findings) = normalize(&article, reading, &lexicons);
        println!("{}", row(&article, &findings));
    }
    Ok(())
}

/// Title and body are read apart, so that no sentence runs over both.
fn read(model: &Model, article: &Article) -> Reading {
    let bytes = article.text.char_indices().nth(article.title_end as usize).map_or(article.text.len(), |(b, _)| b);
    let (title, body) = article.text.split_at(bytes);
    let title = headline::truecase(title, body);
    let body = headline::truecase_crossheads(body);
    let mut readings = model.read(&[&title, &body]).into_iter();
    let parts = [(0, 0), (article.title_end, bytes as u32)];
    let parts = parts.into_iter().filter_map(|(c, b)| readings.next().map(|r| (r, c, b))).collect();
    Reading::join(article.text.clone(), parts)
}

fn row(article: &Article, findings: &Findings) -> serde_json::Value {
    let actor = |a: &Actor| {
        serde_json::json!({"id": a.actor_id, "name": a.name, "country": a.country, "sector": a.sector,
            "kind": format!("{:?}", a.kind).to_lowercase()})
    };
    let who = |ids: &[usize]| -> Vec<serde_json::Value> {
        ids.iter().filter_map(|&i| findings.actors.get(i)).map(actor).collect()
    };
    let event = |e: &Event| {
        let trigger: String = article.text.chars().skip(e.start as usize).take((e.end - e.start) as usize).collect();
        serde_json::json!({
            "event_id": e.event_id, "sentence": e.sentence, "event_type": e.event_type, "event_mode": e.event_mode,
            "status": format!("{:?}", e.status).to_lowercase(), "event_date": e.event_date.map(|d| d.to_string()),
            "start": e.start, "end": e.end, "trigger": trigger, "frame": e.frame, "confidence": e.confidence,
            "traits": e.why.traits.iter().map(|(t, _)| t).collect::<Vec<_>>(),
            "contexts": e.contexts, "cameo": e.cameo_code, "actors": who(&e.actors), "recipients": who(&e.recipients),
            "place": e.place.as_ref().map(|p| p.name.clone()),
            "place_country": e.place.as_ref().and_then(|p| p.country.clone()),
            "told": e.attributed_to.and_then(|a| findings.actors.get(a)).map(|a| a.name.clone()),
        })
    };
    serde_json::json!({
        "id": article.source_id, "text": article.text,
        "actors": findings.actors.iter().map(actor).collect::<Vec<_>>(),
        "events": findings.events.iter().map(event).collect::<Vec<_>>(),
    })
}
