//! A lemma is the form under which a dictionary lists a word: exceptions first, then suffix rules whose result is in the
//! index, then suffix rules whose result is not.

use crate::attributes::Morph;
use crate::bundle::Tables;
use crate::chars::CharSet;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

#[derive(Debug, Default)]
struct Table {
    rules: Vec<(String, String)>,
    exceptions: FxHashMap<String, Vec<String>>,
    index: FxHashSet<String>,
}

/// The lemma tables by part of speech.
#[derive(Debug)]
pub struct Lemmatizer {
    tables: FxHashMap<String, Table>,
}

impl Lemmatizer {
    pub fn new(tables: &Tables) -> Lemmatizer {
        let mut out: FxHashMap<String, Table> = FxHashMap::default();
        for (pos, rules) in &tables.lemma_rules {
            out.entry(pos.clone()).or_default().rules = rules.clone();
        }
        for (pos, lines) in &tables.lemma_exceptions {
            let entry = |line: &str| {
                let mut fields = line.split('\t').map(str::to_owned);
                Some((fields.next()?, fields.collect()))
            };
            out.entry(pos.clone()).or_default().exceptions = lines.lines().filter_map(entry).collect();
        }
        for (pos, lines) in &tables.lemma_index {
            out.entry(pos.clone()).or_default().index = lines.split('\n').map(str::to_owned).collect();
        }
        Lemmatizer { tables: out }
    }

    /// The lemma of a word as this part of speech.
    pub fn lemma(&self, word: &str, pos: &str, morph: Morph, alpha: &CharSet) -> SmolStr {
        if matches!(pos, "" | "EOL" | "SPACE") || is_base(pos, morph) {
            return lower(word);
        }
        let key = pos.to_ascii_lowercase();
        let Some(table) = self.tables.get(&key) else {
            return if pos == "PROPN" { SmolStr::new(word) } else { lower(word) };
        };
        let lower = lower(word);
        let (mut known, mut odd, mut unknown): (Option<String>, Option<String>, Option<String>) = (None, None, None);
        let mut forms: Vec<String> = Vec::new();
        for (old, new) in &table.rules {
            let Some(stem) = lower.strip_suffix(old.as_str()) else { continue };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if table.index.contains(&form) {
                // Of several, the last rule's.
                known = Some(form.clone());
                forms.push(form);
            } else if !form.chars().all(|c| alpha.has(c)) {
                odd.get_or_insert_with(|| form.clone());
                forms.push(form);
            } else {
                unknown.get_or_insert(form);
            }
        }
        // Of the exceptions, the last one that no rule gives comes first.
        let exceptions = table.exceptions.get(lower.as_str()).map_or(&[][..], Vec::as_slice);
        let mut first = None;
        for form in exceptions {
            if !forms.contains(form) {
                forms.push(form.clone());
                first = Some(form);
            }
        }
        match first.or(known.as_ref()).or(odd.as_ref()).or(unknown.as_ref()) {
            Some(form) => SmolStr::new(form),
            None => SmolStr::new(word),
        }
    }
}

fn lower(word: &str) -> SmolStr {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return SmolStr::new(word);
    }
    SmolStr::from(word.to_lowercase())
}

/// Whether the word is in its base form already.
fn is_base(pos: &str, morph: Morph) -> bool {
    match pos {
        "NOUN" if morph.singular => true,
        "VERB" if morph.finite_present && !morph.number => true,
        _ => morph.infinitive || morph.positive,
    }
}
