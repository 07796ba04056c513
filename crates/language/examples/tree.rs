//! Reads a text from standard input, or a sentence of its own, and prints each sentence's tree: the root, below it what
//! hangs on it, each word with its dependency, tag, lemma and, where it begins one, its entity.
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
        // What hangs on each token, from left to right.
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); reading.tokens.len()];
        for (i, token) in reading.tokens.iter().enumerate() {
            if token.head as usize != i {
                children[token.head as usize].push(i);
            }
        }
        for sentence in &reading.sentences {
            println!("{}", reading.span(sentence.start as usize, sentence.end as usize).trim());
            for root in sentence.clone().filter(|&i| reading.tokens[i as usize].head == i) {
                print(&reading, &children, root as usize);
            }
            println!();
        }
    }
    Ok(())
}

/// A token and, indented, all that hangs on it. Trees can be deep, so they are not walked by recursion.
fn print(reading: &Reading, children: &[Vec<usize>], root: usize) {
    let mut open = vec![(root, 1)];
    while let Some((token, depth)) = open.pop() {
        let t = &reading.tokens[token];
        let entity = if t.entity_iob == Iob::B { format!("  [{}]", t.entity_type) } else { String::new() };
        let word = reading.word(token).escape_debug();
        println!("{:indent$}{word} ({}, {}, {}){entity}", "", t.dep, t.tag, t.lemma.escape_debug(), indent = 2 * depth);
        open.extend(children[token].iter().rev().map(|&child| (child, depth + 1)));
    }
}
