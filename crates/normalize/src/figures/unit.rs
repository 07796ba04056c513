//! A unit of measure behind a number: the longest form of the lexicon that stands there, and the smaller unit that may
//! follow it ("5ft 9in").

use super::amount::Amount;
use super::atoms::Kind;
use super::lexicon::LONGEST;
use super::number::{self, Number, Shape};
use super::scan::Scene;
use crate::UnitKind;

/// The unit after a number: code, kind and its atoms.
pub(super) fn unit_at(s: &Scene, from: usize, number: &Number) -> Option<(String, UnitKind, usize, usize)> {
    let atoms = &s.atoms;
    let mut k = from;
    let hyphen = atoms.dash(k) && atoms.glued(k) == atoms.glued(k + 1) && atoms.word(k + 1);
    k += usize::from(hyphen);
    let bracket = matches!(atoms.text(k), "(" | "[" | "{");
    k += usize::from(bracket);
    let start = k;
    for gap in 0..2 {
        if let Some((unit, last)) = longest_unit(s, k, from, hyphen, number) {
            let unit = &s.lexicon.units[unit];
            let close = usize::from(bracket && matches!(atoms.text(last), ")" | "]" | "}"));
            if bracket && close == 0 {
                return None;
            }
            if gap > 0 && !matches!(unit.kind, UnitKind::Duration | UnitKind::Ratio) {
                return None;
            }
            return Some((unit.code.clone(), unit.kind, start, last + close));
        }
        if gap == 0 && (hyphen || bracket || !s.lexicon.inside(atoms.text(k)) || matches!(atoms.text(k), "a" | "an")) {
            return None;
        }
        k += 1;
    }
    None
}

/// The longest unit that starts at atom `k`.
pub(super) fn longest_unit(s: &Scene, k: usize, from: usize, hyphen: bool, number: &Number) -> Option<(usize, usize)> {
    let atoms = &s.atoms;
    for n in (1..=LONGEST).rev() {
        let last = k + n;
        if last > atoms.list.len() {
            continue;
        }
        let text = atoms.slice(k, last);
        // The full stop of the sentence is not the unit's.
        if n > 1 && last == atoms.list.len() && text.ends_with('.') {
            continue;
        }
        let Some(form) = s.lexicon.unit(text) else { continue };
        let next = atoms.list.get(last);
        let joined = next.is_some_and(|x| !x.spaced && x.kind != Kind::Sign);
        if atoms.kind(last - 1) != Some(Kind::Sign) && joined {
            continue;
        }
        if form.weak && !weak_fits(s, k, last, number) {
            continue;
        }
        // A possessive or a compound noun: "two second-half goals", "three day-trippers".
        let compound = atoms.dash(last) && atoms.glued(last) && atoms.word(last + 1) && atoms.glued(last + 1);
        let tail = atoms.text(last + 1).to_ascii_lowercase();
        let fine = matches!(
            tail.as_str(),
            "old"
                | "olds"
                | "long"
                | "a"
                | "per"
                | "wide"
                | "high"
                | "tall"
                | "deep"
                | "thick"
                | "plus"
                | "to"
                | "and"
                | "or"
                | "on"
        );
        if compound && !hyphen && !fine && atoms.list[k].spaced && !text.ends_with('s') {
            continue;
        }
        if text.eq_ignore_ascii_case("second") && !hyphen && number.shape == Shape::Words && number.value > 1.0 {
            continue;
        }
        let _ = from;
        return Some((form.unit, last));
    }
    None
}

/// Whether a sign that is also a word or letter can only be a unit here.
fn weak_fits(s: &Scene, k: usize, last: usize, number: &Number) -> bool {
    let atoms = &s.atoms;
    let text = atoms.slice(k, last);
    if number.shape == Shape::Words || number.shape == Shape::Vague {
        return false;
    }
    let glued = atoms.glued(k);
    if matches!(text, "'" | "\"" | "’" | "”" | "″") {
        let others = (0..atoms.list.len()).filter(|&j| j != k && atoms.text(j) == text).count();
        let number_next = atoms.kind(last) == Some(Kind::Digits);
        return others == 0 && (glued && (!atoms.glued(last) || number_next) || !glued && text != "'");
    }
    let dimension = matches!(atoms.text(last), "thick" | "long" | "high" | "tall" | "deep" | "wide" | "across");
    let ends = last >= atoms.list.len() || matches!(atoms.text(last), "." | "," | ")" | ";" | ":" | "(" | "]" | "/");
    match text {
        "in" => {
            glued && !atoms.word(last)
                || dimension
                || ends && last >= atoms.list.len()
                || atoms.text(last) == "." && last + 1 >= atoms.list.len()
        }
        "in." => glued || dimension,
        "a" | "d" | "I" => false,
        "s" => glued && number.value < 1000.0 && !number.bare,
        "K" | "F" | "C" | "V" | "A" | "N" => {
            let name = (!ends && !matches!(text, "C" | "F" | "V")) || (number.value < 20.0 && text != "C");
            let named = number.bare && glued && name;
            (glued || ends || !atoms.word(last)) && !named
                || !number.bare
                    && !glued
                    && number.scale == 1.0
                    && atoms.list.get(last).is_some_and(|x| {
                        matches!(s.reading.tokens[x.token].pos, "CCONJ" | "AUX" | "VERB" | "ADP" | "SCONJ")
                    })
        }
        _ => glued || ends || dimension || !atoms.word(last) || atoms.text(last).len() > 1,
    }
}

/// "5ft 9in", "5 feet and 2 inches", "2 hours 30 minutes": adds the smaller unit.
pub(super) fn smaller(s: &Scene, a: &mut Amount) {
    let atoms = &s.atoms;
    let Some(unit) = &a.unit else { return };
    let parts = match unit.code.as_str() {
        "[ft_i]" => ("[in_i]", 12.0),
        "[lb_av]" => ("[oz_av]", 16.0),
        "[stone_av]" => ("[lb_av]", 14.0),
        "h" => ("min", 60.0),
        "min" => ("s", 60.0),
        "a" => ("mo", 12.0),
        "d" => ("h", 24.0),
        "wk" => ("d", 7.0),
        _ => return,
    };
    let mut k = a.last;
    let joint =
        usize::from(atoms.is(k, "and") || atoms.is(k, ",")) + usize::from(atoms.is(k + 1, "and") && atoms.is(k, ","));
    k += joint;
    let Some(n) = number::read(atoms, k, s.lexicon, false).filter(|n| n.value < parts.1 && n.scale == 1.0) else {
        return;
    };
    if matches!(n.shape, Shape::Ordinal | Shape::Vague | Shape::Part) && n.shape != Shape::Digits {
        return;
    }
    let bare_inches = unit.code == "[ft_i]" && joint == 0 && n.last - n.first == 1 && !atoms.word(n.last);
    match unit_at(s, n.last, &n) {
        Some((code, _, _, last)) if code == parts.0 => {
            a.extra = n.value / parts.1;
            a.last = last;
        }
        _ if bare_inches && atoms.glued(k) => {
            a.extra = n.value / parts.1;
            a.last = n.last;
        }
        _ => {}
    }
}
