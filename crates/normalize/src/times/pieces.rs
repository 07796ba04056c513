//! Pieces are the words that time expressions are read from: tokens, cut further at the hyphens, dashes and slashes
//! between digits and where a number runs into its unit ("18–20", "6pm"), in small letters and without a final point.

use broadsheet_language::Reading;

/// One piece.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Small letters, no final point, straight apostrophe.
    pub text: String,
    /// Offsets in code points.
    pub start: u32,
    /// End offset, with the point of an abbreviation.
    pub end: u32,
    /// The token it is from.
    pub token: usize,
    /// Whether it follows the piece before without a space.
    pub glued: bool,
    /// Whether its first letter is a capital.
    pub capital: bool,
    /// Whether the text breaks off before it: another sentence or paragraph.
    pub breaks: bool,
    /// Its paragraph, counted from 0.
    pub paragraph: u32,
}

/// The pieces of a reading.
pub fn pieces(reading: &Reading) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(reading.tokens.len() + reading.tokens.len() / 16);
    let (mut breaks, mut spaced, mut sentence, mut paragraph) = (true, true, u32::MAX, 0);
    for (i, token) in reading.tokens.iter().enumerate() {
        let word = reading.word(i);
        if token.sentence != sentence {
            breaks = true;
            sentence = token.sentence;
        }
        if word.trim().is_empty() {
            if word.matches('\n').count() >= 2 {
                breaks = true;
                paragraph += 1;
            }
            spaced = true;
            continue;
        }
        let mut at = token.start;
        for part in cut(word) {
            let chars = part.chars().count() as u32;
            out.push(Piece {
                text: fold(part),
                start: at,
                end: at + chars,
                token: i,
                glued: at > token.start || !spaced,
                capital: part.starts_with(char::is_uppercase),
                breaks,
                paragraph,
            });
            at += chars;
            breaks = false;
        }
        spaced = token.space_after;
    }
    out
}

/// The pieces of a phrase of the lexicon.
pub fn phrase_pieces(phrase: &str) -> Vec<String> {
    let mut out = Vec::new();
    for word in phrase.split(' ') {
        let (word, tail) = match word.strip_suffix("'s") {
            Some(w) => (w, Some("'s")),
            None => word.strip_suffix('\'').filter(|w| !w.is_empty()).map_or((word, None), |w| (w, Some("'"))),
        };
        for (k, part) in word.split('-').enumerate() {
            if k > 0 {
                out.push("-".to_string());
            }
            if !part.is_empty() {
                out.push(part.to_string());
            }
        }
        out.extend(tail.map(str::to_string));
    }
    out
}

fn fold(part: &str) -> String {
    let mut text = part.to_lowercase().replace('’', "'");
    if matches!(text.as_str(), "–" | "—" | "‑" | "‐" | "−") {
        text = "-".into();
    }
    if text.len() > 1 && text.starts_with(|c: char| c.is_alphanumeric()) {
        // "a.m." and "u.s." lose all points, "aug." its last one; "10.30" keeps its own.
        if text.starts_with(char::is_alphabetic) {
            text.retain(|c| c != '.');
        } else if text.ends_with('.') {
            text.pop();
        }
    }
    text
}

/// Cuts a token that has digits.
fn cut(word: &str) -> Vec<&str> {
    if !word.bytes().any(|b| b.is_ascii_digit()) || word.len() < 3 {
        return vec![word];
    }
    let mut out = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    for k in 0..chars.len() {
        let (at, c) = chars[k];
        let dash = matches!(c, '-' | '–' | '—' | '/' | '‑' | '−');
        if dash && k > 0 && k + 1 < chars.len() {
            if start < at {
                out.push(&word[start..at]);
            }
            out.push(&word[at..at + c.len_utf8()]);
            start = at + c.len_utf8();
        } else if k > 0 && chars[k - 1].1.is_ascii_digit() && c.is_alphabetic() && start < at {
            let tail = word[at..].to_lowercase();
            let tail = tail.trim_end_matches('.').replace('.', "");
            if matches!(tail.as_str(), "am" | "pm" | "gmt" | "utc" | "hrs" | "h" | "min" | "mins" | "sec" | "secs") {
                out.push(&word[start..at]);
                start = at;
            }
        }
    }
    if start < word.len() {
        out.push(&word[start..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_cut_at_numbers() {
        assert_eq!(cut("18–20"), ["18", "–", "20"]);
        assert_eq!(cut("08/23/2025"), ["08", "/", "23", "/", "2025"]);
        assert_eq!(cut("6pm"), ["6", "pm"]);
        assert_eq!(cut("10:35a.m."), ["10:35", "a.m."]);
        assert_eq!(cut("1990s"), ["1990s"]);
        assert_eq!(cut("5th"), ["5th"]);
        assert_eq!(cut("Monday"), ["Monday"]);
        assert_eq!(phrase_pieces("new year's day"), ["new", "year", "'s", "day"]);
        assert_eq!(phrase_pieces("presidents' d-day"), ["presidents", "'", "d", "-", "day"]);
        assert_eq!((fold("a.m."), fold("Aug."), fold("10.30")), ("am".into(), "aug".into(), "10.30".into()));
    }
}
