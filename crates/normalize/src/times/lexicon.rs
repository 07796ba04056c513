//! Lexicon of the times stage: `data/lexicons/times.tsv`.

use super::pieces::phrase_pieces;
use crate::TimeType;
use crate::lexicons::{LexiconError, entries};
use std::collections::{HashMap, HashSet};

const FILE: &str = "times.tsv";
const TEXT: &str = include_str!("../../../../data/lexicons/times.tsv");

/// A unit of the calendar or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// What a word such as "last" does to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// By how many units.
    pub by: i32,
    /// Whether it counts from where the story is instead of the day of publication.
    pub story: bool,
    /// "past": the length up to now.
    pub length: bool,
}

/// How the day of a holiday is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Feast {
    /// Month and day.
    Fixed(i8, i8),
    /// Month, weekday, which of them (-1: the last), days after it.
    Nth(i8, i32, i32, i32),
    /// Days from Easter Sunday.
    Easter(i32),
    /// The week before Easter Sunday, by its ISO number.
    EasterWeek,
    /// The weekend of Easter.
    EasterWeekend,
    /// Days from the Easter of the Eastern churches.
    Pascha(i32),
    /// Its days, year by year.
    Table(Vec<(i16, i8, i8)>),
}

/// A fixed phrase.
#[derive(Debug, Clone)]
pub struct Phrase<T> {
    /// Its pieces.
    pub words: Vec<String>,
    /// What it means.
    pub meaning: T,
}

type Phrases<T> = HashMap<String, Vec<Phrase<T>>>;

/// What this stage knows.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub(super) days: HashMap<String, i32>,
    pub(super) day_abbreviations: HashMap<String, i32>,
    pub(super) day_plurals: HashMap<String, i32>,
    pub(super) months: HashMap<String, i8>,
    pub(super) month_abbreviations: HashMap<String, i8>,
    /// Unit and whether the word is a plural.
    pub(super) units: HashMap<String, (Unit, bool)>,
    pub(super) long: HashMap<String, String>,
    pub(super) numbers: HashMap<String, f64>,
    pub(super) several: HashSet<String>,
    pub(super) ordinals: HashMap<String, i32>,
    pub(super) seasons: HashMap<String, String>,
    pub(super) parts: HashMap<String, String>,
    pub(super) clocks: HashMap<String, String>,
    pub(super) zones: HashMap<String, String>,
    pub(super) offsets: HashMap<String, (i32, String)>,
    pub(super) shifts: HashMap<String, Shift>,
    pub(super) edges: HashSet<String>,
    pub(super) sets: HashMap<String, String>,
    pub(super) phrases: Phrases<(TimeType, String)>,
    pub(super) feasts: Phrases<Feast>,
    pub(super) prospective: HashSet<String>,
    pub(super) planning: HashSet<String>,
    pub(super) deadline: HashSet<String>,
    pub(super) ahead: HashSet<String>,
    pub(super) timetable: HashSet<String>,
    pub(super) ends: HashSet<String>,
    pub(super) numbered: HashSet<String>,
    pub(super) game: HashSet<String>,
    pub(super) makes: HashSet<String>,
    day_first: HashSet<String>,
    /// All words that an expression can begin with, besides those with a digit.
    openers: HashSet<String>,
    duplicates: Vec<LexiconError>,
}

/// Words of grammar that an expression can begin with.
const OPENERS: &str = "the a an half every each once twice more less fewer longer at almost nearly about around roughly \
                       some over just exactly barely recent fiscal fy week ad ' \
                       q1 q2 q3 q4";

impl Lexicon {
    /// Parses the built-in lexicon.
    ///
    /// # Errors
    /// The first line that cannot be used.
    pub fn load() -> Result<Lexicon, LexiconError> {
        Lexicon::parse(TEXT)
    }

