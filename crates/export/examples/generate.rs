//! Makes tables of any size with the shape of real ones, to measure what reads them: `generate ROWS DIR [SEED]` writes
//! `events`, `figures` (a third as many), `actors` and `articles` as Parquet. Ten events an article; articles in the
//! order of their publication over three years; two events in three of the last days, the others of the last year.

use arrow_array::{
    ArrayRef, RecordBatch,
    builder::{
        BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, Int64Builder, ListBuilder, StringBuilder,
        TimestampMicrosecondBuilder,
    },
    new_null_array,
};
use arrow_schema::{DataType, Field};
use broadsheet_export::{Table, parquet_properties, table_schema};
use parquet::arrow::ArrowWriter;
use std::{error::Error, path::Path, sync::Arc};

const BATCH: u64 = 32_768;
const EVENTS_PER_ARTICLE: u64 = 10;
const ACTORS_PER_ARTICLE: u64 = 4;
const FIRST_DAY: i64 = 18_993; // 2022-01-01
const DAYS: u64 = 1096;
const COUNTRIES: [&str; 40] = [
    "USA", "CHN", "RUS", "GBR", "FRA", "DEU", "JPN", "IND", "UKR", "ISR", "IRN", "TUR", "KOR", "PRK", "POL", "ITA",
    "ESP", "BRA", "MEX", "CAN", "AUS", "EGY", "SAU", "SYR", "IRQ", "AFG", "PAK", "NGA", "ETH", "SDN", "ZAF", "KEN",
    "VEN", "COL", "ARG", "CUB", "VNM", "PHL", "IDN", "TWN",
];
const TYPES: [(&str, i32, f64, &str); 16] = [
    ("AGREE", 1, 2.5, "030"),
    ("CONSULT", 1, 2.5, "040"),
    ("SUPPORT", 1, 5.0, "050"),
    ("CONCEDE", 1, 4.5, "080"),
    ("COOPERATE", 2, 9.5, "060"),
    ("AID", 2, 10.0, "070"),
    ("RETREAT", 2, 6.5, "084"),
    ("REQUEST", 3, 0.0, "100"),
    ("ACCUSE", 3, -3.0, "110"),
    ("REJECT", 3, -2.0, "120"),
    ("THREATEN", 3, -3.5, "130"),
    ("SANCTION", 3, -6.0, "160"),
    ("PROTEST", 4, -5.0, "140"),
    ("MOBILIZE", 4, -5.5, "150"),
    ("COERCE", 4, -7.0, "170"),
    ("ASSAULT", 4, -9.0, "190"),
];

