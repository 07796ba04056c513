//! A moment is when an article says it was published: an instant, and the day that its own clock showed. Sources write
//! it in every form there is; a form that can be read in two ways is not read at all.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::fmt::{rfc2822, temporal::Pieces};
use jiff::tz::Offset;

/// An instant and the civil day of the place that it was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant; midnight UTC where only a day is known.
    pub at: Timestamp,
    /// The day as the record's own zone counts it.
    pub on: Date,
}

/// Reads a date or a date with time: ISO 8601, RFC 2822, seconds or milliseconds since 1970, and the forms that news
/// pages print ("Nov 23, 2026 10:00 PM EST", "23 November 2026").
pub fn parse(text: &str) -> Option<Moment> {
    let text = text.trim().trim_matches(['"', '\'', '[', ']']).trim();
    if text.len() < 6 || text.len() > 200 {
        return None;
    }
    digits(text).or_else(|| iso(text)).or_else(|| mail(text)).or_else(|| written(text))
}

/// Seconds, milliseconds, microseconds or nanoseconds since 1970, whichever gives a year in living memory.
pub fn from_epoch(number: f64) -> Option<Moment> {
    let mut seconds = number.abs();
    while seconds >= 1e11 {
        seconds /= 1000.0;
    }
    // 1973 and later: smaller numbers are years, ids or counts.
    if !(1e8..1e11).contains(&seconds) || number < 0.0 {
        return None;
    }
    let at = Timestamp::from_second(seconds as i64).ok()?;
    moment(Offset::UTC.to_datetime(at), Offset::UTC).filter(|moment| plausible(moment.on))
}

fn moment(at: DateTime, offset: Offset) -> Option<Moment> {
    plausible(at.date()).then_some(())?;
    Some(Moment { at: offset.to_timestamp(at).ok()?, on: at.date() })
}

/// No newspaper is older than the 17th century, none is of the far future.
fn plausible(date: Date) -> bool {
    (1600..2200).contains(&date.year())
}

/// Digits alone (with a fraction at most): a compact date or an epoch.
fn digits(text: &str) -> Option<Moment> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| whole.get(from..to).and_then(|part| part.parse::<i16>().ok());
    if matches!(whole.len(), 8 | 14) && fraction.is_empty() {
        let date = Date::new(part(0, 4)?, part(4, 6)? as i8, part(6, 8)? as i8).ok();
        let time = if whole.len() == 8 {
            Some(Time::midnight())
        } else {
            Time::new(part(8, 10)? as i8, part(10, 12)? as i8, part(12, 14)? as i8, 0).ok()
        };
        if let Some(found) = date.zip(time).and_then(|(date, time)| moment(date.to_datetime(time), Offset::UTC)) {
            return Some(found);
        }
    }
    if whole.len() < 9 {
        return None;
    }
    from_epoch(text.parse().ok()?)
}

fn iso(text: &str) -> Option<Moment> {
    // "2026-06-30 16:34:54 UTC" and "2026-06-30 16:34:54 +0000": the zone touches the time in ISO 8601.
    let joined;
    let text = match text.rsplit_once(' ') {
        Some((front, "UTC" | "GMT" | "Z")) => {
            joined = format!("{front}Z");
            &joined
        }
        Some((front, zone)) if zone.starts_with(['+', '-']) && front.contains(':') => {
            joined = format!("{front}{zone}");
            &joined
        }
        _ => text,
    };
    let pieces = Pieces::parse(text).ok()?;
    let at = pieces.date().to_datetime(pieces.time().unwrap_or_else(Time::midnight));
    moment(at, pieces.to_numeric_offset().unwrap_or(Offset::UTC))
}

fn mail(text: &str) -> Option<Moment> {
    static PARSER: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new();
    let zoned = PARSER.parse_zoned_datetime(text).ok()?;
    moment(zoned.datetime(), zoned.offset())
}

