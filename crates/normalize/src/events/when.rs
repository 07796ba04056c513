//! When: the time expression that governs an event.

use super::{
    attribution, draft::Draft, lexicon::Effect, parties::Parties, propositions::Propositions, status, syntax::Syntax,
};
use crate::{Status, Time, TimeType};
use jiff::civil::Date;

/// First and last day.
pub(super) type Span = (Date, Option<Date>);

/// How many sentences the day of a speech reaches on.
const SPEECH: u32 = 8;

/// How many sentences of one quotation the day of what it tells reaches on.
const ACCOUNT: u32 = 3;

/// For each draft, the days that a time expression gives it: one of its sentence, or the one that dates the speech in
/// which a verbal act was done.
pub(super) fn dates(
    parties: &Parties,
    propositions: &Propositions,
    drafts: &[Draft],
    times: &[Time],
    published: Option<Date>,
) -> Vec<Option<Span>> {
    let syntax = parties.syntax;
    let mut speeches: Vec<(usize, u32, Span)> = Vec::new();
    let mut by_sentence: std::collections::BTreeMap<u32, Vec<usize>> = std::collections::BTreeMap::new();
    for (n, d) in drafts.iter().enumerate() {
        let s = syntax.reading.tokens[propositions.list[d.proposition].head].sentence;
        by_sentence.entry(s).or_default().push(n);
    }
    // Days told in the past: sentence, offset, span.
    let mut told_days: Vec<(u32, u32, Span)> = Vec::new();
    let mut out: Vec<Option<Span>> = vec![None; drafts.len()];
    let mut rank = vec![u8::MAX; drafts.len()];
    for t in times {
        let Some(span) = span(t) else { continue };
        let Some(token) = syntax.reading.tokens.get(t.first) else { continue };
        if open_ended(syntax, t) {
            continue;
        }
        let anchor = anchor(syntax, propositions, t);
        if let Some(a) = anchor.as_ref().filter(|a| !a.weak) {
            let speakers = speakers(parties, a.token);
            speeches.extend(speakers.into_iter().map(|s| (s, token.sentence, span)));
        }
        let closes = || syntax.reading.tokens.get(t.last).is_none_or(|next| next.pos == "PUNCT");
        let held = anchor.as_ref().is_some_and(|a| !a.weak || closes());
        if held && span.1.is_none() && published.is_some_and(|today| span.0 <= today) {
            told_days.push((token.sentence, token.start, span));
        }
        let Some(inside) = by_sentence.get(&token.sentence) else { continue };
        for &n in inside {
            let head = propositions.list[drafts[n].proposition].head;
            let r = reach(syntax, propositions, &drafts[n], anchor.as_ref(), inside.len())
                .or_else(|| anchor.as_ref().filter(|a| follows(syntax, head, a, span)).map(|_| 4));
            // "urged them to leave in January": a day ahead is that of what is asked, not of the asking.
            let asked = |r: u8| r == 2 && syntax.lexicon.ontology.has_content(&drafts[n].code.kind);
            let ahead = published.is_some_and(|today| span.0 > today);
            if let Some(r) = r.filter(|&r| !(ahead && asked(r)))
                && r < rank[n]
            {
                rank[n] = r;
                out[n] = Some(span);
            }
        }
    }
    // What one says in a speech is said on its day.
    let ontology = &syntax.lexicon.ontology;
    let said = |d: &Draft| d.standing.governors.iter().any(|g| g.effect == Some(Effect::Report));
    // "said that it would help": what is promised will be an event of the saying; see `rules`.
    let promised = |d: &Draft| d.status == Status::Planned && said(d) && ontology.planned(&d.code.kind).is_some();
    // "we will not accept it": saying so is the refusal; see `rules`.
    let refused =
        |d: &Draft| d.status == Status::Negated && d.standing.unwilling && ontology.refused(&d.code.kind).is_some();
    let verbal =
        |d: &Draft| ontology.done_by_saying(&d.code.kind) && d.status == Status::Actual || promised(d) || refused(d);
    let sentence = |d: &Draft| syntax.reading.tokens[propositions.list[d.proposition].head].sentence;
    for (n, d) in drafts.iter().enumerate().filter(|(_, d)| verbal(d)) {
        let said = out[n].filter(|_| rank[n] == 0);
        speeches.extend(said.into_iter().flat_map(|span| d.actor.actors.iter().map(move |&a| (a, sentence(d), span))));
    }
    speeches.sort_by_key(|s| s.1);
    for (n, d) in drafts.iter().enumerate().filter(|(_, d)| verbal(d)) {
        let teller = attribution::teller(d, propositions, parties);
        let told = |s: &&(usize, u32, Span)| d.actor.actors.contains(&s.0) || teller == Some(s.0);
        let until = speeches.partition_point(|s| s.1 <= sentence(d));
        let near = speeches[..until].iter().rev().take_while(|s| sentence(d) - s.1 <= SPEECH);
        out[n] = out[n].or_else(|| near.clone().find(told).map(|s| s.2));
    }
    // An account that goes on within one quotation goes on on its day.
    for (n, d) in drafts.iter().enumerate() {
        if out[n].is_some() || d.status != Status::Actual {
            continue;
        }
        let head = propositions.list[d.proposition].head;
        let at = syntax.reading.tokens[head].start;
        let simple_past = syntax.tag(head) == "VBD" && !further_back(syntax, head);
        if !simple_past || !matches!(ontology.quad(&d.code.kind), 2 | 4) {
            continue;
        }
        let after = parties.quotes.partition_point(|q| q.start <= at);
        let Some(quote) = parties.quotes[..after].iter().rev().take(3).find(|q| q.direct && at < q.end) else {
            continue;
        };
        let before = told_days.iter().filter(|day| day.1 >= quote.start && day.0 < sentence(d));
        out[n] = before.max_by_key(|day| day.1).filter(|day| sentence(d) - day.0 <= ACCOUNT).map(|day| day.2);
    }
    out
}

