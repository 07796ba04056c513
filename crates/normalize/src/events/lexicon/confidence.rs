//! The weights of the traits that make an event sure or doubtful.

use super::bad;
use crate::lexicons::{LexiconError, entries};
use std::collections::HashMap;

const FILE: &str = "confidence.tsv";

/// What an event's traits weigh.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    weights: HashMap<&'static str, f64>,
}

impl Weights {
    /// Parses `confidence.tsv`.
    pub fn load() -> Result<Weights, LexiconError> {
        Weights::parse(include_str!("../../../../../data/lexicons/confidence.tsv"))
    }

    fn parse(text: &'static str) -> Result<Weights, LexiconError> {
        let mut out = Weights::default();
        for (line, entry) in entries(text) {
            let parsed = entry.split_once('\t').and_then(|(name, w)| Some((name, w.parse::<f64>().ok()?)));
            let Some((name, weight)) = parsed.filter(|(_, w)| w.is_finite()) else {
                return Err(bad(FILE, line, "a trait, a tab and a number expected"));
            };
            if out.weights.insert(name, weight).is_some() {
                return Err(bad(FILE, line, format!("`{name}` stands twice")));
            }
        }
        Ok(out)
    }

    /// The weight of a trait; 0 if it was too rare to be fitted.
    pub fn of(&self, name: &str) -> f64 {
        self.weights.get(name).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_line_of_a_bad_weight() {
        assert_eq!(Weights::parse("any\t0.5\nverb\tmuch\n").map(|_| ()).map_err(|e| e.line), Err(2));
        assert_eq!(Weights::parse("any\t0.5\nany\t0.5\n").map(|_| ()).map_err(|e| e.line), Err(2));
        assert_eq!(Weights::parse("any\t-0.5\n").map(|w| w.of("any") + w.of("unknown")), Ok(-0.5));
    }
}
