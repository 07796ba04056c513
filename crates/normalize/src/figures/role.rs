//! The role is what happened to the people that a number counts (killed, injured, missing, detained, displaced) or that
//! they were a crowd; with it, the event of the same sentence that they belong to.

use super::lexicon::RoleWord;
use super::phrase::subject;
use super::scan::{Quantity, Scene};
use super::site::Site;
use crate::{ActorKind, Event, FigureRole, UnitKind, actors::Cast, tree::Tree};
use std::ops::Range;

/// The role of a count, where the sentence gives it one.
pub(super) fn role(
    s: &Scene,
    tree: &Tree,
    cast: &Cast,
    q: &Quantity,
    site: &Site,
    of: Option<&Range<usize>>,
) -> Option<FigureRole> {
    if q.kind != UnitKind::Count || q.unit_text.is_some() || q.value <= 0.0 {
        return None;
    }
    let tokens = &s.reading.tokens;
    let noun = noun(s, site, of);
    // A thing that is not people is neither hurt nor a crowd.
    if noun.is_some_and(|n| !people(s, cast, n)) {
        return None;
    }
    let top = noun.filter(|&n| modifies(s, site, n)).unwrap_or(site.anchor);
    let named = noun.and_then(|n| s.lexicon.role_noun(&tokens[n].lemma.to_lowercase()));
    // Lives are lost or claimed, bodies found.
    if noun.is_some_and(|n| tokens[n].lemma == "life") {
        let verb = site.verb.map(|v| tokens[v].lemma.as_str())?;
        return s.lexicon.role(verb, RoleWord::Lives);
    }
    let after = of.filter(|_| noun.is_some()).map_or(site.core.end, |r| r.end);
    let found = beside(s, tree, site, noun.map_or(site.core.end, |n| n.max(site.core.end - 1) + 1))
        .or_else(|| beside(s, tree, site, after))
        .or_else(|| described(s, tree, top))
        .or_else(|| governed(s, tree, top))
        .or_else(|| toll(s, tree, site, top))
        .or_else(|| headed(s, site, of));
    // "freed 85 prisoners"
    let freed = site.verb.is_some_and(|v| s.lexicon.releases(&tokens[v].lemma));
    let named = named.filter(|_| !freed);
    match (found, named) {
        // "arrested 30 protesters" tells more than who they are.
        (Some(found), _) => Some(found),
        (None, named) => named,
    }
    .filter(|&r| r != FigureRole::Crowd || noun.is_some() || q.value >= 10.0)
}

/// The noun of people that is counted, if the number does not stand alone.
fn noun(s: &Scene, site: &Site, of: Option<&Range<usize>>) -> Option<usize> {
    let tokens = &s.reading.tokens;
    let of = of.filter(|r| r.start >= site.core.end && r.start <= site.core.end + 3)?;
    let root = of.clone().find(|&t| !of.contains(&(tokens[t].head as usize)) || tokens[t].head as usize == t)?;
    // "12 dead", "77 were injured": what is said of them is no noun of people.
    matches!(tokens[root].pos, "NOUN" | "PROPN").then_some(root)
}

/// Whether the number hangs on the noun, rather than the noun on the number ("dozens of people").
fn modifies(s: &Scene, site: &Site, noun: usize) -> bool {
    let tokens = &s.reading.tokens;
    let mut at = site.anchor;
    for _ in 0..4 {
        let head = tokens[at].head as usize;
        if head == noun {
            return true;
        }
        if head == at {
            return false;
        }
        at = head;
    }
    false
}

/// Whether a noun means people: by the lexicon, or as the name of a people ("Palestinians").
fn people(s: &Scene, cast: &Cast, noun: usize) -> bool {
    let t = &s.reading.tokens[noun];
    let lemma = t.lemma.to_lowercase();
    let word = s.reading.word(noun).to_lowercase();
    let actor = cast.by_head.get(noun).copied().flatten().and_then(|m| cast.mentions.get(m as usize));
    actor.is_some_and(|m| matches!(cast.actors[m.actor].kind, ActorKind::Group | ActorKind::Person))
        || t.entity_type == "NORP"
        || t.tag == "NNPS"
        || s.lexicon.people(&lemma)
        || s.lexicon.people(&word)
        || s.lexicon.role_noun(&lemma).is_some()
        || s.lexicon.role(&word, RoleWord::State).is_some()
}

