//! A lexeme is a word form with what the model's features read off it.

use crate::hash::string_id;
use std::collections::HashMap;

/// The features of a form, as ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Features {
    /// Normalized form.
    pub norm: u64,
    /// First character.
    pub prefix: u64,
    /// Last three characters.
    pub suffix: u64,
    /// Shape.
    pub shape: u64,
    /// Whether it is white space.
    pub is_space: bool,
}

/// White space as the model counts it: Unicode's, and the four information separators.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// Norms of forms that are not just lower-cased.
pub struct Norms {
    by_id: HashMap<u64, u64>,
    base: HashMap<String, u64>,
}

impl Norms {
    /// From the tables of the model.
    pub fn new(by_id: &[(String, String)], base: &[(String, String)]) -> Norms {
        Norms {
            by_id: by_id.iter().filter_map(|(id, norm)| Some((id.parse().ok()?, string_id(norm)))).collect(),
            base: base.iter().map(|(form, norm)| (form.clone(), string_id(norm))).collect(),
        }
    }

    /// The features of `form`.
    pub fn features(&self, form: &str) -> Features {
        let norm = self.by_id.get(&string_id(form)).or_else(|| self.base.get(form)).copied();
        let first = form.chars().next().map_or(0, char::len_utf8);
        let last = form.char_indices().rev().nth(2).map_or(0, |(i, _)| i);
        Features {
            norm: norm.unwrap_or_else(|| string_id(&form.to_lowercase())),
            prefix: string_id(&form[..first]),
            suffix: string_id(&form[last..]),
            shape: string_id(&shape(form)),
            is_space: !form.is_empty() && form.chars().all(is_space),
        }
    }
}

/// "Seoul2025" is "Xxxxxdddd" with runs cut at four: "Xxxxxdddd".
fn shape(form: &str) -> String {
    if form.chars().count() >= 100 {
        return "LONG".to_string();
    }
    let (mut out, mut last, mut run) = (String::new(), None, 0);
    for c in form.chars() {
        let s = if c.is_alphabetic() {
            if c.is_uppercase() { 'X' } else { 'x' }
        } else if c.is_numeric() && c.to_digit(10).is_some() || is_other_digit(c) {
            'd'
        } else {
            c
        };
        run = if last == Some(s) { run + 1 } else { 0 };
        last = Some(s);
        if run < 4 {
            out.push(s);
        }
    }
    out
}

/// Superscript and subscript digits count as digits.
fn is_other_digit(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉' | '①'..='⑨')
        || ('\u{660}'..='\u{669}').contains(&c)
        || ('\u{966}'..='\u{96f}').contains(&c)
        || ('\u{ff10}'..='\u{ff19}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (form, want) in [
            ("Seoul", "Xxxxx"),
            ("governments", "xxxx"),
            ("G7", "Xd"),
            ("2025", "dddd"),
            ("12,900", "dd,ddd"),
            ("", ""),
        ] {
            assert_eq!(shape(form), want, "{form}");
        }
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }
}
