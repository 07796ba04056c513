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
        // A people is of the state that it lives in.
        (
            "The Hungarians of southern Slovakia are demanding autonomy from Slovak authorities.",
            "Hungarians",
            Some("SVK"),
        ),
        ("Hungarians in Slovakia accused Poland of lying.", "Hungarians", Some("HUN")),
        ("Soldiers killed two ethnic Uzbeks in a raid in southern Kyrgyzstan.", "Uzbeks", Some("KGZ")),
        ("Bulgarian soldiers attacked the Turkish minority in Bulgaria.", "Turkish minority", Some("BGR")),
        ("Greek police attacked the Turkish minority.", "Turkish minority", Some("TUR")),
        // Another one's ally is not its own.
        (
            "Gunmen killed the deputy commander of Chad's militia ally in western Sudan.",
            "deputy commander",
            Some("SDN"),
        ),
        ("Gunmen killed the deputy commander of Chad's militia in Sudan.", "deputy commander", Some("TCD")),
        ("Ethiopia eased the curfew in Eritrea province.", "Eritrea", Some("ERI")),
        // These are not at home where they act.
        ("Niger's generals rule Niger. West African leaders threatened Niger with war.", "West African leaders", None),
        ("Sudan is at war. In Sudan the president of Sudan accused mediators of lying.", "mediators", None),
    ];
    for (text, name, expected) in cases {
        assert_eq!(country(text, name).as_deref(), *expected, "{text}");
    }
}

#[test]
fn an_act_is_where_its_noun_is() {
    let places = |text: &str| -> Vec<Option<String>> {
        findings(text).events.into_iter().map(|e| e.place.map(|p| p.name)).collect()
    };
    assert_eq!(places("Police arrested the rebel leader in a raid in Nairobi."), [Some("Nairobi".to_string())]);
    // Where one spoke says nothing of those of whom one spoke.
    assert_eq!(places("Kenya praised the rebels in a statement in Geneva."), [None]);
}
