//! A range is two amounts that bound one quantity ("between 20 and 30", "3 to 5 percent"); two amounts that a word of
//! change joins ("up from 12 to 15") are two quantities, not a range.

use super::amount::{self, Amount};
use super::number::Shape;
use super::qualified::{plain, qualifier_before};
use super::scan::{Scene, Step};
use crate::{Change, Qualifier, UnitKind};

/// The upper end of a range that starts with `a`, and how the two are joined.
pub(super) fn range(s: &Scene, a: &Amount) -> Option<(Amount, &'static str)> {
    let atoms = &s.atoms;
    let at = a.last;
    let joint = if atoms.is(at, "to") {
        "to"
    } else if atoms.dash(at) && atoms.glued(at) == atoms.glued(at + 1) {
        "-"
    } else if atoms.dash(at) && atoms.dash(at + 2) && atoms.is(at + 1, "to") {
        "-to-"
    } else if atoms.is(at, "and") && (opens(s, a, "between") || between_ages(s, a)) {
        "and"
    } else if atoms.is(at, "or") {
        "or"
    } else {
        return None;
    };
    let k = at + if joint == "-to-" { 3 } else { 1 };
    // "200,000 to-260,000": the mark belongs to the joint, not to the number.
    let loose = joint == "to" && atoms.dash(k) && (!atoms.glued(k + 1) || atoms.glued(k));
    let k = k + usize::from(loose);
    let mut b = amount::read(s, k)?;
    if matches!(b.number.shape, Shape::Ordinal) || matches!(a.number.shape, Shape::Vague | Shape::Ordinal) {
        return None;
    }
    if b.number.shape == Shape::Part && b.unit.is_none() || a.number.shape == Shape::Part && a.unit.is_none() {
        return None;
    }
    let same = match (&a.unit, &b.unit) {
        (Some(x), Some(y)) => x.code == y.code,
        (None, _) => true,
        (Some(x), None) => joint != "or" && (x.kind == UnitKind::Money || opens(s, a, "from") || joint == "and"),
    };
    if !same {
        return None;
    }
    if joint == "or" && !(b.value() > a.value() && b.value() <= 3.0 * a.value() && a.number.scale == b.number.scale) {
        return None;
    }
    // "52 to 48" and "41 percent to 38 percent" are two shares, "-18 to -34" is a range.
    let alike = a.unit.is_none() == b.unit.is_none();
    if joint == "to" && alike && b.value() >= 0.0 && a.value() > b.value() && !opens(s, a, "from") {
        return None;
    }
    if joint == "-" && b.value() <= a.value() && b.number.scale == 1.0 {
        return None;
    }
    // "from $10 to $15 billion": the scale belongs to both.
    b.shares_scale = a.number.scale == 1.0
        && b.number.scale > 1.0
        && a.number.value < 1000.0
        && a.number.value <= 20.0 * b.number.value / b.number.scale;
    Some((b, joint))
}

/// Whether `word` opens the range that starts with `a`, perhaps before a qualifier.
fn opens(s: &Scene, a: &Amount, word: &str) -> bool {
    let atoms = &s.atoms;
    let first = qualifier_before(s, a.first, UnitKind::Measure).map_or(a.first, |(f, _)| f);
    first > 0 && atoms.is(first - 1, word) || a.first > 0 && atoms.is(a.first - 1, word)
}

/// "between the ages of 15 and 66"
fn between_ages(s: &Scene, a: &Amount) -> bool {
    let before = |k: usize| a.first.checked_sub(k).map_or("", |at| s.atoms.text(at));
    before(1) == "of" && before(2) == "ages" && [before(3), before(4)].contains(&"between")
}

