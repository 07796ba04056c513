//! A draft is an event in the making: a proposition with the sense that won and the actors found in its roles.

use super::{
    lexicon::{Code, Frame, Source},
    matching,
    parties::{Grip, Parties},
    propositions::{Argument, Kind, Proposition, Propositions},
    status::{self, Standing},
    syntax::Path,
};
use crate::{ActorKind, Status};
use smol_str::SmolStr;

/// One side of an event.
#[derive(Debug, Clone, Default)]
pub(super) struct Side {
    /// Indices into the cast, in the order of the text.
    pub actors: Vec<usize>,
    /// The least direct way in which one of them was named and found.
    pub grip: Option<Grip>,
    pub path: Option<Path>,
    /// Whether the text fills the place, with an actor or not.
    pub filled: bool,
    /// Head of the first phrase that named one of them.
    pub head: Option<usize>,
    /// Those that did not stand as subject: "met with X".
    others: Vec<usize>,
}

impl Side {
    /// Adds what the phrase headed by `head` names.
    fn add(&mut self, actors: Vec<usize>, head: usize, grip: Grip, path: Path) {
        self.head.get_or_insert(head);
        for a in actors {
            if !self.actors.contains(&a) {
                self.actors.push(a);
            }
        }
        self.grip = self.grip.max(Some(grip));
        self.path = self.path.max(Some(path));
    }
}

/// An event in the making.
#[derive(Debug, Clone)]
pub(super) struct Draft<'a> {
    /// Index of its proposition.
    pub proposition: usize,
    pub frame: &'a Frame,
    /// Weight of the match.
    pub weight: i32,
    pub code: Code,
    pub cameo: Option<SmolStr>,
    pub actor: Side,
    pub recipient: Side,
    /// Of a reciprocal event the actors that are not its subject: "met with X".
    pub partners: Vec<usize>,
    pub standing: Standing,
    pub status: Status,
}

/// Codes every proposition that a frame fits and that has a party.
pub(super) fn drafts<'a>(propositions: &Propositions, parties: &Parties<'a>) -> Vec<Draft<'a>> {
    let mut out = Vec::new();
    for (n, p) in propositions.list.iter().enumerate() {
        let Some((frame, weight)) = matching::best(p, parties) else { continue };
        let Some(code) = frame.code.clone() else { continue };
        let mut actor = side(p, &frame.actor, propositions, parties, false);
        let mut recipient = side(p, &frame.recipient, propositions, parties, !frame.reciprocal);
        let told = recipient.head.is_some_and(|h| {
            let syntax = parties.syntax;
            syntax.lexicon.governors.document(&syntax.lemma(h))
        });
        if !frame.reciprocal && !told {
            // "threatened an offensive in its war with X": what is the actor's own names no other side.
            recipient.actors.retain(|r| !actor.actors.contains(r));
        }
        if inanimate(p, frame, &actor, parties) {
            continue;
        }
        if actor.actors.is_empty() && !frame.reciprocal {
            actor = implied_actor(p, frame, actor, propositions, parties);
            recipient.actors.retain(|r| !actor.actors.contains(r));
        }
        if recipient.actors.is_empty() && !frame.reciprocal && !frame.actor.is_empty() {
            recipient = implied_recipient(p, frame, &actor, propositions, parties);
        }
        // "conveyed Pakistan's support to X": what is the actor's own state's names no other side, if another is named.
        if recipient.grip > Some(Grip::Head)
            && !frame.reciprocal
            && friendly(&code)
            && own_state(&recipient.actors, &actor, parties)
        {
            let mut other = implied_recipient(p, frame, &actor, propositions, parties);
            if other.actors.is_empty() || own_state(&other.actors, &actor, parties) {
                other = nearby_recipient(p, &code, &actor, parties);
            }
            if foreign(&other.actors, &actor, parties) {
                recipient = other;
            }
        }
        // What two agree on is between them.
        let mutual = code.kind == "AGREE" && actor.actors.len() > 1;
        if mutual && recipient.path.is_some_and(|p| p >= Path::Control) {
            recipient = Side::default();
        }
        // "finalized a deal to buy jets of X": the other side of a deal of which one is told.
        let half = frame.reciprocal
            && code.kind == "AGREE"
            && actor.actors.len() == 1
            && ["inf", "ing"].iter().any(|r| p.role(r).next().is_some());
        let open = !frame.reciprocal && !frame.recipient.is_empty();
        if recipient.actors.is_empty() && (open || half) && !mutual {
            recipient = nearby_recipient(p, &code, &actor, parties);
        }
        let mut partners = Vec::new();
        if frame.reciprocal {
            partners = std::mem::take(&mut actor.others);
            partners.extend(recipient.actors.iter().filter(|r| !actor.actors.contains(r)));
            actor.add(
                std::mem::take(&mut recipient.actors),
                recipient.head.unwrap_or(p.head),
                recipient.grip.unwrap_or(Grip::Head),
                recipient.path.unwrap_or(Path::Direct),
            );
        } else {
            recipient.actors.retain(|r| !actor.actors.contains(r));
        }
        if between_them(&actor, &recipient, parties) {
            recipient = Side::default();
        }
        if actor.actors.is_empty() && recipient.actors.is_empty() {
            continue;
        }
        let standing = status::standing(parties.syntax, p);
        let status = standing.status;
        let cameo = frame.cameo.clone();
        out.push(Draft { proposition: n, frame, weight, code, cameo, actor, recipient, partners, standing, status });
    }
    out
}

