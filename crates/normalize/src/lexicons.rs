//! The lexicons: what the program knows of the world and of English, as plain text under `data/lexicons`, built into
//! the program and parsed once at start. Each section is owned by the stage that uses it.

use crate::{actors, events, figures, quotes, times};

/// A line of a lexicon that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`data/lexicons/{file}:{line}`: {reason}")]
pub struct LexiconError {
    /// File name under `data/lexicons`.
    pub file: &'static str,
    /// 1-based line.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// All lexicons.
#[derive(Debug)]
pub struct Lexicons {
    /// Countries, people, organizations, agents, places.
    pub actors: actors::Lexicon,
    /// Frames, classes, contexts, the ontology.
    pub events: events::Lexicon,
    /// Units, currencies, number words.
    pub figures: figures::Lexicon,
    /// Names of days, months, seasons, holidays, time words.
    pub times: times::Lexicon,
    /// Reporting words.
    pub quotes: quotes::Lexicon,
}

impl Lexicons {
    /// Parses the lexicons that are built into the program.
    ///
    /// # Errors
    /// The first line that cannot be used.
    pub fn load() -> Result<Lexicons, LexiconError> {
        Ok(Lexicons {
            actors: actors::Lexicon::load()?,
            events: events::Lexicon::load()?,
            figures: figures::Lexicon::load()?,
            times: times::Lexicon::load()?,
            quotes: quotes::Lexicon::load()?,
        })
    }

    /// Everything questionable that loads all the same: duplicates, unknown codes, entries that can never match.
    pub fn audit(&self) -> Vec<LexiconError> {
        let mut found = self.actors.audit();
        found.extend(self.events.audit(&self.actors));
        found.extend(self.figures.audit());
        found.extend(self.times.audit());
        found.extend(self.quotes.audit());
        found
    }
}

/// The entries of a lexicon text: `(line number, line)` without comments (`#` at the start of a line) and blank lines.
pub fn entries(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(n, l)| (n + 1, l.trim_end()))
        .filter(|(_, l)| !l.trim_start().starts_with('#') && !l.trim().is_empty())
}
