//! Phrases: noun phrases around names, descriptions headed by nouns of the lists, and pronouns.

use super::*;

/// The token of `range` that the tree hangs the rest on: the last whose head lies outside.
pub fn head(reading: &Reading, range: &Range<usize>) -> usize {
    range
        .clone()
        .rev()
        .find(|&t| {
            let h = reading.tokens[t].head as usize;
            (!range.contains(&h) || h == t) && reading.tokens[t].pos != "PUNCT"
        })
        .unwrap_or(range.end - 1)
}

/// `first`, or the article before it.
pub(super) fn article(reading: &Reading, first: usize, floor: usize) -> usize {
    match first.checked_sub(1) {
        Some(t)
            if t >= floor
                && reading.tokens[t].tag == "DT"
                && reading.tokens[t].sentence == reading.tokens[first].sentence =>
        {
            t
        }
        _ => first,
    }
}

/// Where the noun phrase that ends with `name` begins: titles, offices, nationalities, articles to the left.
/// `names` are the names before it, by position.
pub fn modifiers(reading: &Reading, lexicon: &Lexicon, name: &Range<usize>, floor: usize, names: &[Found]) -> usize {
    let sentence = reading.tokens[name.start].sentence;
    let mut first = name.start;
    // An office right before the name belongs to it whatever the tree says.
    let mut sure = name.start;
    if let Some(t) = name.start.checked_sub(1).filter(|&t| t >= floor && reading.tokens[t].sentence == sentence)
        && let Some((start, _)) = lexicon.roles.ending_at(reading, t, floor.max(t.saturating_sub(5)))
    {
        sure = start;
    }
    while first > floor.max(name.start.saturating_sub(14)) {
        let t = first - 1;
        let token = &reading.tokens[t];
        if token.sentence != sentence {
            break;
        }
        // An organization's name is taken as a whole: "Council for the Welfare of Children [spokesman]".
        let at = names.partition_point(|f| f.name.end <= t);
        if let Some(f) = names.get(at).filter(|f| f.what == What::Organization && f.name.len() > 1)
            && f.name.end == first
            && f.name.start >= floor
        {
            first = f.span.start.max(floor);
            continue;
        }
        // "Hungarian and [Romanian] officials": as the first of them.
        let mut lead = t;
        while reading.tokens[lead].dep == "conj" && (reading.tokens[lead].head as usize) < lead {
            lead = reading.tokens[lead].head as usize;
        }
        let head = reading.tokens[lead].head as usize;
        let inside = head > t && head < name.end;
        let fits = match token.tag {
            "NNP" | "NNPS" | "NN" | "NNS" | "JJ" | "JJS" | "JJR" | "VBN" | "VBG" | "CD" | "FW" | "AFX" => inside,
            "POS" | "HYPH" => true,
            "DT" | "PRP$" => inside,
            "CC" | "IN" => t >= sure,
            "," => false,
            _ => {
                t >= sure || (inside && token.pos == "PUNCT" && matches!(reading.word(t), "-" | "–" | "\"" | "“" | "”"))
            }
        };
        if !(fits || t >= sure) {
            break;
        }
        first = t;
        if matches!(token.tag, "DT" | "PRP$") && t < sure {
            break;
        }
    }
    // A possessive ending or hyphen left over at the start belongs to something else.
    while first < name.start && matches!(reading.tokens[first].tag, "POS" | "HYPH") {
        first += 1;
    }
    first
}

/// Descriptions: noun phrases headed by nouns of the lists.
pub(super) fn descriptions(reading: &Reading, lexicon: &Lexicon, names: &[Found], taken: &[bool]) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    for i in 0..reading.tokens.len() {
        let token = &reading.tokens[i];
        if taken[i] || !matches!(token.pos, "NOUN" | "PROPN" | "ADJ") {
            continue;
        }
        // A noun that only modifies the next one is not what the phrase is about.
        let next = token.head as usize;
        if matches!(token.dep, "compound" | "nmod" | "amod") && next > i && next <= i + 6 {
            let between = (i + 1..next).all(|t| reading.tokens[t].pos != "PUNCT" || reading.word(t) == "-");
            if between {
                continue;
            }
        }
        let floor = (0..6)
            .map_while(|k| i.checked_sub(k))
            .take_while(|&t| !taken[t] && reading.tokens[t].sentence == token.sentence)
            .last();
        let floor = floor.unwrap_or(i);
        let agent = lexicon.agents.ending_at(reading, i, floor);
        let role = lexicon.roles.ending_at(reading, i, floor).filter(|(_, n)| n.class != Class::Title);
        let (first, noun) = match (agent, role) {
            (Some(a), Some(r)) if r.0 < a.0 => r,
            (Some(a), Some(r)) if r.0 == a.0 && matches!(a.1.class, Class::Person) => r,
            (Some(a), _) => a,
            (None, Some(r)) => r,
            (None, None) => continue,
        };
        if token.pos == "ADJ" && !noun.plural {
            continue;
        }
        let noun = Noun { plural: noun.plural || matches!(token.tag, "NNS" | "NNPS"), ..noun };
        let name = first..i + 1;
        let start = modifiers(reading, lexicon, &name, 0, names);
        if !counts(reading, &noun, &name, start) {
            continue;
        }
        out.push(Found {
            kind: MentionKind::Nominal,
            what: What::Noun(noun),
            known: None,
            span: start..i + 1,
            name,
            head: i,
        });
    }
    out
}

/// Whether a noun can name somebody here. A single person in small letters has an article or another word before it
/// ("a doctor", but "justice was done"), and "my head" is no office.
fn counts(reading: &Reading, noun: &Noun, name: &Range<usize>, start: usize) -> bool {
    let token = &reading.tokens[name.end - 1];
    let one = matches!(noun.class, Class::Person | Class::Office | Class::Job) && !noun.plural;
    if !one || token.tag.starts_with("NNP") {
        return true;
    }
    let of = reading.tokens.get(name.end).is_some_and(|_| matches!(reading.word(name.end), "of" | "for" | "at"));
    if name.len() == 1 && token.lemma == "head" {
        return of || start < name.start && !matches!(reading.tokens[start].tag, "PRP$" | "DT");
    }
    start < name.start
        || of
        || name.len() > 1
        || matches!(token.dep, "appos" | "attr" | "oprd" | "ROOT" | "nsubj")
            && !matches!(token.lemma.as_str(), "justice" | "press" | "counsel" | "labor" | "labour" | "guard")
}

/// Pronouns of the third person.
pub(super) fn pronouns(reading: &Reading) -> Vec<Found> {
    let mut out = Vec::new();
    for (i, t) in reading.tokens.iter().enumerate() {
        if !matches!(t.tag, "PRP" | "PRP$") || t.dep == "expl" {
            continue;
        }
        let which = match lower(reading.word(i)).as_str() {
            "he" | "him" | "his" | "himself" => Pronoun::He,
            "she" | "her" | "hers" | "herself" => Pronoun::She,
            "it" | "its" | "itself" => Pronoun::It,
            "they" | "them" | "their" | "theirs" | "themselves" => Pronoun::They,
            _ => continue,
        };
        let what = What::Pronoun(which);
        out.push(Found { kind: MentionKind::Pronoun, what, known: None, name: i..i + 1, span: i..i + 1, head: i });
    }
    out
}
