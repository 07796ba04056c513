//! A description says a finding in a few words, for people: what `broadsheet show` prints and pages show on hover.

use broadsheet_normalize::{Actor, Event, Figure, Findings};

/// Type and mode of an event.
pub fn event_code(event: &Event) -> String {
    match &event.event_mode {
        Some(mode) => format!("{} {mode}", event.event_type),
        None => event.event_type.clone(),
    }
}

/// The names of actors by their indices, `-` for none.
pub fn names(findings: &Findings, indices: &[usize]) -> String {
    let names: Vec<&str> =
        indices.iter().map(|i| findings.actors.get(*i).map_or("?", |actor| actor.name.as_str())).collect();
    if names.is_empty() { "-".to_owned() } else { names.join(", ") }
}

/// What surrounds an event: status, dates, place, whose word it is, confidence, and the frame that coded it.
pub fn event_details(findings: &Findings, event: &Event) -> String {
    let mut parts = vec![event.status.name().to_owned()];
    parts.extend(event.event_date.map(|day| match event.event_date_end {
        Some(end) => format!("{day} to {end}"),
        None => day.to_string(),
    }));
    parts.extend(event.place.as_ref().map(|place| match &place.country {
        Some(country) => format!("in {} ({country})", place.name),
        None => format!("in {}", place.name),
    }));
    parts.extend(event.attributed_to.map(|who| format!("according to {}", names(findings, &[who]))));
    parts.push(format!("confidence {:.2}", event.confidence));
    parts.push(format!("because of `{}`", event.frame));
    parts.join(", ")
}

/// Value and unit of a figure, its qualifier and its direction.
pub fn figure_value(figure: &Figure) -> String {
    let mut out = figure.value.to_string();
    if let Some(max) = figure.value_max {
        out = format!("{out} to {max}");
    }
    out = format!("{out} {}", figure.unit);
    if figure.qualifier != Default::default() {
        out = format!("{out} ({})", figure.qualifier.name());
    }
    match figure.change {
        Some(change) => format!("{out} {}", change.name()),
        None => out,
    }
}

/// What an actor is: kind, country, sector and role.
pub fn actor_details(actor: &Actor) -> String {
    let former = if actor.former { "former" } else { "" };
    let parts = [Some(actor.kind.name()), actor.country.as_deref(), actor.sector.as_deref(), Some(former)];
    let parts = parts.into_iter().chain([actor.role.as_deref()]).flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}
