//! The tokenizer: white space first, then special cases, prefixes, suffixes, infixes and URLs, as spaCy applies them.

use crate::{
    file::{Header, ModelError},
    hash::string_id,
    lexeme::is_space,
};
use fancy_regex::Regex;
use std::collections::{HashMap, HashSet};

/// No suffix is longer, but for runs of dots.
const SUFFIX_WINDOW: usize = 32;
/// Longer strings are not tried as URLs: the pattern backtracks.
const MAX_URL: usize = 2048;
/// Longer strings are not searched for infixes in one piece.
const MAX_INFIX: usize = 4096;
/// Chunks that are remembered by one cache.
const MAX_CACHED: usize = 50_000;

/// A token of a chunk: its length in bytes, and the id of its norm where a special case gives one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Bytes.
    pub len: u32,
    /// Norm given by a special case.
    pub norm: Option<u64>,
}

/// A token in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Norm given by a special case.
    pub norm: Option<u64>,
    /// Whether a space follows.
    pub space_after: bool,
}

/// What a thread remembers of chunks that it has seen.
pub type Cache = HashMap<String, Box<[Piece]>>;

/// The patterns and special cases.
pub struct Tokenizer {
    prefix: Regex,
    suffix: Regex,
    infix: Regex,
    url: Regex,
    specials: HashMap<String, Box<[Piece]>>,
    /// Special cases that the affix rules would tear apart, by their torn tokens.
    torn: HashMap<Vec<String>, String>,
    /// First tokens of `torn`, and the greatest length.
    torn_first: HashSet<String>,
    torn_max: usize,
}

fn pattern(name: &'static str, text: &str) -> Result<Regex, ModelError> {
    Regex::new(text).map_err(|e| ModelError::Pattern { name, reason: e.to_string() })
}

impl Tokenizer {
    /// Compiles the patterns.
    pub fn new(header: &Header) -> Result<Tokenizer, ModelError> {
        let specials = header
            .specials
            .iter()
            .map(|(form, parts)| {
                let pieces = parts.iter().map(|(orth, norm)| Piece {
                    len: orth.len() as u32,
                    norm: (!norm.is_empty()).then(|| string_id(norm)),
                });
                (form.clone(), pieces.collect())
            })
            .collect();
        let mut tokenizer = Tokenizer {
            prefix: pattern("prefix", &header.prefix)?,
            suffix: pattern("suffix", &header.suffix)?,
            infix: pattern("infix", &header.infix)?,
            url: pattern("url", &header.url)?,
            specials,
            torn: HashMap::new(),
            torn_first: HashSet::new(),
            torn_max: 0,
        };
        for (form, _) in &header.specials {
            let affixed = tokenizer.find_prefix(form) > 0
                || tokenizer.find_suffix(form) > 0
                || !tokenizer.find_infixes(form).is_empty()
                || form.contains(' ');
            if affixed && !form.trim().is_empty() {
                let mut pieces = Vec::new();
                tokenizer.split(form, false, &mut pieces);
                let tokens = words(form, &pieces);
                tokenizer.torn_max = tokenizer.torn_max.max(tokens.len());
                tokenizer.torn_first.insert(tokens[0].clone());
                tokenizer.torn.insert(tokens, form.clone());
            }
        }
        Ok(tokenizer)
    }

    /// The tokens of `text`, in order; together with the spaces between them they are the text.
    pub fn tokens(&self, text: &str, cache: &mut Cache) -> Vec<Span> {
        let mut out: Vec<Span> = Vec::with_capacity(text.len() / 5);
        let Some(first) = text.chars().next() else { return out };
        let (mut start, mut in_space) = (0, is_space(first));
        for (i, c) in text.char_indices() {
            if is_space(c) == in_space {
                continue;
            }
            self.chunk(text, start, i, cache, &mut out);
            if c == ' ' {
                if let Some(last) = out.last_mut() {
                    last.space_after = true;
                }
                start = i + 1;
            } else {
                start = i;
            }
            in_space = !in_space;
        }
        self.chunk(text, start, text.len(), cache, &mut out);
        if text.ends_with(' ')
            && !in_space
            && let Some(last) = out.last_mut()
        {
            last.space_after = true;
        }
        self.mend(text, out)
    }

    fn chunk(&self, text: &str, start: usize, end: usize, cache: &mut Cache, out: &mut Vec<Span>) {
        if start >= end {
            return;
        }
        let chunk = &text[start..end];
        let mut at = start as u32;
        let mut push = |pieces: &[Piece]| {
            for p in pieces {
                out.push(Span { start: at, end: at + p.len, norm: p.norm, space_after: false });
                at += p.len;
            }
        };
        if let Some(pieces) = self.specials.get(chunk).or_else(|| cache.get(chunk)) {
            return push(pieces);
        }
        let mut pieces = Vec::new();
        self.split(chunk, true, &mut pieces);
        push(&pieces);
        if chunk.len() <= 64 {
            if cache.len() >= MAX_CACHED {
                cache.clear();
            }
            cache.insert(chunk.to_string(), pieces.into_boxed_slice());
        }
    }

