//! The day of an event.

use super::*;

/// The days of the events of a text: "TYPE day", or the first and the last day.
fn days(text: &str) -> Vec<String> {
    let found = findings(text);
    let day = |d: Option<Date>| d.map_or_else(|| "-".to_string(), |d| d.to_string());
    let event = |e: &Event| match e.event_date_end {
        Some(end) => format!("{} {} {end}", e.event_type, day(e.event_date)),
        None => format!("{} {}", e.event_type, day(e.event_date)),
    };
    found.events.iter().map(event).collect()
}

#[test]
fn what_follows_an_act_dates_it() {
    let cases: &[(&str, &[&str])] = &[
        ("Fifty Kenyans returned home on Monday after being deported from Texas.", &["COERCE 2025-03-10"]),
        (
            "Kenya dropped its plan after reaching a settlement with Uganda last year.",
            &["CONCEDE 2024-01-01 2024-12-31", "AGREE 2024-01-01 2024-12-31"],
        ),
        // A day is not long enough for both.
        (
            "Kenya dropped its plan after reaching a settlement with Uganda on Monday.",
            &["CONCEDE -", "AGREE 2025-03-10"],
        ),
        ("Kenya freed two Ugandans, who were arrested on Monday.", &["RETREAT -", "COERCE 2025-03-10"]),
    ];
    for (text, expected) in cases {
        assert_eq!(days(text), *expected, "{text}");
    }
}

#[test]
fn a_promise_has_the_day_of_the_speech() {
    let text =
        "Kenyan President William Ruto condemned the vote on Monday. Ruto announced that Kenya will send aid to Chad.";
    assert_eq!(days(text), ["ACCUSE 2025-03-10", "AGREE 2025-03-10"]);
}

#[test]
fn what_hangs_elsewhere_in_the_tree_dates_the_clause() {
    let cases: &[(&str, &[&str])] = &[
        // A time that is open at one end is no day.
        ("Kenya has attacked Somalia since November.", &["ASSAULT -"]),
        ("Kenya was neutral until 2013, when it attacked Somalia.", &["ASSAULT 2013-01-01 2013-12-31"]),
        // The parser joins the day to the name behind it.
        ("On Monday army chief General Abdel Fattah al-Burhan dismissed General Malik Agar.", &["SANCTION 2025-03-10"]),
        // "is to" looks ahead.
        ("On Thursday the Kenyan president is to meet Ugandan President Yoweri Museveni.", &["AGREE 2025-03-13"]),
        (
            "Assange was accused of theft by a Swedish woman following a meeting in Oslo in 2010.",
            &["ACCUSE 2010-01-01 2010-12-31"],
        ),
        // The whole row of coordinated verbs has the day of the first.
        (
            "Sudan's army seized power on Monday, arrested Prime Minister Abdalla Hamdok and freed two soldiers.",
            &["COERCE 2025-03-10", "COERCE 2025-03-10", "RETREAT 2025-03-10"],
        ),
        // The year of what an inquiry is about is not its own.
        ("Sweden dropped its investigation into a 2010 allegation against Julian Assange.", &["CONCEDE -"]),
        // The past perfect lies behind the day.
        ("Two Kenyans died on Monday after Uganda had arrested them.", &["COERCE -"]),
        // A day ahead is that of what is asked.
        ("Kenya urged Somalia to leave in April.", &["REQUEST -"]),
    ];
    for (text, expected) in cases {
        assert_eq!(days(text), *expected, "{text}");
    }
}

#[test]
fn refusals_accounts_and_what_is_expected_have_their_day() {
    let cases: &[(&str, &[&str])] = &[
        // A refusal is done by saying it, on the day of the speech.
        (
            "Kenyan President William Ruto on Tuesday accused Somalia of smuggling. “We will not accept the claims of Somalia,” Ruto said in an address.",
            &["ACCUSE 2025-03-11", "REJECT 2025-03-11"],
        ),
        // The parser hangs the participle on the last noun of the clause.
        (
            "Migration is a worry to many, with laws banning foreign migrants from working in Kenya expected next month.",
            &["COERCE 2025-04-01 2025-04-30"],
        ),
        // Or gives it the noun as its subject.
        (
            "Kenya is divided, with a law banning foreign migrants from selling shops in Nairobi planned next week.",
            &["COERCE 2025-03-17 2025-03-23"],
        ),
        // An account goes on within one quotation, and not behind it.
        (
            "\"The troops of Somalia crossed the border on Monday. They fired 12 rockets at our village. Ten rockets hit the school\", said Kenya. Uganda attacked Rwanda.",
            &["MOBILIZE 2025-03-10", "ASSAULT 2025-03-10", "ASSAULT 2025-03-10", "ASSAULT -"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(days(text), *expected, "{text}");
    }
}

#[test]
fn a_day_in_common_makes_one_act_and_a_year_does_not() {
    let ids = |text: &str| {
        let found: BTreeSet<String> = findings(text).events.into_iter().map(|e| e.event_id).collect();
        found.len()
    };
    let twice = |when: &str| format!("Kenya attacked Somalia {when}. Chad was calm. Kenya attacked Somalia {when}.");
    assert_eq!(ids(&twice("on Monday")), 1);
    assert_eq!(ids(&twice("in 2023")), 2);
}
