//! The command as its users see it: exit status, standard output and standard error.
#![allow(missing_docs)]

mod support;

use std::{
    io::Write,
    process::{Command, Stdio},
};
use support::*;
use tempfile::tempdir;

#[test]
fn export_fills_a_folder_and_says_what_it_did() {
    let dir = tempdir().unwrap();
    let out = dir.path().join("out");
    let done = export(&root().join("data/articles"), &out, &[]);
    assert!(done.stdout.is_empty(), "standard output is for data");
    assert!(stderr(&done).contains("15 articles"), "{}", stderr(&done));
    for table in
        ["articles", "actors", "mentions", "events", "figures", "times", "quotes", "rejects", "dyad_days", "actor_days"]
    {
        for format in ["parquet", "csv"] {
            assert!(out.join(format!("{table}.{format}")).exists(), "{table}.{format}");
        }
    }
    assert!(!out.join("tokens.parquet").exists(), "tokens only when asked for");
    let run: serde_json::Value = serde_json::from_slice(&std::fs::read(out.join("run.json")).unwrap()).unwrap();
    assert_eq!(run["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(run["rows"]["articles"], 15, "{run}");
    assert!(run["seconds"]["language"].as_f64().is_some_and(|s| s > 0.0), "{run}");
}

#[test]
fn the_samples_tell_what_they_tell() {
    let dir = tempdir().unwrap();
    let out = dir.path().join("out");
    export(&root().join("data/articles"), &out, &["--format", "csv"]);
    let actors = rows(&out, "actors");
    let known = |name: &str, country: &str| actors.iter().any(|a| a["name"].contains(name) && a["country"] == country);
    for (name, country) in
        [("Kishida", "JPN"), ("Erdogan", "TUR"), ("Haavisto", "FIN"), ("Blinken", "USA"), ("Modi", "IND")]
    {
        assert!(known(name, country), "{name} {country}");
    }
    let figures = rows(&out, "figures");
    let figure = |value: &str, unit: &str| {
        figures.iter().any(|f| f["value"].parse() == value.parse::<f64>() && f["unit"] == unit)
    };
    for (value, unit) in [("89500000000", "USD"), ("28500", "count"), ("34", "percent"), ("1340", "km")] {
        assert!(figure(value, unit), "{value} {unit}");
    }
}

#[test]
fn only_the_tables_and_formats_asked_for() {
    let dir = tempdir().unwrap();
    let out = dir.path().join("out");
    export(&root().join("data/articles/wire.jsonl"), &out, &["--format", "csv", "--tables", "articles,tokens"]);
    let mut names: Vec<String> = files(&out).into_keys().collect();
    names.sort();
    assert_eq!(names, ["articles.csv", "rejects.csv", "tokens.csv"]);
}

#[test]
fn standard_input_is_read() {
    let dir = tempdir().unwrap();
    let out = dir.path().join("out");
    let mut child = Command::new(env!("CARGO_BIN_EXE_broadsheet"))
        .args(["export", "-", "--out", out.to_str().unwrap(), "--format", "csv"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let record = r#"{"id": "a", "title": "Peru's president visits Chile", "text": "Peru's president met his Chilean counterpart in Santiago.", "published_at": "2024-05-02"}"#;
    child.stdin.take().unwrap().write_all(record.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{}", stderr(&done));
    let articles = rows(&out, "articles");
    assert_eq!(articles.len(), 1);
    assert_eq!((articles[0]["source_id"].as_str(), articles[0]["source_path"].as_str()), ("a", "-"));
}

#[test]
fn limit_stops_early() {
    let dir = tempdir().unwrap();
    let out = dir.path().join("out");
    export(&root().join("data/articles"), &out, &["--limit", "3", "--format", "csv"]);
    assert_eq!(rows(&out, "articles").len(), 3);
}

#[test]
fn help_teaches_with_examples() {
    let done = broadsheet(&["--help"]);
    assert!(done.status.success());
    for word in ["Examples:", "broadsheet export", "broadsheet show", "broadsheet schema", "Exit status"] {
        assert!(stdout(&done).contains(word), "{word}");
    }
}

#[test]
fn schema_prints_every_table_in_three_forms() {
    for format in ["text", "json", "markdown"] {
        let done = broadsheet(&["schema", "--format", format]);
        assert!(done.status.success(), "{}", stderr(&done));
        for word in ["articles", "recipient_country", "quantity_of", "date_basis", "dyad_days"] {
            assert!(stdout(&done).contains(word), "{format} {word}");
        }
    }
    let one = stdout(&broadsheet(&["schema", "quotes"]));
    assert!(one.contains("speaker_id") && !one.contains("recipient_country"), "{one}");
}

#[test]
fn show_prints_the_rows_with_their_evidence() {
    let article = root().join("data/articles/camp-david-2023.txt");
    let done = broadsheet(&["show", article.to_str().unwrap()]);
    assert!(done.status.success(), "{}", stderr(&done));
    let text = stdout(&done);
    for word in
        ["ACTORS", "EVENTS", "FIGURES", "TIMES", "QUOTES", "Fumio Kishida", "28,500", "2023-08-18", "because of `"]
    {
        assert!(text.contains(word), "{word} is not in\n{text}");
    }
    assert!(!text.contains('\u{1b}'), "no colours in a pipe");
    let third = broadsheet(&["show", root().join("data/articles/wire.jsonl").to_str().unwrap(), "--number", "3"]);
    assert!(stdout(&third).contains("Tigray"), "{}", stdout(&third));
}

#[test]
fn wrong_usage_is_status_2() {
    for args in [&["export"][..], &["export", "x", "--out", "o", "--format", "xlsx"], &["schema", "nonsense"], &["fly"]]
    {
        let done = broadsheet(args);
        assert_eq!(done.status.code(), Some(2), "{args:?}");
        assert!(stderr(&done).contains("error:"), "{args:?} {}", stderr(&done));
    }
}

#[test]
fn strict_is_status_3_where_something_was_refused() {
    let dir = tempdir().unwrap();
    let input = dir.path().join("mixed.jsonl");
    std::fs::write(&input, "{\"text\": \"Ghana and Togo opened a border post on Monday.\"}\n{broken\n").unwrap();
    let out = dir.path().join("out");
    let args = ["export", input.to_str().unwrap(), "--out", out.to_str().unwrap(), "--format", "csv"];
    assert_eq!(broadsheet(&args).status.code(), Some(0));
    let strict = broadsheet(&[&args[..], &["--strict"]].concat());
    assert_eq!(strict.status.code(), Some(3), "{}", stderr(&strict));
    assert_eq!(rows(&out, "articles").len(), 1, "the good article is there all the same");
    assert_eq!(rows(&out, "rejects").len(), 1);
}

#[test]
fn duckdb_without_its_library_ends_at_once_and_says_what_to_do() {
    let dir = tempdir().unwrap();
    let out = dir.path().join("out");
    let args = ["export", "data/articles", "--out", out.to_str().unwrap(), "--format", "duckdb"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_broadsheet"));
    let done = command.current_dir(root()).args(args).env("BROADSHEET_LIBDUCKDB", "/nowhere/libduckdb.so").output();
    let done = done.unwrap();
    assert_eq!(done.status.code(), Some(1));
    let message = stderr(&done);
    assert!(message.contains("the library `/nowhere/libduckdb.so` that `BROADSHEET_LIBDUCKDB` names"), "{message}");
    assert!(message.contains("hint: install DuckDB's C library"), "{message}");
    assert!(std::fs::read_dir(dir.path()).unwrap().next().is_none(), "nothing is left behind");
}

#[test]
fn a_rollup_of_an_export_is_what_the_export_counts() {
    let dir = tempdir().unwrap();
    let (out, rolled) = (dir.path().join("out"), dir.path().join("rolled"));
    export(&root().join("data/articles"), &out, &[]);
    let pattern = format!("{}/*.parquet", out.display());
    for input in [out.to_str().unwrap(), &pattern] {
        let done = broadsheet(&["rollup", input, "--out", rolled.to_str().unwrap(), "--format", "csv"]);
        // Beside the tables that it needs, the glob names others.
        if input == pattern {
            assert_eq!(done.status.code(), Some(1));
            assert!(stderr(&done).contains("no tables in `"), "{}", stderr(&done));
            continue;
        }
        assert!(done.status.success(), "{}", stderr(&done));
        for table in ["dyad_days", "actor_days"] {
            assert_eq!(rows(&rolled, table), rows(&out, table));
        }
        assert!(!rows(&rolled, "country_dyad_months").is_empty() && !rows(&rolled, "event_type_weeks").is_empty());
    }
    let again = broadsheet(&["rollup", "/nowhere/*.parquet", "--out", rolled.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr(&again).contains("no file matches `/nowhere/*.parquet`"), "{}", stderr(&again));
}

#[test]
fn the_lexicons_pass_their_audit() {
    let done = broadsheet(&["audit"]);
    assert!(done.status.success(), "{}{}", stdout(&done), stderr(&done));
}

#[test]
fn the_output_is_never_read_again() {
    let dir = tempdir().unwrap();
    let out = dir.path().join("out");
    std::fs::write(dir.path().join("a.txt"), "Chad met Niger\n\nThe president of Chad met the president of Niger.\n")
        .unwrap();
    let first = export(dir.path(), &out, &["--format", "csv"]);
    assert!(stderr(&first).contains("1 article in"), "{}", stderr(&first));
    let before = files(&out);
    export(dir.path(), &out, &["--format", "csv"]);
    assert!(before == files(&out), "a second run over the folder around the output changes it");
    let same = broadsheet(&["export", out.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert_eq!(same.status.code(), Some(1));
    assert!(stderr(&same).contains("also an input") && before == files(&out), "{}", stderr(&same));
}

#[test]
fn show_writes_units_and_qualifiers_as_the_tables_do() {
    let dir = tempdir().unwrap();
    let path = dir.path().join("a.txt");
    std::fs::write(&path, "Bridge paid for\n\nNorway will pay at least $60,000 for the bridge, the minister said.\n")
        .unwrap();
    let done = broadsheet(&["show", path.to_str().unwrap()]);
    assert!(stdout(&done).contains("60000 USD (at_least)"), "{}", stdout(&done));
}
