//! Holds `docs/input-formats.md` to what the code does.

use crate::fields::ALIASES;
use crate::reject::code;

const DOCUMENT: &str = include_str!("../../../docs/input-formats.md");

#[test]
fn every_alias_is_in_the_document() {
    let (_, table) = DOCUMENT.split_once("<!-- aliases").unwrap();
    let (table, _) = table.split_once("<!-- end -->").unwrap();
    let documented: Vec<&str> = table.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
    let known: Vec<String> =
        ALIASES.iter().map(|alias| format!("| {} | `{}` | {} |", alias.field, alias.path, alias.writers)).collect();
    assert_eq!(documented, known);
}

#[test]
fn every_code_is_in_the_document() {
    let (_, table) = DOCUMENT.split_once("## Codes of refusal").unwrap();
    let documented: Vec<&str> = table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    assert_eq!(documented, code::ALL);
}

#[test]
fn aliases_are_of_known_fields_and_not_double() {
    let fields = [
        "id",
        "url",
        "title",
        "text",
        "html",
        "lead",
        "published",
        "modified",
        "authors",
        "publisher",
        "language",
        "section",
    ];
    let mut seen = std::collections::BTreeSet::new();
    for alias in ALIASES.iter() {
        assert!(fields.contains(&alias.field), "{}", alias.field);
        assert!(seen.insert((alias.field, alias.path)), "{} twice", alias.path);
    }
}
