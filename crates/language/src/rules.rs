//! The attribute ruler: parts of speech and morphology from tags, and exceptions for single words. All rules look at the
//! tokens as the tagger and the parser left them, and are applied in order.

use crate::file::{AttributeRule, Condition, ModelError};
use fancy_regex::Regex;
use smol_str::SmolStr;
use std::collections::HashMap;

/// What the rules look at and set.
#[derive(Debug, Clone)]
pub struct Word {
    /// Lower-cased form.
    pub lower: SmolStr,
    /// Fine tag.
    pub tag: &'static str,
    /// Dependency label.
    pub dep: &'static str,
    /// Coarse part of speech.
    pub pos: &'static str,
    /// Morphology, `Name=Value|…`.
    pub morph: &'static str,
    /// Lemma, where a rule gives one.
    pub lemma: Option<&'static str>,
    /// Whether it is white space.
    pub is_space: bool,
}

struct Rule {
    tokens: Vec<Vec<(Attribute, Test)>>,
    index: usize,
    tag: Option<&'static str>,
    dep: Option<&'static str>,
    pos: Option<&'static str>,
    morph: Option<&'static str>,
    lemma: Option<&'static str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Attribute {
    Tag,
    Lower,
    Dep,
    IsSpace,
}

enum Test {
    Is(String),
    In(Vec<String>),
    NotIn(Vec<String>),
    Flag(bool),
    Matches(Regex),
}

impl Test {
    fn holds(&self, attribute: Attribute, word: &Word) -> bool {
        let value = match attribute {
            Attribute::Tag => word.tag,
            Attribute::Lower => word.lower.as_str(),
            Attribute::Dep => word.dep,
            Attribute::IsSpace => return matches!(self, Test::Flag(f) if *f == word.is_space),
        };
        match self {
            Test::Is(v) => v == value,
            Test::In(vs) => vs.iter().any(|v| v == value),
            Test::NotIn(vs) => !vs.iter().any(|v| v == value),
            Test::Matches(r) => r.is_match(value).unwrap_or(false),
            Test::Flag(_) => false,
        }
    }
}

/// The rules, indexed by what their first token must be.
pub struct Ruler {
    rules: Vec<Rule>,
    by_tag: HashMap<String, Vec<u32>>,
    by_lower: HashMap<String, Vec<u32>>,
    anywhere: Vec<u32>,
}

impl Ruler {
    /// From the rules of the file.
    pub fn new(entries: &[AttributeRule], intern: impl Fn(&str) -> &'static str) -> Result<Ruler, ModelError> {
        let mut ruler =
            Ruler { rules: Vec::new(), by_tag: HashMap::new(), by_lower: HashMap::new(), anywhere: Vec::new() };
        for entry in entries {
            for pattern in &entry.patterns {
                let mut tokens: Vec<Vec<(Attribute, Test)>> = Vec::new();
                for token in pattern {
                    let mut tests = Vec::new();
                    for (name, condition) in token {
                        let attribute = attribute(name)
                            .ok_or_else(|| ModelError::Damaged(format!("an attribute rule looks at `{name}`")))?;
                        tests.push((attribute, test(condition)?));
                    }
                    tokens.push(tests);
                }
                let id = ruler.rules.len() as u32;
                let first = tokens.first().map(Vec::as_slice).unwrap_or_default();
                let exact = |wanted: Attribute| {
                    first.iter().find_map(|(a, t)| match t {
                        Test::Is(v) if *a == wanted => Some(v.clone()),
                        _ => None,
                    })
                };
                if let Some(lower) = exact(Attribute::Lower) {
                    ruler.by_lower.entry(lower).or_default().push(id);
                } else if let Some(tag) = exact(Attribute::Tag) {
                    ruler.by_tag.entry(tag).or_default().push(id);
                } else {
                    ruler.anywhere.push(id);
                }
                let set = |name: &str| entry.attrs.get(name).map(|v| intern(v));
                ruler.rules.push(Rule {
                    tokens,
                    index: entry.index,
                    tag: set("TAG"),
                    dep: set("DEP"),
                    pos: set("POS"),
                    morph: set("MORPH").map(|m| if m == "_" { "" } else { m }),
                    lemma: set("LEMMA"),
                });
            }
        }
        Ok(ruler)
    }

    /// Applies the rules to the words of a text.
    pub fn apply(&self, words: &mut [Word]) {
        let mut matches: Vec<(u32, u32)> = Vec::new();
        for (i, word) in words.iter().enumerate() {
            let by_lower = self.by_lower.get(word.lower.as_str()).map(Vec::as_slice).unwrap_or_default();
            let by_tag = self.by_tag.get(word.tag).map(Vec::as_slice).unwrap_or_default();
            for &id in by_lower.iter().chain(by_tag).chain(&self.anywhere) {
                let tokens = &self.rules[id as usize].tokens;
                let fits = i + tokens.len() <= words.len()
                    && tokens.iter().zip(&words[i..]).all(|(tests, w)| tests.iter().all(|(a, t)| t.holds(*a, w)));
                if fits {
                    matches.push((id, i as u32));
                }
            }
        }
        matches.sort_unstable();
        for (id, at) in matches {
            let rule = &self.rules[id as usize];
            let word = &mut words[at as usize + rule.index];
            word.tag = rule.tag.unwrap_or(word.tag);
            word.dep = rule.dep.unwrap_or(word.dep);
            word.pos = rule.pos.unwrap_or(word.pos);
            word.morph = rule.morph.unwrap_or(word.morph);
            word.lemma = rule.lemma.or(word.lemma);
        }
    }
}

fn attribute(name: &str) -> Option<Attribute> {
    match name {
        "TAG" => Some(Attribute::Tag),
        "LOWER" => Some(Attribute::Lower),
        "DEP" => Some(Attribute::Dep),
        "IS_SPACE" => Some(Attribute::IsSpace),
        _ => None,
    }
}

fn test(condition: &Condition) -> Result<Test, ModelError> {
    Ok(match condition {
        Condition::Is(v) => Test::Is(v.clone()),
        Condition::Flag(f) => Test::Flag(*f),
        Condition::Set { is_in: Some(v), .. } => Test::In(v.clone()),
        Condition::Set { not_in: Some(v), .. } => Test::NotIn(v.clone()),
        Condition::Set { regex: Some(v), .. } => Test::Matches(
            Regex::new(v).map_err(|e| ModelError::Pattern { name: "attribute rule", reason: e.to_string() })?,
        ),
        Condition::Set { .. } => return Err(ModelError::Damaged("an attribute rule has an unknown condition".into())),
    })
}
