//! Lexicon of the figures stage: units, currencies, number words, and the words around numbers that say how they are
//! meant.

mod currencies;
mod load;

use crate::lexicons::{LexiconError, entries};
use crate::{Change, FigureRole, Qualifier, UnitKind};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

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
    /// A sign or code, not a name.
    pub sign: bool,
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

/// What a word near a number tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nearby {
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
    /// Words before a telephone number: "call", "Tel".
    Phone,
    /// Emergency numbers.
    Emergency,
    /// Words after "4K".
    Screen,
    /// Verbs that state the amount of their subject: "cost", "reach".
    States,
    /// What is sold by the piece: "share", "ticket".
    Piece,
    /// Words beside the two numbers of a vote: "52 to 48".
    Ballot,
    /// Nouns after "in" that tell for what or how money is paid, not what for: "in exchange", "in total".
    Return,
    /// Currency codes that are also words, or abbreviations of much else: "ALL".
    Code,
    /// Names of money that are first of all words: "real", "crown".
    Coin,
}

/// How a word tells the role of the people that a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum RoleWord {
    /// A verb that does it to its object: "kill".
    Object,
    /// A verb that its subject does: "die", "gather".
    Subject,
    /// A word that says it of people: "dead", "missing".
    State,
    /// A noun for such people or cases: "fatality", "protester".
    Noun,
    /// A noun that such a number belongs to: "toll", "crowd".
    Toll,
    /// A verb that does it to lives: "claim".
    Lives,
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
    calendar: HashMap<&'static str, Vec<Nearby>>,
    publishers: HashMap<&'static str, &'static str>,
    roles: BTreeMap<RoleWord, HashMap<&'static str, FigureRole>>,
    people: HashSet<&'static str>,
    releases: HashSet<&'static str>,
    supposes: HashSet<&'static str>,
    doubts: Vec<LexiconError>,
}

impl Lexicon {
    /// Parses the built-in lexicon.
    ///
    /// # Errors
    /// The first line that cannot be used.
    pub fn load() -> Result<Lexicon, LexiconError> {
        let mut lexicon = Lexicon::default();
        lexicon.load_units()?;
        // The words around numbers come before the currencies, whose codes may be words.
        lexicon.load_words()?;
        lexicon.load_currencies()?;
        lexicon.load_generic()?;
        lexicon.load_numbers()?;
        lexicon.load_roles()?;
        Ok(lexicon)
    }
    fn doubt(&mut self, file: &'static str, line: usize, reason: String) {
        self.doubts.push(LexiconError { file, line, reason });
    }

    /// Everything questionable in it.
    pub fn audit(&self) -> Vec<LexiconError> {
        let mut found = self.doubts.clone();
        let known: BTreeMap<&str, ()> =
            self.currencies.iter().flat_map(|c| c.countries.iter().map(|&k| (k, ()))).collect();
        for (line, l) in entries(load::PUBLISHERS) {
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
    pub(super) fn calendar(&self, word: &str, kind: Nearby) -> bool {
        self.calendar.get(lower(word).as_ref()).is_some_and(|k| k.contains(&kind))
    }

    /// The role that a word in small letters tells in the manner `kind`.
    pub(super) fn role(&self, word: &str, kind: RoleWord) -> Option<FigureRole> {
        self.roles.get(&kind)?.get(word).copied()
    }

    /// The role of the people or cases that a noun is for.
    pub(super) fn role_noun(&self, lemma: &str) -> Option<FigureRole> {
        self.role(lemma, RoleWord::Noun)
    }

    /// Whether a noun in small letters means people.
    pub(super) fn people(&self, noun: &str) -> bool {
        self.people.contains(noun)
    }

    /// Whether a verb ends what befell its object: "free", "rescue".
    pub(super) fn releases(&self, lemma: &str) -> bool {
        self.releases.contains(lemma)
    }

    /// Whether a verb only supposes or reports what its passive subject did: "believed to have died".
    pub(super) fn supposes(&self, lemma: &str) -> bool {
        self.supposes.contains(lemma)
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