/// The forms of news pages: the first date in the text, with the time and the zone nearest to it.
fn written(text: &str) -> Option<Moment> {
    let words = words(text);
    let mut date = None;
    let mut time = None;
    let mut zone = None;
    let mut at = 0;
    while at < words.len() {
        if date.is_none()
            && let Some((found, used)) = date_at(&words[at..])
        {
            date = Some(found);
            at += used;
        } else if time.is_none()
            && let Some((found, used)) = time_at(&words[at..])
        {
            time = Some(found);
            at += used;
        } else if date.is_some() && date_at(&words[at..]).is_some() {
            break; // "Published ... Updated ...": the first counts
        } else {
            if time.is_some() && zone.is_none() {
                zone = zone_of(words[at]);
            }
            at += 1;
        }
    }
    let at = date?.to_datetime(time.unwrap_or_else(Time::midnight));
    moment(at, zone.map_or(Some(Offset::UTC), |zone| zone.offset(at))?)
}

/// Runs of letters, of digits, and of the signs that belong to numbers.
fn words(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        _ if c.is_alphabetic() => 1,
        _ if c.is_ascii_digit() => 2,
        ':' | '/' | '-' | '+' | '.' => 3,
        _ => 0,
    };
    let mut found = Vec::new();
    let mut start = 0;
    let mut last = 0;
    for (at, c) in text.char_indices() {
        let now = kind(c);
        if now != last || now == 3 {
            if last != 0 {
                found.push(&text[start..at]);
            }
            start = at;
            last = now;
        }
    }
    if last != 0 {
        found.push(&text[start..]);
    }
    found
}

fn number(word: Option<&&str>, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
    word.filter(|word| digits.contains(&word.len()))?.parse().ok()
}

fn month(word: Option<&&str>) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word?.to_lowercase();
    if word.len() < 3 {
        return None;
    }
    let at = MONTHS.iter().position(|month| month.starts_with(&word) || (word == "sept" && *month == "september"))?;
    i8::try_from(at + 1).ok()
}

fn date_at(words: &[&str]) -> Option<(Date, usize)> {
    let skip =
        |at: usize, signs: &[&str]| if words.get(at).is_some_and(|word| signs.contains(word)) { at + 1 } else { at };
    // November 23 2026, Nov. 23rd 2026
    if let Some(month) = month(words.first()) {
        let mut at = skip(1, &[".", "-", "/"]);
        let day = number(words.get(at), 1..=2)?;
        at = skip(at + 1, &["st", "nd", "rd", "th", "-", "/"]);
        let year = number(words.get(at), 4..=4)?;
        return Some((Date::new(year, month, i8::try_from(day).ok()?).ok()?, at + 1));
    }
    // 23 November 2026, 23rd of Nov. 2026, 23-Nov-2026
    if let Some(day) = number(words.first(), 1..=2) {
        let mut at = skip(1, &["st", "nd", "rd", "th", "."]);
        at = skip(at, &["of", "-", "/"]);
        if let Some(month) = month(words.get(at)) {
            at = skip(at + 1, &["."]);
            at = skip(at, &["-", "/"]);
            let year = number(words.get(at), 4..=4)?;
            return Some((Date::new(year, month, i8::try_from(day).ok()?).ok()?, at + 1));
        }
    }
    let sign = *words.get(1).filter(|sign| matches!(**sign, "/" | "." | "-"))?;
    if words.get(3) != Some(&sign) {
        return None;
    }
    // 2026/11/23
    if let (Some(year), Some(month), Some(day)) =
        (number(words.first(), 4..=4), number(words.get(2), 1..=2), number(words.get(4), 1..=2))
    {
        return Some((Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?, 5));
    }
    // 23.11.2026 and 11/23/2026, unless both could be meant. Only dots are sure to mean the day first.
    let (first, second) = (number(words.first(), 1..=2)?, number(words.get(2), 1..=2)?);
    let year = number(words.get(4), 4..=4)?;
    let (day, month) = match (first, second) {
        _ if sign == "." || first > 12 || first == second => (first, second),
        _ if second > 12 => (second, first),
        _ => return None,
    };
    Some((Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?, 5))
}

