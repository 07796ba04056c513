//! Linked data is what a page says of its article to search engines: an object of schema.org in a script of type
//! `application/ld+json`. It is the most trusted source of the facts about an article.

use serde_json::{Map, Value};

use crate::json;

/// How deep the object of an article may lie in what surrounds it.
const MAX_DEPTH: usize = 6;
/// A script with more bytes tells of more than an article.
const MAX_SCRIPT: usize = 4 << 20;
/// Authors beyond this are not of one article.
const AUTHORS_MAX: usize = 100;

/// The objects of a page's scripts.
#[derive(Default)]
pub struct Linked {
    scripts: Vec<Value>,
}

impl Linked {
    /// Takes in a script; what cannot be mended is left out.
    pub fn add(&mut self, script: &str) {
        if script.len() > MAX_SCRIPT {
            return;
        }
        let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
        let script = script.trim_start_matches("//").trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        let script = script.trim_end_matches("//").trim().trim_end_matches(';');
        if let Ok(value) = serde_json::from_str(script).or_else(|_| serde_json::from_str(&json::mended(script))) {
            self.scripts.push(value);
        } else if ["Article\"", "Posting\""].iter().any(|kind| script.contains(kind)) {
            self.scripts.push(dates_of(script));
        }
    }

    /// The page's article: of several the one that tells most.
    pub fn article(&self) -> Option<Map<String, Value>> {
        let mut found = Vec::new();
        for script in &self.scripts {
            gather(script, 0, &mut found);
        }
        let told = |article: &&Map<String, Value>| {
            ["headline", "datePublished", "author", "articleBody"]
                .iter()
                .filter(|key| article.contains_key(**key))
                .count()
        };
        // The first of the best: `max_by_key` would take the last.
        let best = found.iter().map(told).max()?;
        let mut article = (*found.iter().find(|article| told(article) == best)?).clone();
        for key in ["author", "publisher"] {
            if let Some(value) = article.get(key) {
                let resolved = self.resolved(value);
                article.insert(key.to_owned(), resolved);
            }
        }
        Some(article)
    }

    /// A value with its references (`{"@id": "#jane"}`) replaced by what they refer to.
    fn resolved(&self, value: &Value) -> Value {
        match value {
            Value::Array(list) => {
                Value::Array(list.iter().take(AUTHORS_MAX).map(|value| self.resolved(value)).collect())
            }
            Value::Object(object) if !object.contains_key("name") => object
                .get("@id")
                .and_then(Value::as_str)
                .and_then(|id| self.scripts.iter().find_map(|script| with_id(script, id, 0)))
                .unwrap_or_else(|| value.clone()),
            other => other.clone(),
        }
    }
}

/// The dates of an article whose script cannot be read otherwise.
fn dates_of(script: &str) -> Value {
    let value = |key: &str| {
        let rest = script.split_once(key)?.1.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        Some(Value::from(rest.split_once('"')?.0))
    };
    let told = ["datePublished", "dateModified"]
        .iter()
        .filter_map(|key| Some(((*key).to_owned(), value(&format!("\"{key}\""))?)));
    Value::Object([("@type".to_owned(), Value::from("Article"))].into_iter().chain(told).collect())
}

fn with_id(value: &Value, id: &str, depth: usize) -> Option<Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    match value {
        Value::Array(list) => list.iter().find_map(|value| with_id(value, id, depth + 1)),
        Value::Object(object)
            if object.get("@id").and_then(Value::as_str) == Some(id) && object.contains_key("name") =>
        {
            Some(value.clone())
        }
        Value::Object(object) => object.values().find_map(|value| with_id(value, id, depth + 1)),
        _ => None,
    }
}

fn gather<'a>(value: &'a Value, depth: usize, found: &mut Vec<&'a Map<String, Value>>) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|value| gather(value, depth + 1, found)),
        Value::Object(object) => {
            if is_article(object.get("@type")) {
                found.push(object);
                return;
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(key) {
                    gather(inner, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

fn is_article(kind: Option<&Value>) -> bool {
    match kind {
        Some(Value::String(kind)) => {
            let kind = kind.rsplit('/').next().unwrap_or(kind);
            kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report"
        }
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| is_article(Some(kind))),
        _ => false,
    }
}