/// "12 people were killed", "30 injured", "five others still missing": the state right behind the count.
fn beside(s: &Scene, tree: &Tree, site: &Site, from: usize) -> Option<FigureRole> {
    let tokens = &s.reading.tokens;
    let sentence = tokens[site.anchor].sentence;
    for t in (from..tokens.len()).take(6) {
        let token = &tokens[t];
        if token.sentence != sentence {
            return None;
        }
        let lemma = token.lemma.to_lowercase();
        let word = s.reading.word(t).to_lowercase();
        let verb = token.pos == "VERB";
        // "12 people killed a guard" did so themselves.
        let acts = verb && tree.children_by(s.reading, t, &["dobj"]).next().is_some();
        let state = s.lexicon.role(&word, RoleWord::State).or_else(|| s.lexicon.role(&lemma, RoleWord::State));
        let done =
            if token.tag == "VBN" || token.tag == "VBD" { s.lexicon.role(&lemma, RoleWord::Object) } else { None };
        if let Some(role) = state.or(done) {
            let other = tree.children_by(s.reading, t, &["nsubj"]).any(|c| c > t);
            // "12 dead fish", "30 injured players": an adjective of the next noun.
            let adjective = token.dep == "amod" && token.head as usize > t && token.head as usize <= t + 3;
            return (!acts && !other && !adjective && !denied(s, tree, t)).then_some(role);
        }
        let passes = matches!(token.pos, "AUX" | "ADV" | "PRON")
            || matches!(
                word.as_str(),
                "people"
                    | "others"
                    | "other"
                    | "more"
                    | "persons"
                    | "and"
                    | "or"
                    | "feared"
                    | "confirmed"
                    | "presumed"
                    | "reported"
                    | "left"
                    | "reportedly"
                    | "believed"
                    | "in"
                    | "under"
            );
        if !passes || matches!(word.as_str(), "who" | "they") && token.pos == "PRON" && t > from {
            return None;
        }
    }
    None
}

/// "the injured passengers", "people displaced by the war": a word of state on the noun.
fn described(s: &Scene, tree: &Tree, top: usize) -> Option<FigureRole> {
    let tokens = &s.reading.tokens;
    tree.children_by(s.reading, top, &["amod", "acl", "relcl", "appos"]).find_map(|c| {
        let word = s.reading.word(c).to_lowercase();
        let object = tree.children_by(s.reading, c, &["dobj"]).next().is_some();
        let passive = tokens[c].tag == "VBN" && !object;
        s.lexicon.role(&word, RoleWord::State).filter(|_| !object).or_else(|| {
            let lemma = tokens[c].lemma.to_lowercase();
            if passive {
                s.lexicon.role(&lemma, RoleWord::Object)
            } else if tokens[c].pos == "VERB" && tokens[c].tag != "VBN" {
                doing(s, tree, c)
            } else {
                None
            }
        })
    })
}

/// What the verb above does to the people, or they do.
fn governed(s: &Scene, tree: &Tree, top: usize) -> Option<FigureRole> {
    let tokens = &s.reading.tokens;
    let mut at = top;
    // "killed 12 soldiers and three civilians": as the first of them.
    for _ in 0..6 {
        if tokens[at].dep != "conj" || !matches!(tokens[tokens[at].head as usize].pos, "NOUN" | "PROPN" | "NUM") {
            break;
        }
        at = tokens[at].head as usize;
    }
    // "nine civilians, including four children"
    let with = tokens[at].head as usize;
    if tokens[at].dep == "pobj" && s.reading.word(with) == "including" {
        at = tokens[with].head as usize;
    }
    // "killed a total of 346 people"
    let prep = tokens[at].head as usize;
    let total = tokens[prep].head as usize;
    if tokens[at].dep == "pobj"
        && s.reading.word(prep) == "of"
        && matches!(
            tokens[total].lemma.as_str(),
            "total" | "combined" | "number" | "group" | "maximum" | "minimum" | "estimate"
        )
    {
        at = total;
    }
    let verb = tokens[at].head as usize;
    if verb == at || !matches!(tokens[verb].pos, "VERB" | "AUX") || denied(s, tree, verb) {
        return None;
    }
    let lemma = tokens[verb].lemma.to_lowercase();
    let phrasals = phrasals(s, tree, verb, &lemma);
    match tokens[at].dep {
        "nsubjpass" => phrasals
            .iter()
            .find_map(|p| s.lexicon.role(p, RoleWord::Object))
            .or_else(|| s.lexicon.supposes(&lemma).then(|| supposed(s, tree, verb)).flatten()),
        "dobj" => {
            phrasals.iter().find_map(|p| s.lexicon.role(p, RoleWord::Object)).or_else(|| complement(s, tree, verb))
        }
        "nsubj"
            if tokens[verb].pos == "AUX" || matches!(lemma.as_str(), "remain" | "go" | "stay" | "lie" | "become") =>
        {
            complement(s, tree, verb).or_else(|| doing(s, tree, verb))
        }
        "nsubj" => doing(s, tree, verb),
        _ => None,
    }
}

