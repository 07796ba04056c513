//! A block is a run of text that stands for itself on the page: a paragraph, a heading, an item of a list, or text right
//! inside of a `div`, up to where the next block begins.

use super::marks::Mark;
use super::tree::{Content, Kind, Tree};

/// A run of text and what tells whether it is prose.
#[derive(Default)]
pub struct Block {
    /// The element that it stands in, itself no part of a line.
    pub element: usize,
    /// The node that it begins with.
    pub start: usize,
    /// White space is single; entities as in the source.
    pub text: String,
    pub words: usize,
    /// Of those, how many are links.
    pub linked: usize,
    /// Whether nothing but one end of a line divides it from the block before.
    pub continues: bool,
}

impl Block {
    /// Whether it ends as sentences do.
    pub fn ends_sentence(&self) -> bool {
        let closing = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」') || c.is_whitespace();
        let text = ["&quot;", "&rdquo;", "&#8221;", "&rsquo;", "&#8217;", "&#x27;", "&#39;", "&nbsp;"]
            .iter()
            .fold(self.text.trim_end_matches(closing), |text, entity| text.strip_suffix(entity).unwrap_or(text));
        text.trim_end_matches(closing).ends_with(['.', '!', '?', '…', '。', '！', '？', '।', ':', ';'])
            || text.ends_with("&hellip;")
    }

    /// How much prose it is: its length, without the links; nothing for labels, buttons and lists of links.
    pub fn prose(&self) -> usize {
        if self.linked * 2 > self.words || self.words < 5 || self.words < 12 && !self.ends_sentence() {
            return 0;
        }
        self.text.len() * (self.words - 2 * self.linked) / self.words
    }

    fn add(&mut self, text: &str, linked: bool) {
        if text.starts_with(|c: char| c.is_ascii_whitespace()) && !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        for piece in text.split_ascii_whitespace() {
            let begins = self.text.is_empty() || self.text.ends_with(' ');
            self.text.push_str(piece);
            self.text.push(' ');
            let words = match words(piece) {
                1 if !begins => 0,
                words => words,
            };
            self.words += words;
            self.linked += if linked { words } else { 0 };
        }
        if !text.ends_with(|c: char| c.is_ascii_whitespace()) && self.text.ends_with(' ') {
            self.text.pop();
        }
    }
}

/// The words in a run without white space: one, none in signs alone, more in scripts that write without spaces.
fn words(run: &str) -> usize {
    if run.is_ascii() {
        return usize::from(run != "&nbsp;" && run.bytes().any(|byte| byte.is_ascii_alphanumeric()));
    }
    let wide = run.chars().filter(|c| matches!(c, '\u{2e80}'..='\u{9fff}')).count();
    if wide > 0 { wide.div_ceil(2) } else { usize::from(run.chars().any(char::is_alphanumeric)) }
}

/// The blocks of a page, in order.
pub fn of(tree: &Tree) -> Vec<Block> {
    let mut gather = Gather::default();
    // Elements that are open, the innermost last: where they end, what they are.
    let mut open: Vec<(usize, Kind)> = Vec::new();
    let mut around = vec![0_usize];
    let mut links = 0_usize;
    for (at, node) in tree.nodes.iter().enumerate() {
        while let Some(&(end, kind)) = open.last()
            && end <= at
        {
            open.pop();
            match kind {
                Kind::Link => links -= 1,
                _ => {
                    around.pop();
                    gather.next(around.last().copied().unwrap_or(0));
                }
            }
        }
        match &node.content {
            Content::Text(text) => {
                if gather.block.text.is_empty() {
                    gather.block.start = at;
                }
                gather.block.add(text, links > 0);
            }
            Content::Element(element) => match element.kind {
                // A caption stands for itself, whatever element it is in.
                Kind::Inline | Kind::Link if element.mark == Mark::Caption => {
                    gather.next(at);
                    around.push(at);
                    open.push((node.end as usize, Kind::Block));
                }
                Kind::Break => gather.line(),
                Kind::Link => {
                    links += 1;
                    open.push((node.end as usize, Kind::Link));
                }
                Kind::Inline => {}
                kind => {
                    gather.next(at);
                    around.push(at);
                    open.push((node.end as usize, kind));
                }
            },
        }
    }
    gather.next(0);
    gather.blocks
}

#[derive(Default)]
struct Gather {
    blocks: Vec<Block>,
    block: Block,
    /// Ends of lines since the last block of the same element.
    breaks: usize,
}

impl Gather {
    /// The next block stands in another element.
    fn next(&mut self, element: usize) {
        self.flush();
        self.block.element = element;
        self.block.continues = false;
        self.breaks = 2;
    }

    /// A line of the same element ends.
    fn line(&mut self) {
        let element = self.block.element;
        self.breaks = if self.flush() { 1 } else { self.breaks + 1 };
        self.block.element = element;
        self.block.continues = self.breaks == 1;
    }

    fn flush(&mut self) -> bool {
        let mut block = std::mem::take(&mut self.block);
        block.text.truncate(block.text.trim_end().len());
        let is_kept = block.words > 0 || block.text.len() > 2;
        if is_kept {
            self.blocks.push(block);
        }
        is_kept
    }
}
