//! Sentences in, events out.

use super::*;
use broadsheet_language::Model;
use std::sync::LazyLock;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::load().expect("the built-in model loads"));
static LEXICONS: LazyLock<Lexicons> = LazyLock::new(|| Lexicons::load().expect("the built-in lexicons load"));

/// The events of a text published on 2025-03-12, a Wednesday: "TYPE mode: actors > recipients", with the status where
/// it is not actual.
fn events(text: &str) -> Vec<String> {
    let mut reading = MODEL.read(&[text]).remove(0);
    crate::repair::repair(&mut reading);
    let tree = Tree::new(&reading);
    let article = Article {
        article_id: "test".into(),
        text: text.into(),
        published_on: Some(jiff::civil::date(2025, 3, 12)),
        ..Article::default()
    };
    let times = crate::times::find(&reading, &tree, article.published_on, &LEXICONS.times);
    let cast = crate::actors::resolve(&article, &reading, &tree, &LEXICONS);
    let quotes = crate::quotes::find(&article, &reading, &tree, &cast, &LEXICONS.quotes);
    let found = code(&article, &reading, &tree, &cast, &times, &quotes, &LEXICONS);
    let names = |ids: &[usize]| ids.iter().map(|&i| cast.actors[i].name.as_str()).collect::<Vec<_>>().join(", ");
    found
        .iter()
        .map(|e| {
            let mode = e.event_mode.as_ref().map(|m| format!(" {m}")).unwrap_or_default();
            let status = match e.status {
                Status::Actual => String::new(),
                other => format!(" ({})", format!("{other:?}").to_lowercase()),
            };
            format!("{}{mode}: {} > {}{status}", e.event_type, names(&e.actors), names(&e.recipients))
        })
        .collect()
}

#[test]
fn print_cases() {
    for line in std::fs::read_to_string("/tmp/ev/cases.txt").unwrap().lines() {
        println!("(\"{line}\", &{:?}),", events(line));
    }
}
