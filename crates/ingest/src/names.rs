//! A byline names the people who wrote an article: "By Jane Doe and Ali Khan". This module takes it apart.

use crate::clean;

/// The names in a byline, in order, none twice.
pub fn of_byline(byline: &str) -> Vec<String> {
    let byline = clean::line(byline);
    let byline = without_by(&byline);
    let mut names: Vec<String> = Vec::new();
    for part in parts(byline) {
        let name = without_by(part.trim().trim_matches([',', ';', '|', '.', '-', '–', '—', '·']).trim());
        let name = name.trim_start_matches('@');
        if is_name(name) && !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            names.push(name.to_owned());
        }
    }
    names
}

/// "By", "Written by", "Story by" are not part of a name.
fn without_by(byline: &str) -> &str {
    let lower = byline.to_ascii_lowercase();
    for start in
        ["by:", "by ", "written by ", "story by ", "words by ", "reported by ", "report by ", "posted by ", "from "]
    {
        if lower.starts_with(start) {
            return byline[start.len()..].trim_start();
        }
    }
    byline
}

fn parts(byline: &str) -> Vec<&str> {
    if byline.contains([';', '|']) {
        return byline.split([';', '|']).flat_map(at_and).collect();
    }
    let commas: Vec<&str> = byline.split(", ").collect();
    // "Doe, Jane" is one name, and so is "Jane Doe, Jr".
    if commas.len() == 2 && (!commas[0].contains(' ') || SUFFIXES.contains(&commas[1].trim_end_matches('.'))) {
        return vec![byline];
    }
    commas.into_iter().flat_map(at_and).collect()
}

const SUFFIXES: [&str; 8] = ["Jr", "Sr", "II", "III", "IV", "MD", "PhD", "Esq"];

fn at_and(names: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = names.strip_prefix("and ").unwrap_or(names);
    while let Some((at, length)) =
        [" and ", " & ", " AND "].iter().filter_map(|sign| Some((rest.find(sign)?, sign.len()))).min()
    {
        found.push(&rest[..at]);
        rest = &rest[at + length..];
    }
    found.push(rest);
    found
}

/// Not an address, not a number, not a whole sentence.
fn is_name(text: &str) -> bool {
    let address = text.contains("://") || text.contains('@') || text.starts_with("www.");
    !address && text.chars().any(char::is_alphabetic) && text.len() <= 100 && text.split_whitespace().count() <= 10
}

#[cfg(test)]
mod tests {
    use super::of_byline;

    #[test]
    fn bylines() {
        for (byline, names) in [
            ("By Jane Doe and Ali Khan", vec!["Jane Doe", "Ali Khan"]),
            ("Jane Doe, Ali Khan, Li Wei", vec!["Jane Doe", "Ali Khan", "Li Wei"]),
            ("By Jane Doe, Ali Khan and Li Wei", vec!["Jane Doe", "Ali Khan", "Li Wei"]),
            ("Jane Doe; Ali Khan", vec!["Jane Doe", "Ali Khan"]),
            ("JANE DOE & ALI KHAN", vec!["JANE DOE", "ALI KHAN"]),
            ("Doe, Jane", vec!["Doe, Jane"]),
            ("Jane Doe, Jr.", vec!["Jane Doe, Jr"]),
            ("Jane Doe, Reuters", vec!["Jane Doe", "Reuters"]),
            ("jane@example.com", vec![]),
            ("https://example.com/authors/7", vec![]),
            ("Jane Doe, jane doe", vec!["Jane Doe"]),
            ("", vec![]),
        ] {
            assert_eq!(of_byline(byline), names, "from {byline}");
        }
    }
}