/// Who says something by the verb at `verb`, if it is a reporting verb.
fn speakers(parties: &Parties, verb: usize) -> Vec<usize> {
    let syntax = parties.syntax;
    if !status::reports(syntax, verb) || syntax.passive(verb) {
        return Vec::new();
    }
    syntax.subject(verb).heads.into_iter().filter_map(|h| parties.resolve(h)).flat_map(|(found, _)| found).collect()
}

/// The calendar interval of a time expression, if it is one that can date an event.
fn span(t: &Time) -> Option<Span> {
    if !matches!(t.kind, TimeType::Date | TimeType::Time) {
        return None;
    }
    let from = t.from?;
    Some((from, t.to.filter(|to| *to != from)))
}

/// The predicate that a time expression hangs on: the first verb or event noun above it. Through another common noun
/// ("the release of files in 2010") the hold is weak.
struct Anchor {
    token: usize,
    weak: bool,
    /// The other noun is a circumstance of the predicate: "following a meeting in May".
    circumstance: bool,
}

/// "since November", "until May": what goes on from or up to a day is not of that day.
fn open_ended(syntax: &Syntax, t: &Time) -> bool {
    let before = t.first.checked_sub(1).map(|i| syntax.lower(i));
    // "until 2013, when they banned it"
    let turning =
        (t.last..t.last + 2).take_while(|&i| i < syntax.reading.tokens.len()).any(|i| syntax.lower(i) == "when");
    before.is_some_and(|w| matches!(w.as_str(), "since" | "until" | "till")) && !turning
}

fn anchor(syntax: &Syntax, propositions: &Propositions, t: &Time) -> Option<Anchor> {
    let mut at = (t.first..t.last).find(|&i| !(t.first..t.last).contains(&syntax.head(i)))?;
    if syntax.is_verb(at) {
        return Some(Anchor { token: at, weak: false, circumstance: false });
    }
    if let Some(verb) = fronted(syntax, t) {
        return Some(Anchor { token: verb, weak: false, circumstance: false });
    }
    // "agreed to a loan by its owner, last month, as": set off by a comma it belongs to the clause.
    let apart = syntax.dep(at) == "npadvmod" && t.first.checked_sub(1).is_some_and(|i| syntax.lower(i) == ",");
    let mut weak = false;
    let mut circumstance = false;
    for _ in 0..10 {
        let head = syntax.head(at);
        if head == at {
            return None;
        }
        at = head;
        let following = syntax.lower(at) == "following" && syntax.tag(at) == "VBG";
        if !following && (syntax.is_verb(at) || !apart && propositions.at(at).is_some()) {
            return Some(Anchor { token: at, weak, circumstance });
        }
        circumstance |=
            following || weak && matches!(syntax.lower(at).as_str(), "following" | "after" | "during" | "at" | "amid");
        weak |= following || !apart && syntax.reading.tokens[at].pos == "NOUN";
    }
    None
}

/// "On Friday army chief X dismissed Y": a day in front of its clause that the parser joined to the name behind it.
fn fronted(syntax: &Syntax, t: &Time) -> Option<usize> {
    let preposition = t.first.checked_sub(1)?;
    let verb = syntax.head(preposition);
    let joined = syntax.dep(t.last - 1) == "compound" && syntax.dep(preposition) == "prep" && verb > t.last;
    (joined && matches!(syntax.lower(preposition).as_str(), "on" | "in") && syntax.is_verb(verb)).then_some(verb)
}

/// Whether the predicate at `head` and the anchor are told as one after the other: "returned on Monday after being
/// expelled", and where the time is a long one, "apologised after losing the vote last year".
fn follows(syntax: &Syntax, head: usize, anchor: &Anchor, (from, to): Span) -> bool {
    let long = to.is_some_and(|to| (to - from).get_days() > 26);
    !anchor.weak
        && (after(syntax, head, anchor.token) && !further_back(syntax, head)
            || long && after(syntax, anchor.token, head))
}

/// "died on Monday after they had arrested her": the past perfect lies before the day.
fn further_back(syntax: &Syntax, verb: usize) -> bool {
    syntax.children(verb, &["aux"]).any(|c| syntax.lower(c) == "had")
}

