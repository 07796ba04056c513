//! Clean text is an article's text as every later offset counts it: one kind of line break, one kind of space, nothing
//! invisible, repaired where its encoding was surely broken, and not one word less than it had.
//!
//! The text is rewritten in one pass over a stack of characters. What a rule puts out is pushed through the same rules
//! again, so that nothing is left over for a second pass: cleaning a clean text changes nothing.

use std::sync::LazyLock;

use crate::mojibake;

/// Cleans a body: paragraphs, lines and words stay, blank lines are single, the ends are trimmed.
pub fn body(text: &str) -> String {
    let mut pass = Pass::new(text.len(), false);
    pass.run(text);
    pass.finish()
}

/// Cleans a text that has one line, such as a title or a name.
pub fn line(text: &str) -> String {
    let mut pass = Pass::new(text.len(), true);
    pass.run(text);
    pass.finish()
}

/// Longest entity that is looked for: `&thetasym;`.
const ENTITY_MAX: usize = 10;

struct Pass {
    out: String,
    one_line: bool,
    /// White space seen since the last visible character: none, spaces, or a number of line breaks.
    gap: Gap,
    /// Invisible characters that stand after white space: kept if white space follows too.
    pending: String,
    /// A joiner between two letters of a script (or emoji) that needs it.
    joiner: Option<char>,
}

#[derive(Clone, Copy, PartialEq)]
enum Gap {
    None,
    Space,
    Lines(u8),
}

impl Pass {
    fn new(capacity: usize, one_line: bool) -> Self {
        Pass { out: String::with_capacity(capacity), one_line, gap: Gap::None, pending: String::new(), joiner: None }
    }

    fn run(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            // Mojibake whose second half is a control or a soft hyphen has to be seen before those are dropped.
            if !c.is_ascii()
                && let Some((repaired, length)) = mojibake::at_start(rest)
            {
                self.push(repaired);
                rest = &rest[length..];
                continue;
            }
            rest = &rest[c.len_utf8()..];
            if c == '\r' {
                if !rest.starts_with('\n') {
                    self.push('\n');
                }
            } else {
                self.push(c);
            }
        }
    }

    fn push(&mut self, c: char) {
        // C1 controls never stand in news: they are Windows characters read as Latin-1.
        let c = if matches!(c, '\u{80}'..='\u{9f}') { mojibake::windows_1252(c as u8) } else { c };
        match class(c) {
            Class::Visible => self.visible(c),
            Class::Space => self.space(Gap::Space),
            Class::Break(lines) => self.space(if self.one_line { Gap::Space } else { Gap::Lines(lines) }),
            Class::Drop => {}
            Class::Invisible => self.invisible(c),
        }
    }

    fn visible(&mut self, c: char) {
        let joiner = self.joiner.take();
        self.pending.clear(); // touches this character
        self.settle_gap();
        if let Some(joiner) = joiner
            && needs_joiner(c)
        {
            self.out.push(joiner);
        }
        self.out.push(c);
        if c == ';' {
            if let Some((decoded, length)) = entity_at_end(&self.out) {
                self.out.truncate(self.out.len() - length);
                self.reopen();
                self.push(decoded);
            }
        } else if !c.is_ascii()
            && let Some((repaired, length)) = mojibake::at_end(&self.out)
        {
            self.out.truncate(self.out.len() - length);
            self.reopen();
            self.push(repaired);
        }
    }

    /// After characters were taken off the stack it may end in white space or in an invisible character: takes those
    /// back into the state, as if what followed them had never been there.
    fn reopen(&mut self) {
        while let Some(c) = self.out.chars().next_back() {
            match c {
                ' ' => self.gap = self.gap.joined(Gap::Space),
                '\n' => self.gap = self.gap.joined(Gap::Lines(1)),
                _ => break,
            }
            self.out.pop();
        }
    }

    fn space(&mut self, gap: Gap) {
        self.joiner = None;
        if self.out.is_empty() {
            self.pending.clear();
        } else if !self.pending.is_empty() {
            // Alone between white space: it stays.
            self.settle_gap();
            let kept = std::mem::take(&mut self.pending);
            self.out.push_str(&kept);
        }
        self.gap = self.gap.joined(gap);
    }

    fn invisible(&mut self, c: char) {
        if self.gap != Gap::None {
            if !self.one_line {
                self.pending.push(c);
            }
        } else if matches!(c, '\u{200c}' | '\u{200d}') && self.out.chars().next_back().is_some_and(needs_joiner) {
            self.joiner = Some(c);
        }
    }

    fn settle_gap(&mut self) {
        if !self.out.is_empty() {
            match self.gap {
                Gap::None => {}
                Gap::Space => self.out.push(' '),
                Gap::Lines(1) => self.out.push('\n'),
                Gap::Lines(_) => self.out.push_str("\n\n"),
            }
        }
        self.gap = Gap::None;
    }

    fn finish(mut self) -> String {
        let kept =
            self.out.trim_end_matches(|c: char| matches!(class(c), Class::Invisible | Class::Space | Class::Break(_)));
        self.out.truncate(kept.len());
        self.out
    }
}

