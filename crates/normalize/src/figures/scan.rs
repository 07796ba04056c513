//! The scan goes once over the atoms of a sentence and puts numbers, qualifiers, ranges, currencies and units together
//! into quantities.

use super::amount::{self, Amount, Unit};
use super::atoms::{Atoms, Kind};
use super::lexicon::{Calendar, Lexicon, Role};
use super::money::Wallet;
use super::number::{self, Shape};
use super::weed;
use crate::{Change, Qualifier, UnitKind};
use broadsheet_language::Reading;

/// One quantity as the text states it, before the tree says what it counts.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
    /// First atom, qualifier included.
    pub first: usize,
    /// One past the last atom, unit included.
    pub last: usize,
    /// The atoms of the number itself.
    pub number: (usize, usize),
    /// Value, or lower end.
    pub value: f64,
    /// Upper end, or the other side's score.
    pub value_max: Option<f64>,
    /// How it is meant.
    pub qualifier: Qualifier,
    /// Code of the unit.
    pub unit: String,
    /// Sort of quantity.
    pub kind: UnitKind,
    /// Atoms of the unit as written.
    pub unit_text: Option<(usize, usize)>,
    /// Direction that the text states with the number itself ("+0.2%").
    pub change: Option<Change>,
    /// Whether it is the starting value of a change ("up from 12").
    pub start_value: bool,
    /// How sure value, unit and kind are.
    pub confidence: f64,
}

/// What the scan reads in.
pub(super) struct Scene<'a> {
    /// The sentence.
    pub atoms: Atoms<'a>,
    /// For each atom, whether it can be part of a number.
    pub numeric: Vec<bool>,
    /// The reading that the sentence is of.
    pub reading: &'a Reading,
    /// What is known.
    pub lexicon: &'a Lexicon,
    /// Which money the article means.
    pub wallet: &'a Wallet<'a>,
    /// For each token, whether it is in a date or a time of day.
    pub dated: &'a [bool],
}

/// For each atom, whether it can be part of a number.
pub(super) fn numeric(atoms: &Atoms, lexicon: &Lexicon) -> Vec<bool> {
    let one = |i: usize| atoms.list[i].kind == Kind::Digits || lexicon.numeric(atoms.text(i));
    (0..atoms.list.len()).map(one).collect()
}

/// Reads the quantities of a sentence.
pub(super) fn scan(s: &Scene) -> Vec<Quantity> {
    let mut out: Vec<Quantity> = Vec::new();
    let (n, mut i, mut done) = (s.atoms.list.len(), 0, 0);
    while i < n {
        if !starts(s, i) {
            i += 1;
            continue;
        }
        match quantity(s, i, done) {
            Step::Found(found, last) => {
                out.extend(found);
                (i, done) = (last, last);
            }
            Step::Skip(last) => {
                i = last.max(i + 1);
                done = i;
            }
            Step::Next => i += 1,
        }
    }
    out
}

enum Step {
    Found(Vec<Quantity>, usize),
    Skip(usize),
    Next,
}

/// A quick look at whether anything can start here, so that most atoms cost one comparison.
fn starts(s: &Scene, i: usize) -> bool {
    let a = &s.atoms.list[i];
    // A currency sign has up to four atoms.
    if !s.numeric[i..(i + 5).min(s.numeric.len())].contains(&true) {
        return false;
    }
    match a.kind {
        Kind::Digits => true,
        Kind::Sign => {
            !matches!(s.atoms.text(i), "," | "." | "\"" | "'" | "’" | "“" | "”" | "‘" | ";" | ":" | "?" | "!")
        }
        Kind::Word => true,
    }
}

