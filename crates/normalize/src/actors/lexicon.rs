//! Lexicon of the actors stage.

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

impl Lexicon {
    /// ISO alpha-3 (or IGO UNO EUR) of a country named `name`: its names, short names, abbreviations ("US", "U.K."),
    /// case as written.
    pub fn country_by_name(&self, _name: &str) -> Option<&str> {
        None
    }

    /// ISO alpha-3 of a demonym or national adjective ("Iranian", "Britons").
    pub fn country_by_demonym(&self, _word: &str) -> Option<&str> {
        None
    }

    /// ISO alpha-3 of a capital or seat that stands for its government ("Seoul", "the Kremlin", "Downing Street").
    pub fn country_by_seat(&self, _name: &str) -> Option<&str> {
        None
    }

    /// The place of that name, the most populous unless `country` (ISO alpha-3) says otherwise.
    pub fn place(&self, _name: &str, _country: Option<&str>) -> Option<crate::Place> {
        None
    }
}
