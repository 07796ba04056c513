//! Pronouns: by agreement, subjects first, in the same sentence or the two before.

use super::*;
use crate::actors::words::Use;

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
        let barred = self.barred(own);
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
            if !fits || barred.contains(&other.head) || other.head == own.head {
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

    /// Heads of what an object pronoun cannot mean: the other arguments of its verb ("Lee met him"), and the subject
    /// that the verb shares with the one above: "Lee called Kim to thank him", "Lee praised Kim and thanked him".
    fn barred(&self, own: &Found) -> Vec<usize> {
        let tokens = &self.reading.tokens;
        if tokens[own.head].tag != "PRP" {
            return Vec::new();
        }
        let above = tokens[own.head].head as usize;
        let mut verb = above;
        if matches!(tokens[verb].dep, "prep" | "dative") {
            verb = tokens[verb].head as usize;
        }
        let mut out: Vec<usize> = self.tree.children(above).collect();
        for _ in 0..3 {
            let subjects = || self.tree.children_by(self.reading, verb, &["nsubj", "nsubjpass"]);
            if subjects().next().is_some() {
                break;
            }
            let mut up = tokens[verb].head as usize;
            // "after accusing it of": the gerund's subject is that of the verb above the preposition.
            if tokens[verb].dep == "pcomp" && tokens[up].dep == "prep" {
                verb = up;
                up = tokens[up].head as usize;
            }
            let moves = self.lexicon.words.is(&lower(&tokens[up].lemma), Use::Moves);
            let shares = match tokens[verb].dep {
                "conj" => true,
                "advcl" | "xcomp" => !moves,
                "prep" => true,
                _ => false,
            };
            if !shares || up == verb || !matches!(tokens[up].pos, "VERB" | "AUX") {
                return out;
            }
            verb = up;
        }
        out.extend(self.tree.children_by(self.reading, verb, &["nsubj", "nsubjpass"]));
        out
    }

    /// Whether a mention only modifies a noun.
    pub(super) fn adjective(&self, f: &Found) -> bool {
        matches!(self.dep(f), "amod" | "compound" | "nmod")
    }
}
