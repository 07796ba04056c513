//! Indirect speech: clauses under a reporting verb, and sentences "according to" somebody.

use super::lexicon::{Lexicon, Manner};
use super::speaker::{Speaker, Speakers};
use std::ops::Range;

/// A statement told in the article's own words.
#[derive(Debug, Clone)]
pub struct Told {
    /// Tokens of the statement.
    pub tokens: Range<usize>,
    /// Who makes it.
    pub speaker: Speaker,
    /// Tokens of the reporting words.
    pub cue: (usize, usize),
}

/// All indirect statements whose reporting word does not stand in `quoted` tokens.
pub fn statements(speakers: &Speakers, lexicon: &Lexicon, quoted: &[bool]) -> Vec<Told> {
    let reading = speakers.reading;
    let mut out = Vec::new();
    for v in (0..reading.tokens.len()).filter(|&v| !quoted[v]) {
        if reading.word(v).eq_ignore_ascii_case("according") {
            out.extend(according(speakers, v));
        } else if reading.tokens[v].tag.starts_with("VB") && lexicon.takes_clause(reading.tokens[v].lemma.as_str()) {
            out.extend(under_verb(speakers, lexicon, v));
        }
    }
    out
}

fn under_verb(speakers: &Speakers, lexicon: &Lexicon, v: usize) -> Option<Told> {
    let (reading, tree) = (speakers.reading, speakers.tree);
    let open = tree.children(v).any(|c| {
        let t = &reading.tokens[c];
        // "did not say", "will say", "to say": nothing has been said.
        t.dep == "neg" || (t.dep == "aux" && matches!(t.tag, "MD" | "TO"))
    });
    if open {
        return None;
    }
    let clause = tree.children(v).find(|&c| {
        let t = &reading.tokens[c];
        t.dep == "ccomp"
            && tree.children(c).any(|k| matches!(reading.tokens[k].dep, "nsubj" | "nsubjpass" | "expl" | "csubj"))
    })?;
    let asks = lexicon.manner(reading.tokens[v].lemma.as_str()) == Some(Manner::Ask);
    let unsure = tree
        .children(clause)
        .any(|k| k < clause && matches!(reading.word(k).to_lowercase().as_str(), "whether" | "if"));
    if unsure && !asks {
        return None;
    }
    let subject = speakers.subject(v)?;
    let mut range = tree.range(clause);
    // The clause does not reach over its verb.
    if clause < v {
        let edge = if subject < v && subject > clause { tree.range(subject).start.max(clause + 1) } else { v };
        range.end = range.end.min(edge).min(v);
    } else {
        range.start = range.start.max(v + 1);
    }
    let speaker = speakers.at(subject);
    if matches!(
        speaker.name.as_deref().map(str::to_lowercase).as_deref(),
        Some("i" | "we" | "you" | "it" | "this" | "which" | "that" | "what" | "there")
    ) {
        return None;
    }
    let tokens = trim(speakers, range)?;
    if tokens.contains(&subject) {
        return None;
    }
    Some(Told { tokens, speaker, cue: (v, v + 1) })
}

/// The sentence around "according to X", without these words.
fn according(speakers: &Speakers, at: usize) -> Option<Told> {
    let (reading, tree) = (speakers.reading, speakers.tree);
    if at + 1 >= reading.tokens.len() || reading.word(at + 1) != "to" {
        return None;
    }
    let source = tree
        .children(at + 1)
        .find(|&c| reading.tokens[c].dep == "pobj")
        .or_else(|| speakers.noun_after(at + 2, reading.tokens.len()))?;
    let sentence = reading.sentences.get(reading.tokens[at].sentence as usize)?;
    let (first, last) = (sentence.start as usize, sentence.end as usize);
    let source_end = tree.range(source).end.max(source + 1).min(last);
    let solid = |r: Range<usize>| r.filter(|&i| reading.word(i).chars().any(char::is_alphanumeric)).count();
    // The side of the sentence that says something is the statement; on the right it begins with the main clause.
    let main = tree.ancestors(reading, at).find(|&a| matches!(reading.tokens[a].pos, "VERB" | "AUX"));
    let clause = main.and_then(|v| {
        tree.children(v).find(|&c| c > source && matches!(reading.tokens[c].dep, "nsubj" | "nsubjpass" | "expl"))
    });
    let comma = match clause {
        Some(subject) => tree.range(subject).start.max(source + 1),
        None => (source..last).find(|&i| reading.word(i) == ",").map_or(source_end, |c| c + 1),
    };
    let (left, right) = (first..at, comma..last);
    let tokens = if solid(left.clone()) >= 3 { left } else { right };
    let tokens = trim(speakers, tokens)?;
    (solid(tokens.clone()) >= 3).then(|| Told { tokens, speaker: speakers.at(source), cue: (at, at + 2) })
}

/// A range without "that", punctuation and white space at its ends.
fn trim(speakers: &Speakers, mut r: Range<usize>) -> Option<Range<usize>> {
    let reading = speakers.reading;
    let mark = |i: usize| {
        !reading.word(i).chars().any(char::is_alphanumeric)
            && !matches!(reading.word(i), "$" | "£" | "€" | "%" | ")" | "(")
    };
    while r.start < r.end
        && (mark(r.start)
            || (reading.word(r.start).eq_ignore_ascii_case("that") && reading.tokens[r.start].dep == "mark"))
    {
        r.start += 1;
    }
    while r.end > r.start && mark(r.end - 1) {
        // The closing mark of words quoted inside the statement stays.
        let quote = |i: &usize| matches!(reading.word(*i), "\"" | "“" | "”" | "``" | "''");
        if quote(&(r.end - 1)) && r.clone().filter(quote).count() % 2 == 0 {
            break;
        }
        r.end -= 1;
    }
    (r.start < r.end).then_some(r)
}
