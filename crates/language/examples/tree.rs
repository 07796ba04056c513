//! Reads a text from standard input, or a sentence of its own, and prints each sentence's tree.
//!
//! ```sh
//! echo "The ministers met in Jakarta on Friday." | cargo run --release -p broadsheet-language --example tree
//! ```
#![allow(clippy::print_stdout)]

use broadsheet_language::{Iob, Model, Reading};
use std::io::{IsTerminal, Read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    if std::io::stdin().is_terminal() {
        text.push_str("The ministers of both countries met in Jakarta on Friday and signed a treaty.");
    } else {
        std::io::stdin().read_to_string(&mut text)?;
    }
    let model = Model::load()?;
    for reading in model.read(&[text.trim_end()]) {
        for sentence in &reading.sentences {
            for root in sentence.clone().filter(|&i| reading.tokens[i as usize].head == i) {
                print(&reading, root as usize, 0);
            }
            println!();
        }
    }
    Ok(())
}

/// A token and, indented, all that hangs on it.
fn print(reading: &Reading, token: usize, depth: usize) {
    let t = &reading.tokens[token];
    let entity = if t.entity_iob == Iob::O { String::new() } else { format!("  [{}]", t.entity_type) };
    println!("{:indent$}{} ({}, {}, {}){entity}", "", reading.word(token), t.dep, t.tag, t.lemma, indent = 2 * depth);
    for child in 0..reading.tokens.len() {
        if child != token && reading.tokens[child].head as usize == token {
            print(reading, child, depth + 1);
        }
    }
}
