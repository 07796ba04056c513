//! A number is what stands for a value before any unit: "28,500", "12.9bn", "10 1/2", "two hundred and forty",
//! "half a million", "two-thirds", "tens of thousands", "sixth".

use super::atoms::{Atoms, Kind};
use super::lexicon::{Lexicon, Role};

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Digits, perhaps with a scale.
    Digits,
    /// Words.
    Words,
    /// "dozens", "tens of thousands".
    Vague,
    /// "two-thirds", "half".
    Part,
    /// "sixth", "6th".
    Ordinal,
}

/// A number in the atoms `first..last`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    /// First atom.
    pub first: usize,
    /// One past the last.
    pub last: usize,
    /// Its value, scale applied.
    pub value: f64,
    /// The scale that was applied, 1 for none.
    pub scale: f64,
    /// How it is written.
    pub shape: Shape,
    /// Bare digits: no point, no separators, no scale.
    pub bare: bool,
}

/// Reads a number at atom `i`; `money` if a currency stands before it, which lets a lone letter be a scale.
pub(super) fn read(atoms: &Atoms, i: usize, lexicon: &Lexicon, money: bool) -> Option<Number> {
    match atoms.kind(i)? {
        Kind::Digits => digits(atoms, i, lexicon, money),
        Kind::Word => ordinal(atoms, i, lexicon).or_else(|| words(atoms, i, lexicon)),
        Kind::Sign => {
            let value = lexicon.number(atoms.text(i), Role::Glyph)?;
            Some(Number { first: i, last: i + 1, value, scale: 1.0, shape: Shape::Part, bare: false })
        }
    }
}

fn digits(atoms: &Atoms, i: usize, lexicon: &Lexicon, money: bool) -> Option<Number> {
    let atom = atoms.list[i];
    if atom.odd {
        return None;
    }
    let mut n =
        Number { first: i, last: i + 1, value: atom.value, scale: 1.0, shape: Shape::Digits, bare: !atom.separated };
    // "6th"
    if n.bare && atoms.glued(i + 1) && matches!(atoms.text(i + 1), "st" | "nd" | "rd" | "th") {
        return Some(Number { last: i + 2, shape: Shape::Ordinal, ..n });
    }
    // "1.000 lamps", "1.250.000 people": the point separates thousands where whole things are counted.
    let grouped = atoms.text(i).split_once('.').is_some_and(|(a, b)| (1..=3).contains(&a.len()) && b == "000");
    if grouped
        && atom.value >= 1.0
        && !money
        && atoms.list.get(i + 1).is_some_and(|x| x.spaced && x.kind == Kind::Word)
        && lexicon.unit(atoms.text(i + 1)).is_none()
    {
        n = Number { value: n.value * 1000.0, bare: false, ..n };
    }
    // "940 000"
    if n.bare && atom.digits <= 3 && atom.value >= 1.0 {
        let mut k = i + 1;
        let mut value = atom.value;
        while let Some(g) = atoms.list.get(k) {
            let group = g.kind == Kind::Digits && g.spaced && g.end - g.start == 3 && !g.separated;
            if !group || atoms.text[atoms.list[k - 1].end..g.start].chars().count() != 1 || atoms.glued(k + 1) {
                break;
            }
            value = value * 1000.0 + atoms.text(k).parse::<f64>().unwrap_or(0.0);
            k += 1;
        }
        if k > i + 2 || k == i + 2 && (atoms.text(i + 1) == "000" || follows_unit(atoms, k, lexicon)) {
            n = Number { last: k, value, bare: false, ..n };
        }
    }
    // "10 1/2", "1/4", "3½"
    if n.bare || atom.value < 10_000.0 {
        let whole = fraction(atoms, n.last);
        if let Some((part, last)) = whole.filter(|&(v, _)| v < 1.0 && n.bare) {
            n = Number { last, value: n.value + part, bare: false, ..n };
        } else if let Some(glyph) = lexicon.number(atoms.text(n.last), Role::Glyph) {
            n = Number { last: n.last + 1, value: n.value + glyph, bare: false, ..n };
        } else if let Some((value, last)) = fraction(atoms, i).filter(|&(v, _)| v < 1.0) {
            n = Number { last, value, bare: false, shape: Shape::Part, ..n };
        }
    }
    // "1.99 × 10^-30"
    if matches!(atoms.text(n.last), "×" | "x" | "*")
        && atoms.text(n.last + 1) == "10"
        && let Some((exponent, last)) = exponent(atoms, n.last + 2)
    {
        n = Number { last, value: n.value * 10f64.powi(exponent), bare: false, ..n };
    }
    Some(scaled(atoms, n, lexicon, money))
}

