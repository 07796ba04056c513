//! An entity is one actor in the making: everything that the article has said of it so far.

use super::describe::Traits;
use super::known::Known;
use crate::ActorKind;
use std::collections::HashMap;
use std::ops::Range;

/// One actor in the making.
#[derive(Debug, Clone)]
pub struct Entity {
    /// What it is.
    pub kind: ActorKind,
    /// Its names with their tokens, by mention.
    pub names: Vec<(String, Range<usize>)>,
    /// What to call it where it has no name and its mentions do not say it in full.
    pub label: Option<String>,
    /// Folded words of its fullest name.
    pub words: Vec<String>,
    /// Nouns that describe it, in lower case: "foreign minister".
    pub nouns: Vec<String>,
    /// Offices that the lists know it has left.
    pub past: Vec<&'static str>,
    /// What has been said of it.
    pub traits: Traits,
    /// Its entry in the lists.
    pub known: Option<Known>,
    /// Whether it is several people.
    pub plural: bool,
    /// Indices of its mentions.
    pub mentions: Vec<usize>,
}

impl Entity {
    /// An entity of that kind of which nothing is known.
    pub fn new(kind: ActorKind) -> Entity {
        Entity {
            kind,
            names: Vec::new(),
            label: None,
            words: Vec::new(),
            nouns: Vec::new(),
            past: Vec::new(),
            traits: Traits::default(),
            known: None,
            plural: false,
            mentions: Vec::new(),
        }
    }

    /// Adds what a mention says; what was said first stays, but an office comes before another occupation.
    pub fn learn(&mut self, new: Traits) {
        let old = &mut self.traits;
        if let Some(noun) = &new.noun
            && !self.nouns.contains(noun)
        {
            self.nouns.push(noun.clone());
        }
        let better = match (&old.role, &new.role) {
            (_, None) => false,
            (None, Some(_)) => new.office || !old.office,
            (Some(_), Some(_)) => new.office && !old.office,
        };
        if better {
            old.role = new.role;
            old.noun = new.noun;
            old.former = new.former;
            if new.sector.is_some() {
                old.sector = new.sector;
            }
        } else if new.role.is_none() {
            old.former |= new.former;
        }
        old.office |= new.office;
        old.sector = old.sector.or(new.sector);
        old.country = old.country.or(new.country);
        old.gender = old.gender.or(new.gender);
    }
}

/// All entities with the indices by which mentions find them.
#[derive(Debug, Default)]
pub struct Registry {
    /// The entities, in the order they were made.
    pub all: Vec<Entity>,
    by_word: HashMap<(ActorKind, String), Vec<usize>>,
    by_key: HashMap<(ActorKind, String), usize>,
}

impl Registry {
    /// Adds an entity and its index words.
    pub fn add(&mut self, entity: Entity) -> usize {
        let id = self.all.len();
        for word in &entity.words {
            let list = self.by_word.entry((entity.kind, word.clone())).or_default();
            if list.last() != Some(&id) {
                list.push(id);
            }
        }
        self.all.push(entity);
        id
    }

    /// Entities of that kind with that word in their names.
    pub fn with_word(&self, kind: ActorKind, word: &str) -> &[usize] {
        self.by_word.get(&(kind, word.to_string())).map_or(&[], Vec::as_slice)
    }

    /// The entity of that key.
    pub fn by_key(&self, kind: ActorKind, key: &str) -> Option<usize> {
        self.by_key.get(&(kind, key.to_string())).copied()
    }

    /// Makes `key` lead to an entity, if it leads nowhere yet.
    pub fn name_key(&mut self, kind: ActorKind, key: String, id: usize) {
        self.by_key.entry((kind, key)).or_insert(id);
    }

    /// The entity of that key, made if there is none.
    pub fn by_key_or(&mut self, kind: ActorKind, key: &str, make: impl FnOnce() -> Entity) -> usize {
        if let Some(id) = self.by_key(kind, key) {
            return id;
        }
        let id = self.add(make());
        self.name_key(kind, key.to_string(), id);
        id
    }
}
