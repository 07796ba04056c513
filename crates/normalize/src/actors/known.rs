//! Known names: organizations and people that an article may name without saying what they are. What a person was
//! depends on the day of the article: each term of office has its dates.

use super::fold;
use super::nouns::Nouns;
use crate::lexicons::{LexiconError, entries};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};

const ORGANIZATIONS: &str = include_str!("../../../../data/lexicons/organizations.tsv");
const WORDS: &str = include_str!("../../../../data/lexicons/organizations_words.tsv");
const PEOPLE: &str = include_str!("../../../../data/lexicons/people.tsv");
const FIRST_NAMES: &str = include_str!("../../../../data/lexicons/names.tsv");

/// An organization.
#[derive(Debug, Clone, Copy)]
pub struct Organization {
    /// Usual name.
    pub name: &'static str,
    /// Country or PLOVER's code for none.
    pub country: Option<&'static str>,
    /// PLOVER sector.
    pub sector: Option<&'static str>,
}

/// A term of office.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    country: Option<&'static str>,
    sector: Option<&'static str>,
    office: Option<&'static str>,
    from: Option<Date>,
    to: Option<Date>,
}

/// What a person was on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Country.
    pub country: Option<&'static str>,
    /// Sector of the office held, ELI where it is a past one.
    pub sector: Option<&'static str>,
    /// The office.
    pub office: Option<&'static str>,
    /// Whether it is a past one.
    pub former: bool,
}

/// A person.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// Usual name.
    pub name: &'static str,
    /// Terms of office, as listed.
    pub terms: Vec<Term>,
}

impl Person {
    /// What the person was on `day`; without a day, what the last term says: a past office if it has an end.
    pub fn standing(&self, day: Option<Date>) -> Standing {
        let holds = |t: &&Term| match day {
            Some(d) => t.from.is_none_or(|f| f <= d) && t.to.is_none_or(|e| d <= e),
            None => t.to.is_none(),
        };
        let over = |t: &&Term| t.to.is_some_and(|e| day.is_none_or(|d| e < d));
        if let Some(t) = self.terms.iter().rev().find(holds) {
            return Standing { country: t.country, sector: t.sector, office: t.office, former: false };
        }
        if let Some(t) = self.terms.iter().filter(over).max_by_key(|t| t.to) {
            // A past office makes one of the elite; a businessman stays one.
            let public = !matches!(t.sector, Some("BUS" | "JRN" | "EDU" | "SOC" | "REL" | "REB" | "CVL"));
            let sector = if public { Some("ELI") } else { t.sector };
            return Standing { country: t.country, sector, office: t.office, former: public };
        }
        Standing { country: self.terms.first().and_then(|t| t.country), ..Standing::default() }
    }

    /// The offices that the person had left by `day`; without a day, all that have an end.
    pub fn past(&self, day: Option<Date>) -> impl Iterator<Item = &'static str> {
        let over = move |t: &&Term| t.to.is_some_and(|e| day.is_none_or(|d| e < d));
        self.terms.iter().filter(over).filter_map(|t| t.office)
    }
}

/// What a surname with an office tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// Country.
    pub country: Option<&'static str>,
    /// Who held the office on the day.
    pub person: Option<Known>,
}