/// Whether the recipients are the states of the actors: what two ministers say of their countries' alliance is between
/// them.
fn between_them(actor: &Side, recipient: &Side, parties: &Parties) -> bool {
    let actors = &parties.cast.actors;
    let of = |a: &usize| actors[*a].country.as_deref();
    recipient.actors.len() > 1
        && actor.actors.len() == recipient.actors.len()
        && recipient.actors.iter().all(|r| {
            actors[*r].kind == ActorKind::Country && of(r).is_some() && actor.actors.iter().any(|a| of(a) == of(r))
        })
}

/// Collects the actors of one side: of the alternatives the first that names an actor.
fn side(
    p: &Proposition,
    sources: &[Vec<Source>],
    propositions: &Propositions,
    parties: &Parties,
    target: bool,
) -> Side {
    let mut out = Side::default();
    for sum in sources {
        for source in sum {
            for (head, path) in heads(p, source, propositions) {
                let path = if matches!(source, Source::Complement(_)) { path.max(Path::Control) } else { path };
                out.filled = true;
                // "agreed to withdraw its troops from X": the troops are its own.
                let forces = parties.syntax.lexicon.classes.noun_in("forces", &parties.syntax.lemma(head));
                if matches!(source, Source::Complement(_)) && forces && parties.syntax.child(head, &["poss"]).is_some()
                {
                    continue;
                }
                let found = if target { parties.resolve_target(head) } else { parties.resolve_doer(head) };
                if let Some((actors, grip)) = found {
                    if !matches!(source, Source::Role(r) if matches!(r.as_str(), "subj" | "between" | "among" | "of")) {
                        out.others.extend(actors.iter().filter(|a| !out.actors.contains(a)));
                    }
                    out.add(actors, head, grip, path);
                }
            }
        }
        if !out.actors.is_empty() {
            break;
        }
    }
    out
}

fn heads(p: &Proposition, source: &Source, propositions: &Propositions) -> Vec<(usize, Path)> {
    match source {
        Source::Role(role) => p.role(role).map(|a| (a.head, a.path)).collect(),
        Source::Complement(role) => p
            .arguments
            .iter()
            .filter(|a| matches!(a.role.as_str(), "inf" | "that" | "ing" | "whether" | "must" | "purpose"))
            .filter_map(|a| propositions.at(a.head))
            .flat_map(|c| c.role(role).map(|a| (a.head, a.path)).collect::<Vec<_>>())
            .collect(),
    }
}

