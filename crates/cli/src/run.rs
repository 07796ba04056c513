//! `broadsheet run`: adds to a store what is new in its sources.

mod feed;

use crate::{
    args::RunArgs,
    config::{self, Config},
    log::Log,
    message::Failure,
    metrics,
    run_record::RunRecord,
};
use broadsheet_pipeline::{
    Clock, Outcome, Reader,
    ingest::{self, Listed, Options},
    run as read_all,
};
use broadsheet_store::{Appender, Mark, Sources, Store, StoreError};
use feed::{Feed, Limit, Step, Steps};
use serde_json::json;
use std::{
    collections::BTreeSet,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

/// Reads what is new, and commits it batch by batch.
pub fn run(args: &RunArgs) -> Result<ExitCode, Failure> {
    let begun = Instant::now();
    let config = config::read(&args.config)?;
    let log = Log { format: args.log.unwrap_or(config.log), quiet: args.quiet };
    if args.dry_run {
        return dry_run(&config, &log);
    }
    let mut record = RunRecord {
        config: args.config.display().to_string(),
        started: jiff::Timestamp::now(),
        ..RunRecord::default()
    };
    let done = add_new(&config, args, &log, &mut record, begun);
    // Whatever came of it is told to those who watch.
    record.seconds.insert("total".into(), begun.elapsed().as_secs_f64());
    match &done {
        Ok(status) => record.status = *status,
        Err(failure) => {
            record.status = failure.status();
            record.error = Some(failure.message().to_owned());
            log.error(failure.message());
        }
    }
    if let Some(path) = &config.metrics
        && let Err(error) = metrics::write(path, &record)
    {
        let sentence = format!("cannot write the metrics to `{}`: {error}", path.display());
        log.warn("no_metrics", json!({"path": path.display().to_string(), "message": error.to_string()}), &sentence);
    }
    done.map(ExitCode::from)
}

/// The files that one section of the configuration stands for and that are to be looked at.
struct Part<'c> {
    source: &'c config::Source,
    /// A hash of what decides which records of a file become rows.
    options: String,
    files: Vec<(Listed, Mark)>,
}

/// What the sources hold, against what the store remembers.
struct Listing<'c> {
    parts: Vec<Part<'c>>,
    new: u64,
    unchanged: u64,
    missing: u64,
}

fn add_new(config: &Config, args: &RunArgs, log: &Log, record: &mut RunRecord, begun: Instant) -> Result<u8, Failure> {
    // 1. What is new? Nothing is opened that is as it was.
    let mut store = Store::create(&config.store, "run", Duration::from_secs(args.wait))?;
    let seen = Sources::load(&mut store)?;
    let listing = list(config, &seen, log)?;
    let Listing { parts, new, unchanged, missing } = listing;
    record.sources.extend([("new", new), ("unchanged", unchanged), ("missing", missing)]);
    let own = store.own();
    // 2. Read on all cores, decide and write in order.
    let limit = Limit::new(config.run.time_limit.map(|limit| begun + limit));
    let outcome = if new > 0 { read_parts(config, parts, &mut store, &seen, &limit, log, record) } else { Ok(()) };
    // 3. Keep what the run did.
    record.batch = store.batch();
    record.seconds.insert("total".into(), begun.elapsed().as_secs_f64());
    let refused = record.counts.refused.values().sum::<u64>();
    let status = match &outcome {
        Err(_) => 1,
        Ok(()) if limit.is_reached() => 5,
        Ok(()) if config.run.strict && refused + missing > 0 => 3,
        Ok(()) => 0,
    };
    record.status = status;
    record.error = outcome.as_ref().err().map(StoreError::message);
    if let Err(error) = record.write(&own) {
        let sentence = format!("cannot write to `{}`: {error}", own.join("runs").display());
        log.warn("no_record", json!({"message": error.to_string()}), &sentence);
    }
    outcome?;
    log.info("done", record.json(), &summary(record, &config.store));
    Ok(status)
}

