//! `broadsheet export`: articles to tables.

use crate::{args::ExportArgs, message::Failure, progress::Bar};
use broadsheet_pipeline::{
    Clock, Reader,
    export::{ExportError, Exporter, RunReport, Summary, Table},
    ingest, run,
};
use std::{collections::BTreeMap, process::ExitCode, time::Instant};

/// Reads the inputs and fills the output folder.
pub fn export(args: &ExportArgs) -> Result<ExitCode, Failure> {
    let (begun, started) = (Instant::now(), jiff::Timestamp::now());
    let cannot_write = |e: ExportError| Failure::run(e);
    // 1. Open the inputs and prepare the output before the slow part begins.
    let map = args.map.clone().unwrap_or_default();
    let options = ingest::Options { limit: args.limit, map: map.clone(), ..ingest::Options::default() };
    let source = ingest::open(&args.inputs, &options).map_err(|e| Failure::run(&e).with_hint(e.hint.clone()))?;
    let tables = if args.tables.is_empty() { Table::default_set() } else { args.tables.clone() };
    let mut exporter = Exporter::create(&args.out, &args.format, &tables).map_err(cannot_write)?;
    let mut reader = Reader::load().map_err(Failure::run)?;
    reader.keep_readings = exporter.wants_tokens();
    reader.wanted = ingest::Wanted {
        map,
        since: args.since,
        until: args.until,
        languages: args.language.clone(),
        matching: args.matching.clone(),
    };
    // 2. Read on all cores, write in order.
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.map_or(0, usize::from))
        .build()
        .map_err(|e| Failure::run(format_args!("cannot start threads: {e}")))?;
    let (clock, bar) = (Clock::default(), Bar::new(args.quiet));
    let done = pool.install(|| {
        let mut articles = 0;
        run(
            &reader,
            source,
            &clock,
            |outcomes| exporter.write(&outcomes),
            |source, outcomes| {
                articles += outcomes;
                bar.update(&source.progress(), articles);
            },
        )
    });
    bar.finish();
    done.map_err(cannot_write)?;
    // 3. Put the tables in place.
    let report = RunReport {
        version: env!("CARGO_PKG_VERSION").to_string(),
        options: options_of(args, &tables),
        started,
        seconds: clock.seconds().by_stage(),
    };
    let summary = pool.install(|| exporter.finish(report)).map_err(cannot_write)?;
    // 4. Say what was done.
    if !args.quiet {
        summarize(&summary, begun.elapsed().as_secs_f64());
    }
    let refused = summary.refused.values().sum::<u64>();
    Ok(if args.strict && refused > 0 { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

/// The options that decide what is in the tables.
fn options_of(args: &ExportArgs, tables: &[Table]) -> BTreeMap<String, serde_json::Value> {
    let names = |list: Vec<String>| serde_json::Value::from(list);
    let mut options = BTreeMap::from([
        ("inputs".to_string(), names(args.inputs.clone())),
        ("format".to_string(), names(args.format.iter().map(ToString::to_string).collect())),
        ("tables".to_string(), names(tables.iter().map(ToString::to_string).collect())),
    ]);
    let texts = [
        ("map", args.map.as_ref().map(ToString::to_string)),
        ("since", args.since.map(|day| day.to_string())),
        ("until", args.until.map(|day| day.to_string())),
        ("language", (!args.language.is_empty()).then(|| args.language.join(","))),
        ("match", args.matching.as_ref().map(ToString::to_string)),
    ];
    options.extend(texts.into_iter().filter_map(|(name, text)| Some((name.to_string(), text?.into()))));
    options.extend(args.limit.map(|n| ("limit".to_string(), n.into())));
    options
}

fn summarize(summary: &Summary, seconds: f64) {
    let rows = |table: &str| summary.rows.get(table).copied().unwrap_or(0);
    let written: Vec<String> = ["actors", "events", "figures", "quotes"]
        .iter()
        .filter(|t| summary.rows.contains_key(**t))
        .map(|t| format!("{} {t}", rows(t)))
        .collect();
    let colon = if written.is_empty() { "" } else { ": " };
    anstream::eprintln!(
        "{} articles in {seconds:.1} s{colon}{} -> `{}`",
        summary.articles,
        written.join(", "),
        summary.out.display()
    );
    let told = |counts: &BTreeMap<String, u64>, sign: &str| {
        counts.iter().map(|(name, n)| format!("{n} {sign}{name}")).collect::<Vec<_>>().join(", ")
    };
    let all = |counts: &BTreeMap<String, u64>| counts.values().sum::<u64>();
    if summary.duplicates > 0 {
        anstream::eprintln!("{} copies of others: see `duplicate_of` in the table `articles`", summary.duplicates);
    }
    if !summary.left_out.is_empty() {
        anstream::eprintln!("{} left out ({})", all(&summary.left_out), told(&summary.left_out, "--"));
    }
    if !summary.refused.is_empty() {
        anstream::eprintln!(
            "{} refused ({}): see the table `rejects`",
            all(&summary.refused),
            told(&summary.refused, "")
        );
    }
}
