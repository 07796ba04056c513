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
    fn year_after(&self, i: usize, comma: bool) -> (usize, Year) {
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
        // A second day: "18-20", "18 and 20", "18 to 20".
        let joined = matches!(self.word(i, 2), "-" | "and" | "to" | "through" | "or" | "&" | "until");
        let second = self.day_number(i + 3).filter(|&d| {
            joined
                && d > day
                && !self.word(i, 3).is_empty()
                && !self.counts_things(i + 3)
                && self.month(i + 4).is_none()
        });
        let after = if second.is_some() { i + 4 } else { i + 2 };
        let (end, year) = self.year_after(after, true);
        let point = |day| Meaning::Date { point: Point::Day { year, month, day }, part: None };
        match second {
            Some(d2) => {
                out.push(Found { first: i, last: i + 2, meaning: point(day) });
                out.push(Found { first: i + 3, last: end, meaning: point(d2) });
            }
            None => out.push(Found { first: i, last: end, meaning: point(day) }),
        }
        true
    }

    fn day_first(&self, i: usize, out: &mut Vec<Found>) -> bool {
        let Some(day) = self.day_number(i) else { return false };
        if self.glued(i) && matches!(self.before(i), "-" | "/" | "." | ":" | "$" | "£" | "€") {
            return false;
        }
        let of = |at: usize| usize::from(self.word(i, at) == "of");
        let (second, at) = match self.word(i, 1) {
            "-" | "and" | "to" | "or" | "&" => match self.day_number(i + 2).filter(|&d| d > day) {
                Some(d2) => (Some(d2), 3 + of(3)),
                None => return false,
            },
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
            let (y, m, d) = if self.word(i, 0).len() == 4 {
                (a, b, c)
            } else if self.word(i, 4).len() == 4 && a > 12 {
                (c, b, a)
            } else if self.word(i, 4).len() == 4 {
                (c, a, b)
            } else {
                return None;
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

    /// "early December", "mid-1990s", "late last week".
    pub fn edged(&self, i: usize) -> Read {
        let word = self.word(i, 0);
        if !self.lexicon.edges.contains(word) || self.capital(i) && word == "mid" {
            return None;
        }
        let k = 1 + usize::from(self.word(i, 1) == "-");
        if self.word(i, k).is_empty() {
            return None;
        }
        let inner = self.period(i + k).or_else(|| self.shifted(i + k))?;
        match inner.1 {
            // "late Thursday" and "early this morning" keep their plain core.
            Meaning::Date { part: Some(_), .. } | Meaning::Date { point: Point::Weekday { .. }, .. } => None,
            Meaning::Date { .. } => Some(inner),
            _ => None,
        }
    }

    /// Months, years, decades, centuries, quarters, halves, seasons.
    pub fn period(&self, i: usize) -> Read {
        if let Some(month) = self.month(i) {
            let (end, year) = self.year_after(i + 1, true);
            // A name or a verb: "April said", "March on".
            if year == Year::Open
                && self.entity(i) == "PERSON"
                && !matches!(self.before(i), "in" | "since" | "last" | "by" | "until")
            {
                return None;
            }
            return Scan::date(end, Point::Month { year, month });
        }
        self.decade(i)
            .or_else(|| self.plain_year(i))
            .or_else(|| self.century(i))
            .or_else(|| self.quarter(i))
            .or_else(|| self.season(i))
            .or_else(|| self.week_of(i))
    }

    fn decade(&self, i: usize) -> Read {
        let word = self.word(i, 0);
        let (word, used) = match word.strip_prefix('\'') {
            Some("") if self.word(i, 1).ends_with("0s") && self.word(i, 1).len() == 3 => (self.word(i, 1), 2),
            Some(w) => (w, 1),
            None => (word, 1),
        };
        let digits = match word.strip_suffix('s') {
            Some(d) => d,
            // "the 1990's"
            None if used == 1
                && self.word(i, 1) == "'s"
                && self.before(i) == "the"
                && word.ends_with('0')
                && self.year(i).is_some() =>
            {
                return Scan::date(i + 2, Point::Decade(self.year(i)?));
            }
            None => return None,
        };
        if !digits.bytes().all(|b| b.is_ascii_digit()) || !digits.ends_with('0') {
            return None;
        }
        let n: i16 = digits.parse().ok()?;
        match digits.len() {
            4 if (1000..2200).contains(&n) => Scan::date(i + used, Point::Decade(n)),
            2 if matches!(self.before(i), "the" | "late" | "early" | "-" | "'")
                || used == 2
                || word.len() < self.word(i, 0).len() =>
            {
                // "temperatures in the 70s", "in his 50s": only with the apostrophe or an edge.
                let marked = used == 2 || self.word(i, 0).starts_with('\'');
                (marked || matches!(self.before(i), "late" | "early"))
                    .then(|| Scan::date(i + used, Point::Decade(if n < 30 { 2000 } else { 1900 } + n)))?
            }
            _ => None,
        }
    }

    fn plain_year(&self, i: usize) -> Read {
        if matches!(self.word(i, 0), "fiscal" | "fy") {
            let k = 1 + usize::from(self.word(i, 1) == "year");
            let year = self.year(i + k).filter(|_| !self.word(i, k).is_empty())?;
            return Scan::date(i + k + 1, Point::Year(year));
        }
        if let Some(digits) = self.word(i, 0).strip_prefix("fy")
            && digits.bytes().all(|b| b.is_ascii_digit())
            && let Ok(n) = digits.parse::<i16>()
        {
            return match digits.len() {
                2 => Scan::date(i + 1, Point::Year(2000 + n)),
                4 => Scan::date(i + 1, Point::Year(n)),
                _ => None,
            };
        }
        let year = self.year(i)?;
        let before = self.before(i);
        let glued_before = self.glued(i) && !before.is_empty();
        if glued_before && !matches!(before, "-" | "(" | "[" | "\"" | "'" | "“" | "‘" | "/")
            || matches!(before, "$" | "£" | "€" | "#" | "no" | "number")
        {
            return None;
        }
        if self.glued(i + 1) && matches!(self.word(i, 1), "%" | ":" | ".") && self.glued(i + 2) {
            return None;
        }
        if matches!(self.word(i, 1), "gmt" | "utc" | "hours") {
            return None;
        }
        let led = matches!(
            before,
            "in" | "since"
                | "of"
                | "by"
                | "until"
                | "till"
                | "from"
                | "to"
                | "between"
                | "during"
                | "before"
                | "after"
                | "early"
                | "late"
                | "mid"
                | "through"
                | "for"
                | "-"
                | "around"
                | "circa"
                | "post"
                | "pre"
                | "("
                | "throughout"
                | "into"
                | "/"
        );
        let plausible = (1600..=2100).contains(&year);
        let token = &self.reading.tokens[self.pieces[i].token];
        let counted = token.dep == "nummod" && matches!(self.tag(i + 1), "NNS" | "NNPS") && !self.word(i, 1).is_empty();
        let range = self.word(i, 1) == "-"
            && self.glued(i + 1)
            && self.year(i + 2).is_some_and(|y| y > year)
            && !self.word(i, 2).is_empty();
        if range && plausible {
            return Scan::date(i + 1, Point::Year(year));
        }
        if counted
            && matches!(
                before,
                "some" | "about" | "around" | "nearly" | "almost" | "over" | "than" | "least" | "all" | ""
            )
        {
            return None;
        }
        match token.entity_type {
            "DATE" | "EVENT" | "LAW" => Scan::date(i + 1, Point::Year(year)),
            "MONEY" | "PERCENT" | "QUANTITY" => None,
            "CARDINAL" | "" | "ORDINAL" if plausible && !counted && (led || before == "the" || before == "and") => {
                Scan::date(i + 1, Point::Year(year))
            }
            "ORG" | "FAC" | "PRODUCT" | "WORK_OF_ART" | "GPE" | "PERSON" | "TIME" | "NORP" | "LOC"
                if plausible && led && !counted =>
            {
                Scan::date(i + 1, Point::Year(year))
            }
            _ => None,
        }
    }

    /// The short second year of a range: "1910–45", "2024/25".
    pub fn second_year(&self, i: usize, out: &mut Vec<Found>) {
        let Some(Found { meaning: Meaning::Date { point: Point::Year(first), .. }, .. }) = out.last() else { return };
        let first = *first;
        let text = self.pieces.get(i + 1).map_or("", |p| p.text.as_str());
        if i >= self.pieces.len()
            || !matches!(self.word(i, 0), "-" | "/")
            || !self.glued(i)
            || !self.glued(i + 1)
            || text.len() != 2
        {
            return;
        }
        let Ok(short) = text.parse::<i16>() else { return };
        let year = first / 100 * 100 + short;
        if year > first {
            let meaning = Meaning::Date { point: Point::Year(year), part: None };
            out.push(Found { first: i + 1, last: i + 2, meaning });
        }
    }

    /// An ordinal: "third", "19th".
    fn ordinal(&self, i: usize) -> Option<i32> {
        let word = self.word(i, 0);
        if let Some(&n) = self.lexicon.ordinals.get(word) {
            return Some(n);
        }
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let tail = &word[digits.len()..];
        (matches!(tail, "st" | "nd" | "rd" | "th") && digits.len() <= 2).then(|| digits.parse().ok())?
    }

    fn century(&self, i: usize) -> Read {
        let (n, used) = match (self.ordinal(i), self.lexicon.numbers.get(self.word(i, 0)), self.word(i, 1)) {
            (Some(n), _, _) => (n, 1),
            // "twenty-first century"
            (None, Some(&20.0), "-") => (20 + self.ordinal(i + 2)?, 3),
            _ => return None,
        };
        let k = used + usize::from(self.word(i, used) == "-");
        if !matches!(self.word(i, k), "century" | "centuries") || !(1..=22).contains(&n) {
            return None;
        }
        if matches!(self.word(i, k + 1), "bc" | "bce") {
            return Some((i + k + 2, Meaning::Fixed(crate::TimeType::Date, format!("BC{:02}XX", n - 1))));
        }
        Scan::date(i + k + 1, Point::Century((n - 1) as i16))
    }

    fn quarter(&self, i: usize) -> Read {
        let mut at = usize::from(self.word(i, 0) == "fiscal");
        let word = self.word(i, at);
        if let Some(q) = word
            .strip_prefix('q')
            .and_then(|d| d.parse::<i32>().ok())
            .filter(|q| (1..=4).contains(q) && word.len() == 2)
        {
            let (end, year) = self.year_after(i + at + 1, false);
            return self.capital(i + at).then(|| Scan::date(end, Point::Quarter { year, quarter: q }))?;
        }
        let n = self.ordinal(i + at).filter(|n| (1..=4).contains(n))?;
        at += 1;
        at += usize::from(self.word(i, at) == "-");
        at += usize::from(matches!(self.word(i, at), "fiscal" | "calendar"));
        let what = self.word(i, at);
        let (end, year) = self.year_after(i + at + 1, true);
        match what {
            "quarter" => Scan::date(end, Point::Quarter { year, quarter: n }),
            "half" if n <= 2 && year != Year::Open => Scan::date(end, Point::Half { year, half: n }),
            _ => None,
        }
    }

    fn season(&self, i: usize) -> Read {
        let word = self.word(i, 0);
        let code = self.lexicon.seasons.get(word)?;
        let (end, year) = self.year_after(i + 1, true);
        let point = Point::Season { year, shift: None, code: code.clone() };
        if year != Year::Open {
            return Scan::date(end, point);
        }
        // A bare season only where it is the time itself: "in the summer", "since spring".
        let led = matches!(
            self.before(i),
            "in" | "during" | "since" | "until" | "by" | "through" | "over" | "early" | "late" | "mid"
        ) || (self.before(i) == "the"
            && i >= 2
            && matches!(self.word(i - 2, 0), "in" | "during" | "over" | "since" | "until" | "for" | "by"));
        let noun =
            matches!(self.pos(i), "NOUN" | "PROPN") && self.reading.tokens[self.pieces[i].token].dep != "compound";
        (led && noun).then(|| Scan::date(i + 1, point))?
    }

    /// "the week of March 6".
    fn week_of(&self, i: usize) -> Read {
        let k = usize::from(self.word(i, 0) == "the");
        if self.word(i, k) != "week"
            || !matches!(self.word(i, k + 1), "of" | "ending" | "beginning" | "starting")
            || self.word(i, k + 2).is_empty()
        {
            return None;
        }
        let mut days = Vec::new();
        if !self.days_of_month(i + k + 2, &mut days) {
            return None;
        }
        match days.pop() {
            Some(Found { last, meaning: Meaning::Date { point, .. }, .. }) if days.is_empty() => {
                Scan::date(last, Point::WeekOf(Box::new(point)))
            }
            _ => None,
        }
    }

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
        self.weekday_rest(i + 1, Point::Weekday { day, shift: None, week: None })
    }

    /// What may follow a weekday: a part of the day, or its week.
    pub fn weekday_rest(&self, at: usize, point: Point) -> Read {
        if let Some(part) = self.part(at) {
            return Some((at + 1, Meaning::Date { point, part: Some(part) }));
        }
        let of = usize::from(self.word_at(at) == "of");
        if let (Point::Weekday { day, shift: None, .. }, Some(s), "week") =
            (&point, self.lexicon.shifts.get(self.word_at(at + of)), self.word_at(at + of + 1))
            && !s.story
            && !s.length
        {
            return Scan::date(at + of + 2, Point::Weekday { day: *day, shift: None, week: Some(s.by) });
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