fn read_parts(
    config: &Config,
    parts: Vec<Part<'_>>,
    store: &mut Store,
    seen: &Sources,
    limit: &Limit,
    log: &Log,
    record: &mut RunRecord,
) -> Result<(), StoreError> {
    let failed = |e: String| StoreError::other("cannot start", e);
    let mut reader = Reader::load().map_err(|e| failed(e.to_string()))?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(config.run.jobs.map_or(0, usize::from)).build();
    let pool = pool.map_err(|e| failed(e.to_string()))?;
    let mut appender = Appender::new(store)?;
    config.files.as_ref().map_or(Ok(()), |files| appender.write_files(files))?;
    reader.pass_by = Some(appender.pass_by());
    let clock = Clock::default();
    let mut last = Instant::now();
    let done = pool.install(|| {
        for part in parts {
            reader.wanted = ingest::Wanted {
                map: part.source.map.clone(),
                since: config.filter.since,
                until: config.filter.until,
                languages: config.filter.language.clone(),
                matching: config.filter.matching.clone(),
            };
            let options = Options { map: part.source.map.clone(), ..Options::default() };
            let steps = Steps::default();
            let feed = Feed::new(part.files, part.options, options, seen, limit, &steps);
            let take = |outcomes: Vec<Outcome>| {
                for outcome in outcomes {
                    take(&mut appender, &reader, &clock, &steps, outcome);
                    let is_due = last.elapsed() >= config.run.commit_every;
                    if appender.pending() >= config.run.batch || appender.is_full() || is_due {
                        commit(&mut appender, log)?;
                        last = Instant::now();
                    }
                }
                Ok(())
            };
            read_all(&reader, feed, &clock, take, |_, _| {})?;
            // Ends of files that came after their last record.
            while let Some(step) = steps.next() {
                follow(&mut appender, step);
            }
            if limit.is_reached() {
                break;
            }
        }
        commit(&mut appender, log)
    });
    record.counts = appender.counts().clone();
    record.seconds.extend(clock.seconds().by_stage());
    done
}

/// Gives the appender the outcome of the next record, after what came before it.
fn take(appender: &mut Appender<'_>, reader: &Reader, clock: &Clock, steps: &Steps, outcome: Outcome) {
    while let Some(step) = steps.next() {
        let Step::Record(raw) = step else {
            follow(appender, step);
            continue;
        };
        let is_undecided = outcome.as_ref().is_err_and(|reject| appender.is_undecided(reject));
        let again = if is_undecided { raw } else { None };
        let outcome = again.and_then(|raw| reader.read_batch(&[Ok(raw)], clock).pop()).unwrap_or(outcome);
        return appender.take(outcome);
    }
}

fn follow(appender: &mut Appender<'_>, step: Step) {
    match step {
        Step::Begin(name, seen) => appender.begin_source(&name, seen),
        Step::End { is_same } => appender.end_source(is_same),
        Step::Skip(name, seen) => appender.skip_source(&name, seen),
        Step::Record(_) => {}
    }
}

fn commit(appender: &mut Appender<'_>, log: &Log) -> Result<(), StoreError> {
    if let Some(done) = appender.commit()? {
        let seconds = (done.seconds * 1000.0).round() / 1000.0;
        log.info("committed", json!({"batch": done.batch, "articles": done.articles, "seconds": seconds}), "");
    }
    Ok(())
}

