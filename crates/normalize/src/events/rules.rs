//! Rules of the ontology: what PLOVER makes of plans, announcements, refusals and contents. Which type turns into which
//! stands in `ontology.tsv`; each rule here is one function over the drafts of an article.

use super::{
    draft::{Draft, Side},
    lexicon::{Code, Effect, fold},
    matching,
    parties::{Grip, Parties},
    propositions::{Kind, Propositions},
    syntax::Path,
};
use crate::{ActorKind, MentionKind, Status};
use smol_str::SmolStr;
use std::collections::{BTreeSet, HashMap};

/// Puts all rules to the drafts, in order.
pub(super) fn apply(drafts: &mut Vec<Draft>, propositions: &Propositions, parties: &Parties) {
    attempts(drafts, parties);
    reproaches(drafts, propositions, parties);
    questions(drafts, propositions, parties);
    names(drafts, propositions, parties);
    figures_of_speech(drafts, propositions, parties);
    games(drafts, propositions, parties);
    private(drafts, parties);
    one_of_pair(drafts, propositions);
    own_claims(drafts, propositions, parties);
    drop_contents(drafts, propositions, parties);
    dropped_charges(drafts, propositions);
    half_meetings(drafts, propositions);
    references(drafts, propositions, parties);
    gifts(drafts, propositions);
    purposes(drafts, parties);
    threats(drafts, propositions, parties);
    refusals(drafts, parties);
    plans(drafts, parties);
    swallow(drafts, propositions, parties);
    told_again(drafts);
}

/// An act told without its doer has the doer that the article names where it tells the same act of the same people, if
/// it names one only.
fn told_again(drafts: &mut [Draft]) {
    // The doers of each act, by what was done and to whom.
    let act = |d: &Draft| (d.code.clone(), d.status, d.recipient.actors.clone());
    let mut doers: HashMap<_, BTreeSet<Vec<usize>>> = HashMap::new();
    for d in drafts.iter().filter(|d| !d.actor.actors.is_empty()) {
        doers.entry(act(d)).or_default().insert(d.actor.actors.clone());
    }
    for d in drafts.iter_mut() {
        if !d.actor.actors.is_empty() || d.actor.filled || d.recipient.actors.is_empty() || d.code.mode.is_none() {
            continue;
        }
        let found = doers.get(&act(d)).filter(|all| all.len() == 1).and_then(BTreeSet::first);
        if let Some(doer) = found {
            d.actor.actors.clone_from(doer);
            (d.actor.grip, d.actor.path) = (Some(Grip::Head), Some(Path::Again));
        }
    }
}

/// To try an act of hostility is one; to try to agree or to help is not yet to do so.
fn attempts(drafts: &mut [Draft], parties: &Parties) {
    for d in drafts.iter_mut().filter(|d| d.standing.tried && d.status == Status::Actual) {
        if !matches!(parties.syntax.lexicon.ontology.quad(&d.code.kind), 3 | 4) {
            d.status = Status::Hypothetical;
        }
    }
}

/// "said that he should have acted" asks for nothing: it blames.
fn reproaches(drafts: &mut [Draft], propositions: &Propositions, parties: &Parties) {
    let syntax = parties.syntax;
    let missed = |d: &Draft| {
        propositions.list[d.proposition].role("must").any(|a| {
            syntax.tag(a.head) == "VBN" && syntax.children(a.head, &["aux"]).any(|c| syntax.lower(c) == "have")
        })
    };
    for d in drafts.iter_mut().filter(|d| d.code.kind == "REQUEST" && missed(d)) {
        d.code = Code { kind: "ACCUSE".into(), mode: Some("disapprove".into()) };
        d.cameo = Some("111".into());
    }
}

/// A verb inside a name ("the Volatiles Investigating Rover") tells nothing.
fn names(drafts: &mut Vec<Draft>, propositions: &Propositions, parties: &Parties) {
    let cast = parties.cast;
    drafts.retain(|d| {
        let p = &propositions.list[d.proposition];
        let mention = cast.by_token.get(p.head).copied().flatten().map(|m| &cast.mentions[m as usize]);
        let inside = mention.is_some_and(|m| m.kind == MentionKind::Name && m.first < p.head && p.head + 1 < m.last);
        p.kind != Kind::Verb || !inside
    });
}

