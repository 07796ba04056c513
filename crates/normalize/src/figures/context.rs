//! Whose figure it is, which country the text ties it to, and as of when: only where the sentence itself says so.

use super::phrase::subject;
use super::scan::{Quantity, Scene};
use super::site::Site;
use crate::{ActorKind, Lexicons, Time, TimeType, UnitKind, actors::Cast, tree::Tree};
use jiff::civil::Date;
use std::ops::Range;

/// What the sentence adds to a figure.
#[derive(Default)]
pub(super) struct Context {
    /// Index of the actor.
    pub actor: Option<usize>,
    /// ISO alpha-3.
    pub country: Option<String>,
    /// As of when.
    pub date: Option<Date>,
}

/// Reads the context of a figure.
#[allow(clippy::too_many_arguments)] // the stage's inputs, all of them needed
pub(super) fn context(
    s: &Scene,
    tree: &Tree,
    cast: &Cast,
    times: &[Time],
    lexicons: &Lexicons,
    q: &Quantity,
    site: &Site,
    of: Option<&Range<usize>>,
) -> Context {
    let mut out = Context { actor: owner(s, tree, cast, q, site, of), ..Context::default() };
    if q.kind == UnitKind::Age {
        return out;
    }
    out.country = place(s, tree, cast, lexicons, site, of);
    out.date = as_of(s, tree, times, site);
    out
}

/// The possessor of what is counted, the subject of the verb, or what is counted itself.
fn owner(s: &Scene, tree: &Tree, cast: &Cast, q: &Quantity, site: &Site, of: Option<&Range<usize>>) -> Option<usize> {
    let tokens = &s.reading.tokens;
    let heading = |t: usize| {
        let mention = cast.by_head.get(t).copied().flatten()?;
        cast.mentions.get(mention as usize).map(|m| m.actor)
    };
    if q.kind == UnitKind::Age {
        return of.and_then(|r| r.clone().rev().find_map(heading));
    }
    let possessor = of.and_then(|r| r.clone().find(|&t| tokens[t].dep == "poss").and_then(heading));
    if possessor.is_some() {
        return possessor;
    }
    let subject = site.verb.and_then(|v| subject(s, tree, v));
    if let Some(t) = subject.filter(|t| !site.core.contains(t)) {
        if let Some(a) = heading(t) {
            return Some(a);
        }
        if let Some(a) = tree.children_by(s.reading, t, &["poss"]).find_map(heading) {
            return Some(a);
        }
    }
    of.and_then(|r| heading(r.end - 1))
}

/// The country of a place in the phrase of what is counted or beside its verb; else that of a country that owns it.
fn place(
    s: &Scene,
    tree: &Tree,
    cast: &Cast,
    lexicons: &Lexicons,
    site: &Site,
    of: Option<&Range<usize>>,
) -> Option<String> {
    let tokens = &s.reading.tokens;
    let country = |t: usize| -> Option<String> {
        let by_actor = cast
            .by_token
            .get(t)
            .copied()
            .flatten()
            .and_then(|m| cast.actors.get(cast.mentions.get(m as usize)?.actor))
            .filter(|a| matches!(a.kind, ActorKind::Country | ActorKind::Place))
            .and_then(|a| a.country.clone());
        by_actor.or_else(|| {
            if tokens[t].entity_type != "GPE" {
                return None;
            }
            let (mut a, mut b) = (t, t + 1);
            while a > 0 && tokens[a].entity_iob == broadsheet_language::Iob::I {
                a -= 1;
            }
            while b < tokens.len() && tokens[b].entity_iob == broadsheet_language::Iob::I {
                b += 1;
            }
            let name = s.reading.span(a, b);
            let name = name.strip_prefix("the ").unwrap_or(name);
            lexicons
                .actors
                .country_by_name(name)
                .map(str::to_string)
                .or_else(|| lexicons.actors.place(name, None)?.country)
        })
    };
    let located = |prep: usize| {
        matches!(
            s.reading.word(prep).to_ascii_lowercase().as_str(),
            "in" | "at" | "across" | "inside" | "throughout" | "within"
        )
        .then(|| tree.children_by(s.reading, prep, &["pobj"]).find_map(country))
        .flatten()
    };
    if let Some(r) = of {
        if let Some(c) = r.clone().filter(|&t| tokens[t].dep == "prep").find_map(located) {
            return Some(c);
        }
        if let Some(c) = r.clone().filter(|&t| tokens[t].dep == "poss").find_map(country) {
            return Some(c);
        }
    }
    if let Some(v) = site.verb {
        if let Some(c) = tree.children_by(s.reading, v, &["prep"]).find_map(located) {
            return Some(c);
        }
        // "Germany has 84 million inhabitants"
        if tokens[v].lemma == "have"
            && let Some(c) = subject(s, tree, v).and_then(country)
        {
            return Some(c);
        }
        if let Some(t) = subject(s, tree, v)
            && let Some(c) = tree.children_by(s.reading, t, &["poss"]).find_map(country)
        {
            return Some(c);
        }
    }
    None
}

/// The date that governs the figure: the only one in the sentence that hangs on its verb or noun.
fn as_of(s: &Scene, tree: &Tree, times: &[Time], site: &Site) -> Option<Date> {
    let tokens = &s.reading.tokens;
    let sentence = s.reading.sentences.get(tokens[site.anchor].sentence as usize)?;
    let from = times.partition_point(|t| t.first < sentence.start as usize);
    let inside = times[from..].iter().take_while(|t| t.first < sentence.end as usize);
    let mut found = None;
    for time in inside.filter(|t| t.kind == TimeType::Date && t.from.is_some()) {
        if site.core.start < time.last && time.first < site.core.end {
            continue;
        }
        let anchor = (time.first..time.last)
            .find(|&t| !(time.first..time.last).contains(&(tokens[t].head as usize)))
            .unwrap_or(time.first);
        let governs = tree
            .ancestors(s.reading, anchor)
            .take(3)
            .any(|a| Some(a) == site.verb || Some(a) == site.noun || a == site.anchor);
        if governs {
            if found.is_some_and(|f| Some(f) != time.from) {
                return None;
            }
            found = time.from;
        }
    }
    found
}