/// Looks at the sources: what is new, what is as it was, what is not there.
fn list<'c>(config: &'c Config, seen: &Sources, log: &Log) -> Result<Listing<'c>, Failure> {
    let mut listing = Listing { parts: Vec::new(), new: 0, unchanged: 0, missing: 0 };
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let output = Some(config.store.clone());
    let files = config.files.as_ref().and_then(|files| files.path.canonicalize().ok());
    let is_own = |file: &Listed| match (&files, file.path().map(Path::canonicalize)) {
        (Some(files), Some(Ok(path))) => path.starts_with(files),
        _ => false,
    };
    for source in &config.sources {
        let options = Options { output: output.clone(), ..Options::default() };
        let found = match ingest::list(std::slice::from_ref(&source.input), &options) {
            Ok(found) => found,
            // A folder that is empty, or that has nothing of a pattern, may be filled later.
            Err(_) if is_waiting(&source.input) => Vec::new(),
            Err(error) => {
                listing.missing += 1;
                let hint = error.hint.as_ref().map_or(String::new(), |hint| format!("\nhint: {hint}"));
                log.warn(
                    "no_source",
                    json!({"source": source.input, "message": error.message}),
                    &format!("{error}{hint}"),
                );
                continue;
            }
        };
        let options = options_of(config, source);
        let mut part = Part { source, options, files: Vec::new() };
        for file in found.into_iter().filter(|file| !is_own(file) && taken.insert(file.name().to_owned())) {
            let mark = file.path().and_then(|path| Mark::of(path).ok()).unwrap_or_default();
            if seen.is_unchanged(file.name(), mark, &part.options) {
                listing.unchanged += 1;
            } else {
                listing.new += 1;
                part.files.push((file, mark));
            }
        }
        listing.parts.push(part);
    }
    if listing.missing == config.sources.len() as u64 {
        let hint = "check the `path` of each `[[source]]`; relative ones start at the configuration's folder";
        return Err(Failure::run("no source of the configuration is there").with_hint(Some(hint.into())));
    }
    Ok(listing)
}

/// Whether an input is a folder, or a pattern in a folder that exists.
fn is_waiting(input: &str) -> bool {
    let fixed = input.split(['*', '?', '[']).next().unwrap_or_default();
    let folder =
        if fixed.len() == input.len() { input } else { fixed.rsplit_once('/').map_or(".", |(folder, _)| folder) };
    Path::new(if folder.is_empty() { "/" } else { folder }).is_dir()
}

fn options_of(config: &Config, source: &config::Source) -> String {
    let filter = &config.filter;
    let matching = filter.matching.as_ref().map(ToString::to_string);
    let all = format!("{:?} {:?} {:?} {matching:?} {}", filter.since, filter.until, filter.language, source.map);
    format!("{:016x}", broadsheet_store::hash_of(&all))
}

/// Says what a run would read.
fn dry_run(config: &Config, log: &Log) -> Result<ExitCode, Failure> {
    let seen = match Store::is_at(&config.store) {
        true => Sources::load(&mut Store::look(&config.store)?)?,
        false => Sources::default(),
    };
    let listing = list(config, &seen, log)?;
    for (file, _) in listing.parts.iter().flat_map(|part| &part.files) {
        anstream::println!("{}", file.name());
    }
    let facts = json!({"new": listing.new, "unchanged": listing.unchanged, "missing": listing.missing});
    let sentence = format!("{} files to read, {} as they were", listing.new, listing.unchanged);
    log.info("dry_run", facts, &sentence);
    let is_short = config.run.strict && listing.missing > 0;
    Ok(if is_short { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

fn summary(record: &RunRecord, store: &Path) -> String {
    let counts = &record.counts;
    let mut told = vec![format!("{} articles added", counts.added)];
    let others = [
        (counts.replaced, "replaced"),
        (counts.known, "known"),
        (counts.older, "older than in the store"),
        (counts.withdrawn, "withdrawn"),
        (counts.left_out.values().sum(), "left out"),
        (counts.refused.values().sum(), "refused: see the table `rejects`"),
    ];
    told.extend(others.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
    let seconds = record.seconds.get("total").copied().unwrap_or(0.0);
    let left = if record.status == 5 { "; the time limit was reached with work left" } else { "" };
    format!("{} in {seconds:.1} s -> `{}`{left}", told.join(", "), store.display())
}
