//! An appender takes the outcomes of records in order and brings the new ones into the store, batch by batch. It decides
//! article by article, in the order of arrival, so that in what batches they are committed makes no difference: a run that
//! is cut off anywhere and repeated ends with the same rows as one that was not.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::{Arc, PoisonError, RwLock},
    time::Instant,
};

use arrow_array::RecordBatch;
use broadsheet_export::{Document, Table, record_batch};
use broadsheet_ingest::{Arrivals, Article, FILTER, Reject, Sketch};
use deltalake::kernel::Action;
use rayon::prelude::*;

use crate::{
    StoreError,
    batch::{Month, laid_out, sources},
    data_file,
    files::{BatchFiles, Files},
    known::{self, Known, Standing, number},
    redo::{Operation, Pending},
    rewrite::{Gone, text},
    sources::Seen,
    store::Store,
    tables::StoreTable,
};

/// The codes of articles that the store has no use for; no option of the user's left them out.
const KNOWN: &str = "known";
const OLDER: &str = "older";
const WITHDRAWN: &str = "withdrawn";
/// A batch ends with this much text at the latest: columns in memory have bounds.
const MAX_TEXT: usize = 256 << 20;

/// Tells of an article why it need not be read any further, where that is so.
pub type PassBy = dyn Fn(&Article) -> Option<&'static str> + Send + Sync;

/// What became of the records of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records that were looked at.
    pub read: u64,
    /// Articles that were not in the store.
    pub added: u64,
    /// Articles that took the place of an older version.
    pub replaced: u64,
    /// Articles that were there with the same text.
    pub known: u64,
    /// Articles that were there with a newer text.
    pub older: u64,
    /// Articles that were withdrawn.
    pub withdrawn: u64,
    /// Articles that are copies of others.
    pub duplicates: u64,
    /// Refused records by code.
    pub refused: BTreeMap<String, u64>,
    /// Articles left out by an option, by its name.
    pub left_out: BTreeMap<String, u64>,
    /// Rows added, by table.
    pub rows: BTreeMap<String, u64>,
    /// Batches committed.
    pub batches: u64,
}

/// A batch that was committed.
#[derive(Debug, Clone, PartialEq)]
pub struct Appended {
    /// Its number.
    pub batch: i64,
    /// Articles added or replaced.
    pub articles: u64,
    /// Seconds that it took to write and commit.
    pub seconds: f64,
}

/// A batch in the making.
pub struct Appender<'s> {
    store: &'s mut Store,
    known: Arc<RwLock<Known>>,
    withdrawn: Arc<HashSet<u64>>,
    arrivals: Arrivals,
    /// The sources that have rows in `rejects`, as the store was when the run began.
    with_rejects: BTreeSet<String>,
    /// Identifiers whose text has changed in this run.
    changed: HashSet<u64>,
    counts: Counts,
    files: Option<BatchFiles>,
    // What follows is of the batch.
    documents: Vec<Document>,
    /// The last document of each identifier; the ones before it were replaced by it.
    last: HashMap<u64, usize>,
    text: usize,
    gone: Gone,
    rejects: Vec<Reject>,
    /// Sources whose former rejects go, as they are read from the start again.
    cleared: BTreeSet<String>,
    done: BTreeMap<String, Seen>,
    active: Option<(String, Seen)>,
}

impl<'s> Appender<'s> {
    /// Prepares to append to a store: reads what it knows of articles.
    ///
    /// # Errors
    /// Where a table is damaged.
    pub fn new(store: &'s mut Store) -> Result<Self, StoreError> {
        let (known, arrivals) = Known::load(store)?;
        let mut with_rejects = BTreeSet::new();
        store.each_row(StoreTable::Rows(Table::Rejects), &["source_path"], |_, rows| {
            with_rejects.extend((0..rows.num_rows()).map(|row| text(rows, "source_path", row)));
            Ok(())
        })?;
        let withdrawn = Arc::new(store.withdrawn.ids().map(number).collect());
        Ok(Self {
            store,
            known: Arc::new(RwLock::new(known)),
            withdrawn,
            arrivals,
            with_rejects,
            changed: HashSet::new(),
            counts: Counts::default(),
            files: None,
            documents: Vec::new(),
            last: HashMap::new(),
            text: 0,
            gone: Gone::new(),
            rejects: Vec::new(),
            cleared: BTreeSet::new(),
            done: BTreeMap::new(),
            active: None,
        })
    }

    /// From now on each batch is written to a folder of files too, which comes into sight as the batch is committed.
    ///
    /// # Errors
    /// Where the folder cannot be used, or has the batches of another store.
    pub fn write_files(&mut self, files: &Files) -> Result<(), StoreError> {
        self.files = Some(BatchFiles::open(files, &self.store.id)?);
        Ok(())
    }

