//! How fast the crate reads: start-up, tokens a second with 1 and 2 threads, time by layer, multiply-adds against what
//! the machine can do, peak memory. `make bench` pairs it with spaCy.
//!
//! ```sh
//! cargo run --release -p broadsheet-language --example speed -- texts.jsonl [ROUNDS]
//! cargo run --release -p broadsheet-language --example speed -- texts.jsonl paced 2
//! ```
//!
//! The file has one JSON object a line with a `text`. Seconds are seconds of a thread on a core, as the kernel counts them,
//! so that other programs on the machine matter little; of several rounds the best counts. `paced` waits for a line on
//! standard input before each round with so many threads and then prints its tokens, seconds on the core and seconds by
//! the clock.
#![allow(clippy::print_stdout)]

use broadsheet_language::Model;
use std::collections::BTreeMap;
use std::io::BufRead;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

/// Texts in a batch, as the command has them.
const BATCH: usize = 32;
/// Multiply-adds a word in the products that every word goes through: three convolutions of either encoder, their
/// reduction, the tagger, the parser's hidden layer for eight features and the recognizer's for one, two moves and a mark.
const PRODUCTS: usize = 6 * 288 * 288 + 2 * 96 * 64 + 96 * 64 + 8 * 64 * 128 + 64 * 128 + 2 * 64 * 128 + 64 * 96;

fn main() -> Fallible<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [file, rest @ ..] = &args[..] else { return Err("usage: speed TEXTS [ROUNDS | paced THREADS]".into()) };
    let texts = read_texts(file)?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();

    let (clock, core) = (Instant::now(), seconds_on_core());
    let model = Model::load()?;
    let loaded = (seconds_on_core() - core, clock.elapsed().as_secs_f64());
    if let [paced, threads] = rest
        && paced == "paced"
    {
        return pace(&model, &texts, threads.parse()?);
    }
    let rounds = rest.first().map_or(Ok(5), |r| r.parse())?;
    println!("start-up             {:.0} ms on the core, {:.0} ms by the clock", loaded.0 * 1e3, loaded.1 * 1e3);
    println!("memory, loaded       {} MB", memory("VmHWM")?);

    let mut best = Vec::new();
    for threads in [1, 2] {
        let first = run(&model, &texts, threads);
        let fastest = (0..rounds)
            .map(|_| run(&model, &texts, threads))
            .min_by(|a, b| a.core.total_cmp(&b.core))
            .ok_or("no rounds")?;
        let rate = |r: &Round| r.tokens as f64 / r.core;
        println!(
            "{threads} thread(s)          {:.0} tokens a second of the core ({} tokens, {:.3} s; first round {:.0})",
            rate(&fastest),
            fastest.tokens,
            fastest.core,
            rate(&first)
        );
        best.push(rate(&fastest));
    }
    println!("2 threads against 1  {:.2}", best[1] / best[0]);
    println!("memory, peak         {} MB", memory("VmHWM")?);

    let mut layers: BTreeMap<usize, (&str, f64)> = BTreeMap::new();
    for _ in 0..rounds {
        for (at, (name, time)) in profile(&model, &texts).into_iter().enumerate() {
            let layer = layers.entry(at).or_insert((name, f64::INFINITY));
            layer.1 = layer.1.min(time);
        }
    }
    let tokens: usize = texts.chunks(BATCH).flat_map(|batch| model.read(batch)).map(|r| r.tokens.len()).sum();
    let all: f64 = layers.values().map(|l| l.1).sum();
    println!("time by layer (by the clock, best of the rounds; the watch itself takes part of the short steps)");
    for (name, time) in layers.values() {
        println!("  {name:<26} {:5.1} %  {:.2} us a token", time / all * 100.0, time / tokens as f64 * 1e6);
    }
    let (peak, done) = (peak(), PRODUCTS as f64 * best[0]);
    println!(
        "multiply-adds        {:.1} G a second of {:.1} G that one core can do: {:.0} %",
        done / 1e9,
        peak / 1e9,
        done / peak * 100.0
    );
    Ok(())
}

fn read_texts(file: &str) -> Fallible<Vec<String>> {
    let mut out = Vec::new();
    for line in std::fs::read_to_string(file)?.lines() {
        let record: serde_json::Value = serde_json::from_str(line)?;
        out.push(record["text"].as_str().ok_or("a record without text")?.to_owned());
    }
    Ok(out)
}

/// One pass over all texts.
struct Round {
    tokens: usize,
    /// Seconds on the core of the thread that took longest.
    core: f64,
    clock: f64,
}

