//! `broadsheet export`: articles to tables.

use crate::{args::ExportArgs, message::Failure, progress::Bar};
use broadsheet_pipeline::{Export, ExportStop, Reader, export::Summary};
use std::{collections::BTreeMap, ops::ControlFlow, process::ExitCode};

/// Reads the inputs and fills the output folder.
pub fn export(args: &ExportArgs) -> Result<ExitCode, Failure> {
    let export = Export {
        inputs: args.inputs.clone(),
        out: args.out.clone(),
        formats: args.format.clone(),
        tables: args.tables.clone(),
        jobs: args.jobs,
        map: args.map.clone(),
        since: args.since,
        until: args.until,
        languages: args.language.clone(),
        matching: args.matching.clone(),
        limit: args.limit,
    };
    let bar = Bar::new(args.quiet);
    let done = export.run(Reader::load, |source, records| {
        bar.update(source, records);
        ControlFlow::Continue(())
    });
    bar.finish();
    let done = done.map_err(|stop| match stop {
        ExportStop::Input(e) => Failure::run(&e).with_hint(e.hint.clone()),
        other => Failure::run(other),
    })?;
    if !args.quiet {
        summarize(&done.summary, done.seconds);
    }
    let refused = done.summary.refused.values().sum::<u64>();
    Ok(if args.strict && refused > 0 { ExitCode::from(3) } else { ExitCode::SUCCESS })
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
        "{} in {seconds:.1} s{colon}{} -> `{}`",
        match summary.articles {
            1 => "1 article".to_string(),
            n => format!("{n} articles"),
        },
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