fn exponent(atoms: &Atoms, mut k: usize) -> Option<(i32, usize)> {
    if atoms.text(k) == "^" {
        k += 1;
    }
    let minus = atoms.dash(k);
    k += usize::from(minus);
    let a = atoms.list.get(k).filter(|a| !a.spaced && a.kind == Kind::Digits && !a.separated && a.digits <= 2)?;
    Some((if minus { -(a.value as i32) } else { a.value as i32 }, k + 1))
}

/// "1/4": the value and one past its last atom.
fn fraction(atoms: &Atoms, i: usize) -> Option<(f64, usize)> {
    let (a, b) = (atoms.list.get(i)?, atoms.list.get(i + 2)?);
    let bar = matches!(atoms.text(i + 1), "/" | "⁄");
    let whole = |x: &super::atoms::Atom| x.kind == Kind::Digits && !x.separated && !x.odd && x.digits <= 3;
    if !bar || !whole(a) || !whole(b) || atoms.text(i + 3) == "/" || atoms.glued(i + 3) && atoms.word(i + 3) {
        return None;
    }
    let usual = matches!(b.value as u32, 2 | 3 | 4 | 5 | 6 | 8 | 10 | 12 | 16 | 20 | 32 | 40 | 64 | 100 | 128 | 1000);
    (usual && a.value > 0.0 && a.value < b.value).then(|| (a.value / b.value, i + 3))
}

/// Applies the scales after a number.
fn scaled(atoms: &Atoms, mut n: Number, lexicon: &Lexicon, money: bool) -> Number {
    loop {
        let hyphen = usize::from(atoms.dash(n.last) && atoms.glued(n.last) && atoms.glued(n.last + 1));
        let at = n.last + hyphen;
        let word = atoms.text(at);
        if word == "Grand" {
            return n;
        }
        let scale = lexicon
            .number(word, Role::Scale)
            .or_else(|| lexicon.number(word, Role::Hundred).filter(|_| n.scale == 1.0))
            .or_else(|| lexicon.number(word, Role::Group).filter(|_| word == "dozen"))
            .filter(|_| !(word == "mil" || word == "grand") || money || n.value < 1000.0 && n.scale == 1.0)
            // "the LC 500 grand tourer"
            .filter(|_| {
                word != "grand"
                    || money
                    || !atoms.word(at + 1)
                    || matches!(atoms.text(at + 1), "a" | "in" | "for" | "on" | "to" | "from" | "and")
            })
            .or_else(|| abbreviation(atoms, at, lexicon, money || n.scale > 1.0).filter(|_| n.scale == 1.0));
        let Some(scale) = scale else { return n };
        n = Number { last: at + 1, value: n.value * scale, scale: n.scale * scale, bare: false, ..n };
    }
}

