//! The language of an article, told from its text: what a page or a crawler says of it is often only what the site's
//! template says. Other languages than English are kept as articles but not coded, so that a text is held to be in another
//! language only where that is sure.

use whatlang::{Info, Lang, Script};

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
    let english = || has_english(looked_at).then(|| "en".to_owned());
    if letters < LETTERS_MIN {
        return told.or_else(english);
    }
    // Languages of one script are taken for one another sooner than for one of another script.
    let is_sure = |info: &Info| info.is_reliable() || info.script() != Script::Latin;
    let found = whatlang::detect(looked_at).filter(is_sure).and_then(|info| code(info.lang()));
    match (found, told) {
        // Names and tables may look like anything: English words are what English has.
        (Some(found), told) if found != "en" && has_english(looked_at) => told.or_else(english),
        (Some(found), None) => Some(found.to_owned()),
        (Some(found), Some(_)) if letters >= LETTERS_SURE => Some(found.to_owned()),
        (_, told) => told.or_else(english),
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

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn told_from_the_text() {
        for (text, told, language) in [
            (
                "The council voted to rebuild the bridge that the flood had carried away, and the mayor said that it would cost four million.",
                None,
                Some("en"),
            ),
            ("Envoys of Chad and Niger met for talks.", None, Some("en")),
            ("Oslo", None, None),
            ("Oslo", Some("nb"), Some("nb")),
            (
                "Der Rat hat am Dienstag beschlossen, die Brücke wieder aufzubauen, die das Hochwasser im Frühjahr weggerissen hatte, und die Bürgermeisterin sagte, dass die Arbeiten im Juni beginnen und rund vier Millionen Euro kosten werden, wie sie hinzufügte.",
                Some("en"),
                Some("de"),
            ),
            (
                "Le conseil a voté mardi la reconstruction du pont que la crue avait emporté au printemps, et la maire a déclaré que les travaux commenceraient en juin et coûteraient quatre millions d'euros à la ville, selon ses estimations.",
                None,
                Some("fr"),
            ),
            (
                "El consejo votó el martes reconstruir el puente que la crecida se había llevado en primavera, y la alcaldesa dijo que las obras empezarían en junio y que costarían cuatro millones de euros a la ciudad.",
                None,
                Some("es"),
            ),
            (
                "Городской совет во вторник проголосовал за восстановление моста, который весной унесло паводком.",
                None,
                Some("ru"),
            ),
            (
                "नगर परिषद ने मंगलवार को उस पुल को फिर से बनाने के पक्ष में मतदान किया जिसे वसंत की बाढ़ बहा ले गई थी, और महापौर ने कहा कि काम जून में शुरू होगा।",
                None,
                Some("hi"),
            ),
            (
                "市议会周二投票决定重建春季洪水冲走的桥梁,市长表示工程将于六月开工,预计耗资四百万欧元。居民自三月以来一直乘坐渡轮过河,东岸的商店表示顾客减少了许多,希望工程能够尽快完成。",
                None,
                Some("zh"),
            ),
            // Names and numbers tell nothing against what is said.
            (
                "Kyle Busch 5040, Martin Truex 5035, Kevin Harvick 5033, Denny Hamlin 5027, Joey Logano 2380, Ryan Blaney 2339, Kyle Larson 2339",
                Some("en"),
                Some("en"),
            ),
        ] {
            assert_eq!(of(text, told.map(str::to_owned)).as_deref(), language, "{text}");
        }
    }
}
