//! Merge: one event a type a sentence for the same parties, and one identifier for the same act in an article.

use crate::{Event, Status, actors::Cast};
use std::collections::BTreeMap;

/// Drops an event that another one of the same sentence and type says as well or better: its parties are among the
/// other's.
pub(super) fn merge(events: &mut Vec<Event>) {
    let mut dropped = vec![false; events.len()];
    for i in 0..events.len() {
        for j in i + 1..events.len() {
            if events[j].sentence != events[i].sentence {
                break;
            }
            if dropped[i] || dropped[j] || !same_kind(&events[i], &events[j]) {
                continue;
            }
            if within(&events[j], &events[i]) {
                enrich(events, i, j);
                dropped[j] = true;
            } else if within(&events[i], &events[j]) {
                enrich(events, j, i);
                dropped[i] = true;
            }
        }
    }
    let mut d = dropped.into_iter();
    events.retain(|_| !d.next().unwrap_or(false));
}

/// Whether two events can be one: "arrested and deported" are two.
fn same_kind(a: &Event, b: &Event) -> bool {
    let modes = a.event_mode.is_none() || b.event_mode.is_none() || a.event_mode == b.event_mode;
    a.event_type == b.event_type && a.status == b.status && modes
}

/// Whether every party of `a` is a party of `b` on the same side, or on any side where `b` has no recipients.
fn within(a: &Event, b: &Event) -> bool {
    let all = |xs: &[usize], ys: &[usize]| xs.iter().all(|x| ys.contains(x));
    let sides = all(&a.actors, &b.actors) && all(&a.recipients, &b.recipients);
    let mutual = b.recipients.is_empty() && all(&a.recipients, &b.actors) && all(&a.actors, &b.actors);
    sides || mutual
}

/// What `from` knows and `to` does not.
fn enrich(events: &mut [Event], to: usize, from: usize) {
    let other = events[from].clone();
    let event = &mut events[to];
    if event.event_mode.is_none() && other.event_mode.is_some() {
        event.event_mode = other.event_mode;
        event.plover_score = other.plover_score;
        event.cameo_code = other.cameo_code;
        event.goldstein = other.goldstein;
    }
    if event.event_date.is_none() {
        event.event_date = other.event_date;
        event.event_date_end = other.event_date_end;
        event.date_basis = other.date_basis;
    }
    event.place = event.place.take().or(other.place);
    event.attributed_to = event.attributed_to.or(other.attributed_to);
    if other.confidence > event.confidence {
        event.confidence = other.confidence;
        event.why.traits = other.why.traits;
    }
}

/// Dates an event by another one of the article that tells the same act: the same type (or a meeting and its
/// announcement) between the same actors, or else between actors of the same two countries; only if all that are dated
/// agree.
pub(super) fn spread_dates(events: &mut [Event], cast: &Cast) {
    spread(events, |e| {
        let mut all: Vec<String> = e.actors.iter().chain(&e.recipients).map(|a| a.to_string()).collect();
        all.sort_unstable();
        all
    });
    spread(events, |e| {
        let mut all: Vec<String> =
            e.actors.iter().chain(&e.recipients).filter_map(|&a| cast.actors[a].country.clone()).collect();
        all.sort_unstable();
        all.dedup();
        all
    });
}

fn spread(events: &mut [Event], parties: impl Fn(&Event) -> Vec<String>) {
    let meeting = |e: &Event| matches!(e.event_type.as_str(), "CONSULT" | "AGREE");
    let open = |e: &Event| !matches!(e.status, Status::Historical | Status::Negated);
    let mut known: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (i, e) in events.iter().enumerate().filter(|(_, e)| e.event_date.is_some() && open(e)) {
        let key = parties(e);
        if key.len() > 1 {
            known.entry(key).or_default().push(i);
        }
    }
    for i in 0..events.len() {
        let e = &events[i];
        if e.event_date.is_some() || !open(e) {
            continue;
        }
        let others = known.get(&parties(e)).into_iter().flatten().copied().filter(|&k| events[k].status == e.status);
        let (own, other): (Vec<usize>, Vec<usize>) = others.partition(|&k| events[k].event_type == e.event_type);
        let same = match own.is_empty() {
            true => other.into_iter().filter(|&k| meeting(&events[k]) && meeting(e)).collect(),
            false => own,
        };
        let Some(&first) = same.first() else { continue };
        let (date, end) = (events[first].event_date, events[first].event_date_end);
        if same.iter().all(|&k| events[k].event_date == date) {
            events[i].event_date = date;
            events[i].event_date_end = end;
            events[i].date_basis = events[first].date_basis;
        }
    }
}

/// Gives an event the identifier of an earlier one of the article if type, mode, status, parties and the date that each
/// sentence gives by itself are the same and both sides are known: then it is the same act told again.
pub(super) fn share_ids(events: &mut [Event]) {
    for i in 1..events.len() {
        let (before, rest) = events.split_at_mut(i);
        let e = &mut rest[0];
        if e.event_date.is_none() || e.actors.len() + e.recipients.len() < 2 {
            continue;
        }
        let same = before.iter().find(|b| {
            b.event_type == e.event_type
                && b.event_mode == e.event_mode
                && b.status == e.status
                && b.event_date == e.event_date
                && b.actors == e.actors
                && b.recipients == e.recipients
        });
        if let Some(b) = same {
            e.event_id = b.event_id.clone();
        }
    }
}