/// What people are believed to have done or suffered: "are believed to have died", "is feared to be among the dead".
fn supposed(s: &Scene, tree: &Tree, verb: usize) -> Option<FigureRole> {
    let tokens = &s.reading.tokens;
    let done = tree.children_by(s.reading, verb, &["xcomp"]).find(|&c| c > verb && !denied(s, tree, c))?;
    let passive = tree.children_by(s.reading, done, &["auxpass"]).next().is_some();
    let lemma = tokens[done].lemma.to_lowercase();
    let word = s.reading.word(done).to_lowercase();
    if passive {
        return phrasals(s, tree, done, &lemma).iter().find_map(|p| s.lexicon.role(p, RoleWord::Object));
    }
    let be = |c: usize| tokens[c].dep == "aux" && tokens[c].lemma == "be";
    if tokens[done].pos == "AUX" || tree.children(done).any(be) {
        return s.lexicon.role(&word, RoleWord::State).or_else(|| complement(s, tree, done));
    }
    doing(s, tree, done)
}

/// The state that a verb leaves its subject or object in: "are dead", "left 12 injured", "remain in custody".
fn complement(s: &Scene, tree: &Tree, verb: usize) -> Option<FigureRole> {
    tree.children_by(s.reading, verb, &["acomp", "attr", "oprd", "xcomp", "ccomp", "prep", "advcl"]).find_map(|c| {
        let word = s.reading.word(c).to_lowercase();
        s.lexicon.role(&word, RoleWord::State).or_else(|| {
            let inner = tree.children_by(s.reading, c, &["pobj"]).next()?;
            let word = s.reading.word(inner).to_lowercase();
            s.lexicon.role(&word, RoleWord::State).filter(|_| s.reading.word(c).eq_ignore_ascii_case("in"))
        })
    })
}

/// What the subject of a verb does: "died", "fled", "took to the streets".
fn doing(s: &Scene, tree: &Tree, verb: usize) -> Option<FigureRole> {
    let tokens = &s.reading.tokens;
    let lemma = tokens[verb].lemma.to_lowercase();
    let phrasals = phrasals(s, tree, verb, &lemma);
    phrasals.iter().filter(|p| **p != lemma).find_map(|p| s.lexicon.role(p, RoleWord::Subject)).or_else(|| {
        let object = tree.children_by(s.reading, verb, &["dobj"]).next().is_some();
        let role = s.lexicon.role(&lemma, RoleWord::Subject)?;
        // "lined the streets" and "attended the rally" take an object, "rallied support" is another sense.
        let fits = !object
            || matches!(
                lemma.as_str(),
                "attend" | "line" | "pack" | "surround" | "flee" | "evacuate" | "throng" | "escape"
            );
        fits.then_some(role)
    })
}

/// The verb with its particle or the words that complete it ("turn out", "take to street", "go missing", "force from"), then
/// the verb alone.
fn phrasals(s: &Scene, tree: &Tree, verb: usize, lemma: &str) -> Vec<String> {
    let tokens = &s.reading.tokens;
    let mut out = Vec::new();
    for c in tree.children(verb).filter(|&c| c > verb) {
        let word = s.reading.word(c).to_lowercase();
        match tokens[c].dep {
            "prt" | "acomp" | "oprd" | "advcl" | "xcomp" | "advmod" => out.push(format!("{lemma} {word}")),
            "dobj" if lemma == "take" => out.push(format!("{lemma} {word}")),
            "prep" => {
                let object = tree.children_by(s.reading, c, &["pobj"]).next();
                out.extend(object.map(|o| format!("{lemma} {word} {}", tokens[o].lemma.to_lowercase())));
                out.push(format!("{lemma} {word}"));
            }
            _ => {}
        }
    }
    out.push(lemma.to_string());
    out
}

