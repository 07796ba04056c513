//! A parse is built by moves over a stack and the rest of the text, from left to right: shift, reduce, attach to the left
//! or to the right, begin a sentence. In each state the best-scoring move that is allowed is made.

use crate::ModelError;
use crate::bundle::Bundle;
use crate::score::{Scorer, Shares};
use crate::simd::Simd;
use crate::watch::{Step, Watch};

/// Kinds of moves, numbered as the model numbers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

/// How many kinds there are.
const KINDS: usize = 5;

/// A move with its label.
#[derive(Debug, Clone, Copy)]
pub struct Move {
    pub kind: Kind,
    pub label: u8,
}

/// Words that a state points at.
const FEATURES: usize = 8;

/// Head (-1: none) and label of each word.
pub struct Arcs {
    pub heads: Vec<i32>,
    pub labels: Vec<u8>,
}

struct State {
    length: i32,
    stack: Vec<i32>,
    /// Words that were put back, the next one last.
    back: Vec<i32>,
    next: i32,
    unshiftable: Vec<bool>,
    sentence_start: Vec<bool>,
    heads: Vec<i32>,
    labels: Vec<u8>,
    /// Children to the left and right of a word, linked from the last attached to the first.
    last_left: Vec<i32>,
    last_right: Vec<i32>,
    previous: Vec<i32>,
}

impl State {
    fn new(length: usize) -> State {
        State {
            length: length as i32,
            stack: Vec::new(),
            back: Vec::new(),
            next: 0,
            unshiftable: vec![false; length],
            sentence_start: vec![false; length],
            heads: vec![-1; length],
            labels: vec![0; length],
            last_left: vec![-1; length],
            last_right: vec![-1; length],
            previous: vec![-1; length],
        }
    }

    fn on_stack(&self, i: usize) -> i32 {
        self.stack.len().checked_sub(i + 1).map_or(-1, |at| self.stack[at])
    }

    fn ahead(&self, i: usize) -> i32 {
        if let Some(at) = self.back.len().checked_sub(i + 1) {
            return self.back[at];
        }
        let word = self.next + (i - self.back.len()) as i32;
        if word < self.length { word } else { -1 }
    }

    fn left_to_go(&self) -> i32 {
        self.length - self.next + self.back.len() as i32
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.left_to_go() == 0
    }

    fn features(&self) -> [i32; FEATURES] {
        let of = |list: &[i32], word: i32| if word < 0 { -1 } else { list[word as usize] };
        let (b0, s0) = (self.ahead(0), self.on_stack(0));
        [
            b0,
            self.ahead(1),
            s0,
            self.on_stack(1),
            self.on_stack(2),
            of(&self.last_left, b0),
            of(&self.last_left, s0),
            of(&self.last_right, s0),
        ]
    }

    /// Which kinds of moves are allowed, as bits by their numbers.
    fn allowed(&self) -> usize {
        let (depth, ahead, b0, b1) = (self.stack.len(), self.left_to_go(), self.ahead(0), self.ahead(1));
        let starts = |w: i32| w >= 0 && self.sentence_start[w as usize];
        let attach = depth > 0 && ahead > 0 && !starts(b0);
        let shift = depth == 0 || (ahead >= 2 && !starts(b0) && !(b0 >= 0 && self.unshiftable[b0 as usize]));
        let begin = ahead >= 2 && b1 == b0 + 1 && !starts(b1);
        let flags = [shift, depth > 0, attach, attach, begin];
        flags.iter().enumerate().fold(0, |bits, (kind, &allowed)| bits | usize::from(allowed) << kind)
    }

    fn push(&mut self) {
        let word = self.back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(word);
    }

    fn attach(&mut self, head: i32, child: i32, label: u8) {
        let c = child as usize;
        if self.heads[c] >= 0 {
            self.detach(self.heads[c], child);
        }
        let last = if head > child { &mut self.last_left } else { &mut self.last_right };
        self.previous[c] = last[head as usize];
        last[head as usize] = child;
        self.heads[c] = head;
        self.labels[c] = label;
    }

    /// Takes a child from its head's list, where it is the last one.
    fn detach(&mut self, head: i32, child: i32) {
        let last = if head > child { &mut self.last_left } else { &mut self.last_right };
        if last[head as usize] == child {
            last[head as usize] = self.previous[child as usize];
        }
    }

