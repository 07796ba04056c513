//! A rollup is a table computed from other tables. Polars streams the staged Parquet files, so that only the groups are
//! held in memory; the rows are then written like those of any other table.

use crate::{
    ExportError, Table,
    batch::date_of_days,
    tables::{actor_days::ActorDay, dyad_days::DyadDay},
    writer::TableWriter,
};
use polars::prelude::*;
use std::path::{Path, PathBuf};

/// The tables that are rollups.
pub(crate) const ROLLUPS: [Table; 2] = [Table::DyadDays, Table::ActorDays];

/// The tables that the rollups among `tables` are computed from.
pub(crate) fn inputs(tables: &[Table]) -> Vec<Table> {
    let dyads: &[Table] = if tables.contains(&Table::DyadDays) { &[Table::Events, Table::Articles] } else { &[] };
    let actors: &[Table] = if tables.contains(&Table::ActorDays) { &[Table::Events, Table::Actors] } else { &[] };
    [dyads, actors].concat()
}

/// Fills the writer of a rollup; `staged` tells where a table's Parquet file is.
pub(crate) fn compute(
    writer: &mut TableWriter,
    staged: &dyn Fn(Table) -> Result<PathBuf, ExportError>,
) -> Result<(), ExportError> {
    let table = writer.table();
    let failed = |e: PolarsError| ExportError::new(format!("cannot compute `{table}`"), e.to_string(), None);
    let events = staged(Table::Events)?;
    match table {
        Table::DyadDays => {
            let frame = dyad_days(&events, &staged(Table::Articles)?).map_err(failed)?;
            writer.write(dyad_rows(&frame).map_err(failed)?)
        }
        Table::ActorDays => {
            let frame = actor_days(&events, &staged(Table::Actors)?).map_err(failed)?;
            writer.write(actor_rows(&frame).map_err(failed)?)
        }
        _ => Ok(()),
    }
}

fn scan(path: &Path) -> PolarsResult<LazyFrame> {
    let args = ScanArgsParquet { glob: false, ..ScanArgsParquet::default() };
    LazyFrame::scan_parquet(PlRefPath::try_from_path(path)?, args)
}

fn cols<const N: usize>(names: [&str; N]) -> Vec<Expr> {
    names.iter().map(|name| col(*name)).collect()
}

fn stream(query: LazyFrame) -> PolarsResult<DataFrame> {
    // One query without sinks gives one frame.
    Ok(query.collect_with_engine(Engine::Streaming)?.unwrap_single())
}

/// Events that happened and have a date.
fn happened(events: &Path) -> PolarsResult<LazyFrame> {
    let status = col("status").eq(lit("actual")).or(col("status").eq(lit("historical")));
    Ok(scan(events)?.filter(status.and(col("event_date").is_not_null())))
}

fn dyad_days(events: &Path, articles: &Path) -> PolarsResult<DataFrame> {
    let keys = ["event_date", "actor_country", "recipient_country", "event_type", "quad_class"];
    let publishers =
        scan(articles)?.select([col("article_id"), col("publisher").fill_null(col("domain")).alias("publisher")]);
    // Sums of floats depend on their order, which a parallel engine does not keep; sums of integers do not. The offset
    // makes the cast round to the nearest thousandth for negative scores too.
    let score = ((col("plover_score") * lit(1000.0) + lit(1_000_000.5)).cast(DataType::Int64) - lit(1_000_000_i64))
        .alias("score");
    let query = happened(events)?
        .filter(col("actor_country").is_not_null().or(col("recipient_country").is_not_null()))
        .with_columns([score])
        // An event may have several pairs of actors of the same two countries.
        .group_by([cols(keys), cols(["event_id"])].concat())
        .agg([col("article_id").first(), col("score").first()])
        .join(publishers, [col("article_id")], [col("article_id")], JoinArgs::new(JoinType::Left))
        .group_by(cols(keys))
        .agg([
            len().cast(DataType::Int64).alias("events"),
            col("article_id").n_unique().cast(DataType::Int64).alias("articles"),
            col("publisher").drop_nulls().n_unique().cast(DataType::Int64).alias("publishers"),
            col("score").sum(),
        ])
        .sort(keys, SortMultipleOptions::default())
        .with_columns([col("event_date").cast(DataType::Int32)]);
    stream(query)
}

