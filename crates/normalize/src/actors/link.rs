//! Linking: mentions that mean the same actor become one entity, by rules in order of certainty: names, then
//! descriptions, then pronouns.

use super::describe::{Describer, Traits};
use super::entity::{Entity, Registry};
use super::find::{Found, Pronoun, What, datelines, in_dateline};
use super::fold;
use super::home::Home;
use super::known::Known;
use super::lexicon::Lexicon;
use super::nouns::{Class, Noun, lower};
use crate::tree::Tree;
use crate::{ActorKind, MentionKind};
use broadsheet_ingest::Article;
use broadsheet_language::Reading;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

mod descriptions;
mod headlines;
mod organizations;
mod people;
mod pronouns;
mod states;

pub(super) use states::ethnic;

/// The mentions with the entity of each, and the entities.
pub struct Linked {
    /// For each mention, its entity.
    pub entity: Vec<Option<usize>>,
    /// The entities.
    pub registry: Registry,
    /// For a head token that several actors share ("Hungarian and Romanian officials"), all of them.
    pub shared: BTreeMap<usize, Vec<usize>>,
    /// Tokens of datelines, by position.
    pub datelines: Vec<Range<usize>>,
    /// The country that the article is about.
    pub home: Home,
}

struct Linker<'a> {
    reading: &'a Reading,
    tree: &'a Tree,
    lexicon: &'a Lexicon,
    day: Option<Date>,
    found: &'a [Found],
    describer: Describer<'a>,
    entity: Vec<Option<usize>>,
    registry: Registry,
    /// Head token to mention.
    at: HashMap<usize, usize>,
    shared: BTreeMap<usize, Vec<usize>>,
    /// Tokens that say where the article was written.
    datelines: Vec<Range<usize>>,
    /// Number of tokens of the title.
    title: usize,
    home: Home,
}

/// Links all mentions.
pub fn link(article: &Article, reading: &Reading, tree: &Tree, lexicon: &Lexicon, found: &[Found]) -> Linked {
    let mut names: Vec<&Found> = found.iter().filter(|f| f.kind == MentionKind::Name).collect();
    names.sort_by_key(|f| f.name.start);
    let title = reading.tokens.partition_point(|t| t.start < article.title_end);
    let mut linker = Linker {
        reading,
        tree,
        lexicon,
        day: article.published_on,
        found,
        describer: Describer { reading, lexicon, names },
        entity: vec![None; found.len()],
        registry: Registry::default(),
        at: found.iter().enumerate().map(|(i, f)| (f.head, i)).collect(),
        shared: BTreeMap::new(),
        datelines: datelines(reading),
        title,
        home: Home::of(lexicon, found, title, article.published_on),
    };
    // 1. Countries and places by their code or name.
    let nationals = linker.countries();
    // 2. Organizations by name, acronym and short form.
    linker.organizations();
    // 3. People, full names first.
    linker.people();
    linker.nationals(nationals);
    linker.counterparts();
    // 4. From left to right: descriptions, of a name beside them, of an actor before them, or of actors of their own;
    //    and pronouns.
    for (m, f) in found.iter().enumerate() {
        match f.what {
            What::Noun(noun) => linker.description(m, noun),
            What::Pronoun(which) => linker.pronoun(m, which),
            _ => {}
        }
    }
    // 5. What a headline calls without its name and the body names.
    linker.headlines();
    let Linker { entity, registry, shared, datelines, home, .. } = linker;
    Linked { entity, registry, shared, datelines, home }
}

impl Linker<'_> {
    /// Joins mention `m` to entity `id`.
    fn join(&mut self, m: usize, id: usize) {
        let f = &self.found[m];
        self.entity[m] = Some(id);
        let entity = &mut self.registry.all[id];
        entity.mentions.push(m);
        if f.kind == MentionKind::Name {
            let text = self.reading.span(f.name.start, f.name.end);
            entity.names.push((text.split_whitespace().collect::<Vec<_>>().join(" "), f.name.clone()));
        }
    }

    /// The label of a mention's head in the tree.
    fn dep(&self, f: &Found) -> &'static str {
        self.reading.tokens[f.head].dep
    }

    /// Whether a mention stands in a dateline.
    fn in_dateline(&self, f: &Found) -> bool {
        in_dateline(&self.datelines, f.head)
    }

    /// Mentions whose names lie within `range`.
    fn within(&self, range: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        range.filter_map(|t| self.at.get(&t).copied())
    }

    /// Mentions before `m` with their entities, the nearest first, at most `most`.
    fn before(&self, m: usize, most: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        (m.saturating_sub(most)..m).rev().filter_map(|o| self.entity[o].map(|id| (o, id)))
    }
}