fn time_at(words: &[&str]) -> Option<(Time, usize)> {
    let hour = number(words.first(), 1..=2)?;
    let mut at = 1;
    let mut minute = 0;
    let mut second = 0;
    if matches!(words.get(1), Some(&":") | Some(&"."))
        && let Some(found) = number(words.get(2), 2..=2)
    {
        minute = found;
        at = 3;
        if words.get(3) == Some(&":")
            && let Some(found) = number(words.get(4), 2..=2)
        {
            second = found;
            at = 5;
        }
    }
    // 10 pm, 10 p.m.
    let half = match words.get(at..).unwrap_or_default() {
        [half, ..] if half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm") => Some((half, 1)),
        [half, ".", m, ".", ..] if is_half(half, m) => Some((half, 4)),
        [half, ".", m, ..] if is_half(half, m) => Some((half, 3)),
        _ => None,
    };
    let hour = match half {
        Some((half, used)) => {
            at += used;
            (hour <= 12).then_some(())?;
            hour % 12 + if half.starts_with(['p', 'P']) { 12 } else { 0 }
        }
        // Without am or pm only with a colon: "10" alone is no time.
        None if at > 1 && words.get(1) == Some(&":") => hour,
        None => return None,
    };
    Some((Time::new(hour as i8, minute as i8, second as i8, 0).ok()?, at))
}

fn is_half(half: &str, m: &str) -> bool {
    (half.eq_ignore_ascii_case("a") || half.eq_ignore_ascii_case("p")) && m.eq_ignore_ascii_case("m")
}

#[derive(Debug, Clone, Copy)]
enum Zone {
    /// Minutes east of Greenwich.
    Fixed(i32),
    /// Standard time of a zone of North America, which turns its clocks: "ET".
    American(i32),
}

impl Zone {
    fn offset(self, at: DateTime) -> Option<Offset> {
        let minutes = match self {
            Zone::Fixed(minutes) => minutes,
            Zone::American(minutes) => minutes + if american_summer(at)? { 60 } else { 0 },
        };
        Offset::from_seconds(minutes * 60).ok()
    }
}

/// Summer time in North America since 2007: from the second Sunday of March to the first Sunday of November.
fn american_summer(at: DateTime) -> Option<bool> {
    let start = Date::new(at.year(), 3, 1).ok()?.nth_weekday_of_month(2, Weekday::Sunday).ok()?;
    let end = Date::new(at.year(), 11, 1).ok()?.nth_weekday_of_month(1, Weekday::Sunday).ok()?;
    Some(at >= start.at(2, 0, 0, 0) && at < end.at(2, 0, 0, 0))
}

