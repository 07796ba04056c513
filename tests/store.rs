//! Scheduled runs: what is new comes into the store once, and what it is told to programs and people.
#![allow(missing_docs)]

mod site;
mod support;

use broadsheet_pipeline::export::Table;
use parquet::file::reader::SerializedFileReader;
use site::*;
use std::{
    fs::{self, File},
    path::Path,
};
use support::{broadsheet, export, stderr, stdout};

#[test]
fn a_run_adds_what_is_new_and_nothing_twice() {
    let site = Site::new("");
    site.add("a.jsonl", &[article(1, ""), article(2, ""), copy(1)]);
    assert!(site.run().contains("3 articles added"));
    let before = site.rows();
    assert!(site.run().contains("0 articles added"), "nothing is new");
    // The same content under another name, the same article in another file, and a new one.
    fs::copy(site.path("in/a.jsonl"), site.path("in/b.jsonl")).unwrap();
    site.add("c.jsonl", &[article(2, ""), article(3, "")]);
    let said = site.run();
    assert!(said.contains("1 articles added, 1 known"), "{said}");
    for (table, rows) in before.iter().filter(|(table, _)| *table != "sources") {
        let now = &site.rows()[table];
        assert!(rows.iter().all(|row| now.contains(row)), "{table} has lost rows");
    }
    // The rows are those of an export; only copies are told by order of arrival.
    let out = site.path("out");
    export(&site.path("in/c.jsonl"), &out, &["--format", "parquet"]);
    let exported: Vec<String> = SerializedFileReader::new(File::open(out.join("events.parquet")).unwrap())
        .unwrap()
        .into_iter()
        .map(|row| {
            let columns = row.unwrap().into_columns();
            columns.into_iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", ")
        })
        .collect();
    let kept = site.rows();
    assert!(exported.len() > 3);
    assert!(exported.iter().all(|row| kept["events"].contains(row)), "events differ from those of an export");
    assert_eq!(site.column(Table::Articles, "duplicate_of").len(), 1);
}

#[test]
fn a_newer_version_takes_the_place_of_an_article_and_an_older_one_does_not() {
    let site = Site::new("");
    site.add("a.jsonl", &[article(1, ""), article(2, "")]);
    site.run();
    let newer = article(1, "The strike has ended.").replace("T08:", "T10:");
    site.add("b.jsonl", &[newer]);
    assert!(site.run().contains("0 articles added, 1 replaced"));
    let older = article(1, "This was not yet known.").replace("T08:", "T07:");
    site.add("c.jsonl", &[older]);
    assert!(site.run().contains("1 older than in the store"));
    let texts = site.column(Table::Articles, "text");
    assert_eq!(texts.iter().filter(|text| text.contains("The strike has ended.")).count(), 1);
    assert_eq!(texts.len(), 2);
    let events = site.column(Table::Events, "article_id");
    let ids = site.column(Table::Articles, "article_id");
    assert!(ids.iter().all(|id| events.contains(id)) && events.iter().all(|id| ids.contains(id)));
}

