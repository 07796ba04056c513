//! Days with a name: weekdays and holidays.

use super::expression::{Meaning, Point, Turn};
use super::lexicon::Unit;
use super::scan::{Read, Scan};
use super::scan_lengths::Count;

impl Scan<'_> {
    /// "Friday", "Monday, Oct. 26", "Tuesday morning", "Thursday of last week".
    pub fn weekday(&self, i: usize) -> Read {
        let word = self.word(i, 0);
        let abbreviated = || {
            let comma = usize::from(self.word(i, 1) == ",");
            let dated = self.month(i + 1 + comma).is_some()
                || (self.day_number(i + 1 + comma).is_some() && self.month(i + 2 + comma).is_some());
            self.lexicon.day_abbreviations.get(word).filter(|_| dated && !self.word(i, 1 + comma).is_empty())
        };
        let &day = self.lexicon.days.get(word).or_else(abbreviated)?;
        if !self.capital(i) {
            return None;
        }
        let comma = usize::from(self.word(i, 1) == ",");
        let mut days = Vec::new();
        if !self.word(i, 1 + comma).is_empty() && self.days_of_month(i + 1 + comma, &mut days) && days.len() == 1 {
            let found = days.remove(0);
            return Some((found.last, found.meaning));
        }
        self.weekday_rest(i + 1, Point::Weekday { day, turn: Turn::Open })
    }

    /// What may follow a weekday: a part of the day, or its week.
    pub fn weekday_rest(&self, at: usize, point: Point) -> Read {
        if let Some(part) = self.part(at) {
            return Some((at + 1, Meaning::Date { point, part: Some(part) }));
        }
        let of = usize::from(self.word_at(at) == "of");
        if let (Point::Weekday { day, turn: Turn::Open }, Some(s), "week") =
            (&point, self.lexicon.shifts.get(self.word_at(at + of)), self.word_at(at + of + 1))
            && !s.story
            && !s.length
        {
            return Scan::date(at + of + 2, Point::Weekday { day: *day, turn: Turn::Week(s.by) });
        }
        Scan::date(at, point)
    }

    /// The word at `i` if the sentence goes on to it from the piece before.
    pub fn word_at(&self, i: usize) -> &str {
        if i == 0 { self.word(0, 0) } else { self.word(i - 1, 1) }
    }

    /// The code of a part of the day at `i`, if the sentence goes on to it.
    pub fn part(&self, i: usize) -> Option<String> {
        let word = self.word_at(i);
        if word == "overnight" {
            return None;
        }
        self.lexicon.parts.get(word).cloned()
    }

    /// "the day before yesterday", "two days after Christmas".
    pub fn beside(&self, i: usize) -> Read {
        let (end, days) = if matches!((self.word(i, 0), self.word(i, 1)), ("the", "day")) {
            (i + 2, 1)
        } else {
            let (end, Count::Of(n), unit) = self.counted(i)? else { return None };
            let size = match unit {
                Unit::Day => 1.0,
                Unit::Week => 7.0,
                _ => return None,
            };
            (end, (n.fract() == 0.0 && n < 1000.0).then_some((n * size) as i32)?)
        };
        let days = match self.word_at(end) {
            "before" => -days,
            "after" => days,
            _ => return None,
        };
        if self.word_at(end + 1).is_empty() {
            return None;
        }
        let day = self.feast(end + 1).or_else(|| self.weekday(end + 1)).or_else(|| self.offset(end + 1));
        match day.or_else(|| self.shifted(end + 1)).or_else(|| self.one_day(end + 1))? {
            (last, Meaning::Date { point, part: None }) if Scan::is_day(&point) => {
                Scan::date(last, Point::Beside { days, of: Box::new(point) })
            }
            _ => None,
        }
    }

    /// "Thanksgiving Day", "Christmas 2024".
    pub fn feast(&self, i: usize) -> Read {
        let (end, feast) = self.longest(i, self.lexicon.feasts.get(self.word(i, 0)))?;
        if !self.capital(i) && !self.word(i, 0).starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        // "Christmas tree", "Easter eggs", "Good Friday Agreement": part of a longer noun.
        let t = self.pieces[end - 1].token;
        let compound =
            matches!(self.reading.tokens[t].dep, "compound") && self.capital(end) && !self.word_at(end).is_empty();
        if compound {
            return None;
        }
        let (end, year) = self.year_after(end, true);
        Scan::date(end, Point::Feast { feast: feast.clone(), year, shift: None })
    }
}
