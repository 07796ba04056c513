//! Finding: every place in the text that may refer to an actor. Names come from the model's entity spans, mended by
//! what the lists know; descriptions from nouns that name people who act; pronouns from a closed list.

use super::fold;
use super::known::Known;
use super::lexicon::Lexicon;
use super::nouns::{Class, Noun, lower};
use super::places::Spot;
use crate::MentionKind;
use broadsheet_language::{Iob, Reading};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

mod datelines;
mod halves;
mod mend;
mod names;
mod phrases;

pub use datelines::{datelines, in_dateline};

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
    let mut found = names::names(reading, lexicon);
    let short = halves::halves(reading, lexicon, &found);
    found.extend(short);
    found.sort_by_key(|f| f.name.start);
    let mut taken = vec![false; reading.tokens.len()];
    for f in &found {
        taken[f.span.clone()].fill(true);
        taken[f.name.clone()].fill(true);
    }
    let described = phrases::descriptions(reading, lexicon, &found, &taken);
    found.extend(described);
    found.extend(phrases::pronouns(reading));
    found.sort_by_key(|f| (f.head, f.span.start));
    found.dedup_by_key(|f| f.head);
    found
}
