//! The parser: arc-eager transitions (Nivre 2003) with a Break move for sentence ends, chosen greedily by a maxout layer
//! over eight tokens of the state, and pseudo-projective labels taken apart afterwards (Nivre & Nilsson 2005).

use crate::{
    encoder::WIDTH,
    file::{File, ModelError},
    linear::affine,
};

const HIDDEN: usize = 64;
const MAXOUT: usize = 2;

/// The scorer of a transition system: a lower layer that is computed once a token, and an upper layer once a state.
pub struct Scorer {
    reduce: (Vec<f32>, Vec<f32>),
    lower: Vec<f32>,
    lower_bias: Vec<f32>,
    pad: Vec<f32>,
    /// Hidden by class.
    upper: Vec<f32>,
    upper_bias: Vec<f32>,
    features: usize,
}

impl Scorer {
    /// The scorer called `part` with `features` tokens a state and `classes` transitions.
    pub fn load(file: &File, part: &str, features: usize, classes: usize) -> Result<Scorer, ModelError> {
        let rows = features * HIDDEN * MAXOUT;
        let upper = file.tensor(&format!("{part}.output.W"), classes * HIDDEN)?;
        let mut transposed = vec![0.0; upper.len()];
        for (c, row) in upper.chunks_exact(HIDDEN).enumerate() {
            for (h, v) in row.iter().enumerate() {
                transposed[h * classes + c] = *v;
            }
        }
        Ok(Scorer {
            reduce: (
                file.tensor(&format!("{part}.reduce.W"), HIDDEN * WIDTH)?,
                file.tensor(&format!("{part}.reduce.b"), HIDDEN)?,
            ),
            lower: file.tensor(&format!("{part}.lower.W"), rows * HIDDEN)?,
            lower_bias: file.tensor(&format!("{part}.lower.b"), HIDDEN * MAXOUT)?,
            pad: file.tensor(&format!("{part}.lower.pad"), rows)?,
            upper: transposed,
            upper_bias: file.tensor(&format!("{part}.output.b"), classes)?,
            features,
        })
    }

    /// The lower layer of every token.
    pub fn precompute(&self, vectors: &[f32]) -> Vec<f32> {
        let (mut reduced, mut out) = (Vec::new(), Vec::new());
        affine(vectors, &self.reduce.0, &self.reduce.1, WIDTH, &mut reduced);
        affine(&reduced, &self.lower, &vec![0.0; self.pad.len()], HIDDEN, &mut out);
        out
    }

    /// The scores of all transitions in a state that looks at the tokens `ids` (negative: none).
    pub fn score(&self, lower: &[f32], ids: &[i32], scores: &mut Vec<f32>) {
        const N: usize = HIDDEN * MAXOUT;
        let stride = self.features * N;
        let mut sum = [0.0f32; N];
        for (f, &id) in ids.iter().enumerate() {
            let row = usize::try_from(id).map_or(&self.pad[..], |id| &lower[id * stride..(id + 1) * stride]);
            for (s, v) in sum.iter_mut().zip(&row[f * N..(f + 1) * N]) {
                *s += v;
            }
        }
        scores.clear();
        scores.resize(self.upper_bias.len(), 0.0);
        let classes = scores.len();
        for h in 0..HIDDEN {
            let at = h * MAXOUT;
            let hidden = (sum[at] + self.lower_bias[at]).max(sum[at + 1] + self.lower_bias[at + 1]);
            for (s, w) in scores.iter_mut().zip(&self.upper[h * classes..(h + 1) * classes]) {
                *s += hidden * w;
            }
        }
        for (s, b) in scores.iter_mut().zip(&self.upper_bias) {
            *s += b;
        }
    }
}

const SHIFT: u8 = 0;
const REDUCE: u8 = 1;
const LEFT: u8 = 2;
const RIGHT: u8 = 3;
const BREAK: u8 = 4;

