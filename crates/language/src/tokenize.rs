//! A piece is a token before anything is known of it but its place: where it begins and ends, whether a space follows,
//! and the norm that a tokenizer exception gives it. Text is cut at white space, then affixes are taken off each word
//! from both ends, then what remains is split at infixes, unless an exception or the URL pattern keeps it whole.

use crate::affix::Affixes;
use crate::bundle::Tables;
use crate::chars::{CharSet, Classes};
use crate::hash::string_hash;
use crate::url::is_url;
use rustc_hash::FxHashMap;

/// A token's place in the text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub start: u32,
    pub end: u32,
    pub space_after: bool,
    /// Hash of the norm that an exception gives this token; 0 if none does.
    pub norm: u64,
}

/// The parts of an exception: bytes and norm.
type Parts = Vec<(u32, u64)>;

/// The tokenizer's tables.
#[derive(Debug)]
pub struct Tokenizer {
    sets: Vec<CharSet>,
    prefixes: Affixes,
    suffixes: Affixes,
    infixes: Affixes,
    top_level: CharSet,
    specials: FxHashMap<String, Parts>,
    longest_special: usize,
    /// Exceptions that affix rules would cut: sequences of words by their first word, to be joined again.
    joins: FxHashMap<String, Vec<Vec<String>>>,
}

#[derive(Default)]
struct Scratch {
    suffixes: Vec<u32>,
    infixes: Vec<(usize, usize)>,
}

impl Tokenizer {
    pub fn new(tables: &Tables, symbols: &FxHashMap<String, u64>) -> Tokenizer {
        let sets: Vec<CharSet> = tables.sets.iter().map(|r| CharSet::new(r)).collect();
        let norm =
            |n: &Option<String>| n.as_ref().map_or(0, |n| symbols.get(n).copied().unwrap_or_else(|| string_hash(n)));
        let specials: FxHashMap<String, Parts> = tables
            .exceptions
            .iter()
            .map(|(text, parts)| (text.clone(), parts.iter().map(|(t, n)| (t.len() as u32, norm(n))).collect()))
            .collect();
        let mut out = Tokenizer {
            prefixes: Affixes::new(&tables.affixes.prefix, &sets, false),
            suffixes: Affixes::new(&tables.affixes.suffix, &sets, true),
            infixes: Affixes::new(&tables.affixes.infix, &sets, false),
            top_level: CharSet::new(&tables.url_top_level),
            sets,
            longest_special: specials.keys().map(String::len).max().unwrap_or(0),
            specials,
            joins: FxHashMap::default(),
        };
        let mut scratch = Scratch::default();
        for text in tables.exceptions.keys().filter(|t| !t.trim().is_empty()) {
            let mut found = Vec::new();
            out.infixes.infixes(text, &out.sets, &mut found);
            if out.prefixes.prefix(text, &out.sets) == 0
                && out.suffixes.suffix(text, &out.sets) == 0
                && found.is_empty()
            {
                continue;
            }
            let mut pieces = Vec::new();
            out.word(text, 0, false, &mut scratch, &mut pieces);
            let words: Vec<String> = pieces.iter().map(|p| text[p.start as usize..p.end as usize].to_owned()).collect();
            out.joins.entry(words[0].clone()).or_default().push(words);
        }
        out
    }

    /// Cuts a text into pieces.
    pub fn tokenize(&self, text: &str, classes: &Classes) -> Vec<Piece> {
        let mut out = Vec::with_capacity(text.len() / 5 + 4);
        let mut scratch = Scratch::default();
        let Some(first) = text.chars().next() else { return out };
        let mut in_space = classes.space.has(first);
        let mut start = 0;
        for (i, c) in text.char_indices() {
            if classes.space.has(c) == in_space {
                continue;
            }
            if start < i {
                self.span(&text[start..i], start, in_space, &mut scratch, &mut out);
            }
            in_space = !in_space;
            start = i;
            if c == ' ' {
                if let Some(last) = out.last_mut() {
                    last.space_after = true;
                }
                start = i + 1;
            }
        }
        if start < text.len() {
            self.span(&text[start..], start, in_space, &mut scratch, &mut out);
        }
        self.join_specials(text, out)
    }

