//! An expression is what a run of pieces says about time, before it is put on the calendar.

use super::lexicon::{Feast, Unit};
use crate::TimeType;

/// The year of a date that may leave it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Year {
    /// Not said.
    Open,
    /// Said.
    Given(i16),
    /// "last year": years from the year of publication.
    FromNow(i32),
    /// "last May 3": the last (-1), this (0) or next (1) one, counted from publication.
    Nearest(i32),
    /// "that year": years from where the story is.
    FromStory(i32),
}

/// Which of the days with one name is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Not said.
    Open,
    /// "this Friday".
    This,
    /// "last Friday": before publication.
    Last,
    /// "next Friday": in the calendar week after publication.
    Next,
    /// "the coming Friday": the first after publication.
    Coming,
    /// "the previous Friday": before the day that the story is at.
    Before,
    /// "the following Friday": after the day that the story is at.
    After,
    /// "Friday of next week": weeks from publication.
    Week(i32),
}

/// A point or period of the calendar as it is said.
#[derive(Debug, Clone, PartialEq)]
pub enum Point {
    /// "August 23".
    Day { year: Year, month: i8, day: i8 },
    /// "August".
    Month { year: Year, month: i8 },
    /// "1998".
    Year(i16),
    /// "the 1990s", by its first year.
    Decade(i16),
    /// "the 20th century", by its first two digits.
    Century(i16),
    /// "Friday", "last Friday", "Friday of next week", by its ISO number.
    Weekday { day: i32, turn: Turn },
    /// "the third quarter".
    Quarter { year: Year, quarter: i32 },
    /// "the first half of 2025".
    Half { year: Year, half: i32 },
    /// "summer", by its code.
    Season { year: Year, shift: Option<i32>, code: String },
    /// "last week", "three years ago", "two days later".
    Unit { unit: Unit, by: i32, story: bool },
    /// "two days before Christmas": a day, and the days from it.
    Beside { days: i32, of: Box<Point> },
    /// "the weekend".
    Weekend { shift: Option<i32> },
    /// "the week of March 6".
    WeekOf(Box<Point>),
    /// "Thanksgiving".
    Feast { feast: Feast, year: Year, shift: Option<i32> },
}

/// What an expression means.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// A date, or a part of the day on a date ("MO").
    Date { point: Point, part: Option<String> },
    /// A time of the clock; the date is found beside it where the expression itself has none.
    Clock { clock: String, point: Option<Point> },
    /// A length; counted back from publication (-1), ahead of it (1), or neither (0).
    Length { value: String, months: i32, days: i32, side: i32 },
    /// "days later": a date after that of the story, by no counted step.
    Later,
    /// The day of the dispatch in a dateline: "LONDON, Aug 23 (Reuters) -".
    Dateline(Point),
    /// A repeated time.
    Set(String),
    /// Anything whose value needs no calendar.
    Fixed(TimeType, String),
}

/// An expression with its pieces.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// First piece.
    pub first: usize,
    /// One past the last piece.
    pub last: usize,
    /// What it means.
    pub meaning: Meaning,
}
