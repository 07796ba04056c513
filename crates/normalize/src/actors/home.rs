//! Home: the country that an article is about.

use super::find::{Found, What};
use super::known::Known;
use super::lexicon::Lexicon;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashSet};

/// The country that an article is about, for officials and bodies that it does not give one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Home {
    /// The country.
    pub country: Option<&'static str>,
    /// It is spoken of again and again, and hardly another one is.
    pub clear: bool,
    /// No other state is spoken of.
    pub only: bool,
}

impl Home {
    /// The state that most names of countries, peoples, places, office-holders and public bodies belong to; a name in the
    /// headline, which is the first `title` tokens, counts twice. Of equals it is the one named first.
    pub fn of(lexicon: &Lexicon, found: &[Found], title: usize, day: Option<Date>) -> Home {
        // How often, and where first.
        let mut counts: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
        let mut seen = HashSet::new();
        for (at, f) in found.iter().enumerate() {
            let country = match f.what {
                What::Country(c) | What::Demonym(c) | What::Capital(c) => Some(c),
                What::Place(spot) => spot.map(|s| s.country),
                // Once each: a visitor's name stands in every line.
                _ => f.known.filter(|&k| seen.insert(k)).and_then(|_| public(lexicon, f, day)),
            };
            if let Some(c) = country.filter(|c| lexicon.countries.has(c) && !matches!(*c, "EUR" | "UNO")) {
                counts.entry(c).or_insert((0, at)).0 += if f.head < title { 2 } else { 1 };
            }
        }
        let total: usize = counts.values().map(|&(n, _)| n).sum();
        let most = counts.into_iter().max_by_key(|&(_, (n, at))| (n, std::cmp::Reverse(at)));
        let Some((country, (most, _))) = most else { return Home::default() };
        let share = most * 5 >= total * 2;
        Home { country: share.then_some(country), clear: most >= 3 && most * 2 >= total, only: most == total }
    }
}

/// The country of an office-holder or a public body that the lists know.
fn public(lexicon: &Lexicon, found: &Found, day: Option<Date>) -> Option<&'static str> {
    let (country, sector) = match found.known? {
        Known::Person(i) => {
            let s = lexicon.names.people[i as usize].standing(day);
            (s.country, s.sector)
        }
        Known::Organization(i) => {
            let o = lexicon.names.organizations[i as usize];
            (o.country, o.sector)
        }
        _ => return None,
    };
    country.filter(|_| matches!(sector, Some("GOV" | "LEG" | "MIL" | "JUD" | "COP" | "SPY")))
}
