//! Folding: the forms under which names are compared and looked up.

/// A name without a leading article and a possessive ending.
pub fn bare(name: &str) -> &str {
    let name = ["the ", "The ", "THE "].iter().find_map(|p| name.strip_prefix(p)).unwrap_or(name);
    ["'s", "’s", "'", "’"].iter().find_map(|s| name.strip_suffix(s)).unwrap_or(name)
}

/// A name of four letters or more that is all in capitals ("SOUTH KOREA") as it is usually written ("South Korea").
pub fn uncapped(name: &str) -> Option<String> {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 4 || name.chars().any(char::is_lowercase) {
        return None;
    }
    let mut out = String::with_capacity(name.len());
    for (i, word) in name.split(' ').enumerate() {
        if i > 0 {
            out.push(' ');
        }
        if i > 0 && matches!(word, "OF" | "AND" | "THE") {
            out.push_str(&word.to_lowercase());
            continue;
        }
        let mut chars = word.chars();
        out.extend(chars.next());
        out.extend(chars.flat_map(char::to_lowercase));
    }
    Some(out)
}

/// The key under which names are the same: lower case, plain letters for letters with marks, no article, no
/// possessive, no dots, single spaces.
pub fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in bare(name.trim()).chars() {
        match c {
            '.' | '\'' | '’' | '‘' | '"' | '“' | '”' => {}
            '-' | '–' | '‑' | '\u{a0}' | '\n' | '\t' => out.push(' '),
            _ => {
                for l in c.to_lowercase() {
                    plain(l, &mut out);
                }
            }
        }
    }
    let mut words = out.split_whitespace();
    let first = words.next().unwrap_or("").to_string();
    words.fold(first, |mut all, w| {
        all.push(' ');
        all.push_str(w);
        all
    })
}

/// Writes a lower-case letter without its mark.
fn plain(c: char, out: &mut String) {
    let flat = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ə' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => 'i',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'æ' => {
            out.push('a');
            'e'
        }
        'œ' => {
            out.push('o');
            'e'
        }
        'ß' => {
            out.push('s');
            's'
        }
        // Combining marks, as in "i̇" from the lower case of the dotted capital.
        '\u{300}'..='\u{36f}' => return,
        other => other,
    };
    out.push(flat);
}
