//! What stands in the files: rows, types, bytes.

mod common;

use broadsheet_export::{Document, Exporter, FileFormat, Table};
use broadsheet_normalize::{DateBasis, Findings, Place, Status};
use common::*;
use jiff::civil::date;
use std::{fs, path::Path};

fn dir() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn every_file_pair(out: &Path) -> impl Iterator<Item = (Table, Vec<Vec<String>>, Vec<Vec<String>>)> {
    Table::ALL.into_iter().map(move |table| {
        let (schema, rows) = parquet(&out.join(format!("{table}.parquet")));
        let (header, cells) = csv(&out.join(format!("{table}.csv")));
        let fields: Vec<&String> = schema.fields().iter().map(|f| f.name()).collect();
        assert_eq!(fields, header.iter().collect::<Vec<_>>(), "{table}");
        (table, rows, cells)
    })
}

#[test]
fn csv_holds_what_parquet_holds() {
    let dir = dir();
    let out = dir.path().join("out");
    export(&out, &[Ok(full("a1")), Err(reject(1)), Ok(full("a2"))]);
    for (table, rows, cells) in every_file_pair(&out) {
        assert!(!rows.is_empty(), "{table} has rows");
        assert_eq!(rows, cells, "{table}");
    }
}

#[test]
fn text_keeps_its_line_breaks_quotes_and_letters() {
    let dir = dir();
    let document = full("a1");
    export(dir.path(), &[Ok(document.clone())]);
    let picked = pick(dir.path(), "articles", &["text", "authors", "publisher", "published_at", "modified_at"]);
    let expected = [
        document.article.text.as_str(),
        "Ann \"Nan\" Oak;Bo, Elm",
        "The \"Daily\", Example",
        "2024-02-29T12:34:56.789012Z",
        "",
    ];
    assert_eq!(picked, [expected]);
    let bytes = fs::read_to_string(dir.path().join("rejects.csv")).unwrap();
    assert_eq!(bytes, "source_path,source_offset,stage,code,message\r\n");
}

#[test]
fn offsets_slice_the_evidence_out_of_the_text() {
    let dir = dir();
    export(dir.path(), &[Ok(full("a1"))]);
    let text: Vec<char> = pick(dir.path(), "articles", &["text"])[0][0].chars().collect();
    for (table, column) in [
        ("mentions", "text"),
        ("events", "trigger"),
        ("figures", "text"),
        ("times", "text"),
        ("quotes", "text"),
        ("tokens", "text"),
        ("actors", "name"),
    ] {
        let rows = pick(dir.path(), table, &["start", "end", column]);
        assert!(!rows.is_empty());
        for row in rows {
            let (start, end): (usize, usize) = (row[0].parse().unwrap(), row[1].parse().unwrap());
            assert_eq!(text[start..end].iter().collect::<String>(), row[2], "{table}");
        }
    }
}

/// One event with these actors and recipients; the rows as `actor>recipient`.
fn dyads(actors: &[usize], recipients: &[usize]) -> Vec<String> {
    let text = "Ann, Bo and Cy met.";
    let findings = Findings {
        actors: vec![actor(text, "Ann", Some("FRA")), actor(text, "Bo", None), actor(text, "Cy", Some("USA"))],
        events: vec![event("e1", text, "met", None, actors, recipients)],
        ..Findings::default()
    };
    let dir = dir();
    export(dir.path(), &[Ok(Document { article: article("a1", text), reading: Some(Default::default()), findings })]);
    let rows = pick(dir.path(), "events", &["actor_name", "recipient_name", "event_id"]);
    assert!(rows.iter().all(|row| row[2] == "e1"));
    rows.iter().map(|row| format!("{}>{}", row[0], row[1])).collect()
}

#[test]
fn events_are_laid_out_as_dyads() {
    assert_eq!(dyads(&[0], &[2]), ["Ann>Cy"]);
    assert_eq!(dyads(&[0, 1], &[2]), ["Ann>Cy", "Bo>Cy"]);
    assert_eq!(dyads(&[1, 0], &[2, 1]), ["Bo>Cy", "Bo>Bo", "Ann>Cy", "Ann>Bo"]);
    assert_eq!(dyads(&[0, 1], &[]), ["Ann>", "Bo>"]);
    assert_eq!(dyads(&[], &[2, 1]), [">Cy", ">Bo"]);
    assert_eq!(dyads(&[], &[]), [">"]);
}

