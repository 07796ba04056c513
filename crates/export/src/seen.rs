//! What was seen are the articles of a run: an identifier that comes again is refused with the place where it was read first.

use crate::Document;
use broadsheet_ingest::Reject;
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_128;

/// The articles of the run so far: for each identifier's hash, where it was first read. About 60 bytes an article.
#[derive(Default)]
pub(crate) struct Seen {
    first: HashMap<u128, (u32, u64)>,
    /// The paths, each once as long as a file's records come one after another.
    paths: Vec<String>,
}

impl Seen {
    /// Remembers an article, or says where it was read before.
    pub fn check(&mut self, document: &Document) -> Option<Reject> {
        let article = &document.article;
        let key = xxh3_128(article.article_id.as_bytes());
        if let Some((path, offset)) = self.first.get(&key) {
            let path = self.paths.get(*path as usize).map_or("", String::as_str);
            return Some(Reject {
                source_path: article.source_path.clone(),
                source_offset: article.source_offset,
                stage: "export",
                code: "duplicate",
                message: format!("article {} was read before: {path}, record {offset}", article.article_id),
            });
        }
        if self.paths.last() != Some(&article.source_path) {
            self.paths.push(article.source_path.clone());
        }
        self.first.insert(key, (self.paths.len() as u32 - 1, article.source_offset));
        None
    }
}
