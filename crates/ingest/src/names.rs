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
        let is_about_another = || !names.is_empty() && (is_role(name) || SUFFIXES.contains(&name));
        if is_name(name) && !is_about_another() && !names.iter().any(|known| is_same(known, name)) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The same name but for case, and as an address writes it: `jane-doe`.
pub fn is_same(one: &str, other: &str) -> bool {
    let fold = |name: &str| name.replace(['-', '_'], " ").to_lowercase();
    fold(one) == fold(other)
}

/// "AP Sports Writer": what a person is and not a name.
fn is_role(text: &str) -> bool {
    const ROLES: [&str; 8] =
        ["writer", "reporter", "correspondent", "editor", "columnist", "contributor", "photographer", "producer"];
    let last = text.rsplit(' ').next().unwrap_or(text).to_ascii_lowercase();
    ROLES.contains(&last.strip_suffix('s').unwrap_or(&last))
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

const SUFFIXES: [&str; 20] = [
    "Jr", "Sr", "II", "III", "IV", "MD", "PhD", "Esq", "MS", "MA", "MPH", "RN", "RD", "RDN", "LD", "CPT", "CSCS", "DO",
    "JD", "MBA",
];

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

/// Not an address, not a number, not a date, not a whole sentence.
fn is_name(text: &str) -> bool {
    let address = text.contains("://") || text.contains('@') || text.starts_with("www.");
    // The name that publishing systems start with.
    let nobody = ["admin", "administrator"].iter().any(|name| text.eq_ignore_ascii_case(name));
    !address
        && !nobody
        && !has_time(text)
        && text.chars().any(char::is_alphabetic)
        && text.len() <= 100
        && text.split_whitespace().count() <= 10
}

/// Whether a day or a time of day is in it: "Nov 19", "2019 at 6:46 pm".
fn has_time(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let is_number = |word: &str| word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<String> =
        text.split([' ', ',', '.']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let is_month = |word: &str| word.get(..3).is_some_and(|start| MONTHS.contains(&start)) && word.len() <= 9;
    let has_day = words.windows(2).any(|pair| {
        is_month(&pair[0]) && is_number(&pair[1]) || is_number(&pair[0]) && is_month(&pair[1]) && words.len() > 2
    });
    let is_clock = |word: &String| {
        let parts = word.split_once(':');
        parts.is_some_and(|(hours, minutes)| is_number(hours) && minutes.get(..2).is_some_and(is_number))
    };
    has_day || words.iter().any(is_clock)
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
            ("By JANE DOE, ALI KHAN, AP Sports Writers", vec!["JANE DOE", "ALI KHAN"]),
            ("By JANE DOE, AP Sports Writer", vec!["JANE DOE"]),
            ("Staff Writer", vec!["Staff Writer"]),
            ("Jane Doe, MS, RDN", vec!["Jane Doe"]),
            ("Jane Doe Nov 19, 2026 at 6:46 pm ET", vec![]),
            ("Jane Doe, 19 November 2026", vec!["Jane Doe"]),
            ("April May, June 10 Group", vec!["April May"]),
            ("Jane Doe; jane-doe", vec!["Jane Doe"]),
            ("admin", vec![]),
            ("jane@example.com", vec![]),
            ("https://example.com/authors/7", vec![]),
            ("Jane Doe, jane doe", vec!["Jane Doe"]),
            ("", vec![]),
        ] {
            assert_eq!(of_byline(byline), names, "from {byline}");
        }
    }
}
