//! Metrics of the last run, for the text-file collector of Prometheus' node_exporter. The file is replaced in one step.

use crate::run_record::RunRecord;
use std::{fmt::Write, fs, io, path::Path};

/// Writes the metrics of a run.
pub fn write(path: &Path, run: &RunRecord) -> io::Result<()> {
    let scratch = path.with_extension("prom.tmp");
    fs::write(&scratch, text(run))?;
    fs::rename(scratch, path)
}

fn text(run: &RunRecord) -> String {
    let mut out = String::new();
    let mut gauge = |name: &str, help: &str, values: &[(String, f64)]| {
        let _ = writeln!(out, "# HELP broadsheet_{name} {help}\n# TYPE broadsheet_{name} gauge");
        for (labels, value) in values {
            let _ = writeln!(out, "broadsheet_{name}{labels} {value}");
        }
    };
    let one = |value: f64| vec![(String::new(), value)];
    let label = |name: &str, value: &str| format!("{{{name}=\"{}\"}}", value.replace(['\\', '"', '\n'], "_"));
    let counts = &run.counts;
    let articles = [
        ("added", counts.added),
        ("replaced", counts.replaced),
        ("known", counts.known),
        ("older", counts.older),
        ("withdrawn", counts.withdrawn),
    ];
    let by = |name: &str, of: &mut dyn Iterator<Item = (&str, u64)>| -> Vec<(String, f64)> {
        of.map(|(value, n)| (label(name, value), n as f64)).collect()
    };
    let named = |map: &std::collections::BTreeMap<String, u64>| {
        map.iter().map(|(name, n)| (name.clone(), *n)).collect::<Vec<_>>()
    };
    let (rows, refused) = (named(&counts.rows), named(&counts.refused));
    let seconds = run.seconds.get("total").copied().unwrap_or(0.0);
    let now = jiff::Timestamp::now().as_millisecond() as f64 / 1000.0;
    gauge("last_run_timestamp_seconds", "When the last run ended, Unix time", &one(now));
    gauge("last_run_duration_seconds", "How long the last run took", &one(seconds));
    gauge("last_run_status", "Exit status of the last run", &one(f64::from(run.status)));
    gauge("batch", "Number of the last batch that is in all tables", &one(run.batch as f64));
    gauge("last_run_articles", "Articles of the last run", &by("kind", &mut articles.iter().copied()));
    gauge(
        "last_run_rows",
        "Rows that the last run added",
        &by("table", &mut rows.iter().map(|(name, n)| (name.as_str(), *n))),
    );
    gauge(
        "last_run_rejects",
        "Inputs that the last run refused",
        &by("code", &mut refused.iter().map(|(name, n)| (name.as_str(), *n))),
    );
    gauge("last_run_sources", "Files of the last run", &by("state", &mut run.sources.iter().map(|(s, n)| (*s, *n))));
    out
}