pub(super) fn ranged(s: &Scene, mut a: Amount, b: Amount, joint: &str, done: usize) -> Step {
    let atoms = &s.atoms;
    if b.shares_scale {
        a.scale_by(b.number.scale);
    }
    // "fell 12 to 1,234" and "rose 3 percent to 120", but "dropped 4 to 6 inches of rain".
    let opened = a.unit.is_some();
    if a.unit.is_none() || b.unit.is_some() {
        a.unit = b.unit.clone().or(a.unit);
    }
    let changing = matches!(joint, "to")
        && (opens(s, &a, "from") && changes(s, a.first) || opens(s, &a, "by") && (opened || b.unit.is_none()))
        || joint == "to" && (opened || b.unit.is_none()) && direct_change(s, &a);
    if changing {
        // "up from 12 to 15" is two figures.
        let unit = a.unit.clone();
        let mut x = plain(s, &a, unit.as_ref(), done);
        x.last = x.last.min(b.first.saturating_sub(1));
        x.start_value = opens(s, &a, "from");
        let y_unit = b.unit.clone().or(unit);
        let mut y = plain(s, &b, y_unit.as_ref(), x.last);
        // "up from 12 to 15", "down by 30 to 126": the direction stands before the first.
        let lead = a.first.checked_sub(2).and_then(|k| s.lexicon.adverb(atoms.text(k)));
        let near = a.first.checked_sub(1).and_then(|k| s.lexicon.adverb(atoms.text(k)));
        let verb = opens(s, &a, "from").then(|| verb_before(s, a.first)).flatten();
        y.change = y.change.or(lead).or(near).or(verb);
        if !x.start_value {
            x.change = x.change.or(y.change);
        }
        let last = y.last;
        return Step::Found(vec![x, y], last);
    }
    let mut q = plain(s, &a, a.unit.as_ref(), done);
    let mut upper = plain(s, &b, b.unit.as_ref().or(a.unit.as_ref()), b.first);
    if a.unit.is_none() && super::idle::idle_range(s, &a, &b) {
        return Step::Skip(b.last);
    }
    q.last = upper.last;
    if upper.kind == UnitKind::Age {
        q.kind = UnitKind::Age;
        q.unit.clone_from(&upper.unit);
    }
    q.unit_text = upper.unit_text.take().or(q.unit_text);
    q.value_max = Some(upper.value);
    if upper.value < q.value {
        (q.value, q.value_max) = (upper.value, Some(q.value));
    }
    q.qualifier = Qualifier::Between;
    if joint == "and" && q.first > 0 && atoms.is(q.first - 1, "between") {
        q.first -= 1;
    }
    let last = q.last;
    Step::Found(vec![q], last)
}

/// Whether a word of change governs the "from" before atom `at`: "rose from", "up from", "an increase from".
fn changes(s: &Scene, at: usize) -> bool {
    let from = (at.saturating_sub(6)..at).rev().find(|&k| s.atoms.is(k, "from"));
    let Some(from) = from else { return false };
    for k in (from.saturating_sub(24)..from).rev() {
        let token = &s.reading.tokens[s.atoms.list[k].token];
        let lemma = token.lemma.as_str();
        match token.pos {
            // "rose 25 percent compared with last year, from 2 to 3 percent"
            "VERB" if matches!(lemma, "compare" | "accord" | "include" | "follow" | "say") => {}
            "VERB" | "AUX" => {
                return s.lexicon.verb(lemma).is_some()
                    || matches!(lemma, "go" | "move" | "change" | "revise" | "upgrade" | "downgrade");
            }
            "NOUN" if s.lexicon.noun(lemma).is_some() => return true,
            "ADV" | "ADP" | "ADJ" | "PRT" if k + 1 == from && s.lexicon.adverb(s.atoms.text(k)).is_some() => {
                return true;
            }
            _ => {}
        }
    }
    false
}

/// The direction of the verb that the "from" before atom `at` belongs to.
fn verb_before(s: &Scene, at: usize) -> Option<Change> {
    (at.saturating_sub(24)..at).rev().find_map(|k| {
        let token = &s.reading.tokens[s.atoms.list[k].token];
        (token.pos == "VERB").then(|| s.lexicon.verb(token.lemma.as_str())).flatten()
    })
}

/// Whether a word of change stands right before the amount: "fell 12 to 1,234".
fn direct_change(s: &Scene, a: &Amount) -> bool {
    let first = qualifier_before(s, a.first, UnitKind::Measure).map_or(a.first, |(f, _)| f);
    let Some(k) = first.checked_sub(1) else { return false };
    let token = &s.reading.tokens[s.atoms.list[k].token];
    token.pos == "VERB" && s.lexicon.verb(token.lemma.as_str()).is_some()
        || s.lexicon.adverb(s.atoms.text(k)).is_some()
            && !matches!(s.atoms.text(k), "more" | "less" | "fewer" | "above")
}
