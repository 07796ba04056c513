//! Scheduled runs: what is new comes into the store once, whatever happens meanwhile.
#![allow(missing_docs)]

mod support;

use broadsheet_pipeline::export::Table;
use broadsheet_store::{Store, StoreTable};
use parquet::{file::reader::SerializedFileReader, record::Field};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};
use support::{broadsheet, export, stderr, stdout};
use tempfile::{TempDir, tempdir};

/// A folder with a configuration, its sources in `in` and its store in `store`.
struct Site(TempDir);

impl Site {
    fn new(more: &str) -> Site {
        let site = Site(tempdir().unwrap());
        fs::create_dir(site.path("in")).unwrap();
        let config = format!("[store]\npath = \"store\"\n[[source]]\npath = \"in\"\n{more}");
        fs::write(site.path("run.toml"), config).unwrap();
        site
    }

    /// A new site whose sources are those of this one.
    fn same(&self, more: &str) -> Site {
        let site = Site::new(more);
        for file in fs::read_dir(self.path("in")).unwrap().flatten() {
            fs::copy(file.path(), site.path("in").join(file.file_name())).unwrap();
        }
        site
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn add(&self, name: &str, articles: &[String]) {
        fs::write(self.path("in").join(name), articles.join("\n")).unwrap();
    }

    fn command(&self, name: &str, args: &[&str]) -> Output {
        let mut all = vec![name.to_owned(), self.path("run.toml").display().to_string()];
        all.extend(args.iter().map(|arg| (*arg).to_owned()));
        broadsheet(&all)
    }

    /// A run that succeeds; what it says.
    fn run(&self) -> String {
        let done = self.command("run", &[]);
        assert!(done.status.success(), "{}", stderr(&done));
        stderr(&done)
    }

    fn start(&self, args: &[&str]) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_broadsheet"));
        let command = command.arg("run").arg(self.path("run.toml")).args(args);
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the command starts")
    }

    fn rows(&self) -> BTreeMap<String, Vec<String>> {
        rows_of(&self.path("store"))
    }

    /// The values of a column of a table.
    fn column(&self, table: Table, column: &str) -> Vec<String> {
        let mut store = Store::look(&self.path("store")).unwrap();
        let files = store.data_files(StoreTable::Rows(table)).unwrap();
        let rows = files.iter().flat_map(|file| SerializedFileReader::new(File::open(file).unwrap()).unwrap());
        let mut values: Vec<String> = rows
            .filter_map(|row| {
                let row = row.unwrap();
                let value = row.get_column_iter().find(|(name, _)| *name == column).map(|(_, value)| value.clone())?;
                match value {
                    Field::Str(text) => Some(text),
                    Field::Null => None,
                    other => Some(other.to_string()),
                }
            })
            .collect();
        values.sort();
        values
    }
}

/// All rows of all tables as of the last batch, sorted; of the sources without the number of the batch and the time of the
/// file, and without the folder that they lie in.
fn rows_of(store: &Path) -> BTreeMap<String, Vec<String>> {
    let mut store = Store::look(store).unwrap();
    let mut tables = BTreeMap::new();
    for table in StoreTable::ALL {
        let mut rows = Vec::new();
        for path in store.data_files(table).unwrap() {
            for row in SerializedFileReader::new(File::open(path).unwrap()).unwrap() {
                let columns = row.unwrap().into_columns();
                let kept = columns.into_iter().filter(|(name, _)| !["batch", "modified_ns"].contains(&name.as_str()));
                let cells = kept.map(|(name, value)| match &value {
                    Field::Str(path) if name == "source_path" => {
                        path.rsplit_once("/in/").map(|(_, file)| file.to_owned())
                    }
                    value => Some(format!("{name}: {value}")),
                });
                rows.push(cells.flatten().collect::<Vec<_>>().join(", "));
            }
        }
        rows.sort();
        tables.insert(table.name().to_owned(), rows);
    }
    // Only the last word on a source counts; a run that was cut off leaves others before it.
    let sources = tables.get_mut("sources").unwrap();
    sources.retain(|row| row.contains("complete: true"));
    sources.dedup();
    tables
}