impl Gap {
    fn joined(self, other: Gap) -> Gap {
        match (self, other) {
            (Gap::Lines(a), Gap::Lines(b)) => Gap::Lines(a.saturating_add(b).min(2)),
            (Gap::Lines(a), _) | (_, Gap::Lines(a)) => Gap::Lines(a),
            (Gap::None, Gap::None) => Gap::None,
            _ => Gap::Space,
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Visible,
    Space,
    Break(u8),
    Invisible,
    Drop,
}

fn class(c: char) -> Class {
    match c {
        ' ' | '\t' => Class::Space,
        '\n' | '\u{b}' | '\u{2028}' => Class::Break(1),
        '\u{c}' | '\u{2029}' => Class::Break(2),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => Class::Drop,
        '!'..='~' => Class::Visible,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Class::Space,
        '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => Class::Invisible,
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' => Class::Invisible,
        _ => Class::Visible,
    }
}

/// Whether a joiner beside this character carries meaning: Arabic to Khmer, Indic scripts, and emoji.
fn needs_joiner(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{1fff}' | '\u{2600}'..='\u{27bf}' | '\u{fb50}'..='\u{fdff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
        || matches!(c, '\u{2640}' | '\u{2642}' | '\u{fe70}'..='\u{fefc}')
}

/// The character that an entity at the end of `text` stands for, and how many bytes the entity has.
fn entity_at_end(text: &str) -> Option<(char, usize)> {
    let tail_start = text.len().saturating_sub(ENTITY_MAX);
    let at = text.as_bytes()[tail_start..].iter().rposition(|&b| b == b'&')? + tail_start;
    let name = &text[at + 1..text.len() - 1];
    let decoded = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok()?,
                None if number.bytes().all(|b| b.is_ascii_digit()) => number.parse().ok()?,
                _ => return None,
            };
            char::from_u32(code)?
        }
        None => entity(name)?,
    };
    Some((decoded, text.len() - at))
}

/// Names of HTML 4, as `name<TAB>code point in hex`, sorted by name.
static ENTITIES: LazyLock<Vec<(&str, char)>> = LazyLock::new(|| {
    let rows = include_str!("entities.tsv").lines().filter_map(|line| line.split_once('\t'));
    rows.filter_map(|(name, hex)| Some((name, char::from_u32(u32::from_str_radix(hex, 16).ok()?)?))).collect()
});

fn entity(name: &str) -> Option<char> {
    let at = ENTITIES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    Some(ENTITIES[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cleans(from: &str, to: &str) {
        assert_eq!(body(from), to, "from {from:?}");
        assert_eq!(body(to), to, "a second time, from {from:?}");
    }

    #[test]
    fn lines_and_spaces() {
        cleans("One\r\ntwo\rthree", "One\ntwo\nthree");
        cleans("  One \t two  \n  three ", "One two\nthree");
        cleans("One\n\n\n\ntwo\n \n \nthree", "One\n\ntwo\n\nthree");
        cleans("10\u{a0}000\u{202f}km", "10 000 km");
        cleans("A line\u{2028}and a paragraph\u{2029}end", "A line\nand a paragraph\n\nend");
        cleans(" \n\t ", "");
    }

    #[test]
    fn invisible_characters() {
        cleans("\u{feff}Par\u{ad}lia\u{ad}ment sat\u{200b}.", "Parliament sat.");
        cleans("One\n\n\u{200b}\n\ntwo", "One\n\n\u{200b}\n\ntwo");
        cleans(" \u{200b} One \u{200b} ", "One");
        cleans("bell\u{7}s and \0nulls", "bells and nulls");
        cleans("\u{1f468}\u{200d}\u{1f469} and a\u{200d}b", "\u{1f468}\u{200d}\u{1f469} and ab");
    }

    #[test]
    fn broken_encodings() {
        cleans(
            "The ministerâ€™s â€œplanâ€\u{9d} â€“ it cost Â£5 in OrlÃ©ans",
            "The minister’s “plan” – it cost £5 in Orléans",
        );
        cleans("twice: itÃ¢â‚¬â„¢s", "twice: it’s");
        cleans("The\u{92}s \u{93}plan\u{94}", "The’s “plan”");
        cleans("El paÃ\u{ad}s", "El país");
        // Right as they are.
        cleans("São Paulo, “IRMÔ, «café»… NÃO", "São Paulo, “IRMÔ, «café»… NÃO");
    }

    #[test]
    fn entities() {
        cleans("Smith &amp; Sons&#8217; &quot;best&quot;&nbsp;year&#x2026;", "Smith & Sons’ \"best\" year…");
        cleans("&amp;amp;lt; R&D; AT&T", "< R&D; AT&T");
        cleans("&#xD800; &#99999999; &unknown;", "&#xD800; &#99999999; &unknown;");
    }

    #[test]
    fn one_line() {
        assert_eq!(line("  Two\n\nlines \u{200b} here "), "Two lines here");
    }

    /// Characters that the rules act upon, far more often than chance would bring them.
    fn nasty() -> impl Strategy<Value = String> {
        let pieces = [
            " ",
            "\n",
            "\r",
            "\t",
            "a",
            "Ã",
            "â",
            "€",
            "™",
            "¢",
            "‚",
            "¬",
            "„",
            "Â",
            "\u{a0}",
            "\u{ad}",
            "\u{200b}",
            "\u{200d}",
            "&",
            "amp;",
            "#8203;",
            "nbsp;",
            ";",
            "\u{80}",
            "\u{9d}",
            "\u{1f468}",
            "ðŸ˜€",
            "ï»¿",
            "shy;",
            "\u{feff}",
            "\u{fe0f}",
            "&acirc;",
            "&euro;",
            "‹",
            "\u{2028}",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn cleaning_twice_changes_nothing(text in prop_oneof![nasty(), any::<String>()]) {
            let once = body(&text);
            prop_assert_eq!(&body(&once), &once);
            prop_assert!(!once.contains("\n\n\n") && !once.contains("  ") && once.trim() == once);
            let title = line(&text);
            prop_assert_eq!(&line(&title), &title);
            prop_assert!(!title.contains('\n'));
        }
    }
}
