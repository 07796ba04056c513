//! Standing: who says it, whether it happened, and what is no event at all.

use super::check;

#[test]
fn reported_speech() {
    check(&[
        ("Iran said Israel had bombed an embassy in Damascus.", &["ASSAULT aerial: Israel > embassy"]),
        ("According to Reuters, Chad closed its border with Sudan.", &["COERCE restrict: Chad > Sudan"]),
        (
            "\"We condemn the attack,\" said the Indian foreign minister.",
            &["ACCUSE disapprove: Indian foreign minister > "],
        ),
        // Troops for an ally are no threat.
        (
            "The Pentagon announced that it would send troops to Poland.",
            &["MOBILIZE troops: Pentagon > Poland (planned)"],
        ),
        ("Syria claimed that rebels had attacked Homs.", &["ACCUSE allege: Syria > rebels"]),
        ("A UN official told the BBC that Eritrea had blocked aid.", &["REJECT: Eritrea > "]),
        ("Turkish officials say the army has captured Afrin.", &["COERCE seize: army > Afrin"]),
        (
            "The foreign ministry in Oslo said Norway had recalled its ambassador from Iran.",
            &["SANCTION withdraw: Norway > Iran"],
        ),
        ("Nigeria's army confirmed that soldiers had killed ten militants.", &["ASSAULT: soldiers > ten militants"]),
        ("\"Ukraine will never surrender,\" Zelensky said.", &["REJECT yield: Ukraine > "]),
        ("Lukashenko told Putin that Belarus supported the operation.", &["SUPPORT: Belarus > "]),
        ("The president did not say whether Poland would send troops.", &["MOBILIZE troops: Poland >  (hypothetical)"]),
    ]);
}

#[test]
fn negation() {
    check(&[
        ("Egypt did not attack Sudan.", &["ASSAULT: Egypt > Sudan (negated)"]),
        ("No soldiers were killed in the clash.", &["ASSAULT:  > soldiers (negated)"]),
        ("Russia will not withdraw from Crimea.", &["REJECT yield: Russia > Crimea"]),
        ("Greece denied that it had deported the refugees.", &["COERCE deport: Greece > refugees (negated)"]),
        ("India has never threatened Bhutan.", &["THREATEN: India > Bhutan (negated)"]),
        // FIXME: a city is not abducted.
        ("The rebels failed to capture Goma.", &["ASSAULT abduct: rebels > Goma (negated)"]),
        ("Italy ruled out sending troops to Libya.", &["REJECT: Italy > Libya"]),
        // FIXME: a cancelled meeting is REJECT meet.
        ("Talks between Cyprus and Turkey were cancelled.", &["CONSULT: Cyprus, Turkey >  (negated)"]),
        ("Sudan has not yet released the pilots.", &["RETREAT release: Sudan > pilots (negated)"]),
        // FIXME: what is called off with a partner is no retreat.
        ("South Korea cancelled its joint exercise with Japan.", &["RETREAT: South Korea > Japan"]),
        ("Nobody was arrested in Prague.", &[]),
    ]);
}

#[test]
fn modality_and_conditions() {
    check(&[
        ("The United States may impose sanctions on Georgia.", &["SANCTION: United States > Georgia (hypothetical)"]),
        ("Britain could send soldiers to Estonia.", &["MOBILIZE troops: Britain > Estonia (hypothetical)"]),
        // FIXME: Uganda's conditional threat is lost.
        (
            "If the rebels attack Juba, Uganda will send troops.",
            &["ASSAULT: rebels > Juba (hypothetical)", "MOBILIZE troops: Uganda >  (planned)"],
        ),
        // FIXME: Britain's conditional threat is lost.
        (
            "Unless Iran frees the sailors, Britain will impose sanctions.",
            &["RETREAT release: Iran > sailors (hypothetical)"],
        ),
        ("Mali should release the journalists.", &["RETREAT release: Mali > journalists (hypothetical)"]),
        ("Azerbaijan threatened to close the border if Armenia attacked.", &["THREATEN restrict: Azerbaijan > "]),
        (
            "Malaysia warned that it would expel North Korean diplomats.",
            &["THREATEN expel: Malaysia > North Korean diplomats"],
        ),
        (
            "China must stop attacking Philippine vessels, the United States said.",
            &["REQUEST yield: United States > China"],
        ),
        (
            "The European Union is considering sanctions against Serbia.",
            &["SANCTION: European Union > Serbia (hypothetical)"],
        ),
        ("Paraguay would recognise Palestine if Israel agreed.", &["AGREE: Paraguay > Palestine"]),
        ("Finland might join NATO.", &["SUPPORT: Finland > NATO (hypothetical)"]),
        ("Iran could be attacked by Israel.", &["ASSAULT: Israel > Iran (hypothetical)"]),
        (
            "The sanctions that the United States could impose on Iraq worry Turkey.",
            &["SANCTION: United States > Iraq (hypothetical)"],
        ),
    ]);
}

