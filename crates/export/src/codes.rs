//! A code is what a list that others keep calls one of our values: CAMEO, FIPS 10-4 and Correlates of War countries,
//! CAMEO actor types, GKG themes and counts. The lists are lexicons, built in.

use broadsheet_normalize::{LexiconError, lexicons::entries};
use std::collections::{BTreeMap, BTreeSet};

const COUNTRIES: &str = include_str!("../../../data/lexicons/country-codes.tsv");
const COUNTRY_FILE: &str = "country-codes.tsv";
const GDELT: &str = include_str!("../../../data/lexicons/gdelt.tsv");
const GDELT_FILE: &str = "gdelt.tsv";
const NAMES: &str = include_str!("../../../data/lexicons/countries.tsv");
const REGIONS: &str = include_str!("../../../data/lexicons/places.tsv");

/// A country in the lists of others; empty where a list has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Country {
    pub cameo: &'static str,
    pub fips: &'static str,
    pub cow: &'static str,
}

/// What CAMEO makes of a code that stands for a country; empty where it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Group {
    pub actor: &'static str,
    pub country: &'static str,
    pub known: &'static str,
    pub kind: &'static str,
}

/// All lists.
#[derive(Debug, Default)]
pub(crate) struct Codes {
    countries: BTreeMap<&'static str, Country>,
    groups: BTreeMap<&'static str, Group>,
    sectors: BTreeMap<&'static str, &'static str>,
    contexts: BTreeMap<&'static str, &'static str>,
    roles: BTreeMap<&'static str, &'static str>,
    /// What countries are called, with their code.
    names: BTreeMap<&'static str, &'static str>,
    /// The usual name of each.
    usual: BTreeMap<&'static str, &'static str>,
    /// Names of states, provinces and regions with their country.
    regions: BTreeSet<(&'static str, &'static str)>,
}

impl Codes {
    /// Parses the lists that are built in.
    ///
    /// # Errors
    /// The first line that cannot be used.
    pub fn load() -> Result<Codes, LexiconError> {
        let mut codes = Codes::default();
        for (line, text) in entries(COUNTRIES) {
            let cells: Vec<&'static str> = text.split('\t').map(present).collect();
            let &[code, cameo, fips, cow, _abbreviation] = cells.as_slice() else {
                return Err(fault(COUNTRY_FILE, line, format!("expected 5 columns, found {}", cells.len())));
            };
            codes.countries.insert(code, Country { cameo, fips, cow });
        }
        for (line, text) in entries(GDELT) {
            let cells: Vec<&'static str> = text.split('\t').map(present).collect();
            match *cells.as_slice() {
                ["sector", from, to] => codes.sectors.insert(from, to),
                ["context", from, to] => codes.contexts.insert(from, to),
                ["role", from, to] => codes.roles.insert(from, to),
                ["group", from, actor, country, known, kind] => {
                    codes.groups.insert(from, Group { actor, country, known, kind });
                    continue;
                }
                _ => return Err(fault(GDELT_FILE, line, "expected a sector, group, context or role".to_owned())),
            };
        }
        for (_, text) in entries(NAMES) {
            let mut cells = text.split('\t');
            let (code, names) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            let code = code.trim_end_matches('~');
            codes.usual.insert(code, names.split('|').next().unwrap_or_default());
            codes.names.extend(names.split('|').map(|name| (name, code)));
        }
        for (_, text) in entries(REGIONS) {
            let mut cells = text.split('\t');
            let (names, country) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            codes.regions.extend(names.split('|').map(|name| (name, country)));
        }
        Ok(codes)
    }

    /// A country by our code; all is empty where no list has it.
    pub fn country(&self, code: &str) -> Country {
        self.countries.get(code).copied().unwrap_or_default()
    }

    /// A code that stands for a country and is none.
    pub fn group(&self, code: &str) -> Option<Group> {
        self.groups.get(code).copied()
    }

    /// The CAMEO type code of a PLOVER sector.
    pub fn sector(&self, sector: &str) -> &'static str {
        self.sectors.get(sector).copied().unwrap_or_default()
    }

    /// The GKG theme of a PLOVER context, where there is one that means the same.
    pub fn theme(&self, context: &str) -> Option<&'static str> {
        self.contexts.get(context).copied()
    }

    /// The GKG count type of a figure's role, where there is one.
    pub fn count(&self, role: &str) -> Option<&'static str> {
        self.roles.get(role).copied()
    }

    /// Whether `name` is that of the country `code` itself.
    pub fn is_country(&self, name: &str, code: &str) -> bool {
        self.names.get(name.strip_prefix("the ").unwrap_or(name)) == Some(&code)
    }

    /// What a country is usually called.
    pub fn usual_name(&self, code: &str) -> Option<&'static str> {
        self.usual.get(code).copied()
    }

    /// Whether `name` is that of a state, province or region of the country `code`.
    pub fn is_region(&self, name: &str, code: &str) -> bool {
        self.regions.contains(&(name.strip_prefix("the ").unwrap_or(name), code))
    }
}

