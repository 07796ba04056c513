//! What is counted or measured: the noun that the number stands on, the phrase after "of", the noun that the amount
//! completes ("revenue of $3bn"), or the subject of the verb that states it, with the modifiers that make it
//! understandable alone.

use super::lexicon::{Nearby, RoleWord};
use super::phrase::{phrase, run_of_nouns, subject, tidy, within};
use super::scan::{Quantity, Scene};
use super::site::Site;
use crate::{UnitKind, tree::Tree};
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
            |s, t, x, _| beside(s, t, x),
            |s, t, x, _| completed(s, t, x),
            stated,
        ],
        UnitKind::Duration => &[
            |s, t, x, _| on_noun(s, t, x),
            |s, t, x, _| complement(s, t, x, &["of"]),
            |s, t, x, _| {
                complement(s, t, x, &["in"])
                    .filter(|r| s.reading.tokens[r.start].pos == "NOUN" && tagged(s, x.core.end + 1))
            },
            |s, t, x, _| x.prep.filter(|&p| s.reading.word(p) == "of").and_then(|_| completed(s, t, x)),
            |s, t, x, _| clause(s, t, x, false),
        ],
        UnitKind::Money => &[
            |s, t, x, _| on_noun(s, t, x),
            moved,
            |s, t, x, _| complement(s, t, x, &["of", "worth"]),
            |s, t, x, _| complement(s, t, x, &["for", "on", "in"]).filter(|r| aim(s, x, r)),
            |s, t, x, _| completed(s, t, x),
            stated,
            |s, t, x, _| left(s, t, x),
        ],
        UnitKind::Score => &[|s, t, x, _| on_noun(s, t, x), |s, t, x, _| clause(s, t, x, true), stated],
        UnitKind::Ratio if multiple(s, site) => {
            &[|s, t, x, _| on_noun(s, t, x), |s, t, x, _| clause(s, t, x, false), stated]
        }
        UnitKind::Ratio | UnitKind::Measure => &[
            |s, t, x, _| on_noun(s, t, x),
            moved,
            |s, t, x, _| complement(s, t, x, &["of"]),
            |s, t, x, _| predicate(s, t, x),
            |s, t, x, _| completed(s, t, x),
            |s, t, x, _| margin(s, t, x),
            stated,
            |s, t, x, _| complement(s, t, x, &["in", "for", "on"]).filter(|r| aim(s, x, r)),
            |s, t, x, _| left(s, t, x),
        ],
    };
    ways.iter().find_map(|way| way(s, tree, site, q).and_then(|r| tidy(s, r, site)).filter(|r| says(s, site, q, r)))
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

/// Whether the phrase names something: not a pronoun, not another figure, not a day ("year over year") where an amount
/// is asked for.
fn says(s: &Scene, site: &Site, q: &Quantity, r: &Range<usize>) -> bool {
    let tokens = &s.reading.tokens;
    let root = r.clone().find(|&t| !r.contains(&(tokens[t].head as usize))).unwrap_or(r.start);
    let day = matches!(tokens[root].entity_type, "DATE" | "TIME")
        || matches!(tokens[root].lemma.as_str(), "year" | "month" | "week" | "quarter" | "day") && r.len() <= 3;
    if day && !matches!(q.kind, UnitKind::Duration | UnitKind::Age | UnitKind::Ordinal) {
        return false;
    }
    r.clone().any(|t| {
        matches!(tokens[t].pos, "NOUN" | "PROPN" | "VERB" | "ADJ" | "X") && !site.taken[t] || site.core.contains(&t)
    })
}

/// Whether the quantity is a multiple that stands by a verb: "scored twice".
fn multiple(s: &Scene, site: &Site) -> bool {
    let t = &s.reading.tokens[site.anchor];
    site.core.len() == 1 && t.dep == "advmod" && s.reading.tokens[t.head as usize].pos == "VERB"
}