/// The transitions with their labels, and the scorer.
pub struct Parser {
    moves: Vec<(u8, &'static str)>,
    scorer: Scorer,
}

/// A tree: for each token its head (the root's is its own) and label.
#[derive(Debug, Clone, Default)]
pub struct Arcs {
    /// Head of each token.
    pub heads: Vec<u32>,
    /// Label of each token.
    pub labels: Vec<&'static str>,
    /// Whether a sentence starts here.
    pub starts: Vec<bool>,
}

struct State {
    stack: Vec<i32>,
    rebuffer: Vec<i32>,
    next: i32,
    length: i32,
    heads: Vec<i32>,
    labels: Vec<&'static str>,
    left: Vec<Vec<i32>>,
    right: Vec<Vec<i32>>,
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
}

impl State {
    fn new(n: usize) -> State {
        State {
            stack: Vec::new(),
            rebuffer: Vec::new(),
            next: 0,
            length: n as i32,
            heads: vec![-1; n],
            labels: vec![""; n],
            left: vec![Vec::new(); n],
            right: vec![Vec::new(); n],
            unshiftable: vec![false; n],
            starts: vec![false; n],
        }
    }

    fn s(&self, i: usize) -> i32 {
        self.stack.len().checked_sub(i + 1).map_or(-1, |at| self.stack[at])
    }

    fn b(&self, i: usize) -> i32 {
        if i < self.rebuffer.len() {
            return self.rebuffer[self.rebuffer.len() - 1 - i];
        }
        let at = self.next + (i - self.rebuffer.len()) as i32;
        if at >= self.length { -1 } else { at }
    }

    fn buffer_length(&self) -> usize {
        (self.length - self.next) as usize + self.rebuffer.len()
    }

    fn child(list: &[Vec<i32>], head: i32, nth: usize) -> i32 {
        usize::try_from(head).ok().and_then(|h| list[h].iter().rev().nth(nth - 1)).copied().unwrap_or(-1)
    }

    fn is_start(&self, token: i32) -> bool {
        usize::try_from(token).is_ok_and(|t| self.starts[t])
    }

    fn push(&mut self) {
        let b0 = self.rebuffer.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(b0);
    }

    fn add_arc(&mut self, head: i32, child: i32, label: &'static str) {
        let c = child as usize;
        let old = self.heads[c];
        if old >= 0 {
            let list = if old > child { &mut self.left[old as usize] } else { &mut self.right[old as usize] };
            if let Some(at) = list.iter().rposition(|&x| x == child) {
                list.remove(at);
            }
        }
        if head > child {
            self.left[head as usize].push(child);
        } else {
            self.right[head as usize].push(child);
        }
        self.heads[c] = head;
        self.labels[c] = label;
    }

    fn valid(&self) -> [bool; 5] {
        let (depth, buffer, b0, b1) = (self.stack.len(), self.buffer_length(), self.b(0), self.b(1));
        let start = self.is_start(b0);
        let arcs = depth > 0 && buffer > 0 && !start;
        [
            depth == 0 || (buffer >= 2 && !start && !self.unshiftable[b0.max(0) as usize]),
            depth > 0,
            arcs,
            arcs,
            buffer >= 2 && b1 == b0 + 1 && !self.is_start(b1),
        ]
    }