#[test]
fn an_index_without_an_actor_is_no_actor() {
    assert_eq!(dyads(&[9], &[2]), [">Cy"]);
}

#[test]
fn values_are_spelled_as_in_the_contract() {
    let text = "Ann may visit Rome.";
    let mut event = event("e1", text, "visit", Some(date(2025, 1, 2)), &[0], &[]);
    event.event_date_end = Some(date(2025, 1, 4));
    event.date_basis = Some(DateBasis::Published);
    event.status = Status::Hypothetical;
    event.attributed_to = Some(0);
    event.place = Some(Place {
        name: "Rome".to_owned(),
        country: Some("ITA".to_owned()),
        latitude: Some(41.9),
        longitude: Some(12.5),
        geonames_id: Some(3_169_070),
    });
    let findings = Findings { actors: vec![actor(text, "Ann", None)], events: vec![event], ..Findings::default() };
    let dir = dir();
    export(dir.path(), &[Ok(Document { article: article("a1", text), reading: Some(Default::default()), findings })]);
    let columns = [
        "event_date",
        "event_date_end",
        "date_basis",
        "contexts",
        "status",
        "attributed_to",
        "actor_country",
        "place_name",
        "place_country",
        "latitude",
        "longitude",
        "geonames_id",
        "plover_score",
        "quad_class",
    ];
    let expected = [
        "2025-01-02",
        "2025-01-04",
        "published",
        "diplomatic;economic",
        "hypothetical",
        "Ann",
        "",
        "Rome",
        "ITA",
        "41.9",
        "12.5",
        "3169070",
        "4.0",
        "1",
    ];
    assert_eq!(pick(dir.path(), "events", &columns), [expected]);
    assert_eq!(pick(dir.path(), "actors", &["kind", "former"]), [["person", "false"]]);
}

#[test]
fn a_repeated_article_is_refused_with_the_place_of_the_first() {
    let dir = dir();
    let (first, mut second) = (full("a1"), full("a1"));
    second.article.source_path = "later.jsonl".to_owned();
    second.article.source_offset = 7;
    let summary = export(dir.path(), &[Err(reject(3)), Ok(first), Ok(second)]);
    assert_eq!(pick(dir.path(), "articles", &["source_path"]), [["news.jsonl"]]);
    assert_eq!(pick(dir.path(), "actors", &["article_id"]).len(), 2);
    let rejects = pick(dir.path(), "rejects", &["source_path", "source_offset", "stage", "code", "message"]);
    let message = "article a1 was read before: news.jsonl, record 0";
    assert_eq!(
        rejects,
        [
            ["news.jsonl", "3", "ingest", "empty", "no text in the record"],
            ["later.jsonl", "7", "export", "duplicate", message]
        ]
    );
    assert_eq!((summary.read, summary.articles), (3, 1));
    assert_eq!(summary.refused, [("duplicate".to_owned(), 1), ("empty".to_owned(), 1)].into());
}

#[test]
fn an_empty_run_writes_tables_without_rows() {
    let dir = dir();
    let summary = export(dir.path(), &[]);
    assert!(summary.rows.values().all(|rows| *rows == 0));
    for (table, rows, cells) in every_file_pair(dir.path()) {
        assert!(rows.is_empty() && cells.is_empty(), "{table}");
    }
}

#[test]
fn only_what_is_asked_for_is_written() {
    let dir = dir();
    export_in(dir.path(), &[Table::Figures], &[FileFormat::Csv], &[Ok(full("a1"))], 1);
    assert_eq!(names(dir.path()), ["figures.csv", "rejects.csv", "run.json"]);
    // The rollups are computed even where their sources are not written.
    export_in(dir.path(), &[Table::DyadDays, Table::ActorDays], &[FileFormat::Csv], &[Ok(full("a1"))], 1);
    assert_eq!(names(dir.path()), ["actor_days.csv", "dyad_days.csv", "rejects.csv", "run.json"]);
    assert_eq!(pick(dir.path(), "dyad_days", &["events"]), [["1"]]);
}

#[test]
fn tokens_without_a_reading_are_an_error() {
    let dir = dir();
    let mut exporter = Exporter::create(&dir.path().join("out"), &BOTH, &[Table::Tokens]).unwrap();
    let document = Document { reading: None, ..full("a1") };
    let error = exporter.write(&[Ok(document)]).unwrap_err().to_string();
    assert_eq!(error, "cannot write `tokens`: no reading of article a1");
}

