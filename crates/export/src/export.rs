//! The exporter takes the outcome of every record in order and turns it into an output folder. Nothing of it is seen
//! before [`Exporter::finish`]; an exporter that is dropped before leaves the former output as it was.

use crate::{
    Document, ExportError, FileFormat, RunReport, Summary, Table,
    database::{self, Source},
    document::Page,
    duplicates, format,
    layout::{self, Layout},
    rollup::{self, Dedup},
    run::RunFile,
    seen::Seen,
    stage::{RUN_FILE, Stage},
    writer::TableWriter,
};
use broadsheet_ingest::{Duplicates, FILTER, Reject, Sketch};
use jiff::Timestamp;
use rayon::prelude::*;
use serde::Serialize;
use std::{
    collections::BTreeMap,
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    time::Instant,
};

/// An output folder in the making.
pub struct Exporter {
    /// One for each table that is written or that a rollup is computed from, in the order of [`Table`].
    writers: Vec<TableWriter>,
    /// The formats that have a layout of their own.
    layouts: Vec<Box<dyn Layout>>,
    /// The tables of the output; the others are only there for the rollups.
    tables: Vec<Table>,
    formats: Vec<FileFormat>,
    seen: Seen,
    read: u64,
    articles: u64,
    refused: BTreeMap<String, u64>,
    left_out: BTreeMap<String, u64>,
    duplicates: Duplicates,
    /// The original of each copy, where the caller knows them.
    originals: Option<BTreeMap<String, String>>,
    seconds: f64,
    /// Last, so that the files are closed when it removes them.
    stage: Stage,
}

impl Exporter {
    /// Prepares an export of `tables` to the folder `out`; `rejects` is always among them.
    pub fn create(out: &Path, formats: &[FileFormat], tables: &[Table]) -> Result<Self, ExportError> {
        Self::with_stage(Stage::create(out)?, formats, tables)
    }

    fn with_stage(stage: Stage, formats: &[FileFormat], tables: &[Table]) -> Result<Self, ExportError> {
        let mut formats = formats.to_vec();
        formats.sort_unstable();
        formats.dedup();
        if formats.is_empty() {
            return Err(ExportError::new("no format to write", format::names(), None));
        }
        // 1. What needs something that may not be there says so before the slow part begins.
        database::check(&formats)?;
        // Without a format that holds tables there is only the one of what was refused.
        let per_table = formats.iter().any(|f| f.is_per_table() || f.is_database());
        let asked = tables.iter().copied().filter(|_| per_table);
        let mut tables: Vec<Table> = asked.chain([Table::Rejects]).collect();
        tables.sort_unstable();
        tables.dedup();
        // 2. The files of the tables. Databases are filled from Parquet; what is refused is told in any case.
        let databases = formats.iter().any(|f| f.is_database());
        let mut writers = Vec::new();
        for table in Table::ALL {
            let asked = tables.contains(&table);
            let file = |format: FileFormat| {
                let stands_in = !per_table && format == FileFormat::Csv;
                (asked && (formats.contains(&format) || stands_in)).then(|| stage.file(&format!("{table}.{format}")))
            };
            let needed = asked && databases || rollup::inputs(&tables).contains(&table);
            let parquet = match file(FileFormat::Parquet) {
                None if needed => Some(stage.scratch(&format!("{table}.parquet"))?),
                asked => asked,
            };
            if asked || needed {
                let (csv, jsonl) = (file(FileFormat::Csv), file(FileFormat::Jsonl));
                writers.push(TableWriter::create(table, parquet, csv, jsonl)?);
            }
        }
        // 3. The files of the other layouts.
        let layouts = formats.iter().filter_map(|format| layout::create(*format, &stage).transpose());
        let layouts = layouts.collect::<Result<_, _>>()?;
        Ok(Self {
            writers,
            layouts,
            tables,
            formats,
            seen: Seen::default(),
            read: 0,
            articles: 0,
            refused: BTreeMap::new(),
            left_out: BTreeMap::new(),
            duplicates: Duplicates::default(),
            originals: None,
            seconds: 0.0,
            stage,
        })
    }

    /// Whether documents need their readings.
    pub fn wants_tokens(&self) -> bool {
        self.tables.contains(&Table::Tokens)
    }

    /// Which article is a copy of which, both by `article_id`, is known already: the export looks for no copies of its own.
    pub fn set_originals(&mut self, originals: BTreeMap<String, String>) {
        self.originals = Some(originals);
    }

