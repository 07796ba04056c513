//! Entity spans as a list: read from the tokens, trimmed, joined over hyphens, written back.

use broadsheet_language::{Iob, Reading};
use std::collections::BTreeMap;
use std::ops::Range;

/// One entity: its tokens and its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Tokens of the name.
    pub tokens: Range<usize>,
    /// OntoNotes type.
    pub kind: &'static str,
}

/// Types whose spans are names of somebody or something.
pub fn is_name(kind: &str) -> bool {
    matches!(
        kind,
        "PERSON" | "NORP" | "FAC" | "ORG" | "GPE" | "LOC" | "PRODUCT" | "EVENT" | "WORK_OF_ART" | "LAW" | "LANGUAGE"
    )
}

/// The entities of `reading`, cut at white space and sentence ends; names lose a leading article, a possessive mark and
/// punctuation at either end.
pub fn trim(reading: &Reading) -> Vec<Entity> {
    let mut out = Vec::new();
    for (range, kind) in reading.entities() {
        let mut first = range.start;
        for i in range.start..=range.end {
            let ends = i == range.end
                || reading.tokens[i].pos == "SPACE"
                || reading.tokens[i].sentence != reading.tokens[first].sentence;
            if !ends {
                continue;
            }
            if let Some(tokens) = trim_one(reading, first..i, kind) {
                out.push(Entity { tokens, kind });
            }
            first = if i < range.end && reading.tokens[i].pos == "SPACE" { i + 1 } else { i };
            if first >= range.end {
                break;
            }
        }
    }
    out
}

fn trim_one(reading: &Reading, mut tokens: Range<usize>, kind: &'static str) -> Option<Range<usize>> {
    if is_name(kind) {
        while tokens.start < tokens.end && is_lead(reading, tokens.start) {
            tokens.start += 1;
        }
        while tokens.start < tokens.end && is_tail(reading, tokens.end - 1, tokens.start) {
            tokens.end -= 1;
        }
    }
    (tokens.start < tokens.end).then_some(tokens)
}

/// "the", and punctuation before a name. A capital "The" inside a sentence belongs to the name ("The Hague").
fn is_lead(reading: &Reading, i: usize) -> bool {
    let word = reading.word(i);
    let opens = reading
        .sentences
        .get(reading.tokens[i].sentence as usize)
        .is_some_and(|s| (s.start as usize..i).all(|k| matches!(reading.tokens[k].pos, "SPACE" | "PUNCT")));
    matches!(word, "the" | "a" | "an" | "'s" | "’s") || (opens && matches!(word, "The" | "A" | "An")) || is_mark(word)
}

fn is_tail(reading: &Reading, i: usize, start: usize) -> bool {
    let word = reading.word(i);
    if word == ")" {
        return !(start..i).any(|k| reading.word(k) == "(");
    }
    matches!(word, "'s" | "’s" | "'" | "’" | "the") || is_mark(word)
}

/// A token without a letter or digit.
fn is_mark(word: &str) -> bool {
    !word.chars().any(char::is_alphanumeric) && !matches!(word, "+" | "!" | "$" | "£" | "€" | "%")
}

/// Frees a name that the model drew into the amount behind it ("fined `Meta 1.2 billion euros`"), where the article has
/// marked the same name elsewhere.
pub fn free_names(reading: &Reading, entities: &mut Vec<Entity>) {
    let known: BTreeMap<&str, &'static str> = entities
        .iter()
        .filter(|e| is_name(e.kind))
        .map(|e| (reading.span(e.tokens.start, e.tokens.end), e.kind))
        .collect();
    let mut out = Vec::with_capacity(entities.len());
    for entity in entities.drain(..) {
        let Range { start, end } = entity.tokens;
        let amount = matches!(entity.kind, "MONEY" | "QUANTITY" | "CARDINAL" | "PERCENT");
        let first = (start..end).find(|&i| reading.tokens[i].tag != "NNP").filter(|&i| amount && i > start);
        match first.and_then(|i| known.get(reading.span(start, i)).map(|kind| (i, *kind))) {
            Some((i, kind)) => {
                out.push(Entity { tokens: start..i, kind });
                out.push(Entity { tokens: i..end, kind: entity.kind });
            }
            None => out.push(entity),
        }
    }
    *entities = out;
}

/// Joins a person's name that the tokenizer cut at its hyphens: "Cho" "Tae" "-" "yul".
pub fn join_hyphens(reading: &Reading, entities: &mut Vec<Entity>) {
    let mut out: Vec<Entity> = Vec::with_capacity(entities.len());
    for entity in entities.drain(..) {
        let mut entity = entity;
        if entity.kind == "PERSON" || entity.kind == "GPE" || entity.kind == "ORG" {
            // Forwards: "Tae" + "-" + "yul", unless the tail makes it an adjective: "Biden" + "-" + "backed".
            while joins(reading, entity.tokens.end) && continues_name(reading, entity.tokens.end + 1, entity.kind) {
                entity.tokens.end += 2;
            }
            // Backwards: the model marked "yul" alone, or "Min" of "Kang-Min".
            while entity.kind == "PERSON"
                && entity.tokens.start >= 2
                && joins(reading, entity.tokens.start - 1)
                && is_capital(reading.word(entity.tokens.start - 2))
            {
                entity.tokens.start -= 2;
                while let Some(before) = out.last() {
                    if before.tokens.end <= entity.tokens.start {
                        break;
                    }
                    entity.tokens.start = entity.tokens.start.min(before.tokens.start);
                    out.pop();
                }
            }
        }
        match out.last_mut() {
            // A tail that was marked by itself is inside the joined name already.
            Some(last) if last.tokens.end > entity.tokens.start => {
                last.tokens.end = last.tokens.end.max(entity.tokens.end);
            }
            _ => out.push(entity),
        }
    }
    *entities = out;
}

/// Whether token `i` is a hyphen without space on either side.
fn joins(reading: &Reading, i: usize) -> bool {
    i > 0
        && i + 1 < reading.tokens.len()
        && matches!(reading.word(i), "-" | "‐" | "‑")
        && !reading.tokens[i - 1].space_after
        && !reading.tokens[i].space_after
        && reading.tokens[i].sentence == reading.tokens[i + 1].sentence
}

/// Whether the part after the hyphen belongs to the name: a syllable, not a participle or an adjective.
fn continues_name(reading: &Reading, i: usize, kind: &str) -> bool {
    let (word, token) = (reading.word(i), &reading.tokens[i]);
    if !word.chars().all(char::is_alphabetic) {
        return false;
    }
    if is_capital(word) {
        // "Trump-Kim summit" are two, "Kim Jong-Un" one: a second capital joins where the model saw one name.
        return token.entity_iob == Iob::I || (kind == "PERSON" && token.entity_iob == Iob::O && token.tag == "NNP");
    }
    kind == "PERSON"
        && word.chars().count() <= 6
        && !matches!(token.tag, "VBN" | "VBD" | "VBG" | "JJ")
        && !word.ends_with("ed")
        && !matches!(word, "led" | "era" | "run" | "style" | "like" | "in" | "elect" | "type" | "ally" | "free")
}

/// Whether a word begins with a capital letter.
pub fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Writes the entities into the tokens.
pub fn write(reading: &mut Reading, entities: &[Entity]) {
    for token in &mut reading.tokens {
        token.entity_type = "";
        token.entity_iob = Iob::O;
    }
    for entity in entities {
        for i in entity.tokens.clone() {
            reading.tokens[i].entity_type = entity.kind;
            reading.tokens[i].entity_iob = if i == entity.tokens.start { Iob::B } else { Iob::I };
        }
    }
}
