//! A sentence in, actors out. The candidates of a text are compared with what it says; a test names those it is about.

use super::*;
use crate::{ActorKind, repair};
use broadsheet_language::Model;
use std::sync::OnceLock;

fn tools() -> &'static (Model, Lexicons) {
    static TOOLS: OnceLock<(Model, Lexicons)> = OnceLock::new();
    TOOLS.get_or_init(|| (Model::load().unwrap(), Lexicons::load().unwrap()))
}

fn cast(text: &str, day: &str) -> (Reading, Cast) {
    let (model, lexicons) = tools();
    let mut reading = model.read(&[text]).remove(0);
    repair::repair(&mut reading);
    let tree = Tree::new(&reading);
    let article = Article { text: text.to_string(), published_on: day.parse().ok(), ..Article::default() };
    let cast = resolve(&article, &reading, &tree, lexicons);
    (reading, cast)
}

/// One line an actor: name, kind, country, sector, role, `former`; `-` for none.
fn line(a: &Actor) -> String {
    let kind = match a.kind {
        ActorKind::Person => "person",
        ActorKind::Organization => "organization",
        ActorKind::Country => "country",
        ActorKind::Place => "place",
        ActorKind::Group => "group",
    };
    let text = |v: &Option<String>| v.clone().unwrap_or_else(|| "-".to_string());
    let former = if a.former { " | former" } else { "" };
    format!("{} | {kind} | {} | {} | {}{former}", a.name, text(&a.country), text(&a.sector), text(&a.role))
}

/// Asserts that each of `wanted` is among the candidates of `text`.
#[track_caller]
fn has(text: &str, wanted: &[&str]) {
    let (_, cast) = cast(text, "2024-03-01");
    let lines: Vec<String> = cast.actors.iter().map(line).collect();
    for w in wanted {
        assert!(lines.iter().any(|l| l == w), "no `{w}` in\n{}", lines.join("\n"));
    }
}

/// Asserts that the mention headed by the `n`th `word` means the actor called `name`.
#[track_caller]
fn means(text: &str, word: &str, n: usize, name: &str) {
    let (reading, cast) = cast(text, "2024-03-01");
    let token = (0..reading.tokens.len()).filter(|&t| reading.word(t) == word).nth(n).expect("the word is in the text");
    let mention = cast.by_head[token].map(|m| &cast.mentions[m as usize]);
    let actual = mention.map(|m| cast.actors[m.actor].name.as_str());
    assert_eq!(actual, Some(name), "{:?}", cast.actors.iter().map(line).collect::<Vec<_>>());
}

#[test]
fn offices_before_a_name() {
    has(
        "Ghanaian Foreign Minister Ama Boateng arrived on Monday.",
        &["Ama Boateng | person | GHA | GOV | Ghanaian Foreign Minister"],
    );
    has("Peruvian lawmaker Rosa Quispe resigned.", &["Rosa Quispe | person | PER | LEG | Peruvian lawmaker"]);
    has("Gen. Anders Holm inspected the base.", &["Anders Holm | person | - | MIL | Gen."]);
    has(
        "Former Danish Prime Minister Karen Holst criticised the plan.",
        &["Karen Holst | person | DNK | ELI | Former Danish Prime Minister | former"],
    );
    has("Judge Ellen Marsh sentenced the man.", &["Ellen Marsh | person | - | JUD | Judge"]);
    has(
        "Turkish police chief Kemal Aydin was dismissed.",
        &["Kemal Aydin | person | TUR | COP | Turkish police chief"],
    );
    has(
        "The company's chief executive, Laura Benton, apologised.",
        &["Laura Benton | person | - | BUS | company's chief executive"],
    );
}

#[test]
fn offices_after_a_name() {
    has(
        "Ama Boateng, the foreign minister of Ghana, met reporters.",
        &["Ama Boateng | person | GHA | GOV | foreign minister of Ghana"],
    );
    has(
        "Peter Lund, a spokesman for the Norwegian army, denied the report.",
        &["Peter Lund | person | NOR | MIL | spokesman for the Norwegian army"],
    );
    has("Rep. Dana Wells (D-Ohio) voted against the bill.", &["Dana Wells | person | USA | LEG | Rep."]);
    has("Maria Lopez, a farmer, said the soldiers had left.", &["Maria Lopez | person | - | AGR | farmer"]);
    has(
        "Ama Boateng is the foreign minister of Ghana.",
        &["Ama Boateng | person | GHA | GOV | foreign minister of Ghana"],
    );
}

#[test]
fn countries_capitals_and_seats() {
    has("Kenya signed the treaty.", &["Kenya | country | KEN | GOV | -"]);
    has("The Kremlin rejected the claim.", &["Kremlin | country | RUS | GOV | -"]);
    has(
        "Seoul and Tokyo agreed to resume talks.",
        &["Seoul | country | KOR | GOV | -", "Tokyo | country | JPN | GOV | -"],
    );
    has("Protesters gathered in Nairobi.", &["Nairobi | place | KEN | GOV | -"]);
    has("The U.N. condemned the attack.", &["U.N. | organization | UNO | - | -"]);
    has("The European Union imposed sanctions on Belarus.", &["European Union | organization | EUR | - | -"]);
    has("Hong Kong banned the march.", &["Hong Kong | place | HKG | GOV | -"]);
    means("South Korea protested. Seoul summoned the ambassador.", "Seoul", 0, "South Korea");
    means("France voted against it. The French government said so.", "government", 0, "France");
    means("The White House praised Japan. The United States sent aid.", "House", 0, "United States");
}

