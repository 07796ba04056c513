//! Phrases of the tree: the noun phrase of a head, the subject of a verb, a run of nouns, and the ends cut off that say
//! nothing.

use super::scan::Scene;
use super::site::Site;
use crate::tree::Tree;
use std::ops::Range;

/// Adjectives and nouns from token `from` on, as far as they end in a noun.
pub(super) fn run_of_nouns(s: &Scene, from: usize) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let sentence = tokens.get(from)?.sentence;
    let mut end = from;
    for (k, t) in tokens.iter().enumerate().skip(from).take(8) {
        if t.sentence != sentence
            || !matches!(
                t.tag,
                "JJ" | "JJR" | "JJS" | "NN" | "NNS" | "NNP" | "NNPS" | "VBN" | "VBG" | "HYPH" | "DT" | "PRP$" | "CD"
            )
        {
            break;
        }
        if t.tag.starts_with("NN") {
            end = k + 1;
        }
    }
    (end > from).then_some(from..end)
}

/// The subject of a verb, or of the verb it is joined to; for a participle, the noun it describes.
pub(super) fn subject(s: &Scene, tree: &Tree, verb: usize) -> Option<usize> {
    let tokens = &s.reading.tokens;
    let mut at = verb;
    for _ in 0..5 {
        let mut subjects = tree.children_by(s.reading, at, &["nsubj", "nsubjpass", "csubj"]);
        let nearest = subjects.next().map(|first| subjects.take_while(|&t| t < at).last().unwrap_or(first));
        if let Some(t) = nearest {
            // "which rose", "that cost": the noun before.
            let relative = matches!(tokens[t].tag, "WDT" | "WP" | "WRB");
            if relative && tokens[at].dep == "relcl" {
                return Some(tokens[at].head as usize);
            }
            return Some(t);
        }
        // "was 2 F and the voltage across it was 5 V": the parser hung the subject on what stands before it.
        if tokens[at].dep == "conj" && matches!(tokens[at].tag, "VBD" | "VBZ" | "VBP") {
            let lost = (at.saturating_sub(10)..at).find(|&t| {
                let r = tree.range(t);
                let led = r.start > 0 && tokens[r.start - 1].dep == "cc" && tokens[r.start].pos == "DET";
                led && tokens[t].dep == "conj" && matches!(tokens[t].pos, "NOUN" | "PROPN") && r.end == at
            });
            if lost.is_some() {
                return lost;
            }
        }
        let head = tokens[at].head as usize;
        match tokens[at].dep {
            _ if head == at => return None,
            // "was on track to fall": the subject of "was".
            "acl" if tokens[at].tag == "VB" && tokens[head].dep == "pobj" => {
                at = tokens[tokens[head].head as usize].head as usize;
                if !matches!(tokens[at].pos, "VERB" | "AUX") {
                    return Some(head);
                }
            }
            "acl" | "relcl" => return Some(head),
            "conj" | "xcomp" | "ccomp" | "advcl" | "pcomp" | "aux" | "dep" | "prep" | "acomp" | "oprd" => {
                at = head;
                if matches!(tokens[at].pos, "NOUN" | "PROPN") {
                    return Some(at);
                }
            }
            _ => return None,
        }
    }
    None
}

pub(super) fn within(tree: &Tree, top: usize, token: usize) -> bool {
    top == token || tree.children(top).any(|c| within_bounded(tree, c, token, 6))
}

fn within_bounded(tree: &Tree, top: usize, token: usize, depth: usize) -> bool {
    top == token || depth > 0 && tree.children(top).any(|c| within_bounded(tree, c, token, depth - 1))
}

