//! Weeds are numbers that measure nothing: dates, years, clock times, names ("Boeing 737", "G7"), places in a list
//! ("page 12"), and words that look like numbers but only point ("one of them", "the two countries").

use super::amount::Amount;
use super::atoms::{Atoms, Kind};
use super::lexicon::Nearby;
use super::named::{address, code_word, name};
use super::number::Shape;
use super::scan::{Scene, calendar};
use crate::UnitKind;

/// One past the last atom of the run of digits, letters and joining signs that atom `i` is glued into.
pub(super) fn run(atoms: &Atoms, i: usize) -> usize {
    let mut k = i + 1;
    while atoms.glued(k) && !matches!(atoms.text(k), "," | ";" | ")" | "." | "!" | "?" | "\"" | "”" | "'" | "’") {
        k += 1;
    }
    k
}

/// One past the short brackets that stand glued to each other from atom `i` on: "(c)(3)".
fn bracketed(atoms: &Atoms, i: usize) -> Option<usize> {
    let opens = |k: usize| atoms.text(k) == "(" && atoms.glued(k) && atoms.glued(k + 1);
    let closes = |k: usize| atoms.text(k + 1).len() == 1 && atoms.text(k + 2) == ")";
    let end = (i..).step_by(3).find(|&k| !(opens(k) && closes(k)))?;
    (end > i).then_some(end)
}

/// One past a telephone number that starts at atom `first`: "+49 (0)40 890 85-433", "555-123-4567", "call 911".
fn phone(s: &Scene, first: usize) -> Option<usize> {
    let atoms = &s.atoms;
    let before = first.checked_sub(1).map_or("", |k| atoms.text(k));
    let label = |k: usize| s.lexicon.calendar(atoms.text(k), Nearby::Phone);
    let marked = matches!(before, ":" | ".") && first > 1 && label(first - 2);
    let spoken = first > 0 && (label(first - 1) || marked);
    let (mut digits, mut groups, mut dashes, mut k) = (0, 0, 0, first);
    while let Some(a) = atoms.list.get(k).filter(|_| k <= first + 16) {
        let number_next = atoms.kind(k + 1) == Some(Kind::Digits);
        match a.kind {
            Kind::Digits if !a.separated => {
                digits += a.digits;
                groups += 1;
            }
            Kind::Sign if atoms.dash(k) && atoms.glued(k) && number_next => dashes += 1,
            Kind::Sign if matches!(atoms.text(k), "(" | "." | "/") && number_next => {}
            Kind::Sign if atoms.text(k) == ")" && k > first => {}
            _ => break,
        }
        k += 1;
    }
    let emergency = spoken && groups == 1 && s.lexicon.calendar(atoms.text(first), Nearby::Emergency);
    let international = before == "+" && atoms.glued(first) && digits >= 8 && groups >= 2;
    let national = groups >= 2 && digits >= 10 && (dashes >= 2 || spoken) || marked && (6..=14).contains(&digits);
    (emergency || international || national).then_some(k)
}

