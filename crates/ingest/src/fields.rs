//! A field is one fact of a record (its title, its date) under whichever name the crawler wrote it. The names are data,
//! in `aliases.tsv`; this module finds the values and reads them in the shapes that crawlers use: a string, a list, an
//! object with a name in it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::dates::{self, Moment};
use crate::names;

/// One line of `aliases.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The field of ours.
    pub field: &'static str,
    /// The path as the writer spells it.
    pub path: &'static str,
    /// Who writes it so.
    pub writers: &'static str,
    /// The path's names, folded.
    keys: Vec<String>,
}

/// Every alias, in the order of trust.
pub static ALIASES: LazyLock<Vec<Alias>> = LazyLock::new(|| {
    let lines = include_str!("aliases.tsv").lines().filter(|line| !line.starts_with('#'));
    let rows = lines.filter_map(|line| {
        let mut cells = line.split('\t');
        let (field, path, writers) = (cells.next()?, cells.next()?, cells.next()?);
        Some(Alias { field, path, writers, keys: path.split('.').map(fold).collect() })
    });
    rows.collect()
});

/// The field that a single name stands for, as in a text's header: `Date`, `author`.
pub fn of_name(name: &str) -> Option<&'static str> {
    let name = fold(name.trim());
    ALIASES.iter().find(|alias| alias.keys.len() == 1 && alias.keys[0] == name).map(|alias| alias.field)
}

/// Names are the same without case, `_`, `-` and spaces.
fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// The names of fields as users write them in `--map`: those of the table `articles`, and the short ones.
const NAMES: [(&str, &str); 15] = [
    ("text", "text"),
    ("title", "title"),
    ("published_at", "published"),
    ("published", "published"),
    ("date", "published"),
    ("url", "url"),
    ("authors", "authors"),
    ("publisher", "publisher"),
    ("language", "language"),
    ("section", "section"),
    ("modified_at", "modified"),
    ("modified", "modified"),
    ("source_id", "id"),
    ("id", "id"),
    ("html", "html"),
];

/// Where the fields of a record are, as the user says: `text=body,title=headline`. A field that is mapped is looked for
/// nowhere else; the others are found by their aliases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping(Vec<Mapped>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Mapped {
    field: &'static str,
    /// As the user wrote it.
    path: String,
    keys: Vec<String>,
}

impl std::str::FromStr for Mapping {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let pairs = text.split(',').map(str::trim).filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, path) = pair
                .split_once('=')
                .filter(|(_, path)| !path.trim().is_empty())
                .ok_or_else(|| format!("expected FIELD=COLUMN, found `{pair}`"))?;
            let known = NAMES.iter().find(|(known, _)| fold(known) == fold(name.trim()));
            let (_, field) = known.ok_or_else(|| {
                let names = ["text", "html", "title", "published_at", "modified_at", "url", "authors", "publisher"];
                format!("no field `{name}`; the fields are {}, language, section, source_id", names.join(", "))
            })?;
            let path = path.trim().to_owned();
            let keys = path.split('.').map(fold).collect();
            Ok(Mapped { field, path, keys })
        });
        pairs.collect::<Result<Vec<_>, String>>().map(Mapping)
    }
}

impl std::fmt::Display for Mapping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, mapped) in self.0.iter().enumerate() {
            write!(f, "{}{}={}", if at == 0 { "" } else { "," }, mapped.field, mapped.path)?;
        }
        Ok(())
    }
}

impl Mapping {
    /// Where a field is: as the user says, else by its aliases, the most trusted first.
    fn paths<'m>(&'m self, field: &'static str) -> impl Iterator<Item = &'m [String]> + use<'m> {
        let is_mapped = self.0.iter().any(|mapped| mapped.field == field);
        let mapped = self.0.iter().filter(move |mapped| mapped.field == field).map(|mapped| mapped.keys.as_slice());
        let aliases = ALIASES.iter().filter(move |alias| !is_mapped && alias.field == field);
        mapped.chain(aliases.map(|alias| alias.keys.as_slice()))
    }

    /// The first mapped column that a table does not have.
    pub fn missing(&self, columns: &[String]) -> Option<&str> {
        let columns: Vec<String> = columns.iter().map(|column| fold(column)).collect();
        let has = |mapped: &&Mapped| {
            let (first, whole) = (mapped.keys.first(), mapped.keys.join("."));
            columns.iter().any(|column| Some(column) == first || *column == whole)
        };
        self.0.iter().find(|mapped| !has(mapped)).map(|mapped| mapped.path.as_str())
    }

    /// Whether a column may hold the text.
    pub fn is_text(&self, column: &str) -> bool {
        self.is_one_of(column, &["text", "html", "lead"])
    }

    /// Whether a column may hold any field.
    pub fn is_known(&self, column: &str) -> bool {
        let fields = ALIASES.iter().map(|alias| alias.field).collect::<std::collections::BTreeSet<_>>();
        OPENED.contains(&column) || fields.into_iter().any(|field| self.is_one_of(column, &[field]))
    }

    fn is_one_of(&self, column: &str, fields: &[&'static str]) -> bool {
        let column = fold(column);
        fields
            .iter()
            .any(|field| self.paths(field).any(|keys| keys.first() == Some(&column) || keys.join(".") == column))
    }
}

/// Keys under which a record may hold the article.
const OPENED: [&str; 3] = ["_source", "article", "story"];

/// A record whose keys are folded, so that fields can be looked up.
pub struct Fields<'a> {
    keys: BTreeMap<String, &'a Value>,
    mapping: &'a Mapping,
}

impl<'a> Fields<'a> {
    /// Takes a record; one that holds the article in `_source` or `article` is opened.
    pub fn new(record: &'a Map<String, Value>) -> Self {
        static NONE: Mapping = Mapping(Vec::new());
        Self::mapped(record, &NONE)
    }

