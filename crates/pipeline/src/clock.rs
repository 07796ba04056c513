//! A clock adds up the seconds that each stage took, over all threads; the exporter counts its own.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Time by stage, in nanoseconds.
#[derive(Debug, Default)]
pub struct Clock {
    source: AtomicU64,
    ingest: AtomicU64,
    language: AtomicU64,
    normalize: AtomicU64,
}

/// Seconds by stage, summed over all threads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seconds {
    /// Opening, reading and decompressing inputs.
    pub source: f64,
    /// Finding the text in the records.
    pub ingest: f64,
    /// The language model.
    pub language: f64,
    /// Resolving and coding.
    pub normalize: f64,
}

fn timed<T>(slot: &AtomicU64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let out = work();
    slot.fetch_add(start.elapsed().as_nanos() as u64, Ordering::Relaxed);
    out
}

impl Clock {
    /// Times the reading of inputs.
    pub fn source<T>(&self, work: impl FnOnce() -> T) -> T {
        timed(&self.source, work)
    }

    /// Times ingest.
    pub fn ingest<T>(&self, work: impl FnOnce() -> T) -> T {
        timed(&self.ingest, work)
    }

    /// Times the language model.
    pub fn language<T>(&self, work: impl FnOnce() -> T) -> T {
        timed(&self.language, work)
    }

    /// Times normalize.
    pub fn normalize<T>(&self, work: impl FnOnce() -> T) -> T {
        timed(&self.normalize, work)
    }

    /// The sums so far.
    pub fn seconds(&self) -> Seconds {
        let of = |slot: &AtomicU64| slot.load(Ordering::Relaxed) as f64 / 1e9;
        Seconds {
            source: of(&self.source),
            ingest: of(&self.ingest),
            language: of(&self.language),
            normalize: of(&self.normalize),
        }
    }
}

impl Seconds {
    /// The seconds by the name of the stage.
    pub fn by_stage(&self) -> BTreeMap<String, f64> {
        let all = [
            ("source", self.source),
            ("ingest", self.ingest),
            ("language", self.language),
            ("normalize", self.normalize),
        ];
        all.into_iter().map(|(name, seconds)| (name.to_string(), seconds)).collect()
    }
}