    fn act(&mut self, action: u8, label: &'static str) {
        match action {
            SHIFT => self.push(),
            REDUCE => {
                let s0 = self.s(0);
                let has_head = usize::try_from(s0).is_ok_and(|s| self.heads[s] >= 0);
                let alone = self.stack.len() == 1;
                self.stack.pop();
                if !has_head && !alone && s0 >= 0 {
                    self.unshiftable[s0 as usize] = true;
                    self.rebuffer.push(s0);
                }
            }
            LEFT => {
                let (b0, s0) = (self.b(0), self.s(0));
                self.add_arc(b0, s0, label);
                self.unshiftable[b0 as usize] = false;
                self.stack.pop();
            }
            RIGHT => {
                let (b0, s0) = (self.b(0), self.s(0));
                self.add_arc(s0, b0, label);
                self.push();
            }
            _ => {
                let b1 = self.b(1);
                if b1 >= 0 {
                    self.starts[b1 as usize] = true;
                }
            }
        }
    }
}

impl Parser {
    /// The parser of the model.
    pub fn load(file: &File, intern: impl Fn(&str) -> &'static str) -> Result<Parser, ModelError> {
        let moves: Vec<(u8, &'static str)> = file.header.parser_moves.iter().map(|(m, l)| (*m, intern(l))).collect();
        Ok(Parser { scorer: Scorer::load(file, "parser", 8, moves.len())?, moves })
    }

    /// The tree over the tokens with these vectors.
    pub fn parse(&self, vectors: &[f32], spaces: &[bool], intern: impl Fn(&str) -> &'static str) -> Arcs {
        let n = spaces.len();
        let lower = self.scorer.precompute(vectors);
        let mut state = State::new(n);
        let mut scores = Vec::new();
        while !(state.stack.is_empty() && state.buffer_length() == 0) {
            let (b0, s0) = (state.b(0), state.s(0));
            let ids = [
                b0,
                state.b(1),
                s0,
                state.s(1),
                state.s(2),
                State::child(&state.left, b0, 1),
                State::child(&state.left, s0, 1),
                State::child(&state.right, s0, 1),
            ];
            self.scorer.score(&lower, &ids, &mut scores);
            let valid = state.valid();
            let mut best: Option<usize> = None;
            for (i, &(m, _)) in self.moves.iter().enumerate() {
                if valid[m as usize] && best.is_none_or(|b| scores[i] > scores[b]) {
                    best = Some(i);
                }
            }
            match best {
                Some(i) => {
                    let (m, label) = self.moves[i];
                    state.act(m, if m == BREAK { "" } else { label });
                }
                None => break,
            }
        }
        finish(state, spaces, intern)
    }
}

/// Roots, sentence starts, and decorated labels taken apart.
fn finish(state: State, spaces: &[bool], intern: impl Fn(&str) -> &'static str) -> Arcs {
    let n = spaces.len();
    let mut heads: Vec<u32> =
        state.heads.iter().enumerate().map(|(i, &h)| if h < 0 { i as u32 } else { h as u32 }).collect();
    let mut labels: Vec<&'static str> =
        (0..n).map(|i| if heads[i] as usize == i { "ROOT" } else { state.labels[i] }).collect();
    if labels.iter().any(|l| l.contains("||")) {
        let mut children: Vec<Vec<u32>> = vec![Vec::new(); n];
        for (i, &h) in heads.iter().enumerate() {
            if h as usize != i {
                children[h as usize].push(i as u32);
            }
        }
        for i in 0..n {
            let Some((label, head_label)) = labels[i].split_once("||") else { continue };
            let head = lifted_head(i, heads[i], head_label, &children, &labels, spaces);
            if head != heads[i] {
                children[heads[i] as usize].retain(|&c| c as usize != i);
                let at = children[head as usize].partition_point(|&c| (c as usize) < i);
                children[head as usize].insert(at, i as u32);
                heads[i] = head;
            }
            labels[i] = intern(label);
        }
    }
    Arcs { starts: starts(&heads), heads, labels }
}

/// The first token below the head, breadth first, that has the label; else the head.
fn lifted_head(token: usize, head: u32, label: &str, children: &[Vec<u32>], labels: &[&str], spaces: &[bool]) -> u32 {
    let mut queue = vec![head];
    while !queue.is_empty() {
        let mut next = Vec::new();
        for at in queue {
            for &child in &children[at as usize] {
                if spaces[child as usize] || child as usize == token {
                    continue;
                }
                if labels[child as usize] == label {
                    return child;
                }
                next.push(child);
            }
        }
        queue = next;
    }
    head
}

/// A sentence starts at the left edge of each root.
fn starts(heads: &[u32]) -> Vec<bool> {
    let n = heads.len();
    // The root above each token, found without recursion.
    let mut root: Vec<u32> = vec![u32::MAX; n];
    let mut path = Vec::new();
    for i in 0..n {
        let mut at = i;
        while root[at] == u32::MAX && heads[at] as usize != at {
            path.push(at);
            root[at] = u32::MAX - 1;
            at = heads[at] as usize;
        }
        let top = if root[at] >= u32::MAX - 1 { at as u32 } else { root[at] };
        root[at] = top;
        for p in path.drain(..) {
            root[p] = top;
        }
    }
    let mut seen = vec![false; n];
    (0..n).map(|i| !std::mem::replace(&mut seen[root[i] as usize], true)).collect()
}
