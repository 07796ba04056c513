//! Reads the lexicon files of units, number words and the words around numbers.

use super::{LONGEST, Lexicon, Nearby, Role, RoleWord, Unit, UnitForm};
use crate::figures::atoms;
use crate::lexicons::{LexiconError, entries};
use crate::{Change, FigureRole, Qualifier, UnitKind};

const UNITS: &str = include_str!("../../../../../data/lexicons/units.tsv");
const NUMBERS: &str = include_str!("../../../../../data/lexicons/numbers.tsv");
const QUALIFIERS: &str = include_str!("../../../../../data/lexicons/figures-qualifiers.tsv");
const CHANGES: &str = include_str!("../../../../../data/lexicons/figures-changes.tsv");
const NAMES: &str = include_str!("../../../../../data/lexicons/figures-names.tsv");
const CALENDAR: &str = include_str!("../../../../../data/lexicons/figures-context.tsv");
const ROLES: &str = include_str!("../../../../../data/lexicons/figures-roles.tsv");
pub(super) const PUBLISHERS: &str = include_str!("../../../../../data/lexicons/figures-publishers.tsv");

type Fields = Vec<&'static str>;

pub(super) fn rows(
    file: &'static str,
    text: &'static str,
    columns: usize,
) -> impl Iterator<Item = Result<(usize, Fields), LexiconError>> {
    entries(text).map(move |(line, l)| {
        let f: Fields = l.split('\t').collect();
        if f.len() == columns {
            Ok((line, f))
        } else {
            Err(LexiconError { file, line, reason: format!("{} columns, expected {columns}", f.len()) })
        }
    })
}

pub(super) fn list(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split(';').map(str::trim).filter(|s| !s.is_empty() && *s != "-")
}

/// Singular and plural of a form `singular` or `singular/plural`.
pub(super) fn numbers_of(form: &str) -> (String, String) {
    match form.split_once('/') {
        Some((s, p)) => (s.to_string(), p.to_string()),
        None => {
            let plural = if form.ends_with(['s', 'x', 'z']) || form.ends_with("ch") || form.ends_with("sh") {
                format!("{form}es")
            } else {
                match form.strip_suffix('y') {
                    Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
                    _ => format!("{form}s"),
                }
            };
            (form.to_string(), plural)
        }
    }
}

