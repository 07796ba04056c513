//! A rank is a place in an order that counts ("the sixth consecutive quarter", "ranked third", "number one"); here are
//! also the multiples that have no number of their own ("twice", "sixfold").

use super::amount::Amount;
use super::atoms::Kind;
use super::idle;
use super::lexicon::Role;
use super::number::{self, Shape};
use super::qualified::plain;
use super::scan::{Scene, Step};
use crate::{Qualifier, UnitKind};

/// "sixth consecutive", "fourth time", "ranked third".
pub(super) fn ordinal(s: &Scene, a: &Amount, done: usize) -> Step {
    if !idle::ranks(s, a) {
        return Step::Skip(a.last);
    }
    let mut q = plain(s, a, None, done.max(a.first));
    q.kind = UnitKind::Ordinal;
    q.qualifier = Qualifier::Exact;
    q.last = a.number.last;
    q.confidence = 0.7;
    Step::Found(vec![q], a.number.last)
}

/// "number one", "No. 2", "twice", "sixfold", "double".
pub(super) fn rank(s: &Scene, i: usize, done: usize) -> Option<Step> {
    let (atoms, lexicon) = (&s.atoms, s.lexicon);
    let word = atoms.text(i);
    if word.len() < 2 || atoms.kind(i) != Some(Kind::Word) {
        return None;
    }
    if atoms.is(i, "number") || matches!(word, "No" | "no") && atoms.text(i + 1) == "." {
        let at = if atoms.is(i, "number") { i + 1 } else { i + 2 };
        let before = i.checked_sub(1).map_or("", |k| atoms.text(k)).to_ascii_lowercase();
        let ranked =
            matches!(before.as_str(), "the" | "world" | "ranked" | "current" | "former" | "s" | "as" | "at" | "is");
        let n = number::read(atoms, at, lexicon, false)?;
        let fits = n.scale == 1.0 && n.value <= 100.0 && n.value >= 1.0 && n.value == n.value.trunc();
        let then = atoms.list.get(n.last).filter(|x| x.kind == Kind::Word).map(|x| s.reading.tokens[x.token].pos);
        let ranked = ranked && (before != "the" || matches!(then, Some("NOUN" | "PROPN" | "ADJ")));
        if !ranked || !fits || atoms.glued(n.last) && matches!(atoms.text(n.last), "-" | "/" | ":") {
            return None;
        }
        let a = Amount::of(n, i);
        let mut q = plain(s, &a, None, i);
        (q.kind, q.qualifier, q.confidence) = (UnitKind::Ordinal, Qualifier::Exact, 0.7);
        q.last = n.last;
        return Some(Step::Found(vec![q], n.last));
    }
    let (value, last) = if let Some(v) = lexicon.number(word, Role::Multiple) {
        if !idle::multiplies(s, i) {
            return None;
        }
        (v, i + 1)
    } else {
        // "sixfold", "six-fold", "10-fold"
        let stem = word.strip_suffix("fold").filter(|w| !w.is_empty())?;
        let v =
            [Role::Digit, Role::Teen, Role::Ten, Role::Hundred].into_iter().find_map(|r| lexicon.number(stem, r))?;
        (v, i + 1)
    };
    let n = number::Number { first: i, last, value, scale: 1.0, shape: Shape::Words, bare: false };
    let mut q = plain(s, &Amount::of(n, i), None, done);
    (q.kind, q.confidence) = (UnitKind::Ratio, 0.8);
    let last = q.last;
    Some(Step::Found(vec![q], last))
}