/// What is said of the quantity, where it is itself the subject: "77 percent were aged 26 or above", "12 were injured".
fn predicate(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let anchor = &tokens[site.anchor];
    let verb = anchor.head as usize;
    if !matches!(anchor.dep, "nsubj" | "nsubjpass")
        || !matches!(tokens[verb].pos, "VERB" | "AUX")
        || verb < site.core.end
    {
        return None;
    }
    let far = site.core.end + 6 < verb;
    let more = tree.children(site.anchor).any(|c| c >= site.core.end && tokens[c].dep == "prep");
    if far || more && !s.reading.word(site.core.end).eq_ignore_ascii_case("of") {
        return None;
    }
    let copula = tokens[verb].pos == "AUX";
    let first = if copula {
        tree.children_by(s.reading, verb, &["attr", "acomp", "prep", "oprd"]).find(|&c| c > verb)?
    } else {
        verb
    };
    // "16 were in the hall" is not "in the hall 16".
    let first = if copula { tree.range(first).start.max(verb + 1) } else { first };
    let end = (first..tokens.len())
        .take(10)
        .find(|&t| t > first && (tokens[t].sentence != anchor.sentence || stops(s, t) || site.taken[t]))
        .unwrap_or((first + 10).min(tokens.len()));
    Some(first..end)
}

/// "killed 13", "arrested at least 40": what was done to people of whom nothing else is said.
fn undergone(s: &Scene, site: &Site) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let verb = site.verb.filter(|&v| tokens[site.anchor].dep == "dobj" && tokens[site.anchor].head as usize == v)?;
    let alone =
        !s.reading.tokens.get(site.core.end).is_some_and(|t| matches!(t.tag, "NNS" | "NN" | "JJ" | "NNP" | "NNPS"));
    (alone && s.lexicon.role(&tokens[verb].lemma, RoleWord::Object).is_some()).then_some(verb..verb + 1)
}

/// "left 31 dead", "16 injured": the state of people of whom nothing else is said.
fn state(s: &Scene, site: &Site) -> Option<Range<usize>> {
    let next = site.core.end;
    let token = s.reading.tokens.get(next).filter(|t| t.sentence == s.reading.tokens[site.anchor].sentence)?;
    let alone = !(token.dep == "amod" && token.head as usize > next);
    (alone && s.lexicon.role(&s.reading.word(next).to_lowercase(), RoleWord::State).is_some()).then_some(next..next + 1)
}

/// Marks and joints at which a predicate ends.
fn stops(s: &Scene, t: usize) -> bool {
    let token = &s.reading.tokens[t];
    matches!(token.tag, "," | "." | ":" | "-RRB-" | "-LRB-" | "\"\"" | "\'\'" | "``")
        || token.dep == "cc"
        || token.tag == "WDT"
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

/// "won by 30 points", "missed the cut by two strokes": who won or missed what.
fn margin(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let (verb, prep) = (site.verb?, site.prep?);
    let by = s.reading.word(prep).eq_ignore_ascii_case("by") && tokens[prep].head as usize == verb;
    let changes =
        tokens[verb].pos == "AUX" || s.lexicon.verb(&tokens[verb].lemma).is_some_and(|_| tokens[verb].lemma != "lose");
    (by && !changes).then(|| clause(s, tree, site, false)).flatten()
}

/// Whether token `t` is a noun without an article: "in jail", not "in an attempt".
fn tagged(s: &Scene, t: usize) -> bool {
    s.reading.tokens.get(t).is_some_and(|t| t.tag == "NN")
}

/// Whether the phrase can be what money is for: not a day or a town, and not after a verb of change.
fn aim(s: &Scene, site: &Site, r: &Range<usize>) -> bool {
    let tokens = &s.reading.tokens;
    let changes = site.verb.is_some_and(|v| s.lexicon.verb(&tokens[v].lemma).is_some());
    !changes
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
        // "2.5-mile-long bridge": through the adjective.
        if !matches!(tokens[head].pos, "ADJ" | "NUM" | "SYM" | "NOUN" | "ADV" | "PROPN") {
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
        Some(o) => Some(phrase(s, tree, o, None)),
        None => {
            // The parser hung the noun elsewhere: take the run of nouns that follows.
            run_of_nouns(s, next + 1).map(|r| r.start..r.end)
        }
    }
}

/// A plural right after the number that the tree does not hang it on.
fn beside(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
    let run = run_of_nouns(s, site.core.end)?;
    let head = run.end - 1;
    let whole = phrase(s, tree, head, Some(run.start));
    Some(run.start..whole.end.max(run.end))
}

/// The noun that the amount completes: "revenue of $3bn", "a fine of up to $5", "deal worth $5m", "at a value of".
fn completed(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
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
            if let Some(subject) = site.verb.filter(|_| !own).and_then(|v| subject(s, tree, v)) {
                if subject != noun && tokens[subject].pos != "PRON" {
                    return Some(phrase(s, tree, subject, None));
                }
            }
        }
    }
    let mut end = whole.end.min(limit);
    if end <= whole.start {
        end = whole.end;
    }
    Some(whole.start..end)
}

