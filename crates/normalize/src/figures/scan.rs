//! The scan goes once over the atoms of a sentence and puts numbers, qualifiers, ranges, currencies and units together
//! into quantities.

use super::amount::{self, Amount, Unit};
use super::atoms::{Atoms, Kind};
use super::idle;
use super::lexicon::{Lexicon, Nearby};
use super::money::Wallet;
use super::number::Shape;
use super::qualified::plain;
use super::range::{range, ranged};
use super::rank::{ordinal, rank};
use super::share::{out_of, score};
use super::weed;
use crate::{Change, Qualifier, UnitKind};
use broadsheet_language::Reading;

/// One quantity as the text states it, before the tree says what it counts.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
    /// First atom, qualifier included.
    pub first: usize,
    /// One past the last atom, unit included.
    pub last: usize,
    /// The atoms of the number itself.
    pub number: (usize, usize),
    /// Value, or lower end.
    pub value: f64,
    /// Upper end, or the other side's score.
    pub value_max: Option<f64>,
    /// How it is meant.
    pub qualifier: Qualifier,
    /// Code of the unit.
    pub unit: String,
    /// Sort of quantity.
    pub kind: UnitKind,
    /// Atoms of the unit as written.
    pub unit_text: Option<(usize, usize)>,
    /// Direction that the text states with the number itself ("+0.2%").
    pub change: Option<Change>,
    /// Whether it is the starting value of a change ("up from 12").
    pub start_value: bool,
    /// How sure value, unit and kind are.
    pub confidence: f64,
}

/// What the scan reads in.
pub(super) struct Scene<'a> {
    /// The sentence.
    pub atoms: Atoms<'a>,
    /// For each atom, whether it can be part of a number.
    pub numeric: Vec<bool>,
    /// The reading that the sentence is of.
    pub reading: &'a Reading,
    /// What is known.
    pub lexicon: &'a Lexicon,
    /// Which money the article means.
    pub wallet: &'a Wallet<'a>,
    /// For each token, whether it is in a date or a time of day.
    pub dated: &'a [bool],
}

/// For each atom, whether it can be part of a number.
pub(super) fn numeric(atoms: &Atoms, lexicon: &Lexicon) -> Vec<bool> {
    let one = |i: usize| atoms.list[i].kind == Kind::Digits || lexicon.numeric(atoms.text(i));
    (0..atoms.list.len()).map(one).collect()
}

/// Reads the quantities of a sentence.
pub(super) fn scan(s: &Scene) -> Vec<Quantity> {
    let mut out: Vec<Quantity> = Vec::new();
    let (n, mut i, mut done) = (s.atoms.list.len(), 0, 0);
    while i < n {
        if !starts(s, i) {
            i += 1;
            continue;
        }
        match quantity(s, i, done) {
            Step::Found(found, last) => {
                out.extend(found);
                (i, done) = (last, last);
            }
            Step::Skip(last) => {
                i = last.max(i + 1);
                done = i;
            }
            Step::Next => i += 1,
        }
    }
    out
}

pub(super) enum Step {
    Found(Vec<Quantity>, usize),
    Skip(usize),
    Next,
}

/// A quick look at whether anything can start here, so that most atoms cost one comparison.
fn starts(s: &Scene, i: usize) -> bool {
    let a = &s.atoms.list[i];
    // A currency sign has up to four atoms.
    if !s.numeric[i..(i + 5).min(s.numeric.len())].contains(&true) {
        return false;
    }
    match a.kind {
        Kind::Digits => true,
        Kind::Sign => {
            !matches!(s.atoms.text(i), "," | "." | "\"" | "'" | "’" | "“" | "”" | "‘" | ";" | ":" | "?" | "!")
        }
        Kind::Word => true,
    }
}

fn quantity(s: &Scene, i: usize, done: usize) -> Step {
    let atoms = &s.atoms;
    if let Some(step) = rank(s, i, done) {
        return step;
    }
    let Some(a) = amount::read(s, i) else {
        // Digits that are part of a name or a date are passed over as a whole.
        return if atoms.kind(i) == Some(Kind::Digits) { Step::Skip(weed::run(atoms, i)) } else { Step::Next };
    };
    if let Some(last) = weed::not_a_figure(s, &a) {
        return Step::Skip(last);
    }
    if a.number.shape == Shape::Ordinal {
        return ordinal(s, &a, done);
    }
    if let Some((value, last)) = out_of(s, &a) {
        let share = Unit { code: "percent".into(), kind: UnitKind::Ratio, text: None };
        let mut q = plain(s, &a, Some(&share), done);
        (q.value, q.last) = (value, last);
        return Step::Found(vec![q], last);
    }
    if let Some((b, last)) = score(s, &a) {
        let mut q = plain(s, &a, None, done);
        (q.value_max, q.last, q.kind) = (Some(b), last, UnitKind::Score);
        (q.unit, q.unit_text) = ("count".into(), None);
        q.qualifier = Qualifier::Exact;
        q.confidence = 0.7;
        return Step::Found(vec![q], last);
    }
    if let Some((b, joint)) = range(s, &a) {
        return ranged(s, a, b, joint, done);
    }
    match fit(s, &a) {
        Some(unit) => {
            let q = plain(s, &a, unit.as_ref(), done);
            let last = q.last;
            Step::Found(vec![q], last)
        }
        None => Step::Skip(a.last),
    }
}

/// The unit of an amount that stands alone, or nothing if it is no figure after all.
fn fit(s: &Scene, a: &Amount) -> Option<Option<Unit>> {
    match &a.unit {
        Some(u) => Some(Some(u.clone())),
        None if a.number.shape == Shape::Part => {
            idle::share(s, a).then(|| Some(Unit { code: "percent".into(), kind: UnitKind::Ratio, text: None }))
        }
        None => (!idle::idle(s, a)).then_some(None),
    }
}

/// Whether `q` is the next set of the match whose score `prior` is: "6-4, 6-3", "7-6 (5), 7-6 (7)".
pub(super) fn follows_score(s: &Scene, prior: &Quantity, q: &Quantity) -> bool {
    let score = |x: &Quantity| x.kind == UnitKind::Score;
    let joint = |k: usize| s.atoms.kind(k) == Some(Kind::Digits) || matches!(s.atoms.text(k), "," | "(" | ")" | ";");
    score(prior) && score(q) && q.first.saturating_sub(prior.last) <= 5 && (prior.last..q.first).all(joint)
}

/// Whether atom `i` is a calendar word of the kind, "Sept." and "a.m." included.
pub(super) fn calendar(s: &Scene, i: usize, kind: Nearby) -> bool {
    s.lexicon.calendar(s.atoms.text(i), kind)
        || kind == Nearby::Clock
            && s.atoms.text(i + 1) == "."
            && matches!(s.atoms.text(i), "a" | "p" | "A" | "P")
            && matches!(s.atoms.text(i + 2), "m" | "M")
        || kind == Nearby::Clock && s.atoms.is(i, "o") && s.atoms.is(i + 2, "clock")
}