/// Nouns of fighting that also tell a quarrel, a contest or an effort.
const QUARRELS: &[&str] = &["fight", "battle", "war", "feud", "struggle"];

/// "his fight with the singer", "the battle between faith and doubt": only those who bear arms fight, and states.
fn figures_of_speech(drafts: &mut Vec<Draft>, propositions: &Propositions, parties: &Parties) {
    let armed = |&a: &usize| {
        let actor = &parties.cast.actors[a];
        let sector = actor.sector.as_deref();
        actor.kind == ActorKind::Country
            || matches!(sector, Some("MIL" | "COP" | "REB" | "UAF" | "PRM" | "GOV" | "SPY" | "OPP" | "PTY" | "CRM"))
            || actor.kind == ActorKind::Group && actor.country.is_some()
    };
    let firm = |&a: &usize| {
        let actor = &parties.cast.actors[a];
        actor.kind == ActorKind::Organization
            && match actor.sector.as_deref() {
                None => actor.country.is_none(),
                Some(sector) => matches!(sector, "BUS" | "JRN" | "EDU"),
            }
    };
    drafts.retain(|d| {
        let p = &propositions.list[d.proposition];
        let assault = d.code.kind == "ASSAULT" && !d.actor.actors.is_empty();
        let quarrel = p.kind == Kind::Noun
            && QUARRELS.contains(&fold(&p.lemma))
            && !d.actor.actors.iter().chain(&d.recipient.actors).any(armed);
        // "the studio's attacks": a firm attacks nobody.
        !(assault && (quarrel || d.recipient.actors.is_empty() && d.actor.actors.iter().all(firm)))
    });
}

/// "claimed that it had shot down two planes": what one says of oneself is no accusation.
fn own_claims(drafts: &mut Vec<Draft>, propositions: &Propositions, parties: &Parties) {
    let syntax = parties.syntax;
    let same_side = |a: usize, b: usize| {
        let country = |i: usize| parties.cast.actors[i].country.as_deref();
        a == b || parties.cast.actors[a].kind == ActorKind::Country && country(a).is_some() && country(a) == country(b)
    };
    drafts.retain(|d| {
        let p = &propositions.list[d.proposition];
        let accuses = d.code.kind == "ACCUSE" && d.code.mode.as_deref() == Some("allege") && p.kind == Kind::Verb;
        let clause = p.role("that").map(|a| a.head).find(|&c| syntax.is_verb(c));
        let Some(clause) = clause.filter(|_| accuses) else { return true };
        let doers: Vec<usize> = syntax
            .subject(clause)
            .heads
            .into_iter()
            .filter_map(|h| parties.resolve(h))
            .flat_map(|(found, _)| found)
            .collect();
        syntax.passive(clause)
            || doers.is_empty()
            || !doers.iter().all(|&a| d.actor.actors.iter().any(|&b| same_side(b, a)))
    });
}

/// "the charges against him were dropped": a charge that is withdrawn is not brought again.
fn dropped_charges(drafts: &mut Vec<Draft>, propositions: &Propositions) {
    let mut dropped: BTreeSet<usize> = BTreeSet::new();
    for d in drafts.iter().filter(|d| d.code.kind == "CONCEDE") {
        dropped.extend(propositions.list[d.proposition].role("obj").map(|a| a.head));
    }
    drafts.retain(|d| d.code.kind != "ACCUSE" || !dropped.contains(&propositions.list[d.proposition].head));
}

/// What is asked is not told.
fn questions(drafts: &mut Vec<Draft>, propositions: &Propositions, parties: &Parties) {
    let reading = parties.syntax.reading;
    let asked = |sentence: u32| {
        reading.sentences.get(sentence as usize).is_some_and(|s| {
            let words = (s.start as usize..s.end as usize).rev().map(|i| reading.word(i).trim());
            words.filter(|w| w.chars().any(|c| !matches!(c, '"' | '\'' | '”' | '’' | ')'))).take(1).any(|w| w == "?")
        })
    };
    drafts.retain(|d| !asked(reading.tokens[propositions.list[d.proposition].head].sentence));
}

