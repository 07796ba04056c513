//! A tree here is a parse made whole: labels that stand for a lifted arc are resolved, words without a head become roots,
//! and the sentences are read off the roots.

use crate::parse::Arcs;

/// The label table's view of lifted arcs: for each label, the plain label and the label of the word to attach to.
pub type Lifted = Vec<Option<(u8, u8)>>;

/// Words that a search for a lifted arc's head looks at, at most.
const SEARCHED: usize = 4096;

/// Makes words without a head roots, then reattaches lifted arcs; gives the starts of the sentences.
pub fn finish(arcs: &mut Arcs, root: u8, lifted: &Lifted, is_space: &[bool]) -> Vec<bool> {
    let length = arcs.heads.len();
    for i in 0..length {
        if arcs.heads[i] < 0 {
            arcs.heads[i] = i as i32;
            arcs.labels[i] = root;
        }
    }
    if arcs.labels.iter().any(|&l| lifted[usize::from(l)].is_some()) {
        let (left, right) = edges(&arcs.heads);
        for i in 0..length {
            if let Some((plain, wanted)) = lifted[usize::from(arcs.labels[i])] {
                arcs.heads[i] = new_head(i, wanted, arcs, is_space, &left, &right);
                arcs.labels[i] = plain;
            }
        }
    }
    let (left, _) = edges(&arcs.heads);
    let mut starts = vec![false; length];
    for i in 0..length {
        if arcs.heads[i] == i as i32 {
            starts[left[i] as usize] = true;
        }
    }
    if let Some(first) = starts.first_mut() {
        *first = true;
    }
    starts
}

/// First and last word of what hangs on each word.
fn edges(heads: &[i32]) -> (Vec<i32>, Vec<i32>) {
    let mut left: Vec<i32> = (0..heads.len() as i32).collect();
    let mut right = left.clone();
    for _ in 0..=11 {
        for i in (0..heads.len()).chain((0..heads.len()).rev()) {
            let head = heads[i] as usize;
            left[head] = left[head].min(left[i]);
            right[head] = right[head].max(right[i]);
        }
        if within_sentences(heads, &left) {
            break;
        }
    }
    (left, right)
}

fn within_sentences(heads: &[i32], left: &[i32]) -> bool {
    let mut starts = vec![false; heads.len()];
    for (i, &head) in heads.iter().enumerate() {
        if head == i as i32 {
            starts[left[i] as usize] = true;
        }
    }
    let mut start = 0;
    for i in 0..heads.len() {
        if (i > 0 && starts[i]) || i + 1 == heads.len() {
            if heads[start..i].iter().any(|&h| (h as usize) < start || h as usize > i) {
                return false;
            }
            start = i;
        }
    }
    true
}

/// The first word below the present head, level by level and from left to right, that has the wanted label.
fn new_head(word: usize, wanted: u8, arcs: &Arcs, is_space: &[bool], left: &[i32], right: &[i32]) -> i32 {
    let mut level = vec![arcs.heads[word] as usize];
    let mut looked = 0;
    while !level.is_empty() {
        let mut below = Vec::new();
        for &parent in &level {
            let span = left[parent] as usize..=right[parent] as usize;
            for (child, &is_space) in span.clone().zip(&is_space[span]) {
                looked += 1;
                if child == parent || arcs.heads[child] as usize != parent || is_space || child == word {
                    continue;
                }
                if arcs.labels[child] == wanted {
                    return child as i32;
                }
                below.push(child);
            }
            if looked > SEARCHED {
                return arcs.heads[word];
            }
        }
        level = below;
    }
    arcs.heads[word]
}