    /// Writes the outcomes of the next records. How the records are split into calls makes no difference.
    pub fn write(&mut self, outcomes: &[Result<Document, Reject>]) -> Result<(), ExportError> {
        let begun = Instant::now();
        // 1. Tell the first article of an identifier from repeated ones.
        let mut pages = Vec::with_capacity(outcomes.len());
        let mut refused: Vec<Result<&Reject, Reject>> = Vec::new();
        for outcome in outcomes {
            match outcome {
                Err(reject) if reject.stage == FILTER => {
                    *self.left_out.entry(reject.code.to_owned()).or_default() += 1;
                }
                Err(reject) => refused.push(Ok(reject)),
                Ok(document) => match self.seen.check(document) {
                    Some(repeated) => refused.push(Err(repeated)),
                    None if self.wants_tokens() && document.reading.is_none() => {
                        let id = &document.article.article_id;
                        return Err(ExportError::new(
                            "cannot write `tokens`",
                            format!("no reading of article {id}"),
                            None,
                        ));
                    }
                    None => pages.push(Page::new(document)),
                },
            }
        }
        let rejects: Vec<&Reject> = refused.iter().map(|r| r.as_ref().map_or_else(|own| own, |given| *given)).collect();

        // 2. Count.
        self.read += outcomes.len() as u64;
        self.articles += pages.len() as u64;
        for reject in &rejects {
            *self.refused.entry(reject.code.to_owned()).or_default() += 1;
        }

        // 3. Keep what copies are told by.
        if self.originals.is_none() {
            let sketches: Vec<Option<Sketch>> = pages.par_iter().map(|page| Sketch::of(page.article)).collect();
            pages.iter().zip(sketches).for_each(|(page, sketch)| self.duplicates.add(page.article, sketch));
        }

        // 4. Lay out and write: tables side by side, each in order.
        let (writers, layouts) = (&mut self.writers, &mut self.layouts);
        let (tables, others) = rayon::join(
            || writers.par_iter_mut().try_for_each(|writer| writer.append(&pages, &rejects)),
            || layouts.par_iter_mut().try_for_each(|layout| layout.append(&pages)),
        );
        tables.and(others)?;
        self.seconds += begun.elapsed().as_secs_f64();
        Ok(())
    }

    /// Completes the tables, computes the rollups, writes `run.json` and puts all in place of the former output.
    pub fn finish(self, run: RunReport) -> Result<Summary, ExportError> {
        let begun = Instant::now();
        let Self { writers, layouts, tables, formats, .. } = self;
        let Self { read, articles, refused, left_out, duplicates, originals, seconds, stage, .. } = self;

        // 1. Close the tables; those of the rollups are still to be filled.
        let (rollups, plain): (Vec<_>, Vec<_>) =
            writers.into_iter().partition(|writer| rollup::ROLLUPS.contains(&writer.table()));
        let mut counts: BTreeMap<Table, u64> = plain
            .into_par_iter()
            .map(|writer| Ok((writer.table(), writer.finish()?)))
            .collect::<Result<_, ExportError>>()?;

        // 2. Mark the copies of each story.
        let asked = |format| tables.contains(&Table::Articles) && formats.contains(&format);
        let originals = originals.unwrap_or_else(|| duplicates.originals());
        let databases = formats.iter().any(|format| format.is_database());
        let staged = |table: Table| match tables.contains(&table) && formats.contains(&FileFormat::Parquet) {
            true => Ok(stage.file(&format!("{table}.parquet"))),
            false => stage.scratch(&format!("{table}.parquet")),
        };
        if !originals.is_empty() {
            let scratch = || stage.scratch("marked");
            if asked(FileFormat::Parquet) || databases && tables.contains(&Table::Articles) {
                duplicates::mark_parquet(&staged(Table::Articles)?, scratch()?, &originals)?;
            }
            if asked(FileFormat::Csv) {
                duplicates::mark_csv(&stage.file("articles.csv"), scratch()?, &originals)?;
            }
            if asked(FileFormat::Jsonl) {
                duplicates::mark_jsonl(&stage.file("articles.jsonl"), scratch()?, &originals)?;
            }
        }

        // 3. Compute the rollups from the staged tables.
        let staged_file = |table: Table| match rollup::inputs(&tables).contains(&table) {
            true => Ok(vec![staged(table)?]),
            false => Ok::<_, ExportError>(Vec::new()),
        };
        let files = rollup::Files {
            events: staged_file(Table::Events)?,
            articles: staged_file(Table::Articles)?,
            actors: staged_file(Table::Actors)?,
        };
        for mut writer in rollups {
            rollup::compute(writer.table(), &files, Dedup::None, rollup::ROWS, &mut writer)?;
            counts.insert(writer.table(), writer.finish()?);
        }

        // 4. Fill the databases and complete the other layouts.
        if databases {
            let source = |table: &Table| Ok(Source { spec: table.spec(), parquet: staged(*table)? });
            let sources: Vec<Source> = tables.iter().map(source).collect::<Result<_, ExportError>>()?;
            database::write_all(&formats, &stage, &sources)?;
        }
        let mut rows: BTreeMap<String, u64> = counts.iter().map(|(table, n)| (table.to_string(), *n)).collect();
        rows.retain(|name, _| tables.iter().any(|table| table.name() == name));
        for layout in layouts {
            rows.extend(layout.finish()?.into_iter().map(|(file, n)| (file.to_owned(), n)));
        }

        // 5. Tell what the run did.
        let out: PathBuf = stage.out().to_owned();
        let seconds = seconds + begun.elapsed().as_secs_f64();
        let mut spent: BTreeMap<&str, f64> =
            run.seconds.iter().map(|(stage, s)| (stage.as_str(), thousandths(*s))).collect();
        spent.insert("export", thousandths(seconds));
        let file = RunFile {
            version: &run.version,
            options: &run.options,
            read,
            articles,
            refused: &refused,
            left_out: &left_out,
            duplicates: originals.len() as u64,
            rows: &rows,
            started: run.started.to_string(),
            finished: Timestamp::now().to_string(),
            seconds: spent,
        };
        write_run(&stage.file(RUN_FILE), &file)?;

        // 6. Take the place of the former output.
        stage.put_in_place()?;
        let summary =
            Summary { out, read, articles, refused, left_out, duplicates: originals.len() as u64, rows, seconds };
        Ok(summary)
    }

