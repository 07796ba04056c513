//! A feed gives the records of the files that are new, one file after the other, and notes beside them where each file
//! begins and ends: the outcomes come back in the same order, and the notes say which file each belongs to.

use broadsheet_pipeline::{
    Record,
    ingest::{Listed, Options, RawArticle, Source},
};
use broadsheet_store::{Mark, Seen, Sources, content_hash};
use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

/// What happens in a feed, in order.
pub enum Step {
    /// A file begins; so many of its records were read before.
    Begin(String, Seen),
    /// The next record, kept until it is decided on.
    Record(Option<RawArticle>),
    /// The file has ended; whether it is still as it was.
    End { is_same: bool },
    /// A file that need not be read, as its content was.
    Skip(String, Seen),
}

/// The steps that nobody has followed yet.
#[derive(Default)]
pub struct Steps(Mutex<VecDeque<Step>>);

impl Steps {
    fn push(&self, step: Step) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(step);
    }

    /// The next step.
    pub fn next(&self) -> Option<Step> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }
}

/// When reading stops.
pub struct Limit {
    at: Option<Instant>,
    reached: AtomicBool,
}

impl Limit {
    pub fn new(at: Option<Instant>) -> Limit {
        Limit { at, reached: AtomicBool::new(false) }
    }

    /// Whether reading was stopped with work left.
    pub fn is_reached(&self) -> bool {
        self.reached.load(Ordering::Relaxed)
    }

    fn is_over(&self) -> bool {
        let over = self.at.is_some_and(|at| Instant::now() >= at);
        self.reached.fetch_or(over, Ordering::Relaxed);
        over
    }
}

/// The records of new files.
pub struct Feed<'f> {
    files: std::vec::IntoIter<(Listed, Mark)>,
    options_hash: String,
    options: Options,
    seen: &'f Sources,
    limit: &'f Limit,
    steps: &'f Steps,
    open: Option<Open>,
}

struct Open {
    source: Source,
    path: Option<PathBuf>,
    mark: Mark,
}

impl<'f> Feed<'f> {
    pub fn new(
        files: Vec<(Listed, Mark)>,
        options_hash: String,
        options: Options,
        seen: &'f Sources,
        limit: &'f Limit,
        steps: &'f Steps,
    ) -> Self {
        Feed { files: files.into_iter(), options_hash, options, seen, limit, steps, open: None }
    }

    /// Opens a file where the last reading of it stopped; none where it need not be read.
    fn start(&self, file: Listed, mark: Mark) -> Option<Open> {
        let name = file.name().to_owned();
        let path = file.path().map(Path::to_owned);
        // Only what lies still can be known again: no pipe, nothing from the network.
        let content = path.as_ref().filter(|path| path.is_file()).and_then(|path| content_hash(path).ok());
        let content = content.unwrap_or_default();
        // What could not be opened is tried again by the next run.
        let path = path.filter(|_| !content.is_empty());
        let records = self.seen.records_read(&name, &content, &self.options_hash);
        let seen = Seen { mark, content, options: self.options_hash.clone(), records, complete: true };
        if !seen.content.is_empty() && self.seen.has_content(&seen.content, &seen.options) {
            self.steps.push(Step::Skip(name, seen));
            return None;
        }
        self.steps.push(Step::Begin(name, Seen { complete: false, ..seen }));
        let mut source = file.open(&self.options);
        // Committed before the last run was cut off.
        for _ in 0..records {
            source.next();
        }
        Some(Open { source, path, mark })
    }
}

impl Iterator for Feed<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            let Some(open) = &mut self.open else {
                if self.files.len() > 0 && self.limit.is_over() {
                    return None;
                }
                let (file, mark) = self.files.next()?;
                self.open = self.start(file, mark);
                continue;
            };
            if self.limit.is_over() {
                return None;
            }
            if let Some(record) = open.source.next() {
                self.steps.push(Step::Record(record.as_ref().ok().cloned()));
                return Some(record);
            }
            let is_same = open.path.as_ref().is_some_and(|path| Mark::of(path).is_ok_and(|mark| mark == open.mark));
            self.steps.push(Step::End { is_same });
            self.open = None;
        }
    }
}
