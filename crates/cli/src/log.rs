//! The log of a run: sentences for people, or lines of JSON for programs, on standard error.

use crate::config::LogFormat;
use serde_json::{Map, Value, json};

/// Where a run tells what it does.
#[derive(Debug, Clone, Copy)]
pub struct Log {
    pub format: LogFormat,
    pub quiet: bool,
}

impl Log {
    /// Tells what happened: an event with its facts for programs, a sentence for people; an empty one is not told them.
    pub fn info(&self, event: &str, facts: Value, sentence: &str) {
        if !self.quiet {
            self.write("info", event, facts, sentence);
        }
    }

    /// Tells what is not as it should be.
    pub fn warn(&self, event: &str, facts: Value, sentence: &str) {
        self.write("warning", event, facts, &format!("\u{1b}[1;33mwarning:\u{1b}[0m {sentence}"));
    }

    /// Tells why the run ends. For people the command itself does.
    pub fn error(&self, message: &str) {
        self.write("error", "failed", json!({"message": message}), "");
    }

    fn write(&self, level: &str, event: &str, facts: Value, sentence: &str) {
        match self.format {
            LogFormat::Text if sentence.is_empty() => {}
            LogFormat::Text => anstream::eprintln!("{sentence}"),
            LogFormat::Json => {
                let mut line = Map::new();
                line.insert("time".into(), jiff::Timestamp::now().to_string().into());
                line.insert("level".into(), level.into());
                line.insert("event".into(), event.into());
                if let Value::Object(facts) = facts {
                    line.extend(facts);
                }
                anstream::eprintln!("{}", Value::Object(line));
            }
        }
    }
}
