//! GDELT's layout: the three files of a GDELT 2.0 update, tab-separated and without a header. An event is what GDELT
//! means by it: one day, one actor, one recipient, one CAMEO code and one place, however many articles tell it; each
//! telling is a row of the mentions. How often an event is told is known only at the end: its row is kept in a scratch
//! file and completed then. In memory are about 60 bytes an event.

mod actor;
mod events;
mod gkg;
mod mentions;
mod place;

use crate::{
    ExportError, codes::Codes, document::Page, format::GDELT_FILES, layout::Layout, report::reports, tsv::TsvFile,
};
use broadsheet_ingest::Article;
use std::{
    collections::HashMap,
    fs::File,
    io::{BufRead, BufReader},
    path::PathBuf,
};

/// The files, being written.
pub(crate) struct Gdelt {
    codes: Codes,
    /// Where the events go at the end.
    events: PathBuf,
    /// The events as first told, without their counts.
    first: TsvFile,
    mentions: TsvFile,
    gkg: TsvFile,
    told: HashMap<u64, Told>,
    /// Number of each source, by its name.
    sources: HashMap<String, u32>,
    articles: u32,
}

/// How often an event was told, and when first.
struct Told {
    added: String,
    mentions: u32,
    articles: u32,
    /// The article that told it last.
    last: u32,
    sources: Vec<u32>,
}

impl Gdelt {
    pub fn create([events, mentions, gkg]: [PathBuf; 3], first: PathBuf, codes: Codes) -> Result<Self, ExportError> {
        Ok(Self {
            codes,
            // Created now, so that what can't be written is known before the slow part.
            events: TsvFile::create(events)?.path().to_owned(),
            first: TsvFile::create(first)?,
            mentions: TsvFile::create(mentions)?,
            gkg: TsvFile::create(gkg)?,
            told: HashMap::new(),
            sources: HashMap::new(),
            articles: 0,
        })
    }

    fn article(&mut self, page: &Page<'_>) -> Result<(), ExportError> {
        self.articles += 1;
        let source = source(page.article).to_owned();
        let next = self.sources.len() as u32;
        let source = *self.sources.entry(source).or_insert(next);
        for report in reports(page) {
            let id = events::id(&report);
            let added = stamp(page.article);
            let told = match self.told.get_mut(&id) {
                Some(told) => told,
                None => {
                    self.first.push(&events::row(id, page, &report, &self.codes))?;
                    let none = Told { added, mentions: 0, articles: 0, last: 0, sources: Vec::new() };
                    self.told.entry(id).or_insert(none)
                }
            };
            told.mentions += 1;
            if told.last != self.articles {
                (told.last, told.articles) = (self.articles, told.articles + 1);
            }
            if !told.sources.contains(&source) {
                told.sources.push(source);
            }
            self.mentions.push(&mentions::row(id, &told.added, page, &report))?;
        }
        self.gkg.push(&gkg::row(page, self.articles, &self.codes))
    }
}

impl Layout for Gdelt {
    fn append(&mut self, pages: &[Page<'_>]) -> Result<(), ExportError> {
        pages.iter().try_for_each(|page| self.article(page))
    }

    fn finish(self: Box<Self>) -> Result<Vec<(&'static str, u64)>, ExportError> {
        let path = self.first.path().to_owned();
        self.first.finish()?;
        let unreadable = |e| ExportError::io("read", &path, e);
        let mut events = TsvFile::create(self.events)?;
        for line in BufReader::new(File::open(&path).map_err(unreadable)?).lines() {
            let line = line.map_err(unreadable)?;
            let mut cells: Vec<&str> = line.split('\t').collect();
            let counts = cells[0].parse().ok().and_then(|id: u64| self.told.get(&id));
            let counts = counts.map(|t| [t.mentions, t.sources.len() as u32, t.articles].map(|n| n.to_string()));
            if let Some([mentions, sources, articles]) = &counts {
                cells.splice(events::COUNTS, [mentions.as_str(), sources, articles]);
            }
            events.push(&cells)?;
        }
        let [of_events, of_mentions, of_gkg] = GDELT_FILES;
        Ok(vec![(of_events, events.finish()?), (of_mentions, self.mentions.finish()?), (of_gkg, self.gkg.finish()?)])
    }
}

/// The name of an article's source, for people: the host, else the publisher.
fn source(article: &Article) -> &str {
    article.domain.as_deref().or(article.publisher.as_deref()).unwrap_or_default()
}

/// GDELT's time of an article, `YYYYMMDDHHMMSS` in UTC: of its publication, not of our run, so that the same input gives
/// the same bytes; empty where it is not known.
fn stamp(article: &Article) -> String {
    article.published_at.map(|at| at.strftime("%Y%m%d%H%M%S").to_string()).unwrap_or_default()
}

/// Where the document is: its URL, or the record that it came from.
fn document(article: &Article) -> String {
    match &article.url {
        Some(url) => url.clone(),
        None => format!("{}#{}", article.source_path, article.source_offset),
    }
}

/// GDELT's number of a source collection: 1 where the document is identified by a URL, 2 where by a citation.
fn collection(article: &Article) -> &'static str {
    if article.url.is_some() { "1" } else { "2" }
}
