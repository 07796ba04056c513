//! Lexicon of the actors stage.

use super::countries::Countries;
use super::fold;
use super::known::{Known, Names};
use super::nouns::Nouns;
use super::places::Gazetteer;
use super::words::Words;
use crate::lexicons::LexiconError;
use std::collections::HashMap;

/// What this stage knows.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Countries and what they are called.
    pub(super) countries: Countries,
    /// Words that tell what stands beside them.
    pub(super) words: Words,
    /// Cities, states and regions.
    pub(super) places: Gazetteer,
    /// Nouns of people and bodies that act.
    pub(super) agents: Nouns,
    /// Offices and titles.
    pub(super) roles: Nouns,
    /// Organizations, people, first names.
    pub(super) names: Names,
    /// First words of the countries' names, folded, to the most words.
    first: HashMap<String, usize>,
}

impl Lexicon {
    /// Parses the built-in lexicon.
    ///
    /// # Errors
    /// The first line that cannot be used.
    pub fn load() -> Result<Lexicon, LexiconError> {
        let (agents, roles) = Nouns::load()?;
        let (countries, places, names) = (Countries::load()?, Gazetteer::load()?, Names::load()?);
        let mut first = HashMap::new();
        for name in countries.all() {
            let key = fold::key(name);
            let most: &mut usize = first.entry(key.split(' ').next().unwrap_or("").to_string()).or_insert(0);
            *most = (*most).max(key.split(' ').count() + 2);
        }
        Ok(Lexicon { countries, words: Words::load()?, places, agents, roles, names, first })
    }

    /// What the lists know under exactly this name.
    pub(super) fn known(&self, name: &str) -> Option<Known> {
        None.or_else(|| self.countries.by_name(name).map(Known::Country))
            .or_else(|| {
                let part = self.countries.is_part(name);
                self.countries.by_demonym(name).map(if part { Known::Part } else { Known::Demonym })
            })
            .or_else(|| self.countries.by_seat(name).map(Known::Seat))
            .or_else(|| self.names.find(name))
            .or_else(|| self.countries.by_capital(name).map(Known::Capital))
    }

    /// The most tokens that a known name beginning with `word` can have; 0 if there is none.
    pub(super) fn reach(&self, word: &str) -> usize {
        let key = fold::key(word);
        let most = |map: &HashMap<String, usize>| map.get(&key).copied().unwrap_or(0);
        most(&self.first).max(most(&self.names.first))
    }

    /// Everything questionable in it.
    pub fn audit(&self) -> Vec<LexiconError> {
        let mut out = self.countries.audit();
        out.extend(self.words.audit());
        out.extend(self.places.audit(|code| self.countries.has(code)));
        let codes = ["IGO", "NGO", "ISM", "IMG", "MNC"];
        out.extend(self.names.audit(|code| self.countries.has(code) || codes.contains(&code), &self.roles));
        out
    }
}

impl Lexicon {
    /// ISO alpha-3 (or IGO UNO EUR) of a country named `name`: its names, short names, abbreviations ("US", "U.K."),
    /// case as written.
    pub fn country_by_name(&self, name: &str) -> Option<&str> {
        self.countries.by_name(name)
    }

    /// ISO alpha-3 of a demonym or national adjective ("Iranian", "Britons").
    pub fn country_by_demonym(&self, word: &str) -> Option<&str> {
        self.countries.by_demonym(word)
    }

    /// ISO alpha-3 of a capital or seat that stands for its government ("Seoul", "the Kremlin", "Downing Street").
    pub fn country_by_seat(&self, name: &str) -> Option<&str> {
        self.countries.by_seat(name).or_else(|| self.countries.by_capital(name))
    }

    /// The place of that name, the most populous unless `country` (ISO alpha-3) says otherwise.
    pub fn place(&self, name: &str, country: Option<&str>) -> Option<crate::Place> {
        self.places.place(name, country)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_found_by_name_demonym_and_seat() {
        let lexicon = Lexicon::load().unwrap();
        for (name, code) in [
            ("South Korea", "KOR"),
            ("the U.S.", "USA"),
            ("UK", "GBR"),
            ("IRAN", "IRN"),
            ("BOSNIA AND HERZEGOVINA", "BIH"),
            ("Japan's", "JPN"),
            ("the Netherlands", "NLD"),
        ] {
            assert_eq!(lexicon.country_by_name(name), Some(code), "{name}");
        }
        assert_eq!(lexicon.country_by_name("us"), None);
        assert_eq!(lexicon.country_by_name("Atlantis"), None);
        for (word, code) in [("Iranian", "IRN"), ("Britons", "GBR"), ("Dutch", "NLD"), ("Kosovar", "XKX")] {
            assert_eq!(lexicon.country_by_demonym(word), Some(code), "{word}");
        }
        for (seat, code) in [("Seoul", "KOR"), ("the Kremlin", "RUS"), ("Downing Street", "GBR"), ("Tehran", "IRN")] {
            assert_eq!(lexicon.country_by_seat(seat), Some(code), "{seat}");
        }
    }

    #[test]
    fn places_are_found_with_their_country() {
        let lexicon = Lexicon::load().unwrap();
        let country = |name, wanted| lexicon.place(name, wanted).and_then(|p| p.country);
        assert_eq!(country("Paris", None).as_deref(), Some("FRA"));
        assert_eq!(country("Paris", Some("USA")).as_deref(), Some("USA"));
        assert_eq!(country("Kiev", None).as_deref(), Some("UKR"));
        assert_eq!(country("the West Bank", None).as_deref(), Some("PSE"));
        assert_eq!(country("Münster", None).as_deref(), Some("DEU"));
        assert_eq!(country("'Afak", None).as_deref(), Some("IRQ"));
        for nowhere in ["", "#", "\t", "Zzyzxville", "\u{10ffff}", "# Source"] {
            assert_eq!(lexicon.place(nowhere, None), None, "{nowhere:?}");
        }
        let tokyo = lexicon.place("Tokyo", None).unwrap();
        assert!((tokyo.latitude.unwrap() - 35.7).abs() < 0.2 && tokyo.geonames_id.is_some());
    }

    #[test]
    fn the_built_in_lexicon_is_sound() {
        assert_eq!(Lexicon::load().unwrap().audit(), []);
    }
}