/// The recipient that no role of the frame names: to whom the act below is done ("agreed to share data with X"), or
/// whose thing the object is ("rejected X's proposal"), by the roles that the ontology lists for the type.
fn implied_recipient(
    p: &Proposition,
    frame: &Frame,
    actor: &Side,
    propositions: &Propositions,
    parties: &Parties,
) -> Side {
    let mut out = Side::default();
    let below = p
        .arguments
        .iter()
        .filter(|a| matches!(a.role.as_str(), "inf" | "that" | "ing" | "whether" | "must"))
        .filter_map(|a| propositions.at(a.head));
    for c in below {
        let own = c.role("subj").flat_map(|a| parties.resolve(a.head)).flat_map(|(a, _)| a);
        let own: Vec<usize> = own.collect();
        if own.iter().any(|a| !actor.actors.contains(a)) {
            // "said that Y attacked": the clause has a doer of its own.
            out.add(own.into_iter().filter(|a| !actor.actors.contains(a)).collect(), c.head, Grip::Near, Path::Control);
            return out;
        }
        let syntax = parties.syntax;
        let sends = ["send_v", "deploy"].iter().any(|class| syntax.lexicon.classes.verb_in(class, &c.lemma));
        for role in ["iobj", "to", "with", "obj", "from", "against", "for", "into", "in", "at"] {
            for a in c.role(role) {
                if let Some((found, grip)) = parties.resolve_target(a.head)
                    && !own_thing(&found, a.head, actor, parties)
                    // "to send troops to help X": they are its own.
                    && !(role == "obj" && sends && syntax.lexicon.classes.noun_in("forces", &syntax.lemma(a.head)))
                    // "at the expense of others"
                    && (role != "at" || grip < Grip::Near)
                {
                    out.add(found, a.head, grip, a.path.max(Path::Control));
                }
            }
            if !out.actors.is_empty() {
                return out;
            }
        }
    }
    let Some(code) = &frame.code else { return out };
    let used = |role: &SmolStr| frame.actor.iter().flatten().any(|s| *s == Source::Role(role.clone()));
    // Forces that are moved or withdrawn are the actor's own.
    let forces = |i: usize| {
        matches!(code.kind.as_str(), "MOBILIZE" | "RETREAT")
            && parties.syntax.lexicon.classes.noun_in("forces", &parties.syntax.lemma(i))
    };
    for role in parties.syntax.lexicon.ontology.implied(&code.kind) {
        if used(role) || (role == "obj" && p.kind != Kind::Verb) {
            continue;
        }
        for a in p.role(role) {
            if let Some((found, grip)) = parties.resolve_target(a.head)
                && !own_thing(&found, a.head, actor, parties)
                && !forces(a.head)
            {
                out.add(found, a.head, grip.max(Grip::Proxy), a.path);
            }
        }
        if !out.actors.is_empty() {
            break;
        }
    }
    out
}

