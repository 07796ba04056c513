//! Periods of the calendar: months, years, decades, centuries, quarters, halves, seasons, weeks.

use super::expression::{Found, Meaning, Point, Year};
use super::lexicon::Unit;
use super::scan::{Read, Scan};

impl Scan<'_> {
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
            // "Black September", "August Wilson": names, unless a preposition says when.
            if year == Year::Open && self.named_month(i) {
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

    /// Whether a bare month is part of a name: behind another name, or before the name of a person.
    fn named_month(&self, i: usize) -> bool {
        if !self.before(i).is_empty() {
            return self.tag(i - 1) == "NNP" && self.capital(i - 1) && !self.lexicon.edges.contains(self.before(i));
        }
        let token = &self.reading.tokens[self.pieces[i].token];
        let head = token.head as usize;
        token.dep == "compound"
            && head == self.pieces[i].token + 1
            && self.capital(i + 1)
            && !self.word(i, 1).is_empty()
            && self.reading.tokens[head].tag == "NNP"
            && self.reading.tokens[head].dep.starts_with("nsubj")
    }

    /// "the end of the year", "the start of the week", "year-end", "year's end".
    pub fn edge_of(&self, i: usize) -> Read {
        if let Some(&(unit, false)) = self.lexicon.units.get(self.word(i, 0)) {
            let end = match (self.word(i, 1), self.word(i, 2)) {
                ("-" | "'s", "end") if matches!(unit, Unit::Year | Unit::Month | Unit::Quarter) => i + 3,
                _ => return None,
            };
            return Scan::date(end, Point::Unit { unit, by: 0, story: false });
        }
        let the = usize::from(self.word(i, 0) == "the");
        if !self.lexicon.ends.contains(self.word(i, the))
            || self.word(i, the + 1) != "of"
            || self.word(i, the + 2) != "the"
        {
            return None;
        }
        let kind = usize::from(self.word(i, the + 3) == "calendar");
        let the = the + kind;
        let &(unit, plural) = self.lexicon.units.get(self.word(i, the + 3))?;
        // "the end of the year of the dragon", "the end of the week-long visit"
        let closed = !matches!(self.word(i, the + 4), "of" | "-");
        let fit = matches!(unit, Unit::Year | Unit::Month | Unit::Quarter | Unit::Week | Unit::Decade | Unit::Century);
        (fit && closed && !plural).then(|| Scan::date(i + the + 4, Point::Unit { unit, by: 0, story: false }))?
    }

    /// "476 AD", "AD 79", "753 BC".
    pub fn era(&self, i: usize) -> Read {
        let digits = |k: usize| {
            let word = self.word(i, k);
            (word.len() <= 4 && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()))
                .then(|| word.parse::<i16>().ok())
                .flatten()
                .filter(|&n| n > 0)
        };
        if self.word(i, 0) == "ad" && self.capital(i) {
            let year = digits(1)?;
            return (self.pieces[i].end - self.pieces[i].start >= 2 && self.pos(i) != "NOUN")
                .then(|| Scan::date(i + 2, Point::Year(year)))?;
        }
        let year = digits(0)?;
        match self.word(i, 1) {
            "ad" | "ce" if self.capital(i + 1) => Scan::date(i + 2, Point::Year(year)),
            "bc" | "bce" if self.capital(i + 1) => {
                Some((i + 2, Meaning::Fixed(crate::TimeType::Date, format!("BC{year:04}"))))
            }
            _ => None,
        }
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
        let counted = (token.dep == "nummod" || token.entity_type == "CARDINAL")
            && matches!(self.tag(i + 1), "NNS" | "NNPS")
            && !self.word(i, 1).is_empty();
        let range = self.word(i, 1) == "-"
            && self.glued(i + 1)
            && self.year(i + 2).is_some_and(|y| y > year)
            && !self.word(i, 2).is_empty();
        if range && plausible {
            return Scan::date(i + 1, Point::Year(year));
        }
        if self.lexicon.numbered.contains(before) && self.capital(i - 1) {
            return None;
        }
        // "a 1987 Chevrolet": the year of a model.
        if self.capital(i + 1) && !self.word(i, 1).is_empty() && self.lexicon.makes.contains(self.word(i, 1)) {
            return None;
        }
        if counted
            && matches!(
                before,
                "some" | "of" | "about" | "around" | "nearly" | "almost" | "over" | "than" | "least" | "all" | ""
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
        let (mut end, mut year) = self.year_after(i + at + 1, true);
        if year == Year::Open
            && (self.word(i, at + 1), self.word(i, at + 2), self.word(i, at + 3)) == ("of", "the", "year")
        {
            (end, year) = (i + at + 4, Year::FromNow(0));
        }
        match what {
            // The quarters of a game.
            "quarter" if year == Year::Open && self.in_game(i) => None,
            "quarter" => Scan::date(end, Point::Quarter { year, quarter: n }),
            "half" if n <= 2 && year != Year::Open => Scan::date(end, Point::Half { year, half: n }),
            _ => None,
        }
    }

    /// Whether the sentence of piece `i` tells of a game.
    fn in_game(&self, i: usize) -> bool {
        let sentence = self.reading.tokens[self.pieces[i].token].sentence;
        let here = |p: &&super::pieces::Piece| self.reading.tokens[p.token].sentence == sentence;
        let game = |p: &super::pieces::Piece| self.lexicon.game.contains(p.text.as_str());
        self.pieces[..i].iter().rev().take(60).take_while(here).any(game)
            || self.pieces[i..].iter().take(60).take_while(here).any(game)
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
}