/// If the amount is no figure whatever stands around it, one past the atoms to pass over.
pub(super) fn not_a_figure(s: &Scene, a: &Amount) -> Option<usize> {
    let atoms = &s.atoms;
    let (first, last) = (a.number.first, a.number.last);
    let token = s.reading.tokens.get(atoms.list[first].token)?;
    let digits = a.number.shape == Shape::Digits || atoms.kind(first) == Some(Kind::Digits);
    let unit = a.unit.as_ref();
    // "four years ago" is a date.
    if unit.is_some_and(|u| u.kind == UnitKind::Duration) && atoms.is(a.last, "ago") {
        return Some(a.last + 1);
    }
    if !digits {
        // "nineteen eighty-four", "one" and "two" are looked at with what they count.
        return None;
    }
    let bare = a.number.bare;
    // "4K TVs"
    if unit.is_none()
        && a.number.scale == 1e3
        && atoms.text(last - 1) == "K"
        && s.lexicon.calendar(atoms.text(last), Nearby::Screen)
    {
        return Some(last);
    }
    if let Some(last) = phone(s, first) {
        return Some(last);
    }
    // Glued to letters before it: "F16", "CAC40", "B-52"; and to a name: "COVID-19".
    if first == a.first && first > 0 && atoms.glued(first) {
        let before = atoms.kind(first - 1);
        let letters = before == Some(Kind::Word);
        let hyphened = atoms.dash(first - 1)
            && atoms.glued(first - 1)
            && first > 1
            && atoms.word(first - 2)
            && !matches!(
                atoms.text(first - 2).to_ascii_lowercase().as_str(),
                "sub"
                    | "mid"
                    | "under"
                    | "over"
                    | "up"
                    | "to"
                    | "minus"
                    | "between"
                    | "age"
                    | "aged"
                    | "near"
                    | "or"
                    | "and"
                    | "pre"
                    | "post"
            );
        let address = matches!(atoms.text(first - 1), "/" | "@" | "#" | "_" | "=" | "\\" | "&" | "’" | "'" | "№");
        if letters || hyphened || address {
            return Some(run(atoms, first));
        }
    }
    // Glued on: "17:22", "2019-09-01", "13F", "1990s", "24/7", "192.168.0.1".
    let next = atoms.text(last);
    if unit.is_none() && atoms.glued(last) {
        let digit_after = atoms.glued(last + 1) && atoms.kind(last + 1) == Some(Kind::Digits);
        if digit_after && matches!(next, ":" | "/" | "\\" | "_") || matches!(next, "@" | "\\" | "_") {
            return Some(run(atoms, first));
        }
        // "401(k)", "501(c)(3)": a paragraph of a law.
        if atoms.word(last + 1)
            && let Some(end) = bracketed(atoms, last)
        {
            return Some(end);
        }
        if atoms.word(last) && a.number.shape != Shape::Ordinal && !calendar(s, last, Nearby::Clock) {
            return Some(run(atoms, first));
        }
        let long = digit_after
            && atoms.dash(last)
            && (atoms.dash(last + 2) && atoms.glued(last + 2) && atoms.glued(last + 3)
                || atoms.list[last + 1].digits >= 4 && !atoms.list[last + 1].separated
                || atoms.list[first].digits == 4 && bare && atoms.list[last + 1].digits <= 2
                || atoms.list[first].digits == 4 && bare && atoms.list[last + 1].digits == 4);
        let to_letter = atoms.dash(last) && bare && atoms.glued(last + 1) && code_word(atoms.text(last + 1));
        if long || to_letter {
            return Some(run(atoms, first));
        }
    }
    // Clock times.
    let clock = |k: usize| calendar(s, k, Nearby::Clock);
    if clock(last) && a.number.value <= 24.0 || clock(a.last) && unit.is_none() {
        return Some(last + 1);
    }
    if bare
        && unit.is_none()
        && s.lexicon.calendar(next, Nearby::Zone)
        && a.number.value < 2400.0
        && next.bytes().all(|b| b.is_ascii_uppercase())
    {
        return Some(last + 1);
    }
    if a.number.value < 25.0
        && unit.is_none()
        && first > 0
        && matches!(atoms.text(first - 1), "at" | "until" | "from")
        && calendar_time_follows(s, last)
    {
        return Some(last);
    }
    // "6-9 p.m.", "6 to 9 p.m."
    if unit.is_none() && a.number.value <= 24.0 {
        let joined = atoms.dash(last) || atoms.is(last, "to");
        let hour = atoms.list.get(last + 1).is_some_and(|x| x.kind == Kind::Digits && x.value <= 24.0);
        if joined && hour && clock(last + 2) {
            return Some(last + 3);
        }
    }
    // Days and years next to a month.
    let month = |k: usize| calendar(s, k, Nearby::Month) && atoms.text(k).starts_with(|c: char| c.is_uppercase());
    if (bare || a.number.shape == Shape::Ordinal) && a.number.value <= 31.0 && unit.is_none() {
        let of = usize::from(atoms.is(last, "of"));
        let before = first > 0 && month(first - 1) || first > 1 && atoms.text(first - 1) == "." && month(first - 2);
        let dash_then = atoms.dash(last) && (month(last + 2) || month(last + 1));
        if before || month(last + of) || dash_then || first > 2 && atoms.text(first - 1) == "the" && month(first - 2) {
            let mut k = last;
            // "18–20", "18, 2019"
            if before && atoms.dash(k) && atoms.kind(k + 1) == Some(Kind::Digits) {
                k += 2;
            }
            if atoms.text(k) == "," && atoms.list.get(k + 1).is_some_and(|y| y.digits == 4 && !y.separated) {
                k += 2;
            }
            return Some(k);
        }
    }
    if unit.is_none() && bare && atoms.list[first].digits == 4 && year(s, a) {
        return Some(last);
    }
    // "Portland, OR 97201": the postal code of a town.
    let state = |k: usize| atoms.text(k).len() == 2 && atoms.text(k).bytes().all(|b| b.is_ascii_uppercase());
    if unit.is_none()
        && bare
        && atoms.list[first].digits == 5
        && first > 1
        && state(first - 1)
        && atoms.text(first - 2) == ","
    {
        return Some(last);
    }
    // Inside a date or a time of day, as the times stage found it.
    if unit.is_none() && s.dated.get(atoms.list[first].token) == Some(&true) {
        return Some(last);
    }
    // "a 10-speed gearbox" describes, as "six-speed" does.
    if unit.is_none() && bare && super::idle::describes(s, a) {
        return Some(last);
    }
    if !bare || unit.is_some_and(|u| u.kind != UnitKind::Duration) {
        return None;
    }
    if unit.is_none() && (name(s, a, token) || address(s, last)) {
        return Some(if atoms.dash(last) && atoms.glued(last) { run(atoms, first) } else { last });
    }
    None
}

