//! The recognizer: entities by BILUO transitions (Lample et al. 2016, as spaCy has them), chosen greedily by a maxout layer
//! over three tokens of the state.

use crate::{
    file::{File, ModelError},
    parser::Scorer,
    reading::Iob,
};

const BEGIN: u8 = 1;
const IN: u8 = 2;
const LAST: u8 = 3;
const UNIT: u8 = 4;
const OUT: u8 = 5;

/// The transitions with their labels, and the scorer.
pub struct Recognizer {
    moves: Vec<(u8, &'static str)>,
    scorer: Scorer,
}

impl Recognizer {
    /// The recognizer of the model.
    pub fn load(file: &File, intern: impl Fn(&str) -> &'static str) -> Result<Recognizer, ModelError> {
        // Class 0 of the file's moves is "missing", which has no labels and so no class.
        let moves: Vec<(u8, &'static str)> = file.header.ner_moves.iter().map(|(m, l)| (*m, intern(l))).collect();
        Ok(Recognizer { scorer: Scorer::load(file, "ner", 3, moves.len())?, moves })
    }

    /// The entity mark of each token. No entity begins or ends on white space, or runs into the next sentence.
    pub fn mark(&self, vectors: &[f32], spaces: &[bool], starts: &[bool]) -> Vec<(Iob, &'static str)> {
        let n = spaces.len();
        let lower = self.scorer.precompute(vectors);
        let mut marks = vec![(Iob::O, ""); n];
        let mut open: Option<(usize, &'static str)> = None;
        let mut scores = Vec::new();
        for i in 0..n {
            let ids = match open {
                Some((start, _)) => [i as i32, start as i32, i as i32 - 1],
                None => [i as i32, -1, -1],
            };
            self.scorer.score(&lower, &ids, &mut scores);
            let (last, breaks) = (i + 1 >= n, i + 1 < n && starts[i + 1]);
            let valid = |m: u8, label: &str| match (m, open) {
                (BEGIN, None) => !last && !breaks && !spaces[i] && !label.is_empty(),
                (UNIT, None) => !spaces[i] && !label.is_empty(),
                (OUT, None) => true,
                (IN, Some((_, l))) => !last && !breaks && label == l,
                (LAST, Some((_, l))) => label == l,
                _ => false,
            };
            let mut best: Option<usize> = None;
            for (c, &(m, label)) in self.moves.iter().enumerate() {
                if valid(m, label) && best.is_none_or(|b| scores[c] > scores[b]) {
                    best = Some(c);
                }
            }
            let Some((m, label)) = best.map(|c| self.moves[c]) else { continue };
            match m {
                BEGIN => {
                    open = Some((i, label));
                    marks[i] = (Iob::B, label);
                }
                IN => marks[i] = (Iob::I, label),
                LAST => {
                    marks[i] = (Iob::I, label);
                    open = None;
                }
                UNIT => marks[i] = (Iob::B, label),
                _ => {}
            }
        }
        marks
    }
}