    /// Tells of an article, before it is read any further, why it need not be: `known`, `older` or `withdrawn`.
    pub fn pass_by(&self) -> Box<PassBy> {
        let (known, withdrawn) = (self.known.clone(), self.withdrawn.clone());
        Box::new(move |article| {
            if withdrawn.contains(&number(&article.article_id)) {
                return Some(WITHDRAWN);
            }
            match known.read().unwrap_or_else(PoisonError::into_inner).standing(article) {
                Standing::Same => Some(KNOWN),
                Standing::Older => Some(OLDER),
                Standing::New | Standing::Newer => None,
            }
        })
    }

    /// Whether an article that was passed by has to be looked at again: what the store has of it has changed meanwhile.
    pub fn is_undecided(&self, reject: &Reject) -> bool {
        reject.stage == FILTER
            && [KNOWN, OLDER].contains(&reject.code)
            && self.changed.contains(&number(&reject.message))
    }

    /// The records that come now are of this source, which was read as far as `seen` says.
    pub fn begin_source(&mut self, name: &str, seen: Seen) {
        if seen.records == 0 {
            let inside = format!("{name}!");
            let of = |path: &String| path == name || path.starts_with(&inside);
            if self.with_rejects.iter().any(of) {
                self.cleared.insert(name.to_owned());
                self.with_rejects.retain(|path| !of(path));
            }
        }
        self.active = Some((name.to_owned(), seen));
    }

    /// The source has come to its end; where it is not the same file any more, the next run reads it again.
    pub fn end_source(&mut self, is_same: bool) {
        if let Some((name, mut seen)) = self.active.take() {
            seen.complete = is_same;
            if !is_same {
                seen.content.clear();
            }
            self.done.insert(name, seen);
        }
    }

    /// A source whose content was read before, under this name or another.
    pub fn skip_source(&mut self, name: &str, seen: Seen) {
        self.done.insert(name.to_owned(), seen);
    }

    /// Takes the outcome of the next record of the source.
    pub fn take(&mut self, outcome: Result<Document, Reject>) {
        self.counts.read += 1;
        if let Some((_, seen)) = &mut self.active {
            seen.records += 1;
        }
        match outcome {
            Ok(document) => self.document(document),
            Err(reject) if reject.stage != FILTER => {
                *self.counts.refused.entry(reject.code.to_owned()).or_default() += 1;
                self.rejects.push(reject);
            }
            Err(reject) => match reject.code {
                KNOWN => self.counts.known += 1,
                OLDER => self.counts.older += 1,
                WITHDRAWN => self.counts.withdrawn += 1,
                option => *self.counts.left_out.entry(option.to_owned()).or_default() += 1,
            },
        }
    }