#[test]
fn questions_and_figures_of_speech() {
    check(&[
        ("Did Russia attack Poland?", &[]),
        ("The strikers beat Arsenal with a late attack.", &[]),
        // FIXME: a quarrel of companies.
        ("The bank attacked its rival's hostile bid.", &["ACCUSE disapprove: bank > "]),
        ("Georgia Tech defeated Alabama.", &[]),
        // FIXME: the plot of a film is no event.
        ("The film shows how Nazi Germany invaded Poland.", &["ASSAULT: Nazi Germany > Poland"]),
    ]);
}

#[test]
fn attempts() {
    check(&[
        ("Rwanda tried to close the border with Burundi.", &["COERCE restrict: Rwanda > Burundi"]),
        ("Rwanda tried to agree with Uganda.", &["AGREE: Rwanda, Uganda >  (hypothetical)"]),
        ("Rwanda may try to attack Burundi.", &["ASSAULT: Rwanda > Burundi (hypothetical)"]),
        ("The vote inspired Rwanda to accuse Uganda of fraud.", &["ACCUSE allege: Rwanda > Uganda"]),
    ]);
}

#[test]
fn two_clauses_in_one_sentence() {
    check(&[
        (
            "Morocco annexes two Spanish towns; Madrid appeals to NATO.",
            &["COERCE seize: Morocco > Spanish", "REQUEST: Spanish > NATO"],
        ),
        (
            "A court in Lima charged the Peruvian president with fraud; she denies it.",
            &["ACCUSE allege: court > Peruvian president"],
        ),
    ]);
}

#[test]
fn texts_and_reports_that_are_refused() {
    check(&[
        (
            "China vetoed a resolution that condemned Myanmar.",
            &["REJECT: China > ", "ACCUSE disapprove: China > Myanmar (hypothetical)"],
        ),
        ("Ghana denied reports that Togo had agreed to sell uranium to Iran.", &["AGREE: Togo > Iran (negated)"]),
    ]);
}

#[test]
fn what_is_talked_about_stands_on_its_own() {
    check(&[
        ("Chad did not forget the invasion of Kuwait by Iraq.", &["ASSAULT: Iraq > Kuwait"]),
        ("Chad held no talks with Libya.", &["CONSULT: Chad, Libya >  (negated)"]),
        ("France warned that any attack on Chad would be answered.", &["ASSAULT:  > Chad (hypothetical)"]),
        ("Chad would have condemned Libya.", &["ACCUSE disapprove: Chad > Libya (hypothetical)"]),
        (
            "Kenya will close the border until the Kenyan president resigns.",
            &["COERCE restrict: Kenya >  (planned)", "RETREAT resign: Kenyan president >  (hypothetical)"],
        ),
        ("Kenya signed no agreement with Uganda.", &["SUPPORT: Kenya, Uganda >  (negated)"]),
        (
            "The two met at the end of the visit of the Kenyan president to Uganda.",
            &["CONSULT visit: Kenyan president > Uganda"],
        ),
    ]);
}

#[test]
fn finite_verbs_go_on_from_finite_verbs() {
    check(&[
        (
            "Sudan's army seized power on Monday, arrested Prime Minister Abdalla Hamdok and freed two soldiers.",
            &[
                "COERCE seize: Sudan's army > ",
                "COERCE arrest: Sudan's army > Abdalla Hamdok",
                "RETREAT release: Sudan's army > two soldiers",
            ],
        ),
        (
            "Ukraine denied that its forces were attacking civilians and urged Russia to leave.",
            &["ASSAULT: forces > civilians (negated)", "REQUEST yield: Ukraine > Russia"],
        ),
        (
            "Ghana promised to protect its forests and criticized Togo.",
            &["AGREE: Ghana > ", "ACCUSE disapprove: Ghana > Togo"],
        ),
    ]);
}

#[test]
fn what_is_needed_or_said_politely() {
    check(&[
        (
            "They discussed a need for Chad to arrest the Libyan general.",
            &["COERCE arrest: Chad > Libyan general (hypothetical)"],
        ),
        ("\"I would like to thank Qatar,\" said Chadian President Mahamat Deby.", &["SUPPORT: Mahamat Deby > Qatar"]),
        (
            "The case ended with no charges being brought against the Libyan general.",
            &["ACCUSE allege:  > Libyan general (negated)"],
        ),
    ]);
}