/// Reads all texts in batches, which the threads take one by one.
fn run(model: &Model, texts: &[&str], threads: usize) -> Round {
    let (next, clock) = (AtomicUsize::new(0), Instant::now());
    let batches: Vec<&[&str]> = texts.chunks(BATCH.min(texts.len().div_ceil(4 * threads)).max(1)).collect();
    let work = || {
        let (start, mut tokens) = (seconds_on_core(), 0);
        while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
            tokens += model.read(batch).iter().map(|r| r.tokens.len()).sum::<usize>();
        }
        (tokens, seconds_on_core() - start)
    };
    let done: Vec<(usize, f64)> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        handles.into_iter().filter_map(|h| h.join().ok()).collect()
    });
    // What threads do together in the time that each of them was on a core.
    let tokens: usize = done.iter().map(|d| d.0).sum();
    let rate: f64 = done.iter().filter(|d| d.1 > 0.0).map(|d| d.0 as f64 / d.1).sum();
    Round { tokens, core: tokens as f64 / rate, clock: clock.elapsed().as_secs_f64() }
}

fn pace(model: &Model, texts: &[&str], threads: usize) -> Fallible<()> {
    for line in std::io::stdin().lock().lines() {
        line?;
        let round = run(model, texts, threads);
        println!("{} {:.4} {:.4}", round.tokens, round.core, round.clock);
    }
    Ok(())
}

fn profile(model: &Model, texts: &[&str]) -> Vec<(&'static str, f64)> {
    let mut sums: Vec<(&str, f64)> = Vec::new();
    for batch in texts.chunks(BATCH) {
        let (_, profile) = model.profile(batch);
        for (at, (name, time)) in profile.steps().enumerate() {
            if sums.len() == at {
                sums.push((name, 0.0));
            }
            sums[at].1 += time.as_secs_f64();
        }
    }
    sums
}

/// Seconds that this thread has been on a core; seconds by the clock where the system does not say.
fn seconds_on_core() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|t| t.split_whitespace().next()?.parse::<f64>().ok());
    nanoseconds
        .map_or_else(|| std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(0.0, |t| t.as_secs_f64()), |n| n / 1e9)
}

/// A line of the process' status, in MB.
fn memory(key: &str) -> Fallible<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|l| l.starts_with(key)).ok_or("no such line")?;
    Ok(line.split_whitespace().nth(1).ok_or("no value")?.parse::<u64>()? / 1024)
}

/// Multiply-adds a second of one core: 24 independent chains of the widest vectors there are.
fn peak() -> f64 {
    const STEPS: usize = 4_000_000;
    let mut best = 0.0f64;
    for _ in 0..5 {
        let start = seconds_on_core();
        let lanes = chains(STEPS);
        best = best.max((STEPS * 24 * lanes) as f64 / (seconds_on_core() - start));
    }
    best
}

#[cfg(target_arch = "x86_64")]
fn chains(steps: usize) -> usize {
    use std::arch::x86_64::*;
    use std::hint::black_box;

    #[target_feature(enable = "avx512f")]
    fn wide(steps: usize) {
        let (a, b) = (_mm512_set1_ps(black_box(0.999)), _mm512_set1_ps(black_box(0.001)));
        let mut sums = [_mm512_set1_ps(1.0); 24];
        for _ in 0..steps {
            sums.iter_mut().for_each(|s| *s = _mm512_fmadd_ps(*s, a, b));
        }
        black_box(sums);
    }

    #[target_feature(enable = "avx2,fma")]
    fn narrow(steps: usize) {
        let (a, b) = (_mm256_set1_ps(black_box(0.999)), _mm256_set1_ps(black_box(0.001)));
        for _ in 0..2 {
            let mut sums = [_mm256_set1_ps(1.0); 12];
            for _ in 0..steps {
                sums.iter_mut().for_each(|s| *s = _mm256_fmadd_ps(*s, a, b));
            }
            black_box(sums);
        }
    }

    if std::is_x86_feature_detected!("avx512f") {
        // SAFETY: the processor has AVX-512F.
        unsafe { wide(steps) };
        return 16;
    }
    if std::is_x86_feature_detected!("avx2") && std::is_x86_feature_detected!("fma") {
        // SAFETY: the processor has AVX2 and FMA.
        unsafe { narrow(steps) };
        return 8;
    }
    scalar(steps)
}

#[cfg(not(target_arch = "x86_64"))]
fn chains(steps: usize) -> usize {
    scalar(steps)
}

fn scalar(steps: usize) -> usize {
    let (a, b) = (std::hint::black_box(0.999f32), std::hint::black_box(0.001f32));
    let mut sums = [1.0f32; 24];
    for _ in 0..steps {
        sums.iter_mut().for_each(|s| *s = *s * a + b);
    }
    std::hint::black_box(sums);
    1
}
