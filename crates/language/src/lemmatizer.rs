//! The lemmatizer: exceptions, then suffix rules that must lead into an index of known lemmas (WordNet's Morphy, as spaCy
//! has it).

use crate::{file::Header, rules::Word};
use smol_str::SmolStr;
use std::collections::{HashMap, HashSet};

#[derive(Default)]
struct Table {
    rules: Vec<(String, String)>,
    exceptions: HashMap<String, Vec<String>>,
    index: HashSet<String>,
}

/// The tables by part of speech.
pub struct Lemmatizer {
    tables: HashMap<String, Table>,
}

impl Lemmatizer {
    /// From the tables of the model.
    pub fn new(header: &Header) -> Lemmatizer {
        let mut tables: HashMap<String, Table> = HashMap::new();
        for (pos, rules) in &header.lemma_rules {
            tables.entry(pos.clone()).or_default().rules = rules.clone();
        }
        for (pos, text) in &header.lemma_exceptions {
            let entry = |l: &str| {
                let (form, lemmas) = l.split_once('\t')?;
                Some((form.to_string(), lemmas.split(' ').map(str::to_string).collect()))
            };
            tables.entry(pos.clone()).or_default().exceptions = text.lines().filter_map(entry).collect();
        }
        for (pos, text) in &header.lemma_index {
            tables.entry(pos.clone()).or_default().index = text.lines().map(str::to_string).collect();
        }
        Lemmatizer { tables }
    }

    /// The lemma of a form with this analysis.
    pub fn lemma(&self, form: &str, word: &Word) -> SmolStr {
        if let Some(lemma) = word.lemma {
            return lemma.into();
        }
        if word.pos.is_empty() || word.pos == "SPACE" || is_base_form(word) {
            return word.lower.clone();
        }
        let pos = word.pos.to_ascii_lowercase();
        let Some(table) = self.tables.get(&pos) else {
            return if word.pos == "PROPN" { form.into() } else { word.lower.clone() };
        };
        let lower = word.lower.as_str();
        let (mut known, mut unknown): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for (old, new) in &table.rules {
            let Some(stem) = lower.strip_suffix(old.as_str()) else { continue };
            let candidate = format!("{stem}{new}");
            if candidate.is_empty() {
                continue;
            }
            if table.index.contains(&candidate) {
                known.insert(0, candidate);
            } else if !candidate.chars().all(char::is_alphabetic) {
                known.push(candidate);
            } else {
                unknown.push(candidate);
            }
        }
        for lemma in table.exceptions.get(lower).into_iter().flatten() {
            if !known.contains(lemma) {
                known.insert(0, lemma.clone());
            }
        }
        known.into_iter().chain(unknown).next().map_or_else(|| form.into(), SmolStr::from)
    }
}

fn is_base_form(word: &Word) -> bool {
    let get =
        |name: &str| word.morph.split('|').find_map(|p| p.split_once('=').filter(|(n, _)| *n == name).map(|(_, v)| v));
    match word.pos {
        "NOUN" if get("Number") == Some("Sing") => true,
        "VERB" if get("VerbForm") == Some("Inf") => true,
        "VERB" if get("VerbForm") == Some("Fin") && get("Tense") == Some("Pres") && get("Number").is_none() => true,
        "ADJ" if get("Degree") == Some("Pos") => true,
        _ => matches!(get("VerbForm"), Some("Inf" | "None")) || get("Degree") == Some("Pos"),
    }
}
