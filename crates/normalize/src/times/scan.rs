//! Reads expressions off the pieces, left to right: each word that can open one is tried by class.

use super::expression::{Found, Meaning, Point};
use super::lexicon::{Lexicon, Phrase};
use super::pieces::Piece;
use broadsheet_language::Reading;

/// What the readers of the classes look at.
pub struct Scan<'a> {
    /// The pieces of the article.
    pub pieces: &'a [Piece],
    /// Its reading.
    pub reading: &'a Reading,
    /// What words mean.
    pub lexicon: &'a Lexicon,
    /// Whether the publisher writes the day before the month.
    pub day_first: bool,
}

/// The end of an expression (one past its last piece) and its meaning.
pub type Read = Option<(usize, Meaning)>;

impl<'a> Scan<'a> {
    /// All expressions of the article, in order, none inside another.
    pub fn all(&self) -> Vec<Found> {
        let mut out: Vec<Found> = Vec::new();
        let mut i = 0;
        while i < self.pieces.len() {
            let before = out.len();
            if !self.lexicon.opens(&self.pieces[i].text) {
                i += 1;
                continue;
            }
            if let Some(end) = self.skip_age(i) {
                i = end;
                continue;
            }
            self.read(i, &mut out);
            // Expressions inside a name are part of the name.
            if out[before..].iter().any(|f| self.is_name(f)) {
                out.truncate(before);
            }
            if let [Found { meaning, last, .. }] = &mut out[before..]
                && let Meaning::Date { point: point @ Point::Day { .. }, part: None } = meaning
                && self.is_dateline(i, *last)
            {
                *meaning = Meaning::Dateline(point.clone());
            }
            i = out[before..].last().map_or(i + 1, |f| f.last.max(i + 1));
        }
        out
    }

    /// Tries to read one expression at piece `i`; ranges give several.
    fn read(&self, i: usize, out: &mut Vec<Found>) {
        if self.days_of_month(i, out) {
            return;
        }
        let found = self
            .set(i)
            .or_else(|| self.clock(i))
            .or_else(|| self.feast(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.numeric_date(i))
            .or_else(|| self.era(i))
            .or_else(|| self.edged(i))
            .or_else(|| self.edge_of(i))
            .or_else(|| self.period(i))
            .or_else(|| self.shifted(i))
            .or_else(|| self.offset(i))
            .or_else(|| self.beside(i))
            .or_else(|| self.length(i))
            .or_else(|| self.phrase(i));
        if let Some((last, meaning)) = found {
            out.push(Found { first: i, last, meaning });
            self.second_year(last, out);
        }
    }

    /// The word `k` pieces after `i`, empty past the end of the sentence.
    pub fn word(&self, i: usize, k: usize) -> &'a str {
        match self.pieces.get(i + k) {
            Some(p) if !self.pieces[i + 1..=i + k].iter().any(|p| p.breaks) => &p.text,
            _ => "",
        }
    }

