//! Pronouns: by agreement, subjects first, in the same sentence or the two before.

use super::*;

impl Linker<'_> {
    /// Joins one pronoun to the actor that it means.
    pub(super) fn pronoun(&mut self, m: usize, which: Pronoun) {
        if let Some(id) = self.antecedent(m, which) {
            let gender = match which {
                Pronoun::He => Some('m'),
                Pronoun::She => Some('f'),
                _ => None,
            };
            let traits = &mut self.registry.all[id].traits;
            traits.gender = traits.gender.or(gender);
            self.join(m, id);
        }
    }

    /// The actor that a pronoun means: agreeing in gender and number, in this sentence or the two before, subjects
    /// first, then the nearest.
    pub(super) fn antecedent(&self, m: usize, which: Pronoun) -> Option<usize> {
        let own = &self.found[m];
        let sentence = self.reading.tokens[own.head].sentence;
        let mut best: Option<((u32, u32, usize), usize)> = None;
        for (o, id) in self.before(m, 60) {
            let other = &self.found[o];
            let token = &self.reading.tokens[other.head];
            let back = sentence - token.sentence;
            if back > 2 {
                break;
            }
            let e = &self.registry.all[id];
            let fits = match which {
                Pronoun::He => e.kind == ActorKind::Person && !e.plural && e.traits.gender != Some('f'),
                Pronoun::She => e.kind == ActorKind::Person && !e.plural && e.traits.gender != Some('m'),
                Pronoun::It => {
                    matches!(e.kind, ActorKind::Country | ActorKind::Organization | ActorKind::Place)
                        && !self.adjective(other)
                }
                Pronoun::They => e.plural || e.kind == ActorKind::Organization,
            };
            // "Lee met him": not the subject of the same verb.
            let same_verb = self.reading.tokens[own.head].tag == "PRP"
                && token.head == self.reading.tokens[own.head].head
                && token.sentence == sentence;
            if !fits || same_verb || other.head == own.head {
                continue;
            }
            let rank = match token.dep {
                "nsubj" | "nsubjpass" => 0,
                "dobj" | "poss" | "agent" => 1,
                _ => 2,
            };
            let known = match which {
                Pronoun::She => u32::from(e.traits.gender != Some('f')),
                _ => 0,
            };
            let score = (back + known, rank, m - o);
            if best.is_none_or(|(s, _)| score < s) {
                best = Some((score, id));
            }
        }
        best.map(|(_, id)| id)
    }

    /// Whether a mention only modifies a noun.
    pub(super) fn adjective(&self, f: &Found) -> bool {
        matches!(self.dep(f), "amod" | "compound" | "nmod")
    }
}
