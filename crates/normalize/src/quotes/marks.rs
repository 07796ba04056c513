//! Passages: what stands between quotation marks, straight or curly, double or single, also where the closing mark is
//! missing because the quotation goes on in the next paragraph.

use broadsheet_language::Reading;

/// One stretch of quoted words within a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// First token inside the marks.
    pub first: usize,
    /// One past the last token inside the marks.
    pub last: usize,
    /// Number of the paragraph.
    pub paragraph: usize,
    /// Whether nothing stands before it in its paragraph.
    pub opens_paragraph: bool,
    /// Whether it has a closing mark.
    pub closed: bool,
}

/// A kind of quotation mark that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Curly,
    Straight,
    Low,
    Guillemet,
    Backtick,
    SingleCurly,
    SingleStraight,
}

/// All passages, in order; what is quoted inside a passage belongs to it.
pub fn passages(reading: &Reading) -> Vec<Passage> {
    let mut out = Vec::new();
    let mut open: Option<(Mark, usize, bool, usize)> = None;
    let (mut paragraph, mut starts) = (0, true);
    for i in 0..reading.tokens.len() {
        let word = reading.word(i);
        if word.trim().is_empty() {
            if word.matches('\n').count() >= 2 {
                // A quotation that the paragraph leaves open stops here, if it is no stray mark.
                if let Some((mark, first, opens, _)) = open.take()
                    && !matches!(mark, Mark::SingleCurly | Mark::SingleStraight)
                {
                    push(
                        reading,
                        &mut out,
                        Passage { first, last: i, paragraph, opens_paragraph: opens, closed: false },
                    );
                }
                paragraph += 1;
                starts = true;
            }
            continue;
        }
        match open {
            None => {
                if let Some(mark) = opening(reading, i) {
                    open = Some((mark, i + 1, starts, 0));
                }
            }
            Some((mark, first, opens, depth)) => {
                if matches!(mark, Mark::Curly | Mark::Straight) && word == "“" {
                    open = Some((mark, first, opens, depth + 1));
                } else if closes(reading, i, mark) {
                    if depth > 0 {
                        open = Some((mark, first, opens, depth - 1));
                    } else {
                        push(
                            reading,
                            &mut out,
                            Passage { first, last: i, paragraph, opens_paragraph: opens, closed: true },
                        );
                        open = None;
                    }
                }
            }
        }
        starts = false;
    }
    if let Some((mark, first, opens, _)) = open
        && !matches!(mark, Mark::SingleCurly | Mark::SingleStraight)
    {
        let last = reading.tokens.len();
        push(reading, &mut out, Passage { first, last, paragraph, opens_paragraph: opens, closed: false });
    }
    out
}

/// The number of the paragraph of every token.
pub fn paragraphs(reading: &Reading) -> Vec<u32> {
    let mut paragraph = 0;
    (0..reading.tokens.len())
        .map(|i| {
            let word = reading.word(i);
            if word.trim().is_empty() && word.matches('\n').count() >= 2 {
                paragraph += 1;
            }
            paragraph
        })
        .collect()
}

/// Adds a passage without the white space at its ends; an empty one is none.
fn push(reading: &Reading, out: &mut Vec<Passage>, mut p: Passage) {
    let blank = |i: usize| reading.word(i).trim().is_empty();
    while p.first < p.last && blank(p.first) {
        p.first += 1;
    }
    while p.last > p.first && blank(p.last - 1) {
        p.last -= 1;
    }
    if p.first < p.last {
        out.push(p);
    }
}

/// Whether white space or the start of the text stands before token `i`.
fn space_before(reading: &Reading, i: usize) -> bool {
    i == 0 || reading.tokens[i - 1].space_after || reading.word(i - 1).trim().is_empty()
}

fn opening(reading: &Reading, i: usize) -> Option<Mark> {
    let tight = !reading.tokens[i].space_after && i + 1 < reading.tokens.len();
    let free = space_before(reading, i) || matches!(reading.word(i - 1), "(" | "[" | "—" | "–" | "-" | ":" | "“");
    match reading.word(i) {
        "“" => Some(Mark::Curly),
        "„" => Some(Mark::Low),
        "«" => Some(Mark::Guillemet),
        "``" => Some(Mark::Backtick),
        // The tokenizer cuts the two backticks apart.
        "`" if i > 0 && reading.word(i - 1) == "`" && !reading.tokens[i - 1].space_after => Some(Mark::Backtick),
        "\"" | "''" if tight && free => Some(Mark::Straight),
        "‘" if tight && free => Some(Mark::SingleCurly),
        "'" if tight && free && reading.tokens[i].tag == "``" => Some(Mark::SingleStraight),
        _ => None,
    }
}

fn closes(reading: &Reading, i: usize, mark: Mark) -> bool {
    let word = reading.word(i);
    // "’’" for "”"
    let twin = word == "’’"
        || word == "’" && i + 1 < reading.tokens.len() && !reading.tokens[i].space_after && reading.word(i + 1) == "’";
    if twin && !space_before(reading, i) && matches!(mark, Mark::Curly | Mark::Straight) {
        return true;
    }
    match mark {
        Mark::Curly => matches!(word, "”" | "\""),
        Mark::Low => matches!(word, "“" | "”" | "\""),
        Mark::Guillemet => word == "»",
        Mark::Backtick => matches!(word, "''" | "\""),
        Mark::Straight => {
            matches!(word, "\"" | "''" | "”") && (!space_before(reading, i) || reading.tokens[i].space_after)
        }
        Mark::SingleCurly | Mark::SingleStraight => {
            matches!(word, "’" | "'")
                && !space_before(reading, i)
                && (i == 0 || reading.tokens[i - 1].pos == "PUNCT" || reading.tokens[i].tag != "POS")
        }
    }
}
