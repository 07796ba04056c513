//! A watch takes the time of the steps of a read, where somebody asks for it; a read without one pays nothing.

use std::time::{Duration, Instant};

/// The steps of a read, and the layers of the model in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Text to pieces.
    Tokenizer,
    /// Words looked up in the cache, and their types' embeddings and first products where they are new.
    Embedding,
    /// The convolutions of both encoders.
    Convolutions,
    /// Vectors to tags.
    Tagger,
    /// The vectors' reduction to 64 numbers, for parser and recognizer.
    Reduction,
    /// The parser's hidden layer.
    ParserHidden,
    /// The recognizer's hidden layer.
    EntityHidden,
    /// Scores of the moves of parser and recognizer, and the choice of the best one.
    Scores,
    /// The states of parser and recognizer.
    Transitions,
    /// The tree, sentences, attribute rules, lemmas, tokens.
    Rules,
}

/// All steps, with their names.
const STEPS: [(Step, &str); 10] = [
    (Step::Tokenizer, "tokenizer"),
    (Step::Embedding, "embedding"),
    (Step::Convolutions, "convolutions"),
    (Step::Tagger, "tagger"),
    (Step::Reduction, "reduction"),
    (Step::ParserHidden, "parser, hidden layer"),
    (Step::EntityHidden, "recognizer, hidden layer"),
    (Step::Scores, "scores of moves"),
    (Step::Transitions, "transitions"),
    (Step::Rules, "tree, rules, tokens"),
];

/// Is told what was done since it was last told.
pub trait Watch {
    /// The step that has just ended.
    fn lap(&mut self, step: Step);
}

/// No watch.
impl Watch for () {
    #[inline(always)]
    fn lap(&mut self, _: Step) {}
}

/// Time by step.
#[derive(Debug, Clone)]
pub struct Profile {
    times: [Duration; STEPS.len()],
    last: Instant,
}

impl Default for Profile {
    fn default() -> Profile {
        Profile { times: [Duration::ZERO; STEPS.len()], last: Instant::now() }
    }
}

impl Profile {
    /// The steps' names and times, in the order of a read.
    pub fn steps(&self) -> impl Iterator<Item = (&'static str, Duration)> {
        STEPS.iter().map(|(step, name)| (*name, self.times[*step as usize]))
    }
}

impl Watch for Profile {
    fn lap(&mut self, step: Step) {
        let now = Instant::now();
        self.times[step as usize] += now - self.last;
        self.last = now;
    }
}
