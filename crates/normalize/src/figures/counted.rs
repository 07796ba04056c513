//! What is counted or measured: the noun that the number stands on, the phrase after "of", the noun that the amount
//! completes ("revenue of $3bn"), or the subject of the verb that states it, with the modifiers that make it
//! understandable alone.

use super::scan::{Quantity, Scene};
use crate::{UnitKind, tree::Tree};
use std::ops::Range;

/// Where a quantity hangs in the tree.
pub(super) struct Site {
    /// Tokens of number, currency and unit.
    pub core: Range<usize>,
    /// The token of the core that hangs on the rest of the sentence.
    pub anchor: usize,
    /// The verb that governs it, if any.
    pub verb: Option<usize>,
    /// The preposition between the verb or noun and the quantity, if any.
    pub prep: Option<usize>,
    /// The nearest noun above it, if no verb comes first.
    pub noun: Option<usize>,
    /// The quantity that this one restates in brackets ("$12.9bn (£10bn)").
    pub restates: Option<Quantity>,
    /// The tokens of the sentence's quantities.
    pub taken: Vec<Range<usize>>,
}

impl Site {
    /// Finds the place of `q` in the tree.
    pub fn new(s: &Scene, tree: &Tree, q: &Quantity, all: &[Quantity]) -> Site {
        let _ = tree;
        let (atoms, tokens) = (&s.atoms, &s.reading.tokens);
        let sentence = {
            let a = atoms.list[0].token;
            s.reading.sentences[tokens[a].sentence as usize].clone()
        };
        let bounds = sentence.start as usize..sentence.end as usize;
        let first_atom = if q.unit_text.is_some_and(|(f, _)| f >= q.first && f < q.number.0) {
            q.unit_text.map_or(q.number.0, |(f, _)| f)
        } else {
            q.number.0
        };
        let first = atoms.list[first_atom].token;
        let last = tokens[atoms.list[q.last - 1].token..]
            .iter()
            .position(|t| t.byte_end as usize >= atoms.list[q.last - 1].end)
            .map_or(atoms.list[q.last - 1].token + 1, |k| atoms.list[q.last - 1].token + k + 1);
        let core = first..last.max(first + 1).min(bounds.end.max(first + 1));
        let anchor = core
            .clone()
            .rev()
            .find(|&t| {
                !core.contains(&(tokens[t].head as usize)) && tokens[t].dep != "punct" || tokens[t].head as usize == t
            })
            .unwrap_or(first);
        let taken: Vec<Range<usize>> =
            all.iter().map(|o| atoms.list[o.number.0].token..atoms.list[o.last - 1].token + 1).collect();
        let (mut verb, mut noun, mut prep) = (None, None, None);
        let mut at = anchor;
        for _ in 0..12 {
            let head = tokens[at].head as usize;
            if head == at {
                break;
            }
            let t = &tokens[head];
            if matches!(t.pos, "VERB" | "AUX") {
                verb = Some(head);
                break;
            }
            let own = noun == Some(tokens[anchor].head as usize) && noun.is_some_and(|n| n >= core.end);
            if matches!(t.dep, "prep" | "agent" | "pcomp") && prep.is_none() && (noun.is_none() || own) {
                prep = Some(head);
            }
            if matches!(t.pos, "NOUN" | "PROPN")
                && noun.is_none()
                && !core.contains(&head)
                && !taken.iter().any(|r| r.contains(&head))
            {
                noun = Some(head);
            }
            at = head;
        }
        if matches!(tokens[anchor].pos, "VERB" | "AUX") && verb.is_none() {
            verb = Some(anchor);
        }
        let bracket = q.first.checked_sub(1).filter(|&k| atoms.text(k) == "(");
        let restates = bracket.and_then(|k| all.iter().find(|o| o.last == k || o.last + 1 == k).cloned());
        Site { core, anchor, verb, prep, noun, restates, taken }
    }
}

/// The tokens of what is counted.
pub(super) fn counted(s: &Scene, tree: &Tree, q: &Quantity, site: &Site) -> Option<Range<usize>> {
    if let Some(other) = &site.restates
        && q.kind != UnitKind::Age
    {
        let site = Site::new(s, tree, other, &[]);
        return counted(s, tree, other, &site);
    }
    let ways: &[fn(&Scene, &Tree, &Site, &Quantity) -> Option<Range<usize>>] = match q.kind {
        UnitKind::Age => &[|s, t, x, _| aged(s, t, x)],
        UnitKind::Ordinal => &[|s, t, x, _| on_noun(s, t, x), |s, t, x, _| beside(s, t, x), stated],
        UnitKind::Count => &[
            |s, t, x, _| on_noun(s, t, x),
            |s, t, x, _| complement(s, t, x, &["of", "among"]),
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
            |s, t, x, _| clause(s, t, x),
        ],
        UnitKind::Money => &[
            |s, t, x, _| on_noun(s, t, x),
            |s, t, x, _| complement(s, t, x, &["of", "worth"]),
            |s, t, x, _| complement(s, t, x, &["for", "on", "in"]).filter(|r| aim(s, x, r)),
            |s, t, x, _| completed(s, t, x),
            stated,
            |s, t, x, _| left(s, t, x),
        ],
        UnitKind::Ratio | UnitKind::Measure | UnitKind::Score => &[
            |s, t, x, _| on_noun(s, t, x),
            |s, t, x, _| complement(s, t, x, &["of"]),
            |s, t, x, _| completed(s, t, x),
            stated,
            |s, t, x, _| complement(s, t, x, &["in", "for", "on"]).filter(|r| aim(s, x, r)),
            |s, t, x, _| left(s, t, x),
        ],
    };
    ways.iter().find_map(|way| way(s, tree, site, q).and_then(|r| tidy(s, r, site)).filter(|r| says(s, site, r)))
}