fn quantity(s: &Scene, i: usize, done: usize) -> Step {
    let atoms = &s.atoms;
    if let Some(step) = rank(s, i, done) {
        return step;
    }
    let Some(a) = amount::read(s, i) else {
        // Digits that are part of a name or a date are passed over as a whole.
        return if atoms.kind(i) == Some(Kind::Digits) { Step::Skip(weed::run(atoms, i)) } else { Step::Next };
    };
    if let Some(last) = weed::not_a_figure(s, &a) {
        return Step::Skip(last);
    }
    if a.number.shape == Shape::Ordinal {
        return ordinal(s, &a, done);
    }
    if let Some((value, last)) = out_of(s, &a) {
        let share = Unit { code: "percent".into(), kind: UnitKind::Ratio, text: None };
        let mut q = plain(s, &a, Some(&share), done);
        (q.value, q.last) = (value, last);
        return Step::Found(vec![q], last);
    }
    if let Some((b, last)) = score(s, &a) {
        let mut q = plain(s, &a, None, done);
        (q.value_max, q.last, q.kind) = (Some(b), last, UnitKind::Score);
        q.qualifier = Qualifier::Exact;
        q.confidence = 0.7;
        return Step::Found(vec![q], last);
    }
    if let Some((b, joint)) = range(s, &a) {
        return ranged(s, a, b, joint, done);
    }
    match fit(s, &a) {
        Some(unit) => {
            let q = plain(s, &a, unit.as_ref(), done);
            let last = q.last;
            Step::Found(vec![q], last)
        }
        None => Step::Skip(a.last),
    }
}

/// The unit of an amount that stands alone, or nothing if it is no figure after all.
fn fit(s: &Scene, a: &Amount) -> Option<Option<Unit>> {
    match &a.unit {
        Some(u) => Some(Some(u.clone())),
        None if a.number.shape == Shape::Part => {
            weed::share(s, a).then(|| Some(Unit { code: "percent".into(), kind: UnitKind::Ratio, text: None }))
        }
        None => (!weed::idle(s, a)).then_some(None),
    }
}

/// Lays an amount out as a quantity with its qualifiers.
fn plain(s: &Scene, a: &Amount, unit: Option<&Unit>, done: usize) -> Quantity {
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
        || word == "of" && matches!(before(2), "age" | "Age") && !matches!(atoms.text(q.last), "the")
        || matches!(word.as_str(), "between" | "over" | "under" | "from" | "about" | "around")
            && matches!(before(2), "aged" | "ages" | "age");
    if aged || weed::apposed_age(s, q) {
        q.kind = UnitKind::Age;
        q.unit = "a".into();
        if matches!(word.as_str(), "aged" | "age" | "ages") {
            q.unit_text = Some((i - 1, i));
        }
    }
}