    /// The word before piece `i`, empty at the start of a sentence.
    pub fn before(&self, i: usize) -> &'a str {
        if i == 0 || self.pieces[i].breaks { "" } else { &self.pieces[i - 1].text }
    }

    /// Part of speech of piece `i`.
    pub fn pos(&self, i: usize) -> &'static str {
        self.pieces.get(i).map_or("", |p| self.reading.tokens[p.token].pos)
    }

    /// Fine tag of piece `i`.
    pub fn tag(&self, i: usize) -> &'static str {
        self.pieces.get(i).map_or("", |p| self.reading.tokens[p.token].tag)
    }

    /// Entity type of piece `i`.
    pub fn entity(&self, i: usize) -> &'static str {
        self.pieces.get(i).map_or("", |p| self.reading.tokens[p.token].entity_type)
    }

    /// Whether piece `i` begins with a capital.
    pub fn capital(&self, i: usize) -> bool {
        self.pieces.get(i).is_some_and(|p| p.capital)
    }

    /// Whether piece `i` stands without a space after the piece before.
    pub fn glued(&self, i: usize) -> bool {
        self.pieces.get(i).is_some_and(|p| p.glued)
    }

    /// A date without a part of day.
    pub fn date(end: usize, point: Point) -> Read {
        Some((end, Meaning::Date { point, part: None }))
    }

    /// The longest phrase at `i` and its end.
    pub fn longest<T>(&self, i: usize, list: Option<&'a Vec<Phrase<T>>>) -> Option<(usize, &'a T)> {
        list?.iter().find_map(|p| {
            let all = p.words.iter().enumerate().all(|(k, w)| self.word(i, k) == w);
            all.then_some((i + p.words.len(), &p.meaning))
        })
    }

    fn phrase(&self, i: usize) -> Read {
        let (end, (kind, value)) = self.longest(i, self.lexicon.phrases.get(self.word(i, 0)))?;
        let one = end == i + 1;
        // "in the past four years", "in the past week" are lengths.
        let goes_on = !self.word_at(end).is_empty();
        if value.ends_with("_REF")
            && goes_on
            && (self.counted(end).is_some() || self.lexicon.units.contains_key(self.word_at(end)))
        {
            return None;
        }
        // "current" as an adjective only, not "a strong current"; "future" not in a name.
        if one && self.word(i, 0) == "current" && self.pos(i) != "ADJ" {
            return None;
        }
        let named = self.capital(i) && goes_on && self.capital(end);
        if one
            && self.word(i, 0) == "future"
            && (self.before(i) == "a" && self.pos(i) == "NOUN"
                || named
                || self.capital(i) && !self.before(i).is_empty())
        {
            return None;
        }
        Some((end, Meaning::Fixed(*kind, value.clone())))
    }

    /// "13-year-old", "6 years old", "aged 44 years": an age is a figure, not a time.
    fn skip_age(&self, i: usize) -> Option<usize> {
        let (n, _) = self.number(i)?;
        let dash = |k: usize| usize::from(self.word(i, k) == "-");
        let unit = n + dash(n);
        self.lexicon.units.get(self.word(i, unit))?;
        let old = unit + 1 + dash(unit + 1);
        matches!(self.word(i, old), "old" | "olds").then_some(i + old + 1)
    }

    /// Whether a date stands in a dateline: after the place, at the start of its paragraph, before the agency or a dash.
    fn is_dateline(&self, first: usize, last: usize) -> bool {
        let paragraph = self.pieces[first].paragraph;
        let start = self.pieces[..first].iter().rev().take_while(|p| p.paragraph == paragraph).count();
        let lead = &self.pieces[first - start..first];
        let place = (2..=8).contains(&start)
            && lead[0].capital
            && lead[start - 1].text == ","
            && lead.iter().all(|p| p.capital || matches!(p.text.as_str(), "," | "." | "-" | "de" | "of"));
        let next = self.pieces.get(last).filter(|p| p.paragraph == paragraph).map_or("", |p| p.text.as_str());
        place && matches!(next, "(" | "/" | "." | "-" | "--" | "_" | ":")
    }

    /// Whether an expression is a part of a longer name: "Sunday Times", "April Jones".
    fn is_name(&self, f: &Found) -> bool {
        let checked = match &f.meaning {
            Meaning::Date { point, .. } => matches!(
                point,
                Point::Weekday { .. }
                    | Point::Month { .. }
                    | Point::Season { .. }
                    | Point::Year(_)
                    | Point::Feast { .. }
            ),
            Meaning::Set(_) => f.last == f.first + 1,
            _ => false,
        };
        if !checked {
            return false;
        }
        let (first, last) = (self.pieces[f.first].token, self.pieces[f.last - 1].token);
        let tokens = &self.reading.tokens;
        let kind = tokens[first].entity_type;
        if !matches!(kind, "PERSON" | "ORG" | "WORK_OF_ART" | "FAC" | "PRODUCT") {
            return false;
        }
        let goes_on = |i: usize| {
            tokens.get(i).is_some_and(|t| t.entity_iob == broadsheet_language::Iob::I && t.entity_type == kind)
        };
        // What follows in the same entity makes it a name; at its end the model may just have taken one word too many.
        goes_on(last + 1)
            || (kind == "PERSON"
                && !goes_on(first)
                && matches!(f.meaning, Meaning::Date { point: Point::Month { .. }, .. }))
    }
}
