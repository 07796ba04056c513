//! A quantity is an amount with the words that say how it is meant: its qualifiers ("at least", "or so") and, for people,
//! the words that make an age of it.

use super::amount::{Amount, Unit};
use super::idle;
use super::number::Shape;
use super::scan::{Quantity, Scene};
use super::weed;
use crate::{Qualifier, UnitKind};

/// Lays an amount out as a quantity with its qualifiers.
pub(super) fn plain(s: &Scene, a: &Amount, unit: Option<&Unit>, done: usize) -> Quantity {
    let atoms = &s.atoms;
    let mut q = Quantity {
        first: a.first,
        last: a.last,
        number: (a.number.first, a.number.last),
        value: a.value(),
        value_max: None,
        qualifier: Qualifier::Exact,
        unit: unit.map_or_else(|| "count".to_string(), |u| u.code.clone()),
        kind: unit.map_or(UnitKind::Count, |u| u.kind),
        unit_text: unit.and_then(|u| u.text),
        change: a.change,
        start_value: false,
        confidence: if unit.is_some() { 0.95 } else { 0.85 },
    };
    if a.number.shape == Shape::Part && a.unit.is_none() {
        q.value *= 100.0;
    }
    if a.number.shape == Shape::Vague {
        q.qualifier = Qualifier::AtLeast;
    }
    age(s, &mut q);
    let of = usize::from(q.first > 0 && atoms.is(q.first - 1, "of"));
    if q.kind == UnitKind::Count && q.value < 11.0 && q.first > of && atoms.is(q.first - 1 - of, "magnitude") {
        (q.kind, q.unit, q.unit_text) = (UnitKind::Measure, "[Mw]".into(), Some((q.first - 1 - of, q.first - of)));
    }
    if let Some((first, found)) = qualifier_before(s, q.first, q.kind).filter(|&(f, _)| f >= done) {
        if a.number.shape != Shape::Vague || found != Qualifier::About {
            q.qualifier = found;
        }
        q.first = first;
    }
    for n in (1..=4).rev() {
        if let Some(found) = s.lexicon.qualifier_after(atoms.slice(q.last, q.last + n))
            && q.last + n <= atoms.list.len()
        {
            q.qualifier = found;
            q.last += n;
            break;
        }
    }
    q
}

/// The longest qualifier that ends where the amount begins, perhaps with an article or adjective between.
pub(super) fn qualifier_before(s: &Scene, first: usize, kind: UnitKind) -> Option<(usize, Qualifier)> {
    let atoms = &s.atoms;
    let mut end = first;
    for _ in 0..3 {
        for n in (1..=6.min(end)).rev() {
            if let Some(q) = s.lexicon.qualifier_before(atoms.slice(end - n, end)) {
                let word = atoms.text(end - n);
                // "within" measures time and distance only; a clause's "some" or "over" after a verb still qualifies.
                let bare_within = n == 1 && word.eq_ignore_ascii_case("within");
                // "edged up to 3.9 percent" is no upper limit.
                let risen = word.eq_ignore_ascii_case("up") && end - n > 0 && {
                    let (up, verb) = (
                        &s.reading.tokens[atoms.list[end - n].token],
                        &s.reading.tokens[atoms.list[end - n - 1].token],
                    );
                    s.lexicon.verb(&format!("{} up", verb.lemma)).is_some()
                        && (up.dep == "prt" || verb.pos == "VERB" && s.lexicon.verb(&verb.lemma).is_none())
                };
                // "handed over 55 bodies", "took on about 60": the particle belongs to its verb.
                let word_token = &s.reading.tokens[atoms.list[end - n].token];
                let particle = n == 1 && word_token.tag == "RP" && word_token.dep == "prt";
                // "over a three-year period": the preposition of the period.
                let span = n == 1
                    && end < first
                    && kind == UnitKind::Duration
                    && matches!(atoms.text(end).to_ascii_lowercase().as_str(), "a" | "an")
                    && matches!(word.to_ascii_lowercase().as_str(), "over" | "under" | "within" | "near");
                if risen || particle || span {
                    continue;
                }
                if bare_within && !matches!(kind, UnitKind::Duration | UnitKind::Measure) {
                    return None;
                }
                return Some((end - n, q));
            }
        }
        if end == 0 || !s.lexicon.inside(atoms.text(end - 1)) {
            return None;
        }
        end -= 1;
    }
    None
}