/// What private people without a country do among each other concerns nobody else, unless it is a crime, a penalty or a
/// protest.
fn private(drafts: &mut Vec<Draft>, parties: &Parties) {
    let public = |&a: &usize| {
        let actor = &parties.cast.actors[a];
        actor.country.is_some() || actor.sector.as_deref().is_some_and(|s| s != "CVL")
    };
    drafts.retain(|d| {
        matches!(d.code.kind.as_str(), "ASSAULT" | "COERCE" | "SANCTION" | "PROTEST")
            || d.actor.actors.iter().chain(&d.recipient.actors).any(public)
    });
}

/// Share of sport words in a text about sport.
const SPORT: f64 = 0.012;

/// Sport is told in the words of politics and war: of a sentence about it only crimes and what the law does
/// about them count, and of that only what is done to somebody.
fn games(drafts: &mut Vec<Draft>, propositions: &Propositions, parties: &Parties) {
    let syntax = parties.syntax;
    let tokens = &syntax.reading.tokens;
    let sport =
        |i: usize| matches!(tokens[i].pos, "NOUN" | "PROPN") && syntax.lexicon.governors.sport(&syntax.lemma(i));
    let words = (0..tokens.len()).filter(|&i| sport(i)).count();
    let article = words >= 5 && words as f64 > SPORT * tokens.len() as f64;
    let sentence = |n: u32| {
        syntax.reading.sentences.get(n as usize).is_some_and(|s| {
            let found: BTreeSet<SmolStr> =
                (s.start as usize..s.end as usize).filter(|&i| sport(i)).map(|i| syntax.lemma(i)).collect();
            found.len() > 1
        })
    };
    let lawful = |d: &Draft| {
        let mode = d.code.mode.as_deref();
        matches!(mode, Some("arrest" | "convict" | "allege" | "investigate" | "boycott" | "firearms" | "explosives"))
            && !d.recipient.actors.is_empty()
    };
    drafts.retain(|d| lawful(d) || !(article || sentence(tokens[propositions.list[d.proposition].head].sentence)));
}

/// The content of an accusation, demand, promise or penalty is what that event is about, not an event of its own.
fn drop_contents(drafts: &mut Vec<Draft>, propositions: &Propositions, parties: &Parties) {
    let ontology = &parties.syntax.lexicon.ontology;
    let mut coded: Vec<Option<bool>> = vec![None; parties.syntax.reading.tokens.len()];
    for d in drafts.iter() {
        coded[propositions.list[d.proposition].head] = Some(ontology.has_content(&d.code.kind));
    }
    // What nobody known demands is demanded all the same: such a sense may have given no draft.
    let mut demanded = |token: usize| {
        *coded[token].get_or_insert_with(|| {
            let Some(p) = propositions.at(token) else { return false };
            let classes = &parties.syntax.lexicon.classes;
            let asks = ["urge", "ask", "order_v"].iter().any(|c| classes.verb_in(c, &p.lemma))
                || p.lemma == "call" && ["on", "upon"].iter().any(|r| p.role(r).next().is_some());
            if p.kind == Kind::Verb && asks && p.role("inf").next().is_some() {
                return true;
            }
            let sense = propositions.at(token).and_then(|p| matching::best(p, parties));
            let code = sense.and_then(|(frame, _)| frame.code.as_ref());
            code.is_some_and(|c| c.kind == "REQUEST")
        })
    };
    drafts.retain(|d| !d.standing.governors.iter().any(|g| g.content && demanded(g.token)));
}

/// A light verb with a sense of its own and its event noun tell one act: the one that knows more parties stays.
fn one_of_pair(drafts: &mut Vec<Draft>, propositions: &Propositions) {
    let size = |d: &Draft| d.actor.actors.len() + d.recipient.actors.len();
    let mut dropped = vec![false; drafts.len()];
    let mut at: HashMap<usize, usize> = HashMap::new();
    for (i, d) in drafts.iter().enumerate() {
        at.entry(propositions.list[d.proposition].head).or_insert(i);
    }
    for i in 0..drafts.len() {
        let p = &propositions.list[drafts[i].proposition];
        let Some(host) = p.host.filter(|_| p.kind == Kind::Noun) else { continue };
        if let Some(&j) = at.get(&host) {
            dropped[if size(&drafts[i]) > size(&drafts[j]) { j } else { i }] = true;
        }
    }
    let mut d = dropped.into_iter();
    drafts.retain(|_| !d.next().unwrap_or(false));
}

