//! Whether a number that has no unit states a quantity at all: words that only point ("one of them", "the two countries"),
//! fractions that are shares, ordinals that are ranks, bare numbers that are ages.

use super::amount::Amount;
use super::atoms::Kind;
use super::named::{address, entity};
use super::number::Shape;
use super::scan::{Quantity, Scene};
use super::weed::counts;
use crate::UnitKind;

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
            if describes(s, a) {
                return true;
            }
            if s.reading.tokens[atoms.list[first].token].pos == "PROPN"
                && !counts(s, last)
                && word.starts_with(char::is_uppercase)
            {
                return true;
            }
            // "Three Amigos", "Kick Six": a number in a name.
            let capital = first > 0 && atoms.text(first).starts_with(char::is_uppercase);
            let proper = atoms
                .list
                .get(last)
                .is_some_and(|x| matches!(s.reading.tokens[x.token].tag, "NNP" | "NNPS") && x.kind == Kind::Word);
            if capital && proper && matches!(before.as_str(), "“" | "\"" | "the" | "‘") {
                return true;
            }
            let above = token.head as usize;
            let name = first > 0
                && token.tag == "NNP"
                && s.reading.tokens[atoms.list[first - 1].token].tag == "NNP"
                && s.reading.tokens[atoms.list[first - 1].token].head as usize == atoms.list[first].token
                && matches!(token.dep, "compound" | "nmod")
                && matches!(s.reading.tokens[above].pos, "NOUN" | "PROPN");
            if capital && name {
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
        // "test scores", "the final scores were level"
        Shape::Vague if word == "scores" => {
            !matches!(
                atoms.text(last).to_ascii_lowercase().as_str(),
                "of" | "more" | "others" | "dead" | "killed" | "injured" | "wounded" | "missing" | "arrested"
            ) || matches!(token.dep, "compound" | "conj")
                && first > 0
                && s.reading.tokens[atoms.list[first - 1].token].tag == "NN"
        }
        Shape::Vague => {
            // "in their hundreds", "the low hundreds" count; "lakhs" without a thing, "the tens" do not.
            entity(s, token) && s.reading.tokens[atoms.list[first].token].pos == "PROPN"
        }
        _ => false,
    }
}

/// Whether the word at atom `k` is a plural without an ending: "people", "aircraft".
fn plural(s: &Scene, k: usize) -> bool {
    let token = &s.reading.tokens[s.atoms.list[k].token];
    matches!(token.tag, "NNS" | "NNPS") || s.lexicon.people(&token.lemma.to_lowercase())
}

/// "two-class", "six-speed": a small number joined to a noun in the singular says of what sort another thing is.
pub(super) fn describes(s: &Scene, a: &Amount) -> bool {
    let (atoms, last) = (&s.atoms, a.number.last);
    a.value() <= 12.0
        && atoms.dash(last)
        && atoms.glued(last)
        && atoms.glued(last + 1)
        && atoms.word(last + 1)
        && (!counts(s, last) || !atoms.text(last + 1).ends_with('s') && !plural(s, last + 1))
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
    // "a cup and a half", "two cups and a half"
    let back = |k: usize| last.checked_sub(k);
    let joined = atoms.is(last - 1, "half")
        && back(2).is_some_and(|k| atoms.is(k, "a"))
        && back(3).is_some_and(|k| atoms.is(k, "and"));
    let amount = |k: usize| atoms.is(k, "a") || atoms.is(k, "an") || s.numeric[k];
    if joined && back(5).is_some_and(amount) {
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
    let qualified = super::qualified::qualifier_before(s, a.first, UnitKind::Ratio).is_some();
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
pub(super) fn apposed(s: &Scene, first: usize) -> bool {
    let atoms = &s.atoms;
    // "Bianca Jones, also 19, died"
    let first =
        first - usize::from(first > 2 && matches!(atoms.text(first - 1), "also" | "now" | "then" | "just" | "only"));
    if first < 2 || !matches!(atoms.text(first - 1), "," | "(") {
        return false;
    }
    let token = &s.reading.tokens[atoms.list[first - 2].token];
    let other =
        matches!(token.entity_type, "GPE" | "LOC" | "DATE" | "TIME" | "EVENT" | "FAC" | "LAW" | "MONEY" | "PERCENT");
    let name = token.entity_type == "PERSON"
        || token.tag == "NNP" && !other && (token.dep != "npadvmod" || matches!(atoms.text(first + 1), "," | ")"));
    // "the senator, 66, said"
    let person = token.tag == "NN"
        && !other
        && atoms.text(first - 1) == ","
        && atoms.text(first + 1) == ","
        && atoms.list.get(first).is_some_and(|a| a.value >= 13.0);
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
    let row = |k: usize| atoms.is(k, "in") && atoms.is(k + 1, "a") && atoms.is(k + 2, "row") || atoms.is(k, "running");
    if (last + 1..last + 4).any(row) {
        return true;
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
            return true;
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
