//! A document is one article with all that was found in it, ready to be laid out as rows.

use broadsheet_ingest::Article;
use broadsheet_language::Reading;
use broadsheet_normalize::{Actor, Findings};

/// One article and what was found in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The article.
    pub article: Article,
    /// What the language model saw; needed only where the table `tokens` is asked for.
    pub reading: Option<Reading>,
    /// What the article says.
    pub findings: Findings,
}

/// A document while it is laid out: it knows where each code point of the text begins, so that evidence is sliced
/// without counting from the start each time.
pub(crate) struct Page<'d> {
    pub article: &'d Article,
    pub reading: Option<&'d Reading>,
    pub findings: &'d Findings,
    /// Byte offset of each code point and of the end; `None` where the text is ASCII and both counts agree.
    starts: Option<Vec<usize>>,
}

impl<'d> Page<'d> {
    pub fn new(document: &'d Document) -> Self {
        let text = &document.article.text;
        let starts = (!text.is_ascii())
            .then(|| text.char_indices().map(|(byte, _)| byte).chain(std::iter::once(text.len())).collect());
        let Document { article, reading, findings } = document;
        Self { article, reading: reading.as_ref(), findings, starts }
    }

    /// The text between two offsets in code points; empty where they do not lie in the text.
    pub fn slice(&self, start: u32, end: u32) -> &'d str {
        let byte = |offset: u32| match &self.starts {
            None => Some(offset as usize),
            Some(starts) => starts.get(offset as usize).copied(),
        };
        match (byte(start), byte(end)) {
            (Some(start), Some(end)) => self.article.text.get(start..end).unwrap_or_default(),
            _ => "",
        }
    }

    /// Length of the text in code points.
    pub fn length(&self) -> u32 {
        self.starts.as_ref().map_or(self.article.text.len(), |starts| starts.len() - 1) as u32
    }

    /// The actor at an index of the findings.
    pub fn actor(&self, index: Option<usize>) -> Option<&'d Actor> {
        index.and_then(|i| self.findings.actors.get(i))
    }
}
