//! Word classes: lists of lemmas that frames name with `@class`.

use super::bad;
use crate::lexicons::{LexiconError, entries};
use smol_str::SmolStr;
use std::collections::{BTreeMap, HashMap, HashSet};

const VERBS: &str = "classes/verbs.tsv";
const NOUNS: &str = "classes/nouns.tsv";

/// Classes of verbs and of nouns.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    verbs: HashMap<SmolStr, HashSet<SmolStr>>,
    nouns: HashMap<SmolStr, HashSet<SmolStr>>,
    doubtful: Vec<LexiconError>,
}

/// A noun without its plural s, so that "talks" and "talk" are one word.
pub(crate) fn fold(noun: &str) -> &str {
    match noun.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => noun,
    }
}

impl Classes {
    /// Parses both files.
    pub fn load() -> Result<Classes, LexiconError> {
        let mut doubtful = Vec::new();
        let verbs = parse(VERBS, include_str!("../../../../../data/lexicons/classes/verbs.tsv"), false, &mut doubtful)?;
        let nouns = parse(NOUNS, include_str!("../../../../../data/lexicons/classes/nouns.tsv"), true, &mut doubtful)?;
        Ok(Classes { verbs, nouns, doubtful })
    }

    /// Whether there is a class of verbs of that name.
    pub fn has_verbs(&self, class: &str) -> bool {
        self.verbs.contains_key(class)
    }

    /// Whether there is a class of nouns of that name.
    pub fn has_nouns(&self, class: &str) -> bool {
        self.nouns.contains_key(class)
    }

    /// Whether the verb `lemma` (particles joined with `_`) is in `class`.
    pub fn verb_in(&self, class: &str, lemma: &str) -> bool {
        self.verbs.get(class).is_some_and(|c| c.contains(lemma))
    }

    /// Whether the noun `lemma` is in `class`.
    pub fn noun_in(&self, class: &str, lemma: &str) -> bool {
        self.nouns.get(class).is_some_and(|c| c.contains(fold(lemma)))
    }

    /// The members of a class of verbs, or else of nouns, sorted.
    pub fn members(&self, class: &str, noun: bool) -> Option<Vec<&SmolStr>> {
        let set = if noun { self.nouns.get(class) } else { self.verbs.get(class) }?;
        let mut out: Vec<&SmolStr> = set.iter().collect();
        out.sort();
        Some(out)
    }

    /// Words listed twice in a class.
    pub fn audit(&self) -> Vec<LexiconError> {
        self.doubtful.clone()
    }
}

type Sets = HashMap<SmolStr, HashSet<SmolStr>>;

fn parse(file: &'static str, text: &str, nouns: bool, doubtful: &mut Vec<LexiconError>) -> Result<Sets, LexiconError> {
    let mut own: Sets = HashMap::new();
    let mut includes: BTreeMap<SmolStr, Vec<(SmolStr, usize)>> = BTreeMap::new();
    for (line, entry) in entries(text) {
        let Some((class, words)) = entry.split_once('\t') else {
            return Err(bad(file, line, "a class, a tab and words expected"));
        };
        let set = own.entry(class.trim().into()).or_default();
        for word in words.split_whitespace() {
            if let Some(other) = word.strip_prefix('@') {
                includes.entry(class.trim().into()).or_default().push((other.into(), line));
            } else if !set.insert(if nouns { fold(word).into() } else { word.into() }) {
                doubtful.push(bad(file, line, format!("`{word}` stands twice in class `{class}`")));
            }
        }
    }
    for list in includes.values() {
        if let Some((other, line)) = list.iter().find(|(o, _)| !own.contains_key(o)) {
            return Err(bad(file, *line, format!("unknown class `@{other}`")));
        }
    }
    // Inclusions are transitive; a few rounds settle any sane nesting, and a cycle ends as well.
    for _ in 0..4 {
        for (class, others) in &includes {
            let more: Vec<SmolStr> =
                others.iter().filter_map(|(o, _)| own.get(o)).flat_map(|s| s.iter().cloned()).collect();
            own.entry(class.clone()).or_default().extend(more);
        }
    }
    Ok(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_lines_and_includes() -> Result<(), LexiconError> {
        let mut doubtful = Vec::new();
        let c = parse("x", "a\tone two\nb\t@a three\na\tfour one\n", false, &mut doubtful)?;
        let mut b: Vec<&str> = c["b"].iter().map(SmolStr::as_str).collect();
        b.sort();
        assert_eq!(b, ["four", "one", "three", "two"]);
        assert_eq!(doubtful.len(), 1);
        assert_eq!(parse("x", "a\t@no\n", false, &mut doubtful).map_err(|e| e.line), Err(1));
        Ok(())
    }

    #[test]
    fn folds_plurals_only() {
        for (word, folded) in [("talks", "talk"), ("crisis", "crisis"), ("press", "press"), ("bus", "bus")] {
            assert_eq!(fold(word), folded);
        }
    }
}