/// The doer that no role of the frame names: the other side of the fight in which somebody was killed ("died in a clash
/// with X"), or the state on whose soil its own organs acted ("was arrested in X").
fn implied_actor(p: &Proposition, frame: &Frame, named: Side, propositions: &Propositions, parties: &Parties) -> Side {
    let mut out = named;
    let Some(code) = &frame.code else { return out };
    // "faced US sanctions", "drew Russian criticism": the doer is that of the noun.
    if frame.object.is_some() && !out.filled {
        for noun in p.role("obj").filter_map(|a| propositions.at(a.head)).filter(|n| n.kind == Kind::Noun) {
            let own = |a: &&Argument| matches!(a.path, Path::Possessor | Path::Modifier);
            for a in noun.arguments.iter().filter(|a| a.role == "subj" || a.role == "mod").filter(own) {
                if let Some((found, grip)) = parties.resolve(a.head) {
                    out.add(found, a.head, grip.max(Grip::Proxy), Path::Modifier);
                }
            }
        }
        if !out.actors.is_empty() {
            return out;
        }
    }
    if code.kind == "ASSAULT" && p.kind == Kind::Verb && !out.filled {
        let fights = ["in", "during", "by", "from", "after"].into_iter().flat_map(|r| p.role(r));
        for fight in fights.filter_map(|a| propositions.at(a.head)).filter(|f| f.kind == Kind::Noun) {
            for role in ["with", "against", "by", "subj"] {
                for a in fight.role(role).filter(|a| a.path != Path::Support && a.head != p.head) {
                    if let Some((found, grip)) = parties.resolve(a.head) {
                        out.add(found, a.head, grip.max(Grip::Proxy), Path::Control);
                    }
                }
                if !out.actors.is_empty() {
                    return out;
                }
            }
        }
    }
    if out.filled {
        return out;
    }
    // "were killed when troops opened fire"
    if code.kind == "ASSAULT" && p.passive {
        let clauses = parties.syntax.children(p.head, &["advcl"]).filter(|&c| {
            let opens = |m: usize| matches!(parties.syntax.lower(m).as_str(), "when" | "as" | "after");
            parties.syntax.children(c, &["mark", "advmod"]).any(opens)
        });
        for c in clauses.filter_map(|c| propositions.at(c)) {
            let attack =
                matching::best(c, parties).is_some_and(|(f, _)| f.code.as_ref().is_some_and(|k| k.kind == "ASSAULT"));
            for a in c.role("subj").filter(|_| attack) {
                if let Some((found, grip)) = parties.resolve(a.head) {
                    out.add(found, a.head, grip, Path::Control);
                }
            }
            if !out.actors.is_empty() {
                return out;
            }
        }
    }
    // "ordered the suspects jailed"
    let syntax = parties.syntax;
    let above = syntax.head(p.head);
    let ordered = p.passive
        && matches!(syntax.dep(p.head), "ccomp" | "xcomp" | "oprd")
        && !syntax.is_infinitive(p.head)
        && syntax.is_verb(above)
        && syntax.lexicon.governors.commands(&syntax.lemma(above));
    if ordered {
        for (found, grip) in syntax.subject(above).heads.into_iter().filter_map(|h| parties.resolve(h)) {
            out.add(found, above, grip, Path::Control);
        }
    }
    if out.actors.is_empty() {
        out = local_actor(p, code, parties).unwrap_or(out);
    }
    out
}

/// The state on whose soil its own organs acted, in a role of the predicate or inside what it is about ("faces a charge
/// of theft in X").
fn local_actor(p: &Proposition, code: &Code, parties: &Parties) -> Option<Side> {
    let syntax = parties.syntax;
    let roles = syntax.lexicon.ontology.local(code);
    // "deported from Arizona": the state that the place is in, if the article names it.
    let state = |i: usize| {
        let place = parties.direct(i)?;
        match parties.cast.actors[place].kind {
            ActorKind::Country => Some((place, i)),
            ActorKind::Place => parties.state_of(place).map(|a| (a, i)),
            _ => None,
        }
    };
    let own = roles.iter().flat_map(|role| p.role(role)).find_map(|a| state(a.head));
    let inside = || {
        let about = p.arguments.iter().filter(|a| matches!(a.role.as_str(), "obj" | "with" | "of" | "for" | "on"));
        about.filter(|a| !syntax.is_verb(a.head)).flat_map(|a| syntax.tree.range(a.head).take(60)).find_map(|i| {
            let prep = syntax.dep(i) == "pobj" && roles.iter().any(|r| *r == syntax.lower(syntax.head(i)));
            if prep { state(i) } else { None }
        })
    };
    let (state, head) = own.or_else(inside)?;
    let mut out = Side::default();
    out.add(vec![state], head, Grip::Proxy, Path::Place);
    Some(out)
}

