//! The configuration of `broadsheet run`: one TOML file that says what is read, what of it is wanted, and where the store
//! is. Relative paths start at the file's own folder. What is not understood is an error with its place, never ignored.

use crate::message::Failure;
use broadsheet_pipeline::{
    export::{ExportError, Table},
    ingest::{self, Mapping, Pattern},
};
use broadsheet_store::Files;
use jiff::civil::Date;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

/// A commented configuration that works as it is.
pub const EXAMPLE: &str = include_str!("example.toml");

/// What the file says, checked.
#[derive(Debug)]
pub struct Config {
    pub store: PathBuf,
    pub files: Option<Files>,
    pub sources: Vec<Source>,
    pub filter: Filter,
    pub run: Run,
    pub metrics: Option<PathBuf>,
    pub log: LogFormat,
}

#[derive(Debug)]
pub struct Source {
    /// A file, a folder, a pattern or a URL.
    pub input: String,
    pub map: Mapping,
}

#[derive(Debug)]
pub struct Filter {
    pub since: Option<Date>,
    pub until: Option<Date>,
    pub language: Vec<String>,
    pub matching: Option<Pattern>,
}

#[derive(Debug)]
pub struct Run {
    pub jobs: Option<u16>,
    pub time_limit: Option<Duration>,
    /// Articles in a batch.
    pub batch: usize,
    /// A batch is committed after so long even if it is small.
    pub commit_every: Duration,
    pub strict: bool,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A summary for people.
    #[default]
    Text,
    /// Lines of JSON.
    Json,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    store: StoreSection,
    files: Option<FilesSection>,
    #[serde(default, rename = "source")]
    sources: Vec<SourceSection>,
    #[serde(default)]
    filter: FilterSection,
    #[serde(default)]
    run: RunSection,
    #[serde(default)]
    metrics: MetricsSection,
    #[serde(default)]
    log: LogSection,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoreSection {
    path: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FilesSection {
    path: String,
    format: Vec<String>,
    #[serde(default)]
    tables: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceSection {
    path: String,
    #[serde(default)]
    map: BTreeMap<String, String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FilterSection {
    since: Option<String>,
    until: Option<String>,
    #[serde(default)]
    language: Vec<String>,
    r#match: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RunSection {
    jobs: Option<u16>,
    time_limit: Option<String>,
    batch: Option<usize>,
    commit_every: Option<String>,
    #[serde(default)]
    strict: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MetricsSection {
    path: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LogSection {
    #[serde(default)]
    format: LogFormat,
}

/// Reads and checks a configuration.
pub fn read(path: &Path) -> Result<Config, Failure> {
    let text = fs::read_to_string(path).map_err(|e| {
        let hint = "`broadsheet init` writes a configuration to start from";
        Failure::usage(format!("cannot read `{}`: {e}", path.display())).with_hint(Some(hint.into()))
    })?;
    let file: File = toml::from_str(&text).map_err(|e| misread(path, &text, &e))?;
    check(file, path)
}

/// An error of the file, with line, column and the nearest right key.
fn misread(path: &Path, text: &str, error: &toml::de::Error) -> Failure {
    let at = error.span().map_or(0, |span| span.start.min(text.len()));
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let message = error.message().trim();
    let failure = Failure::usage(format!("`{}`, line {line}, column {column}: {message}", path.display()));
    failure.with_hint(nearest(message))
}

/// The key that is meant by "unknown field `x`, expected one of `a`, `b`".
fn nearest(message: &str) -> Option<String> {
    let (unknown, expected) = message.strip_prefix("unknown field `")?.split_once("`, expected ")?;
    let known = expected.split('`').skip(1).step_by(2);
    let (distance, key) = known.map(|key| (distance(unknown, key), key)).min()?;
    (distance <= unknown.chars().count().max(3) / 2).then(|| format!("did you mean `{key}`?"))
}

/// How many letters differ (Levenshtein).
fn distance(one: &str, two: &str) -> usize {
    let two: Vec<char> = two.chars().collect();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in two.iter().enumerate() {
            let next = (diagonal + usize::from(a != *b)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[two.len()]
}

fn check(file: File, path: &Path) -> Result<Config, Failure> {
    let base = path.parent().unwrap_or(Path::new(""));
    let wrong = |key: &str, value: &str, what: String| {
        Failure::usage(format!("`{}`: `{key}` is `{value}`: {what}", path.display()))
    };
    fn parsed<T: FromStr>(value: Option<&String>, wrong: impl Fn(&str, String) -> Failure) -> Result<Option<T>, Failure>
    where
        T::Err: std::fmt::Display,
    {
        value.map(|text| text.parse().map_err(|e: T::Err| wrong(text, e.to_string()))).transpose()
    }
    if file.sources.is_empty() {
        let hint = "add a section `[[source]]` with a `path`";
        return Err(Failure::usage(format!("`{}`: no `[[source]]`", path.display())).with_hint(Some(hint.into())));
    }
    let resolved = |input: &str| match input.contains("://") {
        true => input.to_owned(),
        false => base.join(input).to_string_lossy().into_owned(),
    };
    let mut sources = Vec::new();
    for (at, source) in file.sources.iter().enumerate() {
        let key = |name: &str| format!("source[{at}].{name}");
        if source.path.is_empty() || source.path == "-" {
            let what = "expected a file, a folder, a pattern or a URL: what comes through a pipe cannot be known again";
            return Err(wrong(&key("path"), &source.path, what.into()));
        }
        let map = source.map.iter().map(|(field, name)| format!("{field}={name}")).collect::<Vec<_>>().join(",");
        let map = map.parse().map_err(|e: String| wrong(&key("map"), &map, e))?;
        sources.push(Source { input: resolved(&source.path), map });
    }
    let filter = &file.filter;
    let language = filter.language.iter().map(|text| {
        let expected = "expected a language such as `en` or `english`";
        ingest::language(text).ok_or_else(|| wrong("filter.language", text, expected.into()))
    });
    let length = |key: &str, value: Option<&String>| {
        value.map(|text| duration(text).map_err(|e| wrong(key, text, e))).transpose()
    };
    let filter = Filter {
        since: parsed(filter.since.as_ref(), |text, e| wrong("filter.since", text, e))?,
        until: parsed(filter.until.as_ref(), |text, e| wrong("filter.until", text, e))?,
        language: language.collect::<Result<_, _>>()?,
        matching: parsed(filter.r#match.as_ref(), |text, e| wrong("filter.match", text, e))?,
    };
    if file.run.batch == Some(0) || file.run.jobs == Some(0) {
        let key = if file.run.batch == Some(0) { "run.batch" } else { "run.jobs" };
        return Err(wrong(key, "0", "expected 1 or more".into()));
    }
    if file.store.path.is_empty() {
        return Err(wrong("store.path", "", "expected a folder".into()));
    }
    let files = file.files.map(|files| check_files(&files, base, wrong)).transpose()?;
    Ok(Config {
        store: base.join(&file.store.path),
        files,
        sources,
        filter,
        run: Run {
            jobs: file.run.jobs,
            time_limit: length("run.time_limit", file.run.time_limit.as_ref())?,
            batch: file.run.batch.unwrap_or(2000),
            commit_every: length("run.commit_every", file.run.commit_every.as_ref())?
                .unwrap_or(Duration::from_secs(300)),
            strict: file.run.strict,
        },
        metrics: file.metrics.path.map(|path| base.join(path)),
        log: file.log.format,
    })
}

fn check_files(
    files: &FilesSection,
    base: &Path,
    wrong: impl Fn(&str, &str, String) -> Failure,
) -> Result<Files, Failure> {
    if files.path.is_empty() {
        return Err(wrong("files.path", "", "expected a folder".into()));
    }
    if files.format.is_empty() {
        let expected = "expected one or more formats, such as `[\"gdelt\", \"csv\"]`";
        return Err(wrong("files.format", "[]", expected.into()));
    }
    let formats = files
        .format
        .iter()
        .map(|name| name.parse().map_err(|e: ExportError| wrong("files.format", name, e.reason().to_owned())));
    let tables = files.tables.iter().map(|name| match name.parse() {
        Ok(Table::Tokens) => {
            Err(wrong("files.tables", name, "a run does not keep tokens; `broadsheet export` writes them".into()))
        }
        parsed => parsed.map_err(|e: ExportError| wrong("files.tables", name, e.reason().to_owned())),
    });
    Ok(Files {
        path: base.join(&files.path),
        formats: formats.collect::<Result<_, _>>()?,
        tables: tables.collect::<Result<_, _>>()?,
    })
}

/// A length of time: `90s`, `50m`, `6h`, `7d`.
pub fn duration(text: &str) -> Result<Duration, String> {
    let expected = || "expected a length of time such as `90s`, `50m`, `6h` or `7d`".to_owned();
    let unit = text.chars().last().ok_or_else(expected)?;
    let seconds = match unit {
        's' => 1.0,
        'm' => 60.0,
        'h' => 3600.0,
        'd' => 86_400.0,
        _ => return Err(expected()),
    };
    let number: f64 = text[..text.len() - 1].trim().parse().map_err(|_| expected())?;
    Duration::try_from_secs_f64(number * seconds).map_err(|_| expected())
}

/// The store that a command is given: its folder, or the configuration that names it.
pub fn store_of(path: &Path) -> Result<PathBuf, Failure> {
    if path.is_dir() { Ok(path.to_owned()) } else { Ok(read(path)?.store) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_key_is_named() {
        let message = "unknown field `time_limt`, expected one of `jobs`, `time_limit`, `batch`";
        assert_eq!(nearest(message).as_deref(), Some("did you mean `time_limit`?"));
        assert_eq!(nearest("unknown field `colour`, expected `path`"), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn lengths_of_time() {
        assert_eq!(duration("50m"), Ok(Duration::from_secs(3000)));
        assert_eq!(duration("0.5s"), Ok(Duration::from_millis(500)));
        for text in ["", "m", "50", "-1s", "1y", "1e99d"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
