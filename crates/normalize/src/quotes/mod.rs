//! Quotes: statements with their speakers, in quotation marks or in the article's own words.

mod antecedent;
mod chain;
mod direct;
mod indirect;
mod lexicon;
mod marks;
mod speaker;

pub use lexicon::{Lexicon, Manner};

use crate::{Quote, actors::Cast, tree::Tree};
use broadsheet_ingest::Article;
use broadsheet_language::Reading;
use speaker::{Speaker, Speakers};

/// Finds direct and indirect speech.
pub fn find(article: &Article, reading: &Reading, tree: &Tree, cast: &Cast, lexicon: &Lexicon) -> Vec<Quote> {
    // 1. What stands in quotation marks.
    let passages = marks::passages(reading);
    let paragraphs = marks::paragraphs(reading);
    // 2. Which of it is speech, and who is named beside it.
    let speakers = Speakers::new(reading, tree, cast, lexicon);
    let mut spoken = direct::Direct { speakers: &speakers, lexicon, passages: &passages }.all();
    let mut quoted = vec![false; reading.tokens.len()];
    for s in &spoken {
        quoted[passages[s.passage].first..passages[s.passage].last].fill(true);
    }
    // 3. Statements told without marks.
    let mut told = indirect::statements(&speakers, lexicon, &quoted);
    // 4. Whom the pronouns mean, and who goes on speaking.
    name_speakers(&speakers, lexicon, &quoted, &paragraphs, &passages, &mut spoken, &mut told);
    drop_loose(&speakers, &mut spoken);
    // 5. A clause that is mostly quoted is direct speech; one that quotes a few words keeps them.
    told.retain(|t| {
        let inside = t.tokens.clone().filter(|&i| quoted[i]).count();
        2 * inside < t.tokens.len()
    });
    spoken.retain(|s| {
        let p = &passages[s.passage];
        s.whole && p.last - p.first > 8 || !told.iter().any(|t| t.tokens.start <= p.first && p.last <= t.tokens.end)
    });
    // 6. Rows.
    let words = |cue: (usize, usize)| reading.span(cue.0, cue.1).to_string();
    let mut out: Vec<Quote> = Vec::with_capacity(spoken.len() + told.len());
    for s in spoken {
        let p = &passages[s.passage];
        // The comma before the closing mark belongs to the sentence around.
        let comma = p.last - p.first > 1 && reading.word(p.last - 1) == ",";
        out.push(row(article, reading, (p.first, p.last - usize::from(comma)), s.speaker, s.cue.map(words), true));
    }
    for t in told {
        out.push(row(article, reading, (t.tokens.start, t.tokens.end), Some(t.speaker), Some(words(t.cue)), false));
    }
    out.sort_by_key(|q| (q.start, q.end, !q.direct));
    out.dedup_by_key(|q| (q.start, q.end));
    out
}

/// Resolves the pronouns among the speakers in the order of the text, then lends speakers along chains of passages.
fn name_speakers(
    speakers: &Speakers,
    lexicon: &Lexicon,
    quoted: &[bool],
    paragraphs: &[u32],
    passages: &[marks::Passage],
    spoken: &mut [direct::Spoken],
    told: &mut [indirect::Told],
) {
    let antecedents = antecedent::Antecedents::new(speakers, lexicon, quoted, paragraphs);
    let mut all: Vec<&mut Speaker> =
        spoken.iter_mut().filter_map(|s| s.speaker.as_mut()).chain(told.iter_mut().map(|t| &mut t.speaker)).collect();
    all.sort_by_key(|s| s.head);
    let mut statements: Vec<Speaker> = Vec::with_capacity(all.len());
    for speaker in all {
        *speaker = antecedents.resolve(speaker.clone(), &statements);
        statements.push(speaker.clone());
    }
    let follow = |spoken: &mut [direct::Spoken]| {
        for k in 1..spoken.len() {
            if spoken[k].follows && spoken[k].speaker.is_none() {
                spoken[k].speaker = spoken[k - 1].speaker.clone();
            }
        }
    };
    follow(spoken);
    chain::lend_backwards(passages, spoken);
    for s in spoken.iter_mut().filter(|s| s.speaker.is_none()) {
        let p = &passages[s.passage];
        if p.opens_paragraph && s.whole {
            s.speaker = chain::introduced(speakers, paragraphs, quoted, p, &statements);
        }
    }
    follow(spoken);
}

/// Drops the words inside a sentence that carry on the speech of nobody in particular.
fn drop_loose(speakers: &Speakers, spoken: &mut Vec<direct::Spoken>) {
    spoken.retain(|s| !s.loose || s.speaker.as_ref().is_some_and(|s| chain::is_person(speakers, s)));
}

fn row(
    article: &Article,
    reading: &Reading,
    (first, last): (usize, usize),
    speaker: Option<Speaker>,
    cue: Option<String>,
    direct: bool,
) -> Quote {
    let (start, end) = (reading.tokens[first].start, reading.tokens[last - 1].end);
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    hasher.update(article.article_id.as_bytes());
    hasher.update(b"\0quote\0");
    hasher.update(&start.to_le_bytes());
    hasher.update(&end.to_le_bytes());
    let (speaker, speaker_name) = speaker.map_or((None, None), |s| (s.actor, s.name));
    Quote { quote_id: format!("{:016x}", hasher.digest()), speaker, speaker_name, cue, direct, start, end }
}
