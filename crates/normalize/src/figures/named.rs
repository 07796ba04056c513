//! Numbers that are part of a name: models ("Boeing 737"), places in a list ("page 12"), addresses, citations.

use super::amount::Amount;
use super::atoms::Kind;
use super::idle::apposed;
use super::lexicon::Nearby;
use super::scan::{Scene, calendar};
use super::weed::counts;

/// Whether a street's name follows: "575 Wilbraham Road", "9 E 71st St".
pub(super) fn address(s: &Scene, at: usize) -> bool {
    let atoms = &s.atoms;
    for k in at..(at + 5).min(atoms.list.len()) {
        let text = atoms.text(k);
        // "22 Ave Foch", "5 Place de la Concorde": the word for a street comes first.
        let leads = k == at && text.starts_with(char::is_uppercase) && calendar(s, k, Nearby::Street);
        if leads && atoms.list.get(k + 1).is_some_and(|x| x.spaced && atoms.text(k + 1).starts_with(char::is_uppercase))
        {
            return true;
        }
        if k > at && text.starts_with(char::is_uppercase) && calendar(s, k, Nearby::Street) {
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
pub(super) fn code_word(w: &str) -> bool {
    !w.is_empty() && w.len() <= 3 && w.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether bare digits are part of a name or a place in a list.
pub(super) fn name(s: &Scene, a: &Amount, token: &broadsheet_language::Token) -> bool {
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
    // "14 11 6 15 — 44": the sum of a row.
    let sum = first > 2 && atoms.dash(first - 1) && row(first - 2) && row(first - 3);
    let table = sum || row(last) && row(last + 1) || first > 0 && row(first) && row(last);
    if table || first > 0 && row(first) {
        return true;
    }
    // "a 40 Under 40 honoree"
    let list = |k: usize, other: Option<usize>| {
        atoms.text(k) == "Under"
            && other.is_some_and(|o| atoms.text(o) == atoms.text(first) && atoms.kind(o) == Some(Kind::Digits))
    };
    if list(last, Some(last + 1)) || first > 1 && list(first - 1, Some(first - 2)) {
        return true;
    }
    // "five 787 jets", "two 737 Max planes": the number next to a count is a name.
    let counted_name = first > 0
        && atoms.list[first].spaced
        && a.number.value >= 100.0
        && a.number.scale == 1.0
        && atoms.kind(first - 1) == Some(Kind::Word)
        && super::number::read(atoms, first - 1, s.lexicon, false).is_some_and(|n| {
            n.last == first && n.shape == super::number::Shape::Words && n.scale == 1.0 && n.value < 100.0
        });
    if counted_name {
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
        // "glucagon-like peptide 1", "reactor 4": which of them, not how many.
        let labels = p.tag == "NN"
            && a.number.value <= 20.0
            && token.dep == "nummod"
            && token.head as usize == atoms.list[k].token
            && token.head as usize + 1 == atoms.list[first].token
            && !counted
            && !atoms.word(last);
        if labels && spaced {
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
    k > 0 && matches!(atoms.text(k - 1), "(" | "[") && matches!(atoms.text(end), ")" | "]") && end > k + 1
}

/// Whether the token is inside, not at the start of, a name.
pub(super) fn entity(_s: &Scene, token: &broadsheet_language::Token) -> bool {
    token.entity_iob == broadsheet_language::Iob::I
        && !matches!(
            token.entity_type,
            "CARDINAL" | "QUANTITY" | "MONEY" | "PERCENT" | "ORDINAL" | "DATE" | "TIME" | ""
        )
}
