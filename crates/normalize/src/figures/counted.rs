//! What is counted or measured: the noun that the number stands on, the phrase after "of", the noun that the amount
//! completes ("revenue of $3bn"), or the subject of the verb that states it, with the modifiers that make it
//! understandable alone.

use super::lexicon::Nearby;
use super::phrase::{phrase, run_of_nouns, subject, tidy};
use super::scan::{Quantity, Scene};
use super::site::Site;
use super::told::{clause, margin, multiple, predicate, state, stated, stated_subject, undergone};
use crate::{UnitKind, tree::Tree};
use broadsheet_language::Iob;
use std::ops::Range;

/// A way to find what is counted.
type Way = fn(&Scene, &Tree, &Site, &Quantity) -> Option<Range<usize>>;

/// The tokens of what is counted.
pub(super) fn counted(s: &Scene, tree: &Tree, q: &Quantity, site: &Site) -> Option<Range<usize>> {
    if let Some(other) = &site.restates
        && q.kind != UnitKind::Age
    {
        let whole = counted(s, tree, other, &Site::new(s, other, None, site.taken))?;
        // "a 1.8 billion-mile (2.8bn km) journey": without the bracket itself.
        return tidy(s, whole, site);
    }
    let pointed = s.reading.tokens.get(site.core.end + 1).is_some_and(|t| t.tag == "PRP")
        && s.reading.word(site.core.end) == "of";
    let times = q.kind == UnitKind::Count && q.unit_text.is_some();
    let ways: &[Way] = match q.kind {
        UnitKind::Age => &[|s, t, x, _| aged(s, t, x)],
        UnitKind::Ordinal => &[
            |s, t, x, _| on_noun(s, t, x),
            |s, t, x, _| beside(s, t, x),
            |s, t, x, _| x.verb.and_then(|v| stated_subject(s, t, x, v)),
            |s, t, x, _| clause(s, t, x, false),
        ],
        // "two of them": what they are stands in another clause.
        UnitKind::Count if pointed => &[|s, t, x, _| predicate(s, t, x), |s, _, x, _| undergone(s, x)],
        UnitKind::Count if times => {
            &[|s, t, x, _| on_noun(s, t, x), |s, t, x, _| beside(s, t, x), |s, t, x, _| clause(s, t, x, false)]
        }
        UnitKind::Count => &[
            |s, t, x, _| on_noun(s, t, x),
            |s, t, x, _| complement(s, t, x, &["of", "among"]),
            |s, t, x, _| predicate(s, t, x),
            |s, _, x, _| undergone(s, x),
            |s, _, x, _| state(s, x),
            |s, t, x, _| shared(s, t, x),
            |s, t, x, _| beside(s, t, x),
            |s, t, x, _| completed(s, t, x),
            stated,
        ],
        UnitKind::Duration => &[
            |s, t, x, _| on_noun(s, t, x),
            |s, t, x, _| complement(s, t, x, &["of"]),
            // "a sentence of ten years in prison" is the sentence's length.
            |s, t, x, _| x.prep.filter(|&p| s.reading.word(p) == "of").and_then(|_| completed(s, t, x)),
            |s, t, x, _| {
                complement(s, t, x, &["in"])
                    .filter(|r| s.reading.tokens[r.start].pos == "NOUN" && tagged(s, x.core.end + 1))
            },
            |s, t, x, _| clause(s, t, x, false),
        ],
        UnitKind::Money => &[
            |s, t, x, _| on_noun(s, t, x),
            moved,
            |s, t, x, _| complement(s, t, x, &["of", "worth"]),
            |s, t, x, _| {
                // "the tablet for $299 on the web": the price of what stands before it.
                let price = x.prep.is_some_and(|p| s.reading.word(p) == "for");
                complement(s, t, x, if price { &["for"] } else { &["for", "on", "in"] }).filter(|r| aim(s, x, r))
            },
            |s, t, x, _| completed(s, t, x),
            stated,
            |s, t, x, _| left(s, t, x),
        ],
        UnitKind::Score => &[|s, t, x, _| on_noun(s, t, x), |s, t, x, _| clause(s, t, x, true), stated],
        UnitKind::Ratio if multiple(s, site) => {
            &[|s, t, x, _| on_noun(s, t, x), |s, t, x, _| clause(s, t, x, false), stated]
        }
        UnitKind::Ratio | UnitKind::Measure => &[
            // "Dow +0.2% Nasdaq -1%": the sign looks back.
            |s, t, x, q| q.change.and_then(|_| moved(s, t, x, q)),
            |s, t, x, _| on_noun(s, t, x),
            |s, _, x, _| votes(s, x),
            |s, _, x, _| paired(s, x),
            moved,
            |s, t, x, _| complement(s, t, x, &["of"]),
            |s, t, x, _| predicate(s, t, x),
            |s, t, x, _| completed(s, t, x),
            |s, t, x, _| margin(s, t, x),
            |s, t, x, _| adjoining(s, t, x),
            stated,
            |s, t, x, _| complement(s, t, x, &["in", "for", "on"]).filter(|r| aim(s, x, r)),
            |s, t, x, _| left(s, t, x),
        ],
    };
    ways.iter()
        .find_map(|way| {
            way(s, tree, site, q)
                .and_then(|r| tidy(s, r, site))
                .map(|r| bare(s, q, site, r))
                .filter(|r| says(s, site, q, r))
        })
        .filter(|r| {
            // A line is a statement of its own: an ingredient is not an amount of the line before.
            let between = r.end.min(site.core.end)..site.core.start.max(r.start);
            !between.into_iter().any(|t| s.reading.tokens[t].pos == "SPACE" && s.reading.word(t).contains('\n'))
        })
}