/// A meeting of which only a modifier is known ("the NATO summit") tells of nobody who met.
fn half_meetings(drafts: &mut Vec<Draft>, propositions: &Propositions) {
    drafts.retain(|d| {
        !(d.frame.reciprocal
            && propositions.list[d.proposition].kind == Kind::Noun
            && d.actor.actors.len() + d.recipient.actors.len() < 2
            && d.actor.path == Some(Path::Modifier))
    });
}

/// "under the agreement between X and Y": a noun of such a type that no verb carries refers to what is known.
fn references(drafts: &mut Vec<Draft>, propositions: &Propositions, parties: &Parties) {
    let ontology = &parties.syntax.lexicon.ontology;
    drafts.retain(|d| {
        let p = &propositions.list[d.proposition];
        p.kind != Kind::Noun || p.host.is_some() || !ontology.needs_host(&d.code.kind)
    });
}

/// "approved a loan", "approved it to help them": the thing given and what it is to do tell the same act.
fn gifts(drafts: &mut Vec<Draft>, propositions: &Propositions) {
    let given = |d: &Draft| matches!(d.code.kind.as_str(), "AID" | "SUPPORT" | "COOPERATE" | "AGREE");
    let mut objects: BTreeSet<(usize, SmolStr)> = BTreeSet::new();
    let mut verbs: BTreeSet<usize> = BTreeSet::new();
    for d in drafts.iter() {
        let p = &propositions.list[d.proposition];
        if p.kind == Kind::Verb && d.code.kind == "AID" {
            objects.extend(p.role("obj").map(|a| (a.head, d.code.kind.clone())));
            verbs.insert(p.head);
        }
    }
    let giving = |d: &Draft| {
        let above = d.standing.governors.first().map(|g| g.token);
        above.filter(|t| given(d) && d.standing.purpose && verbs.contains(t))
    };
    // Who is to be helped is who is given.
    let helped: Vec<(usize, Side)> =
        drafts.iter().filter_map(|d| giving(d).map(|verb| (verb, d.recipient.clone()))).collect();
    for d in drafts.iter_mut().filter(|d| d.recipient.actors.is_empty()) {
        let head = propositions.list[d.proposition].head;
        if let Some((_, side)) = helped.iter().find(|(verb, _)| *verb == head) {
            d.recipient = side.clone();
        }
    }
    drafts.retain(|d| {
        let p = &propositions.list[d.proposition];
        let object = p.kind == Kind::Noun && objects.contains(&(p.head, d.code.kind.clone()));
        !object && giving(d).is_none()
    });
}

/// "called to congratulate", "summoned the envoy to complain": the purpose of a verbal act was said with it.
fn purposes(drafts: &mut [Draft], parties: &Parties) {
    let syntax = parties.syntax;
    // "I would like to thank you" thanks.
    let polite = |d: &Draft| {
        d.standing.governors.first().is_some_and(|g| {
            matches!(syntax.lemma(g.token).as_str(), "like" | "want" | "wish")
                && syntax.children(g.token, &["nsubj"]).any(|s| matches!(syntax.lower(s).as_str(), "i" | "we"))
        })
    };
    for d in drafts.iter_mut() {
        let said = syntax.lexicon.ontology.done_by_saying(&d.code.kind);
        if d.status == Status::Hypothetical && said && polite(d) {
            d.status = Status::Actual;
        }
        if d.standing.purpose
            && d.status == Status::Planned
            && parties.syntax.lexicon.ontology.done_by_saying(&d.code.kind)
        {
            d.status = Status::Actual;
        }
    }
}

