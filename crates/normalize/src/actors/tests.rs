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
    has("A bomb went off in Birmingham, Ala., on Friday.", &["Birmingham | place | USA | GOV | -"]);
    has("A bomb went off in Birmingham, Canada said.", &["Birmingham | place | GBR | GOV | -"]);
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

/// Asserts that none of the candidates of `text` is called `name`.
#[track_caller]
fn lacks(text: &str, name: &str) {
    let (_, cast) = cast(text, "2024-03-01");
    let lines: Vec<String> = cast.actors.iter().map(line).collect();
    assert!(cast.actors.iter().all(|a| a.name != name), "`{name}` is in\n{}", lines.join("\n"));
}

#[test]
fn counterparts_hold_the_office_of_the_one_before() {
    has(
        "Norwegian Foreign Minister Espen Lund met his Kenyan counterpart Grace Otieno in Oslo.",
        &["Grace Otieno | person | KEN | GOV | Kenyan counterpart"],
    );
    has(
        "German Chancellor Olaf Scholz met his French counterpart.",
        &["French counterpart | person | FRA | GOV | French counterpart"],
    );
    has(
        "Ghanaian Defense Minister Ama Boateng met her Togolese counterpart, Kossi Adjo, on Monday.",
        &["Kossi Adjo | person | TGO | GOV | Togolese counterpart"],
    );
    means("Peru's president flew home. His Chilean counterpart stayed.", "counterpart", 0, "Chilean counterpart");
}

#[test]
fn capitals_are_governments_by_what_they_do() {
    has("Washington said it would not negotiate.", &["Washington | country | USA | GOV | -"]);
    has("The storm hit Washington on Friday.", &["Washington | place | USA | GOV | -"]);
    has("The minister visited Moscow on Friday.", &["Moscow | place | RUS | GOV | -"]);
    has("Paris accused Ankara of lying.", &["Paris | country | FRA | GOV | -", "Ankara | country | TUR | GOV | -"]);
    has("London is home to nine million people.", &["London | place | GBR | GOV | -"]);
    has("Kenya said Kampala was ready to talk.", &["Kampala | country | UGA | GOV | -"]);
    has("Kenya imposed sanctions on Kampala.", &["Kampala | country | UGA | GOV | -"]);
    has("Kenyan traders like the streets of Kampala.", &["Kampala | place | UGA | GOV | -"]);
    has("The Khartoum government denied it.", &["Khartoum government | country | SDN | GOV | -"]);
    has("The king met traders in Amman, Jordan.", &["Amman | place | JOR | GOV | -"]);
    means("China protested. Beijing recalled its envoy.", "Beijing", 0, "China");
}

#[test]
fn datelines_name_no_actor() {
    lacks("AUSTIN — The mayor resigned on Monday.", "AUSTIN");
    lacks("HANOI, Vietnam (AP) — The minister arrived on Monday.", "Vietnam");
    lacks("NEW DELHI: The minister arrived on Monday.", "NEW DELHI");
    lacks("Nairobi (Reuters) - Kenya closed the border.", "Nairobi");
    has("ABUJA (AP) - Police arrested two men.", &["Police | group | NGA | COP | -"]);
}

#[test]
fn parts_of_a_country_are_not_the_state() {
    has("The Catalan government resigned.", &["Catalan government | place | ESP | GOV | -"]);
    has("Scottish ministers backed the plan.", &["Scottish ministers | group | GBR | GOV | -"]);
    has("The Gujarat government signed the deal.", &["Gujarat government | place | IND | GOV | -"]);
    has("Texans voted on Tuesday.", &["Texans | group | USA | CVL | -"]);
    lacks("Bavarian police closed the road.", "Bavarian");
    has("Bavarian police closed the road.", &["Bavarian police | group | DEU | COP | -"]);
    has("Uighurs marched in Geneva.", &["Uighurs | group | CHN | CVL | -"]);
}

#[test]
fn peoples_of_two_names() {
    has("Bosnian Serbs withdrew from the talks.", &["Bosnian Serbs | group | BIH | CVL | -"]);
    has("Iraqi Kurds voted on Monday.", &["Iraqi Kurds | group | IRQ | CVL | -"]);
    has("African Americans marched in the city.", &["African Americans | group | USA | CVL | -"]);
    has("Turkish Cypriots rejected the plan.", &["Turkish Cypriots | group | CYP | CVL | -"]);
}

#[test]
fn adjectives_give_a_country_and_hostile_ones_do_not() {
    has("Iranian banks were hit.", &["Iranian banks | group | IRN | BUS | -"]);
    has("An Iranian-backed militia in Iraq fired rockets.", &["Iranian-backed militia | group | IRQ | PRM | -"]);
    has("Anti-Syrian protesters in Beirut blocked roads.", &["Anti-Syrian protesters | group | LBN | CVL | -"]);
    has("The US-based activist Jon Doe fled.", &["Jon Doe | person | USA | CVL | US-based activist"]);
    has("China scholar Dan Smith wrote the report.", &["Dan Smith | person | - | EDU | China scholar"]);
    has("Chinese scholar Wen Li wrote the report.", &["Wen Li | person | CHN | EDU | Chinese scholar"]);
}

