//! A run report tells what one run did; it is kept beside the tables as `run.json`. Everything in it but `started`,
//! `finished` and `seconds` is the same in every run over the same input.

use jiff::Timestamp;
use serde::Serialize;
use std::{collections::BTreeMap, path::PathBuf};

/// What the caller knows of the run; the exporter adds what it counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunReport {
    /// Version of the program.
    pub version: String,
    /// Options of the run, by name.
    pub options: BTreeMap<String, serde_json::Value>,
    /// When it began.
    pub started: Timestamp,
    /// Seconds spent in each stage before the export.
    pub seconds: BTreeMap<String, f64>,
}

/// What an export came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The output folder.
    pub out: PathBuf,
    /// Records handed in: articles, refused and left out ones.
    pub read: u64,
    /// Articles written.
    pub articles: u64,
    /// Refused records by code.
    pub refused: BTreeMap<String, u64>,
    /// Articles that the user did not want, by the option that left them out.
    pub left_out: BTreeMap<String, u64>,
    /// Articles that are copies of others.
    pub duplicates: u64,
    /// Rows by table, for the tables that were written.
    pub rows: BTreeMap<String, u64>,
    /// Seconds spent laying out, writing and putting in place.
    pub seconds: f64,
}

/// The contents of `run.json`.
#[derive(Serialize)]
pub(crate) struct RunFile<'a> {
    pub version: &'a str,
    pub options: &'a BTreeMap<String, serde_json::Value>,
    pub read: u64,
    pub articles: u64,
    pub refused: &'a BTreeMap<String, u64>,
    pub left_out: &'a BTreeMap<String, u64>,
    pub duplicates: u64,
    pub rows: &'a BTreeMap<String, u64>,
    pub started: String,
    pub finished: String,
    pub seconds: BTreeMap<&'a str, f64>,
}
