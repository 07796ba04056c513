//! The main text is the part of a page that its reader came for: the element whose own paragraphs are most of the prose,
//! those beside it that are built in the same way, and the summary above it; without what is marked as something else,
//! and without what does not read as text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::blocks::{self, Block};
use super::furniture::fold;
use super::marks::Mark;
use super::outline::{Outline, holder};
use super::told::Told;
use super::tree::{Kind, Tree};

/// A line of the article.
pub struct Line {
    pub text: String,
    pub kind: LineKind,
    /// Whether one end of a line, not a blank line, divides it from the line before.
    pub continues: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LineKind {
    Text,
    Heading,
    /// A summary above the text.
    Lead,
}

/// The lines of a page's main text, in order.
pub fn of(tree: &Tree, told: Option<&Told>, title: Option<&str>) -> Vec<Line> {
    let blocks = blocks::of(tree);
    let mut page = Page::new(tree, &blocks, told, &title.map(fold).unwrap_or_default());
    let Some(parts) = page.parts() else { return Vec::new() };
    page.links_headings = page.links_headings(&parts);
    let kept = page.kept(&parts);
    let mut lines: Vec<Line> = Vec::new();
    let mut row = None;
    for (block, kind) in blocks.into_iter().zip(kept) {
        let Some(kind) = kind else { continue };
        // The cells of a row are one line.
        let of_row = row_of(tree, block.element);
        match lines.last_mut() {
            Some(line) if of_row.is_some() && of_row == row => {
                line.text.push(' ');
                line.text.push_str(&block.text);
            }
            _ => lines.push(Line { kind, continues: block.continues, text: block.text }),
        }
        row = of_row;
    }
    lines
}

fn row_of(tree: &Tree, mut at: usize) -> Option<usize> {
    for _ in 0..3 {
        match tree.kind(at) {
            Kind::Row => return Some(at),
            _ => at = tree.parent(at),
        }
    }
    None
}

struct Page<'a, 'b> {
    tree: &'b Tree<'a>,
    blocks: &'b [Block],
    outline: Outline,
    /// The block that repeats the title.
    title: Option<usize>,
    /// Whether the headings of the article are links, as in a list of products.
    links_headings: bool,
}

/// A box with more words is no teaser.
const TEASER_MAX: usize = 80;
/// A paragraph with a picture and fewer words is its caption, if it is no sentence.
const CAPTION_MAX: usize = 30;
/// How far above the best element others of its kind are looked for.
const CLIMB_MAX: usize = 6;

impl<'a, 'b> Page<'a, 'b> {
    fn new(tree: &'b Tree<'a>, blocks: &'b [Block], told: Option<&Told>, title: &str) -> Self {
        let mut weights: Vec<usize> = blocks.iter().map(Block::prose).collect();
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
        let headings = || {
            blocks.iter().enumerate().filter_map(|(at, block)| match tree.kind(block.element) {
                Kind::Heading(rank) => Some((at, rank, block)),
                _ => None,
            })
        };
        let title = headings()
            .find(|(_, _, block)| !title.is_empty() && fold(&block.text) == title)
            .or_else(|| headings().find(|(_, rank, block)| *rank == 1 && block.words > 2))
            .map(|(at, ..)| at);
        Page { tree, blocks, outline: Outline::new(tree, blocks, &weights), title, links_headings: false }
    }

    /// The parts of the page that are the article, in order.
    fn parts(&self) -> Option<Vec<Range<usize>>> {
        let mut best = self.best()?;
        let mut parts = vec![best..self.tree.end(best)];
        let mut prose = self.outline.prose[best];
        for level in 0..CLIMB_MAX {
            let around = self.tree.parent(best);
            if best == 0 || self.is("article", best) || self.is("main", best) {
                break;
            }
            let like: Vec<usize> = self
                .children(around)
                .filter(|&at| at != best && self.outline.prose[at] > 0 && self.is_like(at, best, level))
                .collect();
            let more: usize = like.iter().map(|&at| self.outline.prose[at]).sum();
            if more * 10 > prose {
                parts.extend(like.into_iter().map(|at| at..self.tree.end(at)));
                prose += more;
            }
            best = around;
        }
        parts.sort_by_key(|part| part.start);
        Some(parts)
    }

