//! Governors: words that say what is true of the clause or event noun below them.

use super::bad;
use crate::lexicons::{LexiconError, entries};
use smol_str::SmolStr;
use std::collections::{HashMap, HashSet};

const FILE: &str = "governors.tsv";

/// What a governor says of what is below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// The subject tells it; its own mood counts.
    Report,
    /// It happened.
    Actual,
    /// It was tried.
    Attempt,
    /// It is announced.
    Plan,
    /// It may or should be so.
    Irrealis,
    /// It did not happen.
    Negative,
    /// It lies behind.
    Past,
}

/// The governors, and the lists of words that the grammar needs.
#[derive(Debug, Default)]
pub(crate) struct Governors {
    effects: HashMap<SmolStr, Effect>,
    subject_control: HashSet<SmolStr>,
    occur: HashSet<SmolStr>,
    engage: HashSet<SmolStr>,
    proxy: HashSet<SmolStr>,
    partitive: HashSet<SmolStr>,
    relational: HashSet<SmolStr>,
    pair_of_states: HashSet<SmolStr>,
    pair_of_people: HashSet<SmolStr>,
    pair_of_sides: HashSet<SmolStr>,
    people: HashSet<SmolStr>,
    body: HashSet<SmolStr>,
    sport: HashSet<SmolStr>,
    speaker: HashSet<SmolStr>,
    document: HashSet<SmolStr>,
    command: HashSet<SmolStr>,
    lead: HashSet<SmolStr>,
    involve: HashSet<SmolStr>,
    undergo: HashSet<SmolStr>,
    intransitive: HashSet<SmolStr>,
}

impl Governors {
    /// Parses `governors.tsv`.
    pub fn load() -> Result<Governors, LexiconError> {
        Governors::parse(include_str!("../../../../../data/lexicons/governors.tsv"))
    }

    fn parse(text: &str) -> Result<Governors, LexiconError> {
        let mut out = Governors::default();
        for (line, entry) in entries(text) {
            let Some((effect, words)) = entry.split_once('\t') else {
                return Err(bad(FILE, line, "an effect, a tab and words expected"));
            };
            for word in words.split_whitespace() {
                let Some((stem, "v" | "n" | "a")) = word.rsplit_once('.') else {
                    return Err(bad(FILE, line, format!("`{word}` does not end in .v, .n or .a")));
                };
                let effect = match effect {
                    "report" => Effect::Report,
                    "actual" => Effect::Actual,
                    "attempt" => Effect::Attempt,
                    "plan" => Effect::Plan,
                    "irrealis" => Effect::Irrealis,
                    "negative" => Effect::Negative,
                    "past" => Effect::Past,
                    list => {
                        let set = match list {
                            "subject_control" => &mut out.subject_control,
                            "occur" => &mut out.occur,
                            "engage" => &mut out.engage,
                            "proxy" => &mut out.proxy,
                            "partitive" => &mut out.partitive,
                            "relational" => &mut out.relational,
                            "pair_of_states" => &mut out.pair_of_states,
                            "pair_of_people" => &mut out.pair_of_people,
                            "pair_of_sides" => &mut out.pair_of_sides,
                            "people" => &mut out.people,
                            "body" => &mut out.body,
                            "sport" => &mut out.sport,
                            "speaker" => &mut out.speaker,
                            "document" => &mut out.document,
                            "command" => &mut out.command,
                            "lead" => &mut out.lead,
                            "involve" => &mut out.involve,
                            "undergo" => &mut out.undergo,
                            "intransitive" => &mut out.intransitive,
                            _ => return Err(bad(FILE, line, format!("unknown effect `{list}`"))),
                        };
                        set.insert(stem.into());
                        continue;
                    }
                };
                // The first line that names a word counts.
                out.effects.entry(word.into()).or_insert(effect);
            }
        }
        Ok(out)
    }

    /// The effect of a word given as "lemma.v", "lemma.n" or "lemma.a".
    pub fn effect(&self, word: &str) -> Option<Effect> {
        self.effects.get(word).copied()
    }