    fn make(&mut self, m: Move) {
        let (b0, s0) = (self.ahead(0), self.on_stack(0));
        match m.kind {
            Kind::Shift => self.push(),
            Kind::Reduce => {
                self.stack.pop();
                if self.heads[s0 as usize] < 0 && !self.stack.is_empty() {
                    self.unshiftable[s0 as usize] = true;
                    self.back.push(s0);
                }
            }
            Kind::Left => {
                self.attach(b0, s0, m.label);
                self.unshiftable[b0 as usize] = false;
                self.stack.pop();
            }
            Kind::Right => {
                self.attach(s0, b0, m.label);
                self.push();
            }
            Kind::Break => {
                let b1 = self.ahead(1);
                self.sentence_start[b1 as usize] = true;
            }
        }
    }
}

/// The parser: its moves and what scores them.
#[derive(Debug)]
pub struct Parser {
    moves: Vec<Move>,
    scorer: Scorer<FEATURES>,
    /// For each set of allowed kinds, a row of zeros for the moves of these kinds and minus infinity for the others.
    handicaps: Vec<f32>,
}

impl Parser {
    pub fn new(bundle: &Bundle, moves: Vec<Move>, simd: Simd) -> Result<Parser, ModelError> {
        let scorer = Scorer::new(bundle, "parser", moves.len(), FEATURES, simd, Step::ParserHidden)?;
        let handicaps = (0..1 << KINDS)
            .flat_map(|allowed: usize| {
                let fits = |m: &Move| allowed >> m.kind as usize & 1 == 1;
                let handicap = |m: Option<&Move>| if m.is_some_and(fits) { 0.0 } else { f32::NEG_INFINITY };
                (0..scorer.width()).map(|i| handicap(moves.get(i))).collect::<Vec<_>>()
            })
            .collect();
        Ok(Parser { moves, scorer, handicaps })
    }

    /// Adds words, given by their vectors, to those that can be parsed.
    pub fn reduce(&self, vectors: &[f32], reduced: &mut Vec<f32>) {
        self.scorer.reduce(vectors, reduced);
    }

    /// Parses a text of `length` words.
    pub fn parse<W: Watch>(&self, reduced: &[f32], length: usize, shares: &mut Shares, watch: &mut W) -> Arcs {
        self.scorer.begin(shares);
        let mut state = State::new(length);
        let width = self.scorer.width();
        while !state.is_final() {
            let allowed = state.allowed();
            if allowed == 0 {
                break;
            }
            let handicap = &self.handicaps[allowed * width..][..width];
            let words = state.features();
            watch.lap(Step::Transitions);
            let best = self.scorer.best(reduced, words, handicap, shares, watch);
            state.make(self.moves[best]);
        }
        watch.lap(Step::Transitions);
        Arcs { heads: state.heads, labels: state.labels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::Labels;
    use crate::model::parser_labels;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static PARSER: LazyLock<Parser> = LazyLock::new(|| {
        let bundle = Bundle::open().expect("the embedded model opens");
        let (moves, ..) = parser_labels(&bundle.tables, &mut Labels::default()).expect("its labels are known");
        Parser::new(&bundle, moves, Simd::detect()).expect("its parser has the right shape")
    });

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever the words: every word is attached at most once, and no two arcs cross. (Arcs cross only where a lifted
        /// arc is put back, which is done later.)
        #[test]
        fn arcs_do_not_cross(numbers in prop::collection::vec(-30i8..30, 0..40), words in 0usize..70) {
            let number = |i: usize| numbers.get((i * i + i / 7) % numbers.len().max(1)).map_or(0.0, |&n| f32::from(n) / 9.0);
            let reduced: Vec<f32> = (0..words * crate::simd::HIDDEN).map(number).collect();
            let arcs = PARSER.parse(&reduced, words, &mut Shares::default(), &mut ());
            prop_assert_eq!(arcs.heads.len(), words);
            let spans: Vec<(usize, usize)> = arcs
                .heads
                .iter()
                .enumerate()
                .filter_map(|(i, &head)| usize::try_from(head).ok().map(|head| (i.min(head), i.max(head))))
                .collect();
            for &(a, b) in &spans {
                prop_assert!(a < b && b < words);
                for &(c, d) in &spans {
                    prop_assert!(!(a < c && c < b && b < d), "{:?} crosses {:?}", (a, b), (c, d));
                }
            }
        }
    }
}