/// The noun that a count counts, with the nouns that make it one ("job cuts"), where it stands behind the number.
pub(super) fn noun(s: &Scene, q: &Quantity, site: &Site, of: Option<&Range<usize>>) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let of = of.filter(|r| q.kind == UnitKind::Count && r.start >= site.core.end)?;
    let root = of.clone().find(|&t| !of.contains(&(tokens[t].head as usize)) || tokens[t].head as usize == t)?;
    if !matches!(tokens[root].pos, "NOUN" | "PROPN") {
        return None;
    }
    let mut first = root;
    while first > of.start && tokens[first - 1].dep == "compound" && tokens[first - 1].pos == tokens[root].pos {
        first -= 1;
    }
    Some(first..root + 1)
}

/// "a 6-4, 6-0 victory": for a score, without the sets that stand before the noun.
fn bare(s: &Scene, q: &Quantity, site: &Site, r: Range<usize>) -> Range<usize> {
    let other = |&t: &usize| site.taken[t] || s.reading.tokens[t].pos == "PUNCT";
    let skip = if q.kind == UnitKind::Score { r.clone().take_while(other).count() } else { 0 };
    r.start + skip..r.end
}

/// Whether the phrase names something: not a pronoun, not another figure, not a day ("year over year") where an amount
/// is asked for.
fn says(s: &Scene, site: &Site, q: &Quantity, r: &Range<usize>) -> bool {
    let tokens = &s.reading.tokens;
    let root = r.clone().find(|&t| !r.contains(&(tokens[t].head as usize))).unwrap_or(r.start);
    let day = matches!(tokens[root].entity_type, "DATE" | "TIME")
        || matches!(tokens[root].lemma.as_str(), "year" | "month" | "week" | "quarter" | "day") && r.len() <= 3;
    // "A 65-year-old would draw 3%": somebody, whatever the model calls it.
    let day = day && !matches!(tokens[root].lemma.as_str(), "old" | "olds");
    if day && !matches!(q.kind, UnitKind::Duration | UnitKind::Age | UnitKind::Ordinal) {
        return false;
    }
    r.clone().any(|t| {
        matches!(tokens[t].pos, "NOUN" | "PROPN" | "VERB" | "ADJ" | "X") && !site.taken[t] || site.core.contains(&t)
    })
}