/// The scale that the letters at atom `at` stand for, where they stand for one.
fn abbreviation(atoms: &Atoms, at: usize, lexicon: &Lexicon, money: bool) -> Option<f64> {
    let (text, glued) = (atoms.text(at), atoms.glued(at));
    let scale = lexicon.number(text, Role::Abbreviation)?;
    if atoms.glued(at + 1) && atoms.kind(at + 1) == Some(Kind::Digits) {
        return None;
    }
    if text.len() > 1 && text != "mm" && text != "MM" {
        return Some(scale);
    }
    if money {
        return (glued || text != "t" && text != "L").then_some(scale);
    }
    let before_word = || atoms.list.get(at + 1).is_some_and(|a| a.spaced && a.kind == Kind::Word);
    let scaled = glued || (matches!(text, "B" | "M") && before_word());
    if !scaled {
        return None;
    }
    // "4m/-": shillings.
    if atoms.text(at + 1) == "/" && matches!(atoms.text(at + 2), "-" | "=") && glued {
        return Some(scale);
    }
    match text {
        "k" | "K" => (!atoms.glued(at + 1) || !atoms.word(at + 1)).then_some(scale),
        // A million or a metre: a million where things or units are counted.
        "m" | "M" | "b" | "B" | "T" => {
            let next = atoms.text(at + 1);
            let apart = atoms.list.get(at + 1).is_some_and(|a| a.spaced && a.kind == Kind::Word);
            let counted = apart
                && next.len() > 2
                && (next.ends_with('s') || next == "people" || next == "men" || next == "women");
            let unit = apart && next.len() > 1 && follows_unit(atoms, at + 1, lexicon);
            (counted && !matches!(next, "across" | "was" | "has" | "is" | "as" | "plus") || unit).then_some(scale)
        }
        _ => None,
    }
}

/// Whether a unit or money word starts at atom `at`.
fn follows_unit(atoms: &Atoms, at: usize, lexicon: &Lexicon) -> bool {
    (1..=3).any(|k| {
        let s = atoms.slice(at, at + k);
        at + k <= atoms.list.len()
            && (lexicon.unit(s).is_some_and(|u| !u.weak) || lexicon.money(s).is_some_and(|m| !m.weak))
            || k == 1 && matches!(s, "t" | "m" | "g" | "l")
    })
}