/// "a death toll of 107", "the toll rose to 33", "the killing of 12 people", "a crowd of 5,000".
fn toll(s: &Scene, tree: &Tree, site: &Site, top: usize) -> Option<FigureRole> {
    let tokens = &s.reading.tokens;
    let prep = tokens[top].head as usize;
    let above = tokens[prep].head as usize;
    let noun = |t: usize| {
        let lemma = tokens[t].lemma.to_lowercase();
        let compound = tree
            .children_by(s.reading, t, &["compound", "amod"])
            .last()
            .map(|c| format!("{} {lemma}", s.reading.word(c).to_lowercase()));
        compound
            .and_then(|c| s.lexicon.role(&c, RoleWord::Toll))
            .or_else(|| s.lexicon.role(&lemma, RoleWord::Toll))
            .or_else(|| number_of(s, tree, t))
    };
    if tokens[top].dep == "pobj" && matches!(tokens[above].pos, "NOUN" | "PROPN") && above < site.core.start {
        return noun(above).filter(|_| matches!(s.reading.word(prep), "of" | "at" | "to"));
    }
    let verb = site.verb?;
    // "put the number of dead at 45"
    if site.prep.is_some_and(|p| s.reading.word(p) == "at" && tokens[p].head as usize == verb)
        && let Some(o) = tree.children_by(s.reading, verb, &["dobj"]).find(|&o| o < site.core.start)
    {
        return noun(o);
    }
    let preposed = site.prep.is_some_and(|p| matches!(s.reading.word(p), "to" | "at" | "by" | "of"));
    let object = matches!(tokens[top].dep, "attr" | "dobj");
    if !preposed && !object {
        return None;
    }
    let t = subject(s, tree, verb).filter(|t| !site.core.contains(t))?;
    noun(t)
}

/// "Death toll: 12", "Estimated attendance: 77,000": the noun right before the number.
fn headed(s: &Scene, site: &Site, of: Option<&Range<usize>>) -> Option<FigureRole> {
    let tokens = &s.reading.tokens;
    let of = of.filter(|r| r.end <= site.core.start && site.core.start - r.end <= 2)?;
    let lemma = tokens[of.end - 1].lemma.to_lowercase();
    let pair = format!("{} {lemma}", s.reading.word((of.end - 1).saturating_sub(1).max(of.start)).to_lowercase());
    s.lexicon.role(&pair, RoleWord::Toll).or_else(|| s.lexicon.role(&lemma, RoleWord::Toll))
}

/// "the number of dead", "the number of arrests".
fn number_of(s: &Scene, tree: &Tree, t: usize) -> Option<FigureRole> {
    if !matches!(s.reading.tokens[t].lemma.as_str(), "number" | "count" | "total" | "tally") {
        return None;
    }
    let of = tree.children_by(s.reading, t, &["prep"]).find(|&p| s.reading.word(p) == "of")?;
    let o = tree.children_by(s.reading, of, &["pobj"]).next()?;
    let lemma = s.reading.tokens[o].lemma.to_lowercase();
    s.lexicon
        .role(&s.reading.word(o).to_lowercase(), RoleWord::State)
        .or_else(|| s.lexicon.role_noun(&lemma))
        .or_else(|| described(s, tree, o))
}

/// Whether the verb is denied: "did not kill 12 people".
fn denied(s: &Scene, tree: &Tree, verb: usize) -> bool {
    tree.children_by(s.reading, verb, &["neg"]).next().is_some()
}

/// The event of the sentence that the people belong to: the one whose trigger stands nearest among those of a type that
/// does this to people, or gathers them.
pub(super) fn event<'e>(
    s: &Scene,
    site: &Site,
    role: FigureRole,
    sentence: u32,
    events: &'e [Event],
) -> Option<&'e Event> {
    let first = events.partition_point(|e| e.sentence < sentence);
    let at = i64::from(s.reading.tokens[site.core.start].start);
    let types: &[&str] = match role {
        FigureRole::Killed | FigureRole::Injured | FigureRole::Missing => &["ASSAULT", "COERCE", "PROTEST", "MOBILIZE"],
        FigureRole::Detained => &["COERCE", "ASSAULT", "PROTEST"],
        FigureRole::Displaced => &["ASSAULT", "COERCE", "MOBILIZE"],
        FigureRole::Crowd => &["PROTEST", "MOBILIZE"],
    };
    let own = |e: &&Event| {
        site.verb.is_some_and(|v| s.reading.tokens[v].start == e.start)
            || site.noun.is_some_and(|n| s.reading.tokens[n].start == e.start)
    };
    let here = || {
        events[first..].iter().take_while(|e| e.sentence == sentence).filter(|e| types.contains(&e.event_type.as_str()))
    };
    here().find(own).or_else(|| {
        let rank = |e: &Event| types.iter().position(|t| *t == e.event_type).unwrap_or(types.len());
        here().min_by_key(|e| (rank(e), (i64::from(e.start) - at).abs(), e.start))
    })
}
