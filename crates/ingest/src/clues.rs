//! A clue is a fact of an article's origin that stands in its text or in its address, for want of a better source: the
//! byline above the text, the day in a URL. Clues fill what the record leaves open, and change
//! nothing; the words that they were read from stay in the text.

use jiff::civil::Date;

use crate::PublishedBasis;
use crate::dates::{self, Moment};
use crate::names;

/// How many lines of a text may be about its origin.
const FIRST_LINES: usize = 5;
/// A line longer than this is a paragraph.
const LINE_MAX: usize = 120;

/// The authors that a line "By Jane Doe and Ali Khan" at the start of a body names.
pub fn authors(body: &str) -> Vec<String> {
    let found = first_lines(body).find_map(|line| {
        let names =
            line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")).or_else(|| line.strip_prefix("by "))?;
        // Names have capitals, and a byline is no sentence.
        let is_name = |word: &str| word == "and" || word == "&" || word.starts_with(char::is_uppercase);
        let words = names.split_whitespace();
        let fits =
            words.clone().all(is_name) && (2..=12).contains(&words.count()) && !names.ends_with(['.', ':', '?', '!']);
        fits.then(|| names::of_byline(line))
    });
    found.unwrap_or_default()
}

/// The day of publication: in the address, else in a line of its own at the start of the text. Midnight, since nothing
/// tells the time.
pub fn published(url: Option<&str>, body: &str) -> Option<(Moment, PublishedBasis)> {
    let in_address = url.and_then(day_in_path).and_then(|day| dates::parse(&day.to_string()));
    let in_text = || first_lines(body).filter(|line| line.len() <= 60 && !line.ends_with('.')).find_map(dates::parse);
    let in_address = in_address.map(|moment| (moment, PublishedBasis::Url));
    in_address.or_else(|| Some((in_text()?, PublishedBasis::Text)))
}

/// The day in a path: `/2026/11/23/`, `/2026-11-23-title`, `/20261123/`.
fn day_in_path(url: &str) -> Option<Date> {
    let path = url.split("://").nth(1)?.split(['?', '#']).next()?.split_once('/')?.1;
    let digits = |from: usize, count: usize| {
        path.get(from..from + count).filter(|part| part.bytes().all(|b| b.is_ascii_digit()))
    };
    let is_digit = |at: usize| path.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let day = |year: &str, month: &str, day: &str| {
        let year = year.parse().ok().filter(|year| (1990..2100).contains(year))?;
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    };
    (0..path.len()).filter(|at| is_digit(*at) && !(*at > 0 && is_digit(at - 1))).find_map(|at| {
        let year = digits(at, 4)?;
        let sign = *path.as_bytes().get(at + 4)?;
        if sign.is_ascii_digit() {
            return day(year, digits(at + 4, 2)?, digits(at + 6, 2)?).filter(|_| !is_digit(at + 8));
        }
        if !matches!(sign, b'/' | b'-' | b'_') {
            return None;
        }
        let month = digits(at + 5, 2).or_else(|| digits(at + 5, 1))?;
        let next = at + 5 + month.len();
        if path.as_bytes().get(next) != Some(&sign) {
            return None;
        }
        let of_month = digits(next + 1, 2).or_else(|| digits(next + 1, 1))?;
        day(year, month, of_month).filter(|_| !is_digit(next + 1 + of_month.len()))
    })
}

fn first_lines(body: &str) -> impl Iterator<Item = &str> {
    body.lines().filter(|line| !line.is_empty()).take(FIRST_LINES).filter(|line| line.len() <= LINE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        let text = "The council of Malmberg voted on Tuesday to rebuild the bridge.";
        for (line, names) in [
            ("By Jane Doe and Ali Khan", vec!["Jane Doe", "Ali Khan"]),
            ("By JANE DOE, Associated Press", vec!["JANE DOE", "Associated Press"]),
            ("By the river, people waited", vec![]),
            ("By Monday Evening the storm had passed", vec![]),
            ("By Tuesday.", vec![]),
        ] {
            assert_eq!(authors(&format!("{line}\n\n{text}")), names, "{line}");
        }
        assert!(authors(&format!("{text}\n{text}\n{text}\n{text}\n{text}\nBy Jane Doe")).is_empty());
    }

    #[test]
    fn days() {
        let day = |url: &str, body: &str| published(Some(url), body).map(|(moment, _)| moment.on.to_string());
        for (url, found) in [
            ("https://example.com/2026/11/23/talks-resume", Some("2026-11-23")),
            ("https://example.com/world/2026-11-23-talks", Some("2026-11-23")),
            ("https://example.com/a/20261123/talks.html", Some("2026-11-23")),
            ("https://example.com/2026/1/3/talks", Some("2026-01-03")),
            ("https://example.com/2026/11/talks", None),
            ("https://example.com/2026/13/45/x", None),
            ("https://example.com/article-120261123", None),
            ("https://example.com/202611231015", None),
            ("https://2026.11.23.example.com/", None),
            ("https://example.com/?d=2026/11/23", None),
        ] {
            assert_eq!(day(url, "Text.").as_deref(), found, "{url}");
        }
        assert_eq!(
            day("https://example.com/", "Published 23 November 2026\n\nEnvoys met.").as_deref(),
            Some("2026-11-23")
        );
        let basis = |url: &str, body: &str| published(Some(url), body).map(|(_, basis)| basis.name());
        assert_eq!(
            basis("https://example.com/2026/11/23/talks", "Published 22 November 2026\n\nThey met."),
            Some("url")
        );
        assert_eq!(basis("https://example.com/", "Published 22 November 2026\n\nThey met."), Some("text"));
        assert_eq!(day("https://example.com/", "On 23 November 2026 envoys met.\n\nThey left."), None);
    }
}