    /// The region that the title stands in: the innermost element around it with much prose.
    fn region(&self) -> Range<usize> {
        let all = self.outline.prose[0];
        let Some(title) = self.title else { return 0..self.tree.nodes.len() };
        let mut at = self.blocks[title].element;
        while at != 0 && self.outline.prose[at] * 8 < all {
            at = self.tree.parent(at);
        }
        at..self.tree.end(at)
    }

    /// The element with the most prose of its own, counting half of what its children have and a quarter of what theirs
    /// have; more if its site names it so.
    fn best(&self) -> Option<usize> {
        let count = self.tree.nodes.len();
        let mut score: Vec<usize> = self.outline.own.iter().map(|own| own * 8).collect();
        for at in (1..count).rev() {
            let own = self.outline.own[at] * 8;
            let mut above = at;
            for share in [2, 4] {
                if above == 0 || own == 0 {
                    break;
                }
                above = self.tree.parent(above);
                score[above] += own / share;
            }
        }
        let region = self.region();
        for (at, score) in score.iter_mut().enumerate() {
            if region.contains(&at) {
                *score = *score * 3 / 2;
            }
            *score = match (self.outline.marks[at], self.tree.element(at)) {
                (Mark::Body, _) => *score * 2,
                (_, Some(element)) if element.name.eq_ignore_ascii_case("article") => *score * 3 / 2,
                _ => *score,
            };
        }
        // The first of the best.
        (0..count).max_by_key(|&at| (score[at], std::cmp::Reverse(at))).filter(|&at| score[at] > 0)
    }

    fn is(&self, name: &str, at: usize) -> bool {
        self.tree.element(at).is_some_and(|element| element.name.eq_ignore_ascii_case(name))
    }

    /// Whether two elements side by side are built in the same way, or the one is a paragraph by itself.
    fn is_like(&self, at: usize, best: usize, level: usize) -> bool {
        let (Some(one), Some(other)) = (self.tree.element(at), self.tree.element(best)) else { return false };
        match one.kind {
            Kind::Paragraph | Kind::Heading(_) | Kind::Quote | Kind::List => level == 0,
            _ => {
                let first = |class: &'a str| class.split_ascii_whitespace().next().unwrap_or_default();
                let is_alike = one.name.eq_ignore_ascii_case(other.name) && first(one.class) == first(other.class);
                let is_above = at < best && self.title.is_some_and(|title| self.blocks[title].element < at);
                self.outline.marks[at] == Mark::Body
                    || self.linked_share(at) < 20
                        && (is_alike || is_above && self.inside(at).filter(|block| block.prose() > 0).count() >= 2)
            }
        }
    }

    /// Percent of an element's words that are links: teasers are links with a line under them.
    fn linked_share(&self, at: usize) -> usize {
        let (words, linked) = self.inside(at).fold((0, 0), |sum, block| (sum.0 + block.words, sum.1 + block.linked));
        linked * 100 / words.max(1)
    }

    /// The blocks in an element.
    fn inside(&self, at: usize) -> impl Iterator<Item = &'b Block> {
        let end = self.tree.end(at);
        let first = self.blocks.partition_point(|block| block.element < at);
        self.blocks[first..].iter().take_while(move |block| block.element < end)
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

    /// By block: as what it is a line of the article.
    fn kept(&self, parts: &[Range<usize>]) -> Vec<Option<LineKind>> {
        let links = self.links_of_lists(parts);
        let start = parts.first().map_or(0, |part| part.start);
        let is_inside = |block: &Block| parts.iter().any(|part| part.contains(&block.element));
        let mut kept: Vec<Option<LineKind>> = Vec::with_capacity(self.blocks.len());
        // The teaser that began last.
        let mut teaser = 0..0;
        for (at, block) in self.blocks.iter().enumerate() {
            let is_heading = matches!(self.tree.kind(block.element), Kind::Heading(_));
            let is_above = block.element < start && self.title.is_some_and(|title| at > title);
            teaser = self.teaser(block, parts).unwrap_or(teaser);
            let kind = if self.outline.is_dropped(block.element) || teaser.contains(&block.element) {
                None
            } else if is_inside(block) {
                let kind = if is_heading { LineKind::Heading } else { LineKind::Text };
                Some(kind).filter(|_| self.reads_as_text(block, parts, &links))
            } else {
                Some(LineKind::Lead).filter(|_| is_above && self.is_lead(block))
            };
            kept.push(kind);
        }
        // A heading stands over text, or right over a heading that does.
        let mut stands = false;
        let mut is_next = false;
        for (block, kept) in self.blocks.iter().zip(&mut kept).rev().filter(|(block, _)| is_inside(block)) {
            if matches!(self.tree.kind(block.element), Kind::Heading(_)) {
                *kept = kept.filter(|_| stands);
                (stands, is_next) = (kept.is_some(), true);
            } else {
                (stands, is_next) = (kept.is_some() || stands && !is_next, false);
            }
        }
        kept
    }

