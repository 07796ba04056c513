//! The main text is the part of a page that its reader came for: the element in which most of the prose stands together,
//! without what is marked as something else, and without what does not read as text.

use std::collections::HashMap;

use super::blocks::{self, Block};
use super::marks::{Mark, Marks};
use super::tree::{Kind, Tree};

/// A line of the article.
pub struct Line {
    pub text: String,
    /// Whether one end of a line, not a blank line, divides it from the line before.
    pub continues: bool,
    pub is_heading: bool,
}

/// The lines of a page's main text, in order.
pub fn of(tree: &Tree) -> Vec<Line> {
    let blocks = blocks::of(tree);
    let page = Page::new(tree, &blocks);
    let Some(main) = page.main() else { return Vec::new() };
    let kept = page.kept(main);
    let lines = blocks.into_iter().zip(kept).filter(|(_, kept)| *kept);
    let is_heading = |block: &Block| matches!(tree.kind(block.element), Kind::Heading(_));
    lines
        .map(|(block, _)| Line { is_heading: is_heading(&block), continues: block.continues, text: block.text })
        .collect()
}

struct Page<'a, 'b> {
    tree: &'b Tree<'a>,
    blocks: &'b [Block],
    /// By element: its mark; `Drop` and `Never` also for all that stands in such an element.
    marks: Vec<Mark>,
    /// By element: the prose in it, without what is dropped.
    prose: Vec<usize>,
}

impl<'a, 'b> Page<'a, 'b> {
    fn new(tree: &'b Tree<'a>, blocks: &'b [Block]) -> Self {
        let mut names = Marks::default();
        let count = tree.nodes.len();
        // 1. All prose, to tell what holds most of the page.
        let mut prose = vec![0_usize; count];
        let mut used = vec![false; count];
        for block in blocks {
            prose[block.element] += block.prose();
            used[block.element] = true;
        }
        for at in (1..count).rev() {
            let parent = tree.parent(at);
            prose[parent] += prose[at];
            used[parent] |= used[at];
        }
        // 2. What is dropped, with all in it.
        let all = prose[0];
        let mut marks = vec![Mark::None; count];
        for at in 1..count {
            let Some(element) = tree.element(at).filter(|_| used[at]) else { continue };
            let own = if element.kind.is_line() { Mark::None } else { names.of(element) };
            let own = match element.kind {
                Kind::Never => Mark::Never,
                Kind::Aside => own.max(Mark::Drop),
                _ if element.hidden => own.max(Mark::Drop),
                _ => own,
            };
            let is_most = prose[at] * 2 > all;
            let own = if own == Mark::Drop && is_most { Mark::None } else { own };
            let above = marks[tree.parent(at)];
            marks[at] = if above >= Mark::Drop { above } else { own };
        }
        // 3. The prose that is left.
        prose.fill(0);
        for block in blocks.iter().filter(|block| marks[block.element] < Mark::Drop) {
            prose[block.element] += block.prose();
        }
        for at in (1..count).rev() {
            prose[tree.parent(at)] += prose[at];
        }
        Page { tree, blocks, marks, prose }
    }

    /// The innermost element that holds nearly all prose.
    fn main(&self) -> Option<usize> {
        let all = self.prose[0];
        if all == 0 {
            return None;
        }
        // A container that its site names, if much stands in it.
        let named = (1..self.tree.nodes.len())
            .filter(|&at| self.marks[at] == Mark::Body && self.prose[at] * 2 > all)
            .min_by_key(|&at| (std::cmp::Reverse(self.prose[at]), std::cmp::Reverse(at)));
        let mut main = named.unwrap_or(0);
        loop {
            let here = self.prose[main];
            let inner = self.children(main).max_by_key(|&at| (self.prose[at], std::cmp::Reverse(at)));
            match inner {
                Some(at) if self.prose[at] * 4 >= here * 3 && !self.is_text(at) => main = at,
                _ => return Some(main),
            }
        }
    }

    fn is_text(&self, at: usize) -> bool {
        matches!(self.tree.kind(at), Kind::Paragraph | Kind::Heading(_) | Kind::Item | Kind::Inline | Kind::Link)
    }

    fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.tree.end(at);
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let child = next;
            (child < end).then(|| {
                next = self.tree.end(child);
                child
            })
        })
    }

    /// By block: whether it is a line of the article.
    fn kept(&self, main: usize) -> Vec<bool> {
        let inside = main..self.tree.end(main);
        let links = self.links_of_lists();
        let mut kept: Vec<bool> = self
            .blocks
            .iter()
            .map(|block| {
                inside.contains(&block.element)
                    && self.marks[block.element] < Mark::Drop
                    && self.reads_as_text(block, main, &links)
            })
            .collect();
        // A heading stands over text.
        let mut has_text = false;
        for (block, kept) in self.blocks.iter().zip(&mut kept).rev() {
            match self.tree.kind(block.element) {
                Kind::Heading(_) if *kept => {
                    *kept = has_text;
                    has_text = false;
                }
                _ => has_text |= *kept,
            }
        }
        kept
    }

    fn reads_as_text(&self, block: &Block, main: usize, links: &HashMap<usize, (usize, usize)>) -> bool {
        let (words, linked) = match self.list_of(block.element).and_then(|list| links.get(&list)) {
            Some(counts) => *counts,
            None => (block.words, block.linked),
        };
        if linked * 10 > words * 6 {
            return false;
        }
        match self.tree.kind(block.element) {
            Kind::Paragraph | Kind::Quote | Kind::Item | Kind::Cell => true,
            Kind::Heading(rank) => rank > 1,
            _ => block.element == main || block.prose() > 0 || block.continues,
        }
    }

    /// By list and table: its words, and how many of them are links.
    fn links_of_lists(&self) -> HashMap<usize, (usize, usize)> {
        let mut counts: HashMap<usize, (usize, usize)> = HashMap::new();
        for block in self.blocks {
            if let Some(list) = self.list_of(block.element) {
                let count = counts.entry(list).or_default();
                count.0 += block.words;
                count.1 += block.linked;
            }
        }
        counts
    }

    /// The list or table that a block stands in.
    fn list_of(&self, mut at: usize) -> Option<usize> {
        for _ in 0..4 {
            match self.tree.kind(at) {
                Kind::List => return Some(at),
                Kind::Item | Kind::Paragraph | Kind::Heading(_) | Kind::Block => at = self.tree.parent(at),
                _ => return None,
            }
        }
        None
    }
}
