//! Events: propositions read off the trees, coded by frames, put under the rules of the ontology.
//!
//! 1. `propositions` lists the predicates of the text with their arguments by role, whatever form the grammar gave them.
//! 2. `draft`        matches them with the frames (`matching`) and resolves who stands in their roles (`parties`).
//! 3. `status`       tells what happened from what is planned, possible or denied.
//! 4. `rules`        turns plans, announcements and refusals into what PLOVER makes of them.
//! 5. `when`, `place`, `attribution` add the circumstances, `confidence` how sure it all is, `why` what decided it.
//! 6. `merge`        drops what is told twice in a sentence.

mod attribution;
mod confidence;
mod draft;
mod lexicon;
mod matching;
mod merge;
mod parties;
mod place;
mod propositions;
mod rules;
mod status;
mod syntax;
#[cfg(test)]
mod tests;
mod when;
mod why;

pub use lexicon::Lexicon;

use crate::{DateBasis, Event, Lexicons, Quote, Status, Time, actors::Cast, tree::Tree};
use broadsheet_ingest::Article;
use broadsheet_language::Reading;
use draft::Draft;
use jiff::civil::Date;
use parties::Parties;
use propositions::Propositions;
use smol_str::{SmolStr, StrExt};
use std::collections::{BTreeSet, HashMap};
use syntax::Syntax;

/// The weight that the words of a sentence must add up to for a context.
const CONTEXT: f32 = 1.0;
/// An event that lies further back than this many days is background.
const BACKGROUND: i32 = 540;
/// An event that lies further ahead than this many days is misdated rather than planned.
const AHEAD: i32 = 1100;

/// Codes the events of an article.
pub fn code(
    article: &Article,
    reading: &Reading,
    tree: &Tree,
    cast: &Cast,
    times: &[Time],
    quotes: &[Quote],
    lexicons: &Lexicons,
) -> Vec<Event> {
    let syntax = Syntax { reading, tree, lexicon: &lexicons.events };
    let parties = Parties::new(&syntax, cast, quotes);
    // 1. What is said to be done, in any form.
    let propositions = propositions::collect(&syntax, cast, article.title_end);
    // 2. Which of it is an event, and who stands in it; 3. whether it happened.
    let mut drafts = draft::drafts(&propositions, &parties);
    // 4. When; what lies ahead is a plan.
    let dates = when::dates(&parties, &propositions, &drafts, times, article.published_on);
    for (d, date) in drafts.iter_mut().zip(&dates) {
        d.status = by_date(d, *date, article.published_on);
    }
    // 5. What the ontology makes of it.
    let mut paired: Vec<(Draft, Option<when::Span>)> = drafts.into_iter().zip(dates).collect();
    paired.sort_by_key(|(d, _)| propositions.list[d.proposition].head);
    // A proposition gives one draft at most.
    let dates: HashMap<usize, Option<when::Span>> = paired.iter().map(|(d, s)| (d.proposition, *s)).collect();
    let mut drafts: Vec<Draft> = paired.into_iter().map(|(d, _)| d).collect();
    rules::apply(&mut drafts, &propositions, &parties);
    // 6. Where and who says so; 7. one event a type a sentence, one identifier an act.
    let mut events: Vec<Event> = drafts
        .iter()
        .map(|d| {
            let date = dates.get(&d.proposition).copied().flatten();
            event(d, date, article, &propositions, &parties, lexicons)
        })
        .collect();
    merge::merge(&mut events);
    merge::share_ids(&mut events);
    merge::spread_dates(&mut events, cast);
    events
}

/// What lies ahead is planned, what lies far behind is background.
fn by_date(d: &Draft, date: Option<when::Span>, published: Option<Date>) -> Status {
    let (Status::Actual, Some((from, to)), Some(today)) = (d.status, date, published) else { return d.status };
    let ahead = (from - today).get_days();
    let behind = (today - to.unwrap_or(from)).get_days();
    // The past tense outweighs a date that may have been read wrongly; so does a date years ahead.
    if ahead > 0 && ahead <= AHEAD && !d.standing.past {
        Status::Planned
    } else if behind > BACKGROUND {
        Status::Historical
    } else {
        Status::Actual
    }
}

