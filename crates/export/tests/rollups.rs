//! What rollups count, from events told in articles to rows.

mod common;

use broadsheet_export::{Dedup, Document, FileFormat, RollupInput, RunReport, Table, rollup};
use broadsheet_normalize::{Findings, Status};
use common::*;
use jiff::civil::{Date, date};
use std::{fs, path::Path};

const ALL: [Table; 4] = [Table::DyadDays, Table::ActorDays, Table::CountryDyadMonths, Table::EventTypeWeeks];

/// An article of `publisher`: the type, day, actor, recipient and score of each event. Actors are Ann and Bo of France,
/// Cy of the USA and Di of nowhere.
fn told(id: &str, publisher: &str, body: &str, events: &[(&str, Date, usize, usize, f64)]) -> Outcome {
    let text = format!("Ann, Bo, Cy and Di met.\n\n{body}");
    let text = text.as_str();
    let mut article = article(id, text);
    article.publisher = Some(publisher.to_owned());
    let names = [("Ann", Some("FRA")), ("Bo", Some("FRA")), ("Cy", Some("USA")), ("Di", None)];
    let actors = names.map(|(name, country)| actor(text, name, country)).to_vec();
    let events = events.iter().enumerate().map(|(i, (kind, day, from, to, score))| {
        let mut event = event(&format!("{id}-{i}"), text, "met", Some(*day), &[*from], &[*to]);
        event.event_type = (*kind).to_owned();
        event.quad_class = if *kind == "ASSAULT" { 4 } else { 1 };
        (event.status, event.plover_score) = (Status::Actual, *score);
        event
    });
    let findings = Findings { events: events.collect(), actors, ..Findings::default() };
    Ok(Document { article, reading: Some(Default::default()), findings })
}

/// A wire story, its copy in another paper, and a third paper's own report of the same act.
fn tables(out: &Path) {
    let friday = date(2024, 3, 1);
    let wire: Vec<String> = (0..80).map(|i| format!("word{i}")).collect();
    let wire = wire.join(" ");
    let told = [
        told("000000000000000a", "Wire", &wire, &[("CONSULT", friday, 0, 2, 4.0), ("ASSAULT", friday, 2, 3, -9.0)]),
        told("000000000000000b", "Morning", &wire, &[("CONSULT", friday, 0, 2, 4.0), ("ASSAULT", friday, 2, 3, -9.0)]),
        told("000000000000000c", "Evening", "", &[("CONSULT", friday, 0, 2, 2.5), ("CONSULT", friday, 1, 2, 4.0)]),
        told(
            "000000000000000d",
            "Evening",
            "",
            &[("CONSULT", date(2024, 2, 29), 0, 2, 4.0), ("CONSULT", date(2024, 3, 4), 0, 2, 4.0)],
        ),
    ];
    let tables = [Table::Articles, Table::Actors, Table::Events];
    export_in(out, &tables, &[FileFormat::Parquet, FileFormat::Csv], &told, 2);
    assert_eq!(pick(out, "articles", &["duplicate_of"])[1], ["000000000000000a"]);
}

fn rolled(dedup: Dedup) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    tables(&dir.path().join("in"));
    let input = RollupInput::find(&[dir.path().join("in")]).unwrap();
    let formats = [FileFormat::Csv, FileFormat::Parquet];
    rollup(&input, &dir.path().join("out"), &formats, &ALL, dedup, &RunReport::default()).unwrap();
    for table in ALL {
        let out = dir.path().join("out");
        let (_, rows) = parquet(&out.join(format!("{table}.parquet")));
        assert_eq!(rows, csv(&out.join(format!("{table}.csv"))).1);
    }
    dir
}

const COUNTS: [&str; 4] = ["events", "articles", "publishers", "mean_plover_score"];

#[test]
fn each_report_counts_without_deduplication() {
    let dir = rolled(Dedup::None);
    let out = dir.path().join("out");
    let columns = [&["event_date", "actor_country", "recipient_country"], &COUNTS[..]].concat();
    let expected = [
        ["2024-02-29", "FRA", "USA", "1", "1", "1", "4.0"],
        ["2024-03-01", "FRA", "USA", "4", "3", "3", "3.625"],
        ["2024-03-01", "USA", "", "2", "2", "2", "-9.0"],
        ["2024-03-04", "FRA", "USA", "1", "1", "1", "4.0"],
    ];
    assert_eq!(pick(&out, "dyad_days", &columns), expected);
    let weeks = pick(&out, "event_type_weeks", &["week", "event_type", "quad_class", "events"]);
    assert_eq!(
        weeks,
        [["2024-02-26", "ASSAULT", "4", "2"], ["2024-02-26", "CONSULT", "1", "5"], ["2024-03-04", "CONSULT", "1", "1"]]
    );
}

