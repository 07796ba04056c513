//! An amount is a number with its sign, its currency and its unit: "-5 °C", "C$16.4 million", "$52 a barrel",
//! "5ft 9in".

use super::atoms::Kind;
use super::currency::{money_after, plain_word, pound_of_mass, sentence_text, sign_before};
use super::lexicon::Role;
use super::number::{self, Number, Shape};
use super::rate::per;
use super::scan::Scene;
use super::unit::{smaller, unit_at};
use crate::{Change, UnitKind};

/// A unit as read.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// Its code.
    pub code: String,
    /// Its kind.
    pub kind: UnitKind,
    /// Its atoms.
    pub text: Option<(usize, usize)>,
}

/// An amount in the atoms `first..last`.
#[derive(Debug, Clone)]
pub(super) struct Amount {
    /// First atom, sign and currency included.
    pub first: usize,
    /// One past the last, unit included.
    pub last: usize,
    /// The number.
    pub number: Number,
    /// The unit.
    pub unit: Option<Unit>,
    /// Direction from a sign before it.
    pub change: Option<Change>,
    /// Whether the lower end of a range takes this one's scale.
    pub shares_scale: bool,
    pub factor: f64,
    pub extra: f64,
}

impl Amount {
    /// A number without a unit whose text starts at atom `first`.
    pub fn of(number: Number, first: usize) -> Amount {
        let last = number.last;
        Amount { first, last, number, unit: None, change: None, shares_scale: false, factor: 1.0, extra: 0.0 }
    }

    /// The value with sign, scale and smaller units.
    pub fn value(&self) -> f64 {
        self.number.value * self.factor + self.extra
    }

    /// Multiplies the value.
    pub fn scale_by(&mut self, scale: f64) {
        self.factor *= scale;
    }

    /// Whether it carries a sign.
    pub fn signed(&self) -> bool {
        self.factor < 0.0 || self.change.is_some()
    }
}

/// Reads an amount at atom `i`.
pub(super) fn read(s: &Scene, i: usize) -> Option<Amount> {
    let atoms = &s.atoms;
    let mut k = i;
    // Sign.
    let (mut negative, mut plus) = (false, false);
    let open = atoms.list.get(i).is_some_and(|a| a.spaced)
        || i == 0
        || matches!(atoms.text(i - 1), "(" | "[" | "“" | "\"" | "~" | "$" | "£" | "€");
    let joins = i > 0 && atoms.kind(i - 1) == Some(Kind::Digits);
    if atoms.dash(i) && !matches!(atoms.text(i), "—" | "‐") && open && atoms.glued(i + 1) {
        (negative, k) = (true, i + 1);
    } else if atoms.text(i) == "+" && open && atoms.glued(i + 1) {
        (plus, k) = (true, i + 1);
    } else if atoms.is(i, "minus") {
        (negative, k) = (true, i + 1 + usize::from(atoms.dash(i + 1)));
    }
    // Currency before the number.
    let sign = sign_before(s, k);
    let (form, at) = match sign {
        Some((form, at)) => (Some(form), at),
        None => (None, k),
    };
    let at = if form.is_some() && atoms.dash(at) && atoms.glued(at) && atoms.glued(at + 1) {
        negative = true;
        at + 1
    } else {
        at
    };
    let number = match number::read(atoms, at, s.lexicon, form.is_some()) {
        Some(number) => number,
        None => one_and_a_half(s, at)?,
    };
    if form.is_some() && matches!(number.shape, Shape::Ordinal | Shape::Vague) {
        return None;
    }
    let mut a = Amount { first: i, ..Amount::of(number, i) };
    if negative && atoms.kind(at) != Some(Kind::Digits) {
        return None;
    }
    if negative {
        a.factor = -1.0;
    }
    match form {
        Some(form) => {
            let code = s.wallet.code(form, &sentence_text(s));
            if form.millions {
                a.factor *= 1e6;
            }
            a.unit = Some(Unit { code, kind: UnitKind::Money, text: Some((k, at)) });
            // "$13.60 US", "$5 USD", "$1.5 billion Australian dollars": a second name says which.
            if let Some((form, last)) = money_after(s, a.last)
                && form.currencies.len() == 1
                && !form.minor
            {
                a.last = last;
                let code = s.wallet.code(form, "");
                a.unit = Some(Unit { code, kind: UnitKind::Money, text: Some((k, at)) });
            }
        }
        None if number.shape != Shape::Ordinal => after(s, &mut a),
        None => {}
    }
    // "75 -300mm" is a range of old, "Stoxx 50 -1.3%" a fall.
    if negative && joins && a.unit.as_ref().is_none_or(|u| u.kind != UnitKind::Ratio) {
        (negative, a.factor, a.first) = (false, a.factor.abs(), k);
    }
    // "from -0.5%", "was -2%": a level below zero, not a fall.
    let level = i > 0
        && matches!(s.reading.tokens[atoms.list[i - 1].token].pos, "ADP" | "PART" | "SCONJ" | "CCONJ")
        && atoms.word(i - 1);
    let level = level || negative && i > 0 && s.reading.tokens[atoms.list[i - 1].token].lemma == "be";
    if let Some(u) = &a.unit
        && (plus || negative)
        && !level
        && (u.kind == UnitKind::Ratio || u.code == "[point]" || u.kind == UnitKind::Money)
    {
        a.change = Some(if plus { Change::Up } else { Change::Down });
    } else if plus && a.unit.is_none() {
        return None;
    }
    if a.unit.is_some() {
        per(s, &mut a);
    }
    Some(a)
}

