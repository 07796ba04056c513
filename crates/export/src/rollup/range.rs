//! A range is a run of days that is worked on at once: whole periods of the rollup, with no more than a bounded number of
//! events where the periods allow it.

use super::{Files, cols, happened, stream};
use crate::{Table, batch::date_of_days};
use polars::prelude::*;
use std::ops::RangeInclusive;

/// Days since the first day of Unix time.
pub(super) type Days = RangeInclusive<i32>;

/// The ranges of a rollup in order; together they hold every event that counts.
pub(super) fn ranges(table: Table, files: &Files, rows: u64) -> PolarsResult<Vec<Days>> {
    let days = happened(files)?
        .select(cols(&["event_date"]))
        .group_by(cols(&["event_date"]))
        .agg([len().cast(DataType::Int64).alias("events")])
        .sort(["event_date"], SortMultipleOptions::default())
        .with_columns([col("event_date").cast(DataType::Int32)]);
    let days = stream(days)?;
    let counts = days.column("event_date")?.i32()?.iter().zip(days.column("events")?.i64()?.iter());
    let counts = counts.filter_map(|(day, events)| Some((day?, u64::try_from(events?).ok()?)));
    Ok(cut(counts, |day| period(table, day), rows))
}

/// Cuts days with their counts where a period begins and the range so far and the period would have too many rows.
fn cut(days: impl Iterator<Item = (i32, u64)>, period: impl Fn(i32) -> i32, rows: u64) -> Vec<Days> {
    // 1. Days to periods: first day, last day, rows.
    let mut periods: Vec<(Days, u64)> = Vec::new();
    for (day, count) in days {
        match periods.last_mut() {
            Some((days, sum)) if period(*days.start()) == period(day) => {
                (*days, *sum) = (*days.start()..=day, *sum + count);
            }
            _ => periods.push((day..=day, count)),
        }
    }
    // 2. Periods to ranges.
    let mut ranges: Vec<(Days, u64)> = Vec::new();
    for (days, count) in periods {
        match ranges.last_mut() {
            Some((range, sum)) if *sum + count <= rows => (*range, *sum) = (*range.start()..=*days.end(), *sum + count),
            _ => ranges.push((days, count)),
        }
    }
    ranges.into_iter().map(|(days, _)| days).collect()
}

/// The number of the period that a day lies in.
fn period(table: Table, day: i32) -> i32 {
    match table {
        Table::CountryDyadMonths => {
            date_of_days(day).map_or(0, |date| i32::from(date.year()) * 12 + i32::from(date.month()))
        }
        // Weeks begin on Monday; day 0 was a Thursday.
        Table::EventTypeWeeks => (day + 3).div_euclid(7),
        _ => day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_whole_periods_and_no_more_rows_than_they_must() {
        let days = || [(0, 4), (3, 4), (4, 4), (9, 1), (40, 9), (41, 1)].into_iter();
        assert_eq!(cut(days(), |day| day, 8), [0..=3, 4..=9, 40..=40, 41..=41]);
        assert_eq!(cut(days(), |day| period(Table::EventTypeWeeks, day), 8), [0..=3, 4..=9, 40..=41]);
        assert_eq!(cut(days(), |day| period(Table::CountryDyadMonths, day), 100), [0..=41]);
        assert_eq!(cut([].into_iter(), |day| day, 8), Vec::<Days>::new());
    }
}
