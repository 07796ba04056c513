//! How fast inputs are read, without the rest of the program: `read THREADS INPUT...` prints articles, refusals by code,
//! articles a second and the most memory that was held.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Instant;

use broadsheet_ingest::{Options, article, open};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let threads: usize = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(1);
    let inputs: Vec<String> = arguments.collect();
    let source = match open(&inputs, &Options::default()) {
        Ok(source) => Mutex::new(source),
        Err(error) => return eprintln!("{error}"),
    };
    let (counts, start) = (Mutex::new(BTreeMap::<&str, u64>::new()), Instant::now());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let record = source.lock().ok().and_then(|mut source| source.next());
                    let Some(record) = record else { break };
                    let code = record.and_then(|raw| article(&raw)).map_or_else(|reject| reject.code, |_| "articles");
                    if let Ok(mut counts) = counts.lock() {
                        *counts.entry(code).or_default() += 1;
                    }
                }
            });
        }
    });
    let seconds = start.elapsed().as_secs_f64();
    let counts = counts.into_inner().unwrap_or_default();
    let all: u64 = counts.values().sum();
    eprintln!(
        "{counts:?} in {seconds:.1} s: {:.0} a second on {threads} threads, {} held at most",
        all as f64 / seconds,
        peak()
    );
}

/// The most memory that this process held, as Linux tells it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |line| line.trim().to_owned())
}