/// The same rows in all tables; tells of the first ones that differ.
fn assert_same(found: &BTreeMap<String, Vec<String>>, expected: &BTreeMap<String, Vec<String>>, when: &str) {
    for (table, rows) in expected {
        let lost = rows.iter().find(|row| !found[table].contains(row));
        let more = found[table].iter().find(|row| !rows.contains(row));
        assert!(lost.is_none() && more.is_none(), "{when}, {table}: lost {lost:?}, unexpected {more:?}");
        assert_eq!(found[table].len(), rows.len(), "{when}, {table}: rows are there twice");
    }
}

const TOWNS: [&str; 6] = ["Valparaíso", "Gdansk", "Mombasa", "Osaka", "Izmir", "Halifax"];
const NAMES: [&str; 5] = ["Clara Voss", "Tomasz Zielinski", "Amina Odhiambo", "Kenji Mori", "Deniz Aydin"];

/// The `n`th article of a made-up paper, as a line of JSON; the same `n` is the same URL.
fn article(n: usize, change: &str) -> String {
    let (town, name) = (TOWNS[n % TOWNS.len()], NAMES[n % NAMES.len()]);
    let (year, month, day) = (2024, 1 + n % 4, 1 + n % 27);
    let text = format!(
        "Dockworkers in {town} began a strike over pay on Monday, their union said. \
         Police arrested {} protesters near the harbour. \
         Mayor {name} criticized the port's owners and promised talks with the union. \
         The port lost $4.{n} million in the first week, its owners said. {change}",
        n + 3
    );
    format!(
        "{{\"url\": \"https://example.org/ports/{n}\", \"published_at\": \"{year}-0{month}-{day:02}T08:00:00Z\", \
         \"publisher\": \"Harbour Post\", \"title\": \"Strike {n} in {town}\", \"text\": \"{text}\"}}"
    )
}

/// The `n`th article again, as another paper printed it.
fn copy(n: usize) -> String {
    article(n, "").replace("example.org", "copies.example.com").replace("Harbour Post", "The Copyist")
}

/// Sources with new articles, copies, newer versions and lines that are refused.
fn fill(site: &Site) {
    for file in 0..4 {
        let mut articles: Vec<String> = (0..4).map(|n| article(file * 4 + n, "")).collect();
        articles.push(copy(file * 4 + 1));
        if file > 0 {
            let newer = article(file * 4 - 3, "Update: the talks have failed.");
            articles.push(newer.replacen("T08:00:00Z", "T09:30:00Z", 1));
        }
        articles.push("{\"title\": \"No text\"}".to_owned());
        site.add(&format!("{file}.jsonl"), &articles);
    }
}

/// Whatever the batches, the rows are these.
const SMALL: &str = "[run]\nbatch = 7\njobs = 1\n";

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

/// Numbers that follow from a seed.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

#[test]
fn a_run_that_is_killed_anywhere_and_repeated_ends_with_the_same_rows() {
    let undisturbed = Site::new(SMALL);
    fill(&undisturbed);
    let begun = Instant::now();
    undisturbed.run();
    // Moments from the start to past the end of a whole run, so that all of its steps are met.
    let longest = u64::try_from(begun.elapsed().as_micros()).unwrap() + 20_000;
    let expected = undisturbed.rows();
    let (mut random, mut kills, mut stores) = (Random(7), 0, 0);
    while kills < 200 {
        let site = undisturbed.same(SMALL);
        stores += 1;
        loop {
            let mut run = site.start(&[]);
            std::thread::sleep(Duration::from_micros(random.below(longest)));
            let was_running = run.try_wait().unwrap().is_none();
            run.kill().unwrap();
            let status = run.wait().unwrap();
            if !was_running {
                assert!(status.success(), "a run after {kills} kills failed");
                break;
            }
            kills += 1;
        }
        assert_same(&site.rows(), &expected, &format!("store {stores}, after {kills} kills"));
    }
    assert!(stores > 5, "only {stores} stores came to their end");
}

