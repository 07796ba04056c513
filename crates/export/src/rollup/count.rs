//! What is counted: groups of events, the score of their events, and the articles and publishers that tell them.
//!
//! Every aggregate is one that does not depend on the order of the rows, which a parallel engine does not keep: counts,
//! minima, and sums of integers. Scores are therefore summed in thousandths.

use super::{Dedup, Files, cols, happened, range::Days, scan, stream};
use polars::prelude::*;

/// One range of the events that count.
pub(super) struct Source<'f> {
    pub files: &'f Files,
    pub dedup: Dedup,
    pub days: Days,
}

/// Names that the tables don't have.
const UNIT: &str = "event_id";
const STORY: &str = "story";
const SCORE: &str = "score";

impl Source<'_> {
    /// Counts per day, pair of countries and type.
    pub fn dyad_days(&self) -> PolarsResult<DataFrame> {
        let keys = ["day", "actor_country", "recipient_country", "event_type", "quad_class"];
        self.count(&keys, self.dyads()?)
    }

    /// Counts per month and pair of countries.
    pub fn dyad_months(&self) -> PolarsResult<DataFrame> {
        let month = (col("event_date").dt().year() * lit(12) + col("event_date").dt().month().cast(DataType::Int32)
            - lit(1))
        .alias("month");
        self.count(&["month", "actor_country", "recipient_country"], self.dyads()?.with_columns([month]))
    }

    /// Counts per week and type, whether or not a country is known.
    pub fn type_weeks(&self) -> PolarsResult<DataFrame> {
        // Weeks begin on Monday; day 0 was a Thursday. The shift makes the cast, which cuts towards zero, round down for
        // days before 1970 too.
        let shift = 1_000_000_i32;
        let week = (((col("day") + lit(3 + 7 * shift)).cast(DataType::Float64) / lit(7.0)).cast(DataType::Int32)
            - lit(shift))
        .alias("week");
        self.count(&["week", "event_type", "quad_class"], self.events()?.with_columns([week]))
    }

    /// Counts per day and actor, with what is known of the actor.
    pub fn actor_days(&self) -> PolarsResult<DataFrame> {
        let keys = cols(&["day", "actor_id"]);
        let side = |actor: &str| -> PolarsResult<LazyFrame> {
            let columns = cols(&["day", "article_id", "unit_actor", "unit_recipient", "event_type", UNIT]);
            let events = self
                .events()?
                .with_columns([col("actor_id").alias("unit_actor"), col("recipient_id").alias("unit_recipient")]);
            let columns = [columns, vec![col(actor).alias("actor_id")]].concat();
            Ok(events.filter(col(actor).is_not_null()).select(columns))
        };
        let sides = || concat([side("actor_id")?, side("recipient_id")?], UnionArgs::default());
        // 1. Events.
        let unit: &[&str] = match self.dedup {
            Dedup::None => &[UNIT],
            Dedup::OneADay => &["unit_actor", "unit_recipient", "event_type"],
        };
        let counted = sides()?
            .group_by([keys.clone(), cols(unit)].concat())
            .agg([len().alias("reports")])
            .group_by(keys.clone())
            .agg([len().cast(DataType::Int64).alias("events")])
            .sort(["day", "actor_id"], SortMultipleOptions::default());
        let counted = stream(counted)?;
        // 2. The articles that tell them, and what they call the actor. Of the actors only those of these articles are
        // held in memory.
        let told = || Ok::<_, PolarsError>(sides()?.select(cols(&["day", "actor_id", "article_id"])));
        let told = told()?.group_by(cols(&["day", "actor_id", "article_id"])).agg([len().alias("reports")]);
        let told = stream(told)?;
        let in_article = cols(&["article_id", "actor_id"]);
        let pairs = told.clone().lazy().select(in_article.clone());
        let named = scan(&self.files.actors)?
            .select(
                [cols(&["article_id", "actor_id", "name", "country"]), vec![col("mentions").cast(DataType::Int64)]]
                    .concat(),
            )
            .join(pairs, in_article.clone(), in_article.clone(), JoinArgs::new(JoinType::Semi))
            .group_by(in_article.clone())
            .agg([col("name").min(), col("country").min(), col("mentions").sum()]);
        let named = self
            .stories(told.lazy())?
            .join(named, in_article.clone(), in_article, JoinArgs::new(JoinType::Left))
            .group_by(keys)
            .agg([
                col("name").min(),
                col("country").min(),
                col("mentions").sum(),
                col(STORY).n_unique().cast(DataType::Int64).alias("articles"),
            ])
            .sort(["day", "actor_id"], SortMultipleOptions::default())
            .select(cols(&["name", "country", "mentions", "articles"]));
        join_rows(counted, stream(named)?)
    }

    /// The events of the range; `day` is the date as a number.
    fn events(&self) -> PolarsResult<LazyFrame> {
        let day = |day: i32| lit(day).cast(DataType::Date);
        let inside =
            col("event_date").gt_eq(day(*self.days.start())).and(col("event_date").lt_eq(day(*self.days.end())));
        Ok(happened(self.files)?.filter(inside).with_columns([col("event_date").cast(DataType::Int32).alias("day")]))
    }

    /// Those where a country is known.
    fn dyads(&self) -> PolarsResult<LazyFrame> {
        Ok(self.events()?.filter(col("actor_country").is_not_null().or(col("recipient_country").is_not_null())))
    }

    /// Counts `events` by `keys`: first what is one event, then what tells it.
    fn count(&self, keys: &[&str], events: LazyFrame) -> PolarsResult<DataFrame> {
        let score = thousandths(col("plover_score") * lit(1000.0)).alias(SCORE);
        let mean = col(SCORE).sum().cast(DataType::Float64) / len().cast(DataType::Float64);
        let unit: &[&str] = match self.dedup {
            // An event may have several pairs of actors of the same two countries.
            Dedup::None => &[UNIT],
            Dedup::OneADay => &["day", "actor_id", "recipient_id", "event_type"],
        };
        let mut of_unit = keys.to_vec();
        of_unit.extend(unit.iter().filter(|name| !keys.contains(name)));
        let quad = |n: i32| col("quad_class").eq(lit(n)).cast(DataType::Int64).sum().alias(format!("quad_{n}"));
        let scored = vec![thousandths(mean).alias(SCORE), col("quad_class").min().alias("quad")];
        let counted = events
            .clone()
            .with_columns([score])
            .group_by(cols(&of_unit))
            .agg(scored)
            .rename(["quad"], [if keys.contains(&"quad_class") { "quad" } else { "quad_class" }], true)
            .group_by(cols(keys))
            .agg(
                [
                    vec![len().cast(DataType::Int64).alias("events"), col(SCORE).sum()],
                    if keys.contains(&"quad_class") { vec![] } else { [1, 2, 3, 4].map(quad).to_vec() },
                ]
                .concat(),
            )
            .sort(keys.iter().copied().map(PlSmallStr::from_str).collect::<Vec<_>>(), SortMultipleOptions::default());
        let mut told_by = keys.to_vec();
        told_by.push("article_id");
        let told = stream(events.group_by(cols(&told_by)).agg([len().alias("reports")]))?;
        let evidence = self
            .stories(told.lazy())?
            .group_by(cols(keys))
            .agg([
                col(STORY).n_unique().cast(DataType::Int64).alias("articles"),
                col("publisher").drop_nulls().n_unique().cast(DataType::Int64).alias("publishers"),
            ])
            .sort(keys.iter().copied().map(PlSmallStr::from_str).collect::<Vec<_>>(), SortMultipleOptions::default())
            .select(cols(&["articles", "publishers"]));
        join_rows(stream(counted)?, stream(evidence)?)
    }

    /// Adds the publisher and the story of each article: the article itself or, where copies count once, its original. Of
    /// the articles only those that are asked for are held in memory.
    fn stories(&self, told: LazyFrame) -> PolarsResult<LazyFrame> {
        let id = || [col("article_id")];
        let story = match self.dedup {
            Dedup::None => col("article_id"),
            Dedup::OneADay => coalesce(&[col("duplicate_of"), col("article_id")]),
        };
        let articles = scan(&self.files.articles)?
            .select([
                col("article_id"),
                col("publisher").fill_null(col("domain")).alias("publisher"),
                story.alias(STORY),
            ])
            .join(told.clone().select(id()), id(), id(), JoinArgs::new(JoinType::Semi));
        Ok(told.join(articles, id(), id(), JoinArgs::new(JoinType::Left)).with_columns([
            // Where the article itself is not there, it stands for itself.
            coalesce(&[col(STORY), col("article_id")]).alias(STORY),
        ]))
    }
}

/// A score in thousandths, rounded. The shift makes the cast, which cuts towards zero, do it for negative scores too.
fn thousandths(score: Expr) -> Expr {
    (score + lit(1_000_000.5)).cast(DataType::Int64) - lit(1_000_000_i64)
}

/// Puts the columns of two frames with the same groups in the same order side by side.
fn join_rows(left: DataFrame, right: DataFrame) -> PolarsResult<DataFrame> {
    let mut left = left;
    polars_ensure!(left.height() == right.height(), ComputeError: "groups differ in number");
    left.hstack_mut(right.columns())?;
    Ok(left)
}
