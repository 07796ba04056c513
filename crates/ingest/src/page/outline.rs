//! The outline of a page is what its elements are for: which of them hold prose, and how much, and which are marked as no
//! part of the article.

use super::blocks::Block;
use super::marks::Mark;
use super::tree::{Kind, Tree};

/// A page's elements, weighed.
pub struct Outline {
    /// By node: its mark; `Drop` and `Never` also for all that stands in such an element.
    pub marks: Vec<Mark>,
    /// By node: the prose in it that is not dropped.
    pub prose: Vec<usize>,
    /// By node: of that, what stands in it as its own paragraphs or text.
    pub own: Vec<usize>,
}

/// More words than a picture's caption or a teaser has.
const SMALL_MAX: usize = 60;

impl Outline {
    /// Weighs every element by the blocks in it; `weights` is the prose of each block.
    pub fn new(tree: &Tree, blocks: &[Block], weights: &[usize]) -> Self {
        let count = tree.nodes.len();
        // 1. All prose, to tell what holds most of the page.
        let mut prose = vec![0_usize; count];
        let mut words = vec![0_usize; count];
        for (block, weight) in blocks.iter().zip(weights) {
            prose[block.element] += weight;
            words[block.element] += block.words;
        }
        for at in (1..count).rev() {
            let parent = tree.parent(at);
            prose[parent] += prose[at];
            words[parent] += words[at];
        }
        // 2. What is dropped, with all in it.
        let mut marks = vec![Mark::None; count];
        for at in 1..count {
            let own = match tree.mark(at) {
                Mark::Drop if prose[at] * 2 > prose[0] => Mark::None,
                Mark::Caption => Mark::Drop,
                Mark::Small if words[at] <= SMALL_MAX => Mark::Drop,
                Mark::Small => Mark::None,
                own => own,
            };
            let above = marks[tree.parent(at)];
            marks[at] = if above >= Mark::Drop { above } else { own };
        }
        // 3. The prose that is left.
        prose.fill(0);
        let mut own = vec![0_usize; count];
        for (block, weight) in blocks.iter().zip(weights).filter(|(block, _)| marks[block.element] < Mark::Drop) {
            prose[block.element] += weight;
            let of_list = tree.kind(block.element) == Kind::Item;
            own[holder(tree, block.element)] += if of_list { weight / 2 } else { *weight };
        }
        for at in (1..count).rev() {
            prose[tree.parent(at)] += prose[at];
        }
        Outline { marks, prose, own }
    }

    pub fn is_dropped(&self, at: usize) -> bool {
        self.marks[at] >= Mark::Drop
    }
}

/// The element that holds a block as one of its paragraphs: paragraphs, quotes and lists are parts of what is around them.
pub fn holder(tree: &Tree, mut at: usize) -> usize {
    while at != 0
        && matches!(
            tree.kind(at),
            Kind::Paragraph | Kind::Heading(_) | Kind::Quote | Kind::Item | Kind::List | Kind::Inline | Kind::Link
        )
    {
        at = tree.parent(at);
    }
    at
}
