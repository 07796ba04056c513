//! Lengths of time and the points counted by them: "two weeks", "half an hour", "three years ago", "two days later".

use super::expression::{Meaning, Point};
use super::lexicon::Unit;
use super::scan::{Read, Scan};

/// How many of a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Count {
    /// So many.
    Of(f64),
    /// Several.
    Open,
}

impl Scan<'_> {
    /// A number at `i`, with the number of its pieces: "16", "1,500", "twenty-five", "5 1/2", "two hundred".
    pub fn number(&self, i: usize) -> Option<(usize, f64)> {
        let word = self.word(i, 0);
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let (plain, half) = match word.char_indices().last() {
                Some((at, '½')) => (&word[..at], 0.5),
                Some((at, '¼')) => (&word[..at], 0.25),
                Some((at, '¾')) => (&word[..at], 0.75),
                _ => (word, 0.0),
            };
            let n: f64 = plain.replace(',', "").parse().ok()?;
            if self.word(i, 2) == "/"
                && let (Ok(a), Ok(b)) = (self.word(i, 1).parse::<f64>(), self.word(i, 3).parse::<f64>())
                && b > a
                && !self.glued(i + 1)
            {
                return Some((4, n + a / b));
            }
            return n.is_finite().then_some((1, n + half));
        }
        let mut total = *self.lexicon.numbers.get(word)?;
        let mut used = 1;
        if (20.0..100.0).contains(&total)
            && self.word(i, 1) == "-"
            && let Some(&ones) = self.lexicon.numbers.get(self.word(i, 2)).filter(|&&n| (1.0..10.0).contains(&n))
        {
            total += ones;
            used = 3;
        }
        while let Some(&scale) = self
            .lexicon
            .numbers
            .get(self.word(i, used))
            .filter(|&&n| n >= 12.0 && n > total && (n >= 100.0 || n == 12.0))
        {
            total *= scale;
            used += 1;
        }
        Some((used, total))
    }

    /// A count with its unit at `i`: its end, how many, of what. "two weeks", "a few more days", "16-hour", "half an
    /// hour", "one and a half years", "weeks".
    pub fn counted(&self, i: usize) -> Option<(usize, Count, Unit)> {
        let unit_at = |k: usize| self.lexicon.units.get(self.word(i, k)).copied();
        let article = |k: usize| usize::from(matches!(self.word(i, k), "a" | "an"));
        // "half an hour", "a half-hour", "half a century"
        let lead = article(0);
        if self.word(i, lead) == "half" {
            let k = lead + 1 + usize::from(self.word(i, lead + 1) == "-");
            let k = k + article(k);
            let (unit, _) = unit_at(k)?;
            return Some((i + k + 1, Count::Of(0.5), unit));
        }
        let (mut k, mut count) = if lead == 1 {
            match self.word(i, 1) {
                "few" => (2, Count::Open),
                "couple" | "dozen" | "hundred" | "thousand" | "pair" => {
                    let n = *self.lexicon.numbers.get(self.word(i, 1))?;
                    (2 + usize::from(self.word(i, 2) == "of"), Count::Of(n))
                }
                "number" | "handful" | "series" | "matter" if self.word(i, 2) == "of" => (3, Count::Open),
                _ => (1, Count::Of(1.0)),
            }
        } else if let Some((n, value)) = self.number(i) {
            let of = usize::from(value == 2.0 && self.word(i, n) == "of");
            (n + of, Count::Of(value))
        } else if self.lexicon.several.contains(self.word(i, 0)) {
            (1 + usize::from(self.word(i, 1) == "of"), Count::Open)
        } else if unit_at(0).is_some_and(|u| u.1) {
            (0, Count::Open)
        } else {
            return None;
        };
        // "one and a half years", "two or three days", "10 to 15 years"
        if self.word(i, k) == "and" && article(k + 1) == 1 && self.word(i, k + 2) == "half" {
            if let Count::Of(n) = &mut count {
                *n += 0.5;
            }
            k += 3;
        } else if matches!(self.word(i, k), "or" | "to" | "-")
            && k > 0
            && let Some((n, _)) = self.number(i + k + 1).filter(|_| !self.word(i, k + 1).is_empty())
            && (unit_at(k + 1 + n).is_some() || self.word(i, k + 1 + n) == "-" && unit_at(k + 2 + n).is_some())
        {
            k += 1 + n;
        }
        while k > 0
            && matches!(
                self.word(i, k),
                "more"
                    | "additional"
                    | "full"
                    | "whole"
                    | "consecutive"
                    | "straight"
                    | "further"
                    | "extra"
                    | "successive"
                    | "long"
                    | "entire"
                    | "solid"
                    | "working"
                    | "business"
                    | "calendar"
                    | "short"
                    | "single"
                    | "brief"
                    | "mere"
                    | "good"
            )
        {
            k += 1;
        }
        if k > 0 && self.word(i, k) == "-" {
            k += 1;
        }
        let (unit, plural) = unit_at(k)?;
        // "zero-hours contracts"
        if count == Count::Of(0.0) {
            return None;
        }
        // "a years-old slump" has no count; "60 Minutes" is a name.
        if (lead == 1 && k == 1 && plural) || (k > 0 && self.capital(i + k) && !self.capital(i)) {
            return None;
        }
        Some((i + k + 1, count, unit))
    }

    /// Lengths, and points counted by them: "three weeks ago", "two days later", "a year from now".
    pub fn length(&self, i: usize) -> Read {
        if let Some(value) = self.lexicon.long.get(self.word(i, 0)) {
            return Some((i + 1, Meaning::Fixed(crate::TimeType::Duration, value.clone())));
        }
        // "a year-long inquiry"
        if let (Some(&(unit, false)), "-", "long") =
            (self.lexicon.units.get(self.word(i, 0)), self.word(i, 1), self.word(i, 2))
        {
            return Some((i + 3, length(Count::Of(1.0), unit, 0)));
        }
        // "more than an hour", "at least 72 hours", "almost four years ago"
        let lead = match (self.word(i, 0), self.word(i, 1)) {
            ("more" | "less" | "fewer" | "longer", "than") | ("at", "least" | "most") => 2,
            (
                "almost" | "nearly" | "about" | "around" | "roughly" | "some" | "over" | "just" | "exactly" | "barely",
                _,
            ) => 1,
            _ => 0,
        };
        if lead > 0 {
            let (end, count, unit) = self.counted(i + lead).filter(|_| !self.word(i, lead).is_empty())?;
            let (last, meaning) = self.length_rest(i + lead, end, count, unit)?;
            let point = matches!(meaning, Meaning::Date { .. } | Meaning::Fixed(..));
            let kept = match self.word(i, 0) {
                "more" | "less" | "fewer" | "longer" | "at" => true,
                "just" | "exactly" => false,
                "over" => point || matches!(self.word(i, 1), "a" | "an"),
                _ => point,
            };
            return (kept && end > i + lead + 1).then_some((last, meaning));
        }
        let recent = usize::from(self.word(i, 0) == "recent");
        let (end, count, unit) = self.counted(i + recent).filter(|_| recent == 0 || !self.word(i, 1).is_empty())?;
        if end == i + recent + 1 && recent == 0 && !self.bare_unit(i) {
            return None;
        }
        self.length_rest(i, end, count, unit)
    }

    /// Whether a plural unit without a number ("weeks", "years") is a length of its own here.
    fn bare_unit(&self, i: usize) -> bool {
        if matches!(self.word(i, 1), "ago" | "later" | "earlier")
            || (self.word(i, 1) == "-" && matches!(self.word(i, 2), "long" | "old"))
        {
            return true;
        }
        // "in the early hours of Tuesday"
        if matches!((self.before(i), self.word(i, 0)), ("early", "hours")) {
            return false;
        }
        matches!(
            self.before(i),
            "for"
                | "over"
                | "in"
                | "after"
                | "within"
                | "the"
                | "of"
                | "take"
                | "takes"
                | "took"
                | "taken"
                | "lasted"
                | "last"
                | "spent"
                | "spend"
                | "through"
                | "during"
                | "those"
                | "these"
                | "early"
                | "final"
                | "long"
                | "all"
        )
    }

    /// What the words after a length make of it.
    fn length_rest(&self, i: usize, end: usize, count: Count, unit: Unit) -> Read {
        let mut end = end;
        let mut count = count;
        // "a year and a half"
        if self.word_at(end) == "and" && self.word_at(end + 1) == "a" && self.word_at(end + 2) == "half" {
            if let Count::Of(n) = &mut count {
                *n += 0.5;
            }
            end += 3;
        }
        let next = self.word_at(end);
        if next == "-" && matches!(self.word_at(end + 1), "long" | "old") && self.glued(end) {
            return Some((end + 2, length(count, unit, 0)));
        }
        let step = |by: f64, story: bool| match count {
            Count::Of(n) if n.fract() == 0.0 || unit == Unit::Century || unit == Unit::Decade => {
                let (unit, n) = match unit {
                    Unit::Decade => (Unit::Year, n * 10.0),
                    Unit::Century => (Unit::Year, n * 100.0),
                    Unit::Fortnight => (Unit::Week, n * 2.0),
                    _ => (unit, n),
                };
                Some(Meaning::Date { point: Point::Unit { unit, by: (n * by) as i32, story }, part: None })
            }
            Count::Of(n) if unit == Unit::Year => Some(Meaning::Date {
                point: Point::Unit { unit: Unit::Month, by: (n * 12.0 * by) as i32, story },
                part: None,
            }),
            _ => None,
        };
        let vague = |value: &str| Meaning::Fixed(crate::TimeType::Date, value.to_string());
        let clock = matches!(unit, Unit::Hour | Unit::Minute | Unit::Second);
        match (next, self.word_at(end + 1)) {
            ("later" | "earlier", _) | ("from", "now") if clock => Some((end, length(count, unit, 0))),
            ("ago", _) => Some((end + 1, step(-1.0, false).unwrap_or_else(|| vague("PAST_REF")))),
            ("from", "now") => Some((end + 2, step(1.0, false).unwrap_or_else(|| vague("FUTURE_REF")))),
            ("later", _) => Some((end + 1, step(1.0, true).unwrap_or(Meaning::Later))),
            ("earlier", _) => Some((end + 1, step(-1.0, true).unwrap_or_else(|| vague("PAST_REF")))),
            _ => {
                if let Count::Of(n) = count
                    && n > 100_000.0
                {
                    return None;
                }
                // "100 people a day": a rate.
                let one = matches!(self.word(i, 0), "a" | "an") && end == i + 2;
                if one && self.is_rate(i) {
                    return Some((end, Meaning::Set(duration(count, unit))));
                }
                // "a second", "a minute" are mostly figures of speech; "a quarter" a fraction.
                if one && matches!(unit, Unit::Second | Unit::Quarter) {
                    return None;
                }
                if unit == Unit::Quarter
                    && !self.capital(i)
                    && !matches!(self.word(end - 2, 0), "consecutive" | "straight" | "successive" | "fiscal")
                {
                    return None;
                }
                Some((end, length(count, unit, 0)))
            }
        }
    }

    /// Whether "a day" at `i` says how often: after a count, an amount, "once" or "times".
    fn is_rate(&self, i: usize) -> bool {
        if i == 0 || self.pieces[i].breaks {
            return false;
        }
        matches!(self.pos(i - 1), "NUM" | "SYM")
            || matches!(self.tag(i - 1), "NNS" | "CD" | "$")
            || matches!(self.before(i), "once" | "twice" | "times" | "percent" | "%")
            || matches!(self.entity(i - 1), "MONEY" | "PERCENT" | "QUANTITY")
    }
}

