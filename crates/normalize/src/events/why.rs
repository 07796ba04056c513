//! Why: what decided the sense and the parties of an event, in words.

use super::{
    draft::{Draft, Side},
    matching,
    parties::{Grip, Parties},
    propositions::Propositions,
    syntax::Path,
};
use crate::Why;

/// The reasons of a draft; what its confidence weighs comes from `confidence`.
pub(super) fn why(d: &Draft, propositions: &Propositions, parties: &Parties, traits: Vec<(&'static str, f64)>) -> Why {
    let tokens = &parties.syntax.reading.tokens;
    let matched = matching::evidence(&propositions.list[d.proposition], d.frame, parties)
        .into_iter()
        .map(|(role, head)| (role.to_string(), tokens[head].start, tokens[head].end))
        .collect();
    Why { matched, actors: reason(&d.actor, parties), recipients: reason(&d.recipient, parties), traits }
}

fn reason(side: &Side, parties: &Parties) -> Option<String> {
    let (grip, path) = (side.grip?, side.path?);
    let place = match path {
        Path::Direct => "depends on the predicate",
        Path::By => "stands in its \"by\" phrase",
        Path::Relative => "is what the clause is about",
        Path::Shared => "is shared by coordinated predicates",
        Path::Control => "comes from the clause above or below",
        Path::Possessor => "possesses the event noun",
        Path::Support => "depends on the verb that carries the noun, or on its object",
        Path::Modifier => "modifies the event noun",
        Path::Place => "is the state where it happened, as nobody else is named",
        Path::Again => "is named where the same act is told again",
        Path::Inside => "stands somewhere inside an argument",
    };
    let name = match grip {
        Grip::Head => "names the actor",
        Grip::Proxy => "acts or stands for the actor",
        Grip::Near => "is only connected with the actor",
    };
    Some(match side.head {
        Some(head) => format!("`{}` {place} and {name}", parties.syntax.reading.word(head)),
        None => format!("it {place}"),
    })
}
