//! An amount is a number with its sign, its currency and its unit: "-5 °C", "C$16.4 million", "$52 a barrel",
//! "5ft 9in".

use super::atoms::Kind;
use super::lexicon::{Calendar, LONGEST, MoneyForm, Role};
use super::number::{self, Number, Shape};
use super::scan::Scene;
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
    factor: f64,
    extra: f64,
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
    let number = number::read(atoms, at, s.lexicon, form.is_some())?;
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
    if let Some(u) = &a.unit
        && (plus || negative)
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

fn sentence_text<'a>(s: &Scene<'a>) -> std::borrow::Cow<'a, str> {
    std::borrow::Cow::Borrowed(s.atoms.slice(0, s.atoms.list.len()))
}

/// The currency sign or code that ends right before a number: the sign and one past its last atom.
fn sign_before<'a>(s: &Scene<'a>, k: usize) -> Option<(&'a MoneyForm, usize)> {
    let atoms = &s.atoms;
    let first = atoms.text(k);
    if first.len() > 8 || atoms.kind(k) == Some(Kind::Digits) {
        return None;
    }
    let numeric = |at: usize| {
        atoms.kind(at) == Some(Kind::Digits)
            || atoms.dash(at) && atoms.glued(at) && atoms.kind(at + 1) == Some(Kind::Digits)
            || atoms.word(at) && number::read(atoms, at, s.lexicon, true).is_some_and(|n| n.shape == Shape::Words)
    };
    // "A$" and the like must not be the end of a longer word.
    let cut = k > 0
        && atoms.glued(k)
        && atoms.word(k)
        && (atoms.kind(k - 1) != Some(Kind::Sign) || matches!(atoms.text(k - 1), "'" | "’" | "." | "&"));
    if cut {
        return None;
    }
    for n in (1..=4).rev() {
        let at = k + n;
        if at >= atoms.list.len() || !(s.numeric[at] || atoms.dash(at)) || !numeric(at) {
            continue;
        }
        let text = atoms.slice(k, at);
        // "HK $" as well as "HK$"; but "a $5 fine" and "A $5 fine" are no Australian dollars.
        let article = text.len() > 2 && atoms.is(k, "a") && !atoms.glued(k + 1);
        let form = s.lexicon.money_sign(text).filter(|_| !article).or_else(|| {
            let joined: String = text.split_whitespace().collect();
            let sign = !joined.chars().all(char::is_alphabetic);
            let spaced = (n > 1 && sign && !article).then(|| s.lexicon.money_sign(&joined)).flatten();
            let short = (2..=7).contains(&text.len()) && text.bytes().any(|b| b.is_ascii_lowercase());
            spaced.or_else(|| (short && !article).then(|| s.lexicon.money_folded(text)).flatten())
        });
        let Some(form) = form.filter(|f| !f.minor) else { continue };
        let letters = text.chars().all(char::is_alphabetic);
        let amount = number::read(atoms, at, s.lexicon, true);
        let plain = amount.is_none_or(|x| x.bare && x.value < 1000.0 || (x.shape == Shape::Words && x.scale == 1.0));
        if form.weak && plain || letters && !text.chars().any(char::is_uppercase) && !atoms.glued(at) && plain {
            continue;
        }
        return Some((form, at));
    }
    None
}