    /// Whether the infinitive below this verb is about its subject even if it has an object.
    pub fn subject_control(&self, verb: &str) -> bool {
        self.subject_control.contains(verb)
    }

    /// Whether this verb says of an event noun that it takes place.
    pub fn occurs(&self, verb: &str) -> bool {
        self.occur.contains(verb)
    }

    /// Whether this verb's subject takes part in what its object or prepositional object names.
    pub fn engages(&self, verb: &str) -> bool {
        self.engage.contains(verb)
    }

    /// Whether this participle, after a name and a hyphen, says whose act a noun tells: "Saudi-led".
    pub fn leads(&self, participle: &str) -> bool {
        self.lead.contains(participle)
    }

    /// Whether the passive of this verb says that its subject takes part: "were engaged in".
    pub fn involves(&self, verb: &str) -> bool {
        self.involve.contains(verb)
    }

    /// Whether the subject of this verb is the one to whom the event noun that is its object is done: "faced criticism".
    pub fn undergoes(&self, verb: &str) -> bool {
        self.undergo.contains(verb)
    }

    /// Whether this verb has no passive.
    pub fn intransitive(&self, verb: &str) -> bool {
        self.intransitive.contains(verb)
    }

    /// Whether this noun acts for its owner.
    pub fn proxy(&self, noun: &str) -> bool {
        self.proxy.contains(super::fold(noun)) || self.proxy.contains(noun)
    }

    /// Whether the possessor of this noun is the other side: "his rival".
    pub fn relational(&self, noun: &str) -> bool {
        self.relational.contains(super::fold(noun))
    }

    /// Whether "the two ..." of this noun are two states.
    pub fn pair_of_states(&self, noun: &str) -> bool {
        self.pair_of_states.contains(super::fold(noun)) || self.pair_of_states.contains(noun)
    }

    /// Whether "the two ..." of this noun are two persons.
    pub fn pair_of_people(&self, noun: &str) -> bool {
        self.pair_of_people.contains(super::fold(noun)) || self.pair_of_people.contains(noun)
    }

    /// Whether "the two ..." of this noun are two of any kind.
    pub fn pair_of_sides(&self, noun: &str) -> bool {
        self.pair_of_sides.contains(super::fold(noun)) || self.pair_of_sides.contains(noun)
    }

    /// Whether this noun is a body that belongs to the state where it is.
    pub fn body(&self, noun: &str) -> bool {
        self.body.contains(super::fold(noun)) || self.body.contains(noun)
    }

    /// Whether this noun is a word of sport.
    pub fn sport(&self, noun: &str) -> bool {
        self.sport.contains(super::fold(noun)) || self.sport.contains(noun)
    }

    /// Whether this noun is somebody who speaks for a body.
    pub fn speaks(&self, noun: &str) -> bool {
        self.speaker.contains(super::fold(noun))
    }

    /// Whether what this noun says is said by the one who issues it.
    pub fn document(&self, noun: &str) -> bool {
        self.document.contains(super::fold(noun))
    }

    /// Whether the subject of this verb has done what it says is to be done.
    pub fn commands(&self, verb: &str) -> bool {
        self.command.contains(verb)
    }

    /// Whether this noun names human beings.
    pub fn people(&self, noun: &str) -> bool {
        self.people.contains(super::fold(noun)) || self.people.contains(noun)
    }

    /// Whether this noun stands for what follows its "of".
    pub fn partitive(&self, noun: &str) -> bool {
        self.partitive.contains(super::fold(noun)) || self.partitive.contains(noun)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_effects() -> Result<(), LexiconError> {
        let g = Governors::load()?;
        assert_eq!(g.effect("refuse.v"), Some(Effect::Negative));
        assert_eq!(g.effect("plan.n"), Some(Effect::Plan));
        assert!(g.partitive("thousands"));
        assert_eq!(Governors::parse("plan\tgo\n").map(|_| ()).map_err(|e| e.line), Err(1));
        Ok(())
    }
}
