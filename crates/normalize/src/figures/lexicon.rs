//! Lexicon of the figures stage: units, currencies, number words, and the words around numbers that say how they are
//! meant.

use super::atoms;
use crate::lexicons::{LexiconError, entries};
use crate::{Change, Qualifier, UnitKind};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

const UNITS: &str = include_str!("../../../../data/lexicons/units.tsv");
const CURRENCIES: &str = include_str!("../../../../data/lexicons/currencies.tsv");
const GENERIC: &str = include_str!("../../../../data/lexicons/figures-generic-money.tsv");
const NUMBERS: &str = include_str!("../../../../data/lexicons/numbers.tsv");
const QUALIFIERS: &str = include_str!("../../../../data/lexicons/figures-qualifiers.tsv");
const CHANGES: &str = include_str!("../../../../data/lexicons/figures-changes.tsv");
const NAMES: &str = include_str!("../../../../data/lexicons/figures-names.tsv");
const CALENDAR: &str = include_str!("../../../../data/lexicons/figures-context.tsv");
const PUBLISHERS: &str = include_str!("../../../../data/lexicons/figures-publishers.tsv");

/// Longest phrase that is looked up, in atoms.
pub(super) const LONGEST: usize = 8;

/// A unit of measure.
#[derive(Debug)]
pub(super) struct Unit {
    /// UCUM or the contract's own code.
    pub code: String,
    /// Measure, duration, ratio or count.
    pub kind: UnitKind,
}

/// A form of a unit: which unit, and whether the form is also something else.
#[derive(Debug, Clone, Copy)]
pub(super) struct UnitForm {
    /// Index into the units.
    pub unit: usize,
    /// Read only where nothing else is possible.
    pub weak: bool,
}

/// A form of money: the currencies that it may mean.
#[derive(Debug, Clone, Default)]
pub(super) struct MoneyForm {
    /// Indices of currencies, in file order.
    pub currencies: Vec<usize>,
    /// What it means where the text does not tell.
    pub default: Option<String>,
    /// Whether it is the hundredth part.
    pub minor: bool,
    /// A letter or word that is money only before a number that looks like an amount.
    pub weak: bool,
    /// "MUSD": millions of it.
    pub millions: bool,
}

/// A currency.
#[derive(Debug)]
pub(super) struct Currency {
    /// ISO 4217.
    pub code: &'static str,
    /// Countries that pay in it.
    pub countries: Vec<&'static str>,
}

/// What a number word does in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Role {
    /// zero to nine
    Digit,
    /// ten to nineteen
    Teen,
    /// twenty to ninety
    Ten,
    /// hundred
    Hundred,
    /// thousand, million
    Scale,
    /// bn, m, k
    Abbreviation,
    /// dozen
    Group,
    /// dozens, thousands
    Vague,
    /// half, thirds
    Part,
    /// ½
    Glyph,
    /// first
    Ordinal,
    /// twice
    Multiple,
    /// fold
    Fold,
    /// times
    Times,
}

/// What a calendar word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calendar {
    /// "May"
    Month,
    /// "p.m."
    Clock,
    /// "GMT"
    Zone,
    /// "Avenue"
    Street,
    /// Lemmas of paying and owning.
    Trade,
    /// Words before a year: "in", "since".
    Year,
}

/// What this stage knows.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub(super) units: Vec<Unit>,
    pub(super) currencies: Vec<Currency>,
    unit_words: HashMap<String, UnitForm>,
    unit_signs: HashMap<String, UnitForm>,
    /// Signs of two letters or more in lower case, for "KM" and "mw"; the first in the file counts.
    unit_folded: HashMap<String, UnitForm>,
    money_words: HashMap<String, MoneyForm>,
    money_signs: HashMap<String, MoneyForm>,
    own_signs: HashMap<usize, Vec<String>>,
    numbers: HashMap<&'static str, Vec<(Role, f64)>>,
    before: HashMap<&'static str, Qualifier>,
    after: HashMap<&'static str, Qualifier>,
    verbs: HashMap<&'static str, Change>,
    objects: HashMap<&'static str, Change>,
    nouns: HashMap<&'static str, Change>,
    adverbs: HashMap<&'static str, Change>,
    inside: HashSet<&'static str>,
    names: HashSet<&'static str>,
    calendar: HashMap<&'static str, Vec<Calendar>>,
    publishers: HashMap<&'static str, &'static str>,
    doubts: Vec<LexiconError>,
}

