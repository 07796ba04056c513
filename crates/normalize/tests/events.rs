//! Events of single sentences: `specs/events.json` holds the text, published on 2025-03-12, a Wednesday, and what it
//! codes as "TYPE mode: actors > recipients", with the status where it is not actual.

use broadsheet_ingest::Article;
use broadsheet_language::Model;
use broadsheet_normalize::{Lexicons, Status, normalize};
use serde_json::Value;
use std::collections::BTreeSet;

/// The types of PLOVER.
const TYPES: [&str; 16] = [
    "ACCUSE",
    "AGREE",
    "AID",
    "ASSAULT",
    "COERCE",
    "CONCEDE",
    "CONSULT",
    "COOPERATE",
    "MOBILIZE",
    "PROTEST",
    "REJECT",
    "REQUEST",
    "RETREAT",
    "SANCTION",
    "SUPPORT",
    "THREATEN",
];

fn read(model: &Model, lexicons: &Lexicons, text: &str) -> Vec<String> {
    let article = Article {
        article_id: "spec".into(),
        text: text.into(),
        published_on: Some("2025-03-12".parse().unwrap()),
        ..Article::default()
    };
    let (_, found) = normalize(&article, model.read(&[text]).remove(0), lexicons);
    let names = |ids: &[usize]| ids.iter().map(|&i| found.actors[i].name.as_str()).collect::<Vec<_>>().join(", ");
    found
        .events
        .iter()
        .map(|e| {
            let mode = e.event_mode.as_ref().map(|m| format!(" {m}")).unwrap_or_default();
            let status = match e.status {
                Status::Actual => String::new(),
                other => format!(" ({})", format!("{other:?}").to_lowercase()),
            };
            format!("{}{mode}: {} > {}{status}", e.event_type, names(&e.actors), names(&e.recipients))
        })
        .collect()
}

fn specs() -> Vec<(String, Vec<String>)> {
    let specs: Vec<Value> = serde_json::from_str(include_str!("specs/events.json")).unwrap();
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    specs.iter().map(|s| (text(&s["text"]), s["events"].as_array().unwrap().iter().map(text).collect())).collect()
}

#[test]
fn specs_hold() {
    let (model, lexicons) = (Model::load().unwrap(), Lexicons::load().unwrap());
    let specs = specs();
    let mut wrong = Vec::new();
    for (text, want) in &specs {
        let got = read(&model, &lexicons, text);
        if got != *want {
            wrong.push(format!("{text}\n  want {want:?}\n  got  {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} specs fail:\n{}", wrong.len(), specs.len(), wrong.join("\n"));
}

#[test]
fn specs_cover_the_ontology() {
    let specs = specs();
    assert!(specs.len() >= 300 && specs.iter().filter(|(_, events)| events.is_empty()).count() >= 100);
    let codes: BTreeSet<&str> =
        specs.iter().flat_map(|(_, events)| events).filter_map(|e| e.split(':').next()).collect();
    for kind in TYPES {
        let of_type = specs.iter().flat_map(|(_, events)| events).filter(|e| e.starts_with(kind)).count();
        assert!(of_type >= 8, "{kind} has only {of_type} specs");
    }
    // Every mode of the ontology at least once.
    for line in include_str!("../../../data/lexicons/ontology.tsv").lines().filter(|l| l.starts_with("mode\t")) {
        let mut columns = line.split('\t').skip(1);
        let code = format!("{} {}", columns.next().unwrap(), columns.next().unwrap());
        assert!(codes.contains(code.as_str()), "no spec for `{code}`");
    }
    let texts: BTreeSet<&String> = specs.iter().map(|(text, _)| text).collect();
    assert_eq!(texts.len(), specs.len(), "a text stands twice");
}
