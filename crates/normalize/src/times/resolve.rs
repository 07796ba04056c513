//! Puts expressions on the calendar: the day of publication, the tense of the clause and the day that the story is at
//! decide what the words leave open.

use super::calendar::{add_days, add_months, interval, iso_week};
use super::expression::{Found, Meaning, Point, Year};
use super::lexicon::{Lexicon, Unit};
use super::pieces::Piece;
use super::scan::Scan;
use super::tense::{Tense, tense};
use crate::{Time, TimeType, tree::Tree};
use broadsheet_language::Reading;
use jiff::civil::Date;

/// Where the resolution stands in the article.
pub struct Resolver<'a> {
    /// The reading.
    pub reading: &'a Reading,
    /// Its tree.
    pub tree: &'a Tree,
    /// Its pieces.
    pub pieces: &'a [Piece],
    /// Words.
    pub lexicon: &'a Lexicon,
    /// The day of publication.
    pub anchor: Option<Date>,
    /// The day (or first day of the period) that the story is at.
    story: Option<Date>,
    /// How exactly: the length of the value, 4 for a year, 7 for a month, 10 for a day.
    story_length: usize,
    /// The last full day, with its paragraph.
    story_day: Option<(Date, u32)>,
    /// The first full day near publication: that of the news itself.
    lead_day: Option<Date>,
}

