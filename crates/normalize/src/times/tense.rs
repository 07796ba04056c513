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
        // "extended the deadline until Tuesday", "planned a march on Saturday"
        let lemma = token.lemma.as_str();
        let negated = tree.children(v).any(|c| reading.tokens[c].dep == "neg");
        if until && !negated && lexicon.deadline.contains(lemma) && token.pos == "VERB" {
            return Tense::Future;
        }
        if !possessive && lexicon.planning.contains(lemma) && tree.children(v).any(|c| reading.tokens[c].dep == "dobj")
        {
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
            ("MD", _) => {
                // "could have met on Monday" looks back.
                return if tree.children(v).any(|k| reading.tokens[k].lemma == "have" && reading.tokens[k].dep == "aux")
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
        } else if head != v && prospective(head) {
            Tense::Future
        } else {
            Tense::Open
        };
    }
    match verb.tag {
        "VBD" if prospective(v) && matches!(verb.lemma.as_str(), "schedule" | "slate") => Tense::Future,
        "VBD" => Tense::Past,
        "VBN" if present && prospective(v) => Tense::Future,
        "VBN" if past && prospective(v) => Tense::Future,
        "VBN" if past || have || present => Tense::Past,
        "VBN" if prospective(v) => Tense::Future,
        "VBN" => Tense::Past,
        "VBG" if have || past => Tense::Past,
        "VBG" if present => Tense::Future,
        "VBG" => Tense::Open,
        "VBZ" | "VBP" if prospective(v) || lexicon.timetable.contains(verb.lemma.as_str()) => Tense::Future,
        "VBZ" | "VBP" => Tense::Present,
        _ if past || have => Tense::Past,
        _ if present => Tense::Present,
        _ => Tense::Open,
    }
}