/// Zones as news pages abbreviate them; those with two meanings (IST) are read as the larger press means them.
fn zone_of(word: &str) -> Option<Zone> {
    let fixed = |hours: i32, minutes: i32| Some(Zone::Fixed(hours * 60 + minutes));
    match word {
        "UTC" | "GMT" | "Z" | "WET" => fixed(0, 0),
        "BST" | "CET" | "WAT" | "WEST" => fixed(1, 0),
        "CEST" | "EET" | "SAST" | "CAT" => fixed(2, 0),
        "EEST" | "MSK" | "EAT" | "TRT" => fixed(3, 0),
        "IST" => fixed(5, 30),
        "PKT" => fixed(5, 0),
        "ICT" | "WIB" => fixed(7, 0),
        "SGT" | "HKT" | "AWST" | "PHT" | "MYT" => fixed(8, 0),
        "JST" | "KST" => fixed(9, 0),
        "ACST" => fixed(9, 30),
        "AEST" => fixed(10, 0),
        "AEDT" => fixed(11, 0),
        "NZST" => fixed(12, 0),
        "NZDT" => fixed(13, 0),
        "EST" => fixed(-5, 0),
        "EDT" => fixed(-4, 0),
        "CST" => fixed(-6, 0),
        "CDT" => fixed(-5, 0),
        "MST" => fixed(-7, 0),
        "MDT" => fixed(-6, 0),
        "PST" => fixed(-8, 0),
        "PDT" => fixed(-7, 0),
        "ET" => Some(Zone::American(-300)),
        "CT" => Some(Zone::American(-360)),
        "MT" => Some(Zone::American(-420)),
        "PT" => Some(Zone::American(-480)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str, at: &str, on: &str) {
        let moment = parse(text).unwrap_or_else(|| panic!("{text} is not read"));
        assert_eq!((moment.at.to_string().as_str(), moment.on.to_string().as_str()), (at, on), "from {text}");
    }

    #[test]
    fn standards() {
        reads("2026-11-23", "2026-11-23T00:00:00Z", "2026-11-23");
        reads("2026-11-23T22:30:00-05:00", "2026-11-24T03:30:00Z", "2026-11-23");
        reads("2026-11-23T22:30:00+0000", "2026-11-23T22:30:00Z", "2026-11-23");
        reads("2026-11-23 22:30:00.250000+09:00", "2026-11-23T13:30:00.25Z", "2026-11-23");
        reads("2026-11-23 22:30:00 UTC", "2026-11-23T22:30:00Z", "2026-11-23");
        reads("2026-11-23 22:30:00 +0200", "2026-11-23T20:30:00Z", "2026-11-23");
        reads("2026-11-23T22:30", "2026-11-23T22:30:00Z", "2026-11-23");
        reads("20261123T101500Z", "2026-11-23T10:15:00Z", "2026-11-23");
        reads("Mon, 23 Nov 2026 22:30:00 +0900", "2026-11-23T13:30:00Z", "2026-11-23");
        reads("Mon, 23 Nov 2026 22:30:00 GMT", "2026-11-23T22:30:00Z", "2026-11-23");
    }

    #[test]
    fn numbers() {
        reads("1795428000", "2026-11-23T10:00:00Z", "2026-11-23");
        reads("1795428000000", "2026-11-23T10:00:00Z", "2026-11-23");
        reads("1795428000.5", "2026-11-23T10:00:00Z", "2026-11-23");
        reads("20261123", "2026-11-23T00:00:00Z", "2026-11-23");
        reads("20261123101500", "2026-11-23T10:15:00Z", "2026-11-23");
        assert_eq!(parse("12345"), None);
        assert_eq!(parse("20269923"), None);
    }

    #[test]
    fn as_pages_print_them() {
        reads("Nov 23, 2026 10:00 PM EST", "2026-11-24T03:00:00Z", "2026-11-23");
        reads("November 23, 2026", "2026-11-23T00:00:00Z", "2026-11-23");
        reads("Published: Monday 23rd November 2026, 6.45pm GMT", "2026-11-23T18:45:00Z", "2026-11-23");
        reads("23 Nov. 2026 | 09:05 IST", "2026-11-23T03:35:00Z", "2026-11-23");
        reads("July 4, 2026 at 9 a.m. ET", "2026-07-04T13:00:00Z", "2026-07-04");
        reads("Sept. 4, 2026 12:30 a.m. PT", "2026-09-04T07:30:00Z", "2026-09-04");
        reads("First published on 2 March 2026, updated 5 March 2026 10:00", "2026-03-02T00:00:00Z", "2026-03-02");
        reads("2026/11/23 08:00", "2026-11-23T08:00:00Z", "2026-11-23");
        reads("23.11.2026", "2026-11-23T00:00:00Z", "2026-11-23");
        reads("11/23/2026", "2026-11-23T00:00:00Z", "2026-11-23");
        reads("23/11/2026 14:00", "2026-11-23T14:00:00Z", "2026-11-23");
    }

    #[test]
    fn not_guessed() {
        for text in [
            "04/05/2026",
            "yesterday",
            "November 2026",
            "",
            "31 February 2026",
            "9999-99-99",
            "2 hours ago",
            "May the 4th be with you",
            "0001-01-01",
        ] {
            assert_eq!(parse(text), None, "from {text}");
        }
    }
}
