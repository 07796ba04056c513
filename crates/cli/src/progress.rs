//! A progress bar with rate and time left on a terminal; nothing in a pipe.

use broadsheet_pipeline::ingest::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// The bar of one run.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar on standard error, drawn only if that is a terminal and `quiet` is not set.
    pub fn new(quiet: bool) -> Bar {
        let shown = !quiet && std::io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Bar(ProgressBar::with_draw_target(None, target))
    }

    /// Shows how far the source is and how many articles have been read.
    pub fn update(&self, source: &Progress, articles: u64) {
        if let (Some(total), None) = (source.bytes_total, self.0.length()) {
            self.0.set_length(total.max(1));
            let style = "{bar:30} {binary_bytes}/{binary_total_bytes}  {binary_bytes_per_sec}  {eta} left  {msg}";
            if let Ok(style) = ProgressStyle::with_template(style) {
                self.0.set_style(style);
            }
        }
        self.0.set_position(source.bytes_read);
        let rate = articles as f64 / self.0.elapsed().as_secs_f64().max(1e-3);
        self.0.set_message(format!("{articles} articles, {rate:.0}/s"));
    }

    /// Takes the bar off the screen.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}
