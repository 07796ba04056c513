//! Times told from a point of reference: "last week", "tomorrow night", "that year".

use super::expression::{Meaning, Point, Turn, Year};
use super::lexicon::{Shift, Unit};
use super::scan::{Read, Scan};
use super::scan_lengths::{Count, length};

impl Scan<'_> {
    /// "today", "yesterday morning", "tonight".
    pub fn offset(&self, i: usize) -> Read {
        let (by, part) = self.lexicon.offsets.get(self.word(i, 0))?;
        // "USA Today", "Today show": names.
        if self.capital(i) && !self.before(i).is_empty() && matches!(self.entity(i), "ORG" | "WORK_OF_ART") {
            return None;
        }
        let point = Point::Unit { unit: Unit::Day, by: *by, story: false };
        if !part.is_empty() {
            return Some((i + 1, Meaning::Date { point, part: Some(part.clone()) }));
        }
        match self.part(i + 1) {
            Some(part) => Some((i + 2, Meaning::Date { point, part: Some(part) })),
            None => Scan::date(i + 1, point),
        }
    }

    /// "last week", "the next day", "this summer", "last Friday", "the past three years", "that year".
    pub fn shifted(&self, i: usize) -> Read {
        let the = usize::from(self.word(i, 0) == "the");
        let known = the == 1 || self.before(i) == "the";
        if the == 1 && self.word(i, 1) == "weekend" {
            return Scan::date(i + 2, Point::Weekend { shift: None });
        }
        let mut at = the;
        let mut shift = *self.lexicon.shifts.get(self.word(i, at))?;
        let mut name = self.word(i, at);
        // "it should last decades"
        if name == "last" && matches!(self.tag(i + at), "VB" | "VBP") && self.counted(i + at + 1).is_some() {
            return None;
        }
        if name == "that" && self.tag(i + at) == "IN" {
            return None;
        }
        at += 1;
        // "that same day", "this coming Friday", "this past weekend"
        if let ("this" | "that" | "the", Some(&inner)) = (name, self.lexicon.shifts.get(self.word(i, at))) {
            shift = inner;
            name = self.word(i, at);
            at += 1;
        }
        if self.word(i, at).is_empty() || self.word(i, at) == "-" {
            return None;
        }
        let j = i + at;
        let by = (!shift.length).then_some(shift.by);
        if let Some(&day) = self.lexicon.days.get(self.word(j, 0)).filter(|_| self.capital(j)) {
            let turn = match ((shift.by - i32::from(shift.length)).signum(), shift.story) {
                _ if name == "current" => Turn::Open,
                _ if matches!(name, "coming" | "upcoming") => Turn::Coming,
                (-1, true) => Turn::Before,
                (1, true) => Turn::After,
                (-1, false) => Turn::Last,
                (1, false) => Turn::Next,
                _ => Turn::This,
            };
            return self.weekday_rest(j + 1, Point::Weekday { day, turn });
        }
        if let Some(month) = self.month(j).filter(|_| the == 0 && !shift.story) {
            let year = Year::Nearest(shift.by - i32::from(shift.length));
            return match self.day_number(j + 1).filter(|_| !self.word(j, 1).is_empty()) {
                Some(day) => Scan::date(j + 2, Point::Day { year, month, day }),
                None => Scan::date(j + 1, Point::Month { year, month }),
            };
        }
        if let Some(code) = self.lexicon.seasons.get(self.word(j, 0)).filter(|_| !shift.story) {
            return Scan::date(j + 1, Point::Season { year: Year::Open, shift: by, code: code.clone() });
        }
        if self.word(j, 0) == "weekend" {
            return Scan::date(j + 1, Point::Weekend { shift: Some(shift.by - i32::from(shift.length)) });
        }
        if let Some(part) = self.part(j) {
            return self.shifted_part(j, shift, name, part);
        }
        if let Some((end, feast)) =
            self.longest(j, self.lexicon.feasts.get(self.word(j, 0))).filter(|_| self.capital(j))
        {
            return Scan::date(end, Point::Feast { feast: feast.clone(), year: Year::Open, shift: Some(shift.by) });
        }
        // A length goes without its article: "the [past three years]".
        self.shifted_unit(i, j, shift, name, known).filter(|(_, m)| the == 0 || !matches!(m, Meaning::Length { .. }))
    }

    /// Whether a preposition before "(the) last week" makes it a length: "for the last week".
    fn over_time(&self, i: usize) -> bool {
        let the = if self.word(i, 0) == "the" { i } else { i.saturating_sub(1) };
        matches!(self.before(the), "for" | "over" | "in" | "during" | "within")
    }

    /// "this morning", "last night", "the next evening".
    fn shifted_part(&self, j: usize, shift: Shift, name: &str, part: String) -> Read {
        let day = match name {
            "this" => Point::Unit { unit: Unit::Day, by: 0, story: false },
            "last" => Point::Unit { unit: Unit::Day, by: -1, story: false },
            "next" | "following" => Point::Unit { unit: Unit::Day, by: 1, story: true },
            "that" | "same" | "previous" => Point::Unit { unit: Unit::Day, by: shift.by, story: true },
            _ => return None,
        };
        Some((j + 1, Meaning::Date { point: day, part: Some(part) }))
    }

    /// "last week", "the past three years", "the coming months".
    fn shifted_unit(&self, i: usize, j: usize, shift: Shift, name: &str, the: bool) -> Read {
        let side = if shift.length || shift.by < 0 { -1 } else { i32::from(shift.by > 0) };
        if let Some((end, count, unit)) = self.counted(j)
            && (end > j + 1 || self.lexicon.units.get(self.word(j, 0)).is_some_and(|u| u.1))
        {
            // "these two weeks", "that two years" are not counted from now.
            if side == 0 && !matches!(name, "current") {
                return None;
            }
            return Some((end, length(count, unit, if shift.story { 0 } else { side })));
        }
        let &(unit, plural) = self.lexicon.units.get(self.word(j, 0))?;
        if plural || self.word(j, 1) == "-" && self.glued(j + 1) {
            return None;
        }
        let small = matches!(unit, Unit::Second | Unit::Minute | Unit::Hour);
        let point = Point::Unit { unit, by: shift.by, story: shift.story };
        match name {
            _ if small && shift.length => Some((j + 1, length(Count::Of(1.0), unit, -1))),
            "last" if unit == Unit::Hour && the => Some((j + 1, length(Count::Of(1.0), unit, -1))),
            _ if small => None,
            "past" => Some((j + 1, length(Count::Of(1.0), unit, -1))),
            "last" if the && unit == Unit::Week && self.over_time(i) => Some((j + 1, length(Count::Of(1.0), unit, -1))),
            "last" if the && unit != Unit::Week && unit != Unit::Day => Some((j + 1, length(Count::Of(1.0), unit, -1))),
            // "the last day", "this day", "the current day" say no date.
            "last" | "this" | "current" | "coming" | "upcoming" | "prior" if unit == Unit::Day => None,
            "next" if unit == Unit::Day => Scan::date(j + 1, Point::Unit { unit, by: 1, story: true }),
            "that" | "same" if self.tag(i) == "WDT" => None,
            "following" | "preceding" | "previous" if i > 0 && self.pos(j - 1) == "VERB" => None,
            _ => Scan::date(j + 1, point),
        }
    }
}