/// Name and signs of a metric prefix.
fn prefix(sign: &str) -> Option<(&'static str, &'static [&'static str])> {
    Some(match sign {
        "da" => ("deca", &["da"]),
        "h" => ("hecto", &["h"]),
        "k" => ("kilo", &["k"]),
        "M" => ("mega", &["M"]),
        "G" => ("giga", &["G"]),
        "T" => ("tera", &["T"]),
        "P" => ("peta", &["P"]),
        "E" => ("exa", &["E"]),
        "Z" => ("zetta", &["Z"]),
        "d" => ("deci", &["d"]),
        "c" => ("centi", &["c"]),
        "m" => ("milli", &["m"]),
        "u" => ("micro", &["u", "µ", "μ"]),
        "n" => ("nano", &["n"]),
        "p" => ("pico", &["p"]),
        "f" => ("femto", &["f"]),
        _ => return None,
    })
}

impl Lexicon {
    pub(super) fn load_units(&mut self) -> Result<(), LexiconError> {
        let file = "units.tsv";
        for row in rows(file, UNITS, 5) {
            let (line, f) = row?;
            let kind = match f[1] {
                "measure" => UnitKind::Measure,
                "duration" => UnitKind::Duration,
                "ratio" => UnitKind::Ratio,
                "count" => UnitKind::Count,
                other => return Err(LexiconError { file, line, reason: format!("unknown kind `{other}`") }),
            };
            let mut prefixes: Vec<(&str, &str, &[&str])> = vec![("", "", &[""])];
            for p in f[2].split(' ').filter(|p| *p != "-") {
                let (name, signs) =
                    prefix(p).ok_or_else(|| LexiconError { file, line, reason: format!("unknown prefix `{p}`") })?;
                prefixes.push((p, name, signs));
            }
            for (sign, name, signs) in prefixes {
                let unit = self.units.len();
                self.units.push(Unit { code: format!("{sign}{}", f[0]), kind });
                for form in list(f[3]) {
                    let (one, many) = numbers_of(form);
                    for w in [one, many] {
                        self.put_unit(format!("{name}{w}").to_lowercase(), UnitForm { unit, weak: false }, true, line);
                    }
                }
                for form in list(f[4]) {
                    let (form, weak) = match form.strip_prefix('~') {
                        Some(rest) => (rest, sign.is_empty()),
                        None => (form, false),
                    };
                    for s in signs {
                        let sign = format!("{s}{form}");
                        if sign.chars().count() > 2 && !weak && sign.chars().all(char::is_alphabetic) && sign != "Ma" {
                            self.unit_folded.entry(sign.to_lowercase()).or_insert(UnitForm { unit, weak });
                        }
                        self.put_unit(format!("{s}{form}"), UnitForm { unit, weak }, false, line);
                    }
                }
            }
        }
        Ok(())
    }

    fn put_unit(&mut self, form: String, entry: UnitForm, word: bool, line: usize) {
        if atoms::count(&form) > LONGEST {
            self.doubt("units.tsv", line, format!("`{form}` is too long to match"));
        }
        let map = if word { &mut self.unit_words } else { &mut self.unit_signs };
        match map.get(&form) {
            Some(old) if self.units[old.unit].code != self.units[entry.unit].code => {
                let reason = format!(
                    "`{form}` already stands for `{}`, ignored for `{}`",
                    self.units[old.unit].code, self.units[entry.unit].code
                );
                self.doubt("units.tsv", line, reason);
            }
            Some(_) => {}
            None => {
                map.insert(form, entry);
            }
        }
    }

    pub(super) fn load_numbers(&mut self) -> Result<(), LexiconError> {
        let file = "numbers.tsv";
        for row in rows(file, NUMBERS, 3) {
            let (line, f) = row?;
            let role = match f[0] {
                "digit" => Role::Digit,
                "teen" => Role::Teen,
                "ten" => Role::Ten,
                "hundred" => Role::Hundred,
                "scale" => Role::Scale,
                "abbreviation" => Role::Abbreviation,
                "group" => Role::Group,
                "vague" => Role::Vague,
                "part" => Role::Part,
                "glyph" => Role::Glyph,
                "ordinal" => Role::Ordinal,
                "multiple" => Role::Multiple,
                "fold" => Role::Fold,
                "times" => Role::Times,
                other => return Err(LexiconError { file, line, reason: format!("unknown kind `{other}`") }),
            };
            let value: f64 =
                f[1].parse().map_err(|_| LexiconError { file, line, reason: format!("`{}` is not a number", f[1]) })?;
            for form in list(f[2]) {
                self.numbers.entry(form).or_default().push((role, value));
            }
        }
        Ok(())
    }

    pub(super) fn load_words(&mut self) -> Result<(), LexiconError> {
        let file = "figures-qualifiers.tsv";
        for row in rows(file, QUALIFIERS, 3) {
            let (line, f) = row?;
            if f[1] == "inside" {
                self.inside.extend(list(f[2]));
                continue;
            }
            let qualifier = match f[0] {
                "about" => Qualifier::About,
                "at_least" => Qualifier::AtLeast,
                "at_most" => Qualifier::AtMost,
                "more_than" => Qualifier::MoreThan,
                "less_than" => Qualifier::LessThan,
                other => return Err(LexiconError { file, line, reason: format!("unknown qualifier `{other}`") }),
            };
            let map = match f[1] {
                "before" => &mut self.before,
                "after" => &mut self.after,
                other => return Err(LexiconError { file, line, reason: format!("unknown side `{other}`") }),
            };
            let mut again = Vec::new();
            for form in list(f[2]) {
                if map.insert(form, qualifier).is_some_and(|old| old != qualifier) {
                    again.push(format!("`{form}` has two meanings"));
                }
            }
            for reason in again {
                self.doubt(file, line, reason);
            }
        }
        let file = "figures-changes.tsv";
        for row in rows(file, CHANGES, 3) {
            let (line, f) = row?;
            let change = match f[0] {
                "up" => Change::Up,
                "down" => Change::Down,
                other => return Err(LexiconError { file, line, reason: format!("unknown direction `{other}`") }),
            };
            let map = match f[1] {
                "verb" => &mut self.verbs,
                "object" => &mut self.objects,
                "noun" => &mut self.nouns,
                "adverb" => &mut self.adverbs,
                other => return Err(LexiconError { file, line, reason: format!("unknown kind `{other}`") }),
            };
            let mut again = Vec::new();
            for form in list(f[2]) {
                if map.insert(form, change).is_some_and(|old| old != change) {
                    again.push(format!("`{form}` goes both ways"));
                }
            }
            for reason in again {
                self.doubt(file, line, reason);
            }
        }
        for (line, form) in entries(NAMES) {
            if !self.names.insert(form) {
                self.doubt("figures-names.tsv", line, format!("`{form}` occurs twice"));
            }
        }
        let file = "figures-context.tsv";
        for row in rows(file, CALENDAR, 2) {
            let (line, f) = row?;
            let kind = match f[0] {
                "month" => Nearby::Month,
                "clock" => Nearby::Clock,
                "zone" => Nearby::Zone,
                "street" => Nearby::Street,
                "trade" => Nearby::Trade,
                "year" => Nearby::Year,
                "phone" => Nearby::Phone,
                "emergency" => Nearby::Emergency,
                "screen" => Nearby::Screen,
                "states" => Nearby::States,
                "piece" => Nearby::Piece,
                "ballot" => Nearby::Ballot,
                "return" => Nearby::Return,
                "code" => Nearby::Code,
                "coin" => Nearby::Coin,
                other => return Err(LexiconError { file, line, reason: format!("unknown kind `{other}`") }),
            };
            for form in list(f[1]) {
                self.calendar.entry(form).or_default().push(kind);
            }
        }
        for row in rows("figures-publishers.tsv", PUBLISHERS, 2) {
            let (line, f) = row?;
            if self.publishers.insert(f[0], f[1]).is_some() {
                self.doubt("figures-publishers.tsv", line, format!("`{}` occurs twice", f[0]));
            }
        }
        Ok(())
    }

    pub(super) fn load_roles(&mut self) -> Result<(), LexiconError> {
        let file = "figures-roles.tsv";
        for row in rows(file, ROLES, 3) {
            let (line, f) = row?;
            if f[1] == "people" {
                self.people.extend(list(f[2]));
                continue;
            }
            if f[1] == "release" {
                self.releases.extend(list(f[2]));
                continue;
            }
            if f[1] == "suppose" {
                self.supposes.extend(list(f[2]));
                continue;
            }
            let role = match f[0] {
                "killed" => FigureRole::Killed,
                "injured" => FigureRole::Injured,
                "missing" => FigureRole::Missing,
                "detained" => FigureRole::Detained,
                "displaced" => FigureRole::Displaced,
                "crowd" => FigureRole::Crowd,
                other => return Err(LexiconError { file, line, reason: format!("unknown role `{other}`") }),
            };
            let kind = match f[1] {
                "object" => RoleWord::Object,
                "subject" => RoleWord::Subject,
                "state" => RoleWord::State,
                "noun" => RoleWord::Noun,
                "toll" => RoleWord::Toll,
                "lives" => RoleWord::Lives,
                other => return Err(LexiconError { file, line, reason: format!("unknown kind `{other}`") }),
            };
            for form in list(f[2]) {
                if self.roles.entry(kind).or_default().insert(form, role).is_some_and(|old| old != role) {
                    self.doubt(file, line, format!("`{form}` has two roles"));
                }
            }
        }
        Ok(())
    }
}
