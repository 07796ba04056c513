//! Grammar: what passives, relative clauses, coordination, control and raising do to the parties.

use super::check;

#[test]
fn passives() {
    check(&[
        (
            "The opposition leader was arrested by Ugandan police on Monday.",
            &["COERCE arrest: Ugandan police > opposition leader"],
        ),
        // FIXME: the mode is explosives, and the place of the bomb is no second victim.
        (
            "Three French soldiers were killed by a roadside bomb in Mali.",
            &["ASSAULT:  > Three French soldiers", "ASSAULT explosives:  > Mali"],
        ),
        ("Two Chinese diplomats have been expelled from India.", &["SANCTION expel: India > Two Chinese diplomats"]),
        ("Kenya was accused by Somalia of violating its airspace.", &["ACCUSE allege: Somalia > Kenya"]),
        ("The town of Bakhmut was shelled by Russian artillery.", &["ASSAULT heavy-weapons: Russian > Bakhmut"]),
        ("Egypt was given 500 million dollars in aid by Qatar.", &["AID: Qatar > Egypt"]),
        (
            "The Iranian ambassador was summoned by the Dutch foreign ministry.",
            &["ACCUSE disapprove: Dutch foreign ministry > Iranian ambassador"],
        ),
        ("A journalist from Spain was deported from Morocco.", &["COERCE deport: Morocco > journalist"]),
        ("The treaty was signed by Japan and Mongolia in Tokyo.", &["SUPPORT: Japan, Mongolia > "]),
        (
            "Hundreds of protesters were dispersed by Peruvian police.",
            &["ASSAULT crowd-control: Peruvian police > protesters"],
        ),
        ("Six Indian sailors were abducted by pirates off Somalia.", &["ASSAULT abduct: pirates > Six Indian sailors"]),
        ("The bill was rejected by the Ugandan parliament.", &["REJECT: Ugandan parliament > "]),
        ("Cuban doctors were praised by the president of Ghana.", &["SUPPORT: president > Cuban doctors"]),
        ("A convoy of the Red Cross was attacked near Goma by rebels.", &["ASSAULT: rebels > Red Cross"]),
    ]);
}

#[test]
fn relative_clauses() {
    check(&[
        ("The soldiers who attacked the village were members of the Ethiopian army.", &["ASSAULT: soldiers > "]),
        (
            "Police arrested a man who had threatened the Norwegian prime minister.",
            &["COERCE arrest: Police > man", "THREATEN: man > Norwegian prime minister"],
        ),
        ("Iraq, which invaded Kuwait in 1990, paid compensation.", &["ASSAULT: Iraq > Kuwait (historical)"]),
        ("The general whom Turkey had accused of treason fled to Greece.", &["ACCUSE allege: Turkey > general"]),
        (
            "The rebels, who have signed a truce with Colombia, released two policemen.",
            &["SUPPORT: rebels, Colombia > ", "RETREAT release: rebels > two policemen"],
        ),
        // FIXME: tanks for an ally are AID.
        ("Ukraine thanked Poland, which sent tanks.", &["SUPPORT: Ukraine > Poland", "MOBILIZE troops: Poland > "]),
        (
            "The president, who was criticized by Amnesty International, denied the claims.",
            &["ACCUSE disapprove: Amnesty International > president"],
        ),
        // FIXME: going home is no visit.
        (
            "The envoys that Iran expelled returned to Denmark.",
            &["SANCTION expel: Iran > envoys", "CONSULT visit: envoys > Denmark"],
        ),
        (
            "The prisoners whom Israel freed were welcomed in Ramallah by Mahmoud Abbas.",
            &["CONSULT visit: prisoners > Mahmoud Abbas"],
        ),
        (
            "Latvia and Estonia, which border Russia, asked the United States for help.",
            &["REQUEST assist: Latvia, Estonia > United States"],
        ),
    ]);
}

