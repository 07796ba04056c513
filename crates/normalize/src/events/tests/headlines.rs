//! Headlines: the present tense for the past, "to" for the future, commas for "and".

use super::check;

#[test]
fn headlines() {
    check(&[
        ("Putin meets Xi in Beijing", &["CONSULT: Putin, Xi > "]),
        ("Israel strikes Gaza, kills 12", &["ASSAULT: Israel > Gaza"]),
        ("Japan to send aid to Tonga", &["AGREE: Japan > Tonga"]),
        ("Iran frees British sailors", &["RETREAT release: Iran > British sailors"]),
        ("EU slams Hungary over media law", &["ACCUSE disapprove: EU > Hungary"]),
        // FIXME: `fire` is a verb; the police did it.
        ("Two killed as police fire on Nairobi protesters", &["ASSAULT:  > Nairobi protesters"]),
        // FIXME: an agreement that no preposition names.
        ("US, Russia agree prisoner swap", &[]),
        ("UN calls for ceasefire in Sudan", &["REQUEST yield: UN > Sudan"]),
        ("Zelensky to visit Berlin", &["AGREE: Zelensky > Berlin"]),
        ("China warns US over Taiwan", &["THREATEN: China > US"]),
        ("Kenya, Uganda sign trade deal", &["SUPPORT: Uganda, Kenya > "]),
        ("Rebels seize town in eastern Congo", &["COERCE seize: Rebels > Congo"]),
        // FIXME: `storm` is a verb here.
        ("Protesters storm parliament in Jakarta", &[]),
    ]);
}
