//! Mending: spans of names by their neighbours, by titles, and by what a verb needs.

use super::names::{abroad, is_title, what_known};
use super::*;
use crate::actors::words::Use;

/// A span, what it seems to be, and its entry in the lists.
type Span = (Range<usize>, What, Option<Known>);

/// Mends spans by their neighbours: a person cut in two, a first name at the end of an organization, a surname taken
/// for an organization or a place.
pub(super) fn mend(reading: &Reading, lexicon: &Lexicon, spans: &mut Vec<Span>) {
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
    // "the head of Ford [Jim Stone]": a person's name at the end of an organization that the lists know.
    let mut cut = Vec::new();
    for (range, what, known) in spans.iter_mut() {
        if *what != What::Organization || known.is_some() || range.len() < 3 {
            continue;
        }
        let at = (range.start + 1..range.end - 1).find(|&t| {
            lexicon.names.gender(reading.word(t)).is_some()
                && matches!(
                    lexicon.known(reading.span(range.start, t)),
                    Some(Known::Organization(_) | Known::Country(_) | Known::Capital(_))
                )
        });
        if let Some(t) = at {
            cut.push((t..range.end, What::Person, None));
            range.end = t;
            if let Some(entry) = lexicon.known(reading.span(range.start, t)) {
                (*what, *known) = (what_known(entry), Some(entry));
            }
        }
    }
    if !cut.is_empty() {
        spans.extend(cut);
        spans.sort_by_key(|(r, ..)| (r.start, std::cmp::Reverse(r.end)));
    }
    let surnames: HashSet<&str> = spans
        .iter()
        .filter(|(r, w, _)| *w == What::Person && r.len() > 1)
        .map(|(r, ..)| reading.word(r.end - 1))
        .collect();
    for (range, what, known) in spans.iter_mut() {
        let acronym = reading.word(range.start).chars().filter(|c| c.is_uppercase()).count() > 1;
        let article = range.start > 0 && reading.word(range.start - 1).eq_ignore_ascii_case("the");
        let listed = *what == What::Organization && !acronym && !article;
        let loose =
            matches!(what, What::Organization | What::Place(_)) && (known.is_none() || listed) && range.len() == 1;
        if loose && surnames.contains(reading.word(range.start)) {
            *what = What::Person;
            *known = None;
        }
    }
    // "the Bidens" are no place.
    spans.retain(|(r, w, k)| {
        let family = r.len() == 1 && k.is_none() && !matches!(w, What::Country(_) | What::Demonym(_));
        let one = reading.word(r.start).strip_suffix('s').filter(|_| family);
        one.is_none_or(|s| !surnames.contains(s))
    });
    cities(reading, lexicon, spans);
}

/// A city that is also a first name ("Austin") is the city where a dateline or a preposition of place says so.
fn cities(reading: &Reading, lexicon: &Lexicon, spans: &mut [Span]) {
    let datelines = datelines(reading);
    let parts: HashSet<&str> = spans
        .iter()
        .filter(|(r, w, _)| *w == What::Person && r.len() > 1)
        .flat_map(|(r, ..)| r.clone().map(|t| reading.word(t)))
        .collect();
    let alone = |r: &Range<usize>, w: &What, k: &Option<Known>| {
        *w == What::Person && r.len() == 1 && k.is_none() && !parts.contains(reading.word(r.start))
    };
    let mut towns: BTreeMap<String, Spot> = BTreeMap::new();
    for d in &datelines {
        let name = fold::uncapped(reading.word(d.start)).unwrap_or_else(|| reading.word(d.start).to_string());
        if let Some(spot) = lexicon.places.spots(&name).first().copied().filter(|s| s.region || s.population >= 50) {
            towns.insert(name, spot);
        }
    }
    for (range, ..) in spans.iter().filter(|(r, w, k)| alone(r, w, k)) {
        let t = range.start;
        let before = t.checked_sub(1).map(|p| lower(reading.word(p)));
        let placed = in_dateline(&datelines, t)
            || before.is_some_and(|w| matches!(w.as_str(), "in" | "near" | "outside" | "at"));
        let name = fold::uncapped(reading.word(t)).unwrap_or_else(|| reading.word(t).to_string());
        if let Some(spot) = placed.then(|| lexicon.places.spots(&name).first().copied()).flatten()
            && (spot.region || spot.population >= 50)
        {
            towns.insert(name, spot);
        }
    }
    if towns.is_empty() {
        return;
    }
    for (range, what, known) in spans.iter_mut() {
        let name = fold::uncapped(reading.word(range.start)).unwrap_or_else(|| reading.word(range.start).to_string());
        if let Some(&spot) = towns.get(&name).filter(|_| alone(range, what, known)) {
            *what = What::Place(Some(spot));
        }
    }
}

/// Names that nothing but the title before them tells: "Gov. Maura Healey" where the model saw no person.
pub(super) fn titled(reading: &Reading, lexicon: &Lexicon, spans: &[Span]) -> Vec<Span> {
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
        let office = || {
            let found = lexicon.roles.ending_at(reading, i - 1, i.saturating_sub(6));
            found.is_some_and(|(_, n)| !n.plural && matches!(n.class, Class::Office | Class::Title))
        };
        if starts && same && title && office() {
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
            // "the Prime Minister's Official Residence"
            if !lexicon.names.is_thing(&lower(reading.word(end - 1))) && !abroad(lexicon, reading, &(i..end)) {
                out.push((i..end, What::Person, None));
            }
            i = end;
        } else {
            i += 1;
        }
    }
    out
}

/// Surnames that the model did not mark, where they say or do something: "Malloy says refugees are welcome".
pub(super) fn subjects(reading: &Reading, lexicon: &Lexicon, spans: &[Span]) -> Vec<Span> {
    let mut taken = vec![false; reading.tokens.len()];
    for (range, ..) in spans {
        taken[range.clone()].fill(true);
    }
    let mut out = Vec::new();
    for (i, t) in reading.tokens.iter().enumerate() {
        if taken[i] || t.tag != "NNP" || t.dep != "nsubj" || !t.entity_type.is_empty() {
            continue;
        }
        let word = reading.word(i);
        let verb = &reading.tokens[t.head as usize];
        let says =
            matches!(verb.tag, "VBD" | "VBZ" | "VBN" | "VBG" | "VBP") && lexicon.words.is(&verb.lemma, Use::Speaks);
        let name = word.chars().count() >= 4
            && word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().skip(1).all(|c| c.is_lowercase() || c == '\'' || c == '’')
            && word.chars().all(char::is_alphabetic);
        let noun = lower(word);
        let common = lexicon.agents.get(&noun).is_some()
            || lexicon.roles.get(&noun).is_some()
            || lexicon.names.word(&noun).is_some()
            || lexicon.known(word).is_some();
        // Part of a longer name, or with modifiers before it: no surname.
        let alone = i == 0
            || reading.tokens[i - 1].sentence != t.sentence
            || reading.tokens[i - 1].pos == "PUNCT"
            || matches!(reading.tokens[i - 1].tag, "CC" | "IN" | "RB" | "VBD" | "VBZ");
        if says && name && !common && alone {
            out.push((i..i + 1, What::Person, None));
        }
    }
    out
}
