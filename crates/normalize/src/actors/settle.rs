//! Settling: the country of people without a name, where their own words do not tell it: from what their phrase is tied
//! to ("workers of the Tehran bus company"), from where they act, or from the state that they have to do with.

use super::Cast;
use super::cast::{by_name, identity};
use crate::{ActorKind, Event, tree::Tree};
use broadsheet_language::Reading;
use std::collections::BTreeSet;

/// Prepositions that tie people to a country or a body.
const TIES: &[&str] = &["of", "from", "in", "at", "near", "inside", "within", "across", "throughout", "around"];
/// How many tokens of a phrase are looked through.
const PHRASE: usize = 40;

/// Gives unnamed people of the cast the country that the text ties them to.
pub fn settle(cast: &mut Cast, events: &[Event], reading: &Reading, tree: &Tree) {
    let mut named = vec![false; cast.actors.len()];
    for m in cast.mentions.iter().filter(|m| by_name(m)) {
        named[m.actor] = true;
    }
    let open: Vec<bool> = cast
        .actors
        .iter()
        .zip(&named)
        .map(|(a, named)| a.country.is_none() && !named && matches!(a.kind, ActorKind::Person | ActorKind::Group))
        .collect();
    // 1. What their own phrase says.
    let mut found: Vec<Option<String>> = vec![None; cast.actors.len()];
    for m in cast.mentions.iter().filter(|m| open[m.actor]) {
        if found[m.actor].is_none() {
            found[m.actor] = phrase(cast, m.head, reading, tree);
        }
    }
    // 2. Where they act, and with whom.
    for place in [true, false] {
        let mut told: Vec<BTreeSet<String>> = vec![BTreeSet::new(); cast.actors.len()];
        for e in events {
            for (own, other) in [(&e.actors, &e.recipients), (&e.recipients, &e.actors)] {
                for &a in own.iter().filter(|&&a| open[a] && found[a].is_none() && at_home(cast, a)) {
                    if place {
                        told[a].extend(e.place.as_ref().and_then(|p| p.country.clone()).filter(|c| is_state(c)));
                    } else {
                        told[a].extend(other.iter().filter_map(|&o| domestic(cast, e, a, o)));
                    }
                }
            }
        }
        for (a, countries) in told.into_iter().enumerate() {
            if countries.len() == 1 {
                found[a] = countries.into_iter().next();
            }
        }
    }
    // 3. The country that the article is about.
    for e in events {
        for &a in e.actors.iter().chain(&e.recipients) {
            if open[a] && found[a].is_none() && cast.home.clear && at_home(cast, a) && !foreign(cast, a) {
                found[a] = cast.home.country.map(str::to_string);
            }
        }
    }
    let mut ids: BTreeSet<String> = cast.actors.iter().map(|a| a.actor_id.clone()).collect();
    for (a, country) in found.into_iter().enumerate() {
        if let Some(country) = country {
            let id = identity(&cast.actors[a].name, &country);
            // Two actors that nothing but the country told apart stay apart.
            if ids.insert(id.clone()) {
                cast.actors[a].actor_id = id;
                cast.actors[a].country = Some(country);
            }
        }
    }
}

/// The country of the first actor that the phrase headed by `head` is tied to. Refugees are from where they flee.
fn phrase(cast: &Cast, head: usize, reading: &Reading, tree: &Tree) -> Option<String> {
    let dep = |i: usize| reading.tokens[i].dep;
    let word = |i: usize| reading.word(i).to_lowercase();
    let refugees = cast.by_head[head]
        .is_some_and(|m| cast.actors[cast.mentions[m as usize].actor].sector.as_deref() == Some("REF"));
    let of = |i: usize| {
        let mention = &cast.mentions[cast.by_head[i]? as usize];
        cast.actors[mention.actor].country.clone().filter(|c| is_state(c))
    };
    for c in tree.children(head) {
        let tied = dep(c) == "prep" && TIES.contains(&word(c).as_str()) && (!refugees || word(c) == "from");
        let flees = dep(c) == "acl" && matches!(word(c).as_str(), "fleeing" | "escaping");
        let loyal = dep(c) == "amod" && matches!(word(c).as_str(), "loyal" | "opposed" | "close");
        if tied || flees || loyal {
            let inside = tree.range(c).start.max(c)..tree.range(c).end;
            if let Some(country) = inside.take(PHRASE).find_map(of) {
                return Some(country);
            }
        }
    }
    None
}

/// The country of `other` if what it has to do with the unnamed people is a matter between a state and its own people.
fn domestic(cast: &Cast, e: &Event, people: usize, other: usize) -> Option<String> {
    let state = &cast.actors[other];
    let sector = state.sector.as_deref();
    let rebels = matches!(cast.actors[people].sector.as_deref(), Some("REB"));
    let organ = matches!(sector, Some("GOV" | "COP" | "JUD" | "LEG" | "PTY" | "OPP" | "ELI" | "SPY"));
    let civil = match e.event_type.as_str() {
        "PROTEST" | "SANCTION" | "COERCE" | "CONCEDE" | "REJECT" | "AID" => true,
        "REQUEST" | "CONSULT" | "AGREE" | "ACCUSE" | "THREATEN" => rebels || state.kind != ActorKind::Country,
        "ASSAULT" => matches!(e.event_mode.as_deref(), Some("crowd-control")) || (rebels && organ),
        _ => false,
    };
    (civil && organ).then(|| state.country.clone()).flatten().filter(|c| is_state(c))
}

/// Whether people of this sector are at home where they act.
fn at_home(cast: &Cast, a: usize) -> bool {
    !matches!(cast.actors[a].sector.as_deref(), Some("REF" | "MIL" | "IGO" | "NGO" | "MNC"))
}

/// Whether an actor is called foreign.
fn foreign(cast: &Cast, a: usize) -> bool {
    let name = cast.actors[a].name.to_lowercase();
    ["foreign", "international", "world", "global", "western", "other", "overseas", "nations", "countries", "allies"]
        .iter()
        .any(|w| name.split(' ').any(|n| n == *w))
}

/// Whether a code is that of a state, not of an organization of states or of a kind of actor.
fn is_state(code: &str) -> bool {
    !matches!(code, "IGO" | "UNO" | "EUR" | "NGO" | "ISM" | "IMG" | "MNC")
}