    /// As [`Fields::new`], with fields where the user says that they are.
    pub fn mapped(record: &'a Map<String, Value>, mapping: &'a Mapping) -> Self {
        let mut keys: BTreeMap<String, &Value> = BTreeMap::new();
        for inner in OPENED {
            if let Some(Value::Object(inner)) = record.get(inner) {
                keys.extend(inner.iter().map(|(key, value)| (fold(key), value)));
            }
        }
        for (key, value) in record {
            keys.entry(fold(key)).or_insert(value);
        }
        Fields { keys, mapping }
    }

    /// The values of a field, the most trusted first.
    fn values(&self, field: &'static str) -> impl Iterator<Item = &'a Value> {
        self.mapping.paths(field).filter_map(|keys| {
            // A table may have its path as the name of a column.
            let flat = if keys.len() > 1 { self.keys.get(&keys.join(".")).copied() } else { None };
            flat.or_else(|| self.inside(keys)).filter(|value| !value.is_null())
        })
    }

    /// The value at the end of a path.
    fn inside(&self, keys: &[String]) -> Option<&'a Value> {
        let (first, rest) = keys.split_first()?;
        let mut value = *self.keys.get(first)?;
        for key in rest {
            value = value.as_object()?.iter().find(|(name, _)| fold(name) == *key)?.1;
        }
        Some(value)
    }

    /// The first value of a field that is a word, a name or a number.
    pub fn string(&self, field: &'static str) -> Option<String> {
        self.values(field).find_map(name_of)
    }

    /// As [`Fields::string`], where the value also has to pass a test.
    pub fn string_if<T>(&self, field: &'static str, test: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.values(field).filter_map(name_of).find_map(|text| test(&text))
    }

    /// The first value of a field with text in it: paragraphs apart by blank lines.
    pub fn text(&self, field: &'static str) -> Option<String> {
        self.values(field).find_map(|value| {
            let mut text = String::new();
            gather(value, &mut text);
            (!text.trim().is_empty() && present(text.trim())).then_some(text)
        })
    }

    /// The first value of a field that is a date.
    pub fn moment(&self, field: &'static str) -> Option<Moment> {
        self.values(field).find_map(|value| match value {
            Value::String(text) => dates::parse(text),
            Value::Number(number) => dates::parse(&number.to_string()).or_else(|| dates::from_epoch(number.as_f64()?)),
            Value::Object(object) => object.values().find_map(|value| dates::parse(value.as_str()?)),
            Value::Array(list) => list.iter().find_map(|value| dates::parse(value.as_str()?)),
            _ => None,
        })
    }

    /// The authors of the first value that names any.
    pub fn authors(&self) -> Vec<String> {
        let found = self.values("authors").map(|value| {
            let mut authors = Vec::new();
            gather_authors(value, &mut authors);
            authors
        });
        found.into_iter().find(|authors| !authors.is_empty()).unwrap_or_default()
    }
}

/// Not one of the words that programs write for nothing.
fn present(text: &str) -> bool {
    !text.is_empty()
        && !["null", "none", "nan", "n/a", "undefined", "unknown"].contains(&text.to_ascii_lowercase().as_str())
}

/// The name in a value: a string or a number, the `name` of an object, the first of a list.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| present(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => {
            ["name", "title", "main", "display_name", "@id"].iter().find_map(|key| name_of(object.get(*key)?))
        }
        Value::Array(list) => list.iter().find_map(name_of),
        _ => None,
    }
}

/// The parts of a structured body, in the order that a reader meets them.
const BODY_PARTS: [&str; 11] = [
    "summary",
    "headline",
    "heading",
    "paragraphs",
    "text",
    "content",
    "body",
    "sections",
    "children",
    "value",
    "plaintext",
];

fn gather(value: &Value, text: &mut String) {
    match value {
        Value::String(paragraph) => {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(paragraph);
        }
        Value::Array(list) => list.iter().for_each(|part| gather(part, text)),
        Value::Object(object) => {
            BODY_PARTS.iter().filter_map(|key| object.get(*key)).for_each(|part| gather(part, text))
        }
        _ => {}
    }
}

fn gather_authors(value: &Value, authors: &mut Vec<String>) {
    match value {
        Value::String(byline) if present(byline.trim()) => {
            for name in names::of_byline(byline) {
                if !authors.iter().any(|known| names::is_same(known, &name)) {
                    authors.push(name);
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|author| gather_authors(author, authors)),
        Value::Object(object) => {
            let part = |keys: &[&str]| keys.iter().find_map(|key| object.get(*key)?.as_str());
            if let Some(name) = part(&["name", "full_name", "fullName", "display_name", "displayName", "title"]) {
                gather_authors(&Value::String(name.to_owned()), authors);
            } else if let Some(last) = part(&["last_name", "lastName", "last", "lastname", "familyName"]) {
                let first = part(&["first_name", "firstName", "first", "firstname", "givenName"]).unwrap_or_default();
                authors.extend(Some(format!("{first} {last}").trim().to_owned()).filter(|name| !name.is_empty()));
            }
        }
        _ => {}
    }
}

/// The ISO 639-1 code of a language given by code or by name: `en`, `eng`, `en-GB`, `English`.
pub fn language(text: &str) -> Option<String> {
    static LANGUAGES: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
        let lines = include_str!("languages.txt").lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(|line| line.split(' ').map(move |word| (word, line.split(' ').next().unwrap_or(word)))).collect()
    });
    let text = text.trim().to_lowercase();
    let word = text.split(['-', '_', ' ', ',', '(']).next()?;
    LANGUAGES.get(word).map(|code| (*code).to_owned())
}
