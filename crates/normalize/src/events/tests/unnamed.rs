//! People without a name: the country that the text ties them to.

use super::*;

/// The country of the actor called `name`.
fn country(text: &str, name: &str) -> Option<String> {
    let article = Article { article_id: "test".into(), text: text.into(), ..Article::default() };
    let (_, found) = crate::normalize(&article, MODEL.read(&[text]).remove(0), &LEXICONS);
    let names: Vec<&str> = found.actors.iter().map(|a| a.name.as_str()).collect();
    found.actors.iter().find(|a| a.name == name).unwrap_or_else(|| panic!("{name} in {names:?}")).country.clone()
}

#[test]
fn people_belong_where_they_act() {
    let cases: &[(&str, &str, Option<&str>)] = &[
        ("Demonstrators burned cars in Nairobi.", "Demonstrators", Some("KEN")),
        ("Workers of the Lima bus company went on strike.", "Workers", Some("PER")),
        ("Police in Bolivia fired tear gas at demonstrators.", "demonstrators", Some("BOL")),
        // Refugees are from where they flee.
        ("Germany granted asylum to refugees fleeing Syria.", "refugees", Some("SYR")),
        ("Germany granted asylum to refugees.", "refugees", None),
        // Of two countries that are spoken of as often, the article is about the one named first.
        (
            "Niger closed its border with France. The army arrested three officials. France protested to Niger.",
            "army",
            Some("NER"),
        ),
        // These are not at home where they act.
        ("Niger's generals rule Niger. West African leaders threatened Niger with war.", "West African leaders", None),
        ("Sudan is at war. In Sudan the president of Sudan accused mediators of lying.", "mediators", None),
    ];
    for (text, name, expected) in cases {
        assert_eq!(country(text, name).as_deref(), *expected, "{text}");
    }
}
