//! A dateline is what an agency puts before the first sentence: the place in capitals, sometimes the day, the agency in
//! brackets, and a dash. It stays in the text, but the analysis starts after it: it belongs to no sentence.

/// Characters that a dateline has at most.
const LONGEST: usize = 90;
/// What ends a dateline.
const MARKS: [&str; 5] = ["—", "–", "--", "-", ":"];

/// Agencies that stand in brackets in a dateline.
static AGENCIES: &str = include_str!("agencies.txt");

/// A dateline at the start of a body.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Dateline<'a> {
    /// Where the first sentence starts, in bytes: after the dateline and the white space behind it, 0 without one.
    pub end: usize,
    /// The agency that it names in brackets.
    pub agency: Option<&'a str>,
}

/// The dateline that `body` begins with.
pub(crate) fn of(body: &str) -> Dateline<'_> {
    let line = body.lines().next().unwrap_or_default();
    let limit = line.char_indices().nth(LONGEST).map_or(line.len(), |(at, _)| at);
    let Some((head, mark, after)) = cut(line, limit) else { return Dateline::default() };
    let (place, agency) = match head.split_once('(') {
        Some((place, rest)) => match rest.trim_end().strip_suffix(')').map(str::trim) {
            Some(name) if AGENCIES.lines().any(|agency| agency == name) => (place.trim(), Some(name)),
            _ => return Dateline::default(),
        },
        None => (head.trim(), None),
    };
    let starts_sentence =
        after.trim_start().chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || "“\"'‘$£€".contains(c));
    let told = match agency {
        // "(Reuters) -" alone, or "Paris, May 3 (AFP) -": the agency tells.
        Some(_) => place.split_whitespace().count() <= 8,
        None => starts_sentence && in_capitals(place, mark),
    };
    if told { Dateline { end: line.len() - after.trim_start().len(), agency } } else { Dateline::default() }
}

/// The text before the first mark that stands like a dash, the mark, and the text after it.
fn cut(line: &str, limit: usize) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while from < limit {
        let (at, mark) =
            MARKS.iter().filter_map(|m| Some((line[from..].find(m)? + from, *m))).min_by_key(|(at, m)| {
                // The longer of two marks at one place.
                (*at, usize::MAX - m.len())
            })?;
        if at >= limit {
            return None;
        }
        let (head, after) = (&line[..at], &line[at + mark.len()..]);
        // A hyphen inside of a word ("PORT-AU-PRINCE") or a colon inside of a time is no mark.
        let free = match mark {
            "-" => head.ends_with([' ', ')']) && after.starts_with(' '),
            ":" => after.starts_with(' '),
            _ => true,
        };
        if free {
            return Some((head, mark, after));
        }
        from = at + mark.len();
    }
    None
}

/// "NEW DELHI", "HANOI, Vietnam", "ST. JOSEPH, Mich.", "SEOUL, South Korea": the town in capitals, then where it lies.
fn in_capitals(place: &str, mark: &str) -> bool {
    let mut parts = place.split(',').map(str::trim);
    let town = parts.next().unwrap_or_default();
    let letters = town.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = letters >= 3
        && town.split_whitespace().count() <= 4
        && town.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '\'' | '’' | '/'));
    let rest: Vec<&str> = parts.collect();
    let lies = rest.len() <= 2
        && rest.iter().all(|p| {
            p.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric()) && p.split_whitespace().count() <= 4
        });
    // A colon also ends a cry ("BREAKING NEWS:"), which is no part of the sentence either.
    capitals && lies && (mark != ":" || rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_dateline_ends_where_the_sentence_starts() {
        for (dateline, rest) in [
            ("QUITO — ", "Ecuador closed two mines."),
            ("QUITO, Ecuador (AP) — ", "The mayor left."),
            ("(Reuters) - ", "Shares fell."),
            ("Lisbon, May 3 (Lusa) -- ", "Trains stood still."),
            ("ST. PAUL, Minn. – ", "A bridge was shut."),
            ("PORT-AU-PRINCE, Haiti, 2 May - ", "“Go,” he said."),
            ("NEW DELHI: ", "The court will sit."),
            ("WASHINGTON (AP) — ", "‘No,’ she said."),
        ] {
            assert_eq!(of(&format!("{dateline}{rest}\n\nMore is to come.")).end, dateline.len(), "{dateline}");
        }
    }

    #[test]
    fn other_beginnings_are_no_dateline() {
        for body in [
            "",
            "Peru met Chile — again.",
            "US-China talks - Round two",
            "NATO, the EU and the UN met — in vain.",
            "IBM — whose shares fell — said so.",
            "The minister (54) - a farmer - resigned.",
            "12:30 News",
            "Prices rose 3%: a record.",
        ] {
            assert_eq!(of(body).end, 0, "{body}");
        }
    }

    #[test]
    fn agencies() {
        let rest = "The council of Malmberg voted on Tuesday to rebuild the bridge that the spring flood had carried away, the mayor said.";
        for (line, found) in [
            ("LONDON (Reuters) - ", Some("Reuters")),
            ("KYIV, Ukraine (AP) — ", Some("AP")),
            ("(Bloomberg) -- ", Some("Bloomberg")),
            ("LONDON, Nov 23 (Reuters) - ", Some("Reuters")),
            ("The mayor (Labour) - ", None),
            ("LONDON (2026) - ", None),
            ("LONDON (Reuters) ", None),
            ("", None),
        ] {
            assert_eq!(of(&format!("{line}{rest}")).agency, found, "{line}");
        }
    }
}
