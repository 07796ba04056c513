//! Towns that the model took for persons: what the article tells of them ("captured X, the capital of the province", "in
//! X") makes them places.

use super::spans::Entity;
use broadsheet_language::Reading;
use std::collections::BTreeMap;

/// Nouns that say of the name beside them that it is a place.
const NOUNS: &[&str] =
    &["capital", "city", "town", "village", "port", "suburb", "district", "province", "stronghold", "neighborhood"];

/// What the article tells of one name.
#[derive(Default)]
struct Signs {
    place: bool,
    person: bool,
}

/// Gives a name of one or two words that is marked as a person the type of a place, if the article calls it a town or
/// has something happen in it, and never lets it act.
pub fn mend(reading: &Reading, entities: &mut [Entity]) {
    let name = |e: &Entity| e.tokens.clone().map(|i| reading.word(i)).collect::<Vec<_>>();
    let mut signs: BTreeMap<Vec<&str>, Signs> = BTreeMap::new();
    for e in entities.iter().filter(|e| e.kind == "PERSON") {
        let words = name(e);
        if words.len() > 2 {
            // A part of a full name is a name of the person.
            for part in words.windows(1).chain(words.windows(2)) {
                signs.entry(part.to_vec()).or_default().person = true;
            }
            continue;
        }
        if words.len() == 2 {
            for part in words.windows(1) {
                signs.entry(part.to_vec()).or_default().person = true;
            }
        }
        let sign = signs.entry(words).or_default();
        sign.place |= inside(reading, e) || called(reading, e);
        sign.person |= acts(reading, e);
    }
    for e in entities.iter_mut().filter(|e| e.kind == "PERSON") {
        if signs.get(&name(e)).is_some_and(|s| s.place && !s.person) {
            e.kind = "GPE";
        }
    }
}

/// "was shot in X", "fled near X": the preposition hangs on a verb and the name ends the phrase.
fn inside(reading: &Reading, e: &Entity) -> bool {
    let tokens = &reading.tokens;
    let Some(before) = e.tokens.start.checked_sub(1) else { return false };
    let locative = matches!(reading.word(before).to_lowercase().as_str(), "in" | "near" | "outside");
    let verb = tokens.get(tokens[before].head as usize).is_some_and(|v| {
        v.pos == "VERB" && !matches!(v.lemma.as_str(), "believe" | "trust" | "confide" | "invest" | "see" | "find")
    });
    // "in X's house"
    let owner = tokens.get(e.tokens.end).is_some_and(|t| t.tag == "POS" || t.pos == "PROPN");
    locative && tokens[before].dep == "prep" && verb && !owner
}

/// "X, the capital of the province", "the town of X".
fn called(reading: &Reading, e: &Entity) -> bool {
    let lower = |i: usize| reading.word(i).to_lowercase();
    let place = |i: usize| NOUNS.contains(&reading.tokens[i].lemma.to_lowercase().as_str());
    let behind = reading.tokens.get(e.tokens.end).is_some_and(|t| t.dep == "punct")
        && reading.word(e.tokens.end) == ","
        && (e.tokens.end + 1..reading.tokens.len())
            .take(6)
            .take_while(|&i| !matches!(reading.word(i), "," | ".") && lower(i) != "of")
            .any(|i| place(i) && reading.tokens[i].dep == "appos");
    let front = e.tokens.start.checked_sub(2).is_some_and(|i| lower(i + 1) == "of" && place(i));
    behind || front
}

/// Whether the name does something or is addressed.
fn acts(reading: &Reading, e: &Entity) -> bool {
    let head = reading.tokens[e.tokens.end - 1].dep;
    let titled = e.tokens.start.checked_sub(1).is_some_and(|i| {
        matches!(reading.word(i), "Mr" | "Mr." | "Mrs" | "Mrs." | "Ms" | "Ms." | "Dr" | "Dr." | "President" | "General")
    });
    titled || matches!(head, "nsubj" | "agent" | "dative")
}
