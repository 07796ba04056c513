//! What a verb tells of a quantity: the subject of a verb that states it, the clause that a duration or a score belongs to,
//! what is said of a quantity that is itself the subject, what befell people of whom nothing else is said.

use super::completed::completed;
use super::lexicon::{Nearby, RoleWord};
use super::phrase::{phrase, subject, within};
use super::scan::{Quantity, Scene};
use super::site::Site;
use super::ways::left;
use crate::{UnitKind, tree::Tree};
use std::ops::Range;

/// Whether the quantity is a multiple that stands by a verb: "scored twice".
pub(super) fn multiple(s: &Scene, site: &Site) -> bool {
    let t = &s.reading.tokens[site.anchor];
    site.core.len() == 1 && t.dep == "advmod" && s.reading.tokens[t.head as usize].pos == "VERB"
}

/// What is said of the quantity, where it is itself the subject: "77 percent were aged 26 or above", "12 were injured".
pub(super) fn predicate(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let anchor = &tokens[site.anchor];
    let verb = anchor.head as usize;
    if !matches!(anchor.dep, "nsubj" | "nsubjpass")
        || !matches!(tokens[verb].pos, "VERB" | "AUX")
        || verb < site.core.end
    {
        return None;
    }
    let far = site.core.end + 6 < verb;
    let more = tree.children(site.anchor).any(|c| c >= site.core.end && tokens[c].dep == "prep");
    if far || more && !s.reading.word(site.core.end).eq_ignore_ascii_case("of") {
        return None;
    }
    let copula = tokens[verb].pos == "AUX";
    let first = if copula {
        tree.children_by(s.reading, verb, &["attr", "acomp", "prep", "oprd"]).find(|&c| c > verb)?
    } else {
        verb
    };
    // "16 were in the hall" is not "in the hall 16".
    let first = if copula { tree.range(first).start.max(verb + 1) } else { first };
    let end = (first..tokens.len())
        .take(10)
        .find(|&t| t > first && (tokens[t].sentence != anchor.sentence || stops(s, t) || site.taken[t]))
        .unwrap_or((first + 10).min(tokens.len()));
    // "51 percent say: ..." tells nothing of them.
    let bare = end == first + 1
        && tokens[verb].pos == "VERB"
        && tokens[verb].tag != "VBN"
        && s.reading.tokens[site.anchor].tag == "NN";
    (!bare).then_some(first..end)
}

/// "killed 13", "arrested at least 40": what was done to people of whom nothing else is said.
pub(super) fn undergone(s: &Scene, site: &Site) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let verb = site.verb.filter(|&v| tokens[site.anchor].dep == "dobj" && tokens[site.anchor].head as usize == v)?;
    let alone =
        !s.reading.tokens.get(site.core.end).is_some_and(|t| matches!(t.tag, "NNS" | "NN" | "JJ" | "NNP" | "NNPS"));
    (alone && s.lexicon.role(&tokens[verb].lemma, RoleWord::Object).is_some()).then_some(verb..verb + 1)
}

/// "left 31 dead", "16 injured": the state of people of whom nothing else is said.
pub(super) fn state(s: &Scene, site: &Site) -> Option<Range<usize>> {
    let next = site.core.end;
    let token = s.reading.tokens.get(next).filter(|t| t.sentence == s.reading.tokens[site.anchor].sentence)?;
    let alone = !(token.dep == "amod" && token.head as usize > next);
    (alone && s.lexicon.role(&s.reading.word(next).to_lowercase(), RoleWord::State).is_some()).then_some(next..next + 1)
}

/// Marks and joints at which a predicate ends.
fn stops(s: &Scene, t: usize) -> bool {
    let token = &s.reading.tokens[t];
    matches!(token.tag, "," | "." | ":" | "-RRB-" | "-LRB-" | "\"\"" | "\'\'" | "``")
        || token.dep == "cc"
        || token.tag == "WDT"
}

/// "won by 30 points", "missed the cut by two strokes": who won or missed what.
pub(super) fn margin(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let (verb, prep) = (site.verb?, site.prep?);
    let by = s.reading.word(prep).eq_ignore_ascii_case("by") && tokens[prep].head as usize == verb;
    let changes =
        tokens[verb].pos == "AUX" || s.lexicon.verb(&tokens[verb].lemma).is_some_and(|_| tokens[verb].lemma != "lose");
    // "the calories consumed by 13%": the participle only describes.
    (by && !changes && tokens[verb].dep != "acl").then(|| clause(s, tree, site, false)).flatten()
}