/// The noun phrase of `head`: without articles, with short modifiers behind it. From token `from` on, if given.
pub(super) fn phrase(s: &Scene, tree: &Tree, head: usize, from: Option<usize>) -> Range<usize> {
    const LEFT: [&str; 9] = ["compound", "amod", "nmod", "poss", "nummod", "advmod", "quantmod", "npadvmod", "punct"];
    let tokens = &s.reading.tokens;
    let mut first = head;
    for c in tree.children(head).filter(|&c| c < head) {
        let leftmost = tree.range(c).start;
        if LEFT.contains(&tokens[c].dep) && (tokens[c].dep != "punct" || s.reading.word(c) == "-") {
            first = first.min(leftmost);
        }
    }
    if let Some(from) = from {
        first = from.min(head);
    }
    let mut last = head + 1;
    for c in tree.children(head).filter(|&c| c > head) {
        let r = tree.range(c);
        if r.start > last + 1 || r.end < last {
            break;
        }
        let word = s.reading.word(c);
        let take = match tokens[c].dep {
            "prep" => matches!(
                word,
                "of" | "in"
                    | "from"
                    | "at"
                    | "on"
                    | "for"
                    | "to"
                    | "against"
                    | "with"
                    | "between"
                    | "into"
                    | "across"
                    | "by"
                    | "among"
                    | "near"
                    | "under"
                    | "without"
                    | "within"
                    | "inside"
                    | "outside"
                    | "around"
                    | "over"
            ),
            "acl" | "relcl" => r.start <= last && s.reading.word(last.min(tokens.len() - 1)) != ",",
            "appos" => false,
            "case" | "nummod" | "amod" | "compound" | "npadvmod" => true,
            // "three soldiers and four civilians" are two counts.
            "cc" | "conj" => {
                tokens[c].dep == "cc"
                    || r.len() <= 4 && tokens[head].tag == tokens[c].tag && !r.clone().any(|t| tokens[t].tag == "CD")
            }
            _ => false,
        };
        // When it was stands in its own column.
        let dated = tokens[c].dep == "prep"
            && tree
                .children_by(s.reading, c, &["pobj", "pcomp", "prep"])
                .any(|o| matches!(tokens[o].entity_type, "DATE" | "TIME") && tokens[o].dep == "pobj");
        if !take || dated || r.end - head > 14 {
            break;
        }
        if tokens[c].dep == "cc" {
            continue;
        }
        last = last.max(r.end);
    }
    first..last
}

/// Cuts the figure itself, articles and marks off the ends.
pub(super) fn tidy(s: &Scene, r: Range<usize>, site: &Site) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let (mut a, mut b) = (r.start, r.end.min(tokens.len()));
    if a < site.core.end && b > site.core.end {
        if a >= site.core.start || site.core.start.saturating_sub(a) < b - site.core.end {
            a = site.core.end;
        } else {
            b = site.core.start;
        }
    } else if a < site.core.end && b > site.core.start {
        b = site.core.start;
    }
    // A phrase ends with its line.
    if let Some(line) =
        (a..b).find(|&t| tokens[t].pos == "SPACE" && s.reading.word(t).contains('\n')).filter(|&t| t > a)
    {
        b = line;
    }
    let edge = |t: usize| {
        matches!(tokens[t].pos, "PUNCT" | "SPACE" | "DET" | "CCONJ")
            || tokens[t].dep == "case"
            || tokens[t].dep == "punct" && !s.reading.word(t).chars().any(char::is_alphanumeric)
            || matches!(tokens[t].tag, "-LRB-" | "-RRB-" | "HYPH" | ":")
    };
    while a < b && (edge(a) || tokens[a].pos == "ADP" && tokens[a].tag == "IN") {
        a += 1;
    }
    // "vehicles sold over the past [two years]": the words that lead to the figure go with it.
    if b == site.core.start {
        const LEADS: [&str; 9] =
            ["past", "next", "last", "first", "coming", "previous", "following", "final", "preceding"];
        let mut end = b;
        while end > a && LEADS.contains(&s.reading.word(end - 1)) {
            end -= 1;
        }
        let led = (a..end).rev().take_while(|&t| matches!(tokens[t].pos, "DET" | "PRON" | "ADP" | "SCONJ")).last();
        if let Some(first) = led.filter(|&t| end < b && t > a && tokens[t].pos == "ADP") {
            b = first;
        }
    }
    // "$5 million worth of grain" is grain.
    if a + 2 < b && s.reading.word(a) == "worth" && s.reading.word(a + 1) == "of" {
        a += 2;
    }
    // "12 percent less water" is water.
    while a + 1 < b && tokens[a].tag == "JJR" && matches!(s.reading.word(a), "less" | "fewer") {
        a += 1;
    }
    while b > a && (edge(b - 1) || matches!(tokens[b - 1].tag, "IN" | "TO")) {
        b -= 1;
    }
    (a < b).then_some(a..b)
}