/// Which list a name was found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Known {
    /// A country's name.
    Country(&'static str),
    /// A demonym or national adjective.
    Demonym(&'static str),
    /// The demonym of a part of a country.
    Part(&'static str),
    /// A capital: a city, or its government.
    Capital(&'static str),
    /// A seat of government, never a city.
    Seat(&'static str),
    /// Index of an organization.
    Organization(u32),
    /// Index of a person.
    Person(u32),
}

/// Organizations, people and first names.
#[derive(Debug, Default)]
pub struct Names {
    /// Organizations as listed.
    pub organizations: Vec<Organization>,
    /// People as listed.
    pub people: Vec<Person>,
    by_name: HashMap<String, (Known, bool)>,
    /// First word of a name to the most words that a name beginning with it has.
    pub first: HashMap<String, usize>,
    /// Folded surname to the people who bear it.
    by_surname: HashMap<String, Vec<u32>>,
    words: HashMap<&'static str, Option<&'static str>>,
    /// Words that end the name of a happening or a thing, never of an organization.
    things: HashSet<&'static str>,
    first_names: HashMap<String, char>,
}

impl Names {
    /// Parses the lists.
    ///
    /// # Errors
    /// The first line that cannot be used.
    pub fn load() -> Result<Names, LexiconError> {
        let mut out = Names::default();
        for (line, text) in entries(ORGANIZATIONS) {
            let parts: Vec<&'static str> = text.split('\t').collect();
            let &[names, country, sector] = parts.as_slice() else {
                return Err(fault("organizations.tsv", line, "expected names, country, sector"));
            };
            let index = Known::Organization(out.organizations.len() as u32);
            out.organizations.push(Organization {
                name: names.split('|').next().unwrap_or(names),
                country: given(country),
                sector: given(sector),
            });
            names.split('|').for_each(|n| out.add(n, index));
        }
        for (line, text) in entries(PEOPLE) {
            let parts: Vec<&'static str> = text.split('\t').collect();
            let &[names, country, sector, office, from, to] = parts.as_slice() else {
                return Err(fault("people.tsv", line, "expected names, country, sector, office, from, to"));
            };
            let day = |d, last| date(d, last).ok_or_else(|| fault("people.tsv", line, "expected a year or a date"));
            let (from, to) = (day(from, false)?, day(to, true)?);
            let term = Term { country: given(country), sector: given(sector), office: given(office), from, to };
            let name = names.split('|').next().unwrap_or(names);
            match out.people.last_mut() {
                Some(p) if p.name == name => p.terms.push(term),
                _ => {
                    let surname = fold::key(name.rsplit(' ').next().unwrap_or(name));
                    out.by_surname.entry(surname).or_default().push(out.people.len() as u32);
                    out.people.push(Person { name, terms: vec![term] });
                }
            }
            let index = Known::Person(out.people.len() as u32 - 1);
            names.split('|').for_each(|n| out.add(n, index));
        }
        for (line, text) in entries(WORDS) {
            let (word, sector) =
                text.split_once('\t').ok_or_else(|| fault("organizations_words.tsv", line, "expected word, sector"))?;
            if sector == "!" {
                out.things.insert(word);
            } else {
                out.words.insert(word, given(sector));
            }
        }
        for (line, text) in entries(FIRST_NAMES) {
            let (name, gender) =
                text.split_once('\t').ok_or_else(|| fault("names.tsv", line, "expected name, f or m"))?;
            let gender = gender.chars().next().filter(|g| matches!(g, 'f' | 'm'));
            out.first_names
                .insert(fold::key(name), gender.ok_or_else(|| fault("names.tsv", line, "expected `f` or `m`"))?);
        }
        Ok(out)
    }

    fn add(&mut self, name: &'static str, known: Known) {
        let key = fold::key(name);
        let count = key.split(' ').count() + 2;
        let first = key.split(' ').next().unwrap_or("").to_string();
        let most = self.first.entry(first).or_insert(0);
        *most = (*most).max(count);
        self.by_name.entry(key).or_insert((known, capitals(name)));
    }

    /// The organization or person of that name. A name of capitals alone ("WHO") is not one in small letters.
    pub fn find(&self, name: &str) -> Option<Known> {
        let (known, caps) = self.by_name.get(&fold::key(name))?;
        (!caps || name.chars().filter(|c| c.is_uppercase()).count() >= 2).then_some(*known)
    }

    /// The country of those of that surname who held `office` (any of the highest where none is given) on `day`, or, where
    /// nobody did, of everybody of that surname who ever held it; and the one who held it on `day` where that is clear.
    /// Nothing where they are of several countries.
    pub fn office_holder(&self, surname: &str, office: Option<&str>, day: Option<Date>) -> Option<Holder> {
        const HIGHEST: [&str; 3] = ["president", "prime minister", "chancellor"];
        let held = |t: &&Term| t.office.is_some_and(|o| office.map_or(HIGHEST.contains(&o), |wanted| o == wanted));
        let bearers = self.by_surname.get(&fold::key(surname))?;
        let ever: Vec<(u32, &Term)> = bearers
            .iter()
            .flat_map(|&i| self.people[i as usize].terms.iter().filter(held).map(move |t| (i, t)))
            .collect();
        let on = |t: &Term| day.is_some_and(|d| t.from.is_none_or(|f| f <= d) && t.to.is_none_or(|e| d <= e));
        let then: Vec<(u32, &Term)> = ever.iter().copied().filter(|(_, t)| on(t)).collect();
        let holders = if then.is_empty() { &ever } else { &then };
        let country = holders.first()?.1.country;
        if holders.iter().any(|(_, t)| t.country != country) {
            return None;
        }
        Some(Holder { country, person: then.first().map(|&(i, _)| Known::Person(i)) })
    }

    /// Whether names that end in this word are those of happenings and things: "Cup", "Festival".
    pub fn is_thing(&self, word: &str) -> bool {
        self.things.contains(word)
    }

    /// The sector that a word in an organization's name gives it: none if it says none, `Some(None)` for an
    /// organization without a sector.
    pub fn word(&self, word: &str) -> Option<Option<&'static str>> {
        self.words.get(word).copied()
    }

    /// Whether bearers of a first name are mostly women (`f`) or men (`m`).
    pub fn gender(&self, first_name: &str) -> Option<char> {
        self.first_names.get(&fold::key(first_name)).copied()
    }

    /// Codes that no list knows, and roles that no one could hold.
    pub fn audit(&self, known: impl Fn(&str) -> bool, roles: &Nouns) -> Vec<LexiconError> {
        let mut out = Vec::new();
        for (file, text) in [("organizations.tsv", ORGANIZATIONS), ("people.tsv", PEOPLE)] {
            let mut seen: HashMap<String, &str> = HashMap::new();
            for (line, text) in entries(text) {
                let parts: Vec<&str> = text.split('\t').collect();
                if parts[1] != "-" && !known(parts[1]) {
                    out.push(fault(file, line, &format!("unknown country `{}`", parts[1])));
                }
                if parts[2] != "-" && !super::nouns::is_sector(parts[2]) {
                    out.push(fault(file, line, &format!("unknown sector `{}`", parts[2])));
                }
                let own = parts[0].split('|').next().unwrap_or(parts[0]);
                for name in parts[0].split('|') {
                    match seen.insert(fold::key(name), own) {
                        Some(other) if other != own => {
                            out.push(fault(file, line, &format!("`{name}` is already a name of `{other}`")));
                        }
                        _ => {}
                    }
                }
                if let Some(office) = parts.get(3).filter(|&&o| o != "-")
                    && roles.get(office).is_none()
                {
                    out.push(fault(file, line, &format!("`{office}` is not in roles.tsv")));
                }
            }
        }
        out
    }
}

fn fault(file: &'static str, line: usize, reason: &str) -> LexiconError {
    LexiconError { file, line, reason: reason.to_string() }
}

fn given(column: &'static str) -> Option<&'static str> {
    (column != "-").then_some(column)
}

/// Whether a name has two capitals or more and no small letter, or hardly one ("LeT").
fn capitals(name: &str) -> bool {
    let small = name.chars().filter(|c| c.is_lowercase()).count();
    name.chars().filter(|c| c.is_uppercase()).count() >= 2 && (small == 0 || name.len() <= 4 && small == 1)
}

/// Reads `-`, a year or a date; a year means its first day, or its last.
fn date(text: &str, last: bool) -> Option<Option<Date>> {
    if text == "-" {
        return Some(None);
    }
    if let Ok(year) = text.parse::<i16>() {
        let (month, day) = if last { (12, 31) } else { (1, 1) };
        return Date::new(year, month, day).ok().map(Some);
    }
    text.parse().ok().map(Some)
}