/// Whether the phrase names something: not a pronoun, not another figure.
fn says(s: &Scene, site: &Site, r: &Range<usize>) -> bool {
    let tokens = &s.reading.tokens;
    r.clone().any(|t| {
        matches!(tokens[t].pos, "NOUN" | "PROPN" | "VERB" | "ADJ" | "X") && !site.taken.iter().any(|x| x.contains(&t))
            || site.core.contains(&t)
    })
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

/// "10 per cent of the total", "dozens of warships".
fn complement(s: &Scene, tree: &Tree, site: &Site, preps: &[&str]) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let next = site.core.end;
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

/// Adjectives and nouns from token `from` on, as far as they end in a noun.
fn run_of_nouns(s: &Scene, from: usize) -> Option<Range<usize>> {
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
        for c in tree.children_by(s.reading, noun, &["prep"]) {
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
            // A bare "average" or "rise" says little: the subject of its verb says what of.
            if let Some(subject) = site.verb.and_then(|v| subject(s, tree, v)) {
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
    let plain =
        tokens[verb].pos == "AUX" || s.lexicon.verb(lemma).is_some() || measures(lemma) || q.kind == UnitKind::Ratio;
    let outside = |t: usize| !site.core.contains(&t) && !within(tree, t, site.anchor);
    let object = tree.children_by(s.reading, verb, &["dobj"]).find(|&t| outside(t));
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
    let subject = subject(s, tree, verb)?;
    (outside(subject)).then(|| phrase(s, tree, subject, None))
}

/// Verbs that state the amount of their subject.
fn measures(lemma: &str) -> bool {
    matches!(
        lemma,
        "be" | "cost"
            | "total"
            | "reach"
            | "hit"
            | "stand"
            | "amount"
            | "measure"
            | "weigh"
            | "last"
            | "range"
            | "average"
            | "exceed"
            | "number"
            | "become"
            | "remain"
            | "stay"
            | "close"
            | "end"
            | "open"
            | "trade"
            | "finish"
            | "settle"
            | "hover"
            | "start"
            | "begin"
            | "peak"
            | "value"
            | "price"
            | "estimate"
            | "equal"
            | "yield"
            | "come"
            | "extend"
            | "stretch"
            | "span"
            | "account"
            | "run"
            | "go"
            | "move"
            | "top"
            | "near"
            | "surpass"
            | "register"
            | "record"
    )
}

/// The subject of a verb, or of the verb it is joined to; for a participle, the noun it describes.
pub(super) fn subject(s: &Scene, tree: &Tree, verb: usize) -> Option<usize> {
    let tokens = &s.reading.tokens;
    let mut at = verb;
    for _ in 0..5 {
        if let Some(t) = tree.children_by(s.reading, at, &["nsubj", "nsubjpass", "csubj"]).next() {
            // "which rose", "that cost": the noun before.
            let relative = matches!(tokens[t].tag, "WDT" | "WP" | "WRB");
            if relative && tokens[at].dep == "relcl" {
                return Some(tokens[at].head as usize);
            }
            return Some(t);
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
            "conj" | "xcomp" | "ccomp" | "advcl" | "pcomp" | "aux" | "dep" | "prep" => {
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

/// The clause that a duration belongs to: from the verb (or its subject) to the end of its object.
fn clause(s: &Scene, tree: &Tree, site: &Site) -> Option<Range<usize>> {
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
    let subject = tree.children_by(s.reading, verb, &["nsubj", "nsubjpass"]).next();
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
    // "Maddon, 66," and "men aged 18 to 34": the name or noun before.
    let mut k = site.core.start;
    let sentence = tokens[site.anchor].sentence;
    while k > 0 && tokens[k - 1].sentence == sentence && site.core.start - k < 6 {
        k -= 1;
        if matches!(tokens[k].pos, "PROPN" | "NOUN") && !matches!(tokens[k].lemma.as_str(), "age" | "year") {
            let mut first = k;
            while first > 0
                && tokens[first - 1].sentence == sentence
                && matches!(tokens[first - 1].pos, "PROPN")
                && tokens[k].pos == "PROPN"
            {
                first -= 1;
            }
            return Some(first..k + 1);
        }
        if (tokens[k].pos == "VERB" || tokens[k].pos == "AUX") && tokens[k].lemma != "age" {
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
    })?;
    let r = phrase(s, tree, noun, None);
    Some(r.start..r.end.min(noun + 1))
}

fn within(tree: &Tree, top: usize, token: usize) -> bool {
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
            "cc" | "conj" => tokens[c].dep == "cc" || r.len() <= 4 && tokens[head].tag == tokens[c].tag,
            _ => false,
        };
        if !take || r.end - head > 14 {
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
fn tidy(s: &Scene, r: Range<usize>, site: &Site) -> Option<Range<usize>> {
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
    let edge = |t: usize| {
        matches!(tokens[t].pos, "PUNCT" | "SPACE" | "DET" | "CCONJ")
            || matches!(tokens[t].dep, "case" | "punct")
            || matches!(tokens[t].tag, "-LRB-" | "-RRB-" | "HYPH" | ":")
    };
    while a < b && (edge(a) || tokens[a].pos == "ADP" && tokens[a].tag == "IN") {
        a += 1;
    }
    while b > a && (edge(b - 1) || matches!(tokens[b - 1].tag, "IN" | "TO")) {
        b -= 1;
    }
    (a < b).then_some(a..b)
}