#[test]
fn changes_that_are_killed_are_done_whole_or_not_at_all() {
    let original = Site::new(SMALL);
    fill(&original);
    original.run();
    let before = original.rows();
    let withdrawn = ["https://example.org/ports/1", "https://example.org/ports/10"];
    let mut random = Random(11);
    for round in 0..10 {
        let site = original.same(SMALL);
        copy_folder(&original.path("store"), &site.path("store"));
        let mut done = [false; 2];
        for _ in 0..3 {
            for (at, args) in [vec!["compact"], vec!["withdraw"]].into_iter().enumerate() {
                let mut command = Command::new(env!("CARGO_BIN_EXE_broadsheet"));
                command.arg(args[0]).arg(site.path("run.toml")).stderr(Stdio::null());
                if at == 1 {
                    command.args(withdrawn);
                }
                let mut child = command.spawn().unwrap();
                std::thread::sleep(Duration::from_millis(random.below(150)));
                done[at] |= child.try_wait().unwrap().is_some_and(|status| status.success());
                child.kill().unwrap();
                child.wait().unwrap();
            }
        }
        // Whoever comes next finishes what was begun.
        site.run();
        let urls = site.column(Table::Articles, "url");
        let gone = withdrawn.map(|url| !urls.contains(&url.to_owned()));
        assert_eq!(gone[0], gone[1], "round {round}: half a withdrawal");
        assert!(gone[0] || !done[1], "round {round}: a withdrawal that was done is lost");
        if !gone[0] {
            let mut rows = site.rows();
            // The sources have come under new names.
            rows.insert("sources".to_owned(), before["sources"].clone());
            assert_same(&rows, &before, &format!("round {round}"));
        }
        let ids = site.column(Table::Articles, "article_id");
        assert!(site.column(Table::Events, "article_id").iter().all(|id| ids.contains(id)), "round {round}");
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy_folder(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_anywhere_ends_the_run_and_the_next_one_goes_on() {
    let undisturbed = Site::new(SMALL);
    fill(&undisturbed);
    undisturbed.run();
    let expected = undisturbed.rows();
    // Files of no more than so many blocks of 512 bytes: each limit stops another file, as a disk without room does.
    for limits in [[1, 8], [2, 12], [4, 16], [6, 20]] {
        let site = undisturbed.same(SMALL);
        for limit in limits {
            let script = format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" run \"$1\"");
            let done = Command::new("sh")
                .args(["-c", &script, env!("CARGO_BIN_EXE_broadsheet")])
                .arg(site.path("run.toml"))
                .output()
                .unwrap();
            assert_eq!(done.status.code(), Some(1), "limit {limit}: {}", stderr(&done));
            assert!(stderr(&done).contains("hint: free some space"), "limit {limit}: {}", stderr(&done));
        }
        site.run();
        assert_same(&site.rows(), &expected, &format!("limits {limits:?}"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_small_file_system_that_fills_up_loses_nothing() {
    let undisturbed = Site::new(SMALL);
    fill(&undisturbed);
    undisturbed.run();
    let site = undisturbed.same(SMALL);
    fs::create_dir(site.path("store")).unwrap();
    // A file system of its own in memory, in a name space of its own, grown until the store has room.
    let script = "mount -t tmpfs -o size=64k tmpfs store && for size in 64 256 512 1024; do \
                  mount -o remount,size=${size}k store; \
                  \"$0\" run \"$1\" 2>> said; echo \"status $?\" >> said; done; \
                  mount -o remount,size=64m store; \"$0\" run \"$1\" && cp -r store kept";
    let done = Command::new("unshare")
        .args(["-rm", "sh", "-c", script, env!("CARGO_BIN_EXE_broadsheet")])
        .arg(site.path("run.toml"))
        .current_dir(site.0.path())
        .output();
    let Ok(done) = done else { return eprintln!("left out: there is no `unshare`") };
    if !site.path("said").exists() {
        return eprintln!("left out: no file system can be mounted here: {}", stderr(&done));
    }
    let said = fs::read_to_string(site.path("said")).unwrap();
    assert!(done.status.success(), "{}\n{said}", stderr(&done));
    assert!(said.matches("status 1").count() >= 2, "{said}");
    assert!(said.contains("No space left on device") && said.contains("hint: free some space"), "{said}");
    assert_same(&rows_of(&site.path("kept")), &undisturbed.rows(), "a full disk");
}

#[test]
fn two_runs_at_once_do_each_other_no_harm() {
    let undisturbed = Site::new(SMALL);
    fill(&undisturbed);
    undisturbed.run();
    for _ in 0..3 {
        let site = undisturbed.same(SMALL);
        let runs: Vec<Child> = (0..3).map(|_| site.start(&["--wait", "120"])).collect();
        for run in runs {
            let done = run.wait_with_output().unwrap();
            assert!(done.status.success(), "{}", stderr(&done));
        }
        assert_same(&site.rows(), &undisturbed.rows(), "three at once");
    }
}

#[test]
fn a_store_that_is_held_says_by_whom() {
    let site = Site::new("");
    site.add("a.jsonl", &[article(1, "")]);
    site.run();
    let before = site.rows();
    let held = Store::open(&site.path("store"), "compact", Duration::ZERO).unwrap();
    site.add("b.jsonl", &[article(2, "")]);
    let done = site.command("run", &[]);
    assert_eq!(done.status.code(), Some(4));
    let who = format!("process {} on", std::process::id());
    assert!(stderr(&done).contains(&who) && stderr(&done).contains("`compact`"), "{}", stderr(&done));
    assert_same(&site.rows(), &before, "read while it is held");
    drop(held);
    assert!(site.run().contains("1 articles added"));
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
fn damage_is_named() {
    let site = Site::new(SMALL);
    site.add("a.jsonl", &[article(1, ""), article(2, "")]);
    site.run();
    let says = |expected: &[&str]| {
        let done = site.command("run", &[]);
        assert_eq!(done.status.code(), Some(1), "{}", stderr(&done));
        for part in expected {
            assert!(stderr(&done).contains(part), "{}", stderr(&done));
        }
    };
    site.add("b.jsonl", &[article(3, "")]);
    let entry = site.path("store/fingerprints/_delta_log/00000000000000000001.json");
    let good = fs::read(&entry).unwrap();
    fs::write(&entry, "{\"add\": ").unwrap();
    says(&["fingerprints", "is no JSON", "hint: restore"]);
    fs::write(&entry, good).unwrap();
    let identity = site.path("store/_broadsheet/store.json");
    let good = fs::read_to_string(&identity).unwrap();
    fs::write(&identity, good.replace("\"layout\": 1", "\"layout\": 9").replace("\"layout\":1", "\"layout\":9"))
        .unwrap();
    says(&["version 9", "a newer broadsheet wrote it"]);
    fs::write(&identity, good).unwrap();
    assert!(site.run().contains("1 articles added"));
    // Another folder is no place for a store.
    let other = Site::new("");
    fs::create_dir(other.path("store")).unwrap();
    fs::write(other.path("store/diary.txt"), "mine").unwrap();
    let done = other.command("run", &[]);
    assert_eq!(done.status.code(), Some(1));
    assert!(stderr(&done).contains("holds other things, such as `diary.txt`"), "{}", stderr(&done));
}

#[test]
fn a_store_that_is_deleted_during_the_run_ends_it_and_comes_anew() {
    let site = Site::new("[run]\nbatch = 1\njobs = 1\n");
    fill(&site);
    let undisturbed = site.same(SMALL);
    undisturbed.run();
    let run = site.start(&[]);
    let committed = site.path("store/_broadsheet/current.json");
    while !fs::read_to_string(&committed).is_ok_and(|text| !text.contains("\"batch\": 0")) {
        std::thread::sleep(Duration::from_millis(5));
    }
    while fs::remove_dir_all(site.path("store")).is_err() && site.path("store").exists() {}
    let done = run.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(1), "{}", stderr(&done));
    assert!(stderr(&done).contains("hint: was the store moved or deleted during the run?"), "{}", stderr(&done));
    if site.path("store").exists() {
        fs::remove_dir_all(site.path("store")).unwrap();
    }
    site.run();
    assert_same(&site.rows(), &undisturbed.rows(), "after a deletion");
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