    fn span(&self, text: &str, at: usize, space: bool, scratch: &mut Scratch, out: &mut Vec<Piece>) {
        if space {
            // White space is never cut, but a no-break space has the norm of an exception.
            let norm = self.special(text).and_then(|parts| parts.first()).map_or(0, |&(_, norm)| norm);
            out.push(Piece { start: at as u32, end: (at + text.len()) as u32, space_after: false, norm });
        } else {
            self.word(text, at, true, scratch, out);
        }
    }

    fn special(&self, text: &str) -> Option<&Parts> {
        if text.len() > self.longest_special { None } else { self.specials.get(text) }
    }

    /// Cuts one word, with its exceptions or without.
    fn word(&self, word: &str, at: usize, specials: bool, scratch: &mut Scratch, out: &mut Vec<Piece>) {
        let special = |text: &str| if specials { self.special(text) } else { None };
        let mut push = |start: usize, end: usize, norm: u64| {
            out.push(Piece { start: (at + start) as u32, end: (at + end) as u32, space_after: false, norm });
        };
        let (mut from, mut to) = (0, word.len());
        scratch.suffixes.clear();
        let mut last_size = 0;
        while from < to && to - from != last_size {
            let rest = &word[from..to];
            if special(rest).is_some() {
                break;
            }
            last_size = rest.len();
            let prefix = self.prefixes.prefix(rest, &self.sets);
            if prefix > 0 && prefix < rest.len() && special(&rest[prefix..]).is_some() {
                push(from, from + prefix, 0);
                from += prefix;
                break;
            }
            let suffix = self.suffixes.suffix(&rest[prefix..], &self.sets);
            if suffix > 0 && suffix < rest.len() && special(&rest[..rest.len() - suffix]).is_some() {
                scratch.suffixes.push(suffix as u32);
                to -= suffix;
                break;
            }
            if prefix > 0 {
                push(from, from + prefix, 0);
                from += prefix;
            }
            if suffix > 0 {
                scratch.suffixes.push(suffix as u32);
                to -= suffix;
            }
        }
        let rest = &word[from..to];
        if !rest.is_empty() {
            if let Some(parts) = special(rest) {
                let mut start = from;
                for &(length, norm) in parts {
                    push(start, start + length as usize, norm);
                    start += length as usize;
                }
            } else if is_url(rest, &self.top_level) {
                push(from, to, 0);
            } else {
                self.infixes.infixes(rest, &self.sets, &mut scratch.infixes);
                let mut start = 0;
                for &(infix, end) in &scratch.infixes {
                    if infix == 0 {
                        continue;
                    }
                    if infix != start {
                        push(from + start, from + infix, 0);
                    }
                    push(from + infix, from + end, 0);
                    start = end;
                }
                if start < rest.len() {
                    push(from + start, to, 0);
                }
            }
        }
        for &suffix in scratch.suffixes.iter().rev() {
            push(to, to + suffix as usize, 0);
            to += suffix as usize;
        }
    }

    /// Puts the exceptions back together that affix rules have cut: longest first, then from the left.
    fn join_specials(&self, text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
        let word = |p: &Piece| &text[p.start as usize..p.end as usize];
        let mut spans: Vec<(usize, usize)> = Vec::new();
        for (i, piece) in pieces.iter().enumerate() {
            for words in self.joins.get(word(piece)).into_iter().flatten() {
                if i + words.len() <= pieces.len() && words.iter().zip(&pieces[i..]).all(|(w, p)| w == word(p)) {
                    spans.push((i, i + words.len()));
                }
            }
        }
        if spans.is_empty() {
            return pieces;
        }
        spans.sort_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
        let mut seen = vec![false; pieces.len()];
        let mut kept = Vec::new();
        for (start, end) in spans {
            if !seen[start] && !seen[end - 1] {
                kept.push((start, end));
            }
            seen[start..end].fill(true);
        }
        kept.sort_unstable();
        let mut out = Vec::with_capacity(pieces.len());
        let mut next = 0;
        for (start, end) in kept {
            let (from, to) = (pieces[start].start, pieces[end - 1].end);
            let Some(parts) = self.special(&text[from as usize..to as usize]) else { continue };
            out.extend_from_slice(&pieces[next..start]);
            let mut at = from;
            for &(length, norm) in parts {
                out.push(Piece { start: at, end: at + length, space_after: false, norm });
                at += length;
            }
            if let Some(last) = out.last_mut() {
                last.space_after = pieces[end - 1].space_after;
            }
            next = end;
        }
        out.extend_from_slice(&pieces[next..]);
        out
    }
}
