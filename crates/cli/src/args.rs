//! The command line.

use broadsheet_pipeline::export::{Dedup, FileFormat, SchemaFormat, Table};
use broadsheet_pipeline::ingest::{self, Mapping, Pattern};
use clap::{Args, Parser, Subcommand, builder::NonEmptyStringValueParser};
use jiff::civil::Date;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  A folder of articles, to tables in `out/`:
    broadsheet export articles/ --out out

  A crawl in JSON Lines, Parquet only, on two cores:
    broadsheet export 'crawl/*.jsonl.gz' --out out --format parquet --jobs 2

  A table, with its columns named, only what was published in May:
    broadsheet export news.parquet --out out --map text=body,title=headline --since 2026-05-01 --until 2026-05-31

  From another program:
    curl -s https://example.org/feed.jsonl | broadsheet export - --out out

  One article, to look at:
    broadsheet show article.html

  What the columns mean:
    broadsheet schema events

Inputs are files, folders (walked), globs, `-` for standard input or URLs (http, https, s3, gs, az): text, Markdown, HTML,
JSON and JSON Lines, WARC, RSS, Atom, NITF, NewsML-G2, mail, CSV, TSV, Parquet and Arrow, each also as .gz or .zst, in .zip
or .tar. Exit status: 0 done, 1 could not run, 2 wrong usage, 3 done but something was refused (--strict).";

#[cfg(feature = "store")]
const STATUSES: &str = "\
Exit status:
  0  done
  1  could not run, or not go on: what was committed stays, and the next run goes on from there
  2  wrong usage, or a configuration that cannot be right
  3  done, but an input was refused or a source is not there (`strict = true`)
  4  another process holds the store
  5  the time limit was reached with work left; what was done is committed";

/// News articles in, analysis-ready tables out: actors, events and figures, each row pointing at its evidence.
#[derive(Debug, Parser)]
#[command(name = "broadsheet", version, after_help = EXAMPLES, max_term_width = 120)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read articles and write the tables
    #[command(after_help = EXAMPLES)]
    Export(ExportArgs),
    /// Count events per day, week and month: dyad_days, actor_days, country_dyad_months, event_type_weeks
    Rollup(RollupArgs),
    /// Print the tables and their columns
    Schema(SchemaArgs),
    /// Print what one article gives: actors, events, figures, times and quotes with their evidence
    Show(ShowArgs),
    /// Write a commented configuration for `run`
    #[cfg(feature = "store")]
    Init(InitArgs),
    /// Add what is new to a store of Delta tables, exactly once, as a configuration says
    #[cfg(feature = "store")]
    #[command(after_help = STATUSES)]
    Run(RunArgs),
    /// Merge the small files that many runs leave in a store
    #[cfg(feature = "store")]
    Compact(CompactArgs),
    /// Remove files from a store that no version of late refers to
    #[cfg(feature = "store")]
    Vacuum(VacuumArgs),
    /// Take articles out of a store, and keep them out
    #[cfg(feature = "store")]
    Withdraw(WithdrawArgs),
    /// Check the lexicons that are built in: duplicates, unknown codes, entries that can never match
    #[command(hide = true)]
    Audit,
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Files, folders, globs, URLs, or `-` for standard input
    #[arg(required = true, value_name = "INPUT", value_parser = NonEmptyStringValueParser::new())]
    pub inputs: Vec<String>,
    /// Folder to write the tables to; what it held before stays untouched until the run is complete
    #[arg(short, long, value_name = "DIR")]
    pub out: PathBuf,
    /// File formats: parquet, csv, jsonl, sqlite, duckdb, gdelt, polecat
    #[arg(short, long, value_delimiter = ',', default_value = "parquet,csv")]
    pub format: Vec<FileFormat>,
    /// Tables to write [default: all but tokens, country_dyad_months and event_type_weeks]
    #[arg(short, long, value_delimiter = ',', value_name = "TABLE")]
    pub tables: Vec<Table>,
    /// Threads; the tables are the same for any number [default: one a core]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Exit with status 3 when an input was refused
    #[arg(long)]
    pub strict: bool,
    /// Where the fields of tables and JSON are: text=body,title=headline,published_at=date [default: told by their names]
    #[arg(long, value_name = "FIELD=NAME,...")]
    pub map: Option<Mapping>,
    /// Only articles published on this day or later; those without a date are left out
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub since: Option<Date>,
    /// Only articles published on this day or earlier; those without a date are left out
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub until: Option<Date>,
    /// Only articles in these languages (`en,de`); those whose language is not known are left out
    #[arg(long, value_delimiter = ',', value_name = "LANGUAGE", value_parser = language)]
    pub language: Vec<String>,
    /// Only articles whose title or text match this regular expression; `(?i)` in front ignores case
    #[arg(long = "match", value_name = "REGEX")]
    pub matching: Option<Pattern>,
    /// Stop after N articles, those counted that are left out by the options above
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub limit: Option<u64>,
    /// No progress bar and no summary
    #[arg(short, long)]
    pub quiet: bool,
}

