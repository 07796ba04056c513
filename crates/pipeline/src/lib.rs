//! The spine: news articles in, tables out. Read `read_batch` first; every article walks through its numbered steps.
//!
//! bytes → `Article` (ingest) → `Reading` (language) → `Findings` (normalize) → rows → files (export)
//!
//! `read_batch` is the one function that does the work, on one thread; `run` drives it on all cores and hands the
//! results to the exporter in input order, so that the tables do not depend on the number of threads.

mod batch;
mod clock;
mod exporting;

pub use batch::{Batches, Record};
pub use broadsheet_export as export;
pub use broadsheet_ingest as ingest;
pub use broadsheet_language as language;
pub use broadsheet_normalize as normalize;
pub use clock::{Clock, Seconds};
pub use exporting::{Export, ExportStop, Exported};

use broadsheet_export::Document;
use broadsheet_ingest::{Article, FILTER, RawArticle, Reject, Wanted};
use broadsheet_language::{Model, Reading};
use broadsheet_normalize::{Findings, Lexicons};
use rayon::prelude::*;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

/// What became of one record: a document, or the reason why there is none.
pub type Outcome = Result<Document, Reject>;

/// What the articles are read with: the language model and the lexicons, both built into the program.
pub struct Reader {
    model: Arc<Model>,
    lexicons: Arc<Lexicons>,
    /// Which articles are wanted, and where their fields are.
    pub wanted: Wanted,
    /// Keep the raw readings, for the `tokens` table.
    pub keep_readings: bool,
    /// Asked of each article before the language model: why it need not be read, where that is so. Such an article comes
    /// out as a reject with the stage [`FILTER`](broadsheet_ingest::FILTER), this code, and its `article_id` as message.
    pub pass_by: Option<Box<PassBy>>,
}

/// Why an article need not be read: a code, or none where it has to be.
pub type PassBy = dyn Fn(&Article) -> Option<&'static str> + Send + Sync;

/// The program itself is damaged: its built-in model or lexicons cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The model.
    #[error(transparent)]
    Model(#[from] broadsheet_language::ModelError),
    /// A lexicon.
    #[error(transparent)]
    Lexicon(#[from] broadsheet_normalize::LexiconError),
}

impl Reader {
    /// Unpacks the model and parses the lexicons.
    ///
    /// # Errors
    /// When what is built into the program cannot be used.
    pub fn load() -> Result<Reader, LoadError> {
        let (model, lexicons) = (Arc::new(Model::load()?), Arc::new(Lexicons::load()?));
        Ok(Reader { model, lexicons, wanted: Wanted::default(), keep_readings: false, pass_by: None })
    }

    /// Another reader with the same model and lexicons, which are not loaded again, and without wishes of its own.
    pub fn another(&self) -> Reader {
        let (model, lexicons) = (self.model.clone(), self.lexicons.clone());
        Reader { model, lexicons, wanted: Wanted::default(), keep_readings: false, pass_by: None }
    }

    /// The lexicons.
    pub fn lexicons(&self) -> &Lexicons {
        &self.lexicons
    }

    /// Reads one batch on the calling thread; outcomes come in the order of the records, one for each.
    pub fn read_batch(&self, batch: &[Record], clock: &Clock) -> Vec<Outcome> {
        // 1. Find the text in the page; refuse with a reason where there is none, leave out what is not wanted.
        let articles: Vec<Result<Article, Reject>> = clock.ingest(|| {
            batch.iter().map(|record| record.as_ref().map_err(Clone::clone).and_then(|raw| self.article(raw))).collect()
        });
        // 2. Split into sentences and words; tag, parse, mark the named entities: the whole batch at a time.
        let readings = clock.language(|| self.read_texts(&articles));
        // 3. Resolve who, what, how much, when; give each its code, value, unit and date.
        // 4. Lay the findings out: one document per article, in the order of the records.
        let mut readings = readings.into_iter();
        clock.normalize(|| {
            articles
                .into_iter()
                .map(|article| {
                    let article = article?;
                    let Some(reading) = coded(&article).then(|| readings.next()).flatten() else {
                        let reading = self.keep_readings.then(|| self.raw(&article, None));
                        return Ok(Document { article, reading, findings: Findings::default() });
                    };
                    let raw = self.keep_readings.then(|| self.raw(&article, Some(&reading)));
                    let (_, findings) = broadsheet_normalize::normalize(&article, reading, &self.lexicons);
                    Ok(Document { article, reading: raw, findings })
                })
                .collect()
        })
    }

    /// The article in a record, if it is wanted and has to be read.
    fn article(&self, raw: &RawArticle) -> Result<Article, Reject> {
        let article = self.wanted.article(raw)?;
        match self.pass_by.as_ref().and_then(|pass_by| pass_by(&article)) {
            Some(code) => Err(Reject {
                source_path: raw.source_path.clone(),
                source_offset: raw.source_offset,
                stage: FILTER,
                code,
                message: article.article_id,
            }),
            None => Ok(article),
        }
    }

    /// What the `tokens` table holds: the model's own analysis, the dateline not taken apart, of any language.
    fn raw(&self, article: &Article, coded: Option<&Reading>) -> Reading {
        let parts = parts(article);
        if let Some(reading) = coded.filter(|_| parts.dateline.is_empty()) {
            return reading.clone();
        }
        let whole =
            Parts { dateline: "", body: &article.text[parts.title_end..], body_start: parts.title_end, ..parts };
        self.read_parts(&[(article, whole)]).pop().unwrap_or_default()
    }

    /// Reads the texts of the articles that are coded.
    fn read_texts(&self, articles: &[Result<Article, Reject>]) -> Vec<Reading> {
        let coded = articles.iter().flatten().filter(|a| coded(a));
        self.read_parts(&coded.map(|a| (a, parts(a))).collect::<Vec<_>>())
    }

    /// Title, dateline and body are read apart, so that no sentence runs from one into the other.
    fn read_parts(&self, articles: &[(&Article, Parts)]) -> Vec<Reading> {
        let texts: Vec<&str> = articles.iter().flat_map(|(_, p)| [p.title.as_str(), p.dateline, p.body]).collect();
        let mut readings = self.model.read(&texts).into_iter();
        let mut next = || readings.next().unwrap_or_default();
        let mut out = Vec::with_capacity(articles.len());
        for (article, p) in articles {
            let chars = |bytes: usize| article.text[..bytes].chars().count() as u32;
            let at = |bytes: usize| (chars(bytes), bytes as u32);
            let places = [at(0), at(p.title_end), at(p.body_start)];
            let parts = places.map(|(chars, bytes)| (next(), chars, bytes));
            out.push(Reading::join(article.text.clone(), parts.into()));
        }
        out
    }
}

/// Whether the article is in a language that is coded. An article that does not say is taken to be in English.
fn coded(article: &Article) -> bool {
    article.language.as_deref().is_none_or(|l| l == "en")
}

/// What the model is given of an article, with the bytes of the text at which the parts start.
struct Parts<'a> {
    /// In the case that the body would write it.
    title: String,
    dateline: &'a str,
    body: &'a str,
    /// Where what follows the title starts.
    title_end: usize,
    body_start: usize,
}