/// Whether verb `inner` stands in the "after" phrase or clause of verb `outer`, or of something inside the object of
/// `outer`, to which parsers hang such phrases.
fn after(syntax: &Syntax, inner: usize, outer: usize) -> bool {
    let word = |i: usize| matches!(syntax.lower(i).as_str(), "after" | "following" | "upon");
    let above = syntax.head(inner);
    match syntax.dep(inner) {
        "pcomp" => {
            let mut at = syntax.head(above);
            for _ in 0..6 {
                if at == outer || !matches!(syntax.dep(at), "dobj" | "prep" | "pobj" | "pcomp" | "xcomp") {
                    break;
                }
                at = syntax.head(at);
            }
            word(above) && at == outer
        }
        "advcl" => above == outer && syntax.children(inner, &["mark"]).any(word),
        _ => false,
    }
}

/// A participle that says that something is to come: "expected next month".
fn looks_ahead(syntax: &Syntax, verb: usize) -> bool {
    matches!(syntax.lower(verb).as_str(), "expected" | "planned" | "scheduled" | "slated" | "anticipated")
        && matches!(syntax.tag(verb), "VBN" | "VBD")
        && syntax.children(verb, &["aux", "auxpass", "dobj"]).next().is_none()
}

/// Whether `verb` tells of the noun that the participle `clause` hangs on: it hangs there too, has that noun for its
/// subject, or was hung by the parser below the clause: "laws barring them from voting in the city expected next month".
fn of_one_noun(syntax: &Syntax, verb: usize, clause: usize) -> bool {
    let noun = syntax.head(clause);
    let subject = matches!(syntax.dep(noun), "nsubj" | "nsubjpass") && syntax.head(noun) == verb;
    if subject || syntax.dep(verb) == "acl" && syntax.head(verb) == noun {
        return true;
    }
    let mut at = verb;
    for _ in 0..8 {
        at = syntax.head(at);
        if at == clause {
            return verb > clause && syntax.tag(clause) == "VBG";
        }
    }
    false
}

/// How near an anchor is to a draft: 0 its own, 1 the verb that carries it or stands above it, 2 the saying of it, 3 the
/// only predicate of the sentence that could be meant.
fn reach(
    syntax: &Syntax,
    propositions: &Propositions,
    d: &Draft,
    anchor: Option<&Anchor>,
    drafts: usize,
) -> Option<u8> {
    let p = &propositions.list[d.proposition];
    let Some(anchor) = anchor else { return (drafts == 1).then_some(3) };
    let own = anchor.token == p.head || Some(anchor.token) == p.host;
    // "will meet X to discuss the matter on Tuesday"
    let below = |a: &super::propositions::Argument| {
        a.head == anchor.token && matches!(a.role.as_str(), "inf" | "purpose" | "ing") && syntax.dep(a.head) != "pcomp"
    };
    if after(syntax, p.head, anchor.token) && further_back(syntax, p.head) {
        return None;
    }
    if anchor.weak {
        return (own && anchor.circumstance).then_some(3);
    }
    if own {
        return Some(0);
    }
    // "held talks on Monday"; the day of what the act is about ("an inquiry into a killing in May") is not its own.
    let about = |role: &str| matches!(role, "into" | "over" | "about" | "against" | "for" | "on" | "of");
    if p.arguments.iter().any(|a| a.head == anchor.token && syntax.is_noun(a.head) && !about(&a.role)) {
        return Some(1);
    }
    if p.arguments.iter().any(below) {
        return Some(2);
    }
    let verbal = matches!(syntax.lexicon.ontology.quad(&d.code.kind), 1 | 3);
    for g in &d.standing.governors {
        if g.token == anchor.token {
            return match g.effect {
                // "said on Monday that it opposed": a verbal act is done by saying it.
                Some(Effect::Report) => verbal.then_some(2),
                _ => Some(1),
            };
        }
    }
    // "closed a deal, executives of both announced on Monday": a finite verb below a noun tells the sentence.
    let tells = syntax.tag(anchor.token) == "VBD"
        && matches!(syntax.dep(anchor.token), "acl" | "appos" | "relcl")
        && !syntax.children(anchor.token, &["nsubj", "dobj"]).any(|c| syntax.is_relativizer(c))
        && status::reports(syntax, anchor.token);
    if tells && verbal && syntax.dep(p.head) == "ROOT" {
        return Some(2);
    }
    // "laws banning X expected next month"
    let clause = |i: usize| syntax.dep(i) == "acl";
    if clause(p.head) && looks_ahead(syntax, anchor.token) && of_one_noun(syntax, anchor.token, p.head) {
        return Some(1);
    }
    if clause(p.head) && clause(anchor.token) && syntax.head(p.head) == syntax.head(anchor.token) {
        return Some(2);
    }
    // "was arrested on Monday and charged", "tried to leave on Monday but was arrested": coordinated predicates share
    // the date.
    let mut top = anchor.token;
    while syntax.dep(top) == "xcomp" {
        top = syntax.head(top);
    }
    let mut at = p.head;
    for _ in 0..4 {
        if syntax.dep(at) != "conj" {
            break;
        }
        at = syntax.head(at);
        if at == top {
            return Some(1);
        }
    }
    None
}