#[test]
fn bytes_do_not_depend_on_the_run_or_the_batches() {
    let many: Vec<Outcome> =
        (0..3000).map(|i| if i % 7 == 0 { Err(reject(i)) } else { Ok(full(&format!("a{i}"))) }).collect();
    let dir = dir();
    let outs: Vec<_> = [1, 13, 3000, 3000]
        .iter()
        .enumerate()
        .map(|(i, batch)| {
            let out = dir.path().join(i.to_string());
            export_in(&out, &Table::ALL, &BOTH, &many, *batch);
            out
        })
        .collect();
    for table in Table::ALL {
        for extension in ["parquet", "csv"] {
            let read = |out: &Path| fs::read(out.join(format!("{table}.{extension}"))).unwrap();
            assert!(outs[1..].iter().all(|out| read(out) == read(&outs[0])), "{table}.{extension}");
        }
    }
    // The report differs in its times alone.
    let run = |out: &Path| {
        let mut run: serde_json::Value = serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap();
        for measured in ["started", "finished", "seconds"] {
            assert!(run.as_object_mut().unwrap().remove(measured).is_some());
        }
        run
    };
    assert!(outs[1..].iter().all(|out| run(out) == run(&outs[0])));
}

#[test]
fn parquet_carries_descriptions_statistics_page_index_and_filters_of_ids() {
    use parquet::{
        arrow::arrow_reader::ParquetRecordBatchReaderBuilder,
        file::reader::{FileReader, SerializedFileReader},
    };
    let dir = dir();
    export(dir.path(), &[Ok(full("a1"))]);
    for table in Table::ALL {
        let path = dir.path().join(format!("{table}.parquet"));
        let builder = ParquetRecordBatchReaderBuilder::try_new(fs::File::open(&path).unwrap()).unwrap();
        for (field, column) in builder.schema().fields().iter().zip(table.spec().columns) {
            assert_eq!(field.metadata()["description"], column.description);
            assert_eq!(field.is_nullable(), column.nullable);
        }
        let reader = SerializedFileReader::new(fs::File::open(&path).unwrap()).unwrap();
        let metadata = reader.metadata();
        assert_eq!(
            metadata.file_metadata().created_by(),
            Some(concat!("broadsheet version ", env!("CARGO_PKG_VERSION")))
        );
        let keys: Vec<&str> =
            metadata.file_metadata().key_value_metadata().unwrap().iter().map(|kv| kv.key.as_str()).collect();
        assert!(keys.contains(&"broadsheet.version") && keys.contains(&"broadsheet.columns"), "{keys:?}");
        for group in metadata.row_groups() {
            for column in group.columns() {
                assert!(column.statistics().is_some(), "{table} {}", column.column_path());
                assert!(column.column_index_offset().is_some(), "{table} {}", column.column_path());
                assert!(column.offset_index_offset().is_some());
                assert!(matches!(column.compression(), parquet::basic::Compression::ZSTD(_)));
                let name = column.column_path().string();
                let is_id = name.ends_with("_id") && name != "source_id" && name != "geonames_id";
                assert_eq!(column.bloom_filter_offset().is_some(), is_id || name == "duplicate_of", "{table} {name}");
            }
        }
    }
}

#[test]
fn run_json_tells_what_the_run_did() {
    let dir = dir();
    export_in(dir.path(), &[Table::Quotes], &BOTH, &[Ok(full("a1")), Err(reject(1)), Err(reject(2))], 2);
    let run: serde_json::Value = serde_json::from_slice(&fs::read(dir.path().join("run.json")).unwrap()).unwrap();
    assert_eq!(run["version"], "1.2.3");
    assert_eq!(run["options"], serde_json::json!({"limit": 5}));
    assert_eq!((&run["read"], &run["articles"]), (&serde_json::json!(3), &serde_json::json!(1)));
    assert_eq!(run["refused"], serde_json::json!({"empty": 2}));
    assert_eq!(run["rows"], serde_json::json!({"quotes": 1, "rejects": 2}));
    assert_eq!(run["started"], "2025-01-02T03:04:05Z");
    assert_eq!(run["seconds"]["language"], 1.235);
    assert!(run["seconds"]["export"].as_f64().unwrap() > 0.0);
}
