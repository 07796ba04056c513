//! A rate is an amount for each of something: "$52 a barrel", "20 km per day", "£24 a-year", "$6 each".

use super::amount::Amount;
use super::lexicon::Nearby;
use super::number::{Number, Shape};
use super::scan::Scene;
use super::unit::longest_unit;
use crate::UnitKind;

/// "$52 a barrel", "20 km per day", "$80 per sq m", "£24 a-year", "$6 each": takes the rate into the unit.
pub(super) fn per(s: &Scene, a: &mut Amount) {
    let atoms = &s.atoms;
    let Some(unit) = &mut a.unit else { return };
    let mut k = a.last;
    if atoms.dash(k) && atoms.glued(k + 1) {
        k += 1;
    }
    let sign = atoms.text(k) == "/" && atoms.glued(k);
    let word = atoms.is(k, "per") || atoms.is(k, "every") && unit.kind != UnitKind::Duration;
    let article = atoms.is(k, "a") || atoms.is(k, "an");
    if (atoms.is(k, "each") || atoms.is(k, "apiece")) && unit.kind == UnitKind::Money {
        if atoms.is(k, "apiece") || !atoms.word(k + 1) {
            unit.text = unit.text.map(|(f, _)| (f.max(a.number.last).max(f), k + 1));
            a.last = k + 1;
            fix_text(a, k, k + 1);
        }
        return;
    }
    if (atoms.is(k, "annually") || atoms.is(k, "yearly")) && unit.kind == UnitKind::Money {
        return;
    }
    if !sign && !word && !article {
        return;
    }
    let mut at = k + 1;
    if atoms.dash(at) && atoms.glued(at) {
        at += 1;
    }
    let one = Number { first: at, last: at, value: 2.0, scale: 1.0, shape: Shape::Digits, bare: false };
    let denominator = longest_unit(s, at, at, false, &one).filter(|&(u, _)| {
        let d = &s.lexicon.units[u];
        !article
            || d.kind == UnitKind::Duration
                && (unit.kind != UnitKind::Duration || unit.code != "a" && d.code != unit.code)
            || d.kind == UnitKind::Measure && unit.kind == UnitKind::Money
    });
    // "6.2 percent a year earlier", "$38,373 a year ago" say when.
    let when = |last: usize| {
        matches!(
            atoms.text(last).to_ascii_lowercase().as_str(),
            "ago" | "earlier" | "later" | "before" | "after" | "from" | "prior" | "previously"
        )
    };
    if article && denominator.is_some_and(|(_, last)| when(last)) {
        return;
    }
    let (code, last) = match denominator {
        Some((u, last)) => (s.lexicon.units[u].code.clone(), last),
        None if word && atoms.word(at) => {
            let noun = s.reading.tokens[atoms.list[at].token].pos;
            if !matches!(noun, "NOUN" | "PROPN" | "ADJ" | "X") {
                return;
            }
            (format!("{{{}}}", atoms.text(at).to_lowercase()), at + 1)
        }
        None if article && unit.kind == UnitKind::Money && s.lexicon.calendar(atoms.text(at), Nearby::Piece) => {
            (format!("{{{}}}", atoms.text(at).to_lowercase()), at + 1)
        }
        None => return,
    };
    if unit.kind == UnitKind::Measure || unit.kind == UnitKind::Duration {
        unit.code = format!("{}/{code}", unit.code);
        unit.kind = UnitKind::Measure;
    }
    a.last = last;
    fix_text(a, k, last);
}

/// Unit text that covers the rate: from the unit (if it stands after the number) to `last`, else the rate alone.
fn fix_text(a: &mut Amount, rate: usize, last: usize) {
    let number_end = a.number.last;
    if let Some(unit) = &mut a.unit {
        unit.text = match unit.text {
            Some((f, _)) if f >= number_end => Some((f, last)),
            _ => Some((rate, last)),
        };
    }
}