impl<'a> Resolver<'a> {
    /// A resolver at the start of an article.
    pub fn new(
        reading: &'a Reading,
        tree: &'a Tree,
        pieces: &'a [Piece],
        lexicon: &'a Lexicon,
        anchor: Option<Date>,
    ) -> Resolver<'a> {
        Resolver {
            reading,
            tree,
            pieces,
            lexicon,
            anchor,
            story: None,
            story_length: 0,
            story_day: None,
            lead_day: None,
        }
    }

    /// The rows of all expressions.
    pub fn all(&mut self, found: &[Found]) -> Vec<Time> {
        let mut out = Vec::with_capacity(found.len());
        for (k, f) in found.iter().enumerate() {
            if let Some(time) = self.one(found, k, f) {
                out.push(time);
            }
        }
        out
    }

    fn one(&mut self, found: &[Found], k: usize, f: &Found) -> Option<Time> {
        let (kind, value, covers) = match &f.meaning {
            Meaning::Date { point, part } => {
                // "Saturday (August 23)": the date in brackets says which Saturday.
                let point = self.bracketed(found, k).unwrap_or(point);
                let joined = self.before_next(found, k);
                let point = joined.as_ref().unwrap_or(point);
                let day = self.value(point, f.first)?;
                self.remember(point, &day, self.pieces[f.first].paragraph);
                match part {
                    Some(part) => (TimeType::Time, format!("{day}T{part}"), None),
                    None => (TimeType::Date, day, None),
                }
            }
            Meaning::Clock { clock, point } => {
                let day = match point {
                    Some(point) => self.value(point, f.first)?,
                    None => self.day_beside(found, k),
                };
                (TimeType::Time, format!("{day}{clock}"), None)
            }
            Meaning::Length { value, months, days, side } => {
                (TimeType::Duration, value.clone(), self.counted_interval(*months, *days, *side))
            }
            // The day of the dispatch is what its "today" means, whatever day the record was published on.
            Meaning::Dateline(point) => {
                let value = self.value(point, f.first)?;
                let near = |d: &Date| self.anchor.is_none_or(|a| a.until(*d).is_ok_and(|s| s.get_days().abs() <= 3));
                self.anchor = value.parse().ok().filter(near).or(self.anchor);
                (TimeType::Date, value, None)
            }
            Meaning::Later => {
                let past = self.tense(f.first) == Tense::Past;
                (TimeType::Date, if past { "PAST_REF" } else { "FUTURE_REF" }.into(), None)
            }
            Meaning::Set(value) => (TimeType::Set, value.clone(), None),
            Meaning::Fixed(TimeType::Time, part) => (TimeType::Time, format!("{}T{part}", self.today()), None),
            Meaning::Fixed(kind, value) => (*kind, value.clone(), None),
        };
        let covers = match kind {
            TimeType::Date | TimeType::Time => interval(&value),
            _ => covers,
        };
        Some(Time {
            kind,
            from: covers.map(|c| c.0),
            to: covers.map(|c| c.1),
            value,
            start: self.pieces[f.first].start,
            end: self.pieces[f.last - 1].end,
            first: self.pieces[f.first].token,
            last: self.pieces[f.last - 1].token + 1,
        })
    }

    fn today(&self) -> String {
        self.anchor.map_or_else(|| "XXXX-XX-XX".into(), |d| d.to_string())
    }

    /// The date that follows a weekday in brackets.
    fn bracketed<'f>(&self, found: &'f [Found], k: usize) -> Option<&'f Point> {
        let f = found.get(k)?;
        let next = found.get(k + 1)?;
        let (Meaning::Date { point: Point::Weekday { .. }, .. }, Meaning::Date { point: day @ Point::Day { .. }, .. }) =
            (&f.meaning, &next.meaning)
        else {
            return None;
        };
        (next.first == f.last + 1 && self.pieces[f.last].text == "(" && !self.pieces[f.last].breaks).then_some(day)
    }

    /// The day that a clock time without one belongs to: the nearest in its sentence, else that of the story.
    fn day_beside(&self, found: &[Found], k: usize) -> String {
        let sentence = |f: &Found| self.reading.tokens[self.pieces[f.first].token].sentence;
        let here = sentence(&found[k]);
        let after = found[k + 1..].iter().take(2).filter(|f| f.first <= found[k].last + 10);
        let before = found[..k].iter().rev().take(2).filter(|f| f.last + 10 >= found[k].first);
        for f in after.chain(before).filter(|f| sentence(f) == here) {
            if let Meaning::Date { point, .. } = &f.meaning
                && Scan::is_day(point)
                && let Some(value) = self.value(point, f.first)
            {
                return value;
            }
        }
        let paragraph = self.pieces[found[k].first].paragraph;
        let story = self.story_day.filter(|d| d.1 + 1 >= paragraph).map(|d| d.0).or(self.lead_day);
        story.map_or_else(|| self.today(), |d| d.to_string())
    }

    /// Keeps where the story is.
    fn remember(&mut self, point: &Point, value: &str, paragraph: u32) {
        let vague = matches!(point, Point::Decade(_) | Point::Century(_) | Point::Weekend { .. });
        if let Some((from, _)) = interval(value).filter(|_| !vague) {
            self.story = Some(from);
            self.story_length = value.len();
            if value.len() == 10 {
                self.story_day = Some((from, paragraph));
                let near = self.anchor.is_some_and(|a| a.until(from).is_ok_and(|s| s.get_days().abs() <= 7));
                if near && self.lead_day.is_none() {
                    self.lead_day = Some(from);
                }
            }
        }
    }

    /// The last full day that the story named.
    pub(super) fn story_day(&self) -> Option<Date> {
        self.story_day.map(|d| d.0)
    }

    /// The first of two joined dates without a year, with the year in which it lies before the second: "from June 3 to
    /// July 5, 2019", "between November and January".
    fn before_next(&self, found: &[Found], k: usize) -> Option<Point> {
        let (f, next) = (&found[k], found.get(k + 1)?);
        let (Meaning::Date { point, part: None }, Meaning::Date { point: end, .. }) = (&f.meaning, &next.meaning)
        else {
            return None;
        };
        if next.first != f.last + 1 || self.pieces[f.last].breaks || self.pieces[next.first].breaks {
            return None;
        }
        let given = |y: &Year| matches!(y, Year::Given(_));
        let dated = matches!(end, Point::Day { year, .. } | Point::Month { year, .. } if given(year));
        let joined = match self.pieces[f.last].text.as_str() {
            "-" | "to" | "through" | "until" | "till" => true,
            "and" => dated || f.first > 0 && self.pieces[f.first - 1].text == "between",
            "or" | "," | "&" => dated,
            _ => false,
        };
        let (month, day) = match point {
            Point::Day { year: Year::Open, month, day } => (*month, Some(*day)),
            Point::Month { year: Year::Open, month } => (*month, None),
            _ => return None,
        };
        if !joined || !matches!(end, Point::Day { .. } | Point::Month { .. }) {
            return None;
        }
        let limit = interval(&self.value(end, next.first)?)?.1;
        let later = (month, day.unwrap_or(1)) > (limit.month(), limit.day());
        let year = Year::Given(limit.year() - i16::from(later));
        Some(match day {
            Some(day) => Point::Day { year, month, day },
            None => Point::Month { year, month },
        })
    }

    /// The stretch of days that a length counted from publication covers.
    fn counted_interval(&self, months: i32, days: i32, side: i32) -> Option<(Date, Date)> {
        let anchor = self.anchor.filter(|_| side != 0 && (months, days) != (0, 0) && months.abs() < 12_000)?;
        let other = add_days(add_months(anchor, side * months)?, side * days)?;
        Some((anchor.min(other), anchor.max(other)))
    }

    pub(super) fn tense(&self, piece: usize) -> Tense {
        tense(self.reading, self.tree, self.pieces[piece].token, self.lexicon)
    }

    /// The TIMEX3 value of a point said at `piece`; none where there is no such day.
    pub(super) fn value(&self, point: &Point, piece: usize) -> Option<String> {
        match point {
            Point::Day { year, month, day } => self.day(*year, *month, *day, piece),
            Point::Month { year: Year::Nearest(n), month } => Some(self.nearest_month(*n, *month)),
            Point::Month { year, month } => Some(match self.year(*year) {
                Some(y) => format!("{y:04}-{month:02}"),
                None if *year == Year::Open => self.open_month(*month, piece),
                None => format!("XXXX-{month:02}"),
            }),
            Point::Year(y) => Some(format!("{y:04}")),
            Point::Decade(y) => Some(format!("{:03}X", y / 10)),
            Point::Century(c) => Some(format!("{c:02}XX")),
            Point::Weekday { day, turn } => Some(self.weekday(*day, *turn, piece)),
            Point::Beside { days, of } => {
                let value = self.value(of, piece)?;
                Some(
                    value
                        .parse::<Date>()
                        .ok()
                        .and_then(|d| add_days(d, *days))
                        .map_or_else(|| "XXXX-XX-XX".into(), |d| d.to_string()),
                )
            }
            Point::Quarter { year, quarter } => {
                let open = |s: &Resolver| s.open_period((*quarter - 1) * 3 + 1, 3, piece);
                let y = if *year == Year::Open { open(self) } else { self.year(*year) };
                Some(format!("{}-Q{quarter}", four(y)))
            }
            Point::Half { year, half } => Some(format!("{}-H{half}", four(self.year(*year)))),
            Point::Season { year, shift, code } => Some(self.season(*year, *shift, code, piece)),
            Point::Unit { unit, by, story } => self.unit(*unit, *by, *story),
            Point::Weekend { shift } => self.weekend(*shift, piece),
            Point::WeekOf(day) => {
                let value = self.value(day, piece)?;
                Some(value.parse::<Date>().map_or_else(|_| "XXXX-WXX".to_string(), iso_week))
            }
            Point::Feast { feast, year, shift } => self.feast(feast, *year, *shift, piece),
        }
    }

    pub(super) fn year(&self, year: Year) -> Option<i16> {
        let by = |base: Option<Date>, n: i32| base.map(|d| d.year() + n as i16);
        match year {
            Year::Open => None,
            Year::Given(y) => Some(y),
            Year::FromNow(n) | Year::Nearest(n) => by(self.anchor, n),
            Year::FromStory(n) => by(self.story.or(self.anchor), n),
        }
    }

    /// "last October": the last one before the month of publication.
    fn nearest_month(&self, by: i32, month: i8) -> String {
        let Some(anchor) = self.anchor else { return format!("XXXX-{month:02}") };
        let year = match by {
            ..0 => anchor.year() - i16::from(month >= anchor.month()),
            0 => anchor.year(),
            _ => anchor.year() + i16::from(month <= anchor.month()),
        };
        format!("{year:04}-{month:02}")
    }

    fn open_month(&self, month: i8, piece: usize) -> String {
        match self.open_period(i32::from(month), 1, piece) {
            Some(y) => format!("{y:04}-{month:02}"),
            None => format!("XXXX-{month:02}"),
        }
    }

    /// The year of a period of `length` months from `month` on that was named without one.
    fn open_period(&self, month: i32, length: i32, piece: usize) -> Option<i16> {
        let anchor = self.anchor?;
        let now = i32::from(anchor.year()) * 12 + i32::from(anchor.month()) - 1;
        let start = |k: i32| (i32::from(anchor.year()) + k) * 12 + month - 1;
        // Months from now to the nearer edge of the period: 0 inside it.
        let gap = |k: i32| {
            let (s, e) = (start(k), start(k) + length - 1);
            if now < s {
                s - now
            } else if now > e {
                e - now
            } else {
                0
            }
        };
        let years = -1..=1;
        let nearest = years.clone().min_by_key(|&k| (gap(k).abs(), gap(k)))?;
        let wanted = match self.tense(piece) {
            Tense::Past => years.clone().filter(|&k| gap(k) <= 0).max(),
            Tense::Future => years.clone().filter(|&k| gap(k) >= 0).min(),
            _ => None,
        };
        let k = wanted.filter(|&k| gap(k).abs() <= 11).unwrap_or(nearest);
        Some(anchor.year() + k as i16)
    }

    fn season(&self, year: Year, shift: Option<i32>, code: &str, piece: usize) -> String {
        if let Some(y) = self.year(year) {
            return format!("{y:04}-{code}");
        }
        let month = match code {
            "SP" => 3,
            "SU" => 6,
            "FA" => 9,
            _ => 12,
        };
        let Some(anchor) = self.anchor else { return format!("XXXX-{code}") };
        let now = i32::from(anchor.year()) * 12 + i32::from(anchor.month());
        let start = |k: i32| (i32::from(anchor.year()) + k) * 12 + month;
        let years = -2..=1;
        let k = match shift {
            Some(..0) => years.clone().filter(|&k| start(k) + 2 < now).max(),
            Some(1..) => years.clone().filter(|&k| start(k) > now).min(),
            Some(0) => years.clone().filter(|&k| start(k) + 2 >= now).min(),
            None => None,
        };
        let y = match k {
            Some(k) => Some(anchor.year() + k as i16),
            None => self.open_period(month, 3, piece),
        };
        format!("{}-{code}", four(y))
    }

    fn unit(&self, unit: Unit, by: i32, story: bool) -> Option<String> {
        let base = if story { self.story.or(if by == 0 { self.anchor } else { None }) } else { self.anchor };
        let Some(base) = base else {
            return Some(
                match unit {
                    Unit::Week | Unit::Fortnight => "XXXX-WXX",
                    Unit::Month => "XXXX-XX",
                    Unit::Quarter => "XXXX-QX",
                    Unit::Year | Unit::Decade | Unit::Century => "XXXX",
                    _ => "XXXX-XX-XX",
                }
                .to_string(),
            );
        };
        let shifted_year =
            |n: i32| i16::try_from(i32::from(base.year()).saturating_add(n)).ok().filter(|y| (0..=9999).contains(y));
        // "that day" after "in October" is some day of October.
        if story && unit == Unit::Day && self.story.is_some() && self.story_length < 10 {
            return Some(match self.story_length {
                7 => format!("{:04}-{:02}-XX", base.year(), base.month()),
                _ => format!("{:04}-XX-XX", base.year()),
            });
        }
        Some(match unit {
            Unit::Day => add_days(base, by)?.to_string(),
            Unit::Week => iso_week(add_days(base, by.checked_mul(7)?)?),
            Unit::Fortnight => iso_week(add_days(base, by.checked_mul(14)?)?),
            Unit::Month => {
                let d = add_months(base, by)?;
                format!("{:04}-{:02}", d.year(), d.month())
            }
            Unit::Quarter => {
                let n = i32::from(base.year()) * 4 + (i32::from(base.month()) - 1) / 3;
                let n = n.saturating_add(by).clamp(0, 39_999);
                format!("{:04}-Q{}", n.div_euclid(4), n.rem_euclid(4) + 1)
            }
            Unit::Year => format!("{:04}", shifted_year(by)?),
            Unit::Decade => format!("{:03}X", shifted_year(by.checked_mul(10)?)? / 10),
            Unit::Century => format!("{:02}XX", shifted_year(by.checked_mul(100)?)? / 100),
            Unit::Hour | Unit::Minute | Unit::Second => format!("{base}TXX:XX"),
        })
    }
}

fn four(year: Option<i16>) -> String {
    year.map_or_else(|| "XXXX".into(), |y| format!("{y:04}"))
}