#[test]
fn ambassadors_are_not_of_the_country_they_are_sent_to() {
    has("The U.S. ambassador to Ghana praised the vote.", &["U.S. ambassador | person | USA | GOV | U.S. ambassador"]);
    has(
        "China's ambassador to Britain Liu Xiaoming protested.",
        &["Liu Xiaoming | person | CHN | GOV | China's ambassador"],
    );
    has("Kenya recalled its ambassador to Somalia.", &["ambassador | person | KEN | GOV | ambassador"]);
}

#[test]
fn owners_give_their_country() {
    has("Israel said its troops had crossed the border.", &["troops | group | ISR | MIL | -"]);
    has("Kenya said Uganda had moved its soldiers.", &["soldiers | group | UGA | MIL | -"]);
    has("Peru's president dismissed his spokesman.", &["spokesman | person | PER | GOV | spokesman"]);
}

#[test]
fn offices_with_a_complement_before_the_name() {
    has(
        "Minister for Communications Mitch Lowe resigned.",
        &["Mitch Lowe | person | - | GOV | Minister for Communications"],
    );
    has("Secretary of State Jane Holm left.", &["Jane Holm | person | - | GOV | Secretary of State"]);
    has("Ford chief executive Jim Stone said no.", &["Jim Stone | person | - | BUS | Ford chief executive"]);
    has("Vice-premier Wen Li arrived.", &["Wen Li | person | - | GOV | Vice-premier"]);
    has(
        "Sarah Lund, senior vice president of Toyota, resigned.",
        &["Sarah Lund | person | - | BUS | senior vice president of Toyota"],
    );
    has("Sen. Ann Roe (R-Texas) left.", &["Ann Roe | person | USA | LEG | Sen."]);
}

#[test]
fn surnames_with_an_office() {
    let at = |text: &str, day: &str| {
        let (_, cast) = cast(text, day);
        cast.actors.iter().map(line).collect::<Vec<_>>()
    };
    let bush = at("President Bush praised Russia.", "2003-05-01");
    assert!(bush.contains(&"Bush | person | USA | GOV | President".to_string()), "{bush:?}");
    let bush = at("The Bush administration sent aid.", "2003-05-01");
    assert!(bush.contains(&"Bush administration | country | USA | GOV | -".to_string()), "{bush:?}");
    let merkel = at("Chancellor Merkel met reporters.", "2010-05-01");
    assert!(merkel.contains(&"Merkel | person | DEU | GOV | Chancellor".to_string()), "{merkel:?}");
}

#[test]
fn longer_names_of_listed_people() {
    has("Mohammad Javad Zarif criticised the ruling.", &["Mohammad Javad Zarif | person | IRN | ELI | - | former"]);
}

#[test]
fn a_namesake_is_somebody_else() {
    has("Robert Gates, a physician, opened the clinic.", &["Robert Gates | person | - | MED | physician"]);
}

#[test]
fn groups_that_share_a_noun_are_as_many_as_adjectives() {
    let count = |text: &str, word: &str| {
        let (reading, cast) = cast(text, "2024-03-01");
        let head = (0..reading.tokens.len()).find(|&t| reading.word(t) == word).unwrap();
        let names: Vec<String> = cast.sharing(head).iter().map(|&a| cast.actors[a].name.clone()).collect();
        names
    };
    assert_eq!(count("French and Egyptian warships sailed.", "warships"), ["French warships", "Egyptian warships"]);
    assert_eq!(count("US and British forces must leave.", "forces"), ["US forces", "British forces"]);
    assert_eq!(
        count("Indian, Thai and Kenyan officials met on Monday.", "officials"),
        ["Indian officials", "Thai officials", "Kenyan officials"]
    );
    assert_eq!(count("The Kenyan and Ugandan governments agreed.", "governments").len(), 2);
    assert_eq!(count("Kenyan officials met.", "officials"), ["Kenyan officials"]);
}

#[test]
fn bodies_called_by_their_kind() {
    means("NASA launched a rocket. The agency said it was safe.", "agency", 0, "NASA");
    means("Amnesty International criticised Egypt. The group urged calm.", "group", 0, "Amnesty International");
    means("The World Bank approved a loan. The bank praised Ghana.", "bank", 0, "World Bank");
    means("Kenya closed the border. The country had been warned.", "country", 0, "Kenya");
    has("The government outlawed the strike.", &["government | organization | - | GOV | -"]);
    has("Baghdad University opened a clinic.", &["Baghdad University | organization | IRQ | EDU | -"]);
}

