//! Senses: the same word as an act and as something else.

use super::check;

#[test]
fn what_is_said_of_oneself_is_no_accusation() {
    check(&[
        ("Ethiopia claimed that it had shot down two Eritrean jets.", &["ASSAULT heavy-weapons: Ethiopia > Eritrean"]),
        ("Ethiopia claimed that Eritrea had shot down two jets.", &["ACCUSE allege: Ethiopia > Eritrea"]),
    ]);
}

#[test]
fn arms_make_an_attack() {
    check(&[
        (
            "Chad attacked Libya with rockets overnight, its first attack on the country in years.",
            &["ASSAULT heavy-weapons: Chad > Libya"],
        ),
        ("The opposition attacked the government's decision.", &["ACCUSE disapprove: opposition > government"]),
        ("The singer's fight with Madonna amused the audience.", &[]),
        ("The battle between Hindus and Muslims in the play is about faith.", &[]),
    ]);
}

#[test]
fn a_question_about_a_right_is_criticism() {
    check(&[
        ("Serbia questioned Kosovo's right to exist.", &["ACCUSE disapprove: Serbia > Kosovo"]),
        ("Detectives questioned the former mayor of Lagos.", &["ACCUSE investigate: Detectives > former mayor"]),
    ]);
}

#[test]
fn a_warning_to_the_public_threatens_nobody() {
    check(&[
        ("The government of Kenya issued a warning to residents of flooded areas.", &[]),
        ("North Korea issued a warning to South Korea.", &["THREATEN: North Korea > South Korea"]),
    ]);
}

#[test]
fn a_promise_to_punish_is_a_threat() {
    check(&[
        ("Canada promised to freeze the assets of Iranian banks.", &["THREATEN restrict: Canada > Iranian banks"]),
        ("Canada promised to feed Somalia.", &["AGREE: Canada > Somalia"]),
    ]);
}

#[test]
fn recognition_and_grants() {
    check(&[
        (
            "Russian President Vladimir Putin recognised the breakaway region of Georgia.",
            &["SUPPORT: Vladimir Putin > Georgia"],
        ),
        ("The Senate approved $9 billion in aid for Israel.", &["AGREE: Senate > Israel"]),
    ]);
}

#[test]
fn what_is_carried_in_joy_is_no_protest() {
    check(&[
        ("Residents of Tripoli waved flags and cheered.", &[]),
        ("Protesters in Tripoli waved flags against the government.", &["PROTEST demo: Protesters > Libya"]),
    ]);
}

#[test]
fn charges_that_are_dropped_are_not_brought() {
    check(&[(
        "Prosecutors in Accra said that the charges against the editor would be dropped.",
        &["CONCEDE:  > editor (planned)"],
    )]);
}

#[test]
fn who_is_killed_and_what_kills() {
    check(&[
        ("The killing of Jamal Khashoggi by Saudi agents shocked Turkey.", &["ASSAULT: Saudi > Jamal Khashoggi"]),
        ("Turkey shared evidence about Boris Nemtsov's killing.", &["ASSAULT:  > Boris Nemtsov"]),
    ]);
}

#[test]
fn a_town_is_taken_and_a_person_arrested() {
    check(&[
        ("The rebels captured Goma, the capital of the province.", &["COERCE seize: rebels > Goma"]),
        ("Troops captured the commander Ali Hassan.", &["COERCE arrest: Troops > Ali Hassan"]),
        ("The hostages were taken to Egypt.", &[]),
    ]);
}

#[test]
fn what_is_asked_by_nobody_known_is_no_act() {
    check(&[("MEC Mamabolo urged the public to limit travel.", &[])]);
}

#[test]
fn a_gift_is_told_once() {
    check(&[
        (
            "The International Monetary Fund approved a loan of $3 billion for Ghana on Monday to help it.",
            &["AID: International Monetary Fund > Ghana"],
        ),
        ("Kenya donated 200 tents to help Somalia.", &["AID: Kenya > Somalia"]),
    ]);
}

#[test]
fn votes_calls_and_shows() {
    check(&[
        ("Sharif received 174 of 342 votes.", &[]),
        ("The minister told Kenyan reporters in a conference call with media.", &[]),
        ("The Kenyan president postponed a press conference.", &[]),
        ("The bank called the ruling on Kenya a landmark.", &[]),
    ]);
}

#[test]
fn what_should_have_been_is_blamed() {
    check(&[
        ("Trump said that Biden should have acted long ago.", &["ACCUSE disapprove: Trump > Biden"]),
        ("Trump said that Biden should act.", &["REQUEST change: Trump > Biden"]),
    ]);
}