    fn parse(text: &str) -> Result<Lexicon, LexiconError> {
        let mut out = Lexicon::default();
        let mut seen = HashSet::new();
        for (line, entry) in entries(text) {
            let error = |reason: String| LexiconError { file: FILE, line, reason };
            let mut fields = entry.split('\t');
            let (Some(class), Some(word), Some(value)) = (fields.next(), fields.next(), fields.next()) else {
                return Err(error("class, word and value are expected, with tabs between".into()));
            };
            if !matches!(class, "zone" | "part" | "numbered" | "game" | "make" | "ahead") {
                out.openers.insert(phrase_pieces(word).into_iter().next().unwrap_or_default());
            }
            if !seen.insert((class, word)) {
                out.duplicates.push(error(format!("`{word}` is twice in class `{class}`")));
            }
            out.add(class, word, value).map_err(error)?;
        }
        out.openers.extend(OPENERS.split_whitespace().map(str::to_string));
        for list in out.phrases.values_mut() {
            list.sort_by_key(|p| std::cmp::Reverse(p.words.len()));
        }
        for list in out.feasts.values_mut() {
            list.sort_by_key(|p| std::cmp::Reverse(p.words.len()));
        }
        Ok(out)
    }

    fn add(&mut self, class: &str, word: &str, value: &str) -> Result<(), String> {
        let bad = || format!("`{value}` is no value of class `{class}`");
        let int = || value.parse::<i32>().map_err(|_| bad());
        let w = word.to_string();
        match class {
            "day" => drop(self.days.insert(w, int()?)),
            "day_abbr" => drop(self.day_abbreviations.insert(w, int()?)),
            "days" => drop(self.day_plurals.insert(w, int()?)),
            "month" => drop(self.months.insert(w, int()? as i8)),
            "month_abbr" => drop(self.month_abbreviations.insert(w, int()? as i8)),
            "unit" => drop(self.units.insert(w, (unit(value).ok_or_else(bad)?, false))),
            "units" => drop(self.units.insert(w, (unit(value).ok_or_else(bad)?, true))),
            "unit_long" => drop(self.long.insert(w, value.to_string())),
            "number" => drop(self.numbers.insert(w, value.parse().map_err(|_| bad())?)),
            "several" => drop(self.several.insert(w)),
            "ordinal" => drop(self.ordinals.insert(w, int()?)),
            "season" => drop(self.seasons.insert(w, value.to_string())),
            "part" => drop(self.parts.insert(w, value.to_string())),
            "clock" => drop(self.clocks.insert(w, value.to_string())),
            "zone" => drop(self.zones.insert(w, value.to_string())),
            "edge" => drop(self.edges.insert(w)),
            "set" => drop(self.sets.insert(w, value.to_string())),
            "prospective" => drop(self.prospective.insert(w)),
            "planning" => drop(self.planning.insert(w)),
            "timetable" => drop(self.timetable.insert(w)),
            "deadline" => drop(self.deadline.insert(w)),
            "ahead" => drop(self.ahead.insert(w)),
            "end" => drop(self.ends.insert(w)),
            "numbered" => drop(self.numbered.insert(w)),
            "make" => drop(self.makes.insert(w)),
            "game" => drop(self.game.insert(w)),
            "day_first" => drop(self.day_first.insert(w)),
            "offset" => {
                let digits = value.trim_end_matches(char::is_alphabetic);
                let part = value[digits.len()..].to_string();
                drop(self.offsets.insert(w, (digits.parse().map_err(|_| bad())?, part)));
            }
            "shift" => {
                let story = value.ends_with('R');
                let length = value == "P";
                let by = if length { 0 } else { value.trim_end_matches('R').parse().map_err(|_| bad())? };
                self.shifts.insert(w, Shift { by, story, length });
            }
            "phrase" => {
                let (kind, value) = value.split_once(' ').ok_or_else(bad)?;
                let kind = match kind {
                    "DATE" => TimeType::Date,
                    "TIME" => TimeType::Time,
                    "DURATION" => TimeType::Duration,
                    "SET" => TimeType::Set,
                    _ => return Err(bad()),
                };
                insert(&mut self.phrases, word, (kind, value.to_string()))?;
            }
            "holiday" => insert(&mut self.feasts, word, feast(value).ok_or_else(bad)?)?,
            _ => return Err(format!("unknown class `{class}`")),
        }
        Ok(())
    }

