//! Countries: names, demonyms, capitals and seats of government, each leading to a country's code.

use crate::lexicons::{LexiconError, entries};
use std::collections::{HashMap, HashSet};

const TEXT: &str = include_str!("../../../../data/lexicons/countries.tsv");
const FILE: &str = "countries.tsv";

/// What countries are called.
#[derive(Debug, Default)]
pub struct Countries {
    /// Code to whether it is a state.
    codes: HashMap<&'static str, bool>,
    /// Code to the usual name.
    usual: HashMap<&'static str, &'static str>,
    names: HashMap<&'static str, &'static str>,
    demonyms: HashMap<&'static str, &'static str>,
    capitals: HashMap<&'static str, &'static str>,
    seats: HashMap<&'static str, &'static str>,
    /// Demonyms of a part of the country: they tell the country and never stand for its government.
    parts: HashSet<&'static str>,
}

impl Countries {
    /// Parses the built-in list.
    ///
    /// # Errors
    /// The first line that cannot be used.
    pub fn load() -> Result<Countries, LexiconError> {
        let mut out = Countries::default();
        for (line, text) in entries(TEXT) {
            let parts: Vec<&'static str> = text.split('\t').collect();
            let &[code, names, demonyms, capitals, seats] = parts.as_slice() else {
                let reason = format!("expected 5 columns, found {}", parts.len());
                return Err(LexiconError { file: FILE, line, reason });
            };
            let (code, state) = code.strip_suffix('~').map_or((code, true), |c| (c, false));
            out.codes.insert(code, state);
            out.usual.insert(code, names.split('|').next().unwrap_or(names));
            for (map, column) in [
                (&mut out.names, names),
                (&mut out.demonyms, demonyms),
                (&mut out.capitals, capitals),
                (&mut out.seats, seats),
            ] {
                for name in column.split('|').filter(|&n| n != "-") {
                    let (name, part) = name.strip_suffix('~').map_or((name, false), |n| (n, true));
                    map.entry(name).or_insert(code);
                    if part {
                        out.parts.insert(name);
                    }
                }
            }
        }
        Ok(out)
    }

    /// Whether `code` is that of a state and not of a territory.
    pub fn is_state(&self, code: &str) -> bool {
        self.codes.get(code).copied().unwrap_or(false)
    }

    /// Whether `code` is in the list.
    pub fn has(&self, code: &str) -> bool {
        self.codes.contains_key(code)
    }

    /// Code of the country of that name.
    pub fn by_name(&self, name: &str) -> Option<&'static str> {
        find(&self.names, name)
    }

    /// Code of the country whose people or things are called so.
    pub fn by_demonym(&self, word: &str) -> Option<&'static str> {
        find(&self.demonyms, word)
    }

    /// Whether a demonym is that of a part of its country: "Scottish", "Catalans".
    pub fn is_part(&self, word: &str) -> bool {
        self.parts.contains(super::fold::bare(word))
    }

    /// The usual name of a country.
    pub fn name(&self, code: &str) -> Option<&'static str> {
        self.usual.get(code).copied()
    }

    /// Code of the country whose capital is called so.
    pub fn by_capital(&self, name: &str) -> Option<&'static str> {
        find(&self.capitals, name)
    }

    /// Code of the country whose government is called by that building or street.
    pub fn by_seat(&self, name: &str) -> Option<&'static str> {
        find(&self.seats, name)
    }

    /// Everything that a country, its people, its capital or its government is called.
    pub fn all(&self) -> impl Iterator<Item = &'static str> + '_ {
        [&self.names, &self.demonyms, &self.capitals, &self.seats].into_iter().flat_map(|m| m.keys().copied())
    }

    /// Names that stand twice: the second can never match.
    pub fn audit(&self) -> Vec<LexiconError> {
        let mut out = Vec::new();
        let mut seen: HashMap<(usize, &str), &str> = HashMap::new();
        let mut before = "";
        for (line, text) in entries(TEXT) {
            let mut fault = |reason: String| out.push(LexiconError { file: FILE, line, reason });
            let parts: Vec<&str> = text.split('\t').collect();
            if parts[0] <= before {
                fault(format!("`{}` stands after `{before}`", parts[0]));
            }
            before = parts[0];
            for (column, names) in parts.iter().enumerate().skip(1) {
                for name in names.split('|').filter(|&n| n != "-").map(|n| n.trim_end_matches('~')) {
                    if let Some(first) = seen.insert((column, name), parts[0]) {
                        fault(format!("`{name}` is already a name of `{first}`"));
                    }
                }
            }
        }
        out
    }
}

/// Looks a name up as written, then without article and possessive, then in its usual case where it is in capitals.
fn find(map: &HashMap<&'static str, &'static str>, name: &str) -> Option<&'static str> {
    let look = |n: &str| map.get(n).copied();
    look(name).or_else(|| {
        let bare = super::fold::bare(name);
        look(bare).or_else(|| super::fold::uncapped(bare).and_then(|n| look(&n)))
    })
}
