//! A slim page is a page without what no reader sees: scripts, styles, drawings, comments; and without elements nested
//! deeper than any page has a use for. Extraction is faster over it, and safe from pages that are made to break it.

use super::scan::{Piece, Scan};

/// Elements deeper than this lose their tags and keep their text; browsers draw the line at 512.
const MAX_DEPTH: usize = 200;

/// Elements without content, and those that the next of their kind ends.
const FLAT: [&str; 27] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "optgroup", "option",
    "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr", "body",
];

/// The page's source without what no reader sees.
pub fn slim(page: &str) -> String {
    let mut out = String::with_capacity(page.len() / 2);
    let mut depth = 0_usize;
    let mut dropped = 0_usize;
    for piece in Scan::new(page) {
        match piece {
            Piece::Text(text) => out.push_str(&text.replace('<', "&lt;")),
            Piece::Open(tag) => {
                let flat = FLAT.iter().any(|name| tag.is(name)) || tag.source.ends_with("/>");
                if flat {
                    if depth < MAX_DEPTH {
                        out.push_str(tag.source);
                    } else {
                        out.push(' ');
                    }
                } else if depth < MAX_DEPTH {
                    depth += 1;
                    out.push_str(tag.source);
                } else {
                    dropped += 1;
                    out.push(' ');
                }
            }
            Piece::Close(name) => {
                let flat = FLAT.iter().any(|known| name.eq_ignore_ascii_case(known));
                if dropped > 0 {
                    dropped -= usize::from(!flat);
                    out.push(' ');
                } else {
                    depth -= usize::from(!flat && depth > 0);
                    out.push_str("</");
                    out.push_str(name);
                    out.push('>');
                }
            }
            // The title too: it is known, and the extraction would take it for text where there is no other.
            Piece::Raw(..) => {}
        }
    }
    out
}
