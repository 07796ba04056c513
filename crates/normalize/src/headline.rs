//! A headline in Title Case or in capitals misleads the tagger and the parser: "Visits" looks like a name. This gives
//! every word of such a line the case that the body mostly writes it in, and leaves a line in sentence case alone. Only
//! the case of letters changes, and only where the other case takes as many bytes, so that every offset stays.

use crate::lexicons::{LexiconError, entries};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const FILE: &str = "headline.tsv";
const TEXT: &str = include_str!("../../../data/lexicons/headline.tsv");

/// Endings of common words that hardly any name has.
const ENDINGS: [&str; 25] = [
    "tion", "tions", "sion", "sions", "ment", "ments", "ness", "ity", "ities", "ance", "ence", "ances", "ences", "ous",
    "ful", "less", "able", "ible", "ized", "izing", "ising", "ship", "ly", "ed", "ing",
];

/// `title` with the same code points and bytes in length, cased as `body` would write it. A title in sentence case
/// comes back unchanged.
pub fn truecase(title: &str, body: &str) -> String {
    match style(title) {
        Style::Sentence => title.to_string(),
        style => recase(title, style, &Spellings::of(body)),
    }
}

/// The body with its crossheads (short lines in Title Case or capitals without a final stop) cased like the rest.
pub fn truecase_crossheads(body: &str) -> String {
    let mut spellings = None;
    let mut out = String::with_capacity(body.len());
    for line in body.split_inclusive('\n') {
        if is_crosshead(line) {
            let style = style(line);
            if style != Style::Sentence {
                out.push_str(&recase(line, style, spellings.get_or_insert_with(|| Spellings::of(body))));
                continue;
            }
        }
        out.push_str(line);
    }
    out
}

/// The questionable lines of the lexicon.
pub fn audit() -> Vec<LexiconError> {
    LEXICON.as_ref().map_or_else(|e| vec![e.clone()], |_| Vec::new())
}

// --- how a line is written --------------------------------------------------------------------

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Sentence,
    Title,
    Capitals,
}

fn is_crosshead(line: &str) -> bool {
    let line = line.trim();
    let words = line.split_whitespace().count();
    (2..=14).contains(&words) && !line.ends_with(['.', '!', '”', '"', ',', ';', ':', '’', ')'])
}

/// A line is in Title Case when nothing but small function words is written small.
fn style(line: &str) -> Style {
    let (mut upper, mut lower, mut capitals, mut content) = (0usize, 0usize, 0usize, 0usize);
    for c in line.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    if upper >= 6 && lower * 10 <= upper && line.split_whitespace().count() >= 2 {
        return Style::Capitals;
    }
    for (n, (start, end)) in words(line).into_iter().enumerate() {
        let word = &line[start..end];
        let joined = line[..start].ends_with('-');
        if n == 0 || !word.starts_with(char::is_alphabetic) || joined {
            continue;
        }
        if word.starts_with(char::is_uppercase) {
            content += 1;
            capitals += usize::from(!is_acronym(word));
        } else if !word.chars().any(char::is_uppercase) && !is_particle(word) {
            return Style::Sentence;
        }
    }
    if capitals >= 2 && content >= 2 { Style::Title } else { Style::Sentence }
}

/// Words that Title Case leaves small.
fn is_particle(word: &str) -> bool {
    const SMALL: [&str; 46] = [
        "a", "an", "the", "and", "but", "or", "nor", "for", "yet", "so", "as", "at", "by", "in", "of", "off", "on",
        "to", "up", "via", "vs", "v", "per", "from", "with", "into", "over", "after", "than", "is", "are", "be", "if",
        "it", "its", "that", "de", "la", "al", "el", "bin", "von", "van", "der", "und", "del",
    ];
    SMALL.contains(&word) || word.chars().count() == 1
}

fn is_acronym(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() >= 2
}

// --- how the body spells ----------------------------------------------------------------------

/// How often the body writes a word small, with a capital, or all in capitals, away from sentence starts.
struct Spellings {
    counts: HashMap<String, [u32; 3]>,
    pairs: HashSet<(String, String)>,
}

