//! Sentences in, events out.

mod dates;
mod grammar;
mod headlines;
mod nouns;
mod parties;
mod senses;
mod specs;
mod standing;
mod unnamed;

use super::*;
use broadsheet_language::Model;
use std::sync::LazyLock;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::load().expect("the built-in model loads"));
static LEXICONS: LazyLock<Lexicons> = LazyLock::new(|| Lexicons::load().expect("the built-in lexicons load"));

/// What is found in a text published on 2025-03-12, a Wednesday.
fn findings(text: &str) -> crate::Findings {
    let article = Article {
        article_id: "test".into(),
        text: text.into(),
        published_on: Some(jiff::civil::date(2025, 3, 12)),
        ..Article::default()
    };
    crate::normalize(&article, MODEL.read(&[text]).remove(0), &LEXICONS).1
}

/// The events of a text: "TYPE mode: actors > recipients", with the status where
/// it is not actual.
fn events(text: &str) -> Vec<String> {
    let found = findings(text);
    let names = |ids: &[usize]| ids.iter().map(|&i| found.actors[i].name.as_str()).collect::<Vec<_>>().join(", ");
    found
        .events
        .iter()
        .map(|e| {
            let mode = e.event_mode.as_ref().map(|m| format!(" {m}")).unwrap_or_default();
            let status = match e.status {
                Status::Actual => String::new(),
                other => format!(" ({})", other.name()),
            };
            format!("{}{mode}: {} > {}{status}", e.event_type, names(&e.actors), names(&e.recipients))
        })
        .collect()
}

/// All cases of a table, so that one run shows every difference.
fn check(cases: &[(&str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(sentence, expected)| {
            let found = events(sentence);
            (found != *expected).then(|| format!("{sentence}\n  expected {expected:?}\n  found    {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sentences_give_their_events() {
    let cases: &[(&str, &[&str])] = &[
        (
            "Kenyan President William Ruto met Ethiopian Prime Minister Abiy Ahmed in Nairobi on Monday.",
            &["CONSULT: William Ruto, Abiy Ahmed > "],
        ),
        ("The meeting failed to meet the demands of the union.", &[]),
        (
            "Russian forces shelled the Ukrainian city of Kharkiv overnight.",
            &["ASSAULT heavy-weapons: Russian forces > Ukrainian"],
        ),
        ("Nurses in Madrid went on strike on Tuesday over pay.", &["PROTEST strike: Nurses > "]),
        (
            "The United States imposed sanctions on three Iranian banks.",
            &["SANCTION: United States > three Iranian banks"],
        ),
        ("Poland will send 40 tanks to Ukraine.", &["AGREE: Poland > Ukraine"]),
        ("France expelled two Russian diplomats.", &["SANCTION expel: France > two Russian diplomats"]),
        ("China accused the United States of spying on its ships.", &["ACCUSE allege: China > United States"]),
        ("Police arrested the opposition leader Ousmane Sonko in Dakar.", &["COERCE arrest: Police > Ousmane Sonko"]),
        ("Spain beat Russia on penalties after a late attack.", &[]),
        ("Hamas released four Israeli hostages.", &["RETREAT release: Hamas > four Israeli hostages"]),
        (
            "Turkey denied that its jets had bombed a hospital in Syria.",
            &["ASSAULT aerial: Turkey > hospital (negated)"],
        ),
        ("North Korea threatened to attack South Korea.", &["THREATEN violence: North Korea > South Korea"]),
        ("Israel and Egypt signed a gas deal.", &["SUPPORT: Israel, Egypt > "]),
        ("Germany refused to deliver missiles to Ukraine.", &["REJECT assist: Germany > Ukraine"]),
        ("The UN urged Sudan to open the border.", &["REQUEST yield: UN > Sudan"]),
        ("Japan praised Australia for its support.", &["SUPPORT: Japan > Australia"]),
        ("Ethiopia withdrew its troops from Somalia.", &["RETREAT withdraw: Ethiopia > Somalia"]),
        ("The company launched a new phone in India.", &[]),
        ("Gunmen killed three aid workers in northern Nigeria.", &["ASSAULT: Gunmen > three aid workers"]),
        // FIXME: the border is with China, which is the recipient.
        ("India deployed soldiers along its border with China.", &["MOBILIZE troops: India > China"]),
        ("Colombia and the rebels resumed talks in Havana.", &["CONSULT: Colombia, rebels > "]),
        ("Britain gave Pakistan 20 million pounds in flood relief.", &["AID: Britain > Pakistan"]),
        ("If Iran attacks Israel, the United States will respond.", &["ASSAULT: Iran > Israel (hypothetical)"]),
        ("The foreign minister of Greece visited Ankara.", &["CONSULT visit: foreign minister > Ankara"]),
    ];
    check(cases);
}
