//! The site of a quantity is where it hangs in the tree: the tokens of it, the verb, the noun and the preposition above.

use super::scan::{Quantity, Scene};
use std::ops::Range;

/// Where a quantity hangs in the tree.
pub(super) struct Site<'a> {
    /// Tokens of number, currency and unit.
    pub core: Range<usize>,
    /// The first token of the qualifier, or of the core.
    pub start: usize,
    /// The token of the core that hangs on the rest of the sentence.
    pub anchor: usize,
    /// The verb that governs it, if any.
    pub verb: Option<usize>,
    /// The preposition between the verb or noun and the quantity, if any.
    pub prep: Option<usize>,
    /// The nearest noun above it, if no verb comes first.
    pub noun: Option<usize>,
    /// The quantity that this one restates in brackets ("$12.9bn (£10bn)").
    pub restates: Option<Quantity>,
    /// For each token, whether it belongs to a quantity.
    pub taken: &'a [bool],
}

impl<'a> Site<'a> {
    /// Finds the place of `q` in the tree; `prior` is the quantity before it.
    pub fn new(s: &Scene, q: &Quantity, prior: Option<&Quantity>, taken: &'a [bool]) -> Site<'a> {
        let (atoms, tokens) = (&s.atoms, &s.reading.tokens);
        let sentence = {
            let a = atoms.list[0].token;
            s.reading.sentences[tokens[a].sentence as usize].clone()
        };
        let bounds = sentence.start as usize..sentence.end as usize;
        let first_atom = if q.unit_text.is_some_and(|(f, _)| f >= q.first && f < q.number.0) {
            q.unit_text.map_or(q.number.0, |(f, _)| f)
        } else {
            q.number.0
        };
        let first = atoms.list[first_atom].token;
        let last = tokens[atoms.list[q.last - 1].token..]
            .iter()
            .position(|t| t.byte_end as usize >= atoms.list[q.last - 1].end)
            .map_or(atoms.list[q.last - 1].token + 1, |k| atoms.list[q.last - 1].token + k + 1);
        let core = first..last.max(first + 1).min(bounds.end.max(first + 1));
        let anchor = core
            .clone()
            .rev()
            .find(|&t| {
                !core.contains(&(tokens[t].head as usize)) && tokens[t].dep != "punct" || tokens[t].head as usize == t
            })
            .unwrap_or(first);
        let (mut verb, mut noun, mut prep) = (None, None, None);
        let mut at = anchor;
        for _ in 0..12 {
            let head = tokens[at].head as usize;
            if head == at {
                break;
            }
            let t = &tokens[head];
            if matches!(t.pos, "VERB" | "AUX") {
                verb = Some(head);
                break;
            }
            let own = noun == Some(tokens[anchor].head as usize) && noun.is_some_and(|n| n >= core.end);
            if matches!(t.dep, "prep" | "agent" | "pcomp") && prep.is_none() && (noun.is_none() || own) {
                prep = Some(head);
            }
            if matches!(t.pos, "NOUN" | "PROPN") && noun.is_none() && !core.contains(&head) && !taken[head] {
                noun = Some(head);
            }
            at = head;
        }
        if matches!(tokens[anchor].pos, "VERB" | "AUX") && verb.is_none() {
            verb = Some(anchor);
        }
        // "7 miles (11 km)", but not "1.2mm (80% of the diameter)".
        let closes = matches!(atoms.text(q.last), ")" | "]" | "," | ";");
        let bracket = q.first.checked_sub(1).filter(|&k| closes && atoms.text(k) == "(");
        let restates = bracket.and_then(|k| prior.filter(|o| o.last == k || o.last + 1 == k).cloned());
        Site { start: atoms.list[q.first].token, core, anchor, verb, prep, noun, restates, taken }
    }
}
