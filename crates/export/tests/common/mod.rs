//! Documents made by hand and readers of what was written, for the tests of the crate.
#![allow(dead_code)]

use arrow_array::{Array, RecordBatch, cast::AsArray, types::*};
use arrow_schema::{DataType, SchemaRef};
use broadsheet_export::{Document, Exporter, FileFormat, RunReport, Summary, Table};
use broadsheet_ingest::{Article, Reject};
use broadsheet_language::{Iob, Reading, Token};
use broadsheet_normalize::{
    Actor, ActorKind, Event, Figure, Findings, Mention, MentionKind, Qualifier, Quote, Status, Time, TimeType,
    UnitKind, Why,
};
use jiff::civil::{Date, date};
use std::{collections::BTreeMap, fs::File, path::Path};

pub type Outcome = Result<Document, Reject>;

/// Code-point offsets of the `n`th place where `part` stands in `text`.
pub fn span(text: &str, part: &str) -> (u32, u32) {
    let byte = text.find(part).unwrap_or_else(|| panic!("`{part}` is in the text"));
    let start = text[..byte].chars().count() as u32;
    (start, start + part.chars().count() as u32)
}

pub fn article(id: &str, text: &str) -> Article {
    let title = text.lines().next().unwrap_or_default();
    Article {
        article_id: id.to_owned(),
        url: Some(format!("https://news.example/{id}")),
        domain: Some("news.example".to_owned()),
        title: Some(title.to_owned()),
        title_end: title.chars().count() as u32,
        words: text.split_whitespace().count() as u32,
        text: text.to_owned(),
        source_path: "news.jsonl".to_owned(),
        ..Article::default()
    }
}

pub fn actor(text: &str, name: &str, country: Option<&str>) -> Actor {
    let (start, end) = span(text, name);
    Actor {
        actor_id: format!("id-{name}"),
        name: name.to_owned(),
        kind: ActorKind::Person,
        country: country.map(str::to_owned),
        sector: Some("GOV".to_owned()),
        role: None,
        former: false,
        mentions: 2,
        start,
        end,
    }
}

pub fn mention(text: &str, actor: usize, name: &str) -> Mention {
    let (start, end) = span(text, name);
    Mention { actor, kind: MentionKind::Name, start, end, first: 0, last: 1, head: 0 }
}

pub fn event(id: &str, text: &str, trigger: &str, day: Option<Date>, actors: &[usize], recipients: &[usize]) -> Event {
    let (start, end) = span(text, trigger);
    Event {
        event_id: id.to_owned(),
        sentence: 0,
        event_date: day,
        event_date_end: None,
        date_basis: None,
        event_type: "CONSULT".to_owned(),
        event_mode: Some("visit".to_owned()),
        contexts: vec!["diplomatic".to_owned(), "economic".to_owned()],
        cameo_code: Some("042".to_owned()),
        quad_class: 1,
        plover_score: 4.0,
        goldstein: Some(1.9),
        status: Status::Actual,
        actors: actors.to_vec(),
        recipients: recipients.to_vec(),
        place: None,
        attributed_to: None,
        start,
        end,
        sentence_start: 0,
        sentence_end: text.chars().count() as u32,
        frame: "visit.v.01".to_owned(),
        confidence: 0.75,
        reciprocal: false,
        why: Why::default(),
    }
}

pub fn figure(text: &str, part: &str, value: f64, unit: &str) -> Figure {
    let (start, end) = span(text, part);
    Figure {
        figure_id: format!("figure-{part}"),
        sentence: 0,
        value,
        value_max: None,
        qualifier: Qualifier::AtLeast,
        unit: unit.to_owned(),
        unit_kind: UnitKind::Count,
        unit_text: None,
        quantity_of: None,
        quantity_of_span: None,
        change: None,
        actor: None,
        place_country: None,
        date: None,
        start,
        end,
        role: None,
        event_id: None,
        confidence: 1.0 / 3.0,
    }
}

/// A document with a row in every table, and with all that CSV has to quote.
pub fn full(id: &str) -> Document {
    let text = "Mayor \u{201c}Żółw\u{201d}; greets, Ångström\n\nOn Monday mayor Żółw visited \"Ångström\" with at least 1,200 people\r\nand said; all, is \u{1f600} well.";
    let mut article = article(id, text);
    article.authors = vec!["Ann \"Nan\" Oak".to_owned(), "Bo, Elm".to_owned()];
    article.publisher = Some("The \"Daily\", Example".to_owned());
    article.published_at = "2024-02-29T12:34:56.789012345Z".parse().ok();
    article.language = Some("en".to_owned());
    let day = date(2024, 2, 26);
    let (start, end) = span(text, "On Monday");
    let (from, to) = span(text, "all, is \u{1f600} well");
    let findings = Findings {
        actors: vec![actor(text, "Żółw", Some("POL")), actor(text, "Ångström", Some("SWE"))],
        mentions: vec![mention(text, 0, "Żółw"), mention(text, 1, "Ångström")],
        events: vec![event(&format!("event-{id}"), text, "visited", Some(day), &[0], &[1])],
        figures: vec![figure(text, "at least 1,200 people", 1200.0, "count")],
        times: vec![Time {
            kind: TimeType::Date,
            value: "2024-02-26".to_owned(),
            from: Some(day),
            to: Some(day),
            start,
            end,
            first: 0,
            last: 2,
        }],
        quotes: vec![Quote {
            quote_id: format!("quote-{id}"),
            speaker: Some(0),
            speaker_name: None,
            cue: Some("said".to_owned()),
            direct: false,
            start: from,
            end: to,
        }],
    };
    let reading = Reading {
        text: text.to_owned(),
        tokens: vec![token(text, "Mayor"), token(text, "Żółw")],
        sentences: std::iter::once(0..2).collect(),
    };
    Document { article, reading: Some(reading), findings }
}

