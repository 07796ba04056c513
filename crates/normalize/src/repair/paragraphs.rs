//! Sentences that run over a blank line are cut there, and every sentence is made one tree with one root.

use broadsheet_language::Reading;

/// Cuts sentences after white space with a blank line in it, then roots every sentence once.
pub fn split(reading: &mut Reading) {
    let n = reading.tokens.len();
    let mut starts: Vec<u32> = Vec::with_capacity(reading.sentences.len() + 8);
    for sentence in &reading.sentences {
        let (first, last) = (sentence.start as usize, (sentence.end as usize).min(n));
        if first >= last {
            continue;
        }
        starts.push(first as u32);
        let mut has_words = false;
        for i in first..last {
            if !is_space(reading, i) {
                has_words = true;
            } else if has_words && is_blank_line(reading, i) && (i + 1..last).any(|k| !is_space(reading, k)) {
                starts.push(i as u32 + 1);
                has_words = false;
            }
        }
    }
    if starts.first() != Some(&0) && n > 0 {
        starts.insert(0, 0);
    }
    starts.dedup();
    reading.sentences =
        starts.iter().enumerate().map(|(k, &s)| s..starts.get(k + 1).copied().unwrap_or(n as u32)).collect();
    for k in 0..reading.sentences.len() {
        let range = reading.sentences[k].clone();
        for token in &mut reading.tokens[range.start as usize..range.end as usize] {
            token.sentence = k as u32;
        }
        root(reading, range.start as usize, range.end as usize);
    }
}

/// Gives the sentence `first..last` one root, under which every other loose subtree hangs.
fn root(reading: &mut Reading, first: usize, last: usize) {
    let loose: Vec<usize> = (first..last)
        .filter(|&i| {
            let head = reading.tokens[i].head as usize;
            head == i || !(first..last).contains(&head)
        })
        .collect();
    let Some(&top) = loose.iter().max_by_key(|&&i| (fitness(reading, i), usize::MAX - i)) else {
        return break_cycle(reading, first, last);
    };
    for &i in &loose {
        let token = &mut reading.tokens[i];
        if i == top {
            token.head = i as u32;
            token.dep = "ROOT";
        } else {
            token.head = top as u32;
            token.dep = match token.dep {
                "ROOT" => "dep",
                "" if token.pos == "SPACE" => "dep",
                other => other,
            };
        }
    }
}

/// How well a token serves as the root of its sentence.
fn fitness(reading: &Reading, i: usize) -> u8 {
    let t = &reading.tokens[i];
    match (t.pos, t.tag) {
        ("SPACE", _) => 0,
        ("PUNCT", _) => 1,
        (_, "VBD" | "VBZ" | "VBP" | "MD") => 7,
        ("VERB" | "AUX", _) if t.dep == "ROOT" => 6,
        _ if t.dep == "ROOT" => 5,
        ("VERB" | "AUX", _) => 4,
        ("NOUN" | "PROPN" | "PRON" | "NUM", _) => 3,
        _ => 2,
    }
}

/// Heads that only go round in a circle come from a broken reading; the first token takes all.
fn break_cycle(reading: &mut Reading, first: usize, last: usize) {
    for i in first..last {
        reading.tokens[i].head = first as u32;
        reading.tokens[i].dep = if i == first { "ROOT" } else { "dep" };
    }
}

fn is_space(reading: &Reading, i: usize) -> bool {
    reading.tokens[i].pos == "SPACE" || reading.tokens[i].tag == "_SP"
}

fn is_blank_line(reading: &Reading, i: usize) -> bool {
    reading.word(i).matches('\n').count() >= 2
}
