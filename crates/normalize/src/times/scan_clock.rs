//! Times of the clock and repeated times.

use super::expression::{Meaning, Point};
use super::lexicon::Unit;
use super::scan::{Read, Scan};
use super::scan_lengths::{Count, duration};

impl Scan<'_> {
    /// "10:35 a.m.", "6pm EST", "noon", "4 in the morning", "0735 GMT", with a day right after it.
    pub fn clock(&self, i: usize) -> Read {
        let (mut end, clock) = self.clock_face(i)?;
        let mut zone = String::new();
        if let Some((last, z)) = self.zone(end) {
            end = last;
            zone = z;
        }
        let value = format!("T{clock}{}", if zone == "Z" { "Z" } else { "" });
        // The day right behind: "9 a.m. EST Tuesday".
        let day = if self.word_at(end).is_empty() {
            None
        } else {
            self.weekday(end).or_else(|| self.offset(end)).or_else(|| self.one_day(end))
        };
        match day {
            Some((last, Meaning::Date { point, part: None })) => {
                Some((last, Meaning::Clock { clock: value, point: Some(point) }))
            }
            _ => Some((end, Meaning::Clock { clock: value, point: None })),
        }
    }

    /// A single day of a month at `i`.
    pub fn one_day(&self, i: usize) -> Read {
        let mut days = Vec::new();
        (self.days_of_month(i, &mut days) && days.len() == 1).then(|| days.pop().map(|f| (f.last, f.meaning)))?
    }

    /// End and "HH:MM".
    fn clock_face(&self, i: usize) -> Option<(usize, String)> {
        let word = self.word(i, 0);
        if let Some(clock) = self.lexicon.clocks.get(word) {
            return (self.pos(i) != "VERB" && !self.capital_name(i) && self.before(i) != "high")
                .then(|| (i + 1, clock.clone()));
        }
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            let &n = self.lexicon.numbers.get(word)?;
            let k = self.oclock(i, 1)?;
            return (n <= 12.0).then(|| (i + k.0, half_day(n as u32, 0, k.1)));
        }
        let (hour, minute, has_minutes) = match word.split_once([':', '.']) {
            Some((h, m)) if m.len() == 2 || (m.len() == 5 && m.as_bytes()[2] == b':') => {
                (h.parse().ok()?, m[..2].parse().ok()?, true)
            }
            Some(_) => return None,
            None if word.len() == 4 && matches!(self.word(i, 1), "gmt" | "utc" | "hours" | "hrs") => {
                let (h, m): (u32, u32) = (word[..2].parse().ok()?, word[2..].parse().ok()?);
                return (h < 24 && m < 60).then(|| (i + 1, format!("{h:02}:{m:02}")));
            }
            None => (word.parse::<u32>().ok()?, 0, false),
        };
        if hour > 24 || minute > 59 {
            return None;
        }
        match self.word(i, 1) {
            "am" | "pm" if hour <= 12 => {
                let half = if self.word(i, 1) == "am" { Some(0) } else { Some(12) };
                return Some((i + 2, half_day(hour, minute, half)));
            }
            _ => {}
        }
        if let Some((k, half)) = self.oclock(i, 1).filter(|_| hour <= 12) {
            return Some((i + k, half_day(hour, minute, half)));
        }
        if !has_minutes || word.contains('.') {
            return None;
        }
        // A bare "18:30" needs a sign that it is a time.
        let led = matches!(
            self.before(i),
            "at" | "by" | "until" | "till" | "before" | "after" | "around" | "since" | "from" | "between"
        );
        (led || self.zone(i + 1).is_some()).then(|| (i + 1, format!("{hour:02}:{minute:02}")))
    }

    /// "o'clock", "in the morning" from `k` on: pieces used, and the hours to add where it says so.
    fn oclock(&self, i: usize, k: usize) -> Option<(usize, Option<u32>)> {
        let mut k = k;
        let mut said = false;
        if matches!(self.word(i, k), "o'clock" | "oclock") {
            k += 1;
            said = true;
        } else if self.word(i, k) == "o'" && self.word(i, k + 1) == "clock" {
            k += 2;
            said = true;
        }
        let half = match (self.word(i, k), self.word(i, k + 1), self.word(i, k + 2)) {
            ("in", "the", "morning") => Some((3, 0)),
            ("in", "the", "afternoon" | "evening") => Some((3, 12)),
            ("at", "night", _) if said => Some((2, 12)),
            _ => None,
        };
        match half {
            Some((n, add)) => Some((k + n, Some(add))),
            None => said.then_some((k, None)),
        }
    }

    fn zone(&self, i: usize) -> Option<(usize, String)> {
        let word = self.word_at(i);
        if matches!(
            word,
            "local" | "eastern" | "pacific" | "central" | "mountain" | "moscow" | "beijing" | "greenwich" | "london"
        ) {
            let k = 1 + usize::from(matches!(self.word_at(i + 1), "standard" | "daylight" | "mean"));
            return (self.word_at(i + k) == "time").then(|| (i + k + 1, String::new()));
        }
        let zone = self.lexicon.zones.get(word).filter(|_| self.capital(i))?;
        Some((i + 1, zone.clone()))
    }

    /// "High Noon", "Midnight Express".
    fn capital_name(&self, i: usize) -> bool {
        self.capital(i) && !self.before(i).is_empty()
    }

    /// "daily", "every Monday", "each of the last three years", "twice a week", "Mondays".
    pub fn set(&self, i: usize) -> Read {
        let word = self.word(i, 0);
        if let Some(value) = self.lexicon.sets.get(word) {
            let named = self.capital(i) && !self.before(i).is_empty();
            // "the party daily said", "a weekly": papers.
            let noun = i > 0 && !self.before(i).is_empty() && matches!(self.pos(i - 1), "NOUN" | "PROPN");
            let next = if self.word(i, 1).is_empty() { "" } else { self.tag(i + 1) };
            let paper = matches!(self.tag(i), "NN" | "NNS") || noun && matches!(next, "VBD" | "VBZ");
            return (!named && !paper).then(|| (i + 1, Meaning::Set(value.clone())));
        }
        if let Some(&day) = self.lexicon.day_plurals.get(word).filter(|_| self.capital(i)) {
            return Some((i + 1, Meaning::Set(format!("XXXX-WXX-{day}"))));
        }
        if let "once" | "twice" = word {
            let k = 1 + usize::from(matches!(self.word(i, 1), "a" | "an" | "per" | "every" | "each"));
            let &(unit, _) = self.lexicon.units.get(self.word(i, k)).filter(|_| k == 2)?;
            return Some((i + 3, Meaning::Set(duration(Count::Of(1.0), unit))));
        }
        if let Some(found) = self.frequency(i) {
            return Some(found);
        }
        if !matches!(word, "every" | "each") {
            return None;
        }
        // "each of the last three years"
        let one = usize::from(self.word(i, 1) == "one");
        if (self.word(i, one + 1), self.word(i, one + 2)) == ("of", "the") {
            let shift = usize::from(self.lexicon.shifts.contains_key(self.word(i, one + 3)));
            let at = i + one + 3 + shift;
            let (end, _, unit) = self.counted(at).filter(|_| !self.word_at(at).is_empty())?;
            return Some((end, Meaning::Set(duration(Count::Of(1.0), unit))));
        }
        let mut k = 1;
        let mut times = 1.0;
        match self.word(i, 1) {
            "other" | "second" => {
                times = 2.0;
                k = 2;
            }
            "single" => k = 2,
            _ => {}
        }
        if let Some(&day) = self.lexicon.days.get(self.word(i, k)) {
            return Some((i + k + 1, Meaning::Set(format!("XXXX-WXX-{day}"))));
        }
        if let Some(month) = self.lexicon.months.get(self.word(i, k)).filter(|_| self.capital(i + k)) {
            return Some((i + k + 1, Meaning::Set(format!("XXXX-{month:02}"))));
        }
        if let Some(code) = self.lexicon.seasons.get(self.word(i, k)) {
            return Some((i + k + 1, Meaning::Set(format!("XXXX-{code}"))));
        }
        if let Some(part) = self.lexicon.parts.get(self.word(i, k)) {
            return Some((i + k + 1, Meaning::Set(format!("XXXX-XX-XXT{part}"))));
        }
        if self.word(i, k) == "weekend" {
            return Some((i + k + 1, Meaning::Set("XXXX-WXX-WE".into())));
        }
        if let Some((n, value)) = self.number(i + k).filter(|_| k == 1) {
            let (unit, _) = *self.lexicon.units.get(self.word(i, k + n))?;
            return Some((i + k + n + 1, Meaning::Set(duration(Count::Of(value), unit))));
        }
        if self.word(i, k) == "few" {
            let (unit, _) = *self.lexicon.units.get(self.word(i, k + 1))?;
            return Some((i + k + 2, Meaning::Set(duration(Count::Open, unit))));
        }
        let (unit, plural) = *self.lexicon.units.get(self.word(i, k))?;
        (!plural).then(|| (i + k + 1, Meaning::Set(duration(Count::Of(times), unit))))
    }

    /// "three times a day", "five days a week", "eight hours per day".
    fn frequency(&self, i: usize) -> Read {
        let n = match self.number(i) {
            Some((n, _)) => n,
            None => usize::from(self.lexicon.several.contains(self.word(i, 0))),
        };
        let counted = n > 0
            && (self.word(i, n) == "times"
                || self.lexicon.units.get(self.word(i, n)).is_some_and(|&(_, plural)| plural));
        if !counted || !matches!(self.word(i, n + 1), "a" | "an" | "per" | "each" | "every") {
            return None;
        }
        let &(unit, plural) = self.lexicon.units.get(self.word(i, n + 2))?;
        (!plural).then(|| (i + n + 3, Meaning::Set(duration(Count::Of(1.0), unit))))
    }

    /// Whether a point is of day size, so that a clock time can stand on it.
    pub fn is_day(point: &Point) -> bool {
        matches!(
            point,
            Point::Day { .. }
                | Point::Weekday { .. }
                | Point::Feast { .. }
                | Point::Beside { .. }
                | Point::Unit { unit: Unit::Day, .. }
        )
    }
}

/// "HH:MM" of a twelve-hour clock.
fn half_day(hour: u32, minute: u32, add: Option<u32>) -> String {
    let hour = match add {
        Some(12) if hour < 12 => hour + 12,
        Some(0) if hour == 12 => 0,
        _ => hour,
    };
    format!("{hour:02}:{minute:02}")
}
