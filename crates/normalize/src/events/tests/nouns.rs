//! Event nouns, bare and carried by light verbs.

use super::check;

#[test]
fn event_nouns() {
    check(&[
        ("The US-China summit is scheduled for Friday.", &["AGREE: US, China >  (planned)"]),
        ("Hong Kong has seen months of protests.", &["PROTEST demo:  > Hong Kong"]),
        ("Santiago was rocked by months of protests.", &["PROTEST demo:  > Santiago"]),
        ("Talks between India and Pakistan resumed in Dubai.", &["CONSULT: India, Pakistan > "]),
        (
            "The killing of a Palestinian boy by Israeli soldiers sparked anger.",
            &["ASSAULT: Israeli soldiers > Palestinian boy"],
        ),
        ("Russia's invasion of Ukraine continued.", &["ASSAULT: Russia > Ukraine"]),
        (
            "The arrest of the mayor by Turkish police drew criticism from the European Union.",
            &["COERCE arrest: Turkish police > mayor", "ACCUSE disapprove: European Union > Turkish police"],
        ),
        ("China's criticism of Japan is not new.", &["ACCUSE disapprove: China > Japan"]),
        ("A meeting between Macron and Scholz took place in Paris.", &["CONSULT: Macron, Scholz > "]),
        (
            "The visit of the Vietnamese president to Beijing ended on Friday.",
            &["CONSULT visit: Vietnamese president > Beijing"],
        ),
        // FIXME: the killing is aerial too.
        (
            "Saudi air strikes on Yemen killed 12 civilians.",
            &["ASSAULT aerial: Saudi > Yemen", "ASSAULT: Saudi > 12 civilians"],
        ),
        ("US sanctions against Venezuela remain in place.", &["SANCTION: US > Venezuela"]),
        (
            "The withdrawal of Ethiopian troops from Somalia began in May.",
            &["RETREAT withdraw: Ethiopian troops > Somalia"],
        ),
        ("An attack by gunmen on a church in Nigeria left ten dead.", &["ASSAULT: gunmen > church"]),
        (
            "The kidnapping of two Italian nuns by Islamist rebels was condemned by the Pope.",
            &["ASSAULT abduct: Islamist rebels > two Italian nuns", "ACCUSE disapprove: Pope > Islamist rebels"],
        ),
        ("Jordan's support for the Palestinians is strong.", &["SUPPORT: Jordan > Palestinians"]),
        ("Protests against the government continued in Belgrade.", &["PROTEST demo:  > Serbia"]),
        ("The bombing of Belgrade by NATO began in March 1999.", &["ASSAULT explosives: NATO > Belgrade (historical)"]),
        ("A boycott of Danish goods by Saudi shops spread.", &["PROTEST boycott: Saudi > Danish"]),
        ("The ban on Huawei by Australia angered China.", &["COERCE restrict: Australia > Huawei"]),
    ]);
}

#[test]
fn light_verbs() {
    check(&[
        ("The rebels launched an attack on an army base in Mali.", &["ASSAULT: rebels > Mali"]),
        ("The Danish prime minister paid a visit to Kyiv.", &["CONSULT visit: Danish prime minister > Kyiv"]),
        ("Ireland gave its support to Palestine.", &["SUPPORT: Ireland > Palestine"]),
        ("Tunisia held talks with Algeria on Thursday.", &["CONSULT: Tunisia, Algeria > "]),
        ("Norway made an offer to the government of Sudan.", &["AGREE: Norway > Sudan"]),
        ("The Kremlin issued a warning to Finland.", &["THREATEN: Kremlin > Finland"]),
        (
            "The minister held a telephone conversation with his Egyptian counterpart Sameh Shoukry.",
            &["CONSULT phone: minister, Sameh Shoukry > "],
        ),
        ("Workers staged a protest in Athens against the government.", &["PROTEST demo: Workers > Greece"]),
        ("Brazil took part in talks with Argentina.", &["CONSULT: Brazil, Argentina > "]),
        ("Lebanon lodged a complaint against Israel.", &["ACCUSE disapprove: Lebanon > Israel"]),
        ("Senegalese police opened fire on protesters.", &["ASSAULT firearms: Senegalese police > protesters"]),
        (
            "Amnesty International put out a report accusing Nigeria of torture.",
            &["ACCUSE allege: Amnesty International > Nigeria"],
        ),
        ("Eritrea made a promise to free the journalists.", &["AGREE: Eritrea > journalists"]),
        (
            "The Security Council passed a resolution condemning North Korea.",
            &["ACCUSE disapprove: Security Council > North Korea"],
        ),
        ("Qatar granted asylum to the former president of Tunisia.", &["AID: Qatar > former president"]),
        (
            "Bolivia opened an investigation into the former president.",
            &["ACCUSE investigate: Bolivia > former president"],
        ),
    ]);
}
