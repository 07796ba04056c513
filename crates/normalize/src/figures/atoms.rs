//! An atom is the smallest piece of text that a figure is built of: a run of digits with its separators, a run of
//! letters, or one sign. "£50m-a-year" is `£` `50` `m` `-` `a` `-` `year`. Atoms are cut from the text itself, since the
//! model's tokens join and split numbers and units as its training had it; each atom knows the token it starts in.

use broadsheet_language::Reading;

/// What an atom is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits.
    Digits,
    /// Letters.
    Word,
    /// One sign.
    Sign,
}

/// One atom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Code points from the start of the text.
    pub char_start: u32,
    /// Its end in code points.
    pub char_end: u32,
    /// What it is made of.
    pub kind: Kind,
    /// Whether white space (or the start of the sentence) stands before it.
    pub spaced: bool,
    /// The token that it starts in.
    pub token: usize,
    /// The value of digits.
    pub value: f64,
    /// Whether the digits carry a decimal point or thousands separators.
    pub separated: bool,
    /// Number of digits before any point.
    pub digits: u8,
    /// Digits that are no number: "1.2.3", "007", "12,34".
    pub odd: bool,
}

/// The atoms of one sentence over the text they were cut from.
pub(super) struct Atoms<'a> {
    /// The whole text.
    pub text: &'a str,
    /// The atoms in order.
    pub list: Vec<Atom>,
}

impl<'a> Atoms<'a> {
    /// Cuts the sentence that spans the tokens `first..last`.
    pub fn of_sentence(reading: &'a Reading, first: usize, last: usize) -> Atoms<'a> {
        let mut list = Vec::with_capacity((last - first) * 5 / 4 + 4);
        if first < last {
            let (a, b) = (&reading.tokens[first], &reading.tokens[last - 1]);
            cut(&reading.text, a.byte_start as usize, b.byte_end as usize, a.start, &mut list);
            let mut token = first;
            for atom in &mut list {
                while token + 1 < last && reading.tokens[token].byte_end as usize <= atom.start {
                    token += 1;
                }
                atom.token = token;
            }
        }
        Atoms { text: &reading.text, list }
    }

    /// The text of atom `i`; empty past the end.
    pub fn text(&self, i: usize) -> &'a str {
        self.list.get(i).map_or("", |a| &self.text[a.start..a.end])
    }

    /// The text from atom `i` up to, not including, atom `j`.
    pub fn slice(&self, i: usize, j: usize) -> &'a str {
        match (self.list.get(i), j.checked_sub(1).and_then(|k| self.list.get(k))) {
            (Some(a), Some(b)) if i < j => &self.text[a.start..b.end],
            _ => "",
        }
    }

    /// Whether atom `i` exists and follows its predecessor without a space.
    pub fn glued(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|a| !a.spaced)
    }

    /// Whether atom `i` is the sign or word `text`, letters in either case.
    pub fn is(&self, i: usize, text: &str) -> bool {
        self.text(i).eq_ignore_ascii_case(text)
    }

    /// Whether atom `i` is a hyphen or dash.
    pub fn dash(&self, i: usize) -> bool {
        matches!(self.text(i), "-" | "–" | "—" | "‑" | "−" | "‐")
    }

    /// The kind of atom `i`.
    pub fn kind(&self, i: usize) -> Option<Kind> {
        self.list.get(i).map(|a| a.kind)
    }

    /// Whether atom `i` is a word.
    pub fn word(&self, i: usize) -> bool {
        self.kind(i) == Some(Kind::Word)
    }
}

/// Number of atoms in a phrase, for lexicon entries.
pub(super) fn count(phrase: &str) -> usize {
    let mut list = Vec::new();
    cut(phrase, 0, phrase.len(), 0, &mut list);
    list.len()
}

fn cut(text: &str, from: usize, to: usize, char_from: u32, out: &mut Vec<Atom>) {
    let bytes = text.as_bytes();
    let (mut at, mut chars, mut spaced) = (from, char_from, true);
    while at < to {
        let Some(c) = text[at..to].chars().next() else { break };
        if c.is_whitespace() {
            at += c.len_utf8();
            chars += 1;
            spaced = true;
            continue;
        }
        let mut atom = Atom {
            start: at,
            end: at + c.len_utf8(),
            char_start: chars,
            char_end: chars + 1,
            kind: Kind::Sign,
            spaced,
            token: 0,
            value: 0.0,
            separated: false,
            digits: 0,
            odd: false,
        };
        let point = c == '.' && spaced && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if c.is_ascii_digit() || point {
            digits(bytes, to, &mut atom);
            atom.char_end = chars + (atom.end - at) as u32;
        } else if letter(c) {
            atom.kind = Kind::Word;
            let mut n = 0;
            atom.end = text[at..to].char_indices().find(|&(_, c)| !letter(c)).map_or(to, |(k, _)| at + k);
            n += text[at..atom.end].chars().count() as u32;
            atom.char_end = chars + n;
        }
        (at, chars, spaced) = (atom.end, atom.char_end, false);
        out.push(atom);
    }
}

fn letter(c: char) -> bool {
    c.is_alphabetic() && c != 'º' && c != 'ª' || matches!(c, '\u{300}'..='\u{36f}')
}

/// Reads digits with thousands separators, a decimal point and a small exponent.
fn digits(bytes: &[u8], to: usize, atom: &mut Atom) {
    atom.kind = Kind::Digits;
    let run = |mut k: usize| {
        while k < to && bytes[k].is_ascii_digit() {
            k += 1;
        }
        k
    };
    let mut plain: Vec<u8> = Vec::with_capacity(16);
    let mut k = run(atom.start);
    plain.extend_from_slice(&bytes[atom.start..k]);
    atom.digits = (k - atom.start).min(255) as u8;
    let lead = bytes[atom.start] == b'0' && atom.digits > 1;
    // Thousands: groups of three, or of two before a last three ("1,50,000").
    let mut groups: Vec<usize> = Vec::new();
    let mut end = k;
    while end < to && bytes[end] == b',' && end + 1 < to && bytes[end + 1].is_ascii_digit() {
        let next = run(end + 1);
        groups.push(next - end - 1);
        end = next;
    }
    if !groups.is_empty() && atom.digits <= 3 {
        let good = groups.last() == Some(&3)
            && (groups.iter().all(|&g| g == 3) || groups[..groups.len() - 1].iter().all(|&g| g == 2));
        if good && atom.digits > 0 {
            plain = bytes[atom.start..end].iter().copied().filter(u8::is_ascii_digit).collect();
            atom.separated = true;
            atom.digits = plain.len().min(255) as u8;
            k = end;
        }
    }
    let mut points = 0;
    while k + 1 < to && bytes[k] == b'.' && bytes[k + 1].is_ascii_digit() {
        let next = run(k + 1);
        points += 1;
        if points == 1 {
            plain.extend_from_slice(&bytes[k..next]);
        }
        atom.separated = true;
        k = next;
    }
    if k + 1 < to && matches!(bytes[k], b'e' | b'E') {
        let sign = usize::from(matches!(bytes[k + 1], b'-' | b'+'));
        let next = run(k + 1 + sign);
        let digits = next - (k + 1 + sign);
        if (1..=2).contains(&digits) && !bytes.get(next).is_some_and(u8::is_ascii_alphanumeric) {
            plain.extend_from_slice(&bytes[k..next]);
            atom.separated = true;
            k = next;
        }
    }
    atom.end = k;
    atom.odd = points > 1 || lead && points == 0 || atom.digits > 15;
    atom.value = std::str::from_utf8(&plain).ok().and_then(|s| s.parse().ok()).unwrap_or(0.0);
}
