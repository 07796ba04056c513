//! Calendar dates: days, months, years, decades, centuries, quarters, seasons, weekdays, holidays.

use super::expression::{Found, Meaning, Point, Year};
use super::scan::{Read, Scan};

impl Scan<'_> {
    /// The month at piece `i`: "August", "Aug.", not "may" the verb.
    pub fn month(&self, i: usize) -> Option<i8> {
        let word = self.word(i, 0);
        if !self.capital(i) {
            return None;
        }
        if let Some(&m) = self.lexicon.months.get(word) {
            let doubtful = matches!(word, "may" | "march");
            let verb = matches!(self.pos(i), "AUX" | "VERB");
            // "the March for Life", "the March on Rome"
            if word == "march"
                && matches!(self.word(i, 1), "for" | "on" | "of" | "against")
                && self.capital(i + 2)
                && self.year(i + 2).is_none()
                && !matches!(self.before(i), "in" | "since" | "until" | "by" | "last" | "next" | "of" | "from")
            {
                return None;
            }
            return (!doubtful || !verb || self.year(i + 1).is_some() || self.day_number(i + 1).is_some()).then_some(m);
        }
        let &m = self.lexicon.month_abbreviations.get(word)?;
        let dotted = self.pieces[i].end - self.pieces[i].start > word.len() as u32;
        (dotted
            || self.day_number(i + 1).is_some()
            || self.year(i + 1).is_some()
            || self.day_number(i.wrapping_sub(1)).is_some())
        .then_some(m)
    }

    /// A day of the month: "23", "23rd".
    pub fn day_number(&self, i: usize) -> Option<i8> {
        let word = &self.pieces.get(i)?.text;
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let tail = &word[digits.len()..];
        if digits.is_empty() || digits.len() > 2 || !matches!(tail, "" | "st" | "nd" | "rd" | "th") {
            return None;
        }
        digits.parse().ok().filter(|d| (1..=31).contains(d))
    }

    /// Four digits of a year that we write about.
    pub fn year(&self, i: usize) -> Option<i16> {
        let word = &self.pieces.get(i)?.text;
        if word.len() != 4 || !word.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        word.parse().ok().filter(|y| (1000..=2199).contains(y))
    }

    /// The year said from piece `i` on, after a date: ", 2025", "of 1998", "last year", "of that year".
    pub fn year_after(&self, i: usize, comma: bool) -> (usize, Year) {
        let skip = usize::from(self.word(i, 0) == "," && comma);
        if i > 0 && !self.word(i - 1, 1).is_empty() {
            if let Some(y) = self.year(i + skip).filter(|_| skip == 0 || !self.word(i, 1).is_empty()) {
                return (i + skip + 1, Year::Given(y));
            }
            // "Aug. '98"
            let of = usize::from(matches!(self.word(i, 0), "of" | "in"));
            if of == 1
                && let Some(y) = self.year(i + 1).filter(|_| !self.word(i, 1).is_empty())
            {
                return (i + 2, Year::Given(y));
            }
            let the = usize::from(self.word(i, of) == "the");
            if let (Some(s), "year") = (self.lexicon.shifts.get(self.word(i, of + the)), self.word(i, of + the + 1))
                && !s.length
            {
                let year = if s.story { Year::FromStory(s.by) } else { Year::FromNow(s.by) };
                return (i + of + the + 2, year);
            }
        }
        (i, Year::Open)
    }

    /// Days with their month, and ranges of them: "August 23, 2025", "23 August", "November 18–20", "April 24 and 25".
    pub fn days_of_month(&self, i: usize, out: &mut Vec<Found>) -> bool {
        self.month_first(i, out) || self.day_first(i, out)
    }

    fn month_first(&self, i: usize, out: &mut Vec<Found>) -> bool {
        let Some(month) = self.month(i) else { return false };
        let Some(day) = self.day_number(i + 1).filter(|_| !self.word(i, 1).is_empty()) else { return false };
        if matches!(self.word(i, 2), "%" | "percent" | "pm" | "am") || self.counts_things(i + 1) {
            return false;
        }
        // More days: "18-20", "18 and 20", "18 to 20", "5, 6 and 7".
        let mut days = vec![(i, day)];
        let mut at = i + 2;
        while let Some(next) = self.next_day(i, at, days[days.len() - 1].1) {
            days.push((at + 1, next));
            at += 2;
        }
        let (end, year) = self.year_after(at, true);
        for (k, &(first, day)) in days.iter().enumerate() {
            let last = if k + 1 == days.len() { end } else { first + 1 + usize::from(k == 0) };
            let meaning = Meaning::Date { point: Point::Day { year, month, day }, part: None };
            out.push(Found { first, last, meaning });
        }
        true
    }

    /// The day that follows another of the same month after a mark or a joining word at `at`.
    fn next_day(&self, i: usize, at: usize, after: i8) -> Option<i8> {
        let joint = self.word(i, at - i);
        if !matches!(joint, "-" | "and" | "to" | "through" | "or" | "&" | "until" | ",") {
            return None;
        }
        let day = self.day_number(at + 1).filter(|&d| d > after && !self.word(i, at + 1 - i).is_empty())?;
        // "on March 5, 6 people died" counts people.
        let listed = joint != ","
            || matches!(self.word(i, at + 2 - i), "and" | "&" | "or")
            || self.word(i, at + 2 - i) == "," && (self.year(at + 3).is_some() || self.day_number(at + 3).is_some());
        (listed && !self.counts_things(at + 1) && self.month(at + 2).is_none()).then_some(day)
    }

    fn day_first(&self, i: usize, out: &mut Vec<Found>) -> bool {
        let Some(day) = self.day_number(i) else { return false };
        if self.glued(i) && matches!(self.before(i), "-" | "/" | "." | ":" | "$" | "£" | "€") {
            return false;
        }
        let of = |at: usize| usize::from(self.word(i, at) == "of");
        let (second, at) = match self.word(i, 1) {
            "-" | "and" | "to" | "or" | "&" | "through" | "until" => {
                match self.day_number(i + 2).filter(|&d| d > day) {
                    Some(d2) => (Some(d2), 3 + of(3)),
                    None => return false,
                }
            }
            _ => (None, 1 + of(1)),
        };
        if self.word(i, at).is_empty() {
            return false;
        }
        let Some(month) = self.month(i + at) else { return false };
        // "23 May 4 people" is not read; "in 20 March events" neither.
        let (end, year) = self.year_after(i + at + 1, true);
        let point = |day| Meaning::Date { point: Point::Day { year, month, day }, part: None };
        match second {
            Some(d2) => {
                out.push(Found { first: i, last: i + 1, meaning: point(day) });
                out.push(Found { first: i + 2, last: end, meaning: point(d2) });
            }
            None => out.push(Found { first: i, last: end, meaning: point(day) }),
        }
        true
    }

    /// Whether the number at `i` counts the noun after it: "In May 20 people died".
    fn counts_things(&self, i: usize) -> bool {
        let t = self.pieces[i].token;
        let head = self.reading.tokens[t].head as usize;
        let next = self.pieces.get(i + 1).filter(|p| !p.breaks);
        // "in May 20" is no way to write a date.
        if i >= 2 && self.before(i - 1) == "in" && matches!(self.tag(i + 1), "NNS" | "NNPS") {
            return true;
        }
        next.is_some_and(|p| {
            p.token == head
                && self.reading.tokens[t].dep == "nummod"
                && matches!(self.reading.tokens[head].tag, "NNS" | "NNPS")
                && !matches!(self.reading.tokens[t].entity_type, "DATE")
        })
    }

    /// "2025-08-23", "08/23/2025", "23.08.2025".
    pub fn numeric_date(&self, i: usize) -> Read {
        let full = |y: i16, m: i8, d: i8| Point::Day { year: Year::Given(y), month: m, day: d };
        let number = |k: usize| self.word(i, k).parse::<i16>().ok();
        let mark = self.word(i, 1);
        if matches!(mark, "-" | "/") && mark == self.word(i, 3) && self.glued(i + 1) && self.glued(i + 4) {
            let (a, b, c) = (number(0)?, number(2)?, number(4)?);
            let (y, m, d) = match (self.word(i, 0).len(), self.word(i, 4).len()) {
                (4, 1..=2) => (a, b, c),
                (1..=2, 4) if a > 12 || (self.day_first && b <= 12) => (c, b, a),
                (1..=2, 4) => (c, a, b),
                // "03/04/24": two digits of this century.
                (1..=2, 2) if mark == "/" && (a > 12 || (self.day_first && b <= 12)) => (2000 + c, b, a),
                (1..=2, 2) if mark == "/" => (2000 + c, a, b),
                _ => return None,
            };
            super::calendar::date(y, m as i8, d as i8)?;
            return Scan::date(i + 5, full(y, m as i8, d as i8));
        }
        let mut parts = self.word(i, 0).split('.');
        if let (Some(d), Some(m), Some(y), None) = (parts.next(), parts.next(), parts.next(), parts.next())
            && y.len() == 4
        {
            let (d, m, y) = (d.parse().ok()?, m.parse().ok()?, y.parse().ok()?);
            super::calendar::date(y, m, d)?;
            return Scan::date(i + 1, full(y, m, d));
        }
        None
    }
}