fn calendar_time_follows(s: &Scene, k: usize) -> bool {
    matches!(s.atoms.text(k), "o'clock" | "GMT" | "EST" | "hrs") || s.atoms.is(k, "local") && s.atoms.is(k + 1, "time")
}

/// Whether four bare digits are a year here.
fn year(s: &Scene, a: &Amount) -> bool {
    let atoms = &s.atoms;
    let v = a.number.value;
    if !(1000.0..2200.0).contains(&v) {
        return false;
    }
    let i = a.number.first;
    let before = i.checked_sub(1).map_or("", |k| atoms.text(k));
    let opened = before.is_empty() || matches!(before, "(" | "," | "'" | "’" | "–" | "-" | "/" | "“");
    let said = s.lexicon.calendar(before, Nearby::Year);
    let month =
        i > 0 && calendar(s, i - 1, Nearby::Month) || i > 1 && before == "." && calendar(s, i - 2, Nearby::Month);
    if v < 1500.0 {
        return month || said && matches!(before, "in" | "since" | "circa" | "year") && !counts(s, a.last);
    }
    if month {
        return true;
    }
    let counted = counts(s, a.last) && !matches!(before, "the" | "in" | "since" | "this");
    // "their 2030 targets" counts nothing; "about 1980 people" and "2000 jobs" do.
    let qualified = super::qualified::qualifier_before(s, a.first, UnitKind::Count).is_some();
    let pos = i.checked_sub(1).map_or("", |k| s.reading.tokens[atoms.list[k].token].pos);
    if (1900.0..2100.0).contains(&v) && v % 100.0 != 0.0 {
        return !(counted && (qualified || pos == "VERB" || pos == "AUX"));
    }
    if v < 1900.0 {
        return (said || opened)
            && !counted
            && !matches!(before, "the" | "to" | "of" | "after" | "by" | "and" | "or" | "for" | "around");
    }
    // From 1900 on a year unless it counts what follows, or a number on its way up or down ends in it.
    !counted && (said || opened || v >= 1950.0)
}

/// Whether a plural noun that can be counted follows atom `at`, perhaps after adjectives.
pub(super) fn counts(s: &Scene, at: usize) -> bool {
    let atoms = &s.atoms;
    let at = at + usize::from(atoms.dash(at) && atoms.glued(at) && atoms.glued(at + 1));
    for k in at..(at + 5).min(atoms.list.len()) {
        if atoms.kind(k) != Some(Kind::Word) {
            if atoms.dash(k) && atoms.glued(k) && k > at {
                continue;
            }
            return false;
        }
        let token = &s.reading.tokens[atoms.list[k].token];
        match token.tag {
            "NNS" | "NNPS" => return true,
            "JJ" | "JJR" | "JJS" | "NN" | "NNP" | "VBN" | "VBG" | "CD" | "RBR" | "HYPH" => {
                if matches!(
                    atoms.text(k),
                    "people" | "percent" | "staff" | "police" | "troops" | "personnel" | "cattle" | "aircraft"
                ) {
                    return true;
                }
            }
            _ => return false,
        }
    }
    false
}
