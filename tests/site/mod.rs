//! A site is what a scheduled run is made for: sources, a configuration and a store, and what the tests of the store ask of
//! them.
#![allow(dead_code, missing_docs)]

use crate::support::{broadsheet, stderr};
use broadsheet_pipeline::export::Table;
use broadsheet_store::{Store, StoreTable};
use parquet::{file::reader::SerializedFileReader, record::Field};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};
use tempfile::{TempDir, tempdir};

/// A folder with a configuration, its sources in `in` and its store in `store`.
pub struct Site(pub TempDir);

impl Site {
    pub fn new(more: &str) -> Site {
        let site = Site(tempdir().unwrap());
        fs::create_dir(site.path("in")).unwrap();
        let config = format!("[store]\npath = \"store\"\n[[source]]\npath = \"in\"\n{more}");
        fs::write(site.path("run.toml"), config).unwrap();
        site
    }

    /// A new site whose sources are those of this one.
    pub fn same(&self, more: &str) -> Site {
        let site = Site::new(more);
        for file in fs::read_dir(self.path("in")).unwrap().flatten() {
            fs::copy(file.path(), site.path("in").join(file.file_name())).unwrap();
        }
        site
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn add(&self, name: &str, articles: &[String]) {
        fs::write(self.path("in").join(name), articles.join("\n")).unwrap();
    }

    pub fn command(&self, name: &str, args: &[&str]) -> Output {
        let mut all = vec![name.to_owned(), self.path("run.toml").display().to_string()];
        all.extend(args.iter().map(|arg| (*arg).to_owned()));
        broadsheet(&all)
    }

    /// A run that succeeds; what it says.
    pub fn run(&self) -> String {
        let done = self.command("run", &[]);
        assert!(done.status.success(), "{}", stderr(&done));
        stderr(&done)
    }

    pub fn start(&self, args: &[&str]) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_broadsheet"));
        let command = command.arg("run").arg(self.path("run.toml")).args(args);
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the command starts")
    }

    pub fn rows(&self) -> BTreeMap<String, Vec<String>> {
        rows_of(&self.path("store"))
    }

    /// The values of a column of a table.
    pub fn column(&self, table: Table, column: &str) -> Vec<String> {
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
pub fn rows_of(store: &Path) -> BTreeMap<String, Vec<String>> {
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

/// What the batches under `files` hold, as `table: row` of the tables that were asked for as CSV, the latest of an article:
/// checks that each folder is whole, and that nothing comes in two of them.
pub fn files_of(files: &Path) -> BTreeMap<String, Vec<String>> {
    let mut batches: Vec<PathBuf> = fs::read_dir(files).unwrap().flatten().map(|entry| entry.path()).collect();
    batches.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("batch-")));
    batches.sort();
    let (mut articles, mut events) = (BTreeMap::new(), BTreeMap::new());
    for batch in &batches {
        assert!(batch.join("run.json").exists(), "{} is not whole", batch.display());
        let told = crate::support::rows(batch, "articles");
        let of_batch: Vec<_> = told.iter().map(|row| row["article_id"].clone()).collect();
        for row in told {
            let text = format!("{} {}", row["text"], row["duplicate_of"]);
            let before = articles.insert(row["article_id"].clone(), text.clone());
            assert_ne!(before, Some(text), "{}: an article comes twice", batch.display());
        }
        events.retain(|_, (article, _): &mut (String, String)| !of_batch.contains(article));
        for (at, row) in crate::support::rows(batch, "events").into_iter().enumerate() {
            let cells = (row["article_id"].clone(), row["event_id"].clone());
            events.insert((batch.clone(), at), cells);
        }
    }
    let mut events: Vec<String> = events.into_values().map(|(_, event)| event).collect();
    events.sort();
    BTreeMap::from([
        ("articles".to_owned(), articles.into_iter().map(|(id, text)| format!("{id} {text}")).collect()),
        ("events".to_owned(), events),
    ])
}

/// The same rows in all tables; tells of the first ones that differ.
pub fn assert_same(found: &BTreeMap<String, Vec<String>>, expected: &BTreeMap<String, Vec<String>>, when: &str) {
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
pub fn article(n: usize, change: &str) -> String {
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
pub fn copy(n: usize) -> String {
    article(n, "").replace("example.org", "copies.example.com").replace("Harbour Post", "The Copyist")
}

/// Sources with new articles, copies, newer versions and lines that are refused.
pub fn fill(site: &Site) {
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

/// Each batch is written as files too.
pub const FILES: &str =
    "[files]\npath = \"files\"\nformat = [\"csv\", \"gdelt\"]\ntables = [\"articles\", \"events\"]\n";

/// Whatever the batches, the rows are these.
pub const SMALL: &str = "[run]\nbatch = 7\njobs = 1\n";