/// A number in words.
fn words(atoms: &Atoms, i: usize, lexicon: &Lexicon) -> Option<Number> {
    let role = |k: usize, r: Role| lexicon.number(atoms.text(k), r);
    let n = |last: usize, value: f64, scale: f64, shape: Shape| {
        Some(Number { first: i, last, value, scale, shape, bare: false })
    };
    let a = atoms.is(i, "a") || atoms.is(i, "an");
    // "half a million", "a quarter of a million", "half a dozen"
    if let Some(parts) = part_of_scale(atoms, i, lexicon) {
        return n(parts.0, parts.1 * parts.2, parts.2, Shape::Words);
    }
    // "tens of thousands", "dozens"
    if let Some(mut value) = role(i, Role::Vague) {
        let mut last = i + 1;
        let bare_tens = atoms.is(i, "tens");
        while (atoms.is(last, "of") || atoms.is(last, "upon"))
            && let Some(next) = role(last + 1, Role::Vague).or_else(|| role(last + 1, Role::Scale))
        {
            value *= next;
            last += 2;
        }
        return if bare_tens && last == i + 1 { None } else { n(last, value, 1.0, Shape::Vague) };
    }
    // "several hundred", "a few thousand"
    let few = if atoms.is(i, "several") || atoms.is(i, "few") || atoms.is(i, "many") {
        Some(i + 1)
    } else {
        (a && atoms.is(i + 1, "few")).then_some(i + 2)
    };
    if let Some(at) = few {
        let value = role(at, Role::Hundred).or_else(|| role(at, Role::Scale)).or_else(|| role(at, Role::Group))?;
        let more = role(at + 1, Role::Scale).unwrap_or(1.0);
        return n(at + 1 + usize::from(more > 1.0), value * more, 1.0, Shape::Vague);
    }
    // "a score of villages"
    if a && atoms.is(i + 1, "score") && atoms.is(i + 2, "of") {
        return n(i + 2, 20.0, 1.0, Shape::Words);
    }
    // "two-thirds", "a third"
    if let Some(part) = part(atoms, i, lexicon) {
        return n(part.1, part.0, 1.0, Shape::Part);
    }
    // The rest: "a hundred and two", "twenty-two million, three hundred thousand".
    let (mut total, mut current, mut last, mut scale) = (0.0, 0.0, i, 1.0);
    let mut seen = false;
    let mut k = i;
    if a {
        let next = i + 1;
        role(next, Role::Hundred)
            .or_else(|| role(next, Role::Scale))
            .or_else(|| role(next, Role::Group).filter(|_| atoms.is(next, "dozen")))?;
        (current, k, seen) = (1.0, next, true);
    }
    // The smallest place that is still free in the current group.
    let mut room = 1000.0;
    loop {
        let text = atoms.text(k);
        if text.is_empty() {
            break;
        }
        if let Some(v) = role(k, Role::Digit) {
            if room <= 1.0 {
                break;
            }
            (current, room) = (current + v, 1.0);
        } else if let Some(v) = role(k, Role::Teen) {
            if room <= 10.0 {
                return None;
            }
            (current, room) = (current + v, 1.0);
        } else if let Some(v) = role(k, Role::Ten) {
            if room <= 10.0 {
                return None;
            }
            (current, room) = (current + v, 10.0);
        } else if role(k, Role::Hundred).is_some() && (seen || k == i) {
            if current >= 100.0 {
                break;
            }
            current = if current == 0.0 { 100.0 } else { current * 100.0 };
            room = 100.0;
        } else if let Some(v) = role(k, Role::Group).filter(|_| atoms.is(k, "dozen")) {
            current = if current == 0.0 { v } else { current * v };
            last = k + 1;
            seen = true;
            break;
        } else if let Some(v) = role(k, Role::Scale).filter(|_| seen) {
            scale = v;
            total += if current == 0.0 { 1.0 } else { current } * v;
            (current, room) = (0.0, 1000.0);
        } else {
            break;
        }
        seen = true;
        last = k + 1;
        k += 1;
        // Joints: "-", "and", ",".
        if atoms.dash(k) && atoms.glued(k) && atoms.glued(k + 1) {
            k += 1;
        } else if (atoms.is(k, "and") || atoms.text(k) == "&") && (room == 100.0 || scale > 1.0 && current == 0.0) {
            let half = atoms.is(k + 1, "a") || role(k + 1, Role::Part).is_some();
            if half || number_word(atoms, k + 1, lexicon).is_none() || atoms.list[k + 1].kind != Kind::Word {
                break;
            }
            // "one hundred and two hundred" are two numbers.
            k += 1;
        } else if atoms.text(k) == "," && scale >= 1000.0 && current == 0.0 {
            let then = number_word(atoms, k + 1, lexicon);
            if then.is_none() || role(k + 2, Role::Hundred).or_else(|| role(k + 2, Role::Scale)).is_none() {
                break;
            }
            k += 1;
        }
    }
    if !seen || last == i {
        return None;
    }
    let mut value = total + current;
    // "two and a half million"
    let and = last + joint(atoms, last);
    if scale == 1.0
        && value < 1000.0
        && let Some((part, end)) = and_part(atoms, and)
    {
        (value, last) = (value + part, end);
        if let Some(v) = role(last, Role::Scale) {
            (value, scale, last) = (value * v, v, last + 1);
        }
    }
    n(last, value, scale, Shape::Words)
}

/// 1 where a hyphen at `k` joins the words on both sides.
fn joint(atoms: &Atoms, k: usize) -> usize {
    usize::from(atoms.dash(k) && atoms.glued(k) && atoms.glued(k + 1))
}

/// "and a half" at atom `i`: the part and one past it; "and half of them" is a part of something else.
pub(super) fn and_part(atoms: &Atoms, i: usize) -> Option<(f64, usize)> {
    let at = i + 1 + joint(atoms, i + 1);
    let article = atoms.is(at, "a") || atoms.is(at, "one");
    let at = if article { at + 1 + joint(atoms, at + 1) } else { at };
    let part = match atoms.text(at).to_ascii_lowercase().as_str() {
        "half" => 0.5,
        "quarter" => 0.25,
        _ => return None,
    };
    let whole = atoms.is(at + 1, "of") || atoms.is(at + 1, "the");
    (atoms.is(i, "and") && !whole).then_some((part, at + 1))
}

/// The number word at `k`, as long as it can start or go on a number.
fn number_word(atoms: &Atoms, k: usize, lexicon: &Lexicon) -> Option<f64> {
    let t = atoms.text(k);
    [Role::Digit, Role::Teen, Role::Ten].into_iter().find_map(|r| lexicon.number(t, r))
}

