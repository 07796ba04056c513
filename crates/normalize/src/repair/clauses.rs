//! Clauses: a finite verb without a subject is coordinated with a finite verb, and stands below it as `conj`.

use broadsheet_language::Reading;

/// Mends two mistakes of the parser, besides that of [`shifted_object`]. "seized power, arrested the president and
/// dissolved parliament": the second verb is no adverbial clause. "promised to help and criticized them", "denied that
/// they were attacking and urged talks": a finite verb is not coordinated with an infinitive or a participle but with
/// the finite verb above it.
pub fn mend(reading: &mut Reading) {
    for i in 0..reading.tokens.len() {
        shifted_object(reading, i);
        let token = &reading.tokens[i];
        if token.pos != "VERB" || !matches!(token.tag, "VBD" | "VBZ") {
            continue;
        }
        let head = token.head as usize;
        if head >= i || has(reading, i, &["nsubj", "nsubjpass", "csubj", "mark", "aux", "auxpass", "expl"]) {
            continue;
        }
        match token.dep {
            "advcl" if listed(reading, head, i) => reading.tokens[i].dep = "conj",
            "conj" => {
                if let Some(finite) =
                    finite_above(reading, head).filter(|&f| reading.tokens[f].tag == reading.tokens[i].tag)
                {
                    reading.tokens[i].head = finite as u32;
                }
            }
            _ => {}
        }
    }
}

/// Whether the verb at `i` follows the finite verb `head` behind a comma, and opens no clause of its own.
fn listed(reading: &Reading, head: usize, i: usize) -> bool {
    let tokens = &reading.tokens;
    let opened = children(reading, i).any(|c| c < i && matches!(tokens[c].tag, "WRB" | "WP" | "WDT" | "IN"));
    tokens[head].pos == "VERB"
        && tokens[head].tag == tokens[i].tag
        && i > 0
        && reading.word(i - 1) == ","
        && !opened
        && has(reading, head, &["nsubj", "nsubjpass"])
}

/// The finite verb that the infinitive or participle at `v` complements.
fn finite_above(reading: &Reading, v: usize) -> Option<usize> {
    let tokens = &reading.tokens;
    let infinite = match tokens[v].tag {
        "VB" => children(reading, v).any(|c| tokens[c].tag == "TO"),
        "VBG" => true,
        _ => false,
    };
    let mut at = v;
    for _ in 0..3 {
        if !infinite || !matches!(tokens[at].dep, "xcomp" | "ccomp" | "advcl" | "conj") {
            return None;
        }
        at = tokens[at].head as usize;
        if matches!(tokens[at].tag, "VBD" | "VBZ") && tokens[at].pos == "VERB" {
            return Some(at);
        }
    }
    None
}

/// Mends "called as a farce his party's defeat": what stands without a comma behind the noun of an "as" phrase is the
/// object of a verb that has none.
fn shifted_object(reading: &mut Reading, i: usize) {
    let tokens = &reading.tokens;
    let above = tokens[i].head as usize;
    let noun = match tokens[i].dep {
        "appos" => above,
        // A preposition has one object.
        "pobj" if reading.word(above).eq_ignore_ascii_case("as") => {
            match children(reading, above).find(|&c| c < i && tokens[c].dep == "pobj") {
                Some(first) => first,
                None => return,
            }
        }
        _ => return,
    };
    let preposition = tokens[noun].head as usize;
    let verb = tokens[preposition].head as usize;
    let phrase = tokens[noun].dep == "pobj" && tokens[preposition].dep == "prep" && verb < preposition && noun < i;
    if !phrase || !reading.word(preposition).eq_ignore_ascii_case("as") || tokens[verb].pos != "VERB" {
        return;
    }
    let joined = (noun + 1..i).all(|t| tokens[t].pos != "PUNCT");
    let owned = children(reading, i).any(|c| c > noun && matches!(tokens[c].dep, "poss" | "det"));
    if joined && owned && !has(reading, verb, &["dobj", "auxpass", "nsubjpass"]) {
        reading.tokens[i].dep = "dobj";
        reading.tokens[i].head = verb as u32;
    }
}

fn children(reading: &Reading, i: usize) -> impl Iterator<Item = usize> + '_ {
    // A dependent stands in the same sentence.
    let range = reading.sentences.get(reading.tokens[i].sentence as usize).cloned().unwrap_or(0..0);
    (range.start as usize..range.end as usize).filter(move |&c| c != i && reading.tokens[c].head as usize == i)
}

fn has(reading: &Reading, i: usize, deps: &[&str]) -> bool {
    children(reading, i).any(|c| deps.contains(&reading.tokens[c].dep))
}