/// A number that follows from others: SplitMix64.
fn mixed(seed: u64, of: u64, what: u64) -> u64 {
    let mut z = seed.wrapping_add(of.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(what << 56);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number below `n`, small ones far more often, as names in the news are.
fn skewed(random: u64, n: u64) -> u64 {
    let unit = (random >> 11) as f64 / (1_u64 << 53) as f64;
    (unit.powi(3) * n as f64) as u64
}

struct World {
    seed: u64,
    articles: u64,
}

impl World {
    fn article_id(&self, article: u64) -> String {
        format!("{:016x}", mixed(self.seed, article, 1))
    }

    fn published(&self, article: u64) -> i64 {
        FIRST_DAY + (article * DAYS / self.articles) as i64
    }

    /// The `n`th actor of an article.
    fn actor(&self, article: u64, n: u64) -> u64 {
        skewed(mixed(self.seed, article * ACTORS_PER_ARTICLE + n, 2), 200_000)
    }

    fn actor_id(actor: u64) -> String {
        format!("{:016x}", mixed(7, actor, 3))
    }

    fn country(actor: u64) -> Option<&'static str> {
        (actor % 8 != 7).then(|| COUNTRIES[skewed(mixed(7, actor, 4), COUNTRIES.len() as u64) as usize])
    }

    /// The value of a column of a table in one row; nothing for what stays empty.
    fn value(&self, table: Table, column: &str, row: u64) -> Value {
        use Value::*;
        let (article, nth) = match table {
            Table::Events => (row / EVENTS_PER_ARTICLE, row % EVENTS_PER_ARTICLE),
            Table::Actors => (row / ACTORS_PER_ARTICLE, row % ACTORS_PER_ARTICLE),
            Table::Figures => (row * 3 / EVENTS_PER_ARTICLE, row % 4),
            _ => (row, 0),
        };
        let random = |what: u64| mixed(self.seed, row, 16 + what);
        let kind = TYPES[skewed(random(0), 16) as usize];
        let side = |n: u64| self.actor(article, n % ACTORS_PER_ARTICLE);
        let (from, to) = (side(random(1) % 4), side(random(2) % 4));
        match (table, column) {
            (_, "article_id") => Text(self.article_id(article)),
            (Table::Actors, "actor_id") => Text(Self::actor_id(side(nth))),
            (Table::Figures, "actor_id") => Text(Self::actor_id(from)),
            (Table::Actors, "name") => Text(format!("Actor {}", side(nth))),
            (Table::Actors, "country") => Self::country(side(nth)).map_or(Missing, |c| Text(c.to_owned())),
            (_, "event_id") if table == Table::Events => Text(format!("{:016x}", random(3))),
            (_, "event_date" | "date") => {
                let back = if random(4) % 3 < 2 { random(5) % 3 } else { skewed(random(5), 365) };
                Day((self.published(article) - back as i64) as i32)
            }
            (_, "event_type") => Text(kind.0.to_owned()),
            (_, "quad_class") => Int(kind.1),
            (_, "plover_score") => Float(kind.2),
            (_, "cameo_code") => Text(kind.3.to_owned()),
            (_, "goldstein") => Float(kind.2),
            (_, "status") => Text(if random(6) % 5 == 0 { "planned" } else { "actual" }.to_owned()),
            (_, "actor_id") => Text(Self::actor_id(from)),
            (_, "actor_name") => Text(format!("Actor {from}")),
            (_, "actor_country") => Self::country(from).map_or(Missing, |c| Text(c.to_owned())),
            (_, "recipient_id") => Text(Self::actor_id(to)),
            (_, "recipient_name") => Text(format!("Actor {to}")),
            (_, "recipient_country") => Self::country(to).map_or(Missing, |c| Text(c.to_owned())),
            (_, "figure_id") => Text(format!("{:016x}", random(3))),
            (_, "domain" | "publisher") => Text(format!("paper{}.example", skewed(mixed(self.seed, article, 5), 3000))),
            (_, "duplicate_of") if article % 9 == 8 => Text(self.article_id(article - 8)),
            (_, "published_at") => Instant(self.published(article) * 86_400_000_000),
            (_, "value" | "confidence") => Float((random(7) % 1000) as f64),
            (_, "start" | "mentions" | "sentence") => Int((random(8) % 30) as i32),
            (_, "end" | "words" | "sentence_end") => Int((random(8) % 30) as i32 + 9),
            (_, "frame" | "trigger") => Text(format!("{}.{}", kind.0.to_lowercase(), random(9) % 400)),
            _ => Missing,
        }
    }
}

enum Value {
    Missing,
    Text(String),
    Int(i32),
    Float(f64),
    Day(i32),
    Instant(i64),
}

fn column(world: &World, table: Table, field: &Field, rows: std::ops::Range<u64>) -> ArrayRef {
    let values = || rows.clone().map(|row| world.value(table, field.name(), row));
    let n = (rows.end - rows.start) as usize;
    macro_rules! build {
        ($builder:expr, $variant:ident, $empty:expr) => {{
            let mut builder = $builder;
            for value in values() {
                match value {
                    Value::$variant(value) => builder.append_value(value),
                    _ if field.is_nullable() => builder.append_null(),
                    _ => builder.append_value($empty),
                }
            }
            Arc::new(builder.finish())
        }};
    }
    match field.data_type() {
        DataType::Utf8 => build!(StringBuilder::new(), Text, "-"),
        DataType::Int32 => build!(Int32Builder::new(), Int, 0),
        DataType::Float64 => build!(Float64Builder::new(), Float, 0.0),
        DataType::Date32 => build!(Date32Builder::new(), Day, 0),
        DataType::Timestamp(..) => {
            build!(TimestampMicrosecondBuilder::new().with_timezone("UTC"), Instant, 0)
        }
        DataType::Int64 if !field.is_nullable() => {
            let mut builder = Int64Builder::new();
            rows.for_each(|row| builder.append_value(row as i64));
            Arc::new(builder.finish())
        }
        DataType::Boolean => {
            let mut builder = BooleanBuilder::new();
            builder.append_n(n, false);
            Arc::new(builder.finish())
        }
        DataType::List(item) => {
            let mut builder = ListBuilder::new(StringBuilder::new()).with_field(item.clone());
            rows.for_each(|_| builder.append(true));
            Arc::new(builder.finish())
        }
        other => new_null_array(other, n),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let (rows, dir) = (args.get(1).ok_or("generate ROWS DIR [SEED]")?.parse::<u64>()?, Path::new(&args[2]));
    let seed = args.get(3).map_or(Ok(1), |seed| seed.parse())?;
    std::fs::create_dir_all(dir)?;
    let world = World { seed, articles: rows.div_ceil(EVENTS_PER_ARTICLE) };
    let tables = [
        (Table::Events, rows),
        (Table::Figures, rows / 3),
        (Table::Actors, world.articles * ACTORS_PER_ARTICLE),
        (Table::Articles, world.articles),
    ];
    std::thread::scope(|scope| {
        let write = |(table, rows): (Table, u64)| -> Result<(), String> {
            let schema = table_schema(table);
            let path = dir.join(format!("{table}.parquet"));
            let file = std::fs::File::create(&path).map_err(|e| e.to_string())?;
            let mut file = ArrowWriter::try_new(file, schema.clone(), Some(parquet_properties(table)))
                .map_err(|e| e.to_string())?;
            for start in (0..rows).step_by(BATCH as usize) {
                let range = start..(start + BATCH).min(rows);
                let columns = schema.fields().iter().map(|f| column(&world, table, f, range.clone())).collect();
                let batch = RecordBatch::try_new(schema.clone(), columns).map_err(|e| e.to_string())?;
                file.write(&batch).map_err(|e| e.to_string())?;
            }
            file.finish().map(|_| ()).map_err(|e| e.to_string())
        };
        let threads: Vec<_> = tables.into_iter().map(|table| scope.spawn(move || write(table))).collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a thread failed".to_owned())?)
    })?;
    Ok(())
}
