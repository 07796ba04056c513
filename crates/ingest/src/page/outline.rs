//! The outline of a page is what its elements are for: which of them hold prose, and how much, which are marked as no
//! part of the article, and where its title stands.

use super::blocks::Block;
use super::furniture::fold;
use super::marks::Mark;
use super::told::Told;
use super::tree::{Kind, Tree};

/// More words than a picture's caption or a teaser has.
const SMALL_MAX: usize = 60;

/// A page's elements, weighed.
pub struct Outline<'a, 'b> {
    pub tree: &'b Tree<'a>,
    pub blocks: &'b [Block],
    /// The block that repeats the title.
    pub title: Option<usize>,
    /// By node: its mark; `Drop` and `Never` also for all that stands in such an element.
    pub marks: Vec<Mark>,
    /// By node: the prose in it that is not dropped.
    pub prose: Vec<usize>,
    /// By node: of that, what stands in it as its own paragraphs or text.
    pub own: Vec<usize>,
}

impl<'a, 'b> Outline<'a, 'b> {
    /// Weighs every element by the blocks in it.
    pub fn new(tree: &'b Tree<'a>, blocks: &'b [Block], told: Option<&Told>, title: Option<&str>) -> Self {
        let weights = weights(blocks, told);
        let marks = marks(tree, blocks, &weights);
        let mut prose = vec![0_usize; tree.nodes.len()];
        let mut own = prose.clone();
        for (block, weight) in blocks.iter().zip(&weights).filter(|(block, _)| marks[block.element] < Mark::Drop) {
            prose[block.element] += weight;
            let of_list = tree.kind(block.element) == Kind::Item;
            own[holder(tree, block.element)] += if of_list { weight / 2 } else { *weight };
        }
        sum_up(tree, &mut prose);
        Outline { tree, blocks, title: find_title(tree, blocks, title), marks, prose, own }
    }

    pub fn is_dropped(&self, at: usize) -> bool {
        self.marks[at] >= Mark::Drop
    }

    /// Whether a node is an element of this name.
    pub fn is(&self, name: &str, at: usize) -> bool {
        self.tree.element(at).is_some_and(|element| element.name.eq_ignore_ascii_case(name))
    }

    /// The blocks in an element.
    pub fn inside(&self, at: usize) -> &'b [Block] {
        let first = self.blocks.partition_point(|block| block.start < at);
        let end = self.blocks.partition_point(|block| block.start < self.tree.end(at));
        &self.blocks[first..end]
    }

    /// Percent of an element's words that are links: teasers are links with a line under them.
    pub fn linked_share(&self, at: usize) -> usize {
        let counts = self.inside(at).iter().map(|block| (block.words, block.linked));
        let (words, linked) = counts.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
        linked * 100 / words.max(1)
    }
}

/// The prose of each block; where the page tells its whole text, only of blocks that are in it.
fn weights(blocks: &[Block], told: Option<&Told>) -> Vec<usize> {
    let prose = |block: &Block| if is_notice(&block.text) { 0 } else { block.prose() };
    let mut weights: Vec<usize> = blocks.iter().map(prose).collect();
    if let Some(told) = told {
        let shares: Vec<(usize, usize)> = blocks.iter().map(|block| told.share(&block.text)).collect();
        if told.is_whole(shares.iter().map(|share| share.0).sum()) {
            for (weight, (count, all)) in weights.iter_mut().zip(shares) {
                if count * 2 < all {
                    *weight = 0;
                }
            }
        }
    }
    weights
}

/// Whether a block tells readers that the site stores what they do: the longest text on a short page.
fn is_notice(text: &str) -> bool {
    let notices = ["use cookies", "uses cookies", "use of cookies", "cookie policy", "cookie settings"];
    text.contains("ookie") && notices.iter().any(|notice| text.to_ascii_lowercase().contains(notice))
}

/// By node: its own mark, or that of an element around it that is dropped.
fn marks(tree: &Tree, blocks: &[Block], weights: &[usize]) -> Vec<Mark> {
    let mut prose = vec![0_usize; tree.nodes.len()];
    let mut words = prose.clone();
    for (block, weight) in blocks.iter().zip(weights) {
        prose[block.element] += weight;
        words[block.element] += block.words;
    }
    sum_up(tree, &mut prose);
    sum_up(tree, &mut words);
    // What is never text does not count as the page's prose; a named container counts for all around it.
    let mut all = prose[0];
    let mut named = vec![0_usize; tree.nodes.len()];
    let mut at = 1;
    while at < named.len() {
        if tree.mark(at) == Mark::Never {
            all -= prose[at];
            at = tree.end(at);
        } else {
            if tree.mark(at) == Mark::Body {
                named[at] = prose[at];
            }
            at += 1;
        }
    }
    for at in (1..named.len()).rev() {
        let parent = tree.parent(at);
        named[parent] = named[parent].max(named[at]);
    }
    let mut marks = vec![Mark::None; tree.nodes.len()];
    for at in 1..marks.len() {
        let own = match tree.mark(at) {
            Mark::Drop if prose[at] * 2 > all || named[at] * 4 > all => Mark::None,
            Mark::Caption => Mark::Drop,
            Mark::Small if words[at] <= SMALL_MAX => Mark::Drop,
            Mark::Small => Mark::None,
            own => own,
        };
        let above = marks[tree.parent(at)];
        marks[at] = if above >= Mark::Drop { above } else { own };
    }
    marks
}

/// Adds to each node what the nodes inside of it have.
fn sum_up(tree: &Tree, counts: &mut [usize]) {
    for at in (1..counts.len()).rev() {
        counts[tree.parent(at)] += counts[at];
    }
}

/// The heading that says the title, else the first of the first rank.
fn find_title(tree: &Tree, blocks: &[Block], title: Option<&str>) -> Option<usize> {
    let rank = |block: &Block| match tree.kind(block.element) {
        Kind::Heading(rank) => Some(rank),
        _ => None,
    };
    let title = title.map(fold).filter(|title| !title.is_empty());
    let says_it = |block: &Block| title.as_ref().is_some_and(|title| fold(&block.text) == *title);
    let found = blocks.iter().position(|block| rank(block).is_some() && says_it(block));
    found.or_else(|| blocks.iter().position(|block| rank(block) == Some(1) && block.words > 2))
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
