//! The ways from a number to what it counts: the noun that it modifies, the phrase behind it, the noun of the count that it
//! is joined to, the person whose age it is, or what simply stands beside it.

use super::lexicon::Nearby;
use super::phrase::{phrase, run_of_nouns, subject};
use super::scan::{Quantity, Scene};
use super::site::Site;
use crate::tree::Tree;
use broadsheet_language::Iob;
use std::ops::Range;

/// "shares down 11.9%", "new vehicles, up 4 percent", "Dow +0.2%", "aid worth $25m": what stands right before the word or
/// sign.
pub(super) fn moved(s: &Scene, tree: &Tree, site: &Site, q: &Quantity) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let sentence = tokens[site.anchor].sentence;
    let at = |k: usize| k.checked_sub(1).filter(|&k| tokens[k].sentence == sentence);
    let mut k = at(site.core.start)?;
    if q.change.is_none() {
        // Qualifiers and "by" stand between.
        for _ in 0..3 {
            if matches!(s.reading.word(k), "up" | "down" | "worth") {
                break;
            }
            k = at(k)?;
        }
        if !matches!(s.reading.word(k), "up" | "down" | "worth")
            || tokens[k].head as usize > k && tokens[tokens[k].head as usize].pos == "VERB"
        {
            return None;
        }
        k = at(k)?;
        if tokens[k].tag == "," {
            k = at(k)?;
        }
    } else if matches!(s.reading.word(k), "+" | "-" | "–" | "−" | ":") {
        k = at(k)?;
    }
    if !matches!(tokens[k].pos, "NOUN" | "PROPN") || site.taken[k] || matches!(tokens[k].entity_type, "DATE" | "TIME") {
        return None;
    }
    let whole = phrase(s, tree, k, None);
    Some(whole.start..k + 1)
}

/// Whether token `t` is a noun without an article: "in jail", not "in an attempt".
pub(super) fn tagged(s: &Scene, t: usize) -> bool {
    s.reading.tokens.get(t).is_some_and(|t| t.tag == "NN")
}

/// The noun that the number modifies: "28,500 troops", "a 2.8 per cent discount".
pub(super) fn on_noun(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let mut at = site.anchor;
    for _ in 0..4 {
        let t = &tokens[at];
        let head = t.head as usize;
        let modifies = matches!(
            t.dep,
            "nummod"
                | "amod"
                | "compound"
                | "nmod"
                | "quantmod"
                | "npadvmod"
                | "advmod"
                | "poss"
                | "det"
                | "predet"
                | "dep"
                | "meta"
        );
        if !modifies || head == at {
            return None;
        }
        if head >= site.core.end && matches!(tokens[head].pos, "NOUN" | "PROPN") {
            let head = whole_noun(s, tree, head);
            return Some(phrase(s, tree, head, Some(site.core.end)));
        }
        if head < site.core.start && matches!(tokens[head].pos, "NOUN" | "PROPN") && t.dep == "nummod" {
            return None;
        }
        // "2.5-mile-long bridge", "30% fuming acid": through the adjective.
        let participle = tokens[head].dep == "amod" && matches!(tokens[head].tag, "VBG" | "VBN");
        if !participle && !matches!(tokens[head].pos, "ADJ" | "NUM" | "SYM" | "NOUN" | "ADV" | "PROPN") {
            return None;
        }
        at = head;
    }
    None
}

/// The noun that a counted singular belongs to: "three course meal", "four security and diplomatic officials".
fn whole_noun(s: &Scene, tree: &Tree, noun: usize) -> usize {
    let tokens = &s.reading.tokens;
    // "co-sponsors"
    if tokens.get(noun + 2).is_some_and(|t| t.tag.starts_with("NN") && t.sentence == tokens[noun].sentence)
        && tokens[noun + 1].tag == "HYPH"
    {
        return noun + 2;
    }
    if tokens[noun].tag != "NN" {
        return noun;
    }
    let above = tokens[noun].head as usize;
    // "a 10-speed automatic transmission"
    let between = |to: usize| (noun + 1..to).all(|t| matches!(tokens[t].pos, "ADJ" | "NOUN" | "PUNCT" | "PROPN"));
    if noun > 0
        && tokens[noun - 1].tag == "HYPH"
        && matches!(tokens[noun].dep, "compound" | "nmod" | "amod" | "npadvmod")
        && (noun + 1..noun + 5).contains(&above)
        && matches!(tokens[above].pos, "NOUN" | "PROPN")
        && between(above)
    {
        return above;
    }
    if matches!(tokens[noun].dep, "compound" | "nmod") && above == noun + 1 && tokens[above].tag.starts_with("NN") {
        return above;
    }
    let joined = tree.children_by(s.reading, noun, &["conj"]).find(|&c| tokens[c].tag == "NNS" && c <= noun + 5);
    joined.filter(|&c| (noun + 1..c).all(|t| matches!(tokens[t].pos, "ADJ" | "NOUN" | "CCONJ" | "ADV"))).unwrap_or(noun)
}