/// Money named after a number: the form and one past its last atom.
fn money_after<'a>(s: &Scene<'a>, k: usize) -> Option<(&'a MoneyForm, usize)> {
    let atoms = &s.atoms;
    let hyphen = usize::from(atoms.dash(k) && atoms.glued(k) == atoms.glued(k + 1));
    let k = k + hyphen;
    for n in (1..=5).rev() {
        let last = k + n;
        if last > atoms.list.len() {
            continue;
        }
        let text = atoms.slice(k, last);
        let word = text.len() > 1 && atoms.word(last - 1);
        let form = s.lexicon.money(text).or_else(|| {
            let short = word && (3..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphabetic());
            short.then(|| s.lexicon.money_folded(text)).flatten()
        });
        let Some(form) = form else { continue };
        // "10 $30" and "5 pmoney" are not money after a number.
        let next_number = !word && atoms.glued(last) && atoms.kind(last) == Some(Kind::Digits);
        let cut =
            atoms.word(last - 1) && atoms.glued(last) && (atoms.word(last) || atoms.kind(last) == Some(Kind::Digits));
        let clock = matches!(text, "p" | "P") && atoms.text(last) == "." && matches!(atoms.text(last + 1), "m" | "M");
        let weak = clock || form.weak && !(form.minor && (atoms.glued(k) || text == "p"));
        let sign_of_next =
            !word && !form.minor && atoms.kind(last) == Some(Kind::Digits) && !atoms.glued(k) && atoms.glued(last);
        if next_number || cut || weak || sign_of_next {
            continue;
        }
        // "mark", "real", "crown", "sol", "won" in lower case are words; as money they are plural or scaled.
        return Some((form, last));
    }
    None
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
        && !plain_word(s, a, form, last)
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
    let Some((code, kind, first, last)) = unit_at(s, a.last, &number) else { return };
    // "one day" is some day; "zero-hours" is a kind of contract.
    let words = number.shape == Shape::Words && number.scale == 1.0;
    if words && (number.value == 1.0 && code == "d" || number.value == 0.0 && atoms.dash(number.last)) {
        return;
    }
    a.unit = Some(Unit { code, kind, text: Some((first, last)) });
    a.last = last;
    smaller(s, a);
}

/// Whether "pounds" is meant as a weight here.
fn pound_of_mass(s: &Scene, a: &Amount, form: &MoneyForm, last: usize) -> bool {
    let word = s.atoms.slice(last - 1, last).to_ascii_lowercase();
    matches!(word.as_str(), "pound" | "pounds")
        && form.currencies.len() > 1
        && (a.number.scale < 1000.0 || s.atoms.is(last, "per") || s.atoms.is(last, "of") && a.number.scale < 1e6)
        && !s.wallet.pays_in_pounds(&sentence_text(s))
        && !(a.value() >= 100.0 && trades(s))
}

/// Whether the sentence speaks of paying or owning.
fn trades(s: &Scene) -> bool {
    let (Some(first), Some(last)) = (s.atoms.list.first(), s.atoms.list.last()) else { return false };
    s.reading.tokens[first.token..=last.token]
        .iter()
        .any(|t| matches!(t.pos, "VERB" | "NOUN" | "ADJ" | "ADP") && s.lexicon.calendar(&t.lemma, Calendar::Trade))
}

/// Names of money that are first of all words: "won 3 real games", "two crown courts".
fn plain_word(s: &Scene, a: &Amount, form: &MoneyForm, last: usize) -> bool {
    let atoms = &s.atoms;
    let text = atoms.slice(last - 1, last);
    let word = matches!(
        text.to_ascii_lowercase().as_str(),
        "real"
            | "mark"
            | "crown"
            | "sol"
            | "won"
            | "sum"
            | "sterling"
            | "ether"
            | "rand"
            | "tala"
            | "colon"
            | "fen"
            | "para"
            | "buck"
            | "sent"
            | "cent"
            | "marks"
            | "crowns"
            | "dram"
            | "sou"
            | "sen"
            | "pula"
            | "rial"
            | "som"
    );
    let single = last == a.last + 1 + usize::from(atoms.dash(a.last));
    let more = atoms.word(last) && atoms.list[last].spaced && s.reading.tokens[atoms.list[last].token].pos == "NOUN";
    let _ = form;
    word && single
        && a.number.scale == 1.0
        && (more || matches!(text, "marks" | "crowns" | "won") && a.number.value < 20.0)
}

/// The unit after a number: code, kind and its atoms.
fn unit_at(s: &Scene, from: usize, number: &Number) -> Option<(String, UnitKind, usize, usize)> {
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
fn longest_unit(s: &Scene, k: usize, from: usize, hyphen: bool, number: &Number) -> Option<(usize, usize)> {
    let atoms = &s.atoms;
    for n in (1..=LONGEST).rev() {
        let last = k + n;
        if last > atoms.list.len() {
            continue;
        }
        let text = atoms.slice(k, last);
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
            (glued || ends || !atoms.word(last))
                && !(number.bare && glued && !ends && !matches!(text, "C" | "F" | "V"))
                && !(number.bare && glued && number.value < 20.0 && matches!(text, "A" | "F" | "N" | "V" | "K"))
        }
        _ => glued || ends || dimension || !atoms.word(last) || atoms.text(last).len() > 1,
    }
}