/// What the verb says the amount of: its subject for "is", "rose", "cost"; for other verbs what the money is for, the
/// object, or the subject.
pub(super) fn stated(s: &Scene, tree: &Tree, site: &Site, q: &Quantity) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let verb = site.verb?;
    let lemma = tokens[verb].lemma.as_str();
    let plain = tokens[verb].pos == "AUX"
        || s.lexicon.verb(lemma).is_some()
        || s.lexicon.calendar(lemma, Nearby::States)
        || q.kind == UnitKind::Ratio;
    let outside = |t: usize| !site.core.contains(&t) && !within(tree, t, site.anchor);
    let object =
        tree.children_by(s.reading, verb, &["dobj"]).find(|&t| outside(t) && !site.taken[t] && tokens[t].pos != "PRON");
    if let Some(o) = object.filter(|_| q.kind == UnitKind::Ratio || s.lexicon.verb(lemma).is_some()) {
        // "raised interest rates to 11.25%", "cut emissions 42.6 per cent"
        return Some(phrase(s, tree, o, None));
    }
    if !plain {
        let aim = tree
            .children_by(s.reading, verb, &["prep"])
            .chain(tree.children_by(s.reading, site.anchor, &["prep"]))
            .filter(|&p| p >= site.core.end && matches!(s.reading.word(p), "for" | "on" | "in"))
            .find_map(|p| tree.children_by(s.reading, p, &["pobj", "pcomp"]).next())
            .filter(|&t| !s.lexicon.calendar(&tokens[t].lemma, Nearby::Return));
        let passive = tree.children_by(s.reading, verb, &["nsubjpass"]).next();
        let best = match (aim, object) {
            (Some(a), _) if tokens[a].entity_type != "DATE" => Some(a),
            (_, Some(o)) => Some(o),
            _ => passive,
        };
        if let Some(t) = best {
            return Some(phrase(s, tree, t, None));
        }
    }
    // "closed 90 branches and opened 12": who opened them is not what is counted.
    if q.kind == UnitKind::Count && !plain && tokens[site.anchor].dep == "dobj" {
        return None;
    }
    let subject = subject(s, tree, verb)?;
    // "a grant which is $40,000": the noun without the clause that states it.
    if subject < verb && describes(s, verb, subject) && (plain || q.kind != UnitKind::Count) {
        let whole = phrase(s, tree, subject, None);
        // "68,400 people": without a figure of their own.
        let counted = (whole.start..subject).rev().find(|&t| q.kind == UnitKind::Count && site.taken[t]);
        let first = counted.map_or(whole.start, |t| t + 1);
        return Some(first..whole.end.min(tree.range(verb).start).max(subject + 1));
    }
    outside(subject).then(|| phrase(s, tree, subject, None))
}

/// Whether the verb, or the verb that it is joined to, is in a clause on the noun: "a grant which is", "a market set to grow".
fn describes(s: &Scene, verb: usize, noun: usize) -> bool {
    let tokens = &s.reading.tokens;
    let mut at = verb;
    for _ in 0..4 {
        let head = tokens[at].head as usize;
        match tokens[at].dep {
            "relcl" | "acl" => return head == noun,
            "conj" | "xcomp" => at = head,
            _ => return false,
        }
    }
    false
}

/// The clause that a duration or score belongs to: from the verb (or its subject) to the end of its object; with `sets`,
/// not beyond another figure.
pub(super) fn clause(s: &Scene, tree: &Tree, site: &Site, sets: bool) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    // "48 hours to respond to the offer"
    if let Some(c) =
        tree.children_by(s.reading, site.anchor, &["acl"]).find(|&c| c >= site.core.end && tokens[c].tag == "VB")
    {
        let r = tree.range(c);
        return Some(c..r.end.min(c + 12));
    }
    let Some(verb) = site.verb else {
        return completed(s, tree, site).or_else(|| left(s, tree, site));
    };
    if tokens[verb].pos == "AUX" {
        return stated_subject(s, tree, site, verb);
    }
    let subject = subject(s, tree, verb).filter(|&t| !site.core.contains(&t));
    let object =
        tree.children_by(s.reading, verb, &["dobj", "attr", "prt", "acomp", "oprd"]).find(|t| !site.core.contains(t));
    let mut first = verb;
    if let Some(t) = subject.filter(|&t| t < verb && tokens[t].pos != "PRON") {
        let r = phrase(s, tree, t, None);
        if verb - r.start <= 14 && r.end <= verb + 1 && (site.core.start > verb || site.core.end <= r.start) {
            first = r.start;
        }
    }
    let mut end = verb + 1;
    // "go from zero to 60 mph in five seconds", "cruised past Uchiyama 6-2"
    let start = site.start.min(site.core.start);
    if start > verb && start - verb <= 14 {
        let stop = (verb + 1..start).find(|&t| tokens[t].tag == "," || sets && site.taken[t]);
        end = stop.unwrap_or(site.prep.filter(|&p| p > verb && p + 1 >= start).unwrap_or(start).min(start));
    }
    if let Some(o) = object.filter(|&o| o > verb) {
        end = phrase(s, tree, o, None).end.min(if site.core.start > verb { site.core.start } else { usize::MAX });
    }
    if site.core.start > first && site.core.start < end {
        end = site.core.start;
    }
    (first < end).then_some(first..end)
}

pub(super) fn stated_subject(s: &Scene, tree: &Tree, site: &Site, verb: usize) -> Option<Range<usize>> {
    let t = subject(s, tree, verb).filter(|t| !site.core.contains(t))?;
    Some(phrase(s, tree, t, None))
}
