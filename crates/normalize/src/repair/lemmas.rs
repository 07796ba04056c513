//! Lemmas of verbs on a mute e: where two endings lead to two words of the dictionary, the model takes the shorter
//! ("staged" from "stag"). A short vowel would have doubled the consonant ("stagged"), so it is the longer one.

use broadsheet_language::Reading;
use smol_str::{SmolStr, format_smolstr};

/// Gives such verbs their e back.
pub fn mend(reading: &mut Reading) {
    for i in 0..reading.tokens.len() {
        if reading.tokens[i].pos == "VERB"
            && let Some(lemma) = with_e(reading.word(i), &reading.tokens[i].lemma)
        {
            reading.tokens[i].lemma = lemma;
        }
    }
}

/// The lemma with an e, if the form says that one was dropped before -ed or -ing: one syllable, one vowel, one consonant.
fn with_e(word: &str, lemma: &str) -> Option<SmolStr> {
    let ending = word.get(lemma.len()..)?;
    let regular = word.get(..lemma.len())?.eq_ignore_ascii_case(lemma)
        && (ending.eq_ignore_ascii_case("ed") || ending.eq_ignore_ascii_case("ing"));
    let vowel = |c: u8| b"aeiouAEIOU".contains(&c);
    let [onset @ .., nucleus, coda] = lemma.as_bytes() else { return None };
    let short = regular
        && vowel(*nucleus)
        && coda.is_ascii_alphabetic()
        && !vowel(*coda)
        && !b"wxy".contains(coda)
        && !onset.iter().any(|c| vowel(*c));
    short.then(|| format_smolstr!("{lemma}e"))
}

#[cfg(test)]
mod tests {
    use super::with_e;

    #[test]
    fn a_single_consonant_before_the_ending_tells_of_an_e() {
        for (word, lemma, mended) in [
            ("staged", "stag", "stage"),
            ("Raping", "rap", "rape"),
            ("waged", "wag", "wage"),
            ("fined", "fin", "fine"),
            ("using", "us", "use"),
        ] {
            assert_eq!(with_e(word, lemma).as_deref(), Some(mended), "{word}");
        }
    }

    #[test]
    fn other_verbs_stay() {
        for (word, lemma) in [
            ("banned", "ban"),
            ("helped", "help"),
            ("aided", "aid"),
            ("showed", "show"),
            ("taxing", "tax"),
            ("played", "play"),
            ("singing", "sing"),
            ("met", "meet"),
            ("visited", "visit"),
            ("été", "être"),
            ("", ""),
        ] {
            assert_eq!(with_e(word, lemma), None, "{word}");
        }
    }
}
