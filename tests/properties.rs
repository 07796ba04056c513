//! What must hold for every row of every table, shown on the sample articles.
#![allow(missing_docs)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use support::*;
use tempfile::tempdir;

#[test]
fn every_offset_slices_its_evidence() {
    let dir = tempdir().expect("a folder");
    let out = dir.path().join("out");
    export(
        &root().join("data/articles"),
        &out,
        &["--tables", "articles,actors,mentions,events,figures,times,quotes,tokens"],
    );
    let texts: BTreeMap<String, String> = rows(&out, "articles")
        .into_iter()
        .map(|mut r| (r.remove("article_id").unwrap(), r.remove("text").unwrap()))
        .collect();
    let evidence = [
        ("mentions", "text", "start", "end"),
        ("events", "trigger", "start", "end"),
        ("figures", "text", "start", "end"),
        ("figures", "quantity_of", "quantity_of_start", "quantity_of_end"),
        ("times", "text", "start", "end"),
        ("quotes", "text", "start", "end"),
        ("tokens", "text", "start", "end"),
    ];
    for (table, column, start, end) in evidence {
        let rows = rows(&out, table);
        assert!(!rows.is_empty(), "{table} is empty");
        for row in rows.iter().filter(|r| !r[start].is_empty()) {
            let text = &texts[&row["article_id"]];
            assert_eq!(slice(text, &row[start], &row[end]), row[column], "{table} {row:?}");
        }
    }
    // An actor's offsets are those of a naming mention; an event's sentence holds its trigger.
    for row in rows(&out, "actors") {
        assert!(!slice(&texts[&row["article_id"]], &row["start"], &row["end"]).is_empty(), "{row:?}");
    }
    for row in rows(&out, "events") {
        let at = |key: &str| row[key].parse::<u64>().unwrap();
        assert!(at("sentence_start") <= at("start") && at("end") <= at("sentence_end"), "{row:?}");
    }
}

#[test]
fn the_tables_join() {
    let dir = tempdir().expect("a folder");
    let out = dir.path().join("out");
    export(&root().join("data/articles"), &out, &["--format", "csv"]);
    let articles: BTreeSet<String> = rows(&out, "articles").into_iter().map(|r| r["article_id"].clone()).collect();
    let actors: BTreeSet<(String, String)> =
        rows(&out, "actors").into_iter().map(|r| (r["article_id"].clone(), r["actor_id"].clone())).collect();
    let refers = [
        ("mentions", vec!["actor_id"]),
        ("events", vec!["actor_id", "recipient_id"]),
        ("figures", vec!["actor_id"]),
        ("quotes", vec!["speaker_id"]),
    ];
    for (table, columns) in refers {
        for row in rows(&out, table) {
            assert!(articles.contains(&row["article_id"]), "{table} {row:?}");
            for column in columns.iter().filter(|c| !row[**c].is_empty()) {
                let key = (row["article_id"].clone(), row[*column].clone());
                assert!(actors.contains(&key), "{table}.{column} {row:?}");
            }
        }
    }
    let mut counted: BTreeMap<(String, String), u64> = BTreeMap::new();
    for row in rows(&out, "mentions") {
        *counted.entry((row["article_id"].clone(), row["actor_id"].clone())).or_default() += 1;
    }
    for row in rows(&out, "actors") {
        let key = (row["article_id"].clone(), row["actor_id"].clone());
        assert_eq!(counted.get(&key).copied().unwrap_or(0).to_string(), row["mentions"], "{row:?}");
    }
}

#[test]
fn the_same_bytes_for_any_number_of_jobs_and_any_order_of_inputs() {
    let dir = tempdir().expect("a folder");
    let articles = root().join("data/articles");
    let outs = ["one", "two", "again"].map(|n| dir.path().join(n));
    export(&articles, &outs[0], &["--jobs", "1"]);
    export(&articles, &outs[1], &["--jobs", "2"]);
    let first = files(&outs[0]);
    assert!(first.contains_key("events.parquet") && first.contains_key("events.csv"), "{:?}", first.keys());
    assert!(first == files(&outs[1]), "two jobs give other bytes than one");
    // A second run over its own output changes nothing.
    export(&articles, &outs[1], &["--jobs", "2"]);
    assert!(first == files(&outs[1]), "a second run gives other bytes");
    // The same files, named one by one and backwards.
    let mut names: Vec<String> =
        std::fs::read_dir(&articles).unwrap().map(|e| e.unwrap().path().display().to_string()).collect();
    names.sort();
    names.reverse();
    let mut args = vec!["export".to_string(), "--out".into(), outs[2].display().to_string()];
    args.extend(names);
    assert!(broadsheet(&args).status.success());
    assert!(first == files(&outs[2]), "another order of the inputs gives other bytes");
}