/// The cell, or nothing where it says that there is none.
fn present(cell: &'static str) -> &'static str {
    if cell == "-" { "" } else { cell }
}

fn fault(file: &'static str, line: usize, reason: String) -> LexiconError {
    LexiconError { file, line, reason }
}

/// Everything questionable in the lists that loads all the same: unknown countries, codes of the wrong form, duplicates,
/// lines out of order, countries without a line.
///
/// # Errors
/// The first line that cannot be used at all.
pub fn audit_codes() -> Result<Vec<LexiconError>, LexiconError> {
    let codes = Codes::load()?;
    let ours: BTreeSet<&str> = codes.names.values().copied().collect();
    let mut found = Vec::new();
    let mut last = "";
    let mut seen: [BTreeSet<&str>; 3] = Default::default();
    for (line, text) in entries(COUNTRIES) {
        let cells: Vec<&str> = text.split('\t').map(|cell| if cell == "-" { "" } else { cell }).collect();
        let mut complain = |reason: String| found.push(fault(COUNTRY_FILE, line, reason));
        if !ours.contains(cells[0]) {
            complain(format!("`{}` is no country of `countries.tsv`", cells[0]));
        }
        if cells[0] <= last {
            complain(format!("`{}` is not in order or is there twice", cells[0]));
        }
        let capitals = |cell: &str| cell.bytes().all(|b| b.is_ascii_uppercase());
        let forms = [
            (cells[1].is_empty() || cells[1].len() == 3 && capitals(cells[1]), "CAMEO code"),
            (cells[2].is_empty() || cells[2].len() == 2 && capitals(cells[2]), "FIPS code"),
            (cells[3].parse::<u16>().is_ok_and(|n| (2..1000).contains(&n)) || cells[3].is_empty(), "COW number"),
            (cells[4].is_empty() || cells[4].len() == 3 && capitals(cells[4]), "COW abbreviation"),
        ];
        for (cell, (_, what)) in cells[1..].iter().zip(forms).filter(|(_, (good, _))| !good) {
            complain(format!("`{cell}` is no {what}"));
        }
        for ((seen, cell), what) in seen.iter_mut().zip(&cells[1..]).zip(["CAMEO", "FIPS", "COW"]) {
            if !cell.is_empty() && !seen.insert(cell) {
                complain(format!("`{cell}` is the {what} code of two countries"));
            }
        }
        last = cells[0];
    }
    for code in ours.iter().filter(|code| !codes.countries.contains_key(*code) && !codes.groups.contains_key(*code)) {
        found.push(fault(COUNTRY_FILE, 1, format!("`{code}` of `countries.tsv` has no line")));
    }
    let order = ["sector", "group", "context", "role"];
    let key = |text: &'static str| {
        let mut cells = text.split('\t');
        let section = cells.next();
        (order.iter().position(|name| section == Some(name)), cells.next().unwrap_or_default())
    };
    let lines: Vec<(usize, &str)> = entries(GDELT).collect();
    for pair in lines.windows(2).filter(|pair| key(pair[0].1) >= key(pair[1].1)) {
        found.push(fault(GDELT_FILE, pair[1].0, "the line is not in order or is there twice".to_owned()));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_load_and_pass_their_audit() {
        assert_eq!(audit_codes().unwrap(), []);
    }

    #[test]
    fn countries_have_the_codes_that_the_lists_give_them() {
        let codes = Codes::load().unwrap();
        for (code, cameo, fips, cow) in
            [("DEU", "DEU", "GM", "255"), ("ROU", "ROM", "RO", "360"), ("HKG", "HKG", "HK", ""), ("ZZZ", "", "", "")]
        {
            assert_eq!(codes.country(code), Country { cameo, fips, cow });
        }
        assert_eq!(codes.sector("MED"), "HLH", "PLOVER's MED is health, CAMEO's is media");
        assert_eq!(codes.group("UNO").unwrap().actor, "IGOUNO");
        assert!(codes.is_country("the United States", "USA") && !codes.is_country("Paris", "FRA"));
        assert!(codes.is_region("Texas", "USA") && !codes.is_region("Texas", "MEX"));
    }
}