impl Spellings {
    fn of(body: &str) -> Spellings {
        let mut out = Spellings { counts: HashMap::new(), pairs: HashSet::new() };
        for line in body.lines() {
            if is_crosshead(line) && style(line) != Style::Sentence {
                continue;
            }
            let mut before: Option<(String, usize)> = None;
            for (start, end) in words(line) {
                let word = &line[start..end];
                let folded = word.to_lowercase();
                let shape = match word.chars().next() {
                    Some(c) if c.is_lowercase() => 0,
                    Some(c) if c.is_uppercase() => 1 + usize::from(is_acronym(word) && word == word.to_uppercase()),
                    _ => continue,
                };
                let opens = opens_sentence(&line[..start]);
                if shape != 1 || !opens {
                    out.counts.entry(folded.clone()).or_default()[shape] += 1;
                }
                if shape > 0 {
                    if let Some((first, at)) = before.take()
                        && line[at..start].trim().is_empty()
                    {
                        out.pairs.insert((first, folded.clone()));
                    }
                    // A capital that opens a sentence proves nothing about the pair it begins.
                    before = (!opens).then_some((folded, end));
                } else {
                    before = None;
                }
            }
        }
        out
    }

    /// The case of `word` in the body: 0 small, 1 capital, 2 capitals; none where the body does not have it.
    fn case(&self, folded: &str) -> Option<usize> {
        let n = self.counts.get(folded)?;
        Some(if n[0] > n[1] + n[2] {
            0
        } else if n[2] > n[1] {
            2
        } else {
            1
        })
    }

    /// Whether the body writes another form of the word small ("visit" for "visits").
    fn has_small_form(&self, folded: &str) -> bool {
        stems(folded).iter().any(|stem| {
            ["", "s", "es", "e", "ed", "d", "ing"]
                .iter()
                .any(|end| self.counts.get(&format!("{stem}{end}")).is_some_and(|n| n[0] > n[1] + n[2]))
        })
    }
}

/// The word without its inflection, in each way it may have been inflected.
fn stems(folded: &str) -> Vec<String> {
    let mut out = Vec::new();
    for end in ["ies", "es", "s", "ied", "ed", "d", "ing"] {
        let Some(stem) = folded.strip_suffix(end) else { continue };
        if stem.chars().count() < 3 {
            continue;
        }
        out.push(if end.starts_with('i') && end != "ing" { format!("{stem}y") } else { stem.to_string() });
        let mut tail = stem.chars().rev();
        if matches!(end, "ed" | "ing")
            && let (Some(a), Some(b)) = (tail.next(), tail.next())
            && a == b
        {
            out.push(stem[..stem.len() - a.len_utf8()].to_string());
        }
    }
    if folded.chars().count() >= 4 {
        out.push(folded.to_string());
    }
    out
}

/// Whether a word after `before` stands at the start of a sentence or of quoted words.
fn opens_sentence(before: &str) -> bool {
    let before = before.trim_end();
    let bare = before.trim_end_matches(['"', '“', '‘', '(', '[', '\'', '`']);
    bare.len() < before.len() || bare.is_empty() || bare.ends_with(['.', '!', '?', ':', '…', '•', '”'])
}

// --- giving the case --------------------------------------------------------------------------

fn recase(line: &str, style: Style, body: &Spellings) -> String {
    let spans = words(line);
    let folded: Vec<String> = spans.iter().map(|&(s, e)| line[s..e].to_lowercase()).collect();
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    for (n, &(start, end)) in spans.iter().enumerate() {
        out.push_str(&line[at..start]);
        at = end;
        let word = &line[start..end];
        let opens = opens_sentence(&line[..start]);
        let case = if style == Style::Title && is_acronym(word) {
            None
        } else {
            let paired = (n > 0 && body.pairs.contains(&(folded[n - 1].clone(), folded[n].clone())))
                || folded.get(n + 1).is_some_and(|next| body.pairs.contains(&(folded[n].clone(), next.clone())));
            decide(&folded[n], paired, style, body, opens)
        };
        match case {
            None => out.push_str(word),
            Some(Case::Small) => out.extend(word.chars().map(small)),
            Some(Case::Capital) => {
                let mut chars = word.chars();
                out.extend(chars.next());
                out.extend(chars.map(small));
            }
        }
    }
    out.push_str(&line[at..]);
    out
}

#[derive(Clone, Copy)]
enum Case {
    Small,
    Capital,
}