/// "one in five", "nine out of ten", "1 of 4": the share in percent and one past the last atom.
fn out_of(s: &Scene, a: &Amount) -> Option<(f64, usize)> {
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
fn score(s: &Scene, a: &Amount) -> Option<(f64, usize)> {
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
        if b.unit.is_none() && whole(&b.number) && ends && !counted && !more && a.number.bare {
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
    let told = (a.first.saturating_sub(7)..a.first).chain(b.last..(b.last + 3).min(atoms.list.len())).any(|k| {
        matches!(
            atoms.text(k).to_ascii_lowercase().as_str(),
            "vote"
                | "votes"
                | "voted"
                | "won"
                | "beat"
                | "lost"
                | "defeated"
                | "defeat"
                | "victory"
                | "win"
                | "score"
                | "majority"
                | "passed"
                | "lead"
                | "margin"
                | "ruling"
                | "ruled"
                | "rejected"
                | "approved"
        )
    });
    (told && !weed::counts(s, b.last)).then_some((b.number.value, b.last))
}

/// The upper end of a range that starts with `a`, and how the two are joined.
fn range(s: &Scene, a: &Amount) -> Option<(Amount, &'static str)> {
    let atoms = &s.atoms;
    let at = a.last;
    let joint = if atoms.is(at, "to") {
        "to"
    } else if atoms.dash(at) && atoms.glued(at) == atoms.glued(at + 1) {
        "-"
    } else if atoms.dash(at) && atoms.dash(at + 2) && atoms.is(at + 1, "to") {
        "-to-"
    } else if atoms.is(at, "and") && opens(s, a, "between") {
        "and"
    } else if atoms.is(at, "or") {
        "or"
    } else {
        return None;
    };
    let k = at + if joint == "-to-" { 3 } else { 1 };
    let k = k + usize::from(joint == "to" && atoms.dash(k) && !atoms.glued(k + 1));
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
    if joint == "to" && a.unit.is_none() && b.unit.is_none() && a.value() > b.value() && !opens(s, a, "from") {
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

fn ranged(s: &Scene, mut a: Amount, b: Amount, joint: &str, done: usize) -> Step {
    let atoms = &s.atoms;
    if b.shares_scale {
        a.scale_by(b.number.scale);
    }
    if a.unit.is_none() || b.unit.is_some() {
        a.unit = b.unit.clone().or(a.unit);
    }
    let changing = matches!(joint, "to") && (opens(s, &a, "from") && changes(s, a.first) || opens(s, &a, "by"))
        || joint == "to" && direct_change(s, &a);
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
    if a.unit.is_none() && weed::idle_range(s, &a, &b) {
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
    for k in (from.saturating_sub(8)..from).rev() {
        let token = &s.reading.tokens[s.atoms.list[k].token];
        let lemma = token.lemma.as_str();
        match token.pos {
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
    (at.saturating_sub(8)..at).rev().find_map(|k| {
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

/// "sixth consecutive", "fourth time", "ranked third".
fn ordinal(s: &Scene, a: &Amount, done: usize) -> Step {
    if !weed::ranks(s, a) {
        return Step::Skip(a.last);
    }
    let mut q = plain(s, a, None, done.max(a.first));
    q.kind = UnitKind::Ordinal;
    q.qualifier = Qualifier::Exact;
    q.last = a.number.last;
    q.confidence = 0.7;
    Step::Found(vec![q], a.number.last)
}

/// "number one", "No. 2", "twice", "sixfold", "double".
fn rank(s: &Scene, i: usize, done: usize) -> Option<Step> {
    let (atoms, lexicon) = (&s.atoms, s.lexicon);
    let word = atoms.text(i);
    if word.len() < 2 || atoms.kind(i) != Some(Kind::Word) {
        return None;
    }
    if atoms.is(i, "number") || matches!(word, "No" | "no") && atoms.text(i + 1) == "." {
        let at = if atoms.is(i, "number") { i + 1 } else { i + 2 };
        let before = i.checked_sub(1).map_or("", |k| atoms.text(k)).to_ascii_lowercase();
        let ranked =
            matches!(before.as_str(), "the" | "world" | "ranked" | "current" | "former" | "s" | "as" | "at" | "is");
        let n = number::read(atoms, at, lexicon, false)?;
        let fits = n.scale == 1.0 && n.value <= 100.0 && n.value >= 1.0 && n.value == n.value.trunc();
        let then = atoms.list.get(n.last).filter(|x| x.kind == Kind::Word).map(|x| s.reading.tokens[x.token].pos);
        let ranked = ranked && (before != "the" || matches!(then, Some("NOUN" | "PROPN" | "ADJ")));
        if !ranked || !fits || atoms.glued(n.last) && matches!(atoms.text(n.last), "-" | "/" | ":") {
            return None;
        }
        let a = Amount::of(n, i);
        let mut q = plain(s, &a, None, i);
        (q.kind, q.qualifier, q.confidence) = (UnitKind::Ordinal, Qualifier::Exact, 0.7);
        q.last = n.last;
        return Some(Step::Found(vec![q], n.last));
    }
    let (value, last) = if let Some(v) = lexicon.number(word, Role::Multiple) {
        if !weed::multiplies(s, i) {
            return None;
        }
        (v, i + 1)
    } else {
        // "sixfold", "six-fold", "10-fold"
        let stem = word.strip_suffix("fold").filter(|w| !w.is_empty())?;
        let v =
            [Role::Digit, Role::Teen, Role::Ten, Role::Hundred].into_iter().find_map(|r| lexicon.number(stem, r))?;
        (v, i + 1)
    };
    let n = number::Number { first: i, last, value, scale: 1.0, shape: Shape::Words, bare: false };
    let mut q = plain(s, &Amount::of(n, i), None, done);
    (q.kind, q.confidence) = (UnitKind::Ratio, 0.8);
    let last = q.last;
    Some(Step::Found(vec![q], last))
}

/// Whether atom `i` is a calendar word of the kind, "Sept." and "a.m." included.
pub(super) fn calendar(s: &Scene, i: usize, kind: Calendar) -> bool {
    s.lexicon.calendar(s.atoms.text(i), kind)
        || kind == Calendar::Clock
            && s.atoms.text(i + 1) == "."
            && matches!(s.atoms.text(i), "a" | "p" | "A" | "P")
            && matches!(s.atoms.text(i + 2), "m" | "M")
        || kind == Calendar::Clock && s.atoms.is(i, "o") && s.atoms.is(i + 2, "clock")
}
