//! The files of a Delta Lake table, as of its newest version: the log is replayed, so that files which a later version
//! replaced or removed don't count. A folder's Parquet files alone would.

use crate::ExportError;
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The Parquet files that the newest version of the table in `dir` consists of, in the order of their names.
pub(super) fn files(dir: &Path) -> Result<Vec<PathBuf>, ExportError> {
    let log = dir.join("_delta_log");
    let unreadable = |e| ExportError::io("read", &log, e);
    let mut commits: Vec<PathBuf> = fs::read_dir(&log)
        .map_err(unreadable)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()
        .map_err(unreadable)?;
    let number = |path: &PathBuf| {
        let stem = path.file_name()?.to_str()?.strip_suffix(".json")?;
        stem.bytes().all(|b| b.is_ascii_digit()).then(|| stem.parse::<u64>().ok())?
    };
    commits.retain(|path| number(path).is_some());
    commits.sort();
    // Without the first commit the state lies in a checkpoint, which only the store itself reads.
    if commits.first().and_then(number) != Some(0) {
        return Err(ExportError::new(
            format!("cannot read the Delta table `{}`", dir.display()),
            "the first entries of its log were cleaned up",
            Some("name the Parquet files of its newest version instead"),
        ));
    }
    let mut live = BTreeSet::new();
    for commit in commits {
        let text = fs::read_to_string(&commit).map_err(|e| ExportError::io("read", &commit, e))?;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let action: Value = serde_json::from_str(line)
                .map_err(|e| ExportError::new(format!("cannot read `{}`", commit.display()), e.to_string(), None))?;
            if let Some(path) = action["add"]["path"].as_str() {
                live.insert(path.to_owned());
            }
            if let Some(path) = action["remove"]["path"].as_str() {
                live.remove(path);
            }
        }
    }
    Ok(live.iter().map(|path| dir.join(path)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_newest_version_count() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("_delta_log");
        fs::create_dir(&log).unwrap();
        let commit = |n: u32, text: &str| fs::write(log.join(format!("{n:020}.json")), text).unwrap();
        commit(0, "{\"add\":{\"path\":\"m=1/a.parquet\"}}\n{\"add\":{\"path\":\"m=1/b.parquet\"}}\n");
        commit(1, "{\"remove\":{\"path\":\"m=1/a.parquet\"}}\n{\"add\":{\"path\":\"m=2/c.parquet\"}}\n");
        let names = files(dir.path()).unwrap();
        assert_eq!(names, [dir.path().join("m=1/b.parquet"), dir.path().join("m=2/c.parquet")]);
        fs::remove_file(log.join(format!("{:020}.json", 0))).unwrap();
        assert!(files(dir.path()).unwrap_err().to_string().contains("cleaned up"));
    }
}