#[test]
fn one_a_day_counts_an_act_once_and_keeps_who_told_it() {
    let dir = rolled(Dedup::OneADay);
    let out = dir.path().join("out");
    let columns = [&["event_date", "actor_country", "recipient_country"], &COUNTS[..]].concat();
    let expected = [
        ["2024-02-29", "FRA", "USA", "1", "1", "1", "4.0"],
        // Ann and Cy (told by three papers, two of them with one story) and Bo and Cy. Ann's score is the mean of 4, 4
        // and 2.5.
        ["2024-03-01", "FRA", "USA", "2", "2", "3", "3.75"],
        ["2024-03-01", "USA", "", "1", "1", "2", "-9.0"],
        ["2024-03-04", "FRA", "USA", "1", "1", "1", "4.0"],
    ];
    assert_eq!(pick(&out, "dyad_days", &columns), expected);
    let months = [
        "month",
        "actor_country",
        "recipient_country",
        "events",
        "verbal_cooperation",
        "material_conflict",
        "articles",
        "publishers",
    ];
    let expected = [
        ["2024-02-01", "FRA", "USA", "1", "1", "0", "1", "1"],
        ["2024-03-01", "FRA", "USA", "3", "3", "0", "3", "3"],
        ["2024-03-01", "USA", "", "1", "0", "1", "1", "2"],
    ];
    assert_eq!(pick(&out, "country_dyad_months", &months), expected);
    let days = pick(&out, "actor_days", &["event_date", "name", "mentions", "articles", "events"]);
    let expected = [
        ["2024-02-29", "Ann", "2", "1", "1"],
        ["2024-02-29", "Cy", "2", "1", "1"],
        ["2024-03-01", "Ann", "6", "2", "1"],
        ["2024-03-01", "Bo", "2", "1", "1"],
        ["2024-03-01", "Cy", "6", "2", "3"],
        ["2024-03-01", "Di", "4", "1", "1"],
        ["2024-03-04", "Ann", "2", "1", "1"],
        ["2024-03-04", "Cy", "2", "1", "1"],
    ];
    assert_eq!(days, expected);
}

#[test]
fn rollups_come_from_folders_of_tables_and_from_files() {
    let dir = rolled(Dedup::None);
    let (single, store) = (dir.path().join("in"), dir.path().join("store"));
    for table in ["events", "articles", "actors"] {
        let folder = store.join(table).join("month=2024-03");
        fs::create_dir_all(&folder).unwrap();
        fs::copy(single.join(format!("{table}.parquet")), folder.join("part-0.parquet")).unwrap();
    }
    let files = ["events", "articles", "actors"].map(|table| single.join(format!("{table}.parquet")));
    for paths in [vec![store], files.to_vec()] {
        let out = dir.path().join("again");
        let input = RollupInput::find(&paths).unwrap();
        rollup(&input, &out, &[FileFormat::Csv], &ALL, Dedup::None, &RunReport::default()).unwrap();
        for table in ALL {
            let read = |folder: &Path| fs::read(folder.join(format!("{table}.csv"))).unwrap();
            assert!(read(&out) == read(&dir.path().join("out")), "{table}");
        }
    }
}

#[test]
fn what_cannot_be_rolled_up_is_told() {
    let dir = rolled(Dedup::None);
    let path = |name: &str| dir.path().join(name);
    let find = |paths: &[std::path::PathBuf]| RollupInput::find(paths).map_err(|e| e.to_string());
    let run = |input: &RollupInput, out: &str, format| {
        rollup(input, &path(out), &[format], &ALL, Dedup::None, &RunReport::default()).unwrap_err().to_string()
    };
    // The input's own folder would be replaced.
    let error = run(&find(&[path("in")]).unwrap(), "in", FileFormat::Csv);
    assert!(error.contains("the folder is replaced as a whole\nhint: choose another `--out`"), "{error}");
    assert!(path("in/events.parquet").exists());
    let error = run(&find(&[path("in")]).unwrap(), "new", FileFormat::Gdelt);
    assert_eq!(error, "no rollup can be written as `gdelt`: its rows are events and articles");
    let error = run(&find(&[path("in/events.parquet")]).unwrap(), "new", FileFormat::Csv);
    assert!(error.starts_with("no table `articles` in the input"), "{error}");
    assert!(find(&[path("nowhere")]).unwrap_err().starts_with("cannot read `"));
    assert!(find(&[path("out")]).unwrap_err().starts_with("no tables in `"));
    // A file of that name with other columns, and one that is no Parquet file.
    fs::copy(path("in/articles.parquet"), path("in/events.parquet")).unwrap();
    let error = run(&find(&[path("in")]).unwrap(), "new", FileFormat::Csv);
    assert!(error.ends_with("is no table `events` of ours: it has no column `event_id`"), "{error}");
    fs::write(path("in/events.parquet"), "PAR1").unwrap();
    let error = run(&find(&[path("in")]).unwrap(), "new", FileFormat::Csv);
    assert!(error.starts_with("cannot read `"), "{error}");
}