/// What the verb says the amount of: its subject for "is", "rose", "cost"; for other verbs what the money is for, the
/// object, or the subject.
fn stated(s: &Scene, tree: &Tree, site: &Site, q: &Quantity) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let verb = site.verb?;
    let lemma = tokens[verb].lemma.as_str();
    let plain = tokens[verb].pos == "AUX"
        || s.lexicon.verb(lemma).is_some()
        || s.lexicon.calendar(lemma, Nearby::States)
        || q.kind == UnitKind::Ratio;
    let outside = |t: usize| !site.core.contains(&t) && !within(tree, t, site.anchor);
    let object =
        tree.children_by(s.reading, verb, &["dobj"]).find(|&t| outside(t) && !site.taken[t] && tokens[t].pos != "PRON");
    if let Some(o) = object.filter(|_| q.kind == UnitKind::Ratio || s.lexicon.verb(lemma).is_some()) {
        // "raised interest rates to 11.25%", "cut emissions 42.6 per cent"
        return Some(phrase(s, tree, o, None));
    }
    if !plain {
        let aim = tree
            .children_by(s.reading, verb, &["prep"])
            .chain(tree.children_by(s.reading, site.anchor, &["prep"]))
            .filter(|&p| p >= site.core.end && matches!(s.reading.word(p), "for" | "on" | "in"))
            .find_map(|p| tree.children_by(s.reading, p, &["pobj", "pcomp"]).next());
        let passive = tree.children_by(s.reading, verb, &["nsubjpass"]).next();
        let best = match (aim, object) {
            (Some(a), _) if tokens[a].entity_type != "DATE" => Some(a),
            (_, Some(o)) => Some(o),
            _ => passive,
        };
        if let Some(t) = best {
            return Some(phrase(s, tree, t, None));
        }
    }
    // "closed 90 branches and opened 12": who opened them is not what is counted.
    if q.kind == UnitKind::Count && !plain && tokens[site.anchor].dep == "dobj" {
        return None;
    }
    let subject = subject(s, tree, verb)?;
    (outside(subject)).then(|| phrase(s, tree, subject, None))
}

/// The clause that a duration or score belongs to: from the verb (or its subject) to the end of its object; with `sets`,
/// not beyond another figure.
fn clause(s: &Scene, tree: &Tree, site: &Site, sets: bool) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    // "48 hours to respond to the offer"
    if let Some(c) =
        tree.children_by(s.reading, site.anchor, &["acl"]).find(|&c| c >= site.core.end && tokens[c].tag == "VB")
    {
        let r = tree.range(c);
        return Some(c..r.end.min(c + 12));
    }
    let Some(verb) = site.verb else {
        return completed(s, tree, site).or_else(|| left(s, tree, site));
    };
    if tokens[verb].pos == "AUX" {
        return stated_subject(s, tree, site, verb);
    }
    let subject = subject(s, tree, verb).filter(|&t| !site.core.contains(&t));
    let object =
        tree.children_by(s.reading, verb, &["dobj", "attr", "prt", "acomp", "oprd"]).find(|t| !site.core.contains(t));
    let mut first = verb;
    if let Some(t) = subject.filter(|&t| t < verb && tokens[t].pos != "PRON") {
        let r = phrase(s, tree, t, None);
        if verb - r.start <= 14 && r.end <= verb + 1 && (site.core.start > verb || site.core.end <= r.start) {
            first = r.start;
        }
    }
    let mut end = verb + 1;
    // "go from zero to 60 mph in five seconds", "cruised past Uchiyama 6-2"
    let start = site.start.min(site.core.start);
    if start > verb && start - verb <= 14 {
        let stop = (verb + 1..start).find(|&t| tokens[t].tag == "," || sets && site.taken[t]);
        end = stop.unwrap_or(site.prep.filter(|&p| p > verb && p + 1 >= start).unwrap_or(start).min(start));
    }
    if let Some(o) = object.filter(|&o| o > verb) {
        end = phrase(s, tree, o, None).end.min(if site.core.start > verb { site.core.start } else { usize::MAX });
    }
    if site.core.start > first && site.core.start < end {
        end = site.core.start;
    }
    (first < end).then_some(first..end)
}

fn stated_subject(s: &Scene, tree: &Tree, site: &Site, verb: usize) -> Option<Range<usize>> {
    let t = subject(s, tree, verb).filter(|t| !site.core.contains(t))?;
    Some(phrase(s, tree, t, None))
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
fn left(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
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
