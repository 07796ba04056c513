//! Keeping: of all candidates, the actors that the article is about. They take part in an event, speak, own a figure,
//! hold a public office, or are named countries, organizations and places that act.

use super::Cast;
use super::cast::by_name;
use crate::{Actor, ActorKind, Findings, Mention};
use broadsheet_language::Reading;

/// Keeps the actors that take part in an event, speak, own a figure, hold an office, or are named countries and
/// organizations that act; renumbers the indices in `findings` accordingly.
pub fn keep(cast: Cast, mut findings: Findings, reading: &Reading) -> Findings {
    let mut kept = vec![false; cast.actors.len()];
    let mut mark = |i: usize| {
        if let Some(k) = kept.get_mut(i) {
            *k = true;
        }
    };
    // 1. Parties of events, speakers.
    for e in &findings.events {
        e.actors.iter().chain(&e.recipients).chain(&e.attributed_to).for_each(|&a| mark(a));
    }
    for q in &findings.quotes {
        // "Officials said" alone does not make a group an actor of the article.
        if let Some(s) = q.speaker.filter(|&s| cast.actors.get(s).is_some_and(|a| a.kind != ActorKind::Group)) {
            mark(s);
        }
    }
    // 2. Named actors that act or hold an office.
    let mut acts = vec![false; cast.actors.len()];
    let mut named = vec![false; cast.actors.len()];
    for m in &cast.mentions {
        if by_name(m) {
            named[m.actor] = true;
        }
        acts[m.actor] |= acting(reading, m, &cast.actors[m.actor]);
    }
    let public = |a: &Actor| a.sector.is_some() || a.kind != ActorKind::Person && a.country.is_some();
    for f in &findings.figures {
        if let Some(a) = f.actor.filter(|&a| named.get(a) == Some(&true) && public(&cast.actors[a])) {
            mark(a);
        }
    }
    for (i, a) in cast.actors.iter().enumerate() {
        let office = a.kind == ActorKind::Person && a.sector.is_some() && (a.role.is_some() || acts[i]);
        let known = a.kind == ActorKind::Country || a.country.is_some() || a.sector.is_some();
        let public = matches!(a.kind, ActorKind::Country | ActorKind::Organization) && acts[i] && known;
        // "Mexico's central bank" is as good as a name.
        let body = a.kind == ActorKind::Organization && a.country.is_some() && a.sector.is_some();
        if named[i] && (office || public) || body && public {
            mark(i);
        }
    }
    // 3. New numbers, in the order of the first naming mention.
    let mut order: Vec<usize> = (0..cast.actors.len()).filter(|&i| kept[i]).collect();
    order.sort_by_key(|&i| (cast.actors[i].start, cast.actors[i].end, i));
    let mut number = vec![None; cast.actors.len()];
    for (new, &old) in order.iter().enumerate() {
        number[old] = Some(new);
    }
    let new = |i: usize| number.get(i).copied().flatten();
    for e in &mut findings.events {
        e.actors = e.actors.iter().filter_map(|&a| new(a)).collect();
        e.recipients = e.recipients.iter().filter_map(|&a| new(a)).collect();
        e.attributed_to = e.attributed_to.and_then(new);
    }
    for f in &mut findings.figures {
        f.actor = f.actor.and_then(new);
    }
    for q in &mut findings.quotes {
        if let Some(s) = q.speaker {
            q.speaker = new(s);
            if q.speaker.is_none() && q.speaker_name.is_none() {
                q.speaker_name = cast.actors.get(s).map(|a| a.name.clone());
            }
        }
    }
    findings.mentions = cast.mentions.into_iter().filter_map(|m| Some(Mention { actor: new(m.actor)?, ..m })).collect();
    let mut all: Vec<Option<Actor>> = cast.actors.into_iter().map(Some).collect();
    findings.actors = order.into_iter().filter_map(|i| all[i].take()).collect();
    for a in &mut findings.actors {
        a.mentions = 0;
    }
    for m in &findings.mentions {
        findings.actors[m.actor].mentions += 1;
    }
    findings
}

/// Whether a mention is a party to its verb: subject, object, agent, or the "with", "against", "by" of something.
fn acting(reading: &Reading, m: &Mention, actor: &Actor) -> bool {
    let mut token = &reading.tokens[m.head];
    // "Moscow and Kyiv agreed": as the first of them.
    for _ in 0..8 {
        if token.dep != "conj" {
            break;
        }
        token = &reading.tokens[token.head as usize];
    }
    let organization = actor.kind == ActorKind::Organization;
    let told = actor.sector.as_deref() == Some("JRN");
    let head = &reading.tokens[token.head as usize];
    match token.dep {
        "nsubj" | "nsubjpass" | "agent" => true,
        // Media are actors where they report, not where they are told.
        "dobj" | "dative" => !told,
        "pobj" => match reading.word(token.head as usize) {
            "by" | "with" | "against" | "between" => true,
            "from" => organization,
            "to" => {
                head.dep == "prep" && reading.word(head.head as usize).eq_ignore_ascii_case("according")
                    || organization && !told
            }
            _ => false,
        },
        _ => false,
    }
}
