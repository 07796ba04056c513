//! Whole runs: what stands in the output folder when they succeed, fail or give up, and what the rollups count.

mod common;

use broadsheet_export::{Document, Exporter, Table};
use broadsheet_normalize::{Findings, Status};
use common::*;
use jiff::civil::{Date, date};
use std::{fs, path::Path};

#[test]
fn a_run_that_is_given_up_leaves_the_former_output() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    export(&out, &[Ok(full("a1"))]);
    let before = fs::read(out.join("articles.parquet")).unwrap();
    for give_up in [Exporter::abort, drop] {
        let mut exporter = Exporter::create(&out, &BOTH, &Table::ALL).unwrap();
        exporter.write(&[Ok(full("a2"))]).unwrap();
        give_up(exporter);
        assert_eq!(fs::read(out.join("articles.parquet")).unwrap(), before);
        assert_eq!(names(dir.path()), ["out"]);
    }
}

#[test]
fn a_second_run_replaces_the_first_and_keeps_files_of_others() {
    let dir = tempfile::tempdir().unwrap();
    export(dir.path(), &[Ok(full("a1"))]);
    fs::write(dir.path().join("notes.txt"), "mine").unwrap();
    export_in(dir.path(), &[Table::Articles], &BOTH, &[Ok(full("a2"))], 1);
    assert_eq!(
        names(dir.path()),
        ["articles.csv", "articles.parquet", "notes.txt", "rejects.csv", "rejects.parquet", "run.json"]
    );
    assert_eq!(pick(dir.path(), "articles", &["article_id"]), [["a2"]]);
}

/// Name, day, status, actors, recipients and score of an event.
type Told<'a> = (&'a str, Option<Date>, Status, &'a [usize], &'a [usize], f64);

/// An article in which each of these events happens.
fn told(id: &str, publisher: Option<&str>, events: &[Told<'_>]) -> Outcome {
    let text = "Ann, Bo, Cy and Di met.";
    let mut article = article(id, text);
    article.publisher = publisher.map(str::to_owned);
    let actors = vec![
        actor(text, "Ann", Some("FRA")),
        actor(text, "Bo", Some("FRA")),
        actor(text, "Cy", Some("USA")),
        actor(text, "Di", None),
    ];
    let events = events.iter().map(|(name, day, status, actors, recipients, score)| {
        let mut event = event(&format!("{id}-{name}"), text, "met", *day, actors, recipients);
        (event.status, event.plover_score) = (*status, *score);
        event
    });
    let findings = Findings { events: events.collect(), actors, ..Findings::default() };
    Ok(Document { article, reading: Some(Default::default()), findings })
}

fn rollups(out: &Path) {
    let (one, two) = (Some(date(2025, 3, 1)), Some(date(2025, 2, 28)));
    let happened = Status::Actual;
    let outcomes = [
        told(
            "a1",
            Some("Morning"),
            &[
                ("pairs", one, happened, &[0, 1], &[2], 4.0),
                ("more", one, Status::Historical, &[0], &[2], -1.1),
                ("undated", None, happened, &[0], &[2], 1.0),
                ("planned", one, Status::Planned, &[0], &[2], 1.0),
                ("denied", one, Status::Negated, &[0], &[2], 1.0),
                ("feared", one, Status::Hypothetical, &[0], &[2], 1.0),
                ("alone", one, happened, &[2], &[], 2.0),
                ("stateless", one, happened, &[3], &[], 2.0),
            ],
        ),
        told("a2", None, &[("pairs", one, happened, &[1], &[2], 4.0), ("before", two, happened, &[3], &[0], -2.5)]),
        told("a3", Some("Morning"), &[("pairs", one, happened, &[0], &[2], 4.0)]),
    ];
    export(out, &outcomes);
}

#[test]
fn dyad_days_count_events_that_happened() {
    let dir = tempfile::tempdir().unwrap();
    rollups(dir.path());
    let columns = [
        "event_date",
        "actor_country",
        "recipient_country",
        "event_type",
        "events",
        "articles",
        "publishers",
        "mean_plover_score",
    ];
    let expected = [
        // Two pairs of FRA and USA in one event count once; a missing publisher is told by its domain.
        ["2025-02-28", "", "FRA", "CONSULT", "1", "1", "1", "-2.5"],
        ["2025-03-01", "FRA", "USA", "CONSULT", "4", "3", "2", "2.725"],
        ["2025-03-01", "USA", "", "CONSULT", "1", "1", "1", "2.0"],
    ];
    assert_eq!(pick(dir.path(), "dyad_days", &columns), expected);
    let (_, rows) = parquet(&dir.path().join("dyad_days.parquet"));
    assert_eq!(rows, csv(&dir.path().join("dyad_days.csv")).1);
}

#[test]
fn actor_days_count_what_an_actor_takes_part_in() {
    let dir = tempfile::tempdir().unwrap();
    rollups(dir.path());
    let columns = ["event_date", "name", "country", "mentions", "articles", "events"];
    let expected = [
        ["2025-02-28", "Ann", "FRA", "2", "1", "1"],
        ["2025-02-28", "Di", "", "2", "1", "1"],
        ["2025-03-01", "Ann", "FRA", "4", "2", "3"],
        ["2025-03-01", "Bo", "FRA", "4", "2", "2"],
        ["2025-03-01", "Cy", "USA", "6", "3", "5"],
        ["2025-03-01", "Di", "", "2", "1", "1"],
    ];
    assert_eq!(pick(dir.path(), "actor_days", &columns), expected);
}
