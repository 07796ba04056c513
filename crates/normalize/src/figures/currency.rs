//! A currency beside a number: a sign or code before it ("US$"), a name, sign or code after it ("Swiss francs"), told from
//! weights ("pounds of flour") and from words that are money only by chance ("real", "mark").

use super::amount::Amount;
use super::atoms::Kind;
use super::lexicon::{MoneyForm, Nearby};
use super::number::{self, Shape};
use super::scan::Scene;
use crate::UnitKind;

pub(super) fn sentence_text<'a>(s: &Scene<'a>) -> std::borrow::Cow<'a, str> {
    std::borrow::Cow::Borrowed(s.atoms.slice(0, s.atoms.list.len()))
}

/// The currency sign or code that ends right before a number: the sign and one past its last atom.
pub(super) fn sign_before<'a>(s: &Scene<'a>, k: usize) -> Option<(&'a MoneyForm, usize)> {
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
pub(super) fn money_after<'a>(s: &Scene<'a>, k: usize) -> Option<(&'a MoneyForm, usize)> {
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

/// Whether "pounds" is meant as a weight here.
pub(super) fn pound_of_mass(s: &Scene, a: &Amount, form: &MoneyForm, last: usize) -> bool {
    let word = s.atoms.slice(last - 1, last).to_ascii_lowercase();
    // "11.44 pounds an hour"
    let wage = matches!(s.atoms.text(last), "a" | "an" | "per")
        && s.lexicon.unit(s.atoms.text(last + 1)).is_some_and(|u| s.lexicon.units[u.unit].kind == UnitKind::Duration);
    matches!(word.as_str(), "pound" | "pounds")
        && !wage
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
        .any(|t| matches!(t.pos, "VERB" | "NOUN" | "ADJ" | "ADP") && s.lexicon.calendar(&t.lemma, Nearby::Trade))
}

/// Names of money that are first of all words: "won 3 real games", "two crown courts".
pub(super) fn plain_word(s: &Scene, a: &Amount, last: usize) -> bool {
    let atoms = &s.atoms;
    let text = atoms.slice(last - 1, last);
    let word = s.lexicon.calendar(text, Nearby::Coin);
    let single = last == a.last + 1 + usize::from(atoms.dash(a.last));
    let more = atoms.word(last) && atoms.list[last].spaced && s.reading.tokens[atoms.list[last].token].pos == "NOUN";
    word && single
        && a.number.scale == 1.0
        && (more || matches!(text, "marks" | "crowns" | "won") && a.number.value < 20.0)
}
