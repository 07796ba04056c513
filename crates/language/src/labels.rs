//! Labels are the model's closed sets of names: tags, parts of speech, dependencies, entity types, and the lemmas that
//! rules give. They live as long as the process, and a model that is loaded again shares them.

use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// The one copy of a label that lives as long as the process.
fn keep(name: &str) -> &'static str {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(&known) = kept.get(name) {
        return known;
    }
    let new: &'static str = Box::leak(name.to_owned().into_boxed_str());
    kept.insert(new);
    new
}

/// A set of names, numbered in the order in which they came.
#[derive(Debug, Default)]
pub struct Names {
    names: Vec<&'static str>,
    numbers: FxHashMap<&'static str, u8>,
}

impl Names {
    /// The number of a name, new or known.
    pub fn add(&mut self, name: &str) -> u8 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let kept = keep(name);
        let number = self.names.len() as u8;
        self.names.push(kept);
        self.numbers.insert(kept, number);
        number
    }

    /// The name, kept.
    pub fn name_of(&mut self, name: &str) -> &'static str {
        let number = self.add(name);
        self.name(number)
    }

    /// The name with this number.
    pub fn name(&self, number: u8) -> &'static str {
        self.names.get(usize::from(number)).copied().unwrap_or("")
    }

    /// All names by number.
    pub fn all(&self) -> &[&'static str] {
        &self.names
    }
}

/// All label sets of the model.
#[derive(Debug, Default)]
pub struct Labels {
    pub tags: Names,
    pub deps: Names,
    pub pos: Names,
    pub entities: Names,
    pub lemmas: Names,
}
