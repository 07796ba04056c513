//! An affix is a piece of text that the tokenizer cuts off a word: a prefix, a suffix, or an infix that splits it. The
//! rules come as plain sequences of character sets, expanded from the model's regular expressions by `convert.py`, and
//! are tried in the order in which a backtracking engine would try them.

use crate::bundle::RuleTable;
use crate::chars::CharSet;

#[derive(Debug)]
struct Atom {
    set: u16,
    least: u32,
    many: bool,
}

#[derive(Debug)]
struct Rule {
    behind: Vec<u16>,
    body: Vec<Atom>,
    ahead: Option<u16>,
    not_ahead: Option<u16>,
}

/// An ordered list of rules, with an index by ASCII character for the end that is tried first.
#[derive(Debug)]
pub struct Affixes {
    rules: Vec<Rule>,
    all: Vec<u16>,
    by_ascii: Vec<Vec<u16>>,
}

impl Affixes {
    /// Rules that are matched forwards (`backwards` false: indexed by their first set) or from the end of the word.
    pub fn new(table: &[RuleTable], sets: &[CharSet], backwards: bool) -> Affixes {
        let rules: Vec<Rule> = table
            .iter()
            .map(|t| {
                let mut body: Vec<Atom> = Vec::new();
                for &(set, many) in &t.body {
                    let set = set as u16;
                    match body.last_mut() {
                        // Repeats of a set are one atom, so that nothing has to be given back when matching backwards.
                        Some(last) if last.set == set => {
                            last.least += u32::from(!many);
                            last.many |= many;
                        }
                        _ => body.push(Atom { set, least: u32::from(!many), many }),
                    }
                }
                Rule {
                    behind: t.behind.iter().map(|&s| s as u16).collect(),
                    body,
                    ahead: t.ahead.map(|s| s as u16),
                    not_ahead: t.not_ahead.map(|s| s as u16),
                }
            })
            .collect();
        let end = |r: &Rule| if backwards { r.body.last().map(|a| a.set) } else { r.body.first().map(|a| a.set) };
        let by_ascii = (0..128u8)
            .map(|c| {
                let hit = |r: &Rule| end(r).is_some_and(|s| sets[usize::from(s)].has(char::from(c)));
                (0..rules.len()).filter(|&i| hit(&rules[i])).map(|i| i as u16).collect()
            })
            .collect();
        Affixes { all: (0..rules.len() as u16).collect(), rules, by_ascii }
    }

    fn candidates(&self, c: char) -> &[u16] {
        if c.is_ascii() { &self.by_ascii[c as usize] } else { &self.all }
    }

    /// Bytes of the prefix of `word` that the first matching rule takes; 0 if none does.
    pub fn prefix(&self, word: &str, sets: &[CharSet]) -> usize {
        self.match_at(word, 0, sets).unwrap_or(0)
    }

    /// Bytes of the longest suffix of `word` that any rule takes; 0 if none does.
    pub fn suffix(&self, word: &str, sets: &[CharSet]) -> usize {
        let Some(last) = word.chars().next_back() else { return 0 };
        let mut best = 0;
        for &r in self.candidates(last) {
            let rule = &self.rules[usize::from(r)];
            if let Some(start) = back(word, &rule.body, sets)
                && word.len() - start > best
                && behind(&word[..start], &rule.behind, sets)
            {
                best = word.len() - start;
            }
        }
        best
    }

    /// The infixes of `word` as byte ranges, from left to right, not overlapping.
    pub fn infixes(&self, word: &str, sets: &[CharSet], out: &mut Vec<(usize, usize)>) {
        out.clear();
        let mut at = 0;
        while let Some(c) = word[at..].chars().next() {
            match self.match_at(word, at, sets) {
                Some(length) if length > 0 => {
                    out.push((at, at + length));
                    at += length;
                }
                _ => at += c.len_utf8(),
            }
        }
    }

    fn match_at(&self, word: &str, at: usize, sets: &[CharSet]) -> Option<usize> {
        let first = word[at..].chars().next()?;
        self.candidates(first).iter().find_map(|&r| {
            let rule = &self.rules[usize::from(r)];
            let length = forward(&word[at..], &rule.body, sets)?;
            let next = word[at + length..].chars().next();
            let has = |set: u16| next.is_some_and(|c| sets[usize::from(set)].has(c));
            let fits = rule.ahead.is_none_or(has)
                && !rule.not_ahead.is_some_and(has)
                && behind(&word[..at], &rule.behind, sets);
            fits.then_some(length)
        })
    }
}

fn forward(text: &str, body: &[Atom], sets: &[CharSet]) -> Option<usize> {
    let mut rest = text.chars();
    for atom in body {
        let set = &sets[usize::from(atom.set)];
        let mut seen = 0;
        while atom.many || seen < atom.least {
            let before = rest.clone();
            match rest.next() {
                Some(c) if set.has(c) => seen += 1,
                _ => {
                    rest = before;
                    break;
                }
            }
        }
        if seen < atom.least {
            return None;
        }
    }
    Some(text.len() - rest.as_str().len())
}

/// Start of the match that ends at the end of `text`.
fn back(text: &str, body: &[Atom], sets: &[CharSet]) -> Option<usize> {
    let mut rest = text.chars();
    for atom in body.iter().rev() {
        let set = &sets[usize::from(atom.set)];
        let mut seen = 0;
        while atom.many || seen < atom.least {
            let before = rest.clone();
            match rest.next_back() {
                Some(c) if set.has(c) => seen += 1,
                _ => {
                    rest = before;
                    break;
                }
            }
        }
        if seen < atom.least {
            return None;
        }
    }
    Some(rest.as_str().len())
}

fn behind(text: &str, wanted: &[u16], sets: &[CharSet]) -> bool {
    let mut before = text.chars();
    wanted.iter().rev().all(|&s| before.next_back().is_some_and(|c| sets[usize::from(s)].has(c)))
}
