//! What the whole-program tests share: running the command, and reading its tables back.
#![allow(dead_code, missing_docs)]

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Command, Output},
};

pub type Row = BTreeMap<String, String>;

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs `broadsheet` with `args`.
pub fn broadsheet<S: AsRef<std::ffi::OsStr>>(args: &[S]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_broadsheet")).args(args).output().expect("the command starts")
}

/// Runs `broadsheet export INPUT --out OUT` and expects it to succeed.
pub fn export(input: &Path, out: &Path, more: &[&str]) -> Output {
    let (input, out) = (input.display().to_string(), out.display().to_string());
    let mut args = vec!["export", &input, "--out", &out];
    args.extend(more);
    let done = broadsheet(&args);
    assert!(done.status.success(), "`{args:?}` failed: {}", stderr(&done));
    done
}

/// What the command printed on standard error.
pub fn stderr(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

/// What the command printed on standard output.
pub fn stdout(done: &Output) -> String {
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// The rows of `out/name.csv`.
pub fn rows(out: &Path, name: &str) -> Vec<Row> {
    let path = out.join(format!("{name}.csv"));
    let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    reader.deserialize().map(|row| row.expect("a row of the header's columns")).collect()
}

/// `text[start..end]` in code points.
pub fn slice(text: &str, start: &str, end: &str) -> String {
    let (start, end): (usize, usize) = (start.parse().expect("start"), end.parse().expect("end"));
    assert!(start <= end, "{start} > {end}");
    text.chars().skip(start).take(end - start).collect()
}

/// All files under `folder` with their bytes, `run.json` left out.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(folder)
        .expect("the folder")
        .map(|e| e.expect("an entry").path())
        .map(|p| (p.file_name().expect("a name").to_string_lossy().into_owned(), p))
        .filter(|(name, _)| name != "run.json")
        .map(|(name, p)| (name, std::fs::read(p).expect("the file")))
        .collect()
}