#[test]
fn a_withdrawn_article_goes_and_stays_away_until_it_is_let_back() {
    let site = Site::new("");
    site.add("a.jsonl", &[article(1, ""), article(2, "")]);
    site.run();
    let whole = site.rows();
    let done = site.command("withdraw", &["https://example.org/ports/1"]);
    assert!(stderr(&done).contains("is withdrawn"), "{}", stderr(&done));
    for table in ["articles", "actors", "mentions", "events", "figures", "fingerprints"] {
        let rows = &site.rows()[table];
        assert!(!rows.is_empty() && rows.len() < whole[table].len(), "{table}");
    }
    site.add("b.jsonl", &[article(1, ""), article(3, "")]);
    assert!(site.run().contains("1 articles added, 1 withdrawn"));
    assert!(!site.column(Table::Articles, "url").contains(&"https://example.org/ports/1".to_owned()));
    let done = site.command("withdraw", &["--undo", "https://example.org/ports/1"]);
    assert!(stderr(&done).contains("comes back with the next run"), "{}", stderr(&done));
    site.run();
    assert!(site.column(Table::Articles, "url").contains(&"https://example.org/ports/1".to_owned()));
    let done = site.command("withdraw", &["not-a-url"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(stderr(&done).contains("hint: name the URL of the article"), "{}", stderr(&done));
}

#[test]
fn compacting_and_vacuuming_leave_the_rows_as_they_are() {
    let site = Site::new(SMALL);
    fill(&site);
    site.run();
    let (before, files) = (site.rows(), parquet_files(&site.path("store")));
    let done = site.command("compact", &[]);
    assert!(done.status.success(), "{}", stderr(&done));
    assert_same(&site.rows(), &before, "before and after");
    let dry = stdout(&site.command("vacuum", &["--keep", "0s", "--dry-run"]));
    assert!(dry.lines().count() > files / 2, "{dry}");
    assert!(parquet_files(&site.path("store")) > files, "nothing is removed yet");
    let done = site.command("vacuum", &["--keep", "0s"]);
    assert!(done.status.success(), "{}", stderr(&done));
    assert!(parquet_files(&site.path("store")) < files / 2);
    assert_same(&site.rows(), &before, "before and after");
    site.add("new.jsonl", &[article(90, "")]);
    assert!(site.run().contains("1 articles added"));
    // A rollup reads the files that count, and no others.
    let out = site.path("rollup");
    let done = broadsheet(&[
        "rollup",
        &site.path("store").display().to_string(),
        "--out",
        &out.display().to_string(),
        "--tables",
        "dyad_days,event_type_weeks",
    ]);
    assert!(done.status.success(), "{}", stderr(&done));
    let counted: u64 =
        support::rows(&out, "event_type_weeks").iter().map(|row| row["events"].parse::<u64>().unwrap()).sum();
    let mut ids = site.column(Table::Events, "event_id");
    ids.dedup();
    assert!(counted > 12 && counted <= ids.len() as u64, "{counted} of {}", ids.len());
}

fn parquet_files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    entries
        .map(|path| match path.is_dir() {
            true => {
                if path.ends_with("_delta_log") {
                    0
                } else {
                    parquet_files(&path)
                }
            }
            false => usize::from(path.extension().is_some_and(|end| end == "parquet")),
        })
        .sum()
}

#[test]
fn each_batch_comes_as_files_too_where_they_are_wanted() {
    let site = Site::new(&format!("{SMALL}{}", FILES.replace("\"files\"", "\"in/files\"")));
    fill(&site);
    site.run();
    let files = site.path("in/files");
    let held = files_of(&files);
    assert_eq!(held["events"], site.column(Table::Events, "event_id"), "files against the store");
    let ids: Vec<&str> = held["articles"].iter().filter_map(|row| row.split(' ').next()).collect();
    assert_eq!(ids, site.column(Table::Articles, "article_id"));
    // Copies name the original that the store knows, also one of an earlier batch.
    let originals = site.column(Table::Articles, "duplicate_of");
    assert!(!originals.is_empty() && originals.iter().all(|id| ids.contains(&id.as_str())));
    for id in &originals {
        assert!(held["articles"].iter().any(|row| row.ends_with(id)), "{id} has a copy");
    }
    let first = files.join("batch-0000000001");
    let said: serde_json::Value = serde_json::from_slice(&fs::read(first.join("run.json")).unwrap()).unwrap();
    assert_eq!((&said["options"]["batch"], &said["articles"]), (&1.into(), &7.into()), "{said}");
    assert!(fs::read_to_string(first.join("gdelt.export.CSV")).unwrap().lines().count() > 7);
    assert!(!first.join("figures.csv").exists(), "only the tables that were asked for");
    // They are no sources, though they lie in the folder of one; and a run without anything new adds none.
    let folders = fs::read_dir(&files).unwrap().count();
    assert!(site.run().contains("0 articles added"));
    assert_eq!(fs::read_dir(&files).unwrap().count(), folders);
    // Another store's batches are not mixed with these.
    fs::remove_dir_all(site.path("store")).unwrap();
    let done = site.command("run", &[]);
    assert_eq!(done.status.code(), Some(1));
    assert!(stderr(&done).contains("it has the batches of another store\nhint: move them away"), "{}", stderr(&done));
}

#[test]
fn a_time_limit_ends_a_run_with_its_work_committed() {
    let site = Site::new("[run]\nbatch = 2\njobs = 1\ntime_limit = \"0.25s\"\n");
    let whole = site.same(SMALL);
    for place in [&site, &whole] {
        (0..12).for_each(|n| place.add(&format!("{n:02}.jsonl"), &[article(n, ""), article(n + 40, ""), copy(n)]));
    }
    whole.run();
    let mut statuses = Vec::new();
    while statuses.last() != Some(&0) {
        let done = site.command("run", &[]);
        let status = done.status.code().unwrap();
        assert!([0, 5].contains(&status), "{}", stderr(&done));
        assert!(status == 0 || stderr(&done).contains("the time limit was reached"), "{}", stderr(&done));
        statuses.push(status);
        assert!(statuses.len() < 500, "runs make no headway");
    }
    assert_same(&site.rows(), &whole.rows(), "with a time limit");
}

#[test]
fn programs_read_what_a_run_did() {
    let site = Site::new("[metrics]\npath = \"broadsheet.prom\"\n[log]\nformat = \"json\"\n[run]\nstrict = true\n");
    site.add("a.jsonl", &[article(1, ""), "{\"title\": \"No text\"}".to_owned()]);
    let done = site.command("run", &[]);
    assert_eq!(done.status.code(), Some(3), "{}", stderr(&done));
    let lines: Vec<serde_json::Value> = stderr(&done).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let last = lines.last().unwrap();
    assert_eq!((&last["event"], &last["articles"]["added"]), (&"done".into(), &1.into()), "{last}");
    assert!(last["time"].is_string() && last["level"] == "info");
    let record: serde_json::Value =
        serde_json::from_slice(&fs::read(site.path("store/_broadsheet/runs/000001.json")).unwrap()).unwrap();
    assert_eq!((&record["status"], &record["rows"]["articles"]), (&3.into(), &1.into()), "{record}");
    let metrics = fs::read_to_string(site.path("broadsheet.prom")).unwrap();
    assert!(metrics.contains("broadsheet_last_run_status 3"), "{metrics}");
    assert!(metrics.contains("broadsheet_last_run_articles{kind=\"added\"} 1"), "{metrics}");
    assert_eq!(site.column(Table::Rejects, "code").len(), 1);
    // The same input again is refused once, not twice.
    fs::write(site.path("in/a.jsonl"), format!("{}\n{{\"title\": \"No text\"}}\n", article(1, ""))).unwrap();
    site.command("run", &[]);
    assert_eq!(site.column(Table::Rejects, "code").len(), 1);
}

#[test]
fn a_dry_run_tells_and_changes_nothing() {
    let site = Site::new("");
    site.add("a.jsonl", &[article(1, "")]);
    let done = site.command("run", &["--dry-run"]);
    assert!(stdout(&done).trim_end().ends_with("a.jsonl"), "{}", stdout(&done));
    assert!(!site.path("store").exists());
    site.run();
    assert_eq!(stdout(&site.command("run", &["--dry-run"])), "");
}

#[test]
fn a_configuration_that_cannot_be_right_says_where() {
    let says = |config: &str, expected: &[&str]| {
        let site = Site::new("");
        fs::write(site.path("run.toml"), config).unwrap();
        let done = site.command("run", &[]);
        assert_eq!(done.status.code(), Some(2), "{config}: {}", stderr(&done));
        for part in expected {
            assert!(stderr(&done).contains(part), "{config}: {}", stderr(&done));
        }
        assert!(!site.path("store").exists());
    };
    let start = "[store]\npath = \"store\"\n[[source]]\npath = \"in\"\n";
    says(&format!("{start}[run]\ntime_limt = \"1h\"\n"), &["line 6", "time_limt", "did you mean `time_limit`?"]);
    says(&format!("{start}[run]\ntime_limit = \"soon\"\n"), &["run.time_limit", "soon", "`50m`"]);
    says(&format!("{start}[filter]\nmatch = \"(\"\n"), &["filter.match"]);
    says(&format!("{start}[run]\nbatch = 0\n"), &["run.batch"]);
    says(
        &format!("{start}[files]\npath = \"f\"\nformat = [\"gdlt\"]\n"),
        &["files.format", "gdlt", "the formats are parquet"],
    );
    says(&format!("{start}[files]\npath = \"f\"\nformat = []\n"), &["files.format", "expected one or more formats"]);
    let tokens = "[files]\npath = \"f\"\nformat = [\"csv\"]\ntables = [\"tokens\"]\n";
    says(&format!("{start}{tokens}"), &["files.tables", "a run does not keep tokens"]);
    says("[store]\npath = \"store\"\n", &["source"]);
    says("[store\n", &["line 1"]);
    let site = Site::new("");
    let file = site.path("new.toml").display().to_string();
    assert!(broadsheet(&["init", &file]).status.success());
    assert_eq!(broadsheet(&["init", &file]).status.code(), Some(1), "what is there is left alone");
    fs::rename(site.path("in"), site.path("articles")).unwrap();
    fs::write(site.path("articles/a.jsonl"), article(1, "")).unwrap();
    assert!(broadsheet(&["run", &file]).status.success(), "what `init` writes runs as it is");
}

#[test]
fn a_configuration_that_points_to_nothing_says_so() {
    let site = Site::new("");
    fs::remove_dir(site.path("in")).unwrap();
    let done = site.command("run", &[]);
    assert_eq!(done.status.code(), Some(1));
    assert!(stderr(&done).contains("no source of the configuration is there"), "{}", stderr(&done));
    assert!(stderr(&done).contains("hint: check the `path` of each `[[source]]`"), "{}", stderr(&done));
    let missing = broadsheet(&["run", "nowhere.toml"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("hint: `broadsheet init` writes a configuration"), "{}", stderr(&missing));
    let none = broadsheet(&["compact", &site.0.path().display().to_string()]);
    assert!(stderr(&none).contains("no store is there"), "{}", stderr(&none));
}
