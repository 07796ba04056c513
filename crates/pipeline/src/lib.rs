//! The spine: news articles in, tables out. Read `read_batch` first; every article walks through its numbered steps.
//!
//! bytes → `Article` (ingest) → `Reading` (language) → `Findings` (normalize) → rows → files (export)
//!
//! `read_batch` is the one function that does the work, on one thread; `run` drives it on all cores and hands the
//! results to the exporter in input order, so that the tables do not depend on the number of threads.

mod batch;
mod clock;

pub use batch::{Batches, Record};
pub use broadsheet_export as export;
pub use broadsheet_ingest as ingest;
pub use broadsheet_language as language;
pub use broadsheet_normalize as normalize;
pub use clock::{Clock, Seconds};

use broadsheet_export::Document;
use broadsheet_ingest::{Article, Reject, Wanted};
use broadsheet_language::{Model, Reading};
use broadsheet_normalize::{Findings, Lexicons};
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What became of one record: a document, or the reason why there is none.
pub type Outcome = Result<Document, Reject>;

/// What the articles are read with: the language model and the lexicons, both built into the program.
pub struct Reader {
    model: Model,
    lexicons: Lexicons,
    /// Which articles are wanted, and where their fields are.
    pub wanted: Wanted,
    /// Keep the raw readings, for the `tokens` table.
    pub keep_readings: bool,
}

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
        let (model, lexicons) = (Model::load()?, Lexicons::load()?);
        Ok(Reader { model, lexicons, wanted: Wanted::default(), keep_readings: false })
    }

    /// The lexicons.
    pub fn lexicons(&self) -> &Lexicons {
        &self.lexicons
    }

    /// Reads one batch on the calling thread; outcomes come in the order of the records, one for each.
    pub fn read_batch(&self, batch: &[Record], clock: &Clock) -> Vec<Outcome> {
        // 1. Find the text in the page; refuse with a reason where there is none, leave out what is not wanted.
        let articles: Vec<Result<Article, Reject>> = clock.ingest(|| {
            batch
                .iter()
                .map(|record| record.as_ref().map_err(Clone::clone).and_then(|raw| self.wanted.article(raw)))
                .collect()
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
                        let reading = self.keep_readings.then(Reading::default);
                        return Ok(Document { article, reading, findings: Findings::default() });
                    };
                    let raw = self.keep_readings.then(|| reading.clone());
                    let (_, findings) = broadsheet_normalize::normalize(&article, reading, &self.lexicons);
                    Ok(Document { article, reading: raw, findings })
                })
                .collect()
        })
    }

    /// Reads the texts of the articles that are coded. Title and body are read apart, so that no sentence runs from one
    /// into the other, and the title in the case that the body would write it.
    fn read_texts(&self, articles: &[Result<Article, Reject>]) -> Vec<Reading> {
        let coded: Vec<&Article> = articles.iter().flatten().filter(|a| coded(a)).collect();
        let parts: Vec<(String, &str, Gap)> = coded.iter().map(|a| parts(a)).collect();
        let texts: Vec<&str> = parts.iter().flat_map(|(title, body, _)| [title.as_str(), body]).collect();
        let mut readings = self.model.read(&texts).into_iter();
        let mut out = Vec::with_capacity(coded.len());
        for (article, (_, _, gap)) in coded.iter().zip(&parts) {
            let (Some(title), Some(body)) = (readings.next(), readings.next()) else { break };
            out.push(Reading::join(article.text.clone(), vec![(title, 0, 0), (body, gap.chars, gap.bytes)]));
        }
        out
    }
}

/// Whether the article is in a language that is coded. An article that does not say is taken to be in English.
fn coded(article: &Article) -> bool {
    article.language.as_deref().is_none_or(|l| l == "en")
}

/// Where the body starts in the text.
struct Gap {
    chars: u32,
    bytes: u32,
}

/// The title as the model is to see it, the body, and where the body starts.
fn parts(article: &Article) -> (String, &str, Gap) {
    if article.title_end == 0 {
        return (String::new(), &article.text, Gap { chars: 0, bytes: 0 });
    }
    let title_bytes =
        article.text.char_indices().nth(article.title_end as usize).map_or(article.text.len(), |(b, _)| b);
    let (title, rest) = article.text.split_at(title_bytes);
    let body = rest.trim_start();
    let skipped = rest.len() - body.len();
    let gap_chars = rest[..skipped].chars().count() as u32;
    let gap = Gap { chars: article.title_end + gap_chars, bytes: (title_bytes + skipped) as u32 };
    (broadsheet_normalize::headline::truecase(title, body), body, gap)
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

/// Reads all of `records` on the current rayon pool and gives the outcomes to `sink`, in order and in bounded memory:
/// while one round of batches is written, the next is read. `on_round` sees the source
/// after each round, and how many records the round held.
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
    I: Iterator<Item = Record>,
    E: Send,
{
    let per_round = rayon::current_num_threads() * 4;
    let mut batches = Batches::new(records);
    let mut done: Vec<Vec<Outcome>> = Vec::new();
    loop {
        let round: Vec<Vec<Record>> = clock.source(|| batches.by_ref().take(per_round).collect());
        let last = round.is_empty();
        let (written, next) = rayon::join(
            || std::mem::take(&mut done).into_iter().try_for_each(&mut sink),
            || round.par_iter().with_max_len(1).map(|batch| read_guarded(reader, batch, clock)).collect::<Vec<_>>(),
        );
        written?;
        done = next;
        on_round(batches.source(), done.iter().map(|outcomes| outcomes.len() as u64).sum());
        if last {
            return Ok(());
        }
    }
}
