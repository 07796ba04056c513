//! Names that the article has in full somewhere mend the places where the model cut them, missed them or gave them
//! another type.

use super::spans::{Entity, is_capital};
use broadsheet_language::Reading;
use std::collections::BTreeMap;

/// The types that names are mended for.
const KINDS: [&str; 6] = ["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"];

/// How often a name was marked with each of [`KINDS`].
type Votes = BTreeMap<String, [u32; KINDS.len()]>;

/// Marks every name alike throughout the article.
pub fn agree(reading: &Reading, entities: &mut Vec<Entity>) {
    let votes = count(reading, entities);
    complete(reading, entities, &votes);
    retype(reading, entities);
}

fn count(reading: &Reading, entities: &[Entity]) -> Votes {
    let mut votes = Votes::new();
    for entity in entities {
        if let Some(kind) = KINDS.iter().position(|&k| k == entity.kind) {
            votes.entry(key(reading, entity.tokens.start, entity.tokens.end)).or_default()[kind] += 1;
        }
    }
    votes
}

/// The words of a name with one space between them.
fn key(reading: &Reading, first: usize, last: usize) -> String {
    let mut out = String::new();
    for i in first..last {
        out.push_str(reading.word(i));
        out.push(' ');
    }
    out.pop();
    out
}

fn winner(votes: &[u32; KINDS.len()]) -> &'static str {
    // The earlier type wins a tie.
    let mut best = 0;
    for k in 1..KINDS.len() {
        if votes[k] > votes[best] {
            best = k;
        }
    }
    KINDS[best]
}

/// Marks names of several words wherever they stand, over spans that hold only a part of them.
fn complete(reading: &Reading, entities: &mut Vec<Entity>, votes: &Votes) {
    // Names of two words and more by their first word, longest first.
    let mut by_first: BTreeMap<&str, Vec<(Vec<&str>, &'static str)>> = BTreeMap::new();
    for (name, counts) in votes {
        let words: Vec<&str> = name.split(' ').collect();
        if words.len() < 2 || words.len() > 8 || !words.iter().all(|w| is_name_word(w)) || !is_capital(words[0]) {
            continue;
        }
        by_first.entry(words[0]).or_default().push((words, winner(counts)));
    }
    if by_first.is_empty() {
        return;
    }
    for list in by_first.values_mut() {
        list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    let n = reading.tokens.len();
    let mut out: Vec<Entity> = Vec::with_capacity(entities.len());
    let old = std::mem::take(entities);
    let mut at = 0;
    let mut i = 0;
    while i < n {
        while out.last().is_some_and(|e| e.tokens.end > i) {
            i += 1;
        }
        if i >= n {
            break;
        }
        let found = by_first.get(reading.word(i)).and_then(|list| {
            list.iter().find(|(words, _)| {
                i + words.len() <= n
                    && reading.tokens[i].sentence == reading.tokens[i + words.len() - 1].sentence
                    && words.iter().enumerate().all(|(k, w)| reading.word(i + k) == *w)
            })
        });
        if let Some((words, kind)) = found {
            let end = i + words.len();
            // A span that sticks out of the name stays as the model marked it.
            let inside = old[at..].iter().take_while(|e| e.tokens.start < end).count();
            let fits = old[at..at + inside].iter().all(|e| e.tokens.start >= i && e.tokens.end <= end);
            if fits {
                at += inside;
                out.push(Entity { tokens: i..end, kind });
                i = end;
                continue;
            }
        }
        match old.get(at) {
            Some(e) if e.tokens.start <= i => {
                i = e.tokens.end.max(i + 1);
                out.push(e.clone());
                at += 1;
            }
            _ => i += 1,
        }
    }
    out.extend_from_slice(&old[at..]);
    *entities = out;
}

fn is_name_word(word: &str) -> bool {
    is_capital(word)
        || matches!(
            word,
            "-" | "of"
                | "de"
                | "al"
                | "bin"
                | "von"
                | "van"
                | "der"
                | "del"
                | "el"
                | "la"
                | "and"
                | "the"
                | "for"
                | "&"
        )
        || word.chars().all(char::is_lowercase) && word.chars().count() <= 5
}

/// Gives a name the type that most of its places have; a surname that of its bearer, also where it was not marked.
fn retype(reading: &Reading, entities: &mut Vec<Entity>) {
    let votes = count(reading, entities);
    // The last words of persons' full names, with the number of places.
    let mut surnames: BTreeMap<&str, u32> = BTreeMap::new();
    for e in entities.iter().filter(|e| e.kind == "PERSON" && e.tokens.len() >= 2) {
        let start = family_start(reading, e);
        if is_capital(reading.word(start)) && start + 1 == e.tokens.end {
            *surnames.entry(reading.word(start)).or_default() += 1;
        }
    }
    for e in entities.iter_mut() {
        if !KINDS.contains(&e.kind) {
            continue;
        }
        let name = key(reading, e.tokens.start, e.tokens.end);
        let Some(counts) = votes.get(&name) else { continue };
        let total: u32 = counts.iter().sum();
        let best = winner(counts);
        let share = KINDS.iter().position(|&k| k == best).map_or(0, |k| counts[k]);
        if e.tokens.len() == 1 && e.kind != "NORP" && surnames.contains_key(name.as_str()) && 2 * counts[2] <= total {
            e.kind = "PERSON";
        } else if total >= 3 && 3 * share >= 2 * total {
            e.kind = best;
        }
    }
    add_surnames(reading, entities, &surnames);
}

/// Marks bare surnames that the model missed.
fn add_surnames(reading: &Reading, entities: &mut Vec<Entity>, surnames: &BTreeMap<&str, u32>) {
    if surnames.is_empty() {
        return;
    }
    let mut marked = vec![false; reading.tokens.len()];
    for e in entities.iter() {
        marked[e.tokens.clone()].fill(true);
    }
    let proper = |i: usize| reading.tokens.get(i).is_some_and(|t| t.pos == "PROPN") || marked.get(i) == Some(&true);
    let before = entities.len();
    for (i, token) in reading.tokens.iter().enumerate() {
        if marked[i] || token.pos != "PROPN" || !surnames.contains_key(reading.word(i)) {
            continue;
        }
        // Part of a longer name that is not this person's: "Eisenhower Tower".
        let follows = i > 0 && proper(i - 1) && reading.tokens[i - 1].space_after && token.dep == "compound";
        if follows || (proper(i + 1) && token.space_after && token.dep == "compound") {
            continue;
        }
        entities.push(Entity { tokens: i..i + 1, kind: "PERSON" });
    }
    if entities.len() > before {
        entities.sort_by_key(|e| e.tokens.start);
    }
}

/// Where the last part of a name begins, parts joined by hyphens counted as one.
fn family_start(reading: &Reading, entity: &Entity) -> usize {
    let mut at = entity.tokens.end - 1;
    while at >= entity.tokens.start + 2 && reading.word(at - 1) == "-" {
        at -= 2;
    }
    at
}