    /// Gives up; the former output stays as it was. Dropping an exporter does the same.
    pub fn abort(self) {}
}

pub(crate) fn thousandths(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

pub(crate) fn write_run(path: &Path, run: &impl Serialize) -> Result<(), ExportError> {
    let failed = |e| ExportError::io("write", path, e);
    let mut json = serde_json::to_string_pretty(run).map_err(|e| failed(e.into()))?;
    json.push('\n');
    let mut file = File::create(path).map_err(failed)?;
    file.write_all(json.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::{fs, os::unix::fs::symlink};

    /// A run on a disk that is full as soon as `name` is written; `/dev/full` stands in for the disk.
    fn full_disk(out: &Path, name: &str) -> String {
        let stage = Stage::create(out).unwrap();
        symlink("/dev/full", stage.file(name)).unwrap();
        use FileFormat::*;
        let formats = [Parquet, Csv, Jsonl, Gdelt, Polecat];
        let run = || {
            let mut exporter = Exporter::with_stage(stage, &formats, &Table::default_set())?;
            let document = Document {
                article: broadsheet_ingest::Article {
                    article_id: "a1".into(),
                    text: "News.".into(),
                    ..Default::default()
                },
                ..Document::default()
            };
            exporter.write(&[Ok(document)])?;
            exporter.finish(RunReport::default())
        };
        run().unwrap_err().to_string()
    }

    #[cfg(feature = "sqlite")]
    #[test]
    fn a_full_disk_ends_a_database_too() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        let stage = Stage::create(&out).unwrap();
        symlink("/dev/full", stage.file("broadsheet.sqlite")).unwrap();
        let exporter = Exporter::with_stage(stage, &[FileFormat::Sqlite], &Table::default_set()).unwrap();
        let error = exporter.finish(RunReport::default()).unwrap_err().to_string();
        assert!(error.contains("broadsheet.sqlite`: database or disk is full\nhint: free some space"), "{error}");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0, "the stage is gone");
    }

    #[test]
    fn a_full_disk_ends_the_run_and_leaves_the_former_output() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        Exporter::create(&out, &[FileFormat::Csv], &[]).unwrap().finish(RunReport::default()).unwrap();
        let before = fs::read(out.join("run.json")).unwrap();
        let names =
            ["articles.csv", "articles.parquet", "articles.jsonl", "dyad_days.csv", "rejects.parquet", "run.json"];
        let layouts = ["gdelt.gkg.csv", "polecat.tsv"];
        for name in names.into_iter().chain(layouts) {
            let error = full_disk(&out, name);
            assert!(error.contains(&format!("{name}`: No space left on device")), "{error}");
            assert!(error.ends_with("\nhint: free some space or choose another `--out`"), "{error}");
            assert_eq!(fs::read(out.join("run.json")).unwrap(), before);
            assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "the stage is gone");
        }
    }
}