fn language(text: &str) -> Result<String, String> {
    ingest::language(text).ok_or_else(|| "expected a language such as `en` or `english`".to_owned())
}

#[derive(Debug, Args)]
pub struct RollupArgs {
    /// Output folders of `broadsheet export`, a store, Parquet files of the tables or globs of them
    #[arg(required = true, value_name = "INPUT", value_parser = NonEmptyStringValueParser::new())]
    pub inputs: Vec<String>,
    /// Folder to write the tables to; what it held before stays untouched until the run is complete
    #[arg(short, long, value_name = "DIR")]
    pub out: PathBuf,
    /// What counts as one event: each report (none), or the same actor, recipient and type once a day (one-a-day)
    #[arg(long, default_value = "none")]
    pub dedup: Dedup,
    /// File formats: parquet, csv, jsonl, sqlite, duckdb
    #[arg(short, long, value_delimiter = ',', default_value = "parquet,csv")]
    pub format: Vec<FileFormat>,
    /// Rollups to write
    #[arg(
        short,
        long,
        value_delimiter = ',',
        value_name = "TABLE",
        default_value = "dyad_days,actor_days,country_dyad_months,event_type_weeks"
    )]
    pub tables: Vec<Table>,
    /// No summary
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// One table only
    #[arg(value_name = "TABLE")]
    pub table: Option<Table>,
    /// How to print it
    #[arg(short, long, default_value = "text")]
    pub format: SchemaFormat,
}

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// A file, a URL, or `-` for standard input
    #[arg(value_name = "FILE", value_parser = NonEmptyStringValueParser::new())]
    pub input: String,
    /// Which article of a file that holds many, counted from 1
    #[arg(short, long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    pub number: u64,
    /// Print for each event the words that its frame matched, what decided the parties and what makes it sure
    #[arg(long)]
    pub why: bool,
    /// Write the article with its findings marked in the text to this file, `-` for standard output
    #[arg(long, value_name = "FILE", conflicts_with = "why")]
    pub html: Option<PathBuf>,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The file to write
    #[arg(value_name = "FILE", default_value = "broadsheet.toml")]
    pub file: PathBuf,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub struct RunArgs {
    /// The configuration
    #[arg(value_name = "CONFIG")]
    pub config: PathBuf,
    /// Say what would be read, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Wait so many seconds for another process that holds the store
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    pub wait: u64,
    /// How to log on standard error [default: as the configuration says, else text]
    #[arg(long, value_name = "FORMAT")]
    pub log: Option<crate::config::LogFormat>,
    /// Log errors only
    #[arg(short, long)]
    pub quiet: bool,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub struct CompactArgs {
    /// The store's folder, or the configuration that names it
    #[arg(value_name = "STORE")]
    pub store: PathBuf,
    /// Wait so many seconds for another process that holds the store
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    pub wait: u64,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub struct VacuumArgs {
    /// The store's folder, or the configuration that names it
    #[arg(value_name = "STORE")]
    pub store: PathBuf,
    /// Keep what versions of the last so long refer to: `12h`, `7d`
    #[arg(long, value_name = "TIME", default_value = "7d", value_parser = crate::config::duration)]
    pub keep: std::time::Duration,
    /// Print what would be removed, and remove nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Wait so many seconds for another process that holds the store
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    pub wait: u64,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub struct WithdrawArgs {
    /// The store's folder, or the configuration that names it
    #[arg(value_name = "STORE")]
    pub store: PathBuf,
    /// URLs, or values of `article_id`
    #[arg(value_name = "ARTICLE", required = true, value_parser = NonEmptyStringValueParser::new())]
    pub articles: Vec<String>,
    /// Let them come back: the next run reads again the files that they came from
    #[arg(long)]
    pub undo: bool,
    /// Wait so many seconds for another process that holds the store
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    pub wait: u64,
}
