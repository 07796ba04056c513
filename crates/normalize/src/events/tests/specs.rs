//! Specs: `tests/specs/events.json` holds sentences and what each codes, over all types and modes.

use super::events;
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

fn specs() -> Vec<(String, Vec<String>)> {
    let specs: Vec<Value> = serde_json::from_str(include_str!("../../../tests/specs/events.json")).unwrap();
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    specs.iter().map(|s| (text(&s["text"]), s["events"].as_array().unwrap().iter().map(text).collect())).collect()
}

#[test]
fn specs_hold() {
    let specs = specs();
    let mut wrong = Vec::new();
    for (text, want) in &specs {
        let got = events(text);
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
    for line in include_str!("../../../../../data/lexicons/ontology.tsv").lines().filter(|l| l.starts_with("mode\t")) {
        let mut columns = line.split('\t').skip(1);
        let code = format!("{} {}", columns.next().unwrap(), columns.next().unwrap());
        assert!(codes.contains(code.as_str()), "no spec for `{code}`");
    }
    let texts: BTreeSet<&String> = specs.iter().map(|(text, _)| text).collect();
    assert_eq!(texts.len(), specs.len(), "a text stands twice");
}
