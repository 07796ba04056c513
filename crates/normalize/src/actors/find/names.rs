//! Names: the model's entity spans, mended by what the lists know.

use super::mend::{mend, subjects, titled};
use super::phrases::{article, head, modifiers};
use super::*;

/// Names.
pub(super) fn names(reading: &Reading, lexicon: &Lexicon) -> Vec<Found> {
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
        // "Kosovo province": a country's name with the word for what it is to somebody.
        let last = lower(reading.word(range.end - 1));
        let part = over.iter().any(|&k| {
            matches!(known[k].1, Known::Country(_))
                && known[k].0 == (range.start..range.end - 1)
                && matches!(last.as_str(), "province" | "region" | "territory" | "enclave")
        });
        if outside || exact || part {
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
    spans.extend(subjects(reading, lexicon, &spans));
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
        Known::Country(_) | Known::Capital(_) => t.entity_type != "PERSON" || !tied(next) && t.entity_iob != Iob::I,
        Known::Demonym(_) | Known::Part(_) | Known::Seat(_) => true,
        Known::Organization(_) => {
            // "USAID" is a name whatever the tagger takes it for.
            let acronym = reading.word(range.start).chars().filter(|c| c.is_uppercase()).count() >= 3;
            // "WeWork", "PayPal"
            let mixed = reading.word(range.start).chars().skip(1).any(char::is_uppercase);
            t.pos == "PROPN" || !t.entity_type.is_empty() || acronym || mixed
        }
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
pub(super) fn what_known(entry: Known) -> What {
    match entry {
        Known::Country(c) | Known::Seat(c) => What::Country(c),
        Known::Demonym(c) | Known::Part(c) => What::Demonym(c),
        Known::Capital(c) => What::Capital(c),
        Known::Organization(_) => What::Organization,
        Known::Person(_) => What::Person,
    }
}

/// An entity span without article, possessive, punctuation at its ends, and what stands after a line break.
fn trim(reading: &Reading, range: Range<usize>) -> Range<usize> {
    let (mut first, mut last) = (range.start, range.end);
    if let Some(at) = (first..last).find(|&t| reading.tokens[t].tag == "_SP" || reading.word(t).contains('\n'))
        && at > first
    {
        last = at;
    }
    let loose = |t: usize| {
        let token = &reading.tokens[t];
        token.pos == "PUNCT" && !matches!(reading.word(t), "." | ")") || matches!(token.tag, "POS" | "DT" | "_SP")
    };
    while first < last && loose(first) {
        first += 1;
    }
    // "[American Music Awards] after Swift", "[Meta] 1.2 billion euros"
    let cut = |&t: &usize| {
        let word = reading.word(t);
        let circumstance = matches!(
            word,
            "after"
                | "before"
                | "during"
                | "over"
                | "amid"
                | "until"
                | "since"
                | "following"
                | "while"
                | "when"
                | "says"
        );
        let next = reading.tokens.get(t + 1).map_or("", |_| reading.word(t + 1));
        let scale = matches!(
            lower(next).as_str(),
            "million" | "billion" | "trillion" | "thousand" | "euros" | "dollars" | "pounds" | "percent" | "%" | "yen"
        );
        let sum = word.starts_with(['$', '€', '£']) || word.chars().all(|c| c.is_ascii_digit() || c == '.') && scale;
        circumstance || sum
    };
    if let Some(at) = (first + 1..last).find(cut) {
        last = at;
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
    // "Davis Cup", "Berlin Film Festival" are no organizations.
    let shorter = range.start..last;
    let label_fits = matches!(label, "ORG" | "FAC" | "PRODUCT");
    if label_fits && lexicon.names.is_thing(&lower(reading.word(last))) && body_name(reading, lexicon, &shorter) {
        // "the [Supreme Court] building"
        return Some((shorter, What::Organization));
    }
    if lexicon.names.is_thing(&lower(reading.word(last))) && matches!(label, "ORG" | "PRODUCT" | "WORK_OF_ART" | "FAC")
    {
        return None;
    }
    match label {
        "PERSON" | "ORG" | "PRODUCT" | "WORK_OF_ART" | "FAC" | "GPE" | "NORP" | "LOC" => {}
        _ => return None,
    }
    // "Iranian Foreign Minister Abbas Araghchi" marked as one: what stands before the name is not part of it.
    // Scores and tables: "Iceland 0-0".
    let score = |t: usize| {
        let word = reading.word(t);
        word.len() >= 3 && word.contains('-') && word.chars().all(|c| c.is_ascii_digit() || c == '-')
    };
    if range.clone().any(score) {
        return None;
    }
    let title = titles(reading, lexicon, &range);
    if title > range.start && title < range.end && (label == "PERSON" || !body) && capital(title) {
        return Some((title..range.end, What::Person));
    }
    let before_is_title = range.start > 0
        && reading.tokens[range.start - 1].sentence == reading.tokens[range.start].sentence
        && is_title(reading, lexicon, range.start - 1);
    match label {
        // "Jeff Bezos's Blue Origin": the owner.
        "PERSON" if range.clone().skip(1).any(|t| reading.tokens[t].tag == "POS") => {
            let end = range.clone().find(|&t| reading.tokens[t].tag == "POS").unwrap_or(range.end);
            (end > range.start + 1).then_some((range.start..end, What::Person))
        }
        "PERSON" if body => Some((range, What::Organization)),
        // "Hoa Lo prison", "Narita airport": named after nobody who acts.
        "PERSON" if site(reading, range.end) => {
            let spot = lexicon.places.spots(reading.span(range.start, range.end)).first().copied();
            spot.map(|s| (range, What::Place(Some(s))))
        }
        "PERSON" => {
            let words = range.clone().filter(|&t| reading.tokens[t].pos != "PUNCT").count();
            (capital(range.start) && words <= 6).then_some((range, What::Person))
        }
        "ORG" if before_is_title && !body && range.len() <= 3 && !abroad(lexicon, reading, &range) => {
            Some((range, What::Person))
        }
        // A first name in front: a person whom the model took for something else.
        "ORG" | "GPE"
            if !body && (2..=4).contains(&range.len()) && lexicon.names.gender(reading.word(range.start)).is_some() =>
        {
            Some((range, What::Person))
        }
        "ORG" => {
            let spot = lexicon.places.spots(reading.span(range.start, range.end)).first().copied();
            match spot.filter(|s| s.region || range.len() == 1 && s.population >= 100) {
                Some(s) => Some((range, What::Place(Some(s)))),
                None => {
                    // "Energy" alone is no company, "Energy Transfer" is.
                    let word = lower(reading.word(range.start));
                    let common = range.len() == 1 && lexicon.names.word(&word).is_some();
                    (capital(range.start) && !common).then_some((range, What::Organization))
                }
            }
        }
        "PRODUCT" | "WORK_OF_ART" | "FAC" => {
            if before_is_title && label == "PRODUCT" {
                return Some((range, What::Person));
            }
            (body && label != "WORK_OF_ART").then_some((range, What::Organization))
        }
        "GPE" if before_is_title && range.len() <= 3 => Some((range, What::Person)),
        // "Amina": no place of that name, and women are called so.
        "GPE"
            if range.len() == 1
                && lexicon.names.gender(reading.word(range.start)).is_some()
                && lexicon.places.spots(reading.word(range.start)).is_empty() =>
        {
            Some((range, What::Person))
        }
        "GPE" | "LOC" => {
            let spot = spot(reading, lexicon, &range);
            (label == "GPE" || spot.is_some()).then_some((range, What::Place(spot)))
        }
        // Parties and religions are told by their nouns.
        _ => body.then_some((range, What::Organization)),
    }
}

/// Whether token `t` is a noun for a building or a stretch of land, in small letters.
fn site(reading: &Reading, t: usize) -> bool {
    reading.tokens.get(t).is_some_and(|token| token.pos == "NOUN")
        && matches!(
            reading.word(t),
            "prison"
                | "jail"
                | "airport"
                | "square"
                | "street"
                | "bridge"
                | "hospital"
                | "stadium"
                | "camp"
                | "mosque"
                | "temple"
                | "palace"
                | "dam"
                | "port"
                | "base"
                | "river"
                | "district"
                | "province"
                | "neighborhood"
                | "neighbourhood"
                | "suburb"
                | "valley"
                | "mine"
                | "refinery"
                | "plant"
                | "shrine"
                | "island"
                | "region"
        )
}

/// The country of the state or country that stands between commas from token `at` on: "Birmingham, Ala.,".
fn told(reading: &Reading, lexicon: &Lexicon, at: usize) -> Option<&'static str> {
    let tokens = &reading.tokens;
    let sentence = tokens.get(at).filter(|_| reading.word(at) == ",")?.sentence;
    let inside = |t: usize| tokens.get(t).is_some_and(|t| t.sentence == sentence);
    let closed = |t: usize| !inside(t) || matches!(reading.word(t), "," | "." | ")" | ";");
    (at + 2..at + 5).filter(|&end| inside(end - 1) && closed(end)).find_map(|end| {
        let name = reading.span(at + 1, end);
        let region = || lexicon.places.spots(name).iter().find(|s| s.region).map(|s| s.country);
        lexicon.countries.by_name(name).or_else(region)
    })
}

/// The place of that name, with or without the word for what it is: "Basra province", "the Sirte region".
fn spot(reading: &Reading, lexicon: &Lexicon, range: &Range<usize>) -> Option<Spot> {
    let country = told(reading, lexicon, range.end);
    let find = |r: Range<usize>| {
        let spots = lexicon.places.spots(reading.span(r.start, r.end));
        spots.iter().find(|s| Some(s.country) == country).or(spots.first()).copied()
    };
    let last = range.end - 1;
    let kind = || {
        matches!(
            lower(reading.word(last)).as_str(),
            "province"
                | "region"
                | "state"
                | "city"
                | "district"
                | "governorate"
                | "county"
                | "oblast"
                | "prefecture"
                | "island"
                | "area"
                | "town"
                | "department"
                | "territory"
                | "peninsula"
        )
    };
    find(range.clone()).or_else(|| {
        if range.len() > 1 && kind() && lexicon.countries.by_name(reading.span(range.start, last)).is_none() {
            find(range.start..last)
        } else {
            None
        }
    })
}

/// Whether a name of several words ends in that of a country or continent, as those of branches do: "Ascom America".
pub(super) fn abroad(lexicon: &Lexicon, reading: &Reading, range: &Range<usize>) -> bool {
    range.len() > 1
        && range.clone().any(|t| {
            let word = reading.word(t);
            lexicon.countries.by_name(word).is_some() || matches!(word, "Europe" | "Asia" | "Africa")
        })
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
    // "Assistant Secretary of [State Molly Phee]": the office may begin before the span.
    let floor = sentence_start(reading, range.start).max(range.start.saturating_sub(5));
    (range.start..range.end.saturating_sub(1))
        .rev()
        .find(|&t| lexicon.roles.ending_at(reading, t, floor).is_some_and(|(_, n)| !n.plural))
        .map_or(range.start, |t| t + 1)
}
