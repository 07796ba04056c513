//! Merge: one event a type a sentence for the same parties, and one identifier for the same act in an article.

use crate::{Event, Status, actors::Cast};
use jiff::civil::Date;
use std::collections::HashMap;

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
    let meeting = |kind: &str| matches!(kind, "CONSULT" | "AGREE");
    // What is dated, by parties, status and type: the first of them, and whether all have its date.
    let mut known: HashMap<(Vec<String>, Status, &str), (usize, bool)> = HashMap::new();
    for (i, e) in events.iter().enumerate().filter(|(_, e)| e.event_date.is_some() && may_share(e)) {
        let key = parties(e);
        if key.len() > 1 {
            let one = known.entry((key, e.status, &e.event_type)).or_insert((i, true));
            one.1 &= events[one.0].event_date == e.event_date;
        }
    }
    let dates: Vec<Option<usize>> = events
        .iter()
        .map(|e| {
            if e.event_date.is_some() || !may_share(e) {
                return None;
            }
            let key = parties(e);
            let of = |kind| known.get(&(key.clone(), e.status, kind));
            let own = of(e.event_type.as_str());
            let other = || of(if e.event_type == "AGREE" { "CONSULT" } else { "AGREE" });
            let found = own.or_else(|| if meeting(&e.event_type) { other() } else { None });
            found.filter(|(_, agree)| *agree).map(|(i, _)| *i)
        })
        .collect();
    for (i, from) in dates.into_iter().enumerate() {
        if let Some(from) = from {
            copy_date(events, i, from);
        }
    }
}

/// Whether an event can have its date from another sentence, or give it.
fn may_share(e: &Event) -> bool {
    !matches!(e.status, Status::Historical | Status::Negated)
}

fn copy_date(events: &mut [Event], to: usize, from: usize) {
    let (date, end, basis) = (events[from].event_date, events[from].event_date_end, events[from].date_basis);
    let e = &mut events[to];
    (e.event_date, e.event_date_end, e.date_basis) = (date, end, basis);
}

/// Gives an event the identifier of an earlier one of the article if type, mode, status, parties and the date that each
/// sentence gives by itself are the same and both sides are known: then it is the same act told again.
pub(super) fn share_ids(events: &mut [Event]) {
    let mut first: HashMap<Act, String> = HashMap::new();
    for e in events.iter_mut().filter(|e| e.actors.len() + e.recipients.len() > 1) {
        // A month or a year in common does not make two acts one.
        let Some(date) = e.event_date.filter(|_| e.event_date_end.is_none()) else { continue };
        let act = (e.event_type.clone(), e.event_mode.clone(), e.status, date, e.actors.clone(), e.recipients.clone());
        let id = first.entry(act).or_insert_with(|| e.event_id.clone());
        e.event_id.clone_from(id);
    }
}

/// What makes two events of an article the same act: type, mode, status, day, actors and recipients.
type Act = (String, Option<String>, Status, Date, Vec<usize>, Vec<usize>);
