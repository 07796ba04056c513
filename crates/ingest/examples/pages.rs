//! Reads saved web pages on one core and prints how many a second, and where the time goes.
//!
//!     cargo run --release -p broadsheet-ingest --example pages -- ../shared/eval/pages/html
//!
//! With a second argument the articles are written there too, one JSON object a line.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use broadsheet_ingest::{Options, RawArticle, article, open};

/// Rounds over the pages: the fastest counts, since whatever else the machine does only adds to it.
const ROUNDS: usize = 5;

#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else { return Err("the folder of the pages is missing".into()) };
    let started = Instant::now();
    let mut pages: Vec<RawArticle> = Vec::new();
    let mut source = open(&[folder], &Options::default())?;
    while let Some(page) = source.next() {
        pages.extend(page.ok());
    }
    let bytes: usize = pages.iter().map(|page| page.bytes.len()).sum();
    println!("{} pages, {bytes} bytes: read and decompressed in {:.1?}", pages.len(), started.elapsed());
    if let Some(path) = arguments.next() {
        dump(&pages, Path::new(&path))?;
    }
    let mut fastest: Vec<Duration> = vec![Duration::MAX; pages.len()];
    for _ in 0..ROUNDS {
        for (page, fastest) in pages.iter().zip(&mut fastest) {
            let started = Instant::now();
            let _ = std::hint::black_box(article(page));
            *fastest = started.elapsed().min(*fastest);
        }
    }
    let total: Duration = fastest.iter().sum();
    println!("{:.0} pages a second, {total:.1?} in all", pages.len() as f64 / total.as_secs_f64());
    let mut order: Vec<usize> = (0..pages.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(fastest[at]));
    for &at in order.iter().take(5) {
        println!("{:>10.1?} {:>8} bytes {}", fastest[at], pages[at].bytes.len(), pages[at].source_path);
    }
    Ok(())
}

fn dump(pages: &[RawArticle], path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for page in pages {
        if let Ok(article) = article(page) {
            let line = serde_json::json!({
                "source_path": article.source_path, "title": article.title, "title_end": article.title_end,
                "authors": article.authors, "published_at": article.published_at.map(|at| at.to_string()),
                "text": article.text,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
