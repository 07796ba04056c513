//! Days on the calendar: those of a month, of a week, and those with a name.

use super::calendar::{self, add_days, date, iso_week, monday, weekday};
use super::expression::{Turn, Year};
use super::lexicon::Feast;
use super::resolve::Resolver;
use super::tense::Tense;
use jiff::civil::Date;

impl Resolver<'_> {
    /// Of three years' candidates the one that the tense asks for, if it is not far off, else the nearest.
    fn choose(&self, candidates: [Option<Date>; 3], piece: usize) -> Option<Date> {
        let anchor = self.anchor?;
        let distance = |d: Date| days_between(anchor, d);
        let all = candidates.into_iter().flatten();
        let nearest = all.clone().min_by_key(|&d| (distance(d).abs(), distance(d)))?;
        let tense = self.tense(piece);
        let wanted = match tense {
            Tense::Past => all.clone().filter(|&d| distance(d) <= 0).max(),
            Tense::Future => all.clone().filter(|&d| distance(d) >= 0).min(),
            _ => None,
        };
        // A date just on the other side is more likely a slip of the tense than one of almost a year away.
        let slip = if tense == Tense::Past { 60 } else { 14 };
        Some(wanted.filter(|&d| distance(d).abs() <= 300 || distance(nearest).abs() > slip).unwrap_or(nearest))
    }

    /// A day of a month.
    pub(super) fn day(&self, year: Year, month: i8, day: i8, piece: usize) -> Option<String> {
        // 29 February of an unknown year is a day too.
        date(2000, month, day)?;
        if let Some(y) = self.year(year) {
            if let Year::Nearest(n) = year {
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

    /// A day of the week.
    pub(super) fn weekday(&self, day: i32, turn: Turn, piece: usize) -> String {
        let Some(anchor) = self.anchor else { return format!("XXXX-WXX-{day}") };
        let today = weekday(anchor);
        let back = -(today - day).rem_euclid(7);
        let ahead = (day - today).rem_euclid(7);
        if let (Turn::Before | Turn::After, Some(story)) = (turn, self.story_day()) {
            let gap = (day - weekday(story)).rem_euclid(7);
            let offset = match (turn, gap) {
                (Turn::Before, 0) => -7,
                (Turn::Before, _) => gap - 7,
                (_, 0) => 7,
                _ => gap,
            };
            return add_days(story, offset).map_or_else(|| format!("XXXX-WXX-{day}"), |d| d.to_string());
        }
        let offset = match turn {
            Turn::Week(w) => day - today + w.saturating_mul(7),
            Turn::Last | Turn::Before if back == 0 => -7,
            Turn::Last | Turn::Before => back,
            Turn::Next => day - today + 7,
            Turn::Coming if ahead == 0 => 7,
            Turn::Coming | Turn::After => ahead,
            Turn::This => match self.tense(piece) {
                Tense::Past => back,
                Tense::Future | Tense::Due => ahead,
                _ => day - today,
            },
            Turn::Open => match self.tense(piece) {
                Tense::Future | Tense::Due => ahead,
                _ => back,
            },
        };
        add_days(anchor, offset).map_or_else(|| format!("XXXX-WXX-{day}"), |d| d.to_string())
    }

    /// A weekend.
    pub(super) fn weekend(&self, shift: Option<i32>, piece: usize) -> Option<String> {
        let Some(anchor) = self.anchor else { return Some("XXXX-WXX-WE".into()) };
        let here = monday(anchor)?;
        let over = weekday(anchor) < 6;
        let weeks = match shift {
            Some(..0) => -1,
            Some(0) => 0,
            Some(_) => 1,
            None if matches!(self.tense(piece), Tense::Future | Tense::Due) => 0,
            None => -i32::from(over),
        };
        Some(format!("{}-WE", iso_week(add_days(here, 7 * weeks)?)))
    }

    /// A holiday.
    pub(super) fn feast(&self, feast: &Feast, year: Year, shift: Option<i32>, piece: usize) -> Option<String> {
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
