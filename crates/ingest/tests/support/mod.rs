//! What the tests of reading share: a folder that goes away, and what comes out of one file in it.
#![allow(dead_code, missing_docs)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use broadsheet_ingest::{Article, Options, Reject, Wanted, open};
use flate2::{Compression, write::GzEncoder};
use tempfile::TempDir;

pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

/// What comes of all records at a path.
pub fn read(path: &Path, options: &Options) -> (Vec<Article>, Vec<Reject>) {
    let wanted = Wanted { map: options.map.clone(), ..Wanted::default() };
    let mut articles = Vec::new();
    let mut rejects = Vec::new();
    for record in open(&[path.to_string_lossy().into_owned()], options).unwrap() {
        match record.and_then(|raw| wanted.article(&raw)) {
            Ok(article) => articles.push(article),
            Err(reject) => rejects.push(reject),
        }
    }
    (articles, rejects)
}

/// One file in; its articles and its rejects.
pub fn outcome(name: &str, bytes: impl AsRef<[u8]>) -> (Vec<Article>, Vec<Reject>) {
    outcome_with(name, bytes, &Options::default())
}

pub fn outcome_with(name: &str, bytes: impl AsRef<[u8]>, options: &Options) -> (Vec<Article>, Vec<Reject>) {
    let folder = Folder::new();
    let (articles, mut rejects) = read(&folder.put(name, bytes), options);
    let home = format!("{}/", folder.path().display());
    for reject in &mut rejects {
        assert!(reject.stage == "ingest" && !reject.message.is_empty(), "{reject:?}");
        reject.source_path = reject.source_path.strip_prefix(&home).unwrap().to_owned();
    }
    (articles, rejects)
}

/// One file in; its articles, which all have to be used.
pub fn good(name: &str, bytes: impl AsRef<[u8]>) -> Vec<Article> {
    let (articles, rejects) = outcome(name, bytes);
    assert_eq!(rejects, [], "{name}");
    articles
}

pub fn one(name: &str, bytes: impl AsRef<[u8]>) -> Article {
    let mut articles = good(name, bytes);
    assert_eq!(articles.len(), 1, "{name}");
    articles.remove(0)
}

/// One file in; how many articles come out, and the numbers and codes of what is refused.
pub fn bad(name: &str, bytes: impl AsRef<[u8]>) -> (usize, Vec<(u64, &'static str)>) {
    let (articles, rejects) = outcome(name, bytes);
    (articles.len(), rejects.iter().map(|reject| (reject.source_offset, reject.code)).collect())
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn on(article: &Article) -> String {
    article.published_on.map(|day| day.to_string()).unwrap_or_default()
}

/// A page that an article can be found in.
pub fn page(title: &str, more: &str) -> String {
    let story = [
        "The council of Malmberg voted on Tuesday to rebuild the bridge that the spring flood had carried away.",
        "Mayor Ines Holm said that work would start in June and that it would cost 4.2 million euros.",
        "Two members of the opposition voted against the plan, because they want a tunnel under the river instead.",
        "Residents have crossed by ferry since March, and shops on the eastern bank report fewer customers.",
    ];
    let story: String = story.iter().map(|paragraph| format!("<p>{paragraph} {more}</p>\n")).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><title>{title}</title></head><body><main><article><h1>{title}</h1>\n\
         {story}</article></main></body></html>"
    )
}