fn actor_days(events: &Path, actors: &Path) -> PolarsResult<DataFrame> {
    let side = |actor: &str| -> PolarsResult<LazyFrame> {
        let columns = [col("event_date"), col("article_id"), col("event_id"), col(actor).alias("actor_id")];
        Ok(happened(events)?.filter(col(actor).is_not_null()).select(columns))
    };
    let sides = concat([side("actor_id")?, side("recipient_id")?], UnionArgs::default())?;
    let in_article = ["article_id", "actor_id"];
    let named = scan(actors)?.group_by(cols(in_article)).agg([
        col("name").min(),
        col("country").min(),
        col("mentions").cast(DataType::Int64).sum(),
    ]);
    let keys = ["event_date", "actor_id"];
    let query = sides
        .group_by(cols(["event_date", "article_id", "actor_id"]))
        .agg([col("event_id").n_unique().cast(DataType::Int64).alias("events")])
        .join(named, cols(in_article), cols(in_article), JoinArgs::new(JoinType::Left))
        .group_by(cols(keys))
        .agg([
            col("name").min(),
            col("country").min(),
            col("mentions").sum(),
            len().cast(DataType::Int64).alias("articles"),
            col("events").sum(),
        ])
        .sort(keys, SortMultipleOptions::default())
        .with_columns([col("event_date").cast(DataType::Int32)]);
    stream(query)
}

fn dyad_rows(frame: &DataFrame) -> PolarsResult<impl Iterator<Item = DyadDay>> {
    let (date, quad) = (frame.column("event_date")?.i32()?, frame.column("quad_class")?.i32()?);
    let (actor, recipient) = (frame.column("actor_country")?.str()?, frame.column("recipient_country")?.str()?);
    let (kind, score) = (frame.column("event_type")?.str()?, frame.column("score")?.i64()?);
    let (events, articles) = (frame.column("events")?.i64()?, frame.column("articles")?.i64()?);
    let publishers = frame.column("publishers")?.i64()?;
    Ok((0..frame.height()).filter_map(move |i| {
        let events = events.get(i)?;
        Some(DyadDay {
            event_date: date.get(i).and_then(date_of_days)?,
            actor_country: actor.get(i).map(str::to_owned),
            recipient_country: recipient.get(i).map(str::to_owned),
            event_type: kind.get(i)?.to_owned(),
            quad_class: u32::try_from(quad.get(i)?).ok()?,
            events,
            articles: articles.get(i)?,
            publishers: publishers.get(i)?,
            mean_plover_score: score.get(i)? as f64 / 1000.0 / events as f64,
        })
    }))
}

fn actor_rows(frame: &DataFrame) -> PolarsResult<impl Iterator<Item = ActorDay>> {
    let (date, actor) = (frame.column("event_date")?.i32()?, frame.column("actor_id")?.str()?);
    let (name, country) = (frame.column("name")?.str()?, frame.column("country")?.str()?);
    let (mentions, articles) = (frame.column("mentions")?.i64()?, frame.column("articles")?.i64()?);
    let events = frame.column("events")?.i64()?;
    Ok((0..frame.height()).filter_map(move |i| {
        Some(ActorDay {
            event_date: date.get(i).and_then(date_of_days)?,
            actor_id: actor.get(i)?.to_owned(),
            name: name.get(i)?.to_owned(),
            country: country.get(i).map(str::to_owned),
            mentions: mentions.get(i)?,
            articles: articles.get(i)?,
            events: events.get(i)?,
        })
    }))
}
