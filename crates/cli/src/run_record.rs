//! A run record tells what one run did; each run leaves one in the store's `_broadsheet/runs`, numbered.

use broadsheet_store::Counts;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// What is told of a run.
#[derive(Debug, Default)]
pub struct RunRecord {
    pub config: String,
    pub started: jiff::Timestamp,
    pub counts: Counts,
    /// Files by what became of them: `new`, `unchanged`.
    pub sources: BTreeMap<&'static str, u64>,
    /// Seconds by stage; all stages but `total` are summed over the threads.
    pub seconds: BTreeMap<String, f64>,
    pub batch: i64,
    /// Exit status.
    pub status: u8,
    pub error: Option<String>,
}

impl RunRecord {
    /// As JSON.
    pub fn json(&self) -> Value {
        let counts = &self.counts;
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "config": self.config,
            "started": self.started.to_string(),
            "finished": jiff::Timestamp::now().to_string(),
            "status": self.status,
            "error": self.error,
            "batch": self.batch,
            "batches": counts.batches,
            "sources": self.sources,
            "read": counts.read,
            "articles": {
                "added": counts.added,
                "replaced": counts.replaced,
                "known": counts.known,
                "older": counts.older,
                "withdrawn": counts.withdrawn,
            },
            "duplicates": counts.duplicates,
            "refused": counts.refused,
            "left_out": counts.left_out,
            "rows": counts.rows,
            "seconds": self.seconds.iter().map(|(k, s)| (k, (s * 1000.0).round() / 1000.0)).collect::<BTreeMap<_, _>>(),
        })
    }

    /// Writes it behind those that are there, and says where.
    pub fn write(&self, own: &Path) -> io::Result<PathBuf> {
        let runs = own.join("runs");
        if own.is_dir() && !runs.exists() {
            fs::create_dir(&runs)?;
        }
        let numbers = fs::read_dir(&runs)?.flatten().filter_map(|entry| {
            entry.path().file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse::<u64>().ok())
        });
        let path = runs.join(format!("{:06}.json", numbers.max().unwrap_or(0) + 1));
        let scratch = path.with_extension("tmp");
        fs::write(&scratch, format!("{:#}\n", self.json()))?;
        fs::rename(&scratch, &path)?;
        Ok(path)
    }
}