    /// Whether an expression can begin with a word.
    pub(super) fn opens(&self, word: &str) -> bool {
        word.bytes().any(|b| b.is_ascii_digit()) || word.starts_with('\'') || self.openers.contains(word)
    }

    /// Whether the publisher behind a host writes the day before the month.
    pub(super) fn is_day_first(&self, domain: &str) -> bool {
        let mut rest = domain;
        loop {
            if self.day_first.contains(rest) {
                return true;
            }
            match rest.split_once('.') {
                Some((_, tail)) => rest = tail,
                None => return false,
            }
        }
    }

    /// Everything questionable in it.
    pub fn audit(&self) -> Vec<LexiconError> {
        self.duplicates.clone()
    }
}

fn insert<T>(phrases: &mut Phrases<T>, words: &str, meaning: T) -> Result<(), String> {
    let words = phrase_pieces(words);
    let first = words.first().ok_or("an empty phrase")?.clone();
    phrases.entry(first).or_default().push(Phrase { words, meaning });
    Ok(())
}

fn unit(code: &str) -> Option<Unit> {
    Some(match code {
        "S" => Unit::Second,
        "MIN" => Unit::Minute,
        "H" => Unit::Hour,
        "D" => Unit::Day,
        "W" => Unit::Week,
        "F" => Unit::Fortnight,
        "M" => Unit::Month,
        "Q" => Unit::Quarter,
        "Y" => Unit::Year,
        "DEC" => Unit::Decade,
        "CEN" => Unit::Century,
        _ => return None,
    })
}

fn feast(rule: &str) -> Option<Feast> {
    let mut words = rule.split(' ');
    let kind = words.next()?;
    let month_day = |s: &str| -> Option<(i8, i8)> {
        let (m, d) = s.split_once('-')?;
        Some((m.parse().ok()?, d.parse().ok()?))
    };
    if kind == "fixed" {
        let (m, d) = month_day(words.next()?)?;
        return Some(Feast::Fixed(m, d));
    }
    if kind == "table" {
        let days = words.map(|w| {
            let (y, rest) = w.split_once('-')?;
            let (m, d) = month_day(rest)?;
            Some((y.parse().ok()?, m, d))
        });
        return days.collect::<Option<Vec<_>>>().map(Feast::Table);
    }
    let n: Vec<i32> = words.map(|w| w.parse().ok()).collect::<Option<_>>()?;
    match (kind, n.as_slice()) {
        ("nth", [m, w, k]) => Some(Feast::Nth(*m as i8, *w, *k, 0)),
        ("after", [m, w, k, days]) => Some(Feast::Nth(*m as i8, *w, *k, *days)),
        ("easter", [d]) => Some(Feast::Easter(*d)),
        ("easterweek", _) => Some(Feast::EasterWeek),
        ("easterwe", _) => Some(Feast::EasterWeekend),
        ("pascha", [d]) => Some(Feast::Pascha(*d)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_line() {
        assert!(Lexicon::load().unwrap().audit().is_empty());
        let error = |text| Lexicon::parse(text).unwrap_err().to_string();
        assert_eq!(
            error("# x\nday\tmonday"),
            "`data/lexicons/times.tsv:2`: class, word and value are expected, with tabs between"
        );
        assert_eq!(error("day\tmonday\tone"), "`data/lexicons/times.tsv:1`: `one` is no value of class `day`");
        assert_eq!(error("colour\tred\t1"), "`data/lexicons/times.tsv:1`: unknown class `colour`");
        assert_eq!(Lexicon::parse("day\tmonday\t1\nday\tmonday\t1").unwrap().audit()[0].line, 2);
    }
}
