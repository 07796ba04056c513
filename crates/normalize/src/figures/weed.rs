//! Weeds are numbers that measure nothing: dates, years, clock times, names ("Boeing 737", "G7"), places in a list
//! ("page 12"), and words that look like numbers but only point ("one of them", "the two countries").

use super::amount::Amount;
use super::atoms::{Atoms, Kind};
use super::lexicon::Calendar;
use super::number::Shape;
use super::scan::{Quantity, Scene, calendar};
use crate::UnitKind;

/// One past the last atom of the run of digits, letters and joining signs that atom `i` is glued into.
pub(super) fn run(atoms: &Atoms, i: usize) -> usize {
    let mut k = i + 1;
    while atoms.glued(k) && !matches!(atoms.text(k), "," | ";" | ")" | "." | "!" | "?" | "\"" | "”" | "'" | "’") {
        k += 1;
    }
    k
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
        if atoms.word(last) && a.number.shape != Shape::Ordinal && !calendar(s, last, Calendar::Clock) {
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
    let clock = |k: usize| calendar(s, k, Calendar::Clock);
    if clock(last) && a.number.value <= 24.0 || clock(a.last) && unit.is_none() {
        return Some(last + 1);
    }
    if bare
        && unit.is_none()
        && s.lexicon.calendar(next, Calendar::Zone)
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
    // Days and years next to a month.
    let month = |k: usize| calendar(s, k, Calendar::Month) && atoms.text(k).starts_with(|c: char| c.is_uppercase());
    let stop = |k: usize| usize::from(atoms.text(k) == ".");
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
    let _ = stop;
    if unit.is_none() && bare && atoms.list[first].digits == 4 && year(s, a) {
        return Some(last);
    }
    // Inside a date or a time of day, as the times stage found it.
    if unit.is_none() && s.dated.get(atoms.list[first].token) == Some(&true) {
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

/// Whether a street's name follows: "575 Wilbraham Road", "9 E 71st St".
fn address(s: &Scene, at: usize) -> bool {
    let atoms = &s.atoms;
    for k in at..(at + 5).min(atoms.list.len()) {
        let text = atoms.text(k);
        if k > at && text.starts_with(char::is_uppercase) && calendar(s, k, Calendar::Street) {
            return true;
        }
        let part = text.starts_with(char::is_uppercase)
            || atoms.kind(k) == Some(Kind::Digits)
            || matches!(text, "th" | "st" | "nd" | "rd" | "." | "’" | "'" | "s");
        if !part {
            return false;
        }
    }
    false
}

/// A letter or two in capitals, as in "24-D" or "737-MAX".
fn code_word(w: &str) -> bool {
    !w.is_empty() && w.len() <= 3 && w.bytes().all(|b| b.is_ascii_uppercase())
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
    let said = s.lexicon.calendar(before, Calendar::Year);
    let month =
        i > 0 && calendar(s, i - 1, Calendar::Month) || i > 1 && before == "." && calendar(s, i - 2, Calendar::Month);
    if v < 1500.0 {
        return month || said && matches!(before, "in" | "since" | "circa" | "year") && !counts(s, a.last);
    }
    if month {
        return true;
    }
    let counted = counts(s, a.last) && !matches!(before, "the" | "in" | "since" | "this");
    // "their 2030 targets" counts nothing; "about 1980 people" and "2000 jobs" do.
    let qualified = super::scan::qualifier_before(s, a.first, UnitKind::Count).is_some();
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

/// Whether bare digits are part of a name or a place in a list.
fn name(s: &Scene, a: &Amount, token: &broadsheet_language::Token) -> bool {
    let atoms = &s.atoms;
    let (first, last) = (a.number.first, a.number.last);
    let before = first.checked_sub(1).map_or("", |k| atoms.text(k));
    let after = atoms.text(last);
    // "1." and "2)" at the start of a line, "(1)".
    let enumerates = matches!(after, "." | ")") && (first == 0 || before == "(") && a.number.value < 100.0;
    if enumerates && !apposed(s, first) || cited(s, first) {
        return true;
    }
    // A table: three numbers in a row; of two, the second is a name: "400 737 Max jets".
    let row = |k: usize| {
        atoms.kind(k) == Some(Kind::Digits)
            && atoms.list[k].spaced
            && (k == 0 || atoms.list[k - 1].kind == Kind::Digits)
    };
    let table = row(last) && row(last + 1) || first > 0 && row(first) && row(last);
    if table || first > 0 && row(first) {
        return true;
    }
    // "23-7" after a team is a score.
    if atoms.dash(last) && atoms.glued(last) && atoms.glued(last + 1) && atoms.kind(last + 1) == Some(Kind::Digits) {
        // "787-9" is a model.
        return a.number.value > 150.0 && atoms.list[last + 1].value < 20.0;
    }
    if let Some(next) = atoms.list.get(last).filter(|x| x.kind == Kind::Word && x.spaced) {
        let t = &s.reading.tokens[next.token];
        let capital = atoms.text(last).starts_with(char::is_uppercase);
        let person = t.entity_type == "PERSON" && t.entity_iob == broadsheet_language::Iob::B;
        let model = a.number.value >= 100.0 && t.tag == "NNP" && capital && !counts(s, last)
            || a.number.value >= 100.0
                && matches!(t.tag, "NN")
                && !counts(s, last)
                && matches!(before.to_ascii_lowercase().as_str(), "the" | "its" | "a" | "s" | "their");
        if person || model {
            return true;
        }
    }
    if matches!(before, "#" | "№" | "§") {
        return true;
    }
    let counted = counts(s, last);
    let spaced = atoms.list[first].spaced;
    let prior = first
        .checked_sub(1)
        .filter(|&k| atoms.word(k) || atoms.text(k) == ".")
        .map(|k| if atoms.text(k) == "." && k > 0 { k - 1 } else { k });
    if let Some(k) = prior.filter(|_| spaced || before == ".") {
        let word = atoms.text(k);
        let p = &s.reading.tokens[atoms.list[k].token];
        let full = if before == "." { atoms.slice(k, k + 2) } else { word };
        if before == "." && !s.lexicon.names(full) {
            return entity(s, token);
        }
        let verb = p.pos == "VERB" || p.pos == "AUX" || p.pos == "ADP";
        if s.lexicon.names(full) && !verb && !(counted && p.tag == "NNS") {
            return true;
        }
        // A proper name right before it: "Boeing 737", "iPhone 11 Pro", "HIV 2".
        let capital = word.chars().any(char::is_uppercase);
        let capitals = word.len() > 1 && word.chars().all(char::is_uppercase);
        let proper = matches!(p.tag, "NNP" | "NNPS") && capital || capitals;
        let days = matches!(p.entity_type, "DATE" | "TIME") || p.pos == "VERB" || p.pos == "ADP";
        let then = atoms.list.get(last).filter(|x| x.kind == Kind::Word).map(|x| &s.reading.tokens[x.token]);
        let mixed = capital && word.starts_with(|c: char| c.is_lowercase());
        let between = then.is_some_and(|t| t.tag == "NNP") && atoms.text(last).starts_with(char::is_uppercase);
        if proper && !days && (!counted || between) || mixed {
            return true;
        }
    }
    // "posts 542 and 543"
    if matches!(before, "and" | "," | "or" | "&" | "to")
        && !counted
        && first >= 2
        && atoms.kind(first - 2) == Some(Kind::Digits)
    {
        let j = first - 2;
        let named = j.checked_sub(1).is_some_and(|k| atoms.word(k) && s.lexicon.names(atoms.text(k)));
        if named {
            return true;
        }
    }
    entity(s, token) && !counted
}

/// Whether the number is one of a bracket of bare numbers: "(32, 33)".
fn cited(s: &Scene, first: usize) -> bool {
    let atoms = &s.atoms;
    let member = |k: usize| {
        atoms.kind(k) == Some(Kind::Digits) && !atoms.list[k].separated
            || matches!(atoms.text(k), "," | "–" | "-" | ";")
    };
    let mut k = first;
    while k > 0 && member(k - 1) {
        k -= 1;
    }
    let mut end = first;
    while member(end) {
        end += 1;
    }
    k > 0 && matches!(atoms.text(k - 1), "(" | "[") && matches!(atoms.text(end), ")" | "]") && end > first + 1
}

/// Whether the token is inside, not at the start of, a name.
fn entity(_s: &Scene, token: &broadsheet_language::Token) -> bool {
    token.entity_iob == broadsheet_language::Iob::I
        && !matches!(
            token.entity_type,
            "CARDINAL" | "QUANTITY" | "MONEY" | "PERCENT" | "ORDINAL" | "DATE" | "TIME" | ""
        )
}

/// Whether a number without a unit counts nothing.
pub(super) fn idle(s: &Scene, a: &Amount) -> bool {
    let atoms = &s.atoms;
    let (first, last) = (a.number.first, a.number.last);
    let before = first.checked_sub(1).map_or("", |k| atoms.text(k)).to_ascii_lowercase();
    let word = atoms.text(first).to_ascii_lowercase();
    let token = &s.reading.tokens[atoms.list[first].token];
    match a.number.shape {
        Shape::Words if a.number.scale == 1.0 => {
            // "net zero", "one of them", "no one", "hundred" in a name
            if a.value() == 1.0 || a.value() == 0.0 {
                return true;
            }
            if before == "-" && atoms.glued(first) || entity(s, token) && !counts(s, last) {
                return true;
            }
            // "two-class", "six-speed" describe; "five-member" counts.
            if a.value() <= 12.0 && atoms.dash(last) && atoms.glued(last) && atoms.glued(last + 1) && !counts(s, last) {
                return true;
            }
            if s.reading.tokens[atoms.list[first].token].pos == "PROPN"
                && !counts(s, last)
                && word.starts_with(char::is_uppercase)
            {
                return true;
            }
            let points = matches!(
                before.as_str(),
                "the"
                    | "these"
                    | "those"
                    | "both"
                    | "their"
                    | "our"
                    | "its"
                    | "his"
                    | "her"
                    | "which"
                    | "any"
                    | "other"
            );
            let other = matches!(before.as_str(), "other") && first > 1;
            if a.value() == 2.0 && (points || other) {
                return true;
            }
            // "ten" and the like before a name: "Chapter Eleven", "Formula One", "category two".
            let prior = first.checked_sub(1).filter(|&k| atoms.word(k));
            if let Some(k) = prior {
                let p = &s.reading.tokens[atoms.list[k].token];
                if s.lexicon.names(atoms.text(k)) && !matches!(p.pos, "VERB" | "AUX" | "ADP") && !counts(s, last) {
                    return true;
                }
            }
            // "at six" and "by seven" are hours of the day.
            s.dated.get(atoms.list[first].token) == Some(&true)
        }
        Shape::Vague => {
            // "in their hundreds", "the low hundreds" count; "lakhs" without a thing, "the tens" do not.
            entity(s, token) && s.reading.tokens[atoms.list[first].token].pos == "PROPN"
        }
        _ => false,
    }
}

/// Whether a range without a unit counts nothing: seasons, years, chapters.
pub(super) fn idle_range(s: &Scene, a: &Amount, b: &Amount) -> bool {
    let y = |x: &Amount| x.number.bare && (1500.0..2200.0).contains(&x.number.value);
    if a.number.bare && address(s, b.last) {
        return true;
    }
    y(a) && y(b) && !counts(s, b.last) || s.dated.get(s.atoms.list[a.number.first].token) == Some(&true)
}

/// Whether a fraction without a unit is a share of something: "a third of voters", "more than half", "cut by half".
pub(super) fn share(s: &Scene, a: &Amount) -> bool {
    let atoms = &s.atoms;
    let (first, last) = (a.number.first, a.number.last);
    let half = last == first + 1;
    let next = atoms.text(last).to_ascii_lowercase();
    let prior = first.checked_sub(1).map_or("", |k| atoms.text(k)).to_ascii_lowercase();
    // "the first half of 2021"
    if half
        && matches!(
            prior.as_str(),
            "first"
                | "second"
                | "latter"
                | "last"
                | "other"
                | "early"
                | "back"
                | "top"
                | "bottom"
                | "opening"
                | "final"
                | "earlier"
                | "later"
                | "better"
        )
    {
        return false;
    }
    if next == "of" {
        return true;
    }
    if atoms.dash(last) && atoms.glued(last) || atoms.kind(first) != Some(Kind::Word) {
        return false;
    }
    let before = first.checked_sub(1).map_or("", |k| atoms.text(k)).to_ascii_lowercase();
    if first > 0 && atoms.dash(first - 1) && atoms.glued(first) {
        return false;
    }
    let qualified = super::scan::qualifier_before(s, a.first, UnitKind::Ratio).is_some();
    let pointed = matches!(before.as_str(), "by" | "in");
    if half {
        let all = matches!(
            next.as_str(),
            "the" | "its" | "their" | "his" | "her" | "our" | "those" | "these" | "that" | "all" | "as"
        );
        let split = pointed
            && matches!(
                next.as_str(),
                "" | "."
                    | ","
                    | ";"
                    | "since"
                    | "over"
                    | "from"
                    | "to"
                    | "this"
                    | "last"
                    | "compared"
                    | "after"
                    | "when"
            );
        return all && before != "first" && before != "second" && before != "other" || qualified || split;
    }
    qualified
        || pointed
        || matches!(
            next.as_str(),
            "more"
                | "less"
                | "fewer"
                | "higher"
                | "lower"
                | "cheaper"
                | "smaller"
                | "bigger"
                | "larger"
                | "the"
                | "its"
        )
        || a.number.value != 1.0 / 3.0 && a.number.value > 0.34
}

/// Whether the number is set off by commas or brackets after a person: ", 52," and "(45)".
pub(super) fn apposed_age(s: &Scene, q: &Quantity) -> bool {
    let atoms = &s.atoms;
    let first = q.number.0;
    if q.first != first || atoms.kind(first) != Some(Kind::Digits) && q.value < 13.0 {
        return false;
    }
    let next = atoms.text(q.last);
    if !matches!(next, "," | ")" | "." | ";" | "" | "and" | "-" | "—" | "–") {
        return false;
    }
    apposed(s, first) && q.value >= 1.0
}

/// Whether a person's name and a comma or bracket stand before atom `first`.
fn apposed(s: &Scene, first: usize) -> bool {
    let atoms = &s.atoms;
    if first < 2 || !matches!(atoms.text(first - 1), "," | "(") {
        return false;
    }
    let token = &s.reading.tokens[atoms.list[first - 2].token];
    let other =
        matches!(token.entity_type, "GPE" | "LOC" | "DATE" | "TIME" | "EVENT" | "FAC" | "LAW" | "MONEY" | "PERCENT");
    let name = token.entity_type == "PERSON" || token.tag == "NNP" && !other && token.dep != "npadvmod";
    // "the senator, 66, said"
    let person = token.tag == "NN"
        && !other
        && atoms.text(first - 1) == ","
        && atoms.text(first + 1) == ","
        && atoms.list[first].value >= 13.0;
    name || person
}

/// Whether an ordinal is a rank or a count: "sixth consecutive", "the fourth time", "ranked third", "the sixth to die".
pub(super) fn ranks(s: &Scene, a: &Amount) -> bool {
    let atoms = &s.atoms;
    let (first, last) = (a.number.first, a.number.last);
    let next = atoms.text(last).to_ascii_lowercase();
    let v = a.number.value;
    if s.dated.get(atoms.list[first].token) == Some(&true) && next != "consecutive" && next != "straight" {
        return false;
    }
    if matches!(next.as_str(), "consecutive" | "straight" | "successive") {
        return v >= 2.0;
    }
    if v < 2.0 {
        return false;
    }
    let before = first.checked_sub(1).map_or("", |k| atoms.text(k)).to_ascii_lowercase();
    if next == "time" || next == "attempt" && v >= 3.0 {
        return v >= 3.0 || before == "a";
    }
    if next == "to" && s.reading.tokens.get(atoms.list[last].token + 1).is_some_and(|t| t.tag == "VB") {
        return true;
    }
    let verb_at = if before == "in" { first.checked_sub(2) } else { first.checked_sub(1) };
    if let Some(k) = verb_at {
        let t = &s.reading.tokens[atoms.list[k].token];
        let placed = matches!(t.lemma.as_str(), "rank" | "finish" | "place" | "come" | "stand" | "sit" | "lie");
        if placed && (t.pos == "VERB" || t.pos == "AUX") {
            return next != "place" || true;
        }
    }
    false
}

/// Whether "twice", "double" or "triple" at atom `i` multiplies something.
pub(super) fn multiplies(s: &Scene, i: usize) -> bool {
    let atoms = &s.atoms;
    let word = atoms.text(i).to_ascii_lowercase();
    let next = atoms.text(i + 1).to_ascii_lowercase();
    let pos = s.reading.tokens[atoms.list[i].token].pos;
    match word.as_str() {
        "twice" | "thrice" | "twofold" => true,
        _ => {
            pos != "VERB"
                && !atoms.glued(i + 1)
                && matches!(
                    next.as_str(),
                    "the" | "that" | "its" | "their" | "last" | "what" | "his" | "her" | "previous" | "from"
                )
        }
    }
}