/// Saying that one will use force or coercion is THREATEN.
fn threats(drafts: &mut [Draft], propositions: &Propositions, parties: &Parties) {
    for d in drafts.iter_mut() {
        if d.status != Status::Planned || !d.standing.future {
            continue;
        }
        let Some((mode, cameo)) = parties.syntax.lexicon.ontology.threatened(&d.code).cloned() else { continue };
        // "will send troops to its ally": only who moves troops against somebody threatens him.
        if d.code.kind == "MOBILIZE" && propositions.list[d.proposition].role("against").next().is_none() {
            continue;
        }
        if speaks_for_actor(d, parties) {
            d.code = Code { kind: "THREATEN".into(), mode: Some(mode) };
            d.cameo = Some(cameo);
            d.status = Status::Actual;
        }
    }
}

/// Saying that one will not cooperate, help or yield is REJECT.
fn refusals(drafts: &mut [Draft], parties: &Parties) {
    for d in drafts.iter_mut() {
        if d.status != Status::Negated || !d.standing.unwilling || d.actor.actors.is_empty() {
            continue;
        }
        if let Some((code, cameo)) = parties.syntax.lexicon.ontology.refused(&d.code.kind).cloned() {
            d.code = code;
            d.cameo = Some(cameo);
            d.status = Status::Actual;
        }
    }
}

/// A plan to cooperate is AGREE, a plan to withdraw CONCEDE.
fn plans(drafts: &mut [Draft], parties: &Parties) {
    for d in drafts.iter_mut() {
        // What is due to happen to somebody is announced by nobody.
        if d.status != Status::Planned || d.actor.actors.is_empty() {
            continue;
        }
        let turned = match &d.frame.future {
            Some(code) => Some((code.clone(), None)),
            None => {
                parties.syntax.lexicon.ontology.planned(&d.code.kind).map(|(c, cameo)| (c.clone(), Some(cameo.clone())))
            }
        };
        if let Some((code, cameo)) = turned {
            // A plan to meet is the promise of the one who will come to the others.
            if d.frame.reciprocal && d.partners.len() < d.actor.actors.len() && code.kind == "AGREE" {
                d.recipient.actors = std::mem::take(&mut d.partners);
                d.actor.actors.retain(|a| !d.recipient.actors.contains(a));
            }
            d.code = code;
            d.cameo = cameo;
            d.status = Status::Actual;
        }
    }
}

/// Deployments inside an assault by the same actor in the same sentence are part of it.
fn swallow(drafts: &mut Vec<Draft>, propositions: &Propositions, parties: &Parties) {
    let ontology = &parties.syntax.lexicon.ontology;
    let sentence = |d: &Draft| parties.syntax.reading.tokens[propositions.list[d.proposition].head].sentence;
    let mut inside: HashMap<u32, Vec<usize>> = HashMap::new();
    for (i, d) in drafts.iter().enumerate() {
        inside.entry(sentence(d)).or_default().push(i);
    }
    let keep: Vec<bool> = drafts
        .iter()
        .map(|d| {
            !inside[&sentence(d)].iter().map(|&i| &drafts[i]).any(|e| {
                ontology.swallows(&d.code.kind, &e.code.kind)
                    && d.actor.actors.iter().all(|a| e.actor.actors.contains(a))
            })
        })
        .collect();
    let mut kept = keep.into_iter();
    drafts.retain(|_| kept.next().unwrap_or(true));
}

/// Whether the one who announces the act is the one who would do it, or nobody is said to announce it.
fn speaks_for_actor(d: &Draft, parties: &Parties) -> bool {
    let teller = d.standing.governors.iter().find(|g| g.effect == Some(Effect::Report)).map(|g| g.token);
    let Some(verb) = teller else { return false };
    let subject = parties.syntax.subject(verb);
    let speakers: Vec<usize> = subject.heads.iter().filter_map(|&h| parties.resolve(h)).flat_map(|(a, _)| a).collect();
    d.actor.actors.iter().any(|a| {
        speakers.contains(a)
            || speakers.iter().any(|s| {
                let country = |i: usize| parties.cast.actors[i].country.as_ref();
                country(*s).is_some() && country(*s) == country(*a)
            })
    })
}
