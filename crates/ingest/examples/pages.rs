//! Reads saved web pages on one core and prints how many a second, and where the time goes.
//!
//!     cargo run --release -p broadsheet-ingest --example pages -- ../shared/eval/pages/html
//!
//! With a second argument the articles are written there too, one JSON object a line.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use broadsheet_ingest::{Options, RawArticle, article, open};

// The steps by themselves: the crate does not hand them out.
#[allow(dead_code, unused_imports, missing_docs)]
#[path = "../src/page/blocks.rs"]
mod blocks;
#[allow(dead_code, missing_docs)]
#[path = "../src/page/container.rs"]
mod container;
#[allow(dead_code, missing_docs)]
#[path = "../src/page/furniture.rs"]
mod furniture;
#[allow(dead_code, missing_docs)]
#[path = "../src/page/main_text.rs"]
mod main_text;
#[allow(dead_code, missing_docs)]
#[path = "../src/page/marks.rs"]
mod marks;
#[allow(dead_code, missing_docs)]
#[path = "../src/page/outline.rs"]
mod outline;
#[allow(dead_code, missing_docs)]
#[path = "../src/page/scan.rs"]
mod scan;
#[allow(dead_code, missing_docs)]
#[path = "../src/page/told.rs"]
mod told;
#[allow(dead_code, missing_docs)]
#[path = "../src/page/tree.rs"]
mod tree;

/// Rounds over the pages: the fastest counts, since whatever else the machine does only adds to it.
const ROUNDS: usize = 5;

#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else { return Err("the folder of the pages is missing".into()) };
    let started = Instant::now();
    let mut pages: Vec<RawArticle> = Vec::new();
    let mut source = open(&[folder], &Options::default())?;
    for page in &mut source {
        pages.extend(page.ok());
    }
    let bytes: usize = pages.iter().map(|page| page.bytes.len()).sum();
    println!("{} pages, {bytes} bytes: read and decompressed in {:.1?}", pages.len(), started.elapsed());
    if let Some(path) = arguments.next() {
        dump(&pages, Path::new(&path))?;
    }
    let mut fastest: Vec<Duration> = vec![Duration::MAX; pages.len()];
    let mut steps = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        for (page, fastest) in pages.iter().zip(&mut fastest) {
            *fastest = time(|| article(page)).0.min(*fastest);
        }
        let mut round = [Duration::ZERO; 3];
        for page in &pages {
            let text = String::from_utf8_lossy(&page.bytes);
            round[0] += time(|| scan::Scan::new(&text).count()).0;
            let (taken, tree) = time(|| {
                let mut tree = tree::Tree::new();
                scan::Scan::new(&text).for_each(|piece| tree.add(&piece));
                tree.finish()
            });
            round[1] += taken;
            round[2] += time(|| main_text::of(&tree, None, None)).0;
        }
        steps = std::array::from_fn(|step| steps[step].min(round[step]));
    }
    let total: Duration = fastest.iter().sum();
    println!("{:.0} pages a second, {total:.1?} in all", pages.len() as f64 / total.as_secs_f64());
    println!(
        "  scanning the source {:.1?}, with the tree {:.1?}, finding the main text {:.1?}",
        steps[0], steps[1], steps[2]
    );
    let mut order: Vec<usize> = (0..pages.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(fastest[at]));
    for &at in order.iter().take(5) {
        println!("{:>10.1?} {:>8} bytes {}", fastest[at], pages[at].bytes.len(), pages[at].source_path);
    }
    Ok(())
}

/// How long something takes, and what comes of it.
fn time<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let started = Instant::now();
    let done = std::hint::black_box(work());
    (started.elapsed(), done)
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