    /// Whether three or more headings between the paragraphs are links, and no fewer are not.
    fn links_headings(&self, parts: &[Range<usize>]) -> bool {
        let own = |block: &&Block| {
            matches!(self.tree.kind(block.element), Kind::Heading(2..))
                && parts.iter().any(|part| part.start == holder(self.tree, block.element))
        };
        let (all, linked) =
            self.blocks.iter().filter(own).fold((0, 0), |(all, linked), block| {
                (all + 1, linked + usize::from(block.linked * 10 >= block.words * 9))
            });
        linked >= 3 && linked * 2 >= all
    }

    /// A heading that is a link, in a box of its own, is the start of a teaser: its box.
    fn teaser(&self, block: &Block, parts: &[Range<usize>]) -> Option<Range<usize>> {
        if !matches!(self.tree.kind(block.element), Kind::Heading(_)) || block.linked * 10 < block.words * 9 {
            return None;
        }
        let mut around = self.tree.parent(block.element);
        while self.tree.kind(around).is_line() {
            around = self.tree.parent(around);
        }
        let words: usize = self.inside(around).map(|block| block.words).sum();
        let is_box = !parts.iter().any(|part| part.start == around) && words <= TEASER_MAX;
        is_box.then(|| around..self.tree.end(around))
    }

    /// A summary between the title and the text.
    fn is_lead(&self, block: &Block) -> bool {
        let mut at = block.element;
        for _ in 0..3 {
            if self.outline.marks[at] == Mark::Lead {
                return block.words >= 5 && block.linked * 2 < block.words;
            }
            at = self.tree.parent(at);
        }
        false
    }

    fn reads_as_text(&self, block: &Block, parts: &[Range<usize>], links: &BTreeMap<usize, (usize, usize)>) -> bool {
        let Some(element) = self.tree.element(block.element) else { return false };
        let holder = holder(self.tree, block.element);
        // Much of the text stands right in the same element.
        let all: usize = parts.iter().map(|part| self.outline.prose[part.start]).sum();
        let is_own = self.outline.own[holder] * 5 >= all;
        let (words, linked) = match self.list_of(block.element, parts).and_then(|list| links.get(&list)) {
            Some(counts) => *counts,
            None => (block.words, block.linked),
        };
        if linked * 10 > words * 6 {
            // A sentence may begin as a link; a heading among the text may be one.
            let is_sentence = element.kind == Kind::Paragraph && words >= linked + 5 && block.ends_sentence();
            return is_sentence || is_own && self.links_headings && matches!(element.kind, Kind::Heading(2..));
        }
        if element.has_picture && element.kind == Kind::Paragraph && !block.ends_sentence() && block.words < CAPTION_MAX
        {
            return false;
        }
        match element.kind {
            Kind::Paragraph | Kind::Quote | Kind::Item | Kind::Cell => true,
            Kind::Heading(rank) => rank > 1,
            _ => is_own || block.prose() > 0 || block.continues,
        }
    }

    /// By list and table: its words, and how many of them are links.
    fn links_of_lists(&self, parts: &[Range<usize>]) -> BTreeMap<usize, (usize, usize)> {
        let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for block in self.blocks {
            if let Some(list) = self.list_of(block.element, parts) {
                let count = counts.entry(list).or_default();
                count.0 += block.words;
                count.1 += block.linked;
            }
        }
        counts
    }

    /// The list or table that a block of the article stands in.
    fn list_of(&self, mut at: usize, parts: &[Range<usize>]) -> Option<usize> {
        let mut found = None;
        for _ in 0..6 {
            if parts.iter().any(|part| part.start == at) {
                break;
            }
            match self.tree.kind(at) {
                Kind::List | Kind::Table => found = Some(at),
                Kind::Item | Kind::Cell | Kind::Row | Kind::Paragraph | Kind::Heading(_) | Kind::Block => {}
                _ => break,
            }
            at = self.tree.parent(at);
        }
        found
    }
}
