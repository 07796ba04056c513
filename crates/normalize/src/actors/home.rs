//! Home: the country that an article is about.

use super::find::{Found, What};
use super::lexicon::Lexicon;
use std::collections::BTreeMap;

/// The country that an article is about, for officials and bodies that it does not give one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Home {
    /// The country.
    pub country: Option<&'static str>,
    /// It is spoken of again and again, and hardly another one is.
    pub clear: bool,
}

impl Home {
    /// The state that most names of countries, peoples and places belong to.
    pub fn of(lexicon: &Lexicon, found: &[Found]) -> Home {
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        for f in found {
            let country = match f.what {
                What::Country(c) | What::Demonym(c) | What::Capital(c) => Some(c),
                What::Place(spot) => spot.map(|s| s.country),
                _ => None,
            };
            if let Some(c) = country.filter(|c| lexicon.countries.has(c) && !matches!(*c, "EUR" | "UNO")) {
                *counts.entry(c).or_insert(0) += 1;
            }
        }
        let total: usize = counts.values().sum();
        let Some((country, most)) = counts.into_iter().max_by_key(|&(c, n)| (n, std::cmp::Reverse(c))) else {
            return Home::default();
        };
        let share = most * 5 >= total * 2;
        Home { country: share.then_some(country), clear: most >= 3 && most * 2 >= total }
    }
}
