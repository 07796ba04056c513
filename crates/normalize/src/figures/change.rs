//! Whether the quantity is told as rising or falling: by a sign, by a word beside it ("up 0.35%", "34% higher"), by the
//! noun it stands on ("a 3.2% drop"), or by the verb that governs it ("grew by 1.1%").

use super::scan::{Quantity, Scene};
use super::site::Site;
use crate::{Change, UnitKind, tree::Tree};

/// The direction, where the text tells one.
pub(super) fn change(s: &Scene, tree: &Tree, q: &Quantity, site: &Site) -> Option<Change> {
    if q.change.is_some() || q.start_value || matches!(q.kind, UnitKind::Age | UnitKind::Score | UnitKind::Ordinal) {
        return q.change;
    }
    let atoms = &s.atoms;
    let tokens = &s.reading.tokens;
    // Beside it.
    let mut k = q.first;
    while k > 0 && matches!(atoms.text(k - 1), "by" | "a" | "another" | "further" | "an" | "some") {
        k -= 1;
    }
    if k > 0 {
        let word = atoms.text(k - 1);
        let particle = tokens[atoms.list[k - 1].token].dep == "prt";
        let beside =
            s.lexicon.adverb(word).filter(|_| !matches!(word, "more" | "less" | "fewer" | "above" | "smaller" | "off"));
        if beside.is_some() && !particle && q.kind != UnitKind::Duration {
            return beside;
        }
    }
    let behind = atoms.text(q.last);
    if matches!(q.kind, UnitKind::Ratio | UnitKind::Money | UnitKind::Measure)
        && let Some(c) = s.lexicon.adverb(behind).filter(|_| !matches!(behind, "off" | "above" | "up" | "down"))
    {
        return Some(c);
    }
    if q.kind == UnitKind::Duration {
        return None;
    }
    // The noun.
    let noun = site.noun.filter(|&n| {
        n >= site.core.end && n <= site.core.end + 3
            || site.prep.is_some_and(|p| tokens[p].head as usize == n && s.reading.word(p) == "of")
    });
    if let Some(n) = noun
        && q.kind != UnitKind::Count
        && let Some(c) = s.lexicon.noun(&tokens[n].lemma)
    {
        return Some(c);
    }
    // The verb.
    let verb = site.verb?;
    let lemma = tokens[verb].lemma.as_str();
    let particle = tree.children_by(s.reading, verb, &["prt", "advmod"]).find_map(|p| {
        (p > verb && p <= verb + 3)
            .then(|| s.lexicon.verb(&format!("{lemma} {}", s.reading.word(p).to_ascii_lowercase())))
            .flatten()
    });
    // "Add two cups of flour" asks for it.
    let asks = tokens[verb].tag == "VB"
        && tokens[verb].dep == "ROOT"
        && tree.children_by(s.reading, verb, &["aux", "auxpass", "nsubj", "nsubjpass"]).next().is_none();
    if asks {
        return None;
    }
    let direction = particle.or_else(|| s.lexicon.verb(lemma))?;
    // "fell under 4%": the preposition is the qualifier's.
    let prep = site.prep.filter(|&p| !(site.start..site.core.start).contains(&p));
    match prep.map(|p| s.reading.word(p).to_ascii_lowercase()) {
        Some(p) if tokens[prep?].head as usize == verb || tokens[prep?].dep == "prep" => {
            matches!(p.as_str(), "by" | "to").then_some(direction)
        }
        Some(_) => None,
        // "scrap the 15% tariffs": the number says which, not by how much.
        None if q.kind == UnitKind::Ratio
            && site.noun.is_some_and(|n| n >= site.core.end && n <= site.core.end + 3)
            && !matches!(tokens[site.anchor].dep, "dobj" | "npadvmod" | "nsubj") =>
        {
            None
        }
        None if q.kind == UnitKind::Ratio || q.unit == "[point]" => (site.anchor > verb).then_some(direction),
        None => {
            let object = site.anchor > verb && (site.noun.is_none() || tokens[site.noun?].head as usize == verb);
            let moved = s.lexicon.moves(lemma)
                || q.kind == UnitKind::Money && tokens[site.anchor].dep == "npadvmod"
                || q.kind == UnitKind::Measure;
            (object && moved).then_some(direction)
        }
    }
}