/// "12-year-old", "45 years of age", "aged 45": makes an age of a duration or a bare number.
fn age(s: &Scene, q: &mut Quantity) {
    let atoms = &s.atoms;
    if q.kind == UnitKind::Duration {
        let hyphen = usize::from(atoms.dash(q.last));
        let old = q.last + hyphen;
        let of_age = atoms.is(q.last, "of") && atoms.is(q.last + 1, "age");
        let word = atoms.text(old).to_ascii_lowercase();
        if matches!(word.as_str(), "old" | "olds") {
            (q.kind, q.last) = (UnitKind::Age, old + 1);
        } else if of_age {
            (q.kind, q.last) = (UnitKind::Age, q.last + 2);
        }
        if q.kind == UnitKind::Age
            && let Some((first, _)) = q.unit_text
        {
            q.unit_text = Some((first, q.last));
        }
        return;
    }
    if q.kind != UnitKind::Count || q.value > 120.0 || q.value != q.value.trunc() || q.value < 1.0 {
        return;
    }
    let i = q.first;
    let before = |k: usize| i.checked_sub(k).map_or("", |at| atoms.text(at));
    let word = before(1).to_ascii_lowercase();
    let aged = matches!(word.as_str(), "aged" | "age" | "ages")
        || word == "of" && matches!(before(2), "age" | "Age" | "ages") && !matches!(atoms.text(q.last), "the")
        || matches!(word.as_str(), "between" | "over" | "under" | "from" | "about" | "around")
            && matches!(before(2), "aged" | "ages" | "age");
    // "aged 9 and 11"
    let aged = aged
        || matches!(word.as_str(), "and" | "or") && matches!(before(3), "aged" | "ages") && i > 1 && s.numeric[i - 2];
    // "children under 12", "those over 60"
    let person = |k: usize| {
        i.checked_sub(k).is_some_and(|at| {
            let t = &s.reading.tokens[atoms.list[at].token];
            s.lexicon.people(&t.lemma.to_lowercase()) && t.tag == "NNS"
                || matches!(atoms.text(at), "those" | "anyone" | "people")
        })
    };
    let limit = matches!(word.as_str(), "under" | "over" | "above" | "below") && person(2);
    let aged = aged || limit && q.value >= 3.0 && !weed::counts(s, q.last);
    // "Blair is 71", "who turns 18"
    let named =
        |k: usize| i.checked_sub(k).is_some_and(|at| s.reading.tokens[atoms.list[at].token].entity_type == "PERSON");
    let alone = matches!(
        atoms.text(q.last),
        "" | "." | "," | ";" | "and" | "in" | "on" | "next" | "this" | "but" | "when" | "at"
    );
    let aged = aged
        || alone && q.value >= 10.0 && matches!(word.as_str(), "is" | "was") && named(2)
        || alone && matches!(word.as_str(), "turns" | "turned" | "turning")
        || word == "as" && matches!(before(2), "young" | "old") && !weed::counts(s, q.last);
    // "the average age is 62", "life expectancy was 73"
    let aged = aged
        || matches!(word.as_str(), "is" | "was")
            && !weed::counts(s, q.last)
            && (2..9).any(|k| matches!(before(k), "age" | "Age" | "expectancy"));
    // "At 16, he left school."
    let at = q.first == q.number.0
        && before(1) == "At"
        && atoms.text(q.last) == ","
        && s.reading
            .tokens
            .get(atoms.list[q.last].token + 1)
            .is_some_and(|t| t.pos == "PRON" || t.entity_type == "PERSON");
    if at || aged || idle::apposed_age(s, q) {
        q.kind = UnitKind::Age;
        q.unit = "a".into();
        if matches!(word.as_str(), "aged" | "age" | "ages") {
            q.unit_text = Some((i - 1, i));
        }
    }
}
