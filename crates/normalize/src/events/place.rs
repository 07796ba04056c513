//! Where: the locative of an event, put on the map.

use super::{
    draft::Draft,
    parties::Parties,
    propositions::{Proposition, Propositions},
};
use crate::{ActorKind, Place, actors};

const LOCATIVE: &[&str] = &["in", "at", "near", "outside", "inside", "across", "around", "on", "off", "over", "within"];

/// The place of a draft, from its own locatives, or for a visit from who is visited.
pub(super) fn place(
    d: &Draft,
    propositions: &Propositions,
    parties: &Parties,
    lexicon: &actors::Lexicon,
) -> Option<Place> {
    let p = &propositions.list[d.proposition];
    // Where somebody spoke is not where those are of whom he spoke.
    let physical = matches!(parties.syntax.lexicon.ontology.quad(&d.code.kind), 2 | 4);
    let own = locative(p, physical, parties, lexicon);
    let visited = || {
        let visit = d.code.mode.as_deref() == Some("visit");
        let to = d.recipient.actors.first().filter(|_| visit)?;
        let actor = &parties.cast.actors[*to];
        matches!(actor.kind, ActorKind::Country | ActorKind::Place)
            .then(|| named(&actor.name, actor.country.as_deref(), lexicon))
    };
    own.or_else(visited)
}

fn locative(p: &Proposition, physical: bool, parties: &Parties, lexicon: &actors::Lexicon) -> Option<Place> {
    let syntax = parties.syntax;
    for role in LOCATIVE {
        // "killed in a raid in Helmand"
        let inner = |head: usize| if physical { below(head, parties) } else { Vec::new() };
        let heads = p.role(role).flat_map(|a| std::iter::once(a.head).chain(inner(a.head)));
        for head in heads {
            let entity = syntax.reading.tokens[head].entity_type;
            let actor = parties.direct(head).map(|n| &parties.cast.actors[n]);
            let spatial = matches!(entity, "GPE" | "LOC" | "FAC")
                || actor.is_some_and(|a| matches!(a.kind, ActorKind::Place | ActorKind::Country));
            if !spatial {
                continue;
            }
            let (first, last) = entity_span(head, parties);
            let name = syntax.reading.span(first, last);
            let country = actor.and_then(|a| a.country.clone()).or_else(|| {
                // "Tokyo, Japan": the apposition tells the country.
                syntax
                    .children(head, &["appos", "npadvmod", "conj", "pobj"])
                    .find_map(|c| lexicon.country_by_name(syntax.reading.word(c)).map(str::to_string))
            });
            return Some(named(name, country.as_deref(), lexicon));
        }
    }
    None
}

/// The nouns of the locatives of a noun that is itself no place.
fn below(noun: usize, parties: &Parties) -> Vec<usize> {
    let syntax = parties.syntax;
    if !syntax.is_noun(noun) || parties.direct(noun).is_some() || !syntax.reading.tokens[noun].entity_type.is_empty() {
        return Vec::new();
    }
    let inner = |&c: &usize| matches!(syntax.lower(c).as_str(), "in" | "at" | "near" | "outside" | "inside");
    let prepositions: Vec<usize> = syntax.children(noun, &["prep"]).filter(inner).collect();
    prepositions.into_iter().flat_map(|c| syntax.children(c, &["pobj"]).collect::<Vec<_>>()).collect()
}

/// The tokens of the entity around `i`.
fn entity_span(i: usize, parties: &Parties) -> (usize, usize) {
    use broadsheet_language::Iob;
    let tokens = &parties.syntax.reading.tokens;
    let (mut first, mut last) = (i, i + 1);
    while tokens[first].entity_iob == Iob::I && first > 0 {
        first -= 1;
    }
    while tokens.get(last).is_some_and(|t| t.entity_iob == Iob::I) {
        last += 1;
    }
    (first, last)
}

/// A name on the map: a country, a place, or the bare name.
fn named(name: &str, country: Option<&str>, lexicon: &actors::Lexicon) -> Place {
    let bare = name.strip_prefix("the ").unwrap_or(name);
    let state = lexicon.country_by_name(bare);
    let found = match state {
        // A town that has the name of a country lies elsewhere; a state of one city is both.
        Some(code) => lexicon.place(bare, Some(code)).filter(|place| place.country.as_deref() == Some(code)),
        None => lexicon.place(bare, country),
    };
    match found {
        Some(found) => Place { name: name.to_string(), ..found },
        None => Place {
            name: name.to_string(),
            country: state.or(country).map(str::to_string),
            latitude: None,
            longitude: None,
            geonames_id: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_that_has_the_name_of_a_country_is_not_it() {
        let lexicons = crate::Lexicons::load().expect("the built-in lexicons load");
        let put = |name: &str, country: Option<&str>| named(name, country, &lexicons.actors);
        for (name, code) in [("Armenia", "ARM"), ("Lebanon", "LBN"), ("the Netherlands", "NLD")] {
            let place = put(name, None);
            assert_eq!((place.country.as_deref(), place.latitude), (Some(code), None), "{name}");
        }
        for (name, country) in [("Singapore", None), ("Beirut", None), ("Paris", Some("FRA"))] {
            assert!(put(name, country).latitude.is_some(), "{name}");
        }
    }
}