/// "10 per cent of the total", "dozens of warships".
pub(super) fn complement(s: &Scene, tree: &Tree, site: &Site, preps: &[&str]) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    // "17 ounces (500 ml) of water"
    let sentence = tokens[site.anchor].sentence;
    let bracket = tokens.get(site.core.end).is_some_and(|t| t.tag == "-LRB-" && t.sentence == sentence);
    let close =
        (site.core.end..tokens.len()).take(8).find(|&t| tokens[t].tag == "-RRB-" && tokens[t].sentence == sentence);
    let next = if bracket { close.map_or(site.core.end, |t| t + 1) } else { site.core.end };
    let at =
        tokens.get(next).filter(|t| t.sentence == tokens[site.anchor].sentence && preps.contains(&t.lemma.as_str()));
    let prep = at.map(|_| next)?;
    let object = tree.children_by(s.reading, prep, &["pobj", "pcomp"]).next();
    match object {
        // "half of whom are women": of those that the clause is about.
        Some(o) if matches!(tokens[o].tag, "WP" | "WDT") => {
            let clause = tree.ancestors(s.reading, o).find(|&a| tokens[a].dep == "relcl")?;
            let head = tokens[clause].head as usize;
            let whole = phrase(s, tree, head, None);
            let first = (whole.start..head).rev().find(|&t| site.taken[t]).map_or(whole.start, |t| t + 1);
            Some(first..whole.end.min(clause).min(site.start).max(head + 1))
        }
        // "thousands of evolving galaxies": a participle that the parser took for the object.
        Some(o) if tokens[o].tag == "VBG" => run_of_nouns(s, next + 1).or_else(|| Some(phrase(s, tree, o, None))),
        Some(o) => Some(phrase(s, tree, o, None)),
        None => {
            // The parser hung the noun elsewhere: take the run of nouns that follows.
            run_of_nouns(s, next + 1).map(|r| r.start..r.end)
        }
    }
}

/// "52 votes in favour and 48 against", "6 million homes, including 1.5 million in Peru": the noun of the count that this
/// one is joined to or part of.
pub(super) fn shared(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let t = &tokens[site.anchor];
    let above = t.head as usize;
    let including = t.dep == "pobj" && matches!(tokens[above].lemma.as_str(), "include" | "including");
    let noun = if including { tokens[above].head as usize } else { above };
    let counts = |c: usize| matches!(tokens[c].dep, "nummod" | "quantmod") && site.taken[c];
    let counted = (t.dep == "conj" || including)
        && noun < site.core.start
        && tokens[noun].pos == "NOUN"
        && tree.children(noun).any(counts);
    // "4 guards and 12 prisoners" have a noun each.
    let own = tokens.get(site.core.end).is_some_and(|n| n.pos == "NOUN" || n.pos == "ADJ");
    if !counted || own {
        return None;
    }
    let first = (0..noun)
        .rev()
        .take_while(|&k| tokens[k].head as usize == noun && matches!(tokens[k].dep, "amod" | "compound"));
    Some(first.last().unwrap_or(noun)..noun + 1)
}

/// "seen with carbon levels at 1,200 ppm": the noun that stands right before the preposition, where the verb states nothing.
pub(super) fn adjoining(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let (verb, prep) = (site.verb?, site.prep?);
    let noun = prep.checked_sub(1)?;
    let idle = tokens[verb].pos == "VERB"
        && s.lexicon.verb(&tokens[verb].lemma).is_none()
        && !s.lexicon.calendar(&tokens[verb].lemma, Nearby::States);
    let stands = s.reading.word(prep) == "at" && tokens[noun].pos == "NOUN" && tokens[noun].dep == "pobj";
    (idle && stands && !site.taken[noun]).then(|| {
        let whole = phrase(s, tree, noun, None);
        whole.start..noun + 1
    })
}

