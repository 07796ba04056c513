//! What holds for the reading of any text.

use broadsheet_language::{Iob, Reading};

/// Tokens follow each other and, with the single spaces between them, are the text; offsets in bytes and in code points
/// both slice it.
pub fn offsets_hold(text: &str, reading: &Reading) {
    assert_eq!(reading.text, text);
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut last = 0;
    for (i, t) in reading.tokens.iter().enumerate() {
        let (from, to) = (t.byte_start as usize, t.byte_end as usize);
        assert!(from < to, "token {i} is empty");
        assert_eq!((starts[t.start as usize], starts[t.end as usize]), (from, to), "token {i}");
        let gap = if i > 0 && reading.tokens[i - 1].space_after { " " } else { "" };
        assert_eq!(&text[last..from], gap, "before token {i}");
        last = to;
    }
    let gap = if reading.tokens.last().is_some_and(|t| t.space_after) { " " } else { "" };
    assert_eq!(&text[last..], gap, "after the last token");
}

/// Sentences cover the tokens; each is one tree.
pub fn trees_hold(reading: &Reading) {
    let mut next = 0;
    for (s, range) in reading.sentences.iter().enumerate() {
        assert_eq!(range.start, next, "sentence {s}");
        assert!(!range.is_empty());
        next = range.end;
        let roots: Vec<u32> = range.clone().filter(|&i| reading.tokens[i as usize].head == i).collect();
        assert_eq!(roots.len(), 1, "roots of sentence {s}");
        let root = &reading.tokens[roots[0] as usize];
        assert!(root.dep == "ROOT" || root.pos == "SPACE", "root of sentence {s}: {root:?}");
        for i in range.clone() {
            let t = &reading.tokens[i as usize];
            assert_eq!(t.sentence as usize, s);
            assert!(range.contains(&t.head), "{i} hangs on {}, outside of sentence {s}", t.head);
        }
        // Walk up from each token until a token that is known to hang on the root; each is walked once.
        let mut hangs = vec![false; range.len()];
        let place = |i: u32| (i - range.start) as usize;
        hangs[place(roots[0])] = true;
        for i in range.clone() {
            let mut path = vec![i];
            while !hangs[place(path[path.len() - 1])] {
                assert!(path.len() <= range.len(), "a cycle at {i}");
                path.push(reading.tokens[path[path.len() - 1] as usize].head);
            }
            path.into_iter().for_each(|i| hangs[place(i)] = true);
        }
    }
    assert_eq!(next as usize, reading.tokens.len());
}

/// Labels are there, and an entity begins before it goes on, with one type, inside of one sentence.
pub fn labels_hold(reading: &Reading) {
    for (i, t) in reading.tokens.iter().enumerate() {
        assert!(!t.tag.is_empty() && !t.pos.is_empty() && !t.lemma.is_empty(), "token {i}: {t:?}");
        assert_eq!(t.entity_iob == Iob::O, t.entity_type.is_empty());
        if t.entity_iob == Iob::I {
            let before = &reading.tokens[i - 1];
            assert!(before.entity_iob != Iob::O && before.entity_type == t.entity_type, "token {i}");
            assert_eq!(before.sentence, t.sentence, "token {i}");
        }
    }
}