/// The row of a draft.
fn event(
    d: &Draft,
    date: Option<when::Span>,
    article: &Article,
    propositions: &Propositions,
    parties: &Parties,
    lexicons: &Lexicons,
) -> Event {
    let reading = parties.syntax.reading;
    let ontology = &parties.syntax.lexicon.ontology;
    let token = &reading.tokens[trigger(d, propositions, parties)];
    let cameo = d.cameo.clone().or_else(|| ontology.cameo(&d.code));
    let sentence = reading.sentences.get(token.sentence as usize).cloned().unwrap_or_default();
    let (first, last) = (sentence.start as usize, sentence.end as usize);
    // Spaces at its end are tokens of the sentence, but no text.
    let solid = |i: &usize| !reading.word(*i).trim().is_empty();
    let sentence_start = (first..last).find(solid).map_or(token.start, |i| reading.tokens[i].start);
    let sentence_end = (first..last).rev().find(solid).map_or(token.end, |i| reading.tokens[i].end);
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    for part in [&article.article_id, d.code.kind.as_str(), d.code.mode.as_deref().unwrap_or("-")] {
        hasher.update(part.as_bytes());
        hasher.update(b"\0");
    }
    hasher.update(&token.start.to_le_bytes());
    hasher.update(&token.end.to_le_bytes());
    let (confidence, traits) = confidence::confidence(d, propositions, parties, article.title_end);
    Event {
        event_id: format!("{:016x}", hasher.digest()),
        sentence: token.sentence,
        event_date: date.map(|(from, _)| from),
        event_date_end: date.and_then(|(_, to)| to),
        date_basis: date.map(|_| DateBasis::Text),
        event_type: d.code.kind.to_string(),
        event_mode: d.code.mode.as_ref().map(SmolStr::to_string),
        contexts: contexts(d, cameo.as_deref(), first..last, parties),
        goldstein: cameo.as_deref().and_then(|c| ontology.goldstein(c)),
        cameo_code: cameo.map(|c| c.to_string()),
        quad_class: ontology.quad(&d.code.kind),
        plover_score: ontology.score(&d.code),
        status: d.status,
        actors: d.actor.actors.clone(),
        recipients: d.recipient.actors.clone(),
        place: place::place(d, propositions, parties, &lexicons.actors),
        attributed_to: attribution::teller(d, propositions, parties),
        start: token.start,
        end: token.end,
        sentence_start,
        sentence_end,
        frame: d.frame.label.clone(),
        confidence,
        reciprocal: d.frame.reciprocal && d.recipient.actors.is_empty() && d.actor.actors.len() > 1,
        why: why::why(d, propositions, parties, traits),
    }
}

/// The word that carries the event: the predicate, or the noun of a light-verb phrase.
fn trigger(d: &Draft, propositions: &Propositions, parties: &Parties) -> usize {
    let p = &propositions.list[d.proposition];
    let syntax = parties.syntax;
    let light = d.frame.object.is_some() || syntax.lexicon.classes.verb_in("support", &p.lemma);
    let sentence = syntax.reading.tokens[p.head].sentence;
    p.role("obj")
        .map(|a| a.head)
        .find(|&o| {
            let token = &syntax.reading.tokens[o];
            p.kind == propositions::Kind::Verb
                && light
                && token.pos == "NOUN"
                && token.sentence == sentence
                && parties.direct(o).is_none()
        })
        .unwrap_or(p.head)
}

/// Contexts from the frame, the CAMEO code and the words of the sentence.
fn contexts(d: &Draft, cameo: Option<&str>, sentence: std::ops::Range<usize>, parties: &Parties) -> Vec<String> {
    let lexicon = parties.syntax.lexicon;
    let words: Vec<SmolStr> =
        sentence.map(|i| lexicon::fold(&parties.syntax.reading.tokens[i].lemma).to_lowercase_smolstr()).collect();
    let mut out: BTreeSet<String> = d.frame.contexts.iter().map(SmolStr::to_string).collect();
    out.extend(cameo.into_iter().flat_map(|c| lexicon.ontology.contexts_of(c)).map(SmolStr::to_string));
    out.extend(lexicon.contexts.of(&words, CONTEXT).into_iter().map(|c| c.to_string()));
    out.into_iter().collect()
}
