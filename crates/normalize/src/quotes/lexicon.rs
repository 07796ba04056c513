//! Lexicon of the quotes stage: `data/lexicons/quotes.tsv`.

use crate::lexicons::{LexiconError, entries};
use std::collections::{HashMap, HashSet};

const FILE: &str = "quotes.tsv";
const TEXT: &str = include_str!("../../../../data/lexicons/quotes.tsv");
const NAMES: &str = include_str!("../../../../data/lexicons/names.tsv");

/// How a reporting word presents what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Manner {
    /// Plainly.
    Say,
    /// As what may be doubted.
    Claim,
    /// As a commitment.
    Promise,
    /// As what may come.
    Warn,
    /// As untrue.
    Deny,
    /// As a question or demand.
    Ask,
    /// As conceded.
    Admit,
    /// As agreed or confirmed.
    Agree,
    /// Against somebody.
    Accuse,
    /// For somebody.
    Praise,
    /// By giving a name.
    Call,
    /// As a ruling.
    Order,
    /// Not at all: its subject hears.
    Learn,
}

/// What this stage knows.
#[derive(Debug, Default)]
pub struct Lexicon {
    cues: HashMap<String, Manner>,
    quoted_only: HashSet<String>,
    evidence: HashSet<String>,
    carriers: HashSet<String>,
    things: HashSet<String>,
    many: HashSet<String>,
    genders: HashMap<String, char>,
    first_names: HashMap<&'static str, char>,
    doubtful: Vec<LexiconError>,
}

impl Lexicon {
    /// Parses the built-in lexicon.
    ///
    /// # Errors
    /// The first line that cannot be used.
    pub fn load() -> Result<Lexicon, LexiconError> {
        let mut out = Lexicon::parse(TEXT)?;
        out.first_names = entries(NAMES)
            .filter_map(|(_, entry)| entry.split_once('\t'))
            .filter_map(|(name, gender)| Some((name, gender.chars().next()?)))
            .collect();
        Ok(out)
    }

    fn parse(text: &str) -> Result<Lexicon, LexiconError> {
        let mut out = Lexicon::default();
        for (line, entry) in entries(text) {
            let error = |reason: String| LexiconError { file: FILE, line, reason };
            let (class, lemma) = entry
                .split_once('\t')
                .ok_or_else(|| error("class and lemma are expected, with a tab between".into()))?;
            if class == "quoted_only" {
                if !out.cues.contains_key(lemma) {
                    out.doubtful.push(error(format!("`{lemma}` has no class of its own")));
                }
                out.quoted_only.insert(lemma.to_string());
                continue;
            }
            match class {
                "evidence" => {
                    out.evidence.insert(lemma.to_string());
                    continue;
                }
                "carrier" => {
                    out.carriers.insert(lemma.to_string());
                    continue;
                }
                "thing" => {
                    out.things.insert(lemma.to_string());
                    continue;
                }
                "many" => {
                    out.many.insert(lemma.to_string());
                    continue;
                }
                "man" | "woman" => {
                    out.genders.insert(lemma.to_string(), if class == "man" { 'm' } else { 'f' });
                    continue;
                }
                _ => {}
            }
            let manner = match class {
                "say" => Manner::Say,
                "claim" => Manner::Claim,
                "promise" => Manner::Promise,
                "warn" => Manner::Warn,
                "deny" => Manner::Deny,
                "ask" => Manner::Ask,
                "admit" => Manner::Admit,
                "agree" => Manner::Agree,
                "accuse" => Manner::Accuse,
                "praise" => Manner::Praise,
                "call" => Manner::Call,
                "order" => Manner::Order,
                "learn" => Manner::Learn,
                _ => return Err(error(format!("unknown class `{class}`"))),
            };
            if out.cues.insert(lemma.to_string(), manner).is_some() {
                out.doubtful.push(error(format!("`{lemma}` is there twice")));
            }
        }
        Ok(out)
    }

    /// How a verb reports the words of its subject; none for a verb that does not.
    pub fn manner(&self, lemma: &str) -> Option<Manner> {
        self.cues.get(lemma).copied().filter(|&m| m != Manner::Learn)
    }

    /// Whether a clause under the verb is a statement even without quotation marks.
    pub fn takes_clause(&self, lemma: &str) -> bool {
        self.manner(lemma).is_some_and(|m| m != Manner::Call) && !self.quoted_only.contains(lemma)
    }

    /// Whether the verb also tells what things show: "footage reveals that ...".
    pub(super) fn is_evidence(&self, lemma: &str) -> bool {
        self.evidence.contains(lemma)
    }

    /// Whether a noun carries somebody's words: "a statement", "the report".
    pub(super) fn is_carrier(&self, lemma: &str) -> bool {
        self.carriers.contains(lemma)
    }

    /// Whether a noun means a document or a thing, which speaks for somebody or for nobody: "the statement", "that kind".
    pub(super) fn is_thing(&self, lemma: &str) -> bool {
        self.carriers.contains(lemma) || self.things.contains(lemma)
    }

    /// Whether a noun means several people.
    pub(super) fn is_many(&self, noun: &str) -> bool {
        self.many.contains(noun)
    }

    /// The gender that a noun for a person tells, by its last word.
    pub(super) fn gender_of_noun(&self, noun: &str) -> Option<char> {
        self.genders.get(noun.rsplit(' ').next().unwrap_or(noun).to_lowercase().as_str()).copied()
    }

    /// The gender of most bearers of a first name.
    pub(super) fn gender_of_name(&self, name: &str) -> Option<char> {
        self.first_names.get(name).copied()
    }

    /// Everything questionable in it.
    pub fn audit(&self) -> Vec<LexiconError> {
        self.doubtful.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_is_sound() {
        let lexicon = Lexicon::load().unwrap();
        assert_eq!(lexicon.audit(), []);
        assert!(lexicon.cues.len() >= 150);
        assert_eq!(lexicon.manner("deny"), Some(Manner::Deny));
        assert_eq!(lexicon.manner("hear"), None);
        assert!(lexicon.takes_clause("say") && lexicon.takes_clause("shout") != lexicon.quoted_only.contains("shout"));
        let error = Lexicon::parse("# x\nsing\tsay").unwrap_err().to_string();
        assert_eq!(error, "`data/lexicons/quotes.tsv:2`: unknown class `sing`");
    }
}
