//! A URL, as the tokenizer sees it, is a whole word of the form `[scheme://][user@]host[:port][/path]`; the host is a
//! public IPv4 address or a dotted name. Written by hand after the model's pattern, in linear time.

use crate::chars::CharSet;

/// Whether the whole word is a URL.
pub fn is_url(word: &str, top_level: &CharSet) -> bool {
    if !word.contains('.') {
        return false;
    }
    // Where the host may begin: at the start, after a scheme, after any `@` that has something before it.
    if host_and_rest(word, top_level) {
        return true;
    }
    if let Some(at) = word.find("://") {
        let scheme = &word[..at];
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '+' | '-' | '.');
        if scheme.chars().nth(1).is_some() && scheme.chars().all(fits) && host_and_rest(&word[at + 3..], top_level) {
            return true;
        }
    }
    word.match_indices('@').any(|(at, _)| at > 0 && host_and_rest(&word[at + 1..], top_level))
}

fn host_and_rest(text: &str, top_level: &CharSet) -> bool {
    address(text).is_some_and(|n| tail(&text[n..])) || name(text, top_level).is_some_and(|n| tail(&text[n..]))
}

/// What may follow the host: a port, a path, nothing.
fn tail(text: &str) -> bool {
    let mut rest = text;
    if let Some(after) = text.strip_prefix(':') {
        let digits = after.chars().take_while(char::is_ascii_digit).count();
        if !(2..=5).contains(&digits) {
            return false;
        }
        rest = &after[digits..];
    }
    rest.is_empty() || rest.starts_with(['/', '?', '#'])
}

fn name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c)
}

/// Bytes of the dotted name at the start of `text`: labels of 1 to 64 characters, then a top level of 2 to 63.
fn name(text: &str, top_level: &CharSet) -> Option<usize> {
    let mut start = 0;
    let mut labels = 0;
    loop {
        // One label: everything up to the next dot or to a character that no name has.
        let (mut count, mut end, mut last, mut as_label, mut as_top) = (0, start, None, true, true);
        for c in text[start..].chars() {
            if matches!(c, '.' | ':' | '/' | '?' | '#') {
                break;
            }
            as_label &= name_char(c) || (count > 0 && matches!(c, '_' | '-'));
            as_top &= top_level.has(c);
            if !as_label && !as_top {
                return None;
            }
            count += 1;
            end += c.len_utf8();
            last = Some(c);
        }
        if text[end..].starts_with('.') {
            if !as_label || !(1..=64).contains(&count) || !last.is_some_and(name_char) {
                return None;
            }
            labels += 1;
            start = end + 1;
        } else {
            return (labels > 0 && as_top && (2..=63).contains(&count)).then_some(end);
        }
    }
}

/// Bytes of the public IPv4 address at the start of `text`.
fn address(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let mut parts = text[..end].split('.');
    let mut values = [0u32; 4];
    for (i, value) in values.iter_mut().enumerate() {
        let part = parts.next()?;
        if part.is_empty() || part.len() > 3 {
            return None;
        }
        let padded = part.starts_with('0');
        *value = part.parse().ok()?;
        let fits = match i {
            0 => !padded && *value <= 223,
            3 => !padded && *value <= 254,
            _ => *value <= 255 && !(padded && part.len() == 3),
        };
        if !fits {
            return None;
        }
    }
    let private = match (values[0], values[1]) {
        (10 | 127, _) | (169, 254) | (192, 168) => true,
        (172, second) => (16..=31).contains(&second),
        _ => false,
    };
    (parts.next().is_none() && !private).then_some(end)
}
