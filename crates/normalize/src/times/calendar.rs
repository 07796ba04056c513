//! The calendar: days, ISO weeks, movable feasts, and the interval that a TIMEX3 value covers.

use jiff::{Span, civil::Date};

/// A day, where it exists.
pub fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// `day` moved by `n` days.
pub fn add_days(day: Date, n: i32) -> Option<Date> {
    day.checked_add(Span::new().try_days(n).ok()?).ok()
}

/// `day` moved by `n` months.
pub fn add_months(day: Date, n: i32) -> Option<Date> {
    day.checked_add(Span::new().try_months(n).ok()?).ok()
}

/// Day of the week, Monday 1 to Sunday 7.
pub fn weekday(day: Date) -> i32 {
    i32::from(day.weekday().to_monday_one_offset())
}

/// The Monday of the day's week.
pub fn monday(day: Date) -> Option<Date> {
    add_days(day, 1 - weekday(day))
}

/// The ISO week of a day: "2025-W34".
pub fn iso_week(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// The last day of a month.
pub fn month_end(year: i16, month: i8) -> Option<Date> {
    date(year, month, 1).map(Date::last_of_month)
}

/// Easter Sunday of the Western churches (Gauss, in the form of Meeus, Jones and Butcher).
pub fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    date(year, month as i8, day as i8)
}

/// Easter Sunday of the Eastern churches, in the Gregorian calendar (1900 to 2099).
pub fn pascha(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 4, y % 7, y % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    add_days(date(year, (n / 31) as i8, (n % 31 + 1) as i8)?, 13)
}

/// The `n`th `weekday` of a month; the last where `n` is -1.
pub fn nth_weekday(year: i16, month: i8, day_of_week: i32, n: i32) -> Option<Date> {
    if n < 0 {
        let end = month_end(year, month)?;
        return add_days(end, -(weekday(end) - day_of_week).rem_euclid(7));
    }
    let first = date(year, month, 1)?;
    add_days(first, (day_of_week - weekday(first)).rem_euclid(7) + 7 * (n - 1))
}

/// The first and last day that a TIMEX3 value of a date or time covers; none for open and vague values.
pub fn interval(value: &str) -> Option<(Date, Date)> {
    let day_part = value.split('T').next().unwrap_or(value);
    let number = |from: usize, to: usize| -> Option<i16> {
        let s = day_part.get(from..to)?;
        s.bytes().all(|b| b.is_ascii_digit()).then(|| s.parse().ok()).flatten()
    };
    if day_part.len() == 4 && day_part.is_ascii() {
        if let Some(year) = number(0, 4) {
            return Some((date(year, 1, 1)?, date(year, 12, 31)?));
        }
        if day_part.ends_with("XX") {
            let century = number(0, 2)?;
            return Some((date(century * 100, 1, 1)?, date(century * 100 + 99, 12, 31)?));
        }
        let decade = number(0, 3).filter(|_| day_part.ends_with('X'))?;
        return Some((date(decade * 10, 1, 1)?, date(decade * 10 + 9, 12, 31)?));
    }
    let year = number(0, 4)?;
    let rest = day_part.get(5..)?;
    match rest.as_bytes() {
        [b'W', b'0'..=b'9', b'0'..=b'9', ..] => {
            let week = number(6, 8)?;
            let first = add_days(monday(date(year, 1, 4)?)?, 7 * (i32::from(week) - 1))?;
            match rest.get(3..)? {
                "" => Some((first, add_days(first, 6)?)),
                "-WE" => Some((add_days(first, 5)?, add_days(first, 6)?)),
                _ => None,
            }
        }
        [b'Q', q @ b'1'..=b'4'] => {
            let month = ((q - b'1') * 3 + 1) as i8;
            Some((date(year, month, 1)?, month_end(year, month + 2)?))
        }
        [b'H', h @ b'1'..=b'2'] => {
            let month = ((h - b'1') * 6 + 1) as i8;
            Some((date(year, month, 1)?, month_end(year, month + 5)?))
        }
        b"SP" => Some((date(year, 3, 1)?, date(year, 5, 31)?)),
        b"SU" => Some((date(year, 6, 1)?, date(year, 8, 31)?)),
        b"FA" => Some((date(year, 9, 1)?, date(year, 11, 30)?)),
        b"WI" => Some((date(year, 12, 1)?, month_end(year + 1, 2)?)),
        [_, _] => {
            let month = number(5, 7)? as i8;
            Some((date(year, month, 1)?, month_end(year, month)?))
        }
        // "that day" in a month or year that is known
        b"XX-XX" => Some((date(year, 1, 1)?, date(year, 12, 31)?)),
        [_, _, b'-', b'X', b'X'] => {
            let month = number(5, 7)? as i8;
            Some((date(year, month, 1)?, month_end(year, month)?))
        }
        [_, _, b'-', _, _] => {
            let day = date(year, number(5, 7)? as i8, number(8, 10)? as i8)?;
            Some((day, day))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts() {
        let easters = [(1999, "1999-04-04"), (2000, "2000-04-23"), (2008, "2008-03-23"), (2025, "2025-04-20")];
        for (year, want) in easters {
            assert_eq!(easter(year).unwrap().to_string(), want);
        }
        for (year, want) in [(2021, "2021-05-02"), (2024, "2024-05-05"), (2025, "2025-04-20")] {
            assert_eq!(pascha(year).unwrap().to_string(), want);
        }
        assert_eq!(nth_weekday(2025, 11, 4, 4).unwrap().to_string(), "2025-11-27");
        assert_eq!(nth_weekday(2025, 5, 1, -1).unwrap().to_string(), "2025-05-26");
    }

    #[test]
    fn intervals() {
        for (value, want) in [
            ("2025-08-23", Some("2025-08-23 2025-08-23")),
            ("2025-08-23TMO", Some("2025-08-23 2025-08-23")),
            ("2025-08", Some("2025-08-01 2025-08-31")),
            ("2024-02", Some("2024-02-01 2024-02-29")),
            ("2025", Some("2025-01-01 2025-12-31")),
            ("199X", Some("1990-01-01 1999-12-31")),
            ("19XX", Some("1900-01-01 1999-12-31")),
            ("2025-W34", Some("2025-08-18 2025-08-24")),
            ("2021-W01", Some("2021-01-04 2021-01-10")),
            ("2020-W53", Some("2020-12-28 2021-01-03")),
            ("2025-W34-WE", Some("2025-08-23 2025-08-24")),
            ("2025-Q3", Some("2025-07-01 2025-09-30")),
            ("2025-H2", Some("2025-07-01 2025-12-31")),
            ("2025-FA", Some("2025-09-01 2025-11-30")),
            ("1998-WI", Some("1998-12-01 1999-02-28")),
            ("2025-08-XX", Some("2025-08-01 2025-08-31")),
            ("2025-XX-XX", Some("2025-01-01 2025-12-31")),
            ("XXXX-08-23", None),
            ("PRESENT_REF", None),
            ("P3Y", None),
            ("2025-13", None),
            ("2025-02-30", None),
            ("", None),
        ] {
            let got = interval(value).map(|(a, b)| format!("{a} {b}"));
            assert_eq!(got.as_deref(), want, "for `{value}`");
        }
    }
}