#[test]
fn words_that_only_look_like_people() {
    lacks("The families demand justice.", "justice");
    lacks("She shook her head at him.", "her head");
    lacks("The Davis Cup opened in Madrid.", "Davis Cup");
    lacks("The Berlin Film Festival opened.", "Berlin Film Festival");
    lacks("Iceland 0-0 Wales was the score.", "Iceland 0-0");
    has("The head of the army resigned.", &["head | person | - | MIL | head of the army"]);
}

#[test]
fn numbered_groups_are_told_apart() {
    let (_, cast) = cast("A bomb killed 31 people in Lagos. Another one killed seven people in Kano.", "2024-03-01");
    let people = cast.actors.iter().filter(|a| a.name.ends_with("people")).count();
    assert_eq!(people, 2);
}

#[test]
fn a_headline_and_its_body() {
    let (model, lexicons) = tools();
    let title = "Court orders Peru's vice president to testify";
    let body = "A Peruvian court ordered Vice President Rosa Quispe to testify on Monday.";
    let text = format!("{title}\n\n{body}");
    let mut parts = model.read(&[title, body]).into_iter();
    let at = title.chars().count() as u32;
    let parts = vec![(parts.next().unwrap(), 0, 0), (parts.next().unwrap(), at + 2, at + 2)];
    let mut reading = Reading::join(text.clone(), parts);
    repair::repair(&mut reading);
    let tree = Tree::new(&reading);
    let article = Article { text, title_end: at, published_on: "2024-03-01".parse().ok(), ..Article::default() };
    let cast = resolve(&article, &reading, &tree, lexicons);
    let lines: Vec<String> = cast.actors.iter().map(line).collect();
    assert_eq!(lines.iter().filter(|l| l.contains("court")).count(), 1, "{lines:?}");
    assert_eq!(lines.iter().filter(|l| l.contains("| person |")).count(), 1, "{lines:?}");
}

#[test]
fn identifiers_join_across_articles() {
    let id = |text: &str, country: &str| {
        let (_, cast) = cast(text, "2024-03-01");
        let wanted = |a: &&Actor| a.country.as_deref() == Some(country);
        cast.actors.iter().find(wanted).map(|a| a.actor_id.clone()).expect(text)
    };
    assert_eq!(id("The United States sent aid.", "USA"), id("The US sent aid.", "USA"));
    assert_eq!(id("Turkey protested.", "TUR"), id("Türkiye protested.", "TUR"));
    assert_eq!(id("The European Union met.", "EUR"), id("The EU met.", "EUR"));
    assert_ne!(id("Kenya protested.", "KEN"), id("Uganda protested.", "UGA"));
}

#[test]
fn todays_wrong_answers() {
    // FIXME: a company that is called as its country is one word is taken for the country.
    has("Emirates ordered ten jets.", &["Emirates | country | ARE | GOV | -"]);
    // FIXME: the spokesman of a company that no list knows has no country, and should have none, but gets the sector
    // of a state's.
    has("A spokesman for Brightwood said no.", &["spokesman | person | - | - | spokesman for Brightwood"]);
    // FIXME: somebody's supporters have their leader's country, but not his side.
    has("Ghanaian opposition leader Kofi Anan's supporters marched.", &[]);
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

#[test]
fn halves_of_a_pair_of_countries() {
    means("South Korea closed the road. The North protested.", "North", 0, "North Korea");
    means("South Korea sent aid to people in the north.", "Korea", 0, "South Korea");
}

#[test]
fn past_offices() {
    let governor = "Former Ohio governor Ann Roe attacked the plan. ";
    means(&format!("{governor}The former governor said so."), "governor", 1, "Ann Roe");
    means(&format!("{governor}The governor said so."), "governor", 1, "Ann Roe");
    // The lists know what he has been.
    means("Barack Obama spoke in Berlin. The former president urged calm.", "president", 0, "Barack Obama");
    means(
        "President Joe Biden met former President Barack Obama. The president thanked him.",
        "president",
        0,
        "Joe Biden",
    );
    // Somebody else is president now.
    means("A former president fled. The president stayed.", "president", 1, "president");
    has(
        "Peter Lund, a former United Nations ambassador, praised Peru.",
        &["Peter Lund | person | - | ELI | former United Nations ambassador | former"],
    );
    has(
        "Peter Lund, the Danish ambassador to the United Nations, praised Peru.",
        &["Peter Lund | person | DNK | GOV | Danish ambassador"],
    );
    has("The U.N. envoy Peter Lund left Libya.", &["Peter Lund | person | UNO | GOV | U.N. envoy"]);
}

#[test]
fn object_pronouns_are_not_their_subject() {
    means("President Tom Lund called Minister Alan Roe to congratulate him.", "him", 0, "Alan Roe");
    means("President Tom Lund praised Minister Alan Roe and thanked him.", "him", 0, "Alan Roe");
    means("President Tom Lund urged Minister Alan Roe to meet him.", "him", 0, "Tom Lund");
    means("President Tom Lund met Minister Alan Roe. The army backs him.", "him", 0, "Tom Lund");
}
