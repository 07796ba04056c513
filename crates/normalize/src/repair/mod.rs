//! Repair: what the article itself can tell better than the model. Sentences stop at the end of their paragraph, each
//! is one tree; a name is one entity span of one type wherever it stands in the article, a town is no person.

mod clauses;
mod lemmas;
mod names;
mod paragraphs;
mod places;
mod spans;
#[cfg(test)]
mod tests;

use broadsheet_language::{Iob, Reading};
use std::ops::Range;

/// Mends `reading` in place. Tokens and tags stay; sentences, heads, entity marks and some lemmas may
/// change.
pub fn repair(reading: &mut Reading) {
    // 1. Sentences end where their paragraph ends, and each has one root.
    paragraphs::split(reading);
    // 2. Spans lose articles, possessives and stray punctuation; names joined by hyphens become whole.
    let mut entities = spans::trim(reading);
    spans::join_hyphens(reading, &mut entities);
    spans::free_names(reading, &mut entities);
    // 3. A name is marked alike wherever it stands.
    names::agree(reading, &mut entities);
    places::mend(reading, &mut entities);
    spans::write(reading, &entities);
    // 4. Coordinated verbs stand below the finite verb that they go on from.
    clauses::mend(reading);
    // 5. Verbs get back an e that the lemmatizer has lost.
    lemmas::mend(reading);
}

/// Takes the entity marks off a dateline, which stands at the code points `span`: it names nobody who acts.
pub fn quiet(reading: &mut Reading, span: Range<u32>) {
    for token in reading.tokens.iter_mut().filter(|t| span.contains(&t.start)) {
        token.entity_iob = Iob::O;
        token.entity_type = "";
    }
}
