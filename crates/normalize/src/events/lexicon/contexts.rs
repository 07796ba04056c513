//! Contexts: the words that tell in which of PLOVER's contexts an event stands.

use super::{Ontology, bad, fold};
use crate::lexicons::{LexiconError, entries};
use smol_str::SmolStr;
use std::collections::HashMap;

const FILE: &str = "contexts.tsv";

/// Words and phrases with the contexts they speak for and their weights.
#[derive(Debug, Default)]
pub(crate) struct Contexts {
    /// By first word (folded): the further words, the context and the weight.
    phrases: HashMap<SmolStr, Vec<(Vec<SmolStr>, SmolStr, f32)>>,
}

impl Contexts {
    /// Parses `contexts.tsv`.
    pub fn load(ontology: &Ontology) -> Result<Contexts, LexiconError> {
        Contexts::parse(include_str!("../../../../../data/lexicons/contexts.tsv"), ontology)
    }

    fn parse(text: &str, ontology: &Ontology) -> Result<Contexts, LexiconError> {
        let mut out = Contexts::default();
        for (line, entry) in entries(text) {
            let [context, phrase, weight] = entry.split('\t').collect::<Vec<_>>()[..] else {
                return Err(bad(FILE, line, "3 columns expected"));
            };
            if !ontology.knows_context(context) {
                return Err(bad(FILE, line, format!("unknown context `{context}`")));
            }
            let Ok(weight) = weight.parse::<f32>() else {
                return Err(bad(FILE, line, format!("`{weight}` is not a number")));
            };
            let lower = phrase.to_lowercase();
            let mut words = lower.split([' ', '_']).map(|w| SmolStr::from(fold(w)));
            let Some(first) = words.next() else { continue };
            out.phrases.entry(first).or_default().push((words.collect(), context.into(), weight));
        }
        Ok(out)
    }

    /// The contexts that the words (lemmas in lower case, folded) speak for with a weight of at least `least`, sorted.
    pub fn of(&self, words: &[SmolStr], least: f32) -> Vec<SmolStr> {
        let mut weights: std::collections::BTreeMap<SmolStr, f32> = std::collections::BTreeMap::new();
        for (i, word) in words.iter().enumerate() {
            for (rest, context, weight) in self.phrases.get(word).into_iter().flatten() {
                if words[i + 1..].starts_with(rest) {
                    *weights.entry(context.clone()).or_default() += weight;
                }
            }
        }
        weights.into_iter().filter(|(_, w)| *w >= least).map(|(c, _)| c).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_the_weights_of_phrases() -> Result<(), LexiconError> {
        let ontology = Ontology::load()?;
        let c = Contexts::parse("legal\tcourt\t0.6\nlegal\tsupreme court\t0.6\nhealth\tcourt case\t1\n", &ontology)?;
        let words: Vec<SmolStr> = ["the", "supreme", "court"].map(SmolStr::from).into();
        assert_eq!(c.of(&words, 1.0), ["legal"]);
        assert!(Contexts::parse("lgeal\tcourt\t1\n", &ontology).is_err());
        Ok(())
    }
}