    fn document(&mut self, document: Document) {
        let id = number(&document.article.article_id);
        if self.withdrawn.contains(&id) {
            self.counts.withdrawn += 1;
            return;
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        match known.standing(&document.article) {
            Standing::Same => {
                self.counts.known += 1;
                return;
            }
            Standing::Older => {
                self.counts.older += 1;
                return;
            }
            Standing::New => self.counts.added += 1,
            Standing::Newer => {
                self.counts.replaced += 1;
                self.changed.insert(id);
                // What this batch holds of it is in no file yet.
                if !self.last.contains_key(&id)
                    && let Some(month) = known.month_of(id)
                {
                    self.gone.entry(month).or_default().insert(document.article.article_id.clone());
                }
            }
        }
        known.insert(&document.article);
        self.last.insert(id, self.documents.len());
        self.text += document.article.text.len();
        self.documents.push(document);
    }

    /// Articles in the batch.
    pub fn pending(&self) -> usize {
        self.documents.len()
    }

    /// Whether the batch has to be committed, however few articles it has.
    pub fn is_full(&self) -> bool {
        self.text >= MAX_TEXT
    }

    /// The counts so far.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Commits the batch: to all tables, or to none. An empty one is no batch.
    ///
    /// # Errors
    /// Where files cannot be written or a table cannot be committed to. The appender is then of no more use.
    pub fn commit(&mut self) -> Result<Option<Appended>, StoreError> {
        let begun = Instant::now();
        let active = self.active.as_ref().filter(|(_, seen)| seen.records > 0).cloned();
        if self.documents.is_empty() && self.rejects.is_empty() && self.done.is_empty() && self.cleared.is_empty() {
            return Ok(None);
        }
        let batch = self.store.batch() + 1;
        let mut tables: BTreeMap<String, Vec<Action>> = BTreeMap::new();
        // 1. What the batch adds, by month.
        let months = self.by_month();
        let articles = months.values().map(|month| month.outcomes.len() as u64).sum();
        let rejects: Vec<Result<Document, Reject>> = self.rejects.drain(..).map(Err).collect();
        let publish = self.files.as_ref().map(|files| files.stage(batch, months.values(), &rejects));
        let publish = publish.transpose()?.flatten();
        let mut work: Vec<(StoreTable, Option<&str>, RecordBatch)> = Vec::new();
        for (name, month) in &months {
            for table in StoreTable::ALL.into_iter().filter(|table| table.is_by_month()) {
                let rows = match table {
                    StoreTable::Rows(table) => month.rows(table)?,
                    _ => month.fingerprints()?,
                };
                work.push((table, Some(name.as_str()), rows));
            }
        }
        work.push((StoreTable::Rows(Table::Rejects), None, record_batch(Table::Rejects, &rejects).map_err(laid_out)?));
        let done = std::mem::take(&mut self.done).into_iter().chain(active);
        work.push((StoreTable::Sources, None, sources(done.collect(), batch)?));
        work.retain(|(_, _, rows)| rows.num_rows() > 0);
        let root = self.store.root().to_owned();
        let write = |(at, (table, month, rows)): (usize, &(StoreTable, Option<&str>, RecordBatch))| {
            let name = data_file::name(*month, batch, at);
            data_file::write(&root, *table, *month, &name, std::slice::from_ref(rows))
        };
        let adds: Vec<_> = work.par_iter().enumerate().map(write).collect::<Result<_, StoreError>>()?;
        for ((table, _, rows), add) in work.iter().zip(adds) {
            *self.counts.rows.entry(table.name().to_owned()).or_default() += rows.num_rows() as u64;
            tables.entry(table.name().to_owned()).or_default().push(Action::Add(add));
        }
        // 2. What it takes out.
        let mut numbers = work.len();
        let gone = std::mem::take(&mut self.gone);
        for table in StoreTable::ALL {
            let actions = self.store.take_out_articles(table, &gone, batch, &mut numbers)?;
            tables.entry(table.name().to_owned()).or_default().extend(actions);
        }
        let cleared = std::mem::take(&mut self.cleared);
        if !cleared.is_empty() {
            let is_gone = |path: &str| {
                let mut ends = path.match_indices('!').map(|(at, _)| &path[..at]);
                cleared.contains(path) || ends.any(|container| cleared.contains(container))
            };
            let table = StoreTable::Rows(Table::Rejects);
            let actions = self.store.take_out(table, batch, &mut numbers, |_| Some(is_gone))?;
            tables.entry(table.name().to_owned()).or_default().extend(actions);
        }
        // 3. All of it, or nothing.
        tables.retain(|_, actions| !actions.is_empty());
        self.store.commit(&Pending { batch, operation: Operation::Append, tables, withdrawn: None, publish })?;
        self.counts.batches += 1;
        Ok(Some(Appended { batch, articles, seconds: begun.elapsed().as_secs_f64() }))
    }

    /// The documents of the batch that no later one replaced, with the originals that they are copies of.
    fn by_month(&mut self) -> BTreeMap<String, Month> {
        let documents = std::mem::take(&mut self.documents);
        let last = std::mem::take(&mut self.last);
        self.text = 0;
        let sketches: Vec<Option<Sketch>> =
            documents.par_iter().map(|document| Sketch::of(&document.article)).collect();
        let arriving: Vec<_> = documents
            .iter()
            .zip(&sketches)
            .map(|(d, sketch)| (number(&d.article.article_id), d.article.published_at, sketch.clone()))
            .collect();
        let told = self.arrivals.tell(&arriving);
        let mut all: Vec<(Document, Option<Sketch>, Option<u64>)> = documents
            .into_iter()
            .zip(sketches)
            .zip(told)
            .enumerate()
            .filter(|(at, ((document, _), _))| last.get(&number(&document.article.article_id)) == Some(at))
            .map(|(_, ((document, sketch), of))| (document, sketch, of))
            .collect();
        all.sort_by(|(one, ..), (two, ..)| {
            let key = |d: &Document| (d.article.published_at.is_none(), d.article.published_at);
            key(one).cmp(&key(two)).then_with(|| one.article.article_id.cmp(&two.article.article_id))
        });
        let mut months: BTreeMap<String, Month> = BTreeMap::new();
        for (document, sketch, of) in all {
            self.counts.duplicates += u64::from(of.is_some());
            let month = months.entry(known::month(&document.article)).or_default();
            month.outcomes.push(Ok(document));
            month.sketches.push(sketch);
            month.copied.push(of.map(|id| format!("{id:016x}")));
        }
        months
    }
}
