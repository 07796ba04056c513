//! Whether the clause around a token looks back or ahead: what decides which Tuesday is meant.

use super::Lexicon;
use crate::tree::Tree;
use broadsheet_language::Reading;

/// The direction of a clause in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// It happened.
    Past,
    /// It lies ahead.
    Future,
    /// It lay ahead: "was due to open in May".
    Due,
    /// It holds now.
    Present,
    /// No verb tells.
    Open,
}

/// The tense of the clause that token `i` stands in.
pub fn tense(reading: &Reading, tree: &Tree, i: usize, lexicon: &Lexicon) -> Tense {
    let possessive = reading.tokens[i].dep == "poss";
    let mut until = false;
    for (steps, v) in tree.ancestors(reading, i).enumerate() {
        if steps > 12 {
            break;
        }
        let token = &reading.tokens[v];
        until |= token.dep == "prep" && matches!(token.lemma.as_str(), "until" | "till" | "by");
        // "a meeting planned for Monday", "the election due in May": an adjective can look ahead too.
        if token.pos == "ADJ" && lexicon.prospective.contains(token.lemma.as_str()) {
            return Tense::Future;
        }
        if !matches!(token.pos, "VERB" | "AUX") {
            continue;
        }
        // "before the planned visit in September"
        if matches!(token.pos, "NOUN" | "PROPN") && !possessive && planned(reading, tree, v, lexicon) {
            return Tense::Future;
        }
        // "extended the deadline until Tuesday", "planned a march on Saturday"; but "On Saturday they planned a march" tells
        // when they did.
        let lemma = token.lemma.as_str();
        let negated = tree.children(v).any(|c| reading.tokens[c].dep == "neg");
        if until && !negated && lexicon.deadline.contains(lemma) && token.pos == "VERB" {
            return Tense::Future;
        }
        if !possessive
            && v < i
            && lexicon.planning.contains(lemma)
            && tree.children(v).any(|c| reading.tokens[c].dep == "dobj")
        {
            return Tense::Future;
        }
        // "prepared for a scheduled summit on Monday"
        let between = (v + 1..i).rev().take(16);
        if !possessive && between.clone().any(|k| reading.tokens[k].dep == "amod" && is_ahead(reading, k, lexicon)) {
            return Tense::Future;
        }
        match of_verb(reading, tree, v, lexicon) {
            // "get around Wednesday's ruling": what is named so has mostly been.
            Tense::Future if possessive && tree.children(v).any(|c| reading.tokens[c].tag == "MD") => {
                return Tense::Future;
            }
            Tense::Future | Tense::Open if possessive => return Tense::Past,
            Tense::Open => {}
            found => return found,
        }
    }
    Tense::Open
}

/// Whether an adjective or participle before a noun says that it lies ahead.
fn planned(reading: &Reading, tree: &Tree, noun: usize, lexicon: &Lexicon) -> bool {
    tree.children(noun).any(|c| {
        let t = &reading.tokens[c];
        t.dep == "amod" && c < noun && is_ahead(reading, c, lexicon)
    })
}

/// Whether the adjective or participle at `i` says that its noun lies ahead.
fn is_ahead(reading: &Reading, i: usize, lexicon: &Lexicon) -> bool {
    lexicon.ahead.contains(reading.tokens[i].lemma.as_str()) || lexicon.ahead.contains(&reading.word(i).to_lowercase())
}

/// Whether verb `v`, in the present, opens a clause of time or condition: "when it opens on Friday", "if it fails on
/// Monday", "until the court rules in May" look ahead.
fn is_condition(reading: &Reading, tree: &Tree, v: usize) -> bool {
    let tokens = &reading.tokens;
    tokens[v].dep == "advcl"
        && tree.children(v).any(|c| {
            matches!(tokens[c].dep, "mark" | "advmod")
                && matches!(tokens[c].lemma.as_str(), "when" | "if" | "after" | "before" | "once" | "until" | "unless")
        })
}

