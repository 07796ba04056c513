//! The main text is the part of a page that its reader came for: what reads as text in the containers of the article, and
//! the summary above them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::blocks::{self, Block};
use super::container::Containers;
use super::furniture::is_credit;
use super::marks::Mark;
use super::outline::{Outline, holder};
use super::told::Told;
use super::tree::{Kind, Tree};

/// A box with more words is neither a teaser nor a caption.
const BOX_MAX: usize = 80;
/// The credit of a picture has no more words.
const CREDIT_MAX: usize = 12;
/// A paragraph with a picture and fewer words is its caption, if it is no sentence.
const CAPTION_MAX: usize = 30;
/// A text with fewer words may stand in an article more than once.
const COPY_WORDS: usize = 8;
/// A list stands no further around the text of its items.
const LIST_WITHIN: usize = 6;

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
    let page = Outline::new(tree, &blocks, told, title);
    let Some(article) = Containers::of(&page) else { return Vec::new() };
    let kept = Selection::new(&page, &article).kept();
    let mut lines: Vec<Line> = Vec::new();
    let mut last = None;
    for (block, kind) in blocks.into_iter().zip(kept) {
        let Some(kind) = kind else { continue };
        // The cells of a row are one line.
        let cell = cell_of(tree, block.element).filter(|&(row, _)| article.contain(row));
        match (lines.last_mut(), cell, last) {
            (Some(line), Some((row, cell)), Some((last_row, last_cell))) if row == last_row && cell != last_cell => {
                line.text.push(' ');
                line.text.push_str(&block.text);
            }
            _ => lines.push(Line { kind, continues: block.continues, text: block.text }),
        }
        last = cell;
    }
    lines
}

/// The row and the cell of a table that a block stands in.
fn cell_of(tree: &Tree, at: usize) -> Option<(usize, usize)> {
    let cell = [at, tree.parent(at)].into_iter().find(|&at| tree.kind(at) == Kind::Cell)?;
    let row = tree.parent(cell);
    (tree.kind(row) == Kind::Row).then_some((row, cell))
}

/// What is needed to tell lines of the article from what stands among them.
struct Selection<'a, 'b, 'c> {
    page: &'c Outline<'a, 'b>,
    article: &'c Containers,
    /// By list and table: its words, and how many of them are links.
    lists: BTreeMap<usize, (usize, usize)>,
    /// How often each text stands in the article.
    copies: BTreeMap<&'b str, usize>,
    /// Whether the headings of the article are links, as in a list of products.
    has_linked_headings: bool,
}