/// "half a million", "quarter of a million", "three quarters of a million", "half a dozen": one past the last atom,
/// the part and the scale.
fn part_of_scale(atoms: &Atoms, i: usize, lexicon: &Lexicon) -> Option<(usize, f64, f64)> {
    let mut k = i + usize::from(atoms.is(i, "a") || atoms.is(i, "an"));
    let share = if atoms.is(k, "half") {
        0.5
    } else if atoms.is(k, "quarter") {
        0.25
    } else if atoms.is(k, "three") && (atoms.is(k + 1, "quarters") || atoms.is(k + 2, "quarters")) {
        k += 1 + usize::from(atoms.dash(k + 1));
        0.75
    } else {
        return None;
    };
    k += 1;
    k += joint(atoms, k);
    k += usize::from(atoms.is(k, "of"));
    k += usize::from(atoms.is(k, "a"));
    k += joint(atoms, k);
    let word = atoms.text(k);
    let scale = lexicon
        .number(word, Role::Scale)
        .or_else(|| lexicon.number(word, Role::Group).filter(|_| word == "dozen"))
        .or_else(|| lexicon.number(word, Role::Hundred))?;
    let more = lexicon.number(atoms.text(k + 1), Role::Scale).unwrap_or(1.0);
    Some((k + 1 + usize::from(more > 1.0), share, scale * more))
}

/// "two-thirds", "one third", "three quarters", "half": the value and one past the last atom.
fn part(atoms: &Atoms, i: usize, lexicon: &Lexicon) -> Option<(f64, usize)> {
    let dash = |k: usize| usize::from(atoms.dash(k));
    if atoms.is(i, "half") {
        return Some((0.5, i + 1));
    }
    let one = atoms.is(i, "a") || atoms.is(i, "an") || atoms.is(i, "one");
    let k = i + 1 + dash(i + 1);
    let word = atoms.text(k);
    let under = lexicon.number(word, Role::Part)?;
    let plural = word.ends_with('s') || word.eq_ignore_ascii_case("halves");
    // "a fifth straight month", "a third year" are ordinals.
    let counts_on = matches!(word.to_ascii_lowercase().as_str(), "half" | "quarter") || {
        let next = atoms.text(k + 1);
        !atoms.word(k + 1)
            || matches!(
                next.to_ascii_lowercase().as_str(),
                "of" | "the"
                    | "to"
                    | "a"
                    | "more"
                    | "less"
                    | "fewer"
                    | "higher"
                    | "lower"
                    | "in"
                    | "from"
                    | "as"
                    | "were"
                    | "was"
                    | "are"
                    | "is"
                    | "said"
                    | "have"
                    | "had"
                    | "since"
                    | "over"
                    | "by"
                    | "on"
                    | "at"
                    | "and"
                    | "its"
                    | "their"
                    | "owned"
                    | "bigger"
                    | "larger"
                    | "smaller"
                    | "cheaper"
                    | "off"
                    | "full"
                    | "empty"
                    | "this"
                    | "last"
            )
    };
    if one && !counts_on {
        return None;
    }
    if one {
        return (!plural).then_some((1.0 / under, k + 1));
    }
    let over = number_word(atoms, i, lexicon)?;
    (plural && over >= 2.0 && over != under).then_some((over / under, k + 1))
}

/// "sixth", "twenty-first".
fn ordinal(atoms: &Atoms, i: usize, lexicon: &Lexicon) -> Option<Number> {
    let t = atoms.text(i);
    let n = |last, value| Some(Number { first: i, last, value, scale: 1.0, shape: Shape::Ordinal, bare: false });
    if let Some(v) = lexicon.number(t, Role::Ordinal) {
        return n(i + 1, v);
    }
    let ten = lexicon.number(t, Role::Ten)?;
    let unit = lexicon.number(atoms.text(i + 2), Role::Ordinal).filter(|&v| v < 10.0 && atoms.dash(i + 1))?;
    n(i + 3, ten + unit)
}
