//! A tree is the dependency structure of a reading, indexed for walking down as well as up.

use broadsheet_language::Reading;
use std::ops::Range;

/// Children lists of every token.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    offsets: Vec<u32>,
    children: Vec<u32>,
}

impl Tree {
    /// Indexes the heads of `reading`.
    pub fn new(reading: &Reading) -> Tree {
        let n = reading.tokens.len();
        let mut offsets = vec![0u32; n + 1];
        for (i, t) in reading.tokens.iter().enumerate() {
            if t.head as usize != i {
                offsets[t.head as usize + 1] += 1;
            }
        }
        for i in 0..n {
            offsets[i + 1] += offsets[i];
        }
        let mut next = offsets.clone();
        let mut children = vec![0u32; offsets[n] as usize];
        for (i, t) in reading.tokens.iter().enumerate() {
            if t.head as usize != i {
                let slot = &mut next[t.head as usize];
                children[*slot as usize] = i as u32;
                *slot += 1;
            }
        }
        Tree { offsets, children }
    }

    /// Children of token `i`, left to right.
    pub fn children(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children[self.offsets[i] as usize..self.offsets[i + 1] as usize].iter().map(|&c| c as usize)
    }

    /// Children of `i` whose label is one of `deps`.
    pub fn children_by<'a>(
        &'a self,
        reading: &'a Reading,
        i: usize,
        deps: &'a [&str],
    ) -> impl DoubleEndedIterator<Item = usize> + 'a {
        self.children(i).filter(move |&c| deps.contains(&reading.tokens[c].dep))
    }

    /// The smallest token range that holds `i` and everything below it.
    pub fn range(&self, i: usize) -> Range<usize> {
        let (mut first, mut last) = (i, i);
        let mut stack = vec![i];
        while let Some(t) = stack.pop() {
            first = first.min(t);
            last = last.max(t);
            stack.extend(self.children(t));
        }
        first..last + 1
    }

    /// The ancestors of `i`, nearest first, `i` not included.
    pub fn ancestors<'a>(&self, reading: &'a Reading, i: usize) -> impl Iterator<Item = usize> + 'a {
        let mut at = i;
        std::iter::from_fn(move || {
            let head = reading.tokens[at].head as usize;
            if head == at {
                return None;
            }
            at = head;
            Some(head)
        })
    }
}
