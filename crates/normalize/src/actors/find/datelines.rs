//! Datelines: where a report was written, before its first words: "HANOI, Vietnam (AP) —". What they name is no actor.

use super::*;

/// The most tokens that a dateline has.
const LONGEST: usize = 16;

/// The datelines of an article, by position.
pub fn datelines(reading: &Reading) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (k, s) in reading.sentences.iter().enumerate() {
        let (first, end) = (s.start as usize, s.end as usize);
        // Only where a paragraph begins.
        let opens = k == 0
            || first.checked_sub(1).is_some_and(|t| {
                reading.word(t).contains('\n') || reading.tokens[t].end + 1 < reading.tokens[first].start
            });
        if let Some(range) = dateline(reading, first, end).filter(|_| opens) {
            out.push(range);
        }
    }
    out
}

/// Whether token `t` stands in one of the datelines.
pub fn in_dateline(datelines: &[Range<usize>], t: usize) -> bool {
    let after = datelines.partition_point(|d| d.start <= t);
    after > 0 && datelines[after - 1].contains(&t)
}

/// The dateline that the sentence `first..end` begins with.
fn dateline(reading: &Reading, first: usize, end: usize) -> Option<Range<usize>> {
    let first = (first..end).find(|&t| !reading.word(t).trim().is_empty())?;
    let shouted = |t: usize| {
        let word = reading.word(t);
        word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.chars().any(char::is_lowercase)
    };
    let mut source = false;
    for t in first..end.min(first + LONGEST) {
        let word = reading.word(t);
        let dash = matches!(word, "-" | "--" | "—" | "–") && t > first && reading.tokens[t - 1].space_after;
        let glued = matches!(word, "--" | "—" | "–") && t > first;
        if dash || glued || word == ":" && shouted(first) && t <= first + 4 {
            return (shouted(first) || source).then_some(first..t + 1);
        }
        source |= word == "(" && reading.tokens.get(t + 2).is_some_and(|_| reading.word(t + 2) == ")");
        let fits = word.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic()) || word == "of";
        if !fits || matches!(reading.tokens[t].tag, "VBZ" | "VBD" | "VBP" | "MD" | "PRP") || word.contains('\n') {
            return None;
        }
    }
    None
}