/// Reads what stands after a number: money, a unit, a further unit.
fn after(s: &Scene, a: &mut Amount) {
    let atoms = &s.atoms;
    let number = a.number;
    // "twice", "6-fold", "6.5 times"
    let hyphen = usize::from(atoms.dash(a.last) && atoms.glued(a.last) && atoms.glued(a.last + 1));
    let word = atoms.text(a.last + hyphen);
    for role in [Role::Fold, Role::Times] {
        if s.lexicon.number(word, role).is_some() && number.shape != Shape::Part {
            let text = Some((a.last + hyphen, a.last + hyphen + 1));
            let kind = if role == Role::Fold { UnitKind::Ratio } else { UnitKind::Count };
            a.last += hyphen + 1;
            a.unit = Some(Unit { code: "count".into(), kind, text });
            return;
        }
    }
    if let Some((form, last)) = money_after(s, a.last)
        && !pound_of_mass(s, a, form, last)
        && !plain_word(s, a, last)
    {
        let text = atoms.slice(last - 1, last);
        let code = s.wallet.code(form, &sentence_text(s));
        if form.millions {
            a.factor *= 1e6;
        }
        a.unit = Some(Unit { code, kind: UnitKind::Money, text: Some((a.last, last)) });
        a.last = last;
        // "15 dollars 50"
        if !form.minor
            && text.len() > 1
            && atoms.list.get(last).is_some_and(|x| x.kind == Kind::Digits && !x.separated && x.digits == 2 && !x.odd)
            && !(1..=3).any(|n| s.lexicon.unit(atoms.slice(last + 1, last + 1 + n)).is_some())
            && matches!(atoms.text(last + 1), "" | "." | "," | ")" | "cents")
        {
            a.extra = atoms.list[last].value / 100.0;
            a.last = last + 1;
        }
        return;
    }
    // "hundreds of millions of dollars", "thousands of miles"
    if number.shape == Shape::Vague && atoms.is(a.last, "of") {
        if let Some((form, last)) = money_after(s, a.last + 1) {
            let code = s.wallet.code(form, &sentence_text(s));
            a.unit = Some(Unit { code, kind: UnitKind::Money, text: Some((a.last + 1, last)) });
            a.last = last;
        } else if let Some((code, kind, first, last)) = unit_at(s, a.last + 1, &number)
            && matches!(kind, UnitKind::Measure | UnitKind::Duration)
        {
            a.unit = Some(Unit { code, kind, text: Some((first, last)) });
            a.last = last;
        }
        return;
    }
    // "three quarters of a percentage point", "1/16 of a pint": that part of the unit.
    let one = Number { first: a.last + 1, last: a.last + 2, value: 1.0, scale: 1.0, shape: Shape::Words, bare: false };
    if number.shape == Shape::Part
        && atoms.is(a.last, "of")
        && (atoms.is(a.last + 1, "a") || atoms.is(a.last + 1, "an") || atoms.is(a.last + 1, "one"))
        && let Some((code, kind, first, last)) = unit_at(s, a.last + 2, &one)
        && kind != UnitKind::Count
    {
        a.unit = Some(Unit { code, kind, text: Some((first, last)) });
        a.last = last;
        return;
    }
    let Some((code, kind, first, last)) = unit_at(s, a.last, &number) else { return };
    // "one day" is some day; "zero-hours" is a kind of contract.
    let words = number.shape == Shape::Words && number.scale == 1.0;
    if words
        && (number.value == 1.0 && matches!(code.as_str(), "d" | "{night}")
            || number.value == 0.0 && atoms.dash(number.last))
    {
        return;
    }
    a.unit = Some(Unit { code, kind, text: Some((first, last)) });
    a.last = last;
    smaller(s, a);
    // "two years and a half"
    if number.shape == Shape::Words
        && atoms.is(a.last + 1, "a")
        && let Some((part, last)) = number::and_part(atoms, a.last)
    {
        (a.extra, a.last) = (a.extra + part, last);
    }
}

/// The article of "a year and a half", which is a number there: elsewhere "a year" may be any.
fn one_and_a_half(s: &Scene, i: usize) -> Option<Number> {
    if !s.atoms.is(i, "a") && !s.atoms.is(i, "an") {
        return None;
    }
    let one = Number { first: i, last: i + 1, value: 1.0, scale: 1.0, shape: Shape::Words, bare: false };
    let (_, _, _, last) = unit_at(s, i + 1, &one)?;
    (s.atoms.is(last + 1, "a") && number::and_part(&s.atoms, last).is_some()).then_some(one)
}
