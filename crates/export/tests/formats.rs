//! Formats beside Parquet and CSV: the same rows in other files, and the layouts of data sets that the field reads.

mod common;

use broadsheet_export::{Document, Exporter, FileFormat, Kind, RunReport, Table};
use broadsheet_ingest::Article;
use common::*;
use std::fs;

/// Two copies of one story.
const EARLIER: &str = "0000000000000b01";
const LATER: &str = "0000000000000b02";

/// Two articles with a row in every table, two copies of one story and a refused record.
fn outcomes() -> Vec<Outcome> {
    let wire = |id: &str, hour: u32| {
        let words: Vec<String> = (0..80).map(|i| format!("word{i}")).collect();
        let text = format!("Wire, \"duplicate_of\":null\n\n{}", words.join(" "));
        let published_at = format!("2024-03-01T{hour:02}:00:00Z").parse().ok();
        Ok(Document { article: Article { published_at, ..article(id, &text) }, ..full("unused") }).map(
            |mut d: Document| {
                d.findings = Default::default();
                d.reading = Some(Default::default());
                d
            },
        )
    };
    vec![Ok(full("a1")), Err(reject(1)), Ok(full("a2")), wire(LATER, 9), wire(EARLIER, 8)]
}

#[test]
fn json_lines_hold_what_parquet_holds() {
    let dir = tempfile::tempdir().unwrap();
    export_in(dir.path(), &Table::ALL, &[FileFormat::Parquet, FileFormat::Jsonl], &outcomes(), 2);
    for table in Table::ALL {
        let (schema, rows) = parquet(&dir.path().join(format!("{table}.parquet")));
        let lines = jsonl(&dir.path().join(format!("{table}.jsonl")));
        assert!(!rows.is_empty(), "{table} has rows");
        assert_eq!(rows.len(), lines.len(), "{table}");
        for (row, line) in rows.iter().zip(lines) {
            let named: Vec<(String, String)> =
                schema.fields().iter().map(|f| f.name().clone()).zip(row.iter().cloned()).collect();
            let sorted = |mut pairs: Vec<(String, String)>| {
                pairs.sort();
                pairs
            };
            assert_eq!(sorted(named), sorted(line), "{table}");
        }
    }
}

#[test]
fn copies_are_marked_in_every_format() {
    let dir = tempfile::tempdir().unwrap();
    let formats = [FileFormat::Parquet, FileFormat::Csv, FileFormat::Jsonl];
    export_in(dir.path(), &[Table::Articles], &formats, &outcomes(), 2);
    let marks: Vec<Vec<String>> = pick(dir.path(), "articles", &["article_id", "duplicate_of"]);
    assert_eq!(marks[2..], [[LATER, EARLIER], [EARLIER, ""]]);
    let lines = jsonl(&dir.path().join("articles.jsonl"));
    let of = |row: &[(String, String)]| row.iter().find(|(name, _)| name == "duplicate_of").unwrap().1.clone();
    assert_eq!(of(&lines[2]), EARLIER);
    assert_eq!(of(&lines[3]), "");
    // In the file itself the columns come in the order of the table.
    let text = fs::read_to_string(dir.path().join("articles.jsonl")).unwrap();
    assert!(text.starts_with("{\"article_id\":\"a1\",\"source_id\":null,\"url\":\"https://"), "{text}");
}

#[cfg(feature = "sqlite")]
#[test]
fn a_sqlite_file_holds_what_parquet_holds() {
    let dir = tempfile::tempdir().unwrap();
    export_in(dir.path(), &Table::ALL, &[FileFormat::Parquet, FileFormat::Sqlite], &outcomes(), 2);
    let file = dir.path().join("broadsheet.sqlite");
    for table in Table::ALL {
        let (_, expected) = parquet(&dir.path().join(format!("{table}.parquet")));
        let (names, mut rows) = sqlite(&file, &format!("select * from {table} order by rowid"));
        let columns = table.spec().columns;
        assert_eq!(names, columns.iter().map(|c| c.name).collect::<Vec<_>>());
        for (i, column) in columns.iter().enumerate() {
            for row in &mut rows {
                row[i] = match (column.kind, row[i].as_str()) {
                    (Kind::Bool, "1") => "true".to_owned(),
                    (Kind::Bool, _) => "false".to_owned(),
                    (Kind::List, list) => serde_json::from_str::<Vec<String>>(list).unwrap().join(";"),
                    (_, cell) => cell.to_owned(),
                };
            }
        }
        assert_eq!(rows, expected, "{table}");
    }
}

#[cfg(feature = "sqlite")]
#[test]
fn a_sqlite_file_has_keys_indexes_and_views_and_nothing_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    export_in(dir.path(), &Table::default_set(), &[FileFormat::Sqlite], &outcomes(), 2);
    assert_eq!(names(dir.path()), ["broadsheet.sqlite", "run.json"]);
    let file = dir.path().join("broadsheet.sqlite");
    let ask = |query: &str| sqlite(&file, query).1;
    assert_eq!(ask("pragma integrity_check"), [["ok"]]);
    assert_eq!(ask("pragma journal_mode"), [["delete"]]);
    assert_eq!(ask("select name from pragma_table_info('articles') where pk > 0"), [["article_id"]]);
    let countries = "select trigger from events indexed by events_by_actor_country_recipient_country_event_date \
        where actor_country = 'POL' and recipient_country = 'SWE'";
    assert_eq!(ask(countries).len(), 2);
    let joined = "select trigger, publisher from events_in_articles where article_id = 'a2'";
    assert_eq!(ask(joined), [["visited", "The \"Daily\", Example"]]);
    assert_eq!(ask(&format!("select duplicate_of from articles where article_id = '{LATER}'")), [[EARLIER]]);
    // The descriptions are where `.schema` shows them.
    let sql = ask("select sql from sqlite_master where name = 'events'");
    assert!(sql[0][0].contains("\"trigger\" TEXT NOT NULL, -- The words that tell the event"), "{sql:?}");
}

#[cfg(feature = "sqlite")]
#[test]
fn a_sqlite_file_that_cannot_be_written_ends_the_run() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let mut exporter = Exporter::create(&out, &[FileFormat::Sqlite], &[Table::Articles]).unwrap();
    exporter.write(&outcomes()).unwrap();
    // Another program deletes the stage while the run goes on.
    let stage = fs::read_dir(dir.path()).unwrap().next().unwrap().unwrap().path();
    fs::remove_dir_all(stage).unwrap();
    let error = exporter.finish(RunReport::default()).unwrap_err().to_string();
    assert!(error.starts_with("cannot "), "{error}");
    assert!(!out.exists());
}

#[test]
fn without_a_file_a_table_what_was_refused_is_told_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let summary = export_in(dir.path(), &Table::default_set(), &[FileFormat::Polecat], &outcomes(), 5);
    assert_eq!(names(dir.path()), ["polecat.tsv", "rejects.csv", "run.json"]);
    assert_eq!(pick(dir.path(), "rejects", &["code"]), [["empty"]]);
    assert_eq!(summary.rows["polecat.tsv"], 2);
}

#[test]
fn formats_are_named() {
    for format in FileFormat::ALL {
        assert_eq!(format.to_string().parse::<FileFormat>().unwrap(), format);
    }
    let error = "excel".parse::<FileFormat>().unwrap_err().to_string();
    assert_eq!(error, "no format `excel`: the formats are parquet, csv, jsonl, sqlite, duckdb, gdelt, polecat");
}