    /// Splits a chunk without white space inside, or of nothing else.
    fn split(&self, chunk: &str, specials: bool, out: &mut Vec<Piece>) {
        let plain = |len: usize| Piece { len: len as u32, norm: None };
        let (mut string, mut suffixes) = (chunk, Vec::new());
        let mut last_len = 0;
        while !string.is_empty() && string.len() != last_len {
            if specials && self.specials.contains_key(string) {
                break;
            }
            last_len = string.len();
            let prefix = self.find_prefix(string);
            if prefix > 0 && prefix < string.len() && specials && self.specials.contains_key(&string[prefix..]) {
                out.push(plain(prefix));
                string = &string[prefix..];
                break;
            }
            let suffix = self.find_suffix(&string[prefix..]);
            let cut = string.len() - suffix;
            if suffix > 0 && cut > 0 && specials && self.specials.contains_key(&string[..cut]) {
                suffixes.push(plain(suffix));
                string = &string[..cut];
                break;
            }
            if prefix > 0 && suffix > 0 && prefix + suffix <= string.len() {
                out.push(plain(prefix));
                suffixes.push(plain(suffix));
                string = &string[prefix..cut];
            } else if prefix > 0 {
                out.push(plain(prefix));
                string = &string[prefix..];
            } else if suffix > 0 {
                suffixes.push(plain(suffix));
                string = &string[..cut];
            }
        }
        if !string.is_empty() {
            if let Some(pieces) = self.specials.get(string).filter(|_| specials) {
                out.extend_from_slice(pieces);
            } else if string.len() <= MAX_URL && self.is_url(string) {
                out.push(plain(string.len()));
            } else {
                let mut start = 0;
                for (from, to) in self.find_infixes(string) {
                    if from == 0 {
                        continue;
                    }
                    if from != start {
                        out.push(plain(from - start));
                    }
                    if from != to {
                        out.push(plain(to - from));
                    }
                    start = to;
                }
                if start < string.len() {
                    out.push(plain(string.len() - start));
                }
            }
        }
        out.extend(suffixes.into_iter().rev());
    }

    fn find_prefix(&self, s: &str) -> usize {
        match s.as_bytes().first() {
            None => 0,
            Some(b) if b.is_ascii_alphanumeric() && !matches!(b, b'U' | b'C' | b'A') => 0,
            Some(_) => {
                let end = s.char_indices().nth(SUFFIX_WINDOW).map_or(s.len(), |(i, _)| i);
                self.prefix.find(&s[..end]).ok().flatten().map_or(0, |m| m.end() - m.start())
            }
        }
    }

    fn find_suffix(&self, s: &str) -> usize {
        let Some(&last) = s.as_bytes().last() else { return 0 };
        if last.is_ascii_digit() || (last.is_ascii_alphabetic() && s.bytes().all(|b| b.is_ascii_alphabetic())) {
            return 0;
        }
        let from = s.char_indices().rev().nth(SUFFIX_WINDOW).map_or(0, |(i, _)| i);
        self.suffix.find(&s[from..]).ok().flatten().map_or(0, |m| m.end() - m.start())
    }

    fn find_infixes(&self, s: &str) -> Vec<(usize, usize)> {
        if s.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Vec::new();
        }
        let mut out = Vec::new();
        let mut at = 0;
        while at < s.len() {
            let mut end = (at + MAX_INFIX).min(s.len());
            while !s.is_char_boundary(end) {
                end += 1;
            }
            out.extend(self.infix.find_iter(&s[at..end]).flatten().map(|m| (at + m.start(), at + m.end())));
            at = end;
        }
        out
    }

    fn is_url(&self, s: &str) -> bool {
        // Every URL of the pattern has a dot and a top-level domain, or numbers with dots.
        s.contains('.') && self.url.is_match(s).unwrap_or(false)
    }

    /// Puts special cases together that the affix rules tore apart; the longest first.
    fn mend(&self, text: &str, tokens: Vec<Span>) -> Vec<Span> {
        let word = |t: &Span| &text[t.start as usize..t.end as usize];
        let mut found: Vec<(usize, usize, &str)> = Vec::new();
        for i in 0..tokens.len() {
            if !self.torn_first.contains(word(&tokens[i])) {
                continue;
            }
            let mut key: Vec<String> = Vec::with_capacity(self.torn_max);
            for (j, token) in tokens.iter().enumerate().skip(i).take(self.torn_max) {
                key.push(word(token).to_string());
                if let Some(form) = self.torn.get(&key) {
                    found.push((i, j + 1, form));
                }
            }
        }
        if found.is_empty() {
            return tokens;
        }
        found.sort_by_key(|&(from, to, _)| (std::cmp::Reverse(to - from), from));
        let mut taken = vec![false; tokens.len()];
        let mut keep: Vec<(usize, usize)> = Vec::new();
        for (from, to, _) in found {
            if !taken[from] && !taken[to - 1] {
                keep.push((from, to));
            }
            taken[from..to].fill(true);
        }
        keep.sort_unstable();
        let (mut out, mut at) = (Vec::with_capacity(tokens.len()), 0);
        for (from, to) in keep {
            let (start, end) = (tokens[from].start, tokens[to - 1].end);
            let Some(pieces) = self.specials.get(&text[start as usize..end as usize]) else { continue };
            out.extend_from_slice(&tokens[at..from]);
            let mut byte = start;
            for p in pieces {
                out.push(Span { start: byte, end: byte + p.len, norm: p.norm, space_after: false });
                byte += p.len;
            }
            if let Some(last) = out.last_mut() {
                last.space_after = tokens[to - 1].space_after;
            }
            at = to;
        }
        out.extend_from_slice(&tokens[at..]);
        out
    }
}

fn words(form: &str, pieces: &[Piece]) -> Vec<String> {
    let mut at = 0;
    pieces
        .iter()
        .map(|p| {
            let from = at;
            at += p.len as usize;
            form[from..at].to_string()
        })
        .collect()
}