type Fields = Vec<&'static str>;

fn rows(
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

fn list(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split(';').map(str::trim).filter(|s| !s.is_empty() && *s != "-")
}

/// Singular and plural of a form `singular` or `singular/plural`.
fn numbers_of(form: &str) -> (String, String) {
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
    /// Parses the built-in lexicon.
    ///
    /// # Errors
    /// The first line that cannot be used.
    pub fn load() -> Result<Lexicon, LexiconError> {
        let mut lexicon = Lexicon::default();
        lexicon.load_units()?;
        lexicon.load_currencies()?;
        lexicon.load_generic()?;
        lexicon.load_numbers()?;
        lexicon.load_words()?;
        Ok(lexicon)
    }

    fn load_units(&mut self) -> Result<(), LexiconError> {
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

    fn load_currencies(&mut self) -> Result<(), LexiconError> {
        for row in rows("currencies.tsv", CURRENCIES, 5) {
            let (line, f) = row?;
            if self.currencies.iter().any(|c| c.code == f[0]) {
                self.doubt("currencies.tsv", line, format!("`{}` occurs twice", f[0]));
            }
            let index = self.currencies.len();
            self.currencies.push(Currency { code: f[0], countries: f[1].split(' ').filter(|c| *c != "-").collect() });
            for form in list(f[2]) {
                let (one, many) = numbers_of(form);
                for w in [one, many] {
                    put_money(&mut self.money_words, w.to_lowercase(), index, false, false);
                }
            }
            for form in list(f[3]) {
                let (form, weak) = form.strip_prefix('~').map_or((form, false), |rest| (rest, true));
                put_money(&mut self.money_signs, form.to_string(), index, false, weak);
            }
            for form in list(f[4]) {
                let (one, many) = numbers_of(form);
                for w in [one, many] {
                    put_money(&mut self.money_words, w.to_lowercase(), index, true, false);
                }
            }
            // The code itself; those that are also words of English only where an amount follows.
            put_money(&mut self.money_signs, f[0].to_string(), index, false, english(f[0]));
            let millions = MoneyForm { currencies: vec![index], millions: true, ..MoneyForm::default() };
            self.money_signs.entry(format!("M{}", f[0])).or_insert(millions);
        }
        Ok(())
    }

    fn load_generic(&mut self) -> Result<(), LexiconError> {
        for row in rows("figures-generic-money.tsv", GENERIC, 4) {
            let (line, f) = row?;
            let default = Some(f[2].to_string());
            if !f[2].starts_with("XXX-") && !self.currencies.iter().any(|c| c.code == f[2]) {
                let reason = format!("unknown currency `{}`", f[2]);
                return Err(LexiconError { file: "figures-generic-money.tsv", line, reason });
            }
            let mut family: Vec<usize> = Vec::new();
            for form in list(f[0]) {
                let (one, many) = numbers_of(form);
                for w in [&one, &many] {
                    let suffix = format!(" {w}");
                    for (name, entry) in &self.money_words {
                        if name.ends_with(&suffix) && !entry.minor {
                            family.extend(&entry.currencies);
                        }
                    }
                }
                family.sort_unstable();
                family.dedup();
                for w in [one, many] {
                    let entry = self.money_words.entry(w).or_default();
                    entry.currencies.extend(&family);
                    entry.default.clone_from(&default);
                    entry.minor = false;
                }
            }
            for sign in list(f[1]) {
                let entry = self.money_signs.entry(sign.to_string()).or_default();
                entry.currencies.extend(&family);
                entry.default.clone_from(&default);
            }
            for form in list(f[3]) {
                let (one, many) = numbers_of(form);
                for w in [one, many] {
                    let sign = w.chars().count() == 1;
                    let map = if sign { &mut self.money_signs } else { &mut self.money_words };
                    let entry = map.entry(w).or_default();
                    entry.currencies.extend(&family);
                    entry.default.get_or_insert_with(|| f[2].to_string());
                    entry.minor = true;
                    entry.weak = sign;
                }
            }
        }
        for entry in self.money_words.values_mut().chain(self.money_signs.values_mut()) {
            entry.currencies.sort_unstable();
            entry.currencies.dedup();
        }
        for (sign, entry) in &self.money_signs {
            if let ([one], false) = (entry.currencies.as_slice(), entry.weak || entry.minor) {
                self.own_signs.entry(*one).or_default().push(sign.clone());
            }
        }
        Ok(())
    }

    fn load_numbers(&mut self) -> Result<(), LexiconError> {
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

    fn load_words(&mut self) -> Result<(), LexiconError> {
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
                "month" => Calendar::Month,
                "clock" => Calendar::Clock,
                "zone" => Calendar::Zone,
                "street" => Calendar::Street,
                "trade" => Calendar::Trade,
                "year" => Calendar::Year,
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

    fn doubt(&mut self, file: &'static str, line: usize, reason: String) {
        self.doubts.push(LexiconError { file, line, reason });
    }

    /// Everything questionable in it.
    pub fn audit(&self) -> Vec<LexiconError> {
        let mut found = self.doubts.clone();
        let known: BTreeMap<&str, ()> =
            self.currencies.iter().flat_map(|c| c.countries.iter().map(|&k| (k, ()))).collect();
        for (line, l) in entries(PUBLISHERS) {
            if let Some((_, country)) = l.split_once('\t')
                && !known.contains_key(country)
            {
                let reason = format!("no currency for country `{country}`");
                found.push(LexiconError { file: "figures-publishers.tsv", line, reason });
            }
        }
        found
    }

    /// The unit that `form` names, as written or in lower case.
    pub(super) fn unit(&self, form: &str) -> Option<UnitForm> {
        let key = spaces(form);
        if let Some(u) = self.unit_signs.get(key.as_ref()) {
            return Some(*u);
        }
        let low = lower(&key);
        self.unit_words.get(low.as_ref()).or_else(|| self.unit_folded.get(low.as_ref())).copied()
    }

    /// The money whose sign or code is `form`, as written.
    pub(super) fn money_sign(&self, form: &str) -> Option<&MoneyForm> {
        self.money_signs.get(spaces(form).as_ref())
    }

    /// The money that `form` names, as written or in lower case.
    pub(super) fn money(&self, form: &str) -> Option<&MoneyForm> {
        let key = spaces(form);
        self.money_signs.get(key.as_ref()).or_else(|| self.money_words.get(lower(&key).as_ref()))
    }

    /// The money whose sign is `form` in capital letters: "usd", "hk$" in text without capitals.
    pub(super) fn money_folded(&self, form: &str) -> Option<&MoneyForm> {
        self.money_signs.get(&form.split_whitespace().collect::<String>().to_uppercase()).filter(|m| !m.weak)
    }

    /// Signs of a currency that no other shares.
    pub(super) fn signs_of(&self, currency: usize) -> impl Iterator<Item = &str> {
        self.own_signs.get(&currency).into_iter().flatten().map(String::as_str)
    }

    /// What the number word `word` does, in its `role`.
    pub(super) fn number(&self, word: &str, role: Role) -> Option<f64> {
        let found = match self.numbers.get(word) {
            Some(f) => Some(f),
            // Abbreviations differ by case ("M" and "m"); words do not.
            None if role == Role::Abbreviation => None,
            None => self.numbers.get(lower(word).as_ref()),
        };
        found?.iter().find(|(r, _)| *r == role).map(|(_, v)| *v)
    }

    /// Whether `word` can be part of a number.
    pub(super) fn numeric(&self, word: &str) -> bool {
        self.numbers.contains_key(word)
            || word.ends_with("fold")
            || word.as_bytes().first().is_some_and(u8::is_ascii_uppercase)
                && self.numbers.contains_key(lower(word).as_ref())
    }

    /// The qualifier that the phrase before a number states.
    pub(super) fn qualifier_before(&self, phrase: &str) -> Option<Qualifier> {
        self.before.get(lower(&spaces(phrase)).as_ref()).copied()
    }

    /// The qualifier that the phrase after a quantity states.
    pub(super) fn qualifier_after(&self, phrase: &str) -> Option<Qualifier> {
        self.after.get(lower(&spaces(phrase)).as_ref()).copied()
    }

    /// The direction of a verb, by its lemma.
    pub(super) fn verb(&self, lemma: &str) -> Option<Change> {
        self.verbs.get(lemma).copied()
    }

    /// Whether the verb changes the number of its object ("cut 4,000 jobs").
    pub(super) fn moves(&self, lemma: &str) -> bool {
        self.objects.contains_key(lemma)
    }

    /// The direction of a noun, by its lemma.
    pub(super) fn noun(&self, lemma: &str) -> Option<Change> {
        self.nouns.get(lower(lemma).as_ref()).copied()
    }

    /// The direction of an adverb.
    pub(super) fn adverb(&self, word: &str) -> Option<Change> {
        self.adverbs.get(lower(word).as_ref()).copied()
    }

    /// Whether a number right after `word` is a name.
    pub(super) fn names(&self, word: &str) -> bool {
        self.names.contains(lower(word).as_ref())
    }

    /// Whether `word` may stand between a qualifier and its number, or a number and its unit.
    pub(super) fn inside(&self, word: &str) -> bool {
        self.inside.contains(lower(word).as_ref())
    }

    /// Whether `word` is a calendar word of the `kind`.
    pub(super) fn calendar(&self, word: &str, kind: Calendar) -> bool {
        self.calendar.get(lower(word).as_ref()).is_some_and(|k| k.contains(&kind))
    }

    /// The country of a publisher's domain.
    pub(super) fn publisher(&self, domain: &str) -> Option<&'static str> {
        let mut rest = domain;
        loop {
            if let Some(country) = self.publishers.get(rest) {
                return Some(country);
            }
            rest = rest.split_once('.')?.1;
        }
    }
}

fn put_money(map: &mut HashMap<String, MoneyForm>, form: String, index: usize, minor: bool, weak: bool) {
    let entry = map.entry(form).or_insert_with(|| MoneyForm { minor, weak, ..MoneyForm::default() });
    // A name of whole money stays one, whatever is divided into parts of that name.
    if entry.minor == minor {
        entry.currencies.push(index);
        entry.weak &= weak;
    }
}

/// Codes that are also words, or abbreviations of much else.
fn english(code: &str) -> bool {
    matches!(
        code,
        "ALL"
            | "TOP"
            | "TRY"
            | "CUP"
            | "PEN"
            | "MAD"
            | "SOS"
            | "GEL"
            | "BAM"
            | "BOB"
            | "COP"
            | "MOP"
            | "LAK"
            | "ANG"
            | "RON"
            | "PAB"
            | "SOL"
            | "ETH"
            | "SAR"
            | "CAD"
            | "GIP"
            | "AMD"
            | "STN"
            | "BND"
            | "MRU"
            | "NIO"
            | "DOGE"
    )
}

fn lower(s: &str) -> Cow<'_, str> {
    if s.bytes().any(|b| b.is_ascii_uppercase()) || !s.is_ascii() {
        Cow::Owned(s.to_lowercase())
    } else {
        Cow::Borrowed(s)
    }
}

/// Folds runs of white space to one blank.
fn spaces(s: &str) -> Cow<'_, str> {
    let mut blank = false;
    let uneven = s.chars().any(|c| {
        let w = c.is_whitespace();
        let odd = w && (blank || c != ' ');
        blank = w;
        odd
    });
    if uneven { Cow::Owned(s.split_whitespace().collect::<Vec<_>>().join(" ")) } else { Cow::Borrowed(s) }
}
