//! An actor in CAMEO's codes: country, known group, type, and all of them in one.

use crate::codes::Codes;
use broadsheet_normalize::Actor;

/// The ten columns of an actor: code, name, country, known group, ethnic, two religions, three types. Ethnic groups and
/// religions are not told apart by our actors and stay empty.
pub(super) fn columns(actor: Option<&Actor>, codes: &Codes) -> [String; 10] {
    let Some(actor) = actor else { return Default::default() };
    let of = actor.country.as_deref().unwrap_or_default();
    let kind = codes.sector(actor.sector.as_deref().unwrap_or_default());
    let (prefix, country, known, first) = match codes.group(of) {
        Some(group) => (group.actor, group.country, group.known, group.kind),
        None => (codes.country(of).cameo, codes.country(of).cameo, "", ""),
    };
    let mut types: Vec<&str> = [first, kind].into_iter().filter(|t| !t.is_empty()).collect();
    types.dedup();
    // The prefix of a group holds its type.
    let suffix = if first == kind { "" } else { kind };
    let mut columns = [const { String::new() }; 10];
    columns[0] = format!("{prefix}{suffix}");
    columns[1] = actor.name.to_uppercase();
    (columns[2], columns[3]) = (country.to_owned(), known.to_owned());
    for (column, kind) in columns[7..].iter_mut().zip(types) {
        *column = kind.to_owned();
    }
    columns
}
