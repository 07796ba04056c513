//! Puts expressions on the calendar: the day of publication, the tense of the clause and the day that the story is at
//! decide what the words leave open.

use super::calendar::{self, add_days, add_months, date, interval, iso_week, monday, weekday};
use super::expression::{Found, Meaning, Point, Year};
use super::lexicon::{Feast, Lexicon, Unit};
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
    /// The last full day.
    story_day: Option<Date>,
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
        Resolver { reading, tree, pieces, lexicon, anchor, story: None, story_length: 0, story_day: None }
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
                let day = self.value(point, f.first)?;
                self.remember(point, &day);
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
        self.story_day.map_or_else(|| self.today(), |d| d.to_string())
    }

    /// Keeps where the story is.
    fn remember(&mut self, point: &Point, value: &str) {
        let vague = matches!(point, Point::Decade(_) | Point::Century(_) | Point::Weekend { .. });
        if let Some((from, _)) = interval(value).filter(|_| !vague) {
            self.story = Some(from);
            self.story_length = value.len();
            if value.len() == 10 {
                self.story_day = Some(from);
            }
        }
    }

    /// The stretch of days that a length counted from publication covers.
    fn counted_interval(&self, months: i32, days: i32, side: i32) -> Option<(Date, Date)> {
        let anchor = self.anchor.filter(|_| side != 0 && (months, days) != (0, 0) && months.abs() < 12_000)?;
        let other = add_days(add_months(anchor, side * months)?, side * days)?;
        Some((anchor.min(other), anchor.max(other)))
    }

    fn tense(&self, piece: usize) -> Tense {
        tense(self.reading, self.tree, self.pieces[piece].token, self.lexicon)
    }

    /// The TIMEX3 value of a point said at `piece`; none where there is no such day.
    fn value(&self, point: &Point, piece: usize) -> Option<String> {
        match point {
            Point::Day { year, month, day } => self.day(*year, *month, *day, piece),
            Point::Month { year, month } => Some(match self.year(*year) {
                Some(y) => format!("{y:04}-{month:02}"),
                None if *year == Year::Open => self.open_month(*month, piece),
                None => format!("XXXX-{month:02}"),
            }),
            Point::Year(y) => Some(format!("{y:04}")),
            Point::Decade(y) => Some(format!("{:03}X", y / 10)),
            Point::Century(c) => Some(format!("{c:02}XX")),
            Point::Weekday { day, shift, week } => Some(self.weekday(*day, *shift, *week, piece)),
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

    fn year(&self, year: Year) -> Option<i16> {
        let by = |base: Option<Date>, n: i32| base.map(|d| d.year() + n as i16);
        match year {
            Year::Open => None,
            Year::Given(y) => Some(y),
            Year::FromNow(n) => by(self.anchor, n),
            Year::FromStory(n) => by(self.story.or(self.anchor), n),
        }
    }

    /// Of three years' candidates the one that the tense asks for, if it is not far off, else the nearest.
    fn choose(&self, candidates: [Option<Date>; 3], piece: usize) -> Option<Date> {
        let anchor = self.anchor?;
        let distance = |d: Date| days_between(anchor, d);
        let all = candidates.into_iter().flatten();
        let nearest = all.clone().min_by_key(|&d| (distance(d).abs(), distance(d)))?;
        let wanted = match self.tense(piece) {
            Tense::Past => all.clone().filter(|&d| distance(d) <= 0).max(),
            Tense::Future => all.clone().filter(|&d| distance(d) >= 0).min(),
            _ => None,
        };
        Some(wanted.filter(|&d| distance(d).abs() <= 300).unwrap_or(nearest))
    }

    fn day(&self, year: Year, month: i8, day: i8, piece: usize) -> Option<String> {
        // 29 February of an unknown year is a day too.
        date(2000, month, day)?;
        if let Some(y) = self.year(year) {
            if let Year::FromNow(n) = year {
                return self.shifted_day(n, month, day);
            }
            return date(y, month, day).map(|d| d.to_string());
        }
        let Some(anchor) = self.anchor.filter(|_| year == Year::Open) else {
            return Some(format!("XXXX-{month:02}-{day:02}"));
        };
        let y = anchor.year();
        let chosen = self.choose([date(y - 1, month, day), date(y, month, day), date(y + 1, month, day)], piece);
        Some(chosen.map_or_else(|| format!("XXXX-{month:02}-{day:02}"), |d| d.to_string()))
    }

    /// "last Oct. 23": the last one before publication, not that of the year before.
    fn shifted_day(&self, by: i32, month: i8, day: i8) -> Option<String> {
        let anchor = self.anchor?;
        let candidates = (-1..=1).filter_map(|k| date(anchor.year() + k, month, day));
        let found = match by {
            ..0 => candidates.filter(|&d| d < anchor).max(),
            0 => date(anchor.year(), month, day),
            _ => candidates.filter(|&d| d > anchor).min(),
        };
        found.map(|d| d.to_string())
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

    fn weekday(&self, day: i32, shift: Option<i32>, week: Option<i32>, piece: usize) -> String {
        let Some(anchor) = self.anchor else { return format!("XXXX-WXX-{day}") };
        let today = weekday(anchor);
        let back = -(today - day).rem_euclid(7);
        let ahead = (day - today).rem_euclid(7);
        let offset = match (week, shift) {
            (Some(w), _) => day - today + 7 * w,
            (None, Some(..0)) => {
                if back == 0 {
                    -7
                } else {
                    back
                }
            }
            // "next Friday" is that of the next calendar week.
            (None, Some(1)) => day - today + 7,
            (None, Some(0)) => match self.tense(piece) {
                Tense::Past => back,
                Tense::Future => ahead,
                _ => day - today,
            },
            (None, Some(n)) => day - today + 7 * n,
            (None, None) => match self.tense(piece) {
                Tense::Future => ahead,
                _ => back,
            },
        };
        add_days(anchor, offset).map_or_else(|| format!("XXXX-WXX-{day}"), |d| d.to_string())
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

    fn weekend(&self, shift: Option<i32>, piece: usize) -> Option<String> {
        let Some(anchor) = self.anchor else { return Some("XXXX-WXX-WE".into()) };
        let here = monday(anchor)?;
        let over = weekday(anchor) < 6;
        let weeks = match shift {
            Some(..0) => -1,
            Some(0) => 0,
            Some(_) => 1,
            None if self.tense(piece) == Tense::Future => 0,
            None => -i32::from(over),
        };
        Some(format!("{}-WE", iso_week(add_days(here, 7 * weeks)?)))
    }

    fn feast(&self, feast: &Feast, year: Year, shift: Option<i32>, piece: usize) -> Option<String> {
        let on = |y: i16| -> Option<Date> {
            match feast {
                Feast::Fixed(m, d) => date(y, *m, *d),
                Feast::Nth(m, w, n, days) => add_days(calendar::nth_weekday(y, *m, *w, *n)?, *days),
                Feast::Easter(days) => add_days(calendar::easter(y)?, *days),
                Feast::EasterWeek => add_days(calendar::easter(y)?, -6),
                Feast::EasterWeekend => calendar::easter(y),
                Feast::Pascha(days) => add_days(calendar::pascha(y)?, *days),
                Feast::Table(days) => days.iter().find(|d| d.0 == y).and_then(|d| date(d.0, d.1, d.2)),
            }
        };
        let day = match self.year(year) {
            Some(y) => on(y),
            None => match self.anchor {
                None => {
                    let Feast::Fixed(m, d) = feast else { return Some("XXXX-XX-XX".into()) };
                    return Some(format!("XXXX-{m:02}-{d:02}"));
                }
                Some(anchor) => {
                    let near = [on(anchor.year() - 1), on(anchor.year()), on(anchor.year() + 1)];
                    match shift {
                        Some(..0) => near.into_iter().flatten().filter(|&d| d < anchor).max(),
                        Some(1..) => near.into_iter().flatten().filter(|&d| d > anchor).min(),
                        Some(0) => on(anchor.year()),
                        None => self.choose(near, piece),
                    }
                }
            },
        };
        Some(match (day, feast) {
            (None, _) => "XXXX-XX-XX".into(),
            (Some(d), Feast::EasterWeek) => iso_week(d),
            (Some(d), Feast::EasterWeekend) => format!("{}-WE", iso_week(d)),
            (Some(d), _) => d.to_string(),
        })
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |s| s.get_days())
}

fn four(year: Option<i16>) -> String {
    year.map_or_else(|| "XXXX".into(), |y| format!("{y:04}"))
}