fn parts(article: &Article) -> Parts<'_> {
    let text = article.text.as_str();
    let byte = |chars: u32| text.char_indices().nth(chars as usize).map_or(text.len(), |(b, _)| b);
    let after_title = byte(article.title_end);
    let title_end = text.len() - text[after_title..].trim_start().len();
    let body_start = byte(article.body_start).max(title_end);
    let (dateline, body) = (&text[title_end..body_start], &text[body_start..]);
    let title = match &text[..after_title] {
        "" => String::new(),
        title => broadsheet_normalize::headline::truecase(title, body),
    };
    Parts { title, dateline, body, title_end, body_start }
}

/// Reads a batch; a fault in one article costs that article, as a row of `rejects`, and not the run.
fn read_guarded(reader: &Reader, batch: &[Record], clock: &Clock) -> Vec<Outcome> {
    if let Ok(outcomes) = catch_unwind(AssertUnwindSafe(|| reader.read_batch(batch, clock))) {
        return outcomes;
    }
    let one = |record: &Record| {
        catch_unwind(AssertUnwindSafe(|| reader.read_batch(std::slice::from_ref(record), clock)))
            .ok()
            .and_then(|mut outcomes| outcomes.pop())
            .unwrap_or_else(|| Err(internal(record)))
    };
    batch.iter().map(one).collect()
}

fn internal(record: &Record) -> Reject {
    match record {
        Err(reject) => reject.clone(),
        Ok(raw) => Reject {
            source_path: raw.source_path.clone(),
            source_offset: raw.source_offset,
            stage: "normalize",
            code: "internal",
            message: "the program failed on this article; please report it with the article".into(),
        },
    }
}

/// Batches of a round for each thread: enough that a long one at its end leaves the other threads idle for little of it.
const BATCHES_PER_THREAD: usize = 4;

/// Reads all of `records` on the current rayon pool and gives the outcomes to `sink`, in order and in bounded memory:
/// while one round of batches is read, the one before is written and the one behind is taken from its source. `on_round`
/// sees the source after each round, and how many records the round held.
///
/// # Errors
/// The first error of `sink`; nothing is read after it.
pub fn run<I, E>(
    reader: &Reader,
    records: I,
    clock: &Clock,
    mut sink: impl FnMut(Vec<Outcome>) -> Result<(), E> + Send,
    mut on_round: impl FnMut(&I, u64),
) -> Result<(), E>
where
    I: Iterator<Item = Record> + Send,
    E: Send,
{
    let per_round = rayon::current_num_threads() * BATCHES_PER_THREAD;
    let mut batches = Batches::new(records);
    let mut done: Vec<Vec<Outcome>> = Vec::new();
    // The first round is small, so that all threads soon have work.
    let mut round = clock.source(|| batches.by_ref().take(rayon::current_num_threads()).collect::<Vec<_>>());
    loop {
        let last = round.is_empty();
        let (written, (ahead, read)) = rayon::join(
            || std::mem::take(&mut done).into_iter().try_for_each(&mut sink),
            || {
                rayon::join(
                    || clock.source(|| batches.by_ref().take(if last { 0 } else { per_round }).collect::<Vec<_>>()),
                    || round.par_iter().with_max_len(1).map(|batch| read_guarded(reader, batch, clock)).collect(),
                )
            },
        );
        written?;
        (round, done) = (ahead, read);
        on_round(batches.source(), done.iter().map(|outcomes| outcomes.len() as u64).sum());
        if last {
            return Ok(());
        }
    }
}