impl<'a, 'b, 'c> Selection<'a, 'b, 'c> {
    fn new(page: &'c Outline<'a, 'b>, article: &'c Containers) -> Self {
        let mut lists: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let mut copies: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut headings, mut linked_headings) = (0, 0);
        for block in page.blocks.iter().filter(|block| article.contain(block.start)) {
            if block.words >= COPY_WORDS && !page.is_dropped(block.element) {
                *copies.entry(&block.text).or_default() += 1;
            }
            if let Some(list) = list_of(page.tree, article, block.element) {
                let (words, linked) = lists.entry(list).or_default();
                *words += block.words;
                *linked += block.linked;
            }
            let is_own = || article.are(holder(page.tree, block.element));
            if matches!(page.tree.kind(block.element), Kind::Heading(2..)) && is_own() {
                headings += 1;
                linked_headings += usize::from(is_link(block));
            }
        }
        let has_linked_headings = linked_headings >= 3 && linked_headings * 2 >= headings;
        Selection { page, article, lists, copies, has_linked_headings }
    }

    /// By block: as what it is a line of the article.
    fn kept(&self) -> Vec<Option<LineKind>> {
        let mut kept: Vec<Option<LineKind>> = Vec::with_capacity(self.page.blocks.len());
        // The teaser that began last.
        let mut teaser = 0..0;
        for (at, block) in self.page.blocks.iter().enumerate() {
            if let Some(next) = self.teaser(block) {
                teaser = next;
            }
            let is_heading = matches!(self.page.tree.kind(block.element), Kind::Heading(_));
            let kind = if self.page.is_dropped(block.element) || teaser.contains(&block.start) {
                None
            } else if self.article.contain(block.start) {
                let kind = if is_heading { LineKind::Heading } else { LineKind::Text };
                Some(kind).filter(|_| self.reads_as_text(block))
            } else {
                let is_between = block.start < self.article.start() && self.page.title.is_some_and(|title| at > title);
                Some(LineKind::Lead).filter(|_| is_between && self.is_lead(block))
            };
            kept.push(kind);
        }
        for block in self.page.blocks.iter().filter(|block| block.words <= CREDIT_MAX && is_credit(&block.text)) {
            // What stands in one box with the credit of a picture is its caption.
            if let Some(range) = self.small_box(block) {
                let first = self.page.blocks.partition_point(|block| block.start < range.start);
                let end = self.page.blocks.partition_point(|block| block.start < range.end);
                kept[first..end].fill(None);
            }
        }
        self.drop_headings(&mut kept);
        kept
    }

    /// A heading stands over text, or right over a heading that does; else what it stood over is dropped.
    fn drop_headings(&self, kept: &mut [Option<LineKind>]) {
        let mut stands = false;
        let mut is_next = false;
        let blocks = self.page.blocks.iter().zip(kept).rev();
        for (block, kept) in blocks.filter(|(block, _)| self.article.contain(block.start)) {
            if matches!(self.page.tree.kind(block.element), Kind::Heading(_)) {
                *kept = kept.filter(|_| stands);
                (stands, is_next) = (kept.is_some(), true);
            } else {
                (stands, is_next) = (kept.is_some() || stands && !is_next, false);
            }
        }
    }

    /// A heading that is a link, in a box of its own, is the start of a teaser: its box.
    fn teaser(&self, block: &Block) -> Option<Range<usize>> {
        let is_heading = matches!(self.page.tree.kind(block.element), Kind::Heading(_));
        if is_heading && is_link(block) { self.small_box(block) } else { None }
    }

    /// The element around a block's own, if it holds few words and not the article.
    fn small_box(&self, block: &Block) -> Option<Range<usize>> {
        let tree = self.page.tree;
        let mut around = tree.parent(block.element);
        while tree.kind(around).is_line() {
            around = tree.parent(around);
        }
        let inside = self.page.inside(around);
        let is_small = inside.len() <= BOX_MAX && inside.iter().map(|block| block.words).sum::<usize>() <= BOX_MAX;
        (is_small && !self.article.are(around)).then(|| around..tree.end(around))
    }

    /// A summary between the title and the text.
    fn is_lead(&self, block: &Block) -> bool {
        let tree = self.page.tree;
        let around = [block.element, tree.parent(block.element), tree.parent(tree.parent(block.element))];
        block.words >= 5
            && block.linked * 2 < block.words
            && around.into_iter().any(|at| self.page.marks[at] == Mark::Lead)
    }

    fn reads_as_text(&self, block: &Block) -> bool {
        let kind = self.page.tree.kind(block.element);
        // Much of the text stands right in the same element.
        let is_own = self.page.own[holder(self.page.tree, block.element)] * 5 >= self.article.prose;
        let list = list_of(self.page.tree, self.article, block.element).and_then(|list| self.lists.get(&list));
        let (words, linked) = list.copied().unwrap_or((block.words, block.linked));
        if linked * 10 > words * 6 {
            // A sentence may begin as a link; a heading among the text may be one.
            let is_sentence = kind == Kind::Paragraph && words >= linked + 5 && block.ends_sentence();
            return is_sentence || is_own && self.has_linked_headings && matches!(kind, Kind::Heading(2..));
        }
        let has_picture = self.page.tree.element(block.element).is_some_and(|element| element.has_picture);
        if has_picture && kind == Kind::Paragraph && !block.ends_sentence() && block.words < CAPTION_MAX {
            return false;
        }
        // A caption stands under the picture, and once more under the large one.
        if !is_own && kind != Kind::Paragraph && self.copies.get(block.text.as_str()).is_some_and(|&copies| copies > 1)
        {
            return false;
        }
        match kind {
            Kind::Paragraph | Kind::Quote | Kind::Item | Kind::Cell => true,
            Kind::Heading(rank) => rank > 1,
            _ => is_own || block.prose() > 0 || block.continues,
        }
    }
}

/// Whether a block is nothing but a link.
fn is_link(block: &Block) -> bool {
    block.linked * 10 >= block.words * 9
}

/// The outermost list or table that a block of the article stands in.
fn list_of(tree: &Tree, article: &Containers, mut at: usize) -> Option<usize> {
    let mut found = None;
    for _ in 0..LIST_WITHIN {
        if article.are(at) {
            break;
        }
        match tree.kind(at) {
            Kind::List | Kind::Table => found = Some(at),
            Kind::Item | Kind::Cell | Kind::Row | Kind::Paragraph | Kind::Heading(_) | Kind::Block => {}
            _ => break,
        }
        at = tree.parent(at);
    }
    found
}