fn token(text: &str, word: &str) -> Token {
    let (start, end) = span(text, word);
    let byte_start = text.find(word).unwrap() as u32;
    Token {
        start,
        end,
        byte_start,
        byte_end: byte_start + word.len() as u32,
        space_after: true,
        lemma: word.to_lowercase().into(),
        tag: "NNP",
        pos: "PROPN",
        head: 0,
        dep: "ROOT",
        entity_type: if word == "Mayor" { "" } else { "PERSON" },
        entity_iob: if word == "Mayor" { Iob::O } else { Iob::B },
        sentence: 0,
    }
}

pub fn reject(offset: u64) -> Reject {
    Reject {
        source_path: "news.jsonl".to_owned(),
        source_offset: offset,
        stage: "ingest",
        code: "empty",
        message: "no text in the record".to_owned(),
    }
}

pub fn report() -> RunReport {
    RunReport {
        version: "1.2.3".to_owned(),
        options: BTreeMap::from([("limit".to_owned(), serde_json::json!(5))]),
        started: "2025-01-02T03:04:05Z".parse().unwrap(),
        seconds: BTreeMap::from([("language".to_owned(), 1.23456)]),
    }
}

pub const BOTH: [FileFormat; 2] = [FileFormat::Parquet, FileFormat::Csv];

/// Exports `outcomes` in calls of `batch` records.
pub fn export_in(out: &Path, tables: &[Table], formats: &[FileFormat], outcomes: &[Outcome], batch: usize) -> Summary {
    let mut exporter = Exporter::create(out, formats, tables).unwrap();
    for part in outcomes.chunks(batch) {
        exporter.write(part).unwrap();
    }
    exporter.finish(report()).unwrap()
}

pub fn export(out: &Path, outcomes: &[Outcome]) -> Summary {
    export_in(out, &Table::ALL, &BOTH, outcomes, 100)
}

/// The names in a folder, sorted.
pub fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A Parquet file's schema and its rows, each cell as CSV shows it.
pub fn parquet(path: &Path) -> (SchemaRef, Vec<Vec<String>>) {
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    let schema = builder.schema().clone();
    let mut rows = Vec::new();
    for batch in builder.build().unwrap() {
        let batch: RecordBatch = batch.unwrap();
        rows.extend((0..batch.num_rows()).map(|i| batch.columns().iter().map(|c| cell(c, i)).collect::<Vec<_>>()));
    }
    (schema, rows)
}

fn cell(column: &dyn Array, i: usize) -> String {
    if column.is_null(i) {
        return String::new();
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(i).to_owned(),
        DataType::Boolean => column.as_boolean().value(i).to_string(),
        DataType::Int32 => column.as_primitive::<Int32Type>().value(i).to_string(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(i).to_string(),
        DataType::Float64 => format!("{:?}", column.as_primitive::<Float64Type>().value(i)),
        DataType::Date32 => {
            let days = i64::from(column.as_primitive::<Date32Type>().value(i));
            (date(1970, 1, 1) + jiff::Span::new().days(days)).to_string()
        }
        DataType::Timestamp(..) => {
            let micros = column.as_primitive::<TimestampMicrosecondType>().value(i);
            jiff::Timestamp::from_microsecond(micros).unwrap().to_string()
        }
        DataType::List(_) => {
            let list = column.as_list::<i32>().value(i);
            (0..list.len()).map(|j| cell(&list, j)).collect::<Vec<_>>().join(";")
        }
        other => panic!("a column of type {other}"),
    }
}

/// A CSV file's header and rows.
pub fn csv(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let strings = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    (strings(reader.headers().unwrap()), reader.records().map(|r| strings(&r.unwrap())).collect())
}

/// A JSON Lines file's names and rows, each cell as CSV shows it.
pub fn jsonl(path: &Path) -> Vec<Vec<(String, String)>> {
    let text = std::fs::read_to_string(path).unwrap();
    let cell = |value: &serde_json::Value| match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(items) => items.iter().map(|i| i.as_str().unwrap()).collect::<Vec<_>>().join(";"),
        serde_json::Value::Number(n) if n.is_f64() => format!("{:?}", n.as_f64().unwrap()),
        other => other.to_string(),
    };
    let row = |line: &str| {
        let row: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        row.iter().map(|(name, value)| (name.clone(), cell(value))).collect()
    };
    text.lines().map(row).collect()
}

/// A table of a SQLite file: its names and rows, each cell as CSV shows it.
#[cfg(feature = "sqlite")]
pub fn sqlite(path: &Path, query: &str) -> (Vec<String>, Vec<Vec<String>>) {
    use rusqlite::{Connection, OpenFlags, types::ValueRef};
    let file = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut select = file.prepare(query).unwrap();
    let names: Vec<String> = select.column_names().map(str::to_owned).collect();
    let cell = |value: ValueRef<'_>| match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(n) => n.to_string(),
        ValueRef::Real(x) => format!("{x:?}"),
        ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
        ValueRef::Blob(_) => panic!("no column is binary"),
    };
    let rows = select
        .query_map([], |row| (0..names.len()).map(|i| row.get_ref(i).map(cell)).collect::<Result<Vec<_>, _>>())
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    (names, rows)
}

/// Some columns of a table's CSV file.
pub fn pick(out: &Path, table: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let (header, rows) = csv(&out.join(format!("{table}.csv")));
    let at: Vec<usize> = columns.iter().map(|c| header.iter().position(|h| h == c).unwrap()).collect();
    rows.iter().map(|row| at.iter().map(|i| row[*i].clone()).collect()).collect()
}
