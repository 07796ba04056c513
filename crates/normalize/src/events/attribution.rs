//! Attribution: who reports an event, where it is not the article itself.

use super::{draft::Draft, lexicon::Effect, parties::Parties, propositions::Propositions};

/// The actor who reports a draft: the subject of the nearest reporting verb above it, "according to", or the speaker of
/// the quotation it stands in.
pub(super) fn teller(d: &Draft, propositions: &Propositions, parties: &Parties) -> Option<usize> {
    let syntax = parties.syntax;
    let p = &propositions.list[d.proposition];
    for g in &d.standing.governors {
        if g.effect == Some(Effect::Report) && syntax.is_verb(g.token) {
            let by = if syntax.passive(g.token) { syntax.agent(g.token) } else { syntax.subject(g.token) };
            if let Some(actor) = by.heads.iter().find_map(|&h| parties.resolve(h)).and_then(|(a, _)| a.first().copied())
            {
                return Some(actor);
            }
        }
    }
    // "according to X" hangs on the predicate or on one above it.
    let above = std::iter::once(p.host.unwrap_or(p.head)).chain(d.standing.governors.iter().map(|g| g.token));
    for token in above {
        let cited = syntax
            .children(token, &["prep"])
            .filter(|&c| syntax.lower(c) == "according")
            .flat_map(|c| syntax.children(c, &["prep"]).collect::<Vec<_>>())
            .flat_map(|t| syntax.children(t, &["pobj"]).collect::<Vec<_>>())
            .find_map(|o| parties.resolve(o))
            .and_then(|(a, _)| a.first().copied());
        if cited.is_some() {
            return cited;
        }
    }
    let at = syntax.reading.tokens[p.head].start;
    let after = parties.quotes.partition_point(|q| q.start <= at);
    parties.quotes[..after].iter().rev().take(4).find(|q| at < q.end).and_then(|q| q.speaker)
}
