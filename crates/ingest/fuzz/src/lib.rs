//! What the fuzz targets share: any bytes, as a file of some name, are read to the end, and everything that comes out of
//! them keeps what the rest of the program relies on.

use std::cell::RefCell;
use std::io::Write;

use broadsheet_ingest::{Article, Options, Reject, article, open};

/// The limit of a record: low, so that the fuzzer reaches it.
const MAX_RECORD_BYTES: usize = 64 << 10;

thread_local! {
    static PLACE: RefCell<Option<tempfile::TempDir>> = const { RefCell::new(None) };
}

/// Reads `bytes` as a file with the extension `extension`.
///
/// # Panics
/// Where an article breaks a rule, which is what the fuzzer looks for.
pub fn read(bytes: &[u8], extension: &str) {
    PLACE.with_borrow_mut(|place| {
        let dir = place.get_or_insert_with(|| tempfile::tempdir().expect("a folder for the input"));
        let path = dir.path().join(format!("input.{extension}"));
        std::fs::File::create(&path).and_then(|mut file| file.write_all(bytes)).expect("the input is written");
        let options = Options { max_record_bytes: MAX_RECORD_BYTES, ..Options::default() };
        let Ok(source) = open(&[path.display().to_string()], &options) else { return };
        for record in source {
            match record.and_then(|raw| article(&raw)) {
                Ok(article) => keeps_the_rules(&article),
                Err(reject) => says_why(&reject),
            }
        }
    });
}

fn keeps_the_rules(article: &Article) {
    let length = article.text.chars().count();
    assert!(article.title_end as usize <= length, "the title ends in the text");
    assert!(article.body_start as usize <= length && article.body_start >= article.title_end, "the body starts in it");
    assert!(!article.text.trim().is_empty(), "there is a text");
    assert!(!article.text.contains(['\0', '\r', '\u{feff}']), "the text is clean");
    assert_eq!(article.article_id.len(), 16, "the identifier is whole");
    assert_eq!(article.words as usize, article.text.split_whitespace().count(), "words are counted");
}

fn says_why(reject: &Reject) {
    assert!(!reject.code.is_empty() && !reject.message.is_empty() && !reject.source_path.is_empty());
}
