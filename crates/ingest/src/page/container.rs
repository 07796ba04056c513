//! The containers of an article are the elements that hold its text: the one whose own paragraphs are most of the prose,
//! and those beside it that are built in the same way, since sites put advertisements between the parts of a text.

use std::ops::Range;

use super::marks::Mark;
use super::outline::Outline;
use super::tree::Kind;

/// How far above the best element others of its kind are looked for.
const CLIMB_MAX: usize = 6;
/// Percent of words in links, from which on an element beside the text holds teasers.
const LINKED_MAX: usize = 20;

/// The containers of an article.
pub struct Containers {
    /// Nodes, in order, none in another.
    ranges: Vec<Range<usize>>,
    /// The prose in them.
    pub prose: usize,
}

impl Containers {
    /// The containers of a page's article; none where it has no prose.
    pub fn of(page: &Outline) -> Option<Containers> {
        let tree = page.tree;
        let mut inner = best(page)?;
        let mut ranges: Vec<Range<usize>> = std::iter::once(inner..tree.end(inner)).collect();
        let mut prose = page.prose[inner];
        for level in 0..CLIMB_MAX {
            if inner == 0 || page.is("article", inner) || page.is("main", inner) {
                break;
            }
            let around = tree.parent(inner);
            let beside = tree.children(around).filter(|&at| at != inner && page.prose[at] > 0);
            let like: Vec<usize> = beside.filter(|&at| is_like(page, at, inner, level)).collect();
            let more: usize = like.iter().map(|&at| page.prose[at]).sum();
            if more * 10 > prose {
                ranges.extend(like.into_iter().map(|at| at..tree.end(at)));
                prose += more;
            }
            inner = around;
        }
        ranges.sort_by_key(|range| range.start);
        Some(Containers { ranges, prose })
    }

    /// Where the first begins.
    pub fn start(&self) -> usize {
        self.ranges.first().map_or(0, |range| range.start)
    }

    /// Whether a node is one of them, or in one of them.
    pub fn contain(&self, at: usize) -> bool {
        let next = self.ranges.partition_point(|range| range.start <= at);
        next > 0 && self.ranges[next - 1].contains(&at)
    }

    /// Whether a node is one of them.
    pub fn are(&self, at: usize) -> bool {
        self.ranges.binary_search_by_key(&at, |range| range.start).is_ok()
    }
}

/// The element with the most prose of its own, counting half of what its children have and a quarter of what theirs
/// have; more if its site names it so, or if it stands under the title.
fn best(page: &Outline) -> Option<usize> {
    let tree = page.tree;
    let count = tree.nodes.len();
    let mut score: Vec<usize> = page.own.iter().map(|own| own * 8).collect();
    for (at, own) in page.own.iter().enumerate().skip(1).filter(|(_, own)| **own > 0) {
        let mut above = at;
        for share in [4, 2] {
            if above != 0 {
                above = tree.parent(above);
                score[above] += own * share;
            }
        }
    }
    let region = region(page);
    for (at, score) in score.iter_mut().enumerate() {
        if region.contains(&at) {
            *score = *score * 3 / 2;
        }
        if page.marks[at] == Mark::Body {
            *score *= 2;
        } else if page.is("article", at) {
            *score = *score * 3 / 2;
        }
    }
    // The first of the best.
    let best = |nodes: Range<usize>| nodes.max_by_key(|&at| (score[at], std::cmp::Reverse(at)));
    let found = best(0..count).filter(|&at| score[at] > 0)?;
    // What follows the title comes before longer articles further down.
    let title = page.title.map_or(found, |title| page.blocks[title].element);
    let first = (title + 1..found).find(|&at| score[at] * 3 >= score[found]);
    first.map_or(Some(found), |first| best(first..tree.end(first)))
}

/// The region that the title stands in: the innermost element around it with much prose.
fn region(page: &Outline) -> Range<usize> {
    let Some(title) = page.title else { return 0..page.tree.nodes.len() };
    let mut at = page.blocks[title].element;
    while at != 0 && page.prose[at] * 8 < page.prose[0] {
        at = page.tree.parent(at);
    }
    at..page.tree.end(at)
}

/// Whether an element beside another is a part of the same text: a paragraph by itself, or built in the same way, or
/// paragraphs between it and the title.
fn is_like(page: &Outline, at: usize, inner: usize, level: usize) -> bool {
    let (Some(one), Some(other)) = (page.tree.element(at), page.tree.element(inner)) else { return false };
    if matches!(one.kind, Kind::Paragraph | Kind::Heading(_) | Kind::Quote | Kind::List) {
        return level == 0;
    }
    let first = |class: &str| class.split_ascii_whitespace().next().unwrap_or_default().to_owned();
    let is_alike = one.name.eq_ignore_ascii_case(other.name) && first(one.class) == first(other.class);
    let is_above = at < inner && page.title.is_some_and(|title| page.blocks[title].element < at);
    page.marks[at] == Mark::Body
        || page.linked_share(at) < LINKED_MAX
            && (is_alike || is_above && page.inside(at).iter().filter(|block| block.prose() > 0).count() >= 2)
}