#[test]
fn coordination() {
    check(&[
        ("Canada and Mexico condemned the tariffs.", &["ACCUSE disapprove: Canada, Mexico > "]),
        (
            "Israeli troops entered Jenin and arrested 20 Palestinians.",
            &["MOBILIZE troops: Israeli troops > Jenin", "COERCE arrest: Israeli troops > Palestinians"],
        ),
        (
            "The United States and Britain bombed Houthi positions in Yemen.",
            &["ASSAULT aerial: United States, Britain > Houthi"],
        ),
        ("North and South Korea condemned Japan.", &["ACCUSE disapprove: North Korea, South Korea > Japan"]),
        ("A jury in Texas found Ann Roe guilty of fraud.", &["SANCTION convict: jury > Ann Roe"]),
        ("Italy fined Apple ten million euros.", &["SANCTION convict: Italy > Apple"]),
        ("Australia praised Fiji and Samoa.", &["SUPPORT: Australia > Fiji, Samoa"]),
        (
            "Germany recalled its ambassador and expelled two Turkish diplomats.",
            &["SANCTION withdraw: Germany > ", "SANCTION expel: Germany > two Turkish diplomats"],
        ),
        ("Hungarian and Romanian officials met in Budapest.", &["CONSULT: Hungarian officials, Romanian officials > "]),
        ("Russia and Turkey's foreign ministers met in Antalya.", &["CONSULT: Russia, Turkey's foreign ministers > "]),
        (
            "Police beat and arrested demonstrators in Minsk.",
            &["ASSAULT beat: Police > demonstrators", "COERCE arrest: Police > demonstrators"],
        ),
        ("The Philippine navy chased and rammed a Chinese vessel.", &["ASSAULT: Philippine navy > Chinese"]),
        (
            "Chad neither condemned nor supported Sudan.",
            &["ACCUSE disapprove: Chad > Sudan (negated)", "SUPPORT: Chad > Sudan (negated)"],
        ),
        (
            "Police fired tear gas at demonstrators in Tbilisi and detained dozens.",
            &["ASSAULT crowd-control: Police > demonstrators", "COERCE arrest: Police > "],
        ),
        (
            "Iran seized a Greek tanker and arrested its crew.",
            &["COERCE seize: Iran > Greek", "COERCE arrest: Iran > crew"],
        ),
    ]);
}

#[test]
fn control() {
    check(&[
        ("France agreed to release two Algerian prisoners.", &["AGREE: France > two Algerian prisoners"]),
        ("Serbia promised Kosovo to open the border.", &["AGREE: Serbia > Kosovo"]),
        (
            "The United Nations asked Rwanda to withdraw its troops from Congo.",
            &["REQUEST yield: United Nations > Rwanda"],
        ),
        ("Armenia was forced to withdraw its soldiers from Karabakh.", &["RETREAT withdraw: Armenia > Karabakh"]),
        ("Belgium offered to host talks between Sudan and the rebels.", &["AGREE: Belgium > Sudan, rebels"]),
        ("Pakistan tried to arrest the Taliban commander.", &["COERCE arrest: Pakistan > Taliban commander"]),
        ("Venezuela refused to admit the European observers.", &["REJECT yield: Venezuela > European observers"]),
        ("Thailand began to deport Burmese refugees.", &["COERCE deport: Thailand > Burmese refugees"]),
        ("The general ordered his troops to attack Kyiv.", &["REQUEST change: general > troops"]),
        ("The judge ordered two Spanish bankers jailed.", &["COERCE arrest: judge > two Spanish bankers (planned)"]),
        ("Peru managed to free the hostages.", &["RETREAT release: Peru > hostages"]),
        ("Nepal urged India to lift the blockade.", &["REQUEST yield: Nepal > India"]),
        // FIXME: what one wants of another is REQUEST.
        ("Spain wants Morocco to accept the migrants.", &["AID: Morocco > migrants (hypothetical)"]),
        ("Vietnam was persuaded to release the blogger.", &["RETREAT release: Vietnam > blogger"]),
        // FIXME: an extradition is COOPERATE.
        ("The court allowed the extradition of a Kosovo commander to Serbia.", &[]),
    ]);
}

#[test]
fn raising() {
    check(&[
        ("North Korea is likely to test a missile.", &["MOBILIZE weapons: North Korea >  (hypothetical)"]),
        ("Israel is expected to release 90 Palestinian prisoners.", &["CONCEDE: Israel > 90 Palestinian prisoners"]),
        ("Zambia seems to have rejected the offer from China.", &["REJECT: Zambia > China"]),
        ("Libya appears to have arrested the activist.", &["COERCE arrest: Libya > activist"]),
        ("The Saudi crown prince is set to visit Washington next week.", &["AGREE: Saudi crown prince > Washington"]),
    ]);
}
