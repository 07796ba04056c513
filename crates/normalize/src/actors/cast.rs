//! The cast: entities as candidates for actors, their attributes completed from the article as a whole.

use super::Cast;
use super::entity::Entity;
use super::find::{Found, What};
use super::fold;
use super::home::Home;
use super::known::Known;
use super::lexicon::Lexicon;
use super::link::Linked;
use super::nouns::Class;
use super::words::Use;
use crate::{Actor, ActorKind, Mention, MentionKind};
use broadsheet_language::Reading;
use xxhash_rust::xxh3::xxh3_64;

/// Lays entities out as candidates, by first mention.
pub fn cast(reading: &Reading, lexicon: &Lexicon, found: &[Found], linked: Linked) -> Cast {
    let Linked { entity, registry, shared, datelines, home } = linked;
    let mut order: Vec<usize> = (0..registry.all.len()).filter(|&e| !registry.all[e].mentions.is_empty()).collect();
    let first = |e: &Entity| {
        let naming = e.names.iter().map(|(_, r)| r.start).min();
        naming.or_else(|| e.mentions.iter().map(|&m| found[m].span.start).min()).unwrap_or(usize::MAX)
    };
    order.sort_by_key(|&e| (first(&registry.all[e]), e));
    let mut place = vec![usize::MAX; registry.all.len()];
    let mut out = Cast { datelines, home, ..Cast::default() };
    for e in order {
        place[e] = out.actors.len();
        let (actor, names, abroad) = actor(reading, lexicon, found, &registry.all[e], home);
        out.actors.push(actor);
        out.names.push(names);
        out.abroad.push(abroad);
    }
    let n = reading.tokens.len();
    out.by_head = vec![None; n];
    out.by_token = vec![None; n];
    let mut mentions: Vec<Mention> = found
        .iter()
        .zip(&entity)
        .filter_map(|(f, e)| {
            let actor = place[(*e)?];
            // "the Australian" for a person is a description.
            let people = matches!(out.actors[actor].kind, ActorKind::Person | ActorKind::Group);
            let kind = if matches!(f.what, What::Demonym(_)) && people { MentionKind::Nominal } else { f.kind };
            let (start, end) = (reading.tokens[f.span.start].start, reading.tokens[f.span.end - 1].end);
            Some(Mention { actor, kind, start, end, first: f.span.start, last: f.span.end, head: f.head })
        })
        .collect();
    mentions.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end), m.head));
    for (i, m) in mentions.iter().enumerate() {
        out.by_head[m.head] = Some(i as u32);
        // Inner mentions come after the ones around them.
        for t in m.first..m.last {
            let smaller = out.by_token[t].is_none_or(|o| {
                let o: &Mention = &mentions[o as usize];
                m.last - m.first <= o.last - o.first
            });
            if smaller {
                out.by_token[t] = Some(i as u32);
            }
        }
    }
    out.mentions = mentions;
    let actors = |all: Vec<usize>| all.into_iter().map(|e| place[e]).filter(|&a| a != usize::MAX).collect();
    out.shared = shared.into_iter().map(|(head, all)| (head, actors(all))).collect();
    out
}