/// "5ft 9in", "5 feet and 2 inches", "2 hours 30 minutes": adds the smaller unit.
fn smaller(s: &Scene, a: &mut Amount) {
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

/// "$52 a barrel", "20 km per day", "$80 per sq m", "£24 a-year", "$6 each": takes the rate into the unit.
fn per(s: &Scene, a: &mut Amount) {
    let atoms = &s.atoms;
    let Some(unit) = &mut a.unit else { return };
    let mut k = a.last;
    if atoms.dash(k) && atoms.glued(k + 1) {
        k += 1;
    }
    let sign = atoms.text(k) == "/" && atoms.glued(k);
    let word = atoms.is(k, "per") || atoms.is(k, "every") && unit.kind != UnitKind::Duration;
    let article = atoms.is(k, "a") || atoms.is(k, "an");
    if (atoms.is(k, "each") || atoms.is(k, "apiece")) && unit.kind == UnitKind::Money {
        if atoms.is(k, "apiece") || !atoms.word(k + 1) {
            unit.text = unit.text.map(|(f, _)| (f.max(a.number.last).max(f), k + 1));
            a.last = k + 1;
            fix_text(a, k, k + 1);
        }
        return;
    }
    if (atoms.is(k, "annually") || atoms.is(k, "yearly")) && unit.kind == UnitKind::Money {
        return;
    }
    if !sign && !word && !article {
        return;
    }
    let mut at = k + 1;
    if atoms.dash(at) && atoms.glued(at) {
        at += 1;
    }
    let one = Number { first: at, last: at, value: 2.0, scale: 1.0, shape: Shape::Digits, bare: false };
    let denominator = longest_unit(s, at, at, false, &one).filter(|&(u, _)| {
        let d = &s.lexicon.units[u];
        !article
            || d.kind == UnitKind::Duration
                && (unit.kind != UnitKind::Duration || unit.code != "a" && d.code != unit.code)
            || d.kind == UnitKind::Measure && unit.kind == UnitKind::Money
    });
    let (code, last) = match denominator {
        Some((u, last)) => (s.lexicon.units[u].code.clone(), last),
        None if word && atoms.word(at) => {
            let noun = s.reading.tokens[atoms.list[at].token].pos;
            if !matches!(noun, "NOUN" | "PROPN" | "ADJ" | "X") {
                return;
            }
            (format!("{{{}}}", atoms.text(at).to_lowercase()), at + 1)
        }
        None if article && unit.kind == UnitKind::Money && per_thing(atoms.text(at)) => {
            (format!("{{{}}}", atoms.text(at).to_lowercase()), at + 1)
        }
        None => return,
    };
    if unit.kind == UnitKind::Measure || unit.kind == UnitKind::Duration {
        unit.code = format!("{}/{code}", unit.code);
        unit.kind = UnitKind::Measure;
    }
    a.last = last;
    fix_text(a, k, last);
}

/// What is sold by the piece.
fn per_thing(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "share"
            | "head"
            | "person"
            | "piece"
            | "ticket"
            | "unit"
            | "copy"
            | "pop"
            | "seat"
            | "plate"
            | "game"
            | "bottle"
            | "child"
            | "family"
            | "household"
            | "student"
            | "pupil"
            | "vote"
            | "bale"
            | "pack"
            | "packet"
            | "bag"
            | "box"
            | "dose"
            | "shot"
            | "cup"
            | "loaf"
            | "kilo"
            | "couple"
            | "go"
            | "trip"
            | "ride"
            | "meal"
            | "session"
            | "class"
            | "megawatt"
            | "pair"
            | "item"
            | "visit"
            | "call"
            | "message"
            | "car"
            | "vehicle"
            | "room"
            | "board"
            | "case"
            | "token"
            | "coin"
            | "litre"
            | "liter"
            | "gallon"
    )
}

/// Unit text that covers the rate: from the unit (if it stands after the number) to `last`, else the rate alone.
fn fix_text(a: &mut Amount, rate: usize, last: usize) {
    let number_end = a.number.last;
    if let Some(unit) = &mut a.unit {
        unit.text = match unit.text {
            Some((f, _)) if f >= number_end => Some((f, last)),
            _ => Some((rate, last)),
        };
    }
}
