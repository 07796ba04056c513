//! `broadsheet show`: one article's rows, readable, each with the words it was read from.

use crate::{args::ShowArgs, message::Failure};
use anstream::stdout;
use broadsheet_pipeline::{
    Clock, Reader,
    export::{
        Document,
        describe::{self, event_code, event_details, figure_value},
        html,
    },
    ingest,
    normalize::Event,
};
use std::{fs, io::Write, path::Path, process::ExitCode};

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const MARK: &str = "\u{1b}[1;33m";
const OFF: &str = "\u{1b}[0m";

/// Prints the rows of the article.
pub fn show(args: &ShowArgs) -> Result<ExitCode, Failure> {
    let options = ingest::Options { limit: Some(args.number), ..ingest::Options::default() };
    let mut source = ingest::open(std::slice::from_ref(&args.input), &options)
        .map_err(|e| Failure::run(&e).with_hint(e.hint.clone()))?;
    // 1. Find the record.
    let record = source
        .by_ref()
        .nth(args.number as usize - 1)
        .ok_or_else(|| Failure::run(format_args!("`{}` has fewer than {} articles", args.input, args.number)))?;
    // 2. Read it as `export` does.
    let reader = Reader::load().map_err(Failure::run)?;
    let outcome = reader.read_batch(&[record], &Clock::default()).pop();
    // 3. Print its rows.
    match outcome {
        Some(Ok(document)) => match &args.html {
            Some(path) => save(path, &html::page(&document)).map(|()| ExitCode::SUCCESS),
            None => print(&document, args.why).map(|()| ExitCode::SUCCESS),
        },
        Some(Err(r)) => Err(Failure::run(format_args!("`{}`: {} ({})", r.source_path, r.message, r.code))),
        None => Err(Failure::run(format_args!("`{}` holds no article", args.input))),
    }
}

/// Writes the page, `-` for standard output.
fn save(path: &Path, page: &str) -> Result<(), Failure> {
    if path == Path::new("-") {
        return Ok(stdout().lock().write_all(page.as_bytes())?);
    }
    fs::write(path, page).map_err(|e| Failure::run(format_args!("cannot write `{}`: {e}", path.display())))
}

fn print(document: &Document, why: bool) -> Result<(), Failure> {
    let mut out = stdout().lock();
    let Document { article, findings, .. } = document;
    let text = Text::new(&article.text);
    writeln!(out, "{BOLD}{}{OFF}", article.title.as_deref().unwrap_or("(no title)"))?;
    let date = article.published_at.map(|t| t.to_string());
    let facts = [date.as_deref(), article.publisher.as_deref(), article.url.as_deref(), Some(&article.source_path)];
    writeln!(out, "{DIM}{}{OFF}", facts.iter().flatten().copied().collect::<Vec<_>>().join("  "))?;

    writeln!(out, "\n{BOLD}ACTORS{OFF}")?;
    for a in &findings.actors {
        let code = [a.country.as_deref(), a.sector.as_deref()].map(|c| c.unwrap_or("-"));
        let kind = a.kind.name();
        let former = if a.former { " (former)" } else { "" };
        let role = a.role.as_deref().unwrap_or("");
        writeln!(out, "  {:32} {:3} {:4} {kind:12} {:>3}x  {role}{former}", a.name, code[0], code[1], a.mentions)?;
    }

    let names = |list: &[usize]| describe::names(findings, list);
    writeln!(out, "\n{BOLD}EVENTS{OFF}")?;
    for e in &findings.events {
        writeln!(out, "  {} {BOLD}{}{OFF} {}", names(&e.actors), event_code(e), names(&e.recipients))?;
        writeln!(out, "      {DIM}{}{OFF}", event_details(findings, e))?;
        writeln!(out, "      {}", text.marked(e.sentence_start, e.sentence_end, e.start, e.end))?;
        if why {
            for line in reasons(e, &text) {
                writeln!(out, "      {DIM}{line}{OFF}")?;
            }
        }
    }

    writeln!(out, "\n{BOLD}FIGURES{OFF}")?;
    for f in &findings.figures {
        let of = f.quantity_of.as_deref().unwrap_or("");
        writeln!(out, "  {:24} {:28} {of}", text.slice(f.start, f.end), figure_value(f))?;
    }

    writeln!(out, "\n{BOLD}TIMES{OFF}")?;
    for t in &findings.times {
        writeln!(out, "  {:24} {:8} {}", text.slice(t.start, t.end), t.kind.name(), t.value)?;
    }

    writeln!(out, "\n{BOLD}QUOTES{OFF}")?;
    for q in &findings.quotes {
        let speaker = q.speaker.map(|who| names(&[who])).or(q.speaker_name.clone());
        let who = speaker.as_deref().unwrap_or("?");
        let cue = q.cue.as_deref().unwrap_or("");
        writeln!(out, "  {who} {DIM}{cue}{OFF}: {}", text.slice(q.start, q.end))?;
    }
    Ok(())
}

/// What decided an event, a line each: frame, parties, confidence.
fn reasons(e: &Event, text: &Text) -> Vec<String> {
    let why = &e.why;
    let mut words = vec![format!("`{}`", text.slice(e.start, e.end))];
    words.extend(why.matched.iter().map(|(role, start, end)| format!("{role} `{}`", text.slice(*start, *end))));
    let mut lines = vec![format!("frame: {} matched {}", e.frame, words.join(", "))];
    lines.push(format!("actor: {}", why.actors.as_deref().unwrap_or("none in the text")));
    lines.push(format!("recipient: {}", why.recipients.as_deref().unwrap_or("none in the text")));
    let traits: Vec<String> = why.traits.iter().map(|(name, weight)| format!("{name} {weight:+.1}")).collect();
    lines.push(format!("confidence {:.2}: {}", e.confidence, traits.join(", ")));
    lines
}

/// A text that is sliced by code points.
struct Text<'a> {
    text: &'a str,
    bytes: Vec<usize>,
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Self {
        Text { text, bytes: text.char_indices().map(|(b, _)| b).chain([text.len()]).collect() }
    }

    fn slice(&self, start: u32, end: u32) -> String {
        let at = |i: u32| self.bytes.get(i as usize).copied().unwrap_or(self.text.len());
        self.text.get(at(start)..at(end)).unwrap_or("").replace('\n', " ")
    }

    fn marked(&self, from: u32, to: u32, start: u32, end: u32) -> String {
        let (before, after) = (self.slice(from, start), self.slice(end, to));
        format!("{before}{MARK}{}{OFF}{after}", self.slice(start, end)).trim().to_string()
    }
}