/// "a 20% and 16% improvement": the noun behind the figure that this one is joined to.
pub(super) fn paired(s: &Scene, site: &Site) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let sentence = tokens[site.anchor].sentence;
    let joint = site.core.end;
    let joined = matches!(s.reading.word(joint.min(tokens.len() - 1)), "and" | "or" | "to")
        && site.taken.get(joint + 1) == Some(&true)
        && tokens[joint + 1].sentence == sentence;
    let behind = (joint + 1..tokens.len()).take(6).find(|&t| !site.taken[t]).filter(|_| joined)?;
    let noun = tokens[behind].sentence == sentence && matches!(tokens[behind].tag, "NN" | "NNS" | "JJ");
    // Only where an article opens the pair: "20% of men and 16% women" are two things.
    let article = site.start.checked_sub(1).is_some_and(|t| matches!(tokens[t].tag, "DT" | "JJ" | "PRP$"));
    if noun && article { run_of_nouns(s, behind) } else { None }
}

/// A plural right after the number that the tree does not hang it on.
pub(super) fn beside(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
    let run = run_of_nouns(s, site.core.end)?;
    let head = run.end - 1;
    let whole = phrase(s, tree, head, Some(run.start));
    Some(run.start..whole.end.max(run.end))
}

/// "38 percent for Weber": whose share it is, wherever the model hangs the name.
pub(super) fn votes(s: &Scene, site: &Site) -> Option<Range<usize>> {
    let (first, tokens) = (site.core.end + 1, &s.reading.tokens);
    let named = tokens.get(first).is_some_and(|t| t.entity_type == "PERSON") && s.reading.word(first - 1) == "for";
    let more = |&k: &usize| tokens.get(k).is_some_and(|t| t.entity_iob == Iob::I);
    named.then(|| first..(first + 1..).take_while(more).last().unwrap_or(first) + 1)
}

/// Whose age it is.
pub(super) fn aged(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    if let Some(r) = on_noun(s, tree, site) {
        return Some(r);
    }
    // "Maddon, 66," and "men aged 18 to 34": the name or noun right before.
    let mut k = site.core.start;
    let sentence = tokens[site.anchor].sentence;
    while k > 0 && tokens[k - 1].sentence == sentence && site.core.start - k < 6 {
        k -= 1;
        if matches!(tokens[k].pos, "PROPN" | "NOUN") && !matches!(tokens[k].lemma.as_str(), "age" | "year") {
            let mut first = k;
            while first > 0
                && tokens[first - 1].sentence == sentence
                && tokens[first - 1].pos == "PROPN"
                && tokens[k].pos == "PROPN"
            {
                first -= 1;
            }
            return Some(first..k + 1);
        }
        let joint = matches!(tokens[k].tag, "," | "-LRB-" | ":" | "WP" | "RB" | "IN" | "CC" | "VBN" | "CD")
            && !matches!(tokens[k].lemma.as_str(), "at" | "by" | "of" | "since" | "until" | "from");
        let age = matches!(tokens[k].lemma.as_str(), "age" | "be" | "aged" | "between" | "over" | "under");
        if !joint && !age {
            break;
        }
    }
    // "The 65-year-old worries"
    let next = run_of_nouns(s, site.core.end).filter(|r| r.len() <= 4);
    site.verb
        .and_then(|v| subject(s, tree, v))
        .filter(|t| !site.core.contains(t))
        .map(|t| phrase(s, tree, t, None))
        .or(next)
}

/// The nearest noun phrase to the left.
pub(super) fn left(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let sentence = tokens[site.anchor].sentence;
    let noun = (0..site.core.start).rev().take_while(|&k| tokens[k].sentence == sentence).take(12).find(|&k| {
        matches!(tokens[k].pos, "NOUN" | "PROPN")
            && !matches!(tokens[k].entity_type, "DATE" | "TIME" | "PERCENT" | "MONEY")
            && !site.taken[k]
            && tokens[k].lemma != "percent"
    })?;
    let r = phrase(s, tree, noun, None);
    Some(r.start..r.end.min(noun + 1))
}