/// A length as a meaning.
pub fn length(count: Count, unit: Unit, side: i32) -> Meaning {
    let n = match count {
        Count::Of(n) => n,
        Count::Open => 0.0,
    };
    let (months, days) = match unit {
        Unit::Day => (0, n as i32),
        Unit::Week => (0, (n * 7.0) as i32),
        Unit::Fortnight => (0, (n * 14.0) as i32),
        Unit::Month => (n as i32, 0),
        Unit::Quarter => ((n * 3.0) as i32, 0),
        Unit::Year => ((n * 12.0) as i32, 0),
        Unit::Decade => ((n * 120.0) as i32, 0),
        Unit::Century => ((n * 1200.0) as i32, 0),
        Unit::Hour | Unit::Minute | Unit::Second => (0, 0),
    };
    Meaning::Length { value: duration(count, unit), months, days, side }
}

/// The TIMEX3 value of a length: "P3D", "PT5H30M", "PXY".
pub fn duration(count: Count, unit: Unit) -> String {
    let (prefix, letter, factor) = match unit {
        Unit::Second => ("PT", 'S', 1.0),
        Unit::Minute => ("PT", 'M', 1.0),
        Unit::Hour => ("PT", 'H', 1.0),
        Unit::Day => ("P", 'D', 1.0),
        Unit::Week => ("P", 'W', 1.0),
        Unit::Fortnight => ("P", 'W', 2.0),
        Unit::Month => ("P", 'M', 1.0),
        Unit::Quarter => ("P", 'M', 3.0),
        Unit::Year => ("P", 'Y', 1.0),
        Unit::Decade => ("P", 'Y', 10.0),
        Unit::Century => ("P", 'Y', 100.0),
    };
    let Count::Of(n) = count else { return format!("{prefix}X{letter}") };
    let n = n * factor;
    let (whole, rest) = (n.trunc() as i64, n.fract());
    if rest == 0.0 {
        return format!("{prefix}{whole}{letter}");
    }
    // Half hours and years in the next smaller unit.
    let (small, small_letter) = match letter {
        'H' => (rest * 60.0, 'M'),
        'Y' => (rest * 12.0, 'M'),
        _ => return format!("{prefix}{n}{letter}"),
    };
    let head = if whole > 0 { format!("{whole}{letter}") } else { String::new() };
    format!("{prefix}{head}{}{small_letter}", small.round() as i64)
}