/// The tense of one verb; open where it hangs on the clause above.
fn of_verb(reading: &Reading, tree: &Tree, v: usize, lexicon: &Lexicon) -> Tense {
    let verb = &reading.tokens[v];
    let prospective = |i: usize| {
        let t = &reading.tokens[i];
        lexicon.prospective.contains(t.lemma.as_str()) || lexicon.prospective.contains(&reading.word(i).to_lowercase())
    };
    let (mut past, mut present, mut have, mut to) = (false, false, false, false);
    for c in tree.children(v) {
        let t = &reading.tokens[c];
        if !matches!(t.dep, "aux" | "auxpass") {
            continue;
        }
        match (t.tag, t.lemma.as_str()) {
            ("MD", modal) => {
                // "could have met on Monday" looks back, and so does "could not be reached on Monday".
                let failed = reading.word(c).eq_ignore_ascii_case("could")
                    && (modal == "could" || modal == "can")
                    && denied(reading, tree, v);
                return if failed
                    || tree.children(v).any(|k| reading.tokens[k].lemma == "have" && reading.tokens[k].dep == "aux")
                {
                    Tense::Past
                } else {
                    Tense::Future
                };
            }
            ("TO", _) => to = true,
            ("VBD", _) => past = true,
            (_, "have") => have = true,
            ("VBZ" | "VBP", _) => present = true,
            _ => {}
        }
    }
    if to {
        let head = verb.head as usize;
        return if have {
            Tense::Past
        } else if head != v && prospective(head) && was(reading, tree, head) {
            Tense::Due
        } else if head != v && (prospective(head) || reading.tokens[head].lemma == "be" && verb.dep == "xcomp") {
            Tense::Future
        } else {
            Tense::Open
        };
    }
    // "is to open on Thursday", "was to open on Thursday"
    let due = verb.lemma == "be"
        && tree
            .children(v)
            .any(|c| reading.tokens[c].dep == "xcomp" && tree.children(c).any(|a| reading.tokens[a].tag == "TO"));
    match verb.tag {
        "VBZ" | "VBP" if due => Tense::Future,
        "VBD" if due => Tense::Due,
        "VBD" if prospective(v) && matches!(verb.lemma.as_str(), "schedule" | "slate") => Tense::Future,
        "VBD" => Tense::Past,
        "VBN" if present && prospective(v) => Tense::Future,
        "VBN" if past && prospective(v) => Tense::Due,
        "VBN" if present && is_condition(reading, tree, v) => Tense::Future,
        "VBN" if past || have || present => Tense::Past,
        "VBN" if prospective(v) => Tense::Future,
        "VBN" => Tense::Past,
        "VBG" if have || past => Tense::Past,
        "VBG" if present => Tense::Future,
        "VBG" => Tense::Open,
        "VBZ" | "VBP" if prospective(v) || lexicon.timetable.contains(verb.lemma.as_str()) => Tense::Future,
        "VBZ" | "VBP" if is_condition(reading, tree, v) => Tense::Future,
        "VBZ" | "VBP" => Tense::Present,
        _ if past || have => Tense::Past,
        _ if present => Tense::Present,
        _ => Tense::Open,
    }
}

/// Whether "was" or "were" stands over the adjective or participle at `i`.
fn was(reading: &Reading, tree: &Tree, i: usize) -> bool {
    let past = |t: usize| reading.tokens[t].lemma == "be" && reading.tokens[t].tag == "VBD";
    reading.tokens[i].dep == "acomp" && past(reading.tokens[i].head as usize)
        || tree.children(i).any(|c| reading.tokens[c].dep == "auxpass" && past(c))
}

/// Whether verb `v` is denied: "could not be reached", "neither could be found".
fn denied(reading: &Reading, tree: &Tree, v: usize) -> bool {
    tree.children(v).any(|c| {
        let t = &reading.tokens[c];
        let no = |i: usize| matches!(reading.tokens[i].lemma.as_str(), "no" | "neither" | "none" | "nobody");
        t.dep == "neg"
            || t.dep.starts_with("nsubj") && (no(c) || tree.children(c).any(no))
            || t.dep == "preconj" && no(c)
    })
}
