//! Mojibake is UTF-8 that somebody read as Windows-1252: `â€™` for `’`. It is repaired where the sequence cannot stand
//! in any real text, and left alone where it might (`Ô` may be a word that ends in Ã and a quotation mark).

/// The characters of bytes 0x80 to 0x9F in Windows-1252; the five bytes without one stay the control of that number.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// What a byte means in Windows-1252.
pub fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The byte that was misread as this character.
fn byte_of(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        '\u{152}'..='\u{2122}' => HIGH.iter().position(|&high| high == c).and_then(|at| u8::try_from(0x80 + at).ok()),
        _ => None,
    }
}

/// The repaired character where `text` starts with mojibake, and how many bytes of `text` it replaces.
pub fn at_start(text: &str) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let lead = byte_of(chars.next()?)?;
    let wanted = length(lead)?;
    let mut bytes = [lead, 0, 0, 0];
    for slot in &mut bytes[1..wanted] {
        *slot = byte_of(chars.next()?).filter(|byte| matches!(byte, 0x80..=0xbf))?;
    }
    Some((certain(&bytes[..wanted])?, text.len() - chars.as_str().len()))
}

/// The repaired character where `text` ends with mojibake, and how many bytes of `text` it replaces.
pub fn at_end(text: &str) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let mut bytes = [0; 4];
    for count in 1..=4 {
        let byte = byte_of(chars.next_back()?)?;
        bytes[4 - count] = byte;
        if !matches!(byte, 0x80..=0xbf) {
            let repaired = if length(byte)? == count { certain(&bytes[4 - count..])? } else { return None };
            return Some((repaired, text.len() - chars.as_str().len()));
        }
    }
    None
}

/// How many bytes a sequence with this first byte has.
fn length(lead: u8) -> Option<usize> {
    match lead {
        0xc2..=0xc5 => Some(2),
        0xe2 | 0xef => Some(3),
        0xf0 => Some(4),
        _ => None,
    }
}

/// Decodes a sequence that is surely misread UTF-8.
fn certain(bytes: &[u8]) -> Option<char> {
    let sure = match *bytes {
        // After Â, Ã, Ä and Å no quotation mark, dash, ellipsis or no-break space: a word may end in such a letter.
        [0xc2, second] => matches!(second, 0xa0..=0xbf) && second != 0xbb,
        [0xc3, second] => !matches!(second, 0x82 | 0x84 | 0x85 | 0x8b | 0x91..=0x97 | 0x9b | 0xa0 | 0xab | 0xbb),
        [0xc4 | 0xc5, second] => {
            !matches!(second, 0xb2 | 0xb3 | 0xb7 | 0x82 | 0x84 | 0x85 | 0x8b | 0x91..=0x97 | 0x9b | 0xa0 | 0xab | 0xbb)
        }
        // Punctuation, currencies, letterlike signs, arrows, operators, shapes.
        [0xe2, second, _] => matches!(second, 0x80 | 0x82 | 0x84 | 0x86 | 0x88 | 0x89),
        // A byte order mark, ligatures, the replacement character.
        [0xef, 0xbb, 0xbf] | [0xef, 0xac, 0x80..=0x86] | [0xef, 0xbf, 0xbd] => true,
        [0xf0, 0x9f, _, _] => true,
        _ => false,
    };
    if !sure {
        return None;
    }
    std::str::from_utf8(bytes).ok()?.chars().next()
}