#[test]
fn organizations() {
    has("Reuters reported the deal.", &["Reuters | organization | GBR | JRN | -"]);
    has("Hamas released two hostages.", &["Hamas | organization | PSE | REB | -"]);
    has("Toyota will close the plant.", &["Toyota | organization | JPN | BUS | -"]);
    has("The Ghana Police Service arrested him.", &["Ghana Police Service | organization | GHA | COP | -"]);
    has("Iran's foreign ministry summoned the envoy.", &["Iran's foreign ministry | organization | IRN | GOV | -"]);
    has("The Bolivian army seized the town.", &["Bolivian army | organization | BOL | MIL | -"]);
    means("The European Space Agency (ESA) launched a probe. ESA said it was safe.", "ESA", 1, "European Space Agency");
    has("A spokesman for Hamas denied it.", &["spokesman | person | PSE | REB | spokesman for Hamas"]);
    means(
        "Barack Obama spoke. The Obama administration sent aid to the United States.",
        "administration",
        0,
        "United States",
    );
    means("The World Health Organization warned of it. The WHO sent a team.", "WHO", 0, "World Health Organization");
}

#[test]
fn groups() {
    has("US troops entered the village.", &["US troops | group | USA | MIL | -"]);
    has("Gunmen killed three soldiers.", &["Gunmen | group | - | UAF | -", "three soldiers | group | - | MIL | -"]);
    has("Thousands of Bolivian miners went on strike.", &["Bolivian miners | group | BOL | LAB | -"]);
    has("Protesters in Sudan burned tyres.", &["Protesters | group | SDN | CVL | -"]);
    has("Russians voted on Sunday.", &["Russians | group | RUS | CVL | -"]);
    means("US troops left the base. The troops had been there for years.", "troops", 1, "US troops");
}

#[test]
fn groups_that_share_a_noun() {
    let text = "Hungarian and Romanian officials met on Tuesday.";
    has(text, &["Hungarian officials | group | HUN | GOV | -", "Romanian officials | group | ROU | GOV | -"]);
    let (reading, cast) = cast(text, "2024-03-01");
    let head = (0..reading.tokens.len()).find(|&t| reading.word(t) == "officials").unwrap();
    assert_eq!(cast.sharing(head).len(), 2);
}

#[test]
fn names_of_one_person() {
    let text = "South Korean President Kim Do-yun arrived in Hanoi. Mr. Kim met the premier. Kim smiled.";
    means(text, "Kim", 1, "Kim Do-yun");
    means(text, "Kim", 2, "Kim Do-yun");
    means("Ama Boateng left. Boateng will return.", "Boateng", 1, "Ama Boateng");
    means("Shigeru Mori spoke. Mori Shigeru left.", "Shigeru", 1, "Shigeru Mori");
}

#[test]
fn descriptions_of_somebody_named() {
    let text = "Ghanaian President Kofi Mensah flew to Lagos. The president met traders there.";
    means(text, "president", 0, "Kofi Mensah");
    means("The foreign minister, Ama Boateng, resigned.", "minister", 0, "Ama Boateng");
    means("Toyota cut its forecast. The company blamed prices.", "company", 0, "Toyota");
}

#[test]
fn pronouns() {
    means("President Kofi Mensah arrived. He met traders.", "He", 0, "Kofi Mensah");
    means("Anna Berg met John Cole. She thanked him.", "She", 0, "Anna Berg");
    means("Anna Berg met John Cole. She thanked him.", "him", 0, "John Cole");
    means("Kenya closed the border. It gave no reason.", "It", 0, "Kenya");
    means("Protesters blocked the road. They burned tyres.", "They", 0, "Protesters");
    means("Kenya recalled its ambassador.", "its", 0, "Kenya");
}

#[test]
fn the_day_decides_who_was_president() {
    let at = |day: &str| {
        let (_, cast) = cast("Barack Obama criticised the plan.", day);
        line(&cast.actors[0])
    };
    assert_eq!(at("2014-05-01"), "Barack Obama | person | USA | GOV | -");
    assert_eq!(at("2020-05-01"), "Barack Obama | person | USA | ELI | - | former");
    assert_eq!(at("2004-05-01"), "Barack Obama | person | USA | - | -");
}

#[test]
fn nothing_breaks_on_odd_text() {
    for text in [
        "",
        " ",
        "\n\n",
        "'s",
        "(",
        "The",
        "US US US US",
        "Mr. Mr. Mr.",
        "of of the the",
        "\u{feff}\u{200b}",
        "President",
    ] {
        let (reading, cast) = cast(text, "2024-03-01");
        assert_eq!(cast.by_head.len(), reading.tokens.len());
        for m in &cast.mentions {
            assert!(m.first < m.last && m.last <= reading.tokens.len() && m.actor < cast.actors.len(), "{text:?}");
        }
    }
}