/// The first actor inside the phrases in which the ontology expects the recipient, or inside the clause that says what
/// is promised or demanded: "agreed to send a mission to the ruined port of X".
fn nearby_recipient(p: &Proposition, code: &Code, actor: &Side, parties: &Parties) -> Side {
    let syntax = parties.syntax;
    let mut out = Side::default();
    // The actor's own state only if there is nobody else.
    let mut own: Option<(Vec<usize>, usize)> = None;
    for role in syntax.lexicon.ontology.inside(&code.kind) {
        for a in p.role(role).filter(|a| Some(a.head) != actor.head) {
            let mut layer = vec![a.head];
            for _ in 0..7 {
                for &i in &layer {
                    let pronoun = syntax.reading.tokens[i].pos == "PRON";
                    let mention = parties.cast.by_head[i].filter(|_| !pronoun);
                    let found = mention.and_then(|_| parties.resolve(i)).map(|(found, _)| found);
                    let found = found.filter(|f| !own_thing(f, i, actor, parties));
                    // "the nations of the region" are nobody in particular.
                    let vague =
                        |f: &usize| !parties.named(*f) && syntax.lexicon.governors.pair_of_states(&syntax.lemma(i));
                    let found = found.filter(|f| !f.iter().all(vague));
                    if let Some(found) = found {
                        if friendly(code) && own_state(&found, actor, parties) {
                            own.get_or_insert((found, i));
                            continue;
                        }
                        out.add(found, i, Grip::Near, Path::Inside);
                        for (more, _) in syntax.conjuncts(i).into_iter().filter_map(|c| parties.resolve(c)) {
                            out.add(more, i, Grip::Near, Path::Inside);
                        }
                        return out;
                    }
                }
                let below = |i: usize| {
                    let aside = |c: usize| match syntax.dep(c) {
                        "relcl" | "conj" => true,
                        // "to send arms to help defend X": a purpose belongs to the act.
                        "advcl" => !syntax.is_infinitive(c),
                        _ => false,
                    };
                    syntax.tree.children(i).filter(move |&c| !aside(c))
                };
                layer = layer.iter().flat_map(|&i| below(i).collect::<Vec<_>>()).collect();
            }
        }
    }
    if let Some((found, head)) = own {
        out.add(found, head, Grip::Near, Path::Inside);
    }
    out
}

/// Whether acts of this type are seldom directed at one's own state.
fn friendly(code: &Code) -> bool {
    !matches!(code.kind.as_str(), "ACCUSE" | "REQUEST" | "REJECT" | "PROTEST" | "COERCE" | "CONCEDE" | "SANCTION")
}

/// Whether all actors are of a country that is not the doer's.
fn foreign(found: &[usize], actor: &Side, parties: &Parties) -> bool {
    let country = |a: usize| parties.cast.actors[a].country.as_deref();
    let other = |&f: &usize| country(f).is_some() && actor.actors.iter().all(|&a| country(a) != country(f));
    !found.is_empty() && found.iter().all(other)
}

/// Whether actors are the state that the doer belongs to.
fn own_state(found: &[usize], actor: &Side, parties: &Parties) -> bool {
    let actors = &parties.cast.actors;
    !actor.actors.is_empty()
        && !found.is_empty()
        && found.iter().all(|&f| {
            actors[f].kind == ActorKind::Country
                && actors[f].country.is_some()
                && actor.actors.iter().all(|&a| actors[a].country == actors[f].country)
        })
}

/// Whether a phrase is the actor's own: "its troops", the actor itself; not "its ally Iran".
fn own_thing(found: &[usize], head: usize, actor: &Side, parties: &Parties) -> bool {
    let syntax = parties.syntax;
    let country = |a: usize| parties.cast.actors[a].country.as_deref();
    let other =
        |&f: &usize| parties.named(f) && country(f).is_some() && actor.actors.iter().all(|&a| country(a) != country(f));
    found.iter().all(|f| actor.actors.contains(f))
        || !found.iter().all(other)
            && syntax.children(head, &["poss"]).any(|c| {
                syntax.reading.tokens[c].pos == "PRON"
                    && parties.direct(c).is_none_or(|owner| actor.actors.contains(&owner))
            })
}

/// Whether the doer that the text names cannot be one: "the storm killed", "the law bans".
fn inanimate(p: &Proposition, frame: &Frame, actor: &Side, parties: &Parties) -> bool {
    let wants_subject = frame.actor.iter().flatten().any(|s| *s == Source::Role(SmolStr::new_static("subj")));
    p.kind == Kind::Verb
        && wants_subject
        && actor.actors.is_empty()
        && p.role("subj").next().is_some()
        && !p.role("subj").any(|a| matching::could_act(a.head, parties))
}
