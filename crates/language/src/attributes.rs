//! Attribute rules give a token its part of speech, its morphology and, for some words, its lemma, from its tag, its form
//! and its dependency. Of the rules that match, the last one in the model's list decides each attribute.

use crate::bundle::Tables;
use crate::labels::Labels;
use rustc_hash::FxHashMap;

/// A test on one token.
#[derive(Debug, Default)]
struct Test {
    tags: Option<u64>,
    deps: Option<u64>,
    space: Option<bool>,
    /// Numbers of lower-case forms, and whether the form must be one of them.
    forms: Option<(bool, Vec<u16>)>,
}

#[derive(Debug)]
struct Pattern {
    tests: Vec<Test>,
    rule: u16,
    target: usize,
}

#[derive(Debug, Default)]
struct Effect {
    tag: Option<u8>,
    pos: Option<&'static str>,
    dep: Option<u8>,
    lemma: Option<&'static str>,
    morph: Option<Morph>,
}

/// What the lemmatizer asks of a token's morphology.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Morph {
    /// `Number=Sing`
    pub singular: bool,
    /// Any `Number`
    pub number: bool,
    /// `VerbForm=Inf`
    pub infinitive: bool,
    /// `VerbForm=Fin` and `Tense=Pres`
    pub finite_present: bool,
    /// `Degree=Pos`
    pub positive: bool,
}

impl Morph {
    fn parse(features: &str) -> Morph {
        let has = |wanted: &str| features.split('|').any(|f| f == wanted);
        Morph {
            singular: has("Number=Sing"),
            number: features.split('|').any(|f| f.starts_with("Number=")),
            infinitive: has("VerbForm=Inf"),
            finite_present: has("VerbForm=Fin") && has("Tense=Pres"),
            positive: has("Degree=Pos"),
        }
    }
}

/// What the rules say of a token.
#[derive(Debug, Clone, Copy)]
pub struct Attributes {
    pub tag: u8,
    pub dep: u8,
    pub pos: &'static str,
    pub lemma: Option<&'static str>,
    pub morph: Morph,
}

/// What the rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub tag: u8,
    pub dep: u8,
    pub form: u16,
    pub is_space: bool,
}

/// The attribute rules.
#[derive(Debug)]
pub struct AttributeRules {
    patterns: Vec<Pattern>,
    effects: Vec<Effect>,
    /// For each tag, the patterns whose first test may pass, in order.
    by_tag: Vec<Vec<u16>>,
    forms: FxHashMap<String, u16>,
    longest_form: usize,
}

impl AttributeRules {
    pub fn new(tables: &Tables, labels: &mut Labels) -> AttributeRules {
        let mut out = AttributeRules {
            patterns: Vec::new(),
            effects: Vec::new(),
            by_tag: Vec::new(),
            forms: FxHashMap::default(),
            longest_form: 0,
        };
        for (rule, table) in tables.attribute_rules.iter().enumerate() {
            let get = |key: &str| table.set.get(key);
            out.effects.push(Effect {
                tag: get("TAG").map(|t| labels.tags.add(t)),
                pos: get("POS").map(|p| labels.pos.name_of(p)),
                dep: get("DEP").map(|d| labels.deps.add(d)),
                lemma: get("LEMMA").map(|l| labels.lemmas.name_of(l)),
                morph: get("MORPH").map(|m| Morph::parse(m)),
            });
            for tokens in &table.alternatives {
                let tests = tokens
                    .iter()
                    .map(|token| {
                        let mut test = Test::default();
                        for (key, wanted, values) in token {
                            let mask = |ids: &mut dyn Iterator<Item = u8>| {
                                let set = ids.fold(0u64, |set, id| set | 1 << (id & 63));
                                Some(if *wanted { set } else { !set })
                            };
                            match key.as_str() {
                                "TAG" => test.tags = mask(&mut values.iter().map(|v| labels.tags.add(v))),
                                "DEP" => test.deps = mask(&mut values.iter().map(|v| labels.deps.add(v))),
                                "IS_SPACE" => test.space = Some(*wanted),
                                _ => {
                                    let ids = values.iter().map(|v| out.form_number(v)).collect();
                                    test.forms = Some((*wanted, ids));
                                }
                            }
                        }
                        test
                    })
                    .collect();
                out.patterns.push(Pattern { tests, rule: rule as u16, target: table.index });
            }
        }
        out.by_tag = (0..64u64)
            .map(|tag| {
                let may = |p: &Pattern| p.tests.first().is_some_and(|t| t.tags.is_none_or(|set| set >> tag & 1 == 1));
                (0..out.patterns.len()).filter(|&i| may(&out.patterns[i])).map(|i| i as u16).collect()
            })
            .collect();
        out
    }

    fn form_number(&mut self, form: &str) -> u16 {
        let next = self.forms.len() as u16 + 1;
        self.longest_form = self.longest_form.max(form.len());
        *self.forms.entry(form.to_owned()).or_insert(next)
    }

    /// The number of a form that some rule names; 0 for all others.
    pub fn form(&self, word: &str) -> u16 {
        if word.len() > self.longest_form + 4 {
            return 0;
        }
        if let Some(&number) = self.forms.get(word) {
            return number;
        }
        self.forms.get(word.to_lowercase().as_str()).copied().unwrap_or(0)
    }

    /// The attributes of all tokens of a text.
    pub fn apply(&self, tokens: &[Seen]) -> Vec<Attributes> {
        let mut rules = vec![[None::<u16>; 5]; tokens.len()];
        for (i, token) in tokens.iter().enumerate() {
            for &p in &self.by_tag[usize::from(token.tag & 63)] {
                let pattern = &self.patterns[usize::from(p)];
                let window = tokens.get(i..i + pattern.tests.len());
                if !window.is_some_and(|w| pattern.tests.iter().zip(w).all(|(test, token)| passes(test, token))) {
                    continue;
                }
                let effect = &self.effects[usize::from(pattern.rule)];
                let sets = [
                    effect.tag.is_some(),
                    effect.pos.is_some(),
                    effect.dep.is_some(),
                    effect.lemma.is_some(),
                    effect.morph.is_some(),
                ];
                for (slot, set) in rules[i + pattern.target].iter_mut().zip(sets) {
                    if set && slot.is_none_or(|r| r < pattern.rule) {
                        *slot = Some(pattern.rule);
                    }
                }
            }
        }
        let effect = |rule: Option<u16>| rule.map(|r| &self.effects[usize::from(r)]);
        rules
            .into_iter()
            .zip(tokens)
            .map(|([tag, pos, dep, lemma, morph], token)| Attributes {
                tag: effect(tag).and_then(|e| e.tag).unwrap_or(token.tag),
                pos: effect(pos).and_then(|e| e.pos).unwrap_or(""),
                dep: effect(dep).and_then(|e| e.dep).unwrap_or(token.dep),
                lemma: effect(lemma).and_then(|e| e.lemma),
                morph: effect(morph).and_then(|e| e.morph).unwrap_or_default(),
            })
            .collect()
    }
}

fn passes(test: &Test, token: &Seen) -> bool {
    test.tags.is_none_or(|set| set >> (token.tag & 63) & 1 == 1)
        && test.deps.is_none_or(|set| set >> (token.dep & 63) & 1 == 1)
        && test.space.is_none_or(|s| s == token.is_space)
        && test.forms.as_ref().is_none_or(|(wanted, forms)| forms.contains(&token.form) == *wanted)
}
