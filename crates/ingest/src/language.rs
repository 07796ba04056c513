//! The language of an article, told from its text: what a page or a crawler says of it is often only what the site's
//! template says. Other languages than English are kept as articles but not coded, so that a text is held to be in another
//! language only where that is sure.

use whatlang::{Info, Lang};

/// How much of a text is looked at, in bytes: more makes it no surer.
const LOOKED_AT: usize = 3000;
/// A text with fewer letters than this tells nothing for sure.
const LETTERS_MIN: usize = 60;
/// With this many letters the text is believed more than what is said of it.
const LETTERS_SURE: usize = 200;

/// The ISO 639-1 code of a text's language; `told` is what its record says.
pub fn of(body: &str, told: Option<String>) -> Option<String> {
    let end = (0..=body.len().min(LOOKED_AT)).rev().find(|at| body.is_char_boundary(*at)).unwrap_or(0);
    let looked_at = &body[..end];
    let letters = looked_at.chars().filter(|c| c.is_alphabetic()).count();
    if letters < LETTERS_MIN {
        return told;
    }
    let found = whatlang::detect(looked_at).filter(Info::is_reliable).and_then(|info| code(info.lang()));
    match (found, told) {
        // Names and tables may look like anything: English words are what English has.
        (Some(found), told) if found != "en" && has_english(looked_at) => Some(told.unwrap_or_else(|| "en".to_owned())),
        (Some(found), None) => Some(found.to_owned()),
        (Some(found), Some(_)) if letters >= LETTERS_SURE => Some(found.to_owned()),
        (_, told) => told,
    }
}

/// Whether a good part of the words are those that every English text has and no other language does.
fn has_english(text: &str) -> bool {
    const COMMON: [&str; 24] = [
        "the", "of", "and", "that", "with", "was", "were", "for", "from", "which", "this", "have", "has", "been",
        "their", "they", "would", "said", "by", "on", "its", "after", "but", "who",
    ];
    let words = || text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let common = words().filter(|word| COMMON.iter().any(|known| word.eq_ignore_ascii_case(known))).count();
    common * 8 > words().count()
}

/// The ISO 639-1 code of a language; those of the same speech that the library tells apart by their trigrams alone, and
/// takes for one another in news, have the code that news is filed under.
fn code(language: Lang) -> Option<&'static str> {
    CODES.iter().find(|(known, _)| *known == language).map(|(_, code)| *code)
}

const CODES: [(Lang, &str); 69] = [
    (Lang::Epo, "eo"),
    (Lang::Eng, "en"),
    (Lang::Rus, "ru"),
    (Lang::Cmn, "zh"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Ben, "bn"),
    (Lang::Fra, "fr"),
    (Lang::Deu, "de"),
    (Lang::Ukr, "uk"),
    (Lang::Kat, "ka"),
    (Lang::Ara, "ar"),
    (Lang::Hin, "hi"),
    (Lang::Jpn, "ja"),
    (Lang::Heb, "he"),
    (Lang::Yid, "yi"),
    (Lang::Pol, "pl"),
    (Lang::Amh, "am"),
    (Lang::Jav, "jv"),
    (Lang::Kor, "ko"),
    (Lang::Nob, "no"),
    (Lang::Dan, "da"),
    (Lang::Swe, "sv"),
    (Lang::Fin, "fi"),
    (Lang::Tur, "tr"),
    (Lang::Nld, "nl"),
    (Lang::Hun, "hu"),
    (Lang::Ces, "cs"),
    (Lang::Ell, "el"),
    (Lang::Bul, "bg"),
    (Lang::Bel, "be"),
    (Lang::Mar, "mr"),
    (Lang::Kan, "kn"),
    (Lang::Ron, "ro"),
    (Lang::Slv, "sl"),
    (Lang::Hrv, "hr"),
    (Lang::Srp, "sr"),
    (Lang::Mkd, "mk"),
    (Lang::Lit, "lt"),
    (Lang::Lav, "lv"),
    (Lang::Est, "et"),
    (Lang::Tam, "ta"),
    (Lang::Vie, "vi"),
    (Lang::Urd, "ur"),
    (Lang::Tha, "th"),
    (Lang::Guj, "gu"),
    (Lang::Uzb, "uz"),
    (Lang::Pan, "pa"),
    (Lang::Aze, "az"),
    (Lang::Ind, "id"),
    (Lang::Tel, "te"),
    (Lang::Pes, "fa"),
    (Lang::Mal, "ml"),
    (Lang::Ori, "or"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Sin, "si"),
    (Lang::Khm, "km"),
    (Lang::Tuk, "tk"),
    (Lang::Aka, "ak"),
    (Lang::Zul, "zu"),
    (Lang::Sna, "sn"),
    (Lang::Afr, "af"),
    (Lang::Lat, "la"),
    (Lang::Slk, "sk"),
    (Lang::Cat, "ca"),
    (Lang::Tgl, "tl"),
    (Lang::Hye, "hy"),
];
