//! Indirect speech: clauses under a reporting verb, and sentences "according to" somebody.

use super::lexicon::{Lexicon, Manner};
use super::speaker::{Speaker, Speakers};
use std::ops::Range;

/// The most tokens of a sentence that is read as a statement around its reporting clause.
const MOST: usize = 200;

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
    // "Asked why he left": the one who asks is not named.
    let helped = tree.children(v).any(|c| matches!(reading.tokens[c].dep, "aux" | "auxpass"));
    if open || reading.tokens[v].tag == "VBN" && !helped {
        return None;
    }
    let is_clause = |&c: &usize| {
        reading.tokens[c].dep == "ccomp"
            && tree.children(c).any(|k| matches!(reading.tokens[k].dep, "nsubj" | "nsubjpass" | "expl" | "csubj"))
    };
    let own = tree.children(v).filter(|&c| c > v).find(is_clause).or_else(|| tree.children(v).find(is_clause));
    let Some(clause) = own.or_else(|| in_carrier(speakers, lexicon, v)) else {
        return aside(speakers, v);
    };
    // "condemns what he calls a crime" names a thing; "said what had happened" tells nothing.
    let first = tree.range(clause).start;
    let free = matches!(reading.word(first).to_lowercase().as_str(), "what" | "whatever" | "who" | "whoever" | "which");
    let asks = lexicon.manner(reading.tokens[v].lemma.as_str()) == Some(Manner::Ask);
    let unsure = tree
        .children(clause)
        .any(|k| k < clause && matches!(reading.word(k).to_lowercase().as_str(), "whether" | "if"));
    if (unsure || free) && !asks {
        return None;
    }
    // "cars that analysts say will sell": the subject of what is said stands before the verb.
    let relative = tree.children(clause).any(|k| {
        let word = reading.word(k).to_lowercase();
        k < v
            && clause > v
            && reading.tokens[k].dep.starts_with("nsubj")
            && matches!(word.as_str(), "that" | "which" | "who" | "what")
    });
    if relative {
        return None;
    }
    let subject = speakers.subject(v)?;
    let mut range = tree.range(clause);
    let sentence = reading.sentences.get(reading.tokens[v].sentence as usize)?;
    let (from, to) = (sentence.start as usize, sentence.end as usize);
    let phrase = tree.range(subject);
    let lead = if subject < v { phrase.start.min(v) } else { v };
    let behind = if subject > v { phrase.end.max(v + 1) } else { v + 1 };
    if clause < v {
        // The clause does not reach over its verb.
        let edge = if subject < v && subject > clause { phrase.start.max(clause + 1) } else { v };
        range.end = range.end.min(edge).min(v);
        // "A happened, and B will happen, X said": all that stands before the last comma.
        // What goes on behind the verb without a mark is a clause that the tree has lost.
        let ends = (behind..to).take(8).any(|i| !reading.word(i).chars().any(char::is_alphanumeric));
        let opening = &reading.tokens[from];
        let asked = opening.tag == "VBN" || opening.tag == "VBD" && lexicon.manner(opening.lemma.as_str()).is_some();
        if let Some(comma) = before_comma(speakers, from, lead)
            && ends
            && !asked
            && range.end <= comma + 1
            && !(from..comma)
                .any(|i| i != v && is_cue(speakers, lexicon, i) && tree.ancestors(reading, i).all(|a| a != clause))
            && (from..comma).all(|i| !reading.word(i).contains('\n'))
        {
            range = from..comma;
        }
    } else if is_parenthesis(speakers, lead, behind, from) {
        // "The plan, he said, will fail."
        range = from..to;
    } else {
        range.start = range.start.max(v + 1);
        trim_after_verb(speakers, lexicon, v, clause, &mut range);
    }
    let speaker = speakers.at(subject);
    if lexicon.is_evidence(reading.tokens[v].lemma.as_str())
        && speaker.actor.is_none()
        && !lexicon.is_carrier(reading.tokens[subject].lemma.as_str())
    {
        return None;
    }
    if matches!(
        speaker.name.as_deref().map(str::to_lowercase).as_deref(),
        Some("i" | "we" | "you" | "it" | "this" | "which" | "that" | "what" | "there")
    ) {
        return None;
    }
    let aside = range.contains(&v);
    let tokens = trim(speakers, range)?;
    if (tokens.start.min(v)..tokens.end.max(v)).any(|i| reading.word(i).contains('\n')) {
        return None;
    }
    if tokens.contains(&subject) && !aside {
        return None;
    }
    Some(Told { tokens, speaker, cue: (v, v + 1) })
}