/// The case of one word; none to leave it as it stands.
fn decide(folded: &str, paired: bool, style: Style, body: &Spellings, opens: bool) -> Option<Case> {
    let knows = body.case(folded);
    let as_name = if style == Style::Capitals { Some(Case::Capital) } else { None };
    let lexicon = LEXICON.as_ref().ok();
    let is_common = || lexicon.is_some_and(|l| l.is_common(folded));
    if knows == Some(2)
        || (style == Style::Capitals && knows.is_none() && lexicon.is_some_and(|l| l.is_acronym(folded)))
    {
        return None;
    }
    if opens {
        return as_name;
    }
    if paired && knows != Some(0) {
        return as_name;
    }
    match knows {
        Some(0) => Some(Case::Small),
        Some(_) => as_name,
        None if is_common() || body.has_small_form(folded) => Some(Case::Small),
        None => as_name,
    }
}

/// The lower case of a letter where it takes as many bytes.
fn small(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(l), None) if l.len_utf8() == c.len_utf8() => l,
        _ => c,
    }
}

/// Byte spans of the words of a line; parts joined by a hyphen are words of their own, an apostrophe belongs to its
/// word, and so do the points of an abbreviation ("U.S.").
fn words(line: &str) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<usize> = None;
    let mut chars = line.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next_is_letter = chars.peek().is_some_and(|&(_, n)| n.is_alphanumeric());
        let inside = c.is_alphanumeric() || (open.is_some() && next_is_letter && matches!(c, '\'' | '’' | '.'));
        match (inside, open) {
            (true, None) => open = Some(i),
            (false, Some(start)) => {
                out.push((start, i));
                open = None;
            }
            _ => {}
        }
    }
    if let Some(start) = open {
        out.push((start, line.len()));
    }
    out
}

// --- the lexicon ------------------------------------------------------------------------------

static LEXICON: LazyLock<Result<Common, LexiconError>> = LazyLock::new(|| Common::parse(TEXT));

/// Words known to be common, names known to look so.
struct Common {
    forms: HashSet<String>,
    names: HashSet<String>,
    acronyms: HashSet<String>,
}

impl Common {
    fn parse(text: &str) -> Result<Common, LexiconError> {
        let mut out = Common { forms: HashSet::new(), names: HashSet::new(), acronyms: HashSet::new() };
        for (line, entry) in entries(text) {
            let error = |reason: String| LexiconError { file: FILE, line, reason };
            let Some((class, word)) = entry.split_once('\t') else {
                return Err(error("a class, a tab and a word are expected".into()));
            };
            match class {
                "lower" => {
                    out.forms.insert(word.to_string());
                }
                "noun" => {
                    out.forms.insert(plural(word));
                    out.forms.insert(word.to_string());
                }
                "verb" => {
                    out.forms.extend([plural(word), past(word), gerund(word)]);
                    out.forms.insert(word.to_string());
                }
                "name" => {
                    out.names.insert(word.to_lowercase());
                }
                "acronym" => {
                    out.acronyms.insert(word.to_lowercase());
                }
                other => return Err(error(format!("unknown class `{other}`"))),
            }
        }
        Ok(out)
    }

    fn is_acronym(&self, folded: &str) -> bool {
        self.acronyms.contains(folded)
    }

    fn is_common(&self, folded: &str) -> bool {
        let bare = folded.strip_suffix("'s").or_else(|| folded.strip_suffix("’s")).unwrap_or(folded);
        if self.names.contains(bare) {
            return false;
        }
        self.forms.contains(bare)
            || (bare.chars().count() >= 7 && ENDINGS.iter().any(|e| bare.ends_with(e)) && bare.is_ascii())
    }
}

fn ends_in_consonant_y(word: &str) -> bool {
    word.ends_with('y') && !["ay", "ey", "oy", "uy"].iter().any(|e| word.ends_with(e))
}

fn plural(word: &str) -> String {
    if ends_in_consonant_y(word) {
        return format!("{}ies", &word[..word.len() - 1]);
    }
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|e| word.ends_with(e));
    format!("{word}{}", if hisses { "es" } else { "s" })
}

/// Whether the last consonant doubles before -ed and -ing ("ban", "commit"); both spellings do no harm in a set.
fn doubles(word: &str) -> bool {
    let b = word.as_bytes();
    let vowel = |c: u8| b"aeiou".contains(&c);
    b.len() >= 3
        && !vowel(b[b.len() - 1])
        && !b"wxy".contains(&b[b.len() - 1])
        && vowel(b[b.len() - 2])
        && !vowel(b[b.len() - 3])
        && (b.len() <= 4 || ["mit", "fer", "pel", "duct", "bat", "get"].iter().any(|e| word.ends_with(e)))
}

fn past(word: &str) -> String {
    if word.ends_with('e') {
        return format!("{word}d");
    }
    if ends_in_consonant_y(word) {
        return format!("{}ied", &word[..word.len() - 1]);
    }
    match word.chars().last() {
        Some(c) if doubles(word) => format!("{word}{c}ed"),
        _ => format!("{word}ed"),
    }
}

