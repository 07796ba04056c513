//! Two numbers that are one statement: a share ("one in five", "nine out of ten") and a score ("4-2", "52 votes to 48").

use super::amount::{self, Amount};
use super::atoms::Kind;
use super::lexicon::Nearby;
use super::number::{self, Shape};
use super::scan::Scene;
use super::weed;

/// "one in five", "nine out of ten", "1 of 4": the share in percent and one past the last atom.
pub(super) fn out_of(s: &Scene, a: &Amount) -> Option<(f64, usize)> {
    let atoms = &s.atoms;
    if a.unit.is_some() || a.number.scale != 1.0 || !matches!(a.number.shape, Shape::Digits | Shape::Words) {
        return None;
    }
    let at = a.last;
    let k = if atoms.is(at, "in") {
        at + 1
    } else if atoms.is(at, "out") && atoms.is(at + 1, "of") {
        at + 2
    } else if atoms.is(at, "-") && atoms.is(at + 1, "in") && atoms.dash(at + 2) {
        at + 3
    } else {
        return None;
    };
    let k = k + usize::from(atoms.is(k, "every"));
    let b = number::read(atoms, k, s.lexicon, false)?;
    let usual = b.value >= 2.0 && b.value == b.value.trunc() && a.value() >= 1.0 && a.value() < b.value;
    let year = b.bare && (1500.0..2100.0).contains(&b.value);
    let whole = matches!(b.shape, Shape::Digits | Shape::Words);
    // "two in ten minutes" is no share.
    let other = amount::read(s, k).is_none_or(|x| x.unit.is_some());
    let many = atoms.is(at, "in") && a.value() > 10.0;
    (usual && whole && !year && !other && !many).then(|| (100.0 * a.value() / b.value, b.last))
}

/// "4-2", "52 to 48", "52 votes to 48": the other side and one past the last atom.
pub(super) fn score(s: &Scene, a: &Amount) -> Option<(f64, usize)> {
    let atoms = &s.atoms;
    let whole = |n: &number::Number| {
        n.value == n.value.trunc() && n.value < 1000.0 && n.bare | (n.shape == Shape::Words && n.scale == 1.0)
    };
    if a.unit.is_some() || a.signed() || !whole(&a.number) {
        return None;
    }
    let at = a.last;
    if atoms.dash(at) && atoms.glued(at) == atoms.glued(at + 1) && atoms.kind(at + 1) == Some(Kind::Digits) {
        let b = amount::read(s, at + 1)?;
        let more = atoms.dash(b.last) && atoms.glued(b.last) && atoms.kind(b.last + 1) == Some(Kind::Digits);
        let ends = !atoms.glued(b.last) || !atoms.word(b.last);
        // A unit or a plural after it makes it a range; so does a rise in a text that counts.
        let counted = b.number.value > a.number.value && weed::counts(s, b.last);
        if a.number.value > 150.0 && b.number.value < 20.0 {
            return None;
        }
        let street = super::named::address(s, b.last);
        if b.unit.is_none() && whole(&b.number) && ends && !counted && !more && !street && a.number.bare {
            return Some((b.number.value, b.last));
        }
        return None;
    }
    let votes = matches!(atoms.text(at).to_ascii_lowercase().as_str(), "votes" | "seats" | "goals" | "points" | "runs");
    let to = at + usize::from(votes);
    if !atoms.is(to, "to") {
        return None;
    }
    let b = amount::read(s, to + 1)?;
    if b.unit.is_some() || !whole(&b.number) || b.number.value > a.number.value && !votes {
        return None;
    }
    let told = (a.first.saturating_sub(7)..a.first)
        .chain(b.last..(b.last + 3).min(atoms.list.len()))
        .any(|k| s.lexicon.calendar(atoms.text(k), Nearby::Ballot));
    (told && !weed::counts(s, b.last)).then_some((b.number.value, b.last))
}
