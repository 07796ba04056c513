//! What the command reads and what it leaves out: formats, `--map`, filters, copies of a story.
#![allow(missing_docs)]

mod support;

use std::{fs, path::Path};
use support::*;
use tempfile::tempdir;

const LINES: &str = r#"{"id": "a", "date": "2026-05-01", "title": "Kenya hosts talks", "text": "Kenya hosted talks between Uganda and Rwanda in Nairobi on Tuesday."}
{"id": "b", "date": "2026-05-02", "title": "Strike ends", "text": "Dockers in Hamburg ended their strike on Saturday after two weeks."}
{"id": "c", "title": "No date", "text": "Envoys of Chad and Niger met for talks and agreed on nothing."}
{"id": "d", "date": "2026-05-03", "lang": "de", "title": "Streik beendet", "text": "Die Hafenarbeiter in Hamburg haben am Samstag ihren Streik nach zwei Wochen beendet. Die Gewerkschaft sprach von einem guten Ergebnis, und auch die Reeder zeigten sich zufrieden mit dem, was nach langen Gesprächen erreicht worden ist."}
"#;

/// The ids of the articles that are left with these options, and what `run.json` says of the others.
fn left(more: &[&str]) -> (String, serde_json::Value, String) {
    let dir = tempdir().unwrap();
    let (input, out) = (dir.path().join("a.jsonl"), dir.path().join("out"));
    fs::write(&input, LINES).unwrap();
    let done = export(&input, &out, more);
    let ids: Vec<String> = rows(&out, "articles").into_iter().map(|row| row["source_id"].clone()).collect();
    assert!(rows(&out, "rejects").is_empty());
    (ids.join(" "), run(&out)["left_out"].clone(), stderr(&done))
}

fn run(out: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap()
}

#[test]
fn filters_leave_out_and_count() {
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(left(&[]).0, "a b c d");
    for (options, ids, counts) in [
        (vec!["--since", "2026-05-02"], "b d", r#"{"since": 2}"#),
        (vec!["--until", "2026-05-02"], "a b", r#"{"until": 2}"#),
        (vec!["--since", "2026-05-02", "--until", "2026-05-02"], "b", r#"{"since": 2, "until": 1}"#),
        (vec!["--language", "de"], "d", r#"{"language": 3}"#),
        (vec!["--language", "English,German"], "a b c d", "{}"),
        (vec!["--match", "(?i)streik|strike"], "b d", r#"{"match": 2}"#),
        (vec!["--match", "^Kenya"], "a", r#"{"match": 3}"#),
    ] {
        let (found, left_out, said) = left(&options);
        assert_eq!((found.as_str(), &left_out), (ids, &json(counts)), "{options:?}");
        assert_eq!(said.contains("left out"), counts != "{}", "{said}");
    }
    assert!(left(&["--since", "2026-05-02"]).2.contains("2 left out (2 --since)"));
}

#[test]
fn options_that_are_wrong_are_wrong_usage() {
    for (option, value, says) in [
        ("--since", "yesterday", "--since"),
        ("--match", "(", "unclosed group"),
        ("--language", "klingonese", "expected a language such as"),
        ("--map", "text", "expected FIELD=COLUMN"),
        ("--map", "words=body", "no field `words`"),
    ] {
        let done = broadsheet(&["export", "x.jsonl", "--out", "out", option, value]);
        assert_eq!(done.status.code(), Some(2), "{option} {value}");
        assert!(stderr(&done).contains(says), "{}", stderr(&done));
    }
}

#[test]
fn another_language_is_kept_and_not_coded() {
    let dir = tempdir().unwrap();
    let (input, out) = (dir.path().join("a.jsonl"), dir.path().join("out"));
    fs::write(&input, LINES.replace(r#""lang": "de", "#, "")).unwrap();
    export(&input, &out, &[]);
    let articles = rows(&out, "articles");
    assert_eq!(articles[3]["language"], "de");
    let id = &articles[3]["article_id"];
    assert!(rows(&out, "actors").iter().all(|row| row["article_id"] != *id));
    assert!(!rows(&out, "actors").is_empty());
}

#[test]
fn copies_of_a_story_name_the_earliest() {
    let dir = tempdir().unwrap();
    let (input, out) = (dir.path().join("a.jsonl"), dir.path().join("out"));
    let story: Vec<String> = ["Kenya", "Uganda", "Rwanda", "Chad", "Niger", "Mali", "Togo", "Benin"]
        .iter()
        .enumerate()
        .map(|(n, who)| {
            format!(
                "{who} sent {} envoys to the talks in Nairobi, where the ministers of {who} had met {n} times before.",
                n + 2
            )
        })
        .collect();
    let record = |id: &str, date: &str, title: &str, text: &[String]| {
        serde_json::json!({"id": id, "date": date, "title": title, "text": text.join("\n\n")}).to_string()
    };
    let lines = [
        record("late", "2026-05-03", "Envoys meet", &story[..6]),
        record(
            "other",
            "2026-05-01",
            "Harvest fails",
            &["The harvest failed in the north for the third year in a row, farmers said. ".repeat(9)],
        ),
        record("first", "2026-05-01", "Talks in Nairobi", &story),
        record(
            "own",
            "2026-05-02",
            "Talks again",
            &[story.clone(), vec!["A paragraph of our own stands at the end.".to_owned()]].concat(),
        ),
    ];
    fs::write(&input, lines.join("\n")).unwrap();
    let mut seen = Vec::new();
    for jobs in ["1", "2"] {
        let done = export(&input, &out, &["--jobs", jobs]);
        assert!(stderr(&done).contains("2 copies of others"), "{}", stderr(&done));
        let articles = rows(&out, "articles");
        let original = articles[2]["article_id"].clone();
        let of: Vec<&str> = articles.iter().map(|row| row["duplicate_of"].as_str()).collect();
        assert_eq!(of, [original.as_str(), "", "", original.as_str()]);
        assert_eq!(run(&out)["duplicates"], 2);
        seen.push(files(&out));
        // The Parquet file says the same: it is read back as an input.
        let again = dir.path().join("again");
        export(
            &out.join("articles.parquet"),
            &again,
            &["--map", "text=text,title=duplicate_of", "--tables", "articles"],
        );
        assert_eq!(rows(&again, "articles")[0]["title"], original);
    }
    assert!(seen[0] == seen[1]);
}

#[test]
fn a_table_by_its_columns() {
    let dir = tempdir().unwrap();
    let (input, out) = (dir.path().join("a.csv"), dir.path().join("out"));
    fs::write(&input, "kop;inhoud;dag\nTalks;Kenya met Uganda.;2026-05-01\n").unwrap();
    export(&input, &out, &["--map", "text=inhoud,title=kop,published_at=dag"]);
    let articles = rows(&out, "articles");
    assert_eq!(
        (articles[0]["text"].as_str(), &articles[0]["published_at"][..10]),
        ("Talks\n\nKenya met Uganda.", "2026-05-01")
    );
    assert_eq!(run(&out)["options"]["map"], "text=inhoud,title=kop,published=dag");
}
