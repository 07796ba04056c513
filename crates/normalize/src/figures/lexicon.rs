//! Lexicon of the figures stage.

use crate::lexicons::LexiconError;

/// What this stage knows.
#[derive(Debug, Default)]
pub struct Lexicon {}

impl Lexicon {
    /// Parses the built-in lexicon.
    ///
    /// # Errors
    /// The first line that cannot be used.
    pub fn load() -> Result<Lexicon, LexiconError> {
        Ok(Lexicon {})
    }

    /// Everything questionable in it.
    pub fn audit(&self) -> Vec<LexiconError> {
        Vec::new()
    }
}
