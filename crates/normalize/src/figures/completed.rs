//! The noun that an amount completes, before it in the sentence.

use super::phrase::{phrase, subject};
use super::scan::Scene;
use super::site::Site;
use crate::tree::Tree;
use std::ops::Range;

/// The noun that the amount completes: "revenue of $3bn", "a fine of up to $5", "deal worth $5m", "at a value of".
pub(super) fn completed(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let noun = site.noun?;
    if site.prep.is_none()
        && !matches!(
            tokens[site.anchor].dep,
            "appos" | "amod" | "npadvmod" | "nummod" | "advmod" | "acl" | "relcl" | "dep" | "nmod" | "pobj" | "conj"
        )
    {
        return None;
    }
    if let Some(p) = site.prep {
        let word = s.reading.word(p).to_ascii_lowercase();
        if tokens[p].head as usize != noun
            && tokens[p].pos == "ADP"
            && site.verb.is_some()
            && !matches!(word.as_str(), "of" | "to" | "than" | "at")
        {
            return None;
        }
    }
    if noun >= site.core.start {
        return Some(phrase(s, tree, noun, Some(site.core.end)));
    }
    let whole = phrase(s, tree, noun, None);
    let limit = site.prep.filter(|&p| p > noun).unwrap_or(site.core.start);
    // "a rise of 3% in sales": what rises stands behind.
    let lemma = tokens[noun].lemma.to_ascii_lowercase();
    if s.lexicon.noun(&lemma).is_some()
        || matches!(
            lemma.as_str(),
            "rate"
                | "average"
                | "total"
                | "price"
                | "value"
                | "cost"
                | "sum"
                | "amount"
                | "level"
                | "worth"
                | "magnitude"
        )
    {
        for c in tree.children_by(s.reading, noun, &["prep"]).chain(tree.children_by(s.reading, site.anchor, &["prep"]))
        {
            if c > site.core.end - 1
                && matches!(s.reading.word(c), "in" | "of" | "on" | "for")
                && let Some(o) = tree.children_by(s.reading, c, &["pobj"]).next()
            {
                return Some(phrase(s, tree, o, None));
            }
        }
        if tree.children_by(s.reading, noun, &["compound", "amod", "poss", "nmod"]).next().is_none() {
            // "an order of 50 jets at a value of $16 billion": the noun above.
            let head = tokens[noun].head as usize;
            let above = tokens[head].head as usize;
            if tokens[noun].dep == "pobj" && tokens[head].dep == "prep" && tokens[above].pos == "NOUN" {
                return Some(phrase(s, tree, above, None)).map(|r| r.start..r.end.min(head).max(r.start + 1));
            }
            // "22 burglaries, compared with an average of 20": what the other number counts.
            let compared = tokens[head].head as usize;
            if tokens[noun].dep == "pobj" && tokens[compared].lemma == "compare" {
                let main = tokens[compared].head as usize;
                let other = if tokens[main].pos == "VERB" {
                    tree.children_by(s.reading, main, &["dobj", "nsubjpass", "nsubj"])
                        .rfind(|&t| t < site.core.start && !site.taken[t] && tokens[t].pos != "PRON")
                } else {
                    Some(main).filter(|&t| matches!(tokens[t].pos, "NOUN" | "PROPN") && !site.taken[t])
                };
                if let Some(o) = other {
                    let whole = phrase(s, tree, o, None);
                    let first = (whole.start..o).find(|&t| !site.taken[t]).unwrap_or(o);
                    return Some(first..whole.end.min(compared).max(o + 1));
                }
            }
            // "announced an order of 50 jets at a value of $16 billion": what the verb is done to.
            if tokens[noun].dep == "pobj" && tokens[head].dep == "prep" && tokens[above].pos == "VERB" {
                let object = tree
                    .children_by(s.reading, above, &["dobj", "nsubjpass"])
                    .find(|&t| t < site.core.start && !site.taken[t] && tokens[t].pos != "PRON");
                if let Some(o) = object {
                    let whole = phrase(s, tree, o, None);
                    return Some(whole.start..whole.end.min(head).max(whole.start + 1));
                }
            }
            // A bare "average" or "rise" says little: the subject of its verb says what of.
            let own = tokens[noun].dep == "dobj" && s.lexicon.noun(&lemma).is_some();
            if let Some(subject) = site.verb.filter(|_| !own).and_then(|v| subject(s, tree, v))
                && subject != noun
                && tokens[subject].pos != "PRON"
            {
                return Some(phrase(s, tree, subject, None));
            }
        }
    }
    let mut end = whole.end.min(limit);
    if end <= whole.start {
        end = whole.end;
    }
    Some(whole.start..end)
}