/// Cuts from a clause behind verb `v` what the tree has wrongly hung under it: the day of the statement before it, and
/// behind it the article's own comment or next report.
fn trim_after_verb(speakers: &Speakers, lexicon: &Lexicon, v: usize, clause: usize, range: &mut Range<usize>) {
    let (reading, tree) = (speakers.reading, speakers.tree);
    let word = |i: usize| reading.word(i);
    // "said Monday the victim had died"
    let day = tree.children(clause).find(|&c| reading.tokens[c].dep == "npadvmod" && tree.range(c).start == v + 1);
    if let Some(day) = day.filter(|&d| reading.tokens[d].entity_type == "DATE" && range.start == v + 1) {
        range.start = tree.range(day).end.min(clause);
    }
    // "told friends that ...": where the tree has not seen the conjunction.
    if word(range.start).eq_ignore_ascii_case("that") && reading.tokens[range.start].tag == "IN" {
        range.start += 1;
    }
    let mut dash = None;
    for i in range.start + 1..range.end.saturating_sub(1) {
        let next = &reading.tokens[i + 1];
        match word(i) {
            // "says it has helped — and at times it is right": the article comments; a second dash closes an insertion.
            "—" | "–" | "--" if dash.is_none() && next.dep == "cc" => dash = Some(i),
            "—" | "–" | "--" => dash = Some(usize::MAX),
            // "denied that she had left, saying ...": a report of its own.
            "," if next.tag == "VBG" && lexicon.takes_clause(next.lemma.as_str()) => {
                range.end = i;
                break;
            }
            // "saying he was ashamed and calling them names": the second participle goes with the first.
            "and" | "but"
                if reading.tokens[v].tag == "VBG"
                    && next.tag == "VBG"
                    && next.dep == "conj"
                    && reading.tokens[next.head as usize].tag != "VBG" =>
            {
                range.end = i;
                break;
            }
            _ => {}
        }
    }
    if let Some(at) = dash.filter(|&at| range.contains(&at)) {
        range.end = at;
    }
}

/// The clause on a noun that carries words: "said in a statement that the dam was safe".
fn in_carrier(speakers: &Speakers, lexicon: &Lexicon, v: usize) -> Option<usize> {
    let (tokens, tree) = (&speakers.reading.tokens, speakers.tree);
    let preps = tree.children(v).filter(|&c| c > v && tokens[c].dep == "prep");
    let nouns = preps.flat_map(|p| tree.children(p)).filter(|&n| tokens[n].dep == "pobj");
    nouns.filter(|&n| lexicon.is_carrier(tokens[n].lemma.as_str())).flat_map(|n| tree.children(n)).find(|&c| {
        matches!(tokens[c].dep, "acl" | "relcl" | "ccomp")
            && tree.children(c).any(|k| tokens[k].dep == "mark" && speakers.reading.word(k) == "that")
            && tree.children(c).any(|k| tokens[k].dep.starts_with("nsubj"))
    })
}

/// The sentence around a reporting clause between commas: "The bridge, the mayor said, will be closed."
fn aside(speakers: &Speakers, v: usize) -> Option<Told> {
    let (reading, tree) = (speakers.reading, speakers.tree);
    let sentence = reading.sentences.get(reading.tokens[v].sentence as usize)?;
    let (from, to) = (sentence.start as usize, sentence.end as usize);
    let phrase = tree.range(v);
    let subject = tree.children(v).find(|&c| reading.tokens[c].dep == "nsubj")?;
    let inside = reading.tokens[v].dep == "parataxis" && from < phrase.start && phrase.end < to;
    let comma = |i: usize| reading.tokens.get(i).is_some() && reading.word(i) == ",";
    // The commas may belong to the clause or stand around it.
    let closed = to < from + MOST
        && (comma(phrase.start) || phrase.start > 0 && comma(phrase.start - 1))
        && (comma(phrase.end - 1) || comma(phrase.end));
    if !inside || !closed || (from..to).any(|i| reading.word(i).contains('\n') && i + 1 < to) {
        return None;
    }
    let tokens = trim(speakers, from..to)?;
    Some(Told { tokens, speaker: speakers.at(subject), cue: (v, v + 1) })
}

/// Whether token `i` is a verb that reports.
fn is_cue(speakers: &Speakers, lexicon: &Lexicon, i: usize) -> bool {
    let t = &speakers.reading.tokens[i];
    t.tag.starts_with("VB") && lexicon.takes_clause(t.lemma.as_str())
}

/// The comma right before token `lead`, if the sentence from `from` on says something before it.
fn before_comma(speakers: &Speakers, from: usize, lead: usize) -> Option<usize> {
    let comma = lead.checked_sub(1).filter(|&i| i > from && speakers.reading.word(i) == ",")?;
    (3..=MOST).contains(&(comma - from)).then_some(comma)
}

/// Whether the tokens of a subject and its verb stand between two commas inside a sentence.
fn is_parenthesis(speakers: &Speakers, first: usize, last: usize, from: usize) -> bool {
    let reading = speakers.reading;
    first > from + 1
        && first < from + MOST
        && reading.word(first - 1) == ","
        && last < reading.tokens.len()
        && reading.word(last) == ","
        && !(from..first).any(|i| reading.word(i).contains('\n'))
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
    // "Another advantage, according to X, is that ...": the sentence is cut in two.
    let subject = main.and_then(|v| tree.children(v).find(|&c| matches!(reading.tokens[c].dep, "nsubj" | "nsubjpass")));
    let inside = main.is_some_and(|v| v >= source_end) && subject.is_some_and(|s| s < at && s >= first);
    let tokens = if inside {
        first..last
    } else if solid(left.clone()) >= 3 {
        left
    } else {
        right
    };
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
