//! A table is a name, a description and its columns in order; a row type with its columns is the one definition from
//! which files, documentation and `broadsheet schema` follow.

pub(crate) mod actor_days;
pub(crate) mod actors;
pub(crate) mod articles;
pub(crate) mod country_dyad_months;
pub(crate) mod dyad_days;
pub(crate) mod event_type_weeks;
pub(crate) mod events;
pub(crate) mod figures;
pub(crate) mod mentions;
pub(crate) mod quotes;
pub(crate) mod rejects;
pub(crate) mod times;
pub(crate) mod tokens;

use crate::{
    ExportError,
    column::{Column, ColumnSpec},
    document::Page,
};
use broadsheet_ingest::Reject;
use std::{fmt, str::FromStr};

/// A row type: it knows its table's description and its columns.
pub(crate) trait Row: Sized {
    /// What one row of the table stands for.
    const DESCRIPTION: &'static str;

    /// The columns in order.
    fn columns() -> Vec<Column<Self>>;
}

/// What takes the rows of one table.
pub(crate) trait Sink {
    /// Takes rows in order.
    fn write<R: Row>(&mut self, rows: impl Iterator<Item = R>) -> Result<(), ExportError>;
}

/// Lays out what documents and rejects hold for a table.
pub(crate) fn lay_out(
    table: Table,
    pages: &[Page<'_>],
    rejects: &[&Reject],
    sink: &mut impl Sink,
) -> Result<(), ExportError> {
    match table {
        Table::Rejects => sink.write(rejects.iter().map(|reject| rejects::RejectRow(reject))),
        Table::Articles => sink.write(pages.iter().flat_map(articles::rows)),
        Table::Actors => sink.write(pages.iter().flat_map(actors::rows)),
        Table::Mentions => sink.write(pages.iter().flat_map(mentions::rows)),
        Table::Events => sink.write(pages.iter().flat_map(events::rows)),
        Table::Figures => sink.write(pages.iter().flat_map(figures::rows)),
        Table::Times => sink.write(pages.iter().flat_map(times::rows)),
        Table::Quotes => sink.write(pages.iter().flat_map(quotes::rows)),
        Table::Tokens => sink.write(pages.iter().flat_map(tokens::rows)),
        // Rollups are computed at the end, from the other tables.
        Table::DyadDays | Table::ActorDays | Table::CountryDyadMonths | Table::EventTypeWeeks => Ok(()),
    }
}

/// The tables, in the order in which they are documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// One row per article.
    Articles,
    /// One row per actor per article.
    Actors,
    /// One row per place that refers to an actor.
    Mentions,
    /// One row per actor-recipient pair per event.
    Events,
    /// One row per quantity.
    Figures,
    /// One row per time expression.
    Times,
    /// One row per reported statement.
    Quotes,
    /// One row per token; only when asked for.
    Tokens,
    /// One row per input that could not be used; always written.
    Rejects,
    /// Events per country pair, day and type.
    DyadDays,
    /// Events and mentions per actor and day.
    ActorDays,
    /// Events per country pair and month; only when asked for.
    CountryDyadMonths,
    /// Events per type and week; only when asked for.
    EventTypeWeeks,
}

/// What is known of a table without its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSpec {
    /// The table.
    pub table: Table,
    /// What one row stands for.
    pub description: &'static str,
    /// The columns in order.
    pub columns: Vec<ColumnSpec>,
}

impl Table {
    /// All tables.
    pub const ALL: [Table; 13] = [
        Table::Articles,
        Table::Actors,
        Table::Mentions,
        Table::Events,
        Table::Figures,
        Table::Times,
        Table::Quotes,
        Table::Tokens,
        Table::Rejects,
        Table::DyadDays,
        Table::ActorDays,
        Table::CountryDyadMonths,
        Table::EventTypeWeeks,
    ];

    /// What is written where nothing else is asked for: all but `tokens`, `country_dyad_months` and `event_type_weeks`.
    pub fn default_set() -> Vec<Table> {
        let asked = [Table::Tokens, Table::CountryDyadMonths, Table::EventTypeWeeks];
        Self::ALL.into_iter().filter(|table| !asked.contains(table)).collect()
    }

    /// Reads a list such as `events,figures`; `all` stands for every table and `default` for [`Table::default_set`].
    pub fn parse_list(list: &str) -> Result<Vec<Table>, ExportError> {
        let mut tables = Vec::new();
        for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            match name {
                "all" => tables.extend(Self::ALL),
                "default" => tables.extend(Self::default_set()),
                name => tables.push(name.parse()?),
            }
        }
        tables.sort_unstable();
        tables.dedup();
        Ok(tables)
    }

    /// The table's name, which is also the stem of its files' names.
    pub fn name(self) -> &'static str {
        match self {
            Table::Articles => "articles",
            Table::Actors => "actors",
            Table::Mentions => "mentions",
            Table::Events => "events",
            Table::Figures => "figures",
            Table::Times => "times",
            Table::Quotes => "quotes",
            Table::Tokens => "tokens",
            Table::Rejects => "rejects",
            Table::DyadDays => "dyad_days",
            Table::ActorDays => "actor_days",
            Table::CountryDyadMonths => "country_dyad_months",
            Table::EventTypeWeeks => "event_type_weeks",
        }
    }

    /// The table's definition.
    pub fn spec(self) -> TableSpec {
        let (description, columns) = match self {
            Table::Articles => specs::<articles::ArticleRow>(),
            Table::Actors => specs::<actors::ActorRow>(),
            Table::Mentions => specs::<mentions::MentionRow>(),
            Table::Events => specs::<events::EventRow>(),
            Table::Figures => specs::<figures::FigureRow>(),
            Table::Times => specs::<times::TimeRow>(),
            Table::Quotes => specs::<quotes::QuoteRow>(),
            Table::Tokens => specs::<tokens::TokenRow>(),
            Table::Rejects => specs::<rejects::RejectRow>(),
            Table::DyadDays => specs::<dyad_days::DyadDay>(),
            Table::ActorDays => specs::<actor_days::ActorDay>(),
            Table::CountryDyadMonths => specs::<country_dyad_months::CountryDyadMonth>(),
            Table::EventTypeWeeks => specs::<event_type_weeks::EventTypeWeek>(),
        };
        TableSpec { table: self, description, columns }
    }
}

fn specs<R: Row>() -> (&'static str, Vec<ColumnSpec>) {
    (R::DESCRIPTION, R::columns().iter().map(|column| column.spec).collect())
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Table {
    type Err = ExportError;

    fn from_str(name: &str) -> Result<Self, ExportError> {
        Self::ALL.into_iter().find(|table| table.name() == name).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|table| table.name()).collect();
            ExportError::new(format!("no table `{name}`"), format!("the tables are {}", names.join(", ")), None)
        })
    }
}