/// "shares down 11.9%", "new vehicles, up 4 percent", "Dow +0.2%", "aid worth $25m": what stands right before the word or
/// sign.
fn moved(s: &Scene, tree: &Tree, site: &Site, q: &Quantity) -> Option<Range<usize>> {
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
fn tagged(s: &Scene, t: usize) -> bool {
    s.reading.tokens.get(t).is_some_and(|t| t.tag == "NN")
}

/// Whether the phrase can be what money is for: not a day or a town, and not after a verb of change.
fn aim(s: &Scene, site: &Site, r: &Range<usize>) -> bool {
    let tokens = &s.reading.tokens;
    let changes = site.verb.is_some_and(|v| s.lexicon.verb(&tokens[v].lemma).is_some());
    // "in exchange for 6% of the firm", "in total"
    let idle = r.clone().any(|t| tokens[t].dep == "pobj" && s.lexicon.calendar(&tokens[t].lemma, Nearby::Return));
    !changes
        && !idle
        && r.clone().any(|t| {
            !matches!(tokens[t].entity_type, "DATE" | "TIME" | "GPE" | "MONEY" | "PERCENT") && tokens[t].pos == "NOUN"
        })
}

/// The noun that the number modifies: "28,500 troops", "a 2.8 per cent discount".
fn on_noun(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
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
fn complement(s: &Scene, tree: &Tree, site: &Site, preps: &[&str]) -> Option<Range<usize>> {
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
fn shared(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
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
fn adjoining(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
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
fn paired(s: &Scene, site: &Site) -> Option<Range<usize>> {
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
fn beside(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
    let run = run_of_nouns(s, site.core.end)?;
    let head = run.end - 1;
    let whole = phrase(s, tree, head, Some(run.start));
    Some(run.start..whole.end.max(run.end))
}

/// The noun that the amount completes: "revenue of $3bn", "a fine of up to $5", "deal worth $5m", "at a value of".
pub(super) fn completed(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let noun = site.noun?;
    if site.prep.is_none()
        && !matches!(
            tokens[site.anchor].dep,
            "appos" | "amod" | "npadvmod" | "nummod" | "advmod" | "acl" | "relcl" | "dep" | "nmod" | "pobj" | "conj"
        )
    {
        return None;
    }
    if let Some(p) = site.prep {
        let word = s.reading.word(p).to_ascii_lowercase();
        if tokens[p].head as usize != noun
            && tokens[p].pos == "ADP"
            && site.verb.is_some()
            && !matches!(word.as_str(), "of" | "to" | "than" | "at")
        {
            return None;
        }
    }
    if noun >= site.core.start {
        return Some(phrase(s, tree, noun, Some(site.core.end)));
    }
    let whole = phrase(s, tree, noun, None);
    let limit = site.prep.filter(|&p| p > noun).unwrap_or(site.core.start);
    // "a rise of 3% in sales": what rises stands behind.
    let lemma = tokens[noun].lemma.to_ascii_lowercase();
    if s.lexicon.noun(&lemma).is_some()
        || matches!(
            lemma.as_str(),
            "rate"
                | "average"
                | "total"
                | "price"
                | "value"
                | "cost"
                | "sum"
                | "amount"
                | "level"
                | "worth"
                | "magnitude"
        )
    {
        for c in tree.children_by(s.reading, noun, &["prep"]).chain(tree.children_by(s.reading, site.anchor, &["prep"]))
        {
            if c > site.core.end - 1
                && matches!(s.reading.word(c), "in" | "of" | "on" | "for")
                && let Some(o) = tree.children_by(s.reading, c, &["pobj"]).next()
            {
                return Some(phrase(s, tree, o, None));
            }
        }
        if tree.children_by(s.reading, noun, &["compound", "amod", "poss", "nmod"]).next().is_none() {
            // "an order of 50 jets at a value of $16 billion": the noun above.
            let head = tokens[noun].head as usize;
            let above = tokens[head].head as usize;
            if tokens[noun].dep == "pobj" && tokens[head].dep == "prep" && tokens[above].pos == "NOUN" {
                return Some(phrase(s, tree, above, None)).map(|r| r.start..r.end.min(head).max(r.start + 1));
            }
            // "22 burglaries, compared with an average of 20": what the other number counts.
            let compared = tokens[head].head as usize;
            if tokens[noun].dep == "pobj" && tokens[compared].lemma == "compare" {
                let main = tokens[compared].head as usize;
                let other = if tokens[main].pos == "VERB" {
                    tree.children_by(s.reading, main, &["dobj", "nsubjpass", "nsubj"])
                        .rfind(|&t| t < site.core.start && !site.taken[t] && tokens[t].pos != "PRON")
                } else {
                    Some(main).filter(|&t| matches!(tokens[t].pos, "NOUN" | "PROPN") && !site.taken[t])
                };
                if let Some(o) = other {
                    let whole = phrase(s, tree, o, None);
                    let first = (whole.start..o).find(|&t| !site.taken[t]).unwrap_or(o);
                    return Some(first..whole.end.min(compared).max(o + 1));
                }
            }
            // "announced an order of 50 jets at a value of $16 billion": what the verb is done to.
            if tokens[noun].dep == "pobj" && tokens[head].dep == "prep" && tokens[above].pos == "VERB" {
                let object = tree
                    .children_by(s.reading, above, &["dobj", "nsubjpass"])
                    .find(|&t| t < site.core.start && !site.taken[t] && tokens[t].pos != "PRON");
                if let Some(o) = object {
                    let whole = phrase(s, tree, o, None);
                    return Some(whole.start..whole.end.min(head).max(whole.start + 1));
                }
            }
            // A bare "average" or "rise" says little: the subject of its verb says what of.
            let own = tokens[noun].dep == "dobj" && s.lexicon.noun(&lemma).is_some();
            if let Some(subject) = site.verb.filter(|_| !own).and_then(|v| subject(s, tree, v))
                && subject != noun
                && tokens[subject].pos != "PRON"
            {
                return Some(phrase(s, tree, subject, None));
            }
        }
    }
    let mut end = whole.end.min(limit);
    if end <= whole.start {
        end = whole.end;
    }
    Some(whole.start..end)
}

/// "38 percent for Weber": whose share it is, wherever the model hangs the name.
fn votes(s: &Scene, site: &Site) -> Option<Range<usize>> {
    let (first, tokens) = (site.core.end + 1, &s.reading.tokens);
    let named = tokens.get(first).is_some_and(|t| t.entity_type == "PERSON") && s.reading.word(first - 1) == "for";
    let more = |&k: &usize| tokens.get(k).is_some_and(|t| t.entity_iob == Iob::I);
    named.then(|| first..(first + 1..).take_while(more).last().unwrap_or(first) + 1)
}

/// Whose age it is.
fn aged(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
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