fn gerund(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    if word.ends_with('e') && !word.ends_with("ee") && !word.ends_with("ye") {
        return format!("{}ing", &word[..word.len() - 1]);
    }
    match word.chars().last() {
        Some(c) if doubles(word) => format!("{word}{c}ing"),
        _ => format!("{word}ing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, body: &str, want: &str) {
        let got = truecase(title, body);
        assert_eq!(got, want);
        assert_eq!(got.len(), title.len());
        assert_eq!(got.chars().count(), title.chars().count());
    }

    const BODY: &str = "On Tuesday the Peruvian minister, Ana Quispe, visited Chile and met President Gabriel Boric.\n\n\
        The minister said that talks on the border would go on. “We want peace,” she said. A spokesman for the White \
        House and the World Bank welcomed the talks between Peru and Chile. The bank lends money to NATO members.";

    #[test]
    fn title_case_follows_the_body() {
        check("Peruvian Minister Visits Chile for Talks", BODY, "Peruvian minister visits Chile for talks");
        check("Minister Ana Quispe Meets President Boric", BODY, "Minister Ana Quispe meets President Boric");
        check("White House Welcomes Border Talks", BODY, "White House welcomes border talks");
        check("World Bank Lends Money To Peru", BODY, "World Bank lends money to Peru");
        check("NATO Members Want Peace Talks", BODY, "NATO members want peace talks");
    }

    #[test]
    fn words_that_the_body_lacks_follow_the_lexicon() {
        check("Chile Slams Peru Over Stalled Negotiations", BODY, "Chile slams Peru over stalled negotiations");
        check("Ecuador Bans Exports After Quispe Visit", BODY, "Ecuador bans exports after Quispe visit");
        check("Lima Rejects Santiago’s Proposal", BODY, "Lima rejects Santiago’s proposal");
        check("Xi Jinping Arrives in Beijing Ahead of Summit", "", "Xi Jinping arrives in Beijing ahead of summit");
    }

    #[test]
    fn capitals_come_down() {
        check("PERU AND CHILE HOLD TALKS", BODY, "Peru and Chile hold talks");
        check("NATO CHIEF VISITS LIMA", BODY, "NATO chief visits Lima");
        check("UN ENVOY MEETS ANA QUISPE", BODY, "UN envoy meets Ana Quispe");
    }

    #[test]
    fn sentence_case_stays() {
        for title in [
            "Peruvian minister visits Chile",
            "Ana Quispe meets Gabriel Boric in Santiago",
            "Chile: what we know so far",
            "Storm kills 12 in Peru",
            "",
            "Chile",
            "Why it matters",
        ] {
            check(title, BODY, title);
        }
    }

    #[test]
    fn the_first_word_and_the_word_after_a_colon_stay_capital() {
        check("Talks Begin: Minister Hopes for Peace", BODY, "Talks begin: Minister hopes for peace");
        check("Why Peace Talks Failed", BODY, "Why peace talks failed");
    }

    #[test]
    fn hyphens_and_quotes() {
        check("Peace-Talks Deadlock Hits Long-Awaited Deal", BODY, "Peace-talks deadlock hits long-awaited deal");
        check("Quispe Calls Boric’s Offer ‘Generous Gesture’", BODY, "Quispe calls Boric’s offer ‘Generous Gesture’");
    }

    #[test]
    fn letters_whose_other_case_is_longer_or_shorter_stay() {
        // U+0130 and U+1E9E change their length with their case.
        check("İSTANBUL MAYOR ARRESTED TODAY", "", "İstanbul mayor arrested today");
        check("GROẞE KOALITION TALKS FAIL", "", "Groẞe koalition talks fail");
    }

    #[test]
    fn crossheads_are_cased_within_the_body() {
        let body = "The minister welcomed the new border rules.\n\nNew Border Rules\n\nThe rules help Chile.";
        let got = truecase_crossheads(body);
        assert_eq!(got, "The minister welcomed the new border rules.\n\nNew border rules\n\nThe rules help Chile.");
    }

    #[test]
    fn the_lexicon_loads_and_has_no_word_in_two_roles() {
        assert_eq!(audit(), []);
        let common = LEXICON.as_ref().unwrap();
        for name in &common.names {
            assert!(!common.forms.contains(name), "`{name}` is both a name and a common word");
        }
    }
}