/// One entity as a candidate, with its names, and whether it is called foreign.
fn actor(reading: &Reading, lexicon: &Lexicon, found: &[Found], e: &Entity, home: Home) -> (Actor, Vec<String>, bool) {
    let mut names: Vec<String> = Vec::new();
    for (name, _) in &e.names {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    // A country goes by its own name, not by its capital or its people.
    let proper = |name: &str| match e.kind {
        ActorKind::Country => lexicon.countries.by_name(name).is_some(),
        _ => true,
    };
    // "the South" is a name of South Korea, but not one that tells it.
    let half = |n: &str| e.kind == ActorKind::Country && matches!(n, "North" | "South" | "East" | "West");
    // "FRANCE" in a table of results is France.
    let shouted = |n: &str| n.chars().filter(|c| c.is_alphabetic()).count() > 4 && !n.chars().any(char::is_lowercase);
    let length = |n: &str| (n.split(' ').count(), n.chars().filter(|c| c.is_alphabetic()).count());
    let fullest = names
        .iter()
        .filter(|n| proper(n))
        .rev()
        .max_by_key(|n| (!(e.kind == ActorKind::Country && shouted(n)), length(n)))
        .cloned()
        .or_else(|| government(reading, found, e))
        .or_else(|| names.first().filter(|n| !half(n)).cloned())
        // "the government" in an article from Belgrade.
        .or_else(|| usual(lexicon, e).filter(|_| e.kind == ActorKind::Country).map(str::to_string));
    let naming = e.names.iter().map(|(_, r)| r.clone()).min_by_key(|r| r.start);
    let span = naming.or_else(|| e.mentions.first().map(|&m| bare(reading, found[m].span.clone()))).unwrap_or(0..1);
    let name = fullest.or_else(|| e.label.clone()).unwrap_or_else(|| {
        e.mentions
            .iter()
            .map(|&m| bare(reading, found[m].span.clone()))
            .max_by_key(|r| (r.len(), std::cmp::Reverse(r.start)))
            .map(|r| reading.span(r.start, r.end).split_whitespace().collect::<Vec<_>>().join(" "))
            .unwrap_or_default()
    });
    let t = &e.traits;
    let stately = matches!(t.sector, Some("GOV" | "MIL" | "LEG" | "JUD" | "COP" | "SPY" | "OPP" | "PTY"));
    let abroad = names.is_empty() && e.mentions.iter().any(|&m| is_abroad(reading, lexicon, &found[m]));
    // Somebody with a name may be from abroad: only where the article is about one country.
    let sure = e.names.is_empty() || e.kind != ActorKind::Person || home.clear || home.only;
    let local = stately && !abroad && sure && !matches!(e.kind, ActorKind::Place | ActorKind::Country);
    let country = t.country.or(if local { home.country } else { None });
    // What is written in small letters names the actor as well.
    for noun in &e.nouns {
        names.push(noun.clone());
    }
    if names.is_empty() {
        names.push(name.clone());
    }
    let role = match e.kind {
        ActorKind::Person => t.role.clone(),
        _ => None,
    };
    let actor = Actor {
        actor_id: identity(usual(lexicon, e).unwrap_or(&name), country.unwrap_or("")),
        name,
        kind: e.kind,
        country: country.map(str::to_string),
        sector: t.sector.map(str::to_string),
        role,
        former: t.former && e.kind == ActorKind::Person,
        mentions: e.mentions.len() as u32,
        start: reading.tokens[span.start].start,
        end: reading.tokens[span.end - 1].end,
    };
    (actor, names, abroad)
}

/// Whether a description says that its people are not at home here: "foreign troops", "West African leaders", "mediators".
fn is_abroad(reading: &Reading, lexicon: &Lexicon, f: &Found) -> bool {
    let end = f.name.end.max(f.head + 1);
    (f.span.start..end).any(|i| lexicon.words.is(&super::nouns::lower(reading.word(i)), Use::Abroad))
}

/// The identifier of an actor of that name and country.
pub(super) fn identity(name: &str, country: &str) -> String {
    format!("{:016x}", xxh3_64(format!("{}\u{1f}{country}", fold::key(name)).as_bytes()))
}

/// What to call a country that the article has no name for: "Turkish government".
fn government(reading: &Reading, found: &[Found], e: &Entity) -> Option<String> {
    if e.kind != ActorKind::Country {
        return None;
    }
    e.mentions.iter().map(|&m| &found[m]).find_map(|f| {
        let What::Noun(noun) = f.what else { return None };
        let range = bare(reading, f.span.clone());
        let named = noun.class == Class::Government && !noun.plural && range.start < f.name.start;
        named.then(|| reading.span(range.start, range.end).split_whitespace().collect::<Vec<_>>().join(" "))
    })
}

/// The name by which the lists know an actor, the same in all articles.
fn usual(lexicon: &Lexicon, e: &Entity) -> Option<&'static str> {
    match e.known {
        Some(Known::Person(i)) => Some(lexicon.names.people[i as usize].name),
        Some(Known::Organization(i)) => Some(lexicon.names.organizations[i as usize].name),
        _ if e.kind == ActorKind::Country => lexicon.countries.name(e.traits.country?),
        // The European Union and the United Nations are entities of their code.
        None if e.kind == ActorKind::Organization && e.words.is_empty() && !e.names.is_empty() => {
            lexicon.countries.name(e.traits.country?)
        }
        _ => None,
    }
}

/// A noun phrase without the article or possessive before it.
fn bare(reading: &Reading, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let mut first = range.start;
    let loose = |t: usize| {
        matches!(reading.tokens[t].tag, "DT" | "PRP$" | "PDT" | "POS" | "HYPH" | "``" | "''")
            || matches!(reading.word(t), "least" | "most")
    };
    while first + 1 < range.end && loose(first) {
        first += 1;
    }
    first..range.end
}

/// Whether a mention is by name.
pub fn by_name(m: &Mention) -> bool {
    m.kind == MentionKind::Name
}
