//! Finding: every place in the text that may refer to an actor. Names come from the model's entity spans, mended by
//! what the lists know; descriptions from nouns that name people who act; pronouns from a closed list.

use super::known::Known;
use super::lexicon::Lexicon;
use super::nouns::{Class, Noun, lower};
use super::places::Spot;
use crate::MentionKind;
use broadsheet_language::{Iob, Reading};
use std::collections::HashSet;
use std::ops::Range;

/// What a mention seems to be before it is compared with others.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A country by its name or its seat of government.
    Country(&'static str),
    /// A people, or a national adjective.
    Demonym(&'static str),
    /// A capital.
    Capital(&'static str),
    /// A human being.
    Person,
    /// An organization.
    Organization,
    /// A place below the state.
    Place(Option<Spot>),
    /// A description.
    Noun(Noun),
    /// A pronoun.
    Pronoun(Pronoun),
}

/// The pronouns that are resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pronoun {
    /// he, him, his
    He,
    /// she, her
    She,
    /// it, its
    It,
    /// they, them, their
    They,
}

/// A place in the text that may refer to an actor.
#[derive(Debug, Clone)]
pub struct Found {
    /// How it refers.
    pub kind: MentionKind,
    /// What it seems to be.
    pub what: What,
    /// The entry of a list that has this name.
    pub known: Option<Known>,
    /// The name alone, or the words of the description.
    pub name: Range<usize>,
    /// The noun phrase around it: titles and modifiers before it.
    pub span: Range<usize>,
    /// The token that heads it.
    pub head: usize,
}

/// Finds all of them, by position of the head.
pub fn find(reading: &Reading, lexicon: &Lexicon) -> Vec<Found> {
    let mut found = names(reading, lexicon);
    let mut taken = vec![false; reading.tokens.len()];
    for f in &found {
        taken[f.span.clone()].fill(true);
        taken[f.name.clone()].fill(true);
    }
    let described = descriptions(reading, lexicon, &found, &taken);
    found.extend(described);
    found.extend(pronouns(reading));
    found.sort_by_key(|f| (f.head, f.span.start));
    found.dedup_by_key(|f| f.head);
    found
}

/// Names.
fn names(reading: &Reading, lexicon: &Lexicon) -> Vec<Found> {
    let known = known(reading, lexicon);
    let mut spans: Vec<(Range<usize>, What, Option<Known>)> = Vec::new();
    let mut used = vec![false; known.len()];
    for (range, label) in reading.entities() {
        let range = trim(reading, range);
        if range.is_empty()
            || matches!(label, "DATE" | "TIME" | "PERCENT" | "MONEY" | "QUANTITY" | "ORDINAL" | "CARDINAL")
        {
            continue;
        }
        let from = known.partition_point(|(r, _)| r.end <= range.start);
        let over: Vec<usize> = (from..known.len()).take_while(|&k| known[k].0.start < range.end).collect();
        let outside = over.iter().any(|&k| known[k].0.start < range.start || known[k].0.end > range.end);
        let exact = over.iter().any(|&k| known[k].0 == range);
        if outside || exact {
            continue; // the list's span wins below
        }
        let (range, what) = match what(reading, lexicon, range, label) {
            Some(w) => w,
            None => continue,
        };
        let joins = range.clone().any(|t| matches!(reading.word(t), "and" | "or" | "," | "/" | "-" | "–"));
        if !over.is_empty() && joins && !matches!(what, What::Person | What::Organization) {
            continue;
        }
        for &k in &over {
            let inside = known[k].0.start >= range.start && known[k].0.end <= range.end;
            used[k] |= inside;
        }
        spans.push((range, what, None));
    }
    for ((range, entry), used) in known.into_iter().zip(used) {
        if !used {
            spans.push((range.clone(), what_known(entry), Some(entry)));
        }
    }
    spans.extend(titled(reading, lexicon, &spans));
    spans.sort_by_key(|(r, ..)| (r.start, std::cmp::Reverse(r.end)));
    mend(reading, lexicon, &mut spans);
    let (mut end, mut floor) = (0, 0);
    let mut out = Vec::with_capacity(spans.len());
    for (name, what, known) in spans {
        if name.start < end {
            continue;
        }
        end = name.end;
        let known = known.or_else(|| lexicon.known(reading.span(name.start, name.end)));
        let first = match what {
            What::Person => modifiers(reading, lexicon, &name, floor, &out),
            _ => article(reading, name.start, floor),
        };
        if what == What::Person {
            floor = end;
        }
        let head = head(reading, &name);
        out.push(Found { kind: MentionKind::Name, what, known, span: first..name.end, name, head });
    }
    out
}

/// Mends spans by their neighbours: a person cut in two, a first name at the end of an organization, a surname taken
/// for an organization or a place.
fn mend(reading: &Reading, lexicon: &Lexicon, spans: &mut Vec<(Range<usize>, What, Option<Known>)>) {
    for i in 1..spans.len() {
        let (left, right) = spans.split_at_mut(i);
        let (Some(a), Some(b)) = (left.last_mut(), right.first_mut()) else { continue };
        let touch = a.0.end == b.0.start && reading.tokens[a.0.start].sentence == reading.tokens[b.0.start].sentence;
        if !touch || b.1 != What::Person || b.2.is_some() || a.2.is_some() {
            continue;
        }
        let last = a.0.end - 1;
        if a.1 == What::Person {
            // Keeps the order by start: the second is emptied and dropped below.
            b.0.start = a.0.start;
            a.0.end = a.0.start;
        } else if a.1 == What::Organization && a.0.len() > 1 && lexicon.names.gender(reading.word(last)).is_some() {
            b.0.start = last;
            a.0.end = last;
        }
    }
    spans.retain(|(r, ..)| !r.is_empty());
    // "Gen. Anders [Holm]": a first name left out.
    for i in 0..spans.len() {
        let before = if i > 0 { spans[i - 1].0.end } else { 0 };
        let (range, what, known) = &mut spans[i];
        let Some(t) = range.start.checked_sub(1).filter(|&t| t >= before) else { continue };
        let name = matches!(reading.tokens[t].tag, "NNP" | "NNPS")
            && reading.tokens[t].sentence == reading.tokens[range.start].sentence
            && !is_title(reading, lexicon, t);
        let first = name
            && (lexicon.names.gender(reading.word(t)).is_some()
                || t > before && reading.tokens[t - 1].tag == "NNP" && is_title(reading, lexicon, t - 1));
        if *what == What::Person && known.is_none() && range.len() == 1 && first {
            range.start = t;
        }
    }
    let surnames: HashSet<&str> = spans
        .iter()
        .filter(|(r, w, _)| *w == What::Person && r.len() > 1)
        .map(|(r, ..)| reading.word(r.end - 1))
        .collect();
    for (range, what, known) in spans.iter_mut() {
        let loose = matches!(what, What::Organization | What::Place(_)) && known.is_none() && range.len() == 1;
        if loose && surnames.contains(reading.word(range.start)) {
            *what = What::Person;
        }
    }
}

/// Spans that the lists know, longest first from left to right.
fn known(reading: &Reading, lexicon: &Lexicon) -> Vec<(Range<usize>, Known)> {
    let mut out = Vec::new();
    let mut i = 0;
    let n = reading.tokens.len();
    while i < n {
        let word = reading.word(i);
        let begins = word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        let reach = if begins { lexicon.reach(word) } else { 0 };
        let sentence = reading.tokens[i].sentence;
        let hit = (1..=reach.min(n - i)).rev().find_map(|len| {
            let last = i + len - 1;
            // A name never ends in the middle of a longer hyphenated or capitalized one.
            let letters = reading.word(last).chars().any(|c| c.is_alphanumeric() || c == '+');
            if reading.tokens[last].sentence != sentence || reading.tokens[last].tag == "POS" || !letters {
                return None;
            }
            let entry = lexicon.known(reading.span(i, i + len))?;
            sound(reading, i..i + len, entry).then_some((i..i + len, entry))
        });
        match hit {
            Some((range, entry)) => {
                i = range.end;
                out.push((range, entry));
            }
            None => i += 1,
        }
    }
    out
}

/// Whether a listed name is really used as a name here.
fn sound(reading: &Reading, range: Range<usize>, entry: Known) -> bool {
    let t = &reading.tokens[range.start];
    if range.len() > 1 {
        return true;
    }
    let next = range.end;
    let tied = |k: usize| reading.tokens.get(k).is_some_and(|n| n.entity_iob == Iob::I);
    match entry {
        // "Jordan" and "Chad" may be people, "Apple" and "Target" words at the start of a sentence.
        Known::Country(_) | Known::Capital(_) => {
            !(t.entity_type == "PERSON" && tied(next)) && !(t.entity_iob == Iob::I && t.entity_type == "PERSON")
        }
        Known::Demonym(_) | Known::Seat(_) => true,
        Known::Organization(_) => t.pos == "PROPN" || !t.entity_type.is_empty(),
        Known::Person(_) => {
            // A surname alone, and not within a longer name.
            let before = range.start.checked_sub(1);
            let first_name = before.is_some_and(|b| {
                reading.tokens[b].tag == "NNP"
                    && reading.tokens[b].entity_type == "PERSON"
                    && reading.tokens[b].sentence == t.sentence
            });
            t.pos == "PROPN" && !first_name && !(tied(next) && t.entity_type == "PERSON")
        }
    }
}

/// What an entry of a list is in the text.
fn what_known(entry: Known) -> What {
    match entry {
        Known::Country(c) | Known::Seat(c) => What::Country(c),
        Known::Demonym(c) => What::Demonym(c),
        Known::Capital(c) => What::Capital(c),
        Known::Organization(_) => What::Organization,
        Known::Person(_) => What::Person,
    }
}

/// An entity span without article, possessive, punctuation at its ends, and what stands after a line break.
fn trim(reading: &Reading, range: Range<usize>) -> Range<usize> {
    let (mut first, mut last) = (range.start, range.end);
    if let Some(at) = (first..last).find(|&t| reading.tokens[t].tag == "_SP" || reading.word(t).contains('\n')) {
        if at > first {
            last = at;
        }
    }
    let loose = |t: usize| {
        let token = &reading.tokens[t];
        token.pos == "PUNCT" && !matches!(reading.word(t), "." | ")") || matches!(token.tag, "POS" | "DT" | "_SP")
    };
    while first < last && loose(first) {
        first += 1;
    }
    while first < last && loose(last - 1) {
        last -= 1;
    }
    first..last
}

/// What an entity of the model is, with the span that really is the name; none if it is no actor.
fn what(reading: &Reading, lexicon: &Lexicon, range: Range<usize>, label: &str) -> Option<(Range<usize>, What)> {
    let capital = |t: usize| reading.word(t).chars().next().is_some_and(char::is_uppercase);
    let body = body_name(reading, lexicon, &range);
    // "Secretary of [State]" is an office, "the [Federal Government]" a description of the country.
    let last = range.end - 1;
    let floor = sentence_start(reading, last).max(last.saturating_sub(6));
    if lexicon.roles.ending_at(reading, last, floor).is_some_and(|(first, _)| first < range.start)
        || lexicon.agents.ending_at(reading, last, floor).is_some_and(|(_, n)| n.class == Class::Government)
    {
        return None;
    }
    match label {
        "PERSON" | "ORG" | "PRODUCT" | "WORK_OF_ART" | "FAC" | "GPE" | "NORP" | "LOC" => {}
        _ => return None,
    }
    // "Iranian Foreign Minister Abbas Araghchi" marked as one: what stands before the name is not part of it.
    let title = titles(reading, lexicon, &range);
    if title > range.start && title < range.end && (label == "PERSON" || !body) && capital(title) {
        return Some((title..range.end, What::Person));
    }
    let before_is_title = range.start > 0
        && reading.tokens[range.start - 1].sentence == reading.tokens[range.start].sentence
        && is_title(reading, lexicon, range.start - 1);
    match label {
        "PERSON" if body => Some((range, What::Organization)),
        "PERSON" => {
            let words = range.clone().filter(|&t| reading.tokens[t].pos != "PUNCT").count();
            (capital(range.start) && words <= 6).then_some((range, What::Person))
        }
        "ORG" if before_is_title && !body && range.len() <= 3 => Some((range, What::Person)),
        // A first name in front: a person whom the model took for something else.
        "ORG" | "GPE"
            if !body && (2..=4).contains(&range.len()) && lexicon.names.gender(reading.word(range.start)).is_some() =>
        {
            Some((range, What::Person))
        }
        "ORG" => {
            let spot = (range.len() == 1).then(|| lexicon.places.spots(reading.word(range.start)).first().copied());
            match spot.flatten().filter(|s| s.region || s.population >= 100) {
                Some(s) => Some((range, What::Place(Some(s)))),
                None => capital(range.start).then_some((range, What::Organization)),
            }
        }
        "PRODUCT" | "WORK_OF_ART" | "FAC" => {
            if before_is_title && label == "PRODUCT" {
                return Some((range, What::Person));
            }
            (body && label != "WORK_OF_ART").then_some((range, What::Organization))
        }
        "GPE" if before_is_title && range.len() <= 3 => Some((range, What::Person)),
        "GPE" | "LOC" => {
            let spot = lexicon.places.spots(reading.span(range.start, range.end)).first().copied();
            (label == "GPE" || spot.is_some()).then_some((range, What::Place(spot)))
        }
        // Parties and religions are told by their nouns.
        _ => body.then_some((range, What::Organization)),
    }
}

/// First token of the sentence of token `t`.
fn sentence_start(reading: &Reading, t: usize) -> usize {
    reading.sentences.get(reading.tokens[t].sentence as usize).map_or(0, |s| s.start as usize)
}

/// Whether a name ends, or begins before "of", in a word that organizations are called by.
fn body_name(reading: &Reading, lexicon: &Lexicon, range: &Range<usize>) -> bool {
    if range.len() < 2 {
        return false;
    }
    let is = |t: usize| {
        let noun = lexicon.agents.get(&lower(reading.word(t)));
        noun.is_some_and(|n| matches!(n.class, Class::Body | Class::Group))
            || lexicon.names.word(&lower(reading.word(t))).is_some()
    };
    is(range.end - 1) || range.clone().skip(1).any(|t| matches!(reading.word(t), "of" | "for") && is(t - 1))
}

/// Whether token `t` ends a title or an office that may stand before a name.
pub fn is_title(reading: &Reading, lexicon: &Lexicon, t: usize) -> bool {
    lexicon.roles.ending_at(reading, t, t.saturating_sub(5)).is_some_and(|(_, n)| !n.plural)
}

/// One past the last title within `range`, or its start.
fn titles(reading: &Reading, lexicon: &Lexicon, range: &Range<usize>) -> usize {
    (range.start..range.end.saturating_sub(1))
        .rev()
        .find(|&t| lexicon.roles.ending_at(reading, t, range.start).is_some_and(|(_, n)| !n.plural))
        .map_or(range.start, |t| t + 1)
}

/// Names that nothing but the title before them tells: "Gov. Maura Healey" where the model saw no person.
fn titled(
    reading: &Reading,
    lexicon: &Lexicon,
    spans: &[(Range<usize>, What, Option<Known>)],
) -> Vec<(Range<usize>, What, Option<Known>)> {
    let mut taken = vec![false; reading.tokens.len()];
    for (range, ..) in spans {
        taken[range.clone()].fill(true);
    }
    let name = |t: usize| {
        reading.tokens.get(t).is_some_and(|k| k.tag == "NNP")
            && reading.word(t).chars().next().is_some_and(char::is_uppercase)
    };
    let mut out = Vec::new();
    let mut i = 1;
    while i < taken.len() {
        let starts = !taken[i] && name(i) && !taken[i - 1] && !is_title(reading, lexicon, i);
        let same = reading.tokens[i - 1].sentence == reading.tokens[i].sentence;
        let title = reading.word(i - 1).chars().next().is_some_and(char::is_uppercase);
        if starts && same && title && is_title(reading, lexicon, i - 1) {
            let sentence = reading.tokens[i].sentence;
            let mut end = i + 1;
            while end < taken.len()
                && !taken[end]
                && reading.tokens[end].sentence == sentence
                && (name(end) || reading.word(end) == "-" && name(end + 1))
                && end - i < 6
            {
                end += 1;
            }
            out.push((i..end, What::Person, None));
            i = end;
        } else {
            i += 1;
        }
    }
    out
}

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
fn article(reading: &Reading, first: usize, floor: usize) -> usize {
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
    if let Some(t) = name.start.checked_sub(1).filter(|&t| t >= floor && reading.tokens[t].sentence == sentence) {
        if let Some((start, _)) = lexicon.roles.ending_at(reading, t, floor.max(t.saturating_sub(5))) {
            sure = start;
        }
    }
    while first > floor.max(name.start.saturating_sub(14)) {
        let t = first - 1;
        let token = &reading.tokens[t];
        if token.sentence != sentence {
            break;
        }
        // An organization's name is taken as a whole: "Council for the Welfare of Children [spokesman]".
        let at = names.partition_point(|f| f.name.end <= t);
        if let Some(f) = names.get(at).filter(|f| f.what == What::Organization && f.name.len() > 1) {
            if f.name.end == first && f.name.start >= floor {
                first = f.span.start.max(floor);
                continue;
            }
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
fn descriptions(reading: &Reading, lexicon: &Lexicon, names: &[Found], taken: &[bool]) -> Vec<Found> {
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

/// Pronouns of the third person.
fn pronouns(reading: &Reading) -> Vec<Found> {
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
