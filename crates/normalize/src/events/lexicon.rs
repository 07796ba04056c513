//! Lexicon of the events stage: the ontology, the frames with their word classes, the governors, the
//! contexts and the weights of confidence.

mod classes;
mod confidence;
mod contexts;
mod frames;
mod governors;
mod ontology;

pub(super) use classes::{Classes, fold};
pub(super) use confidence::Weights;
pub(super) use contexts::Contexts;
pub(super) use frames::{Condition, Frame, Frames, Need, Source, Type};
pub(super) use governors::{Effect, Governors};
pub(super) use ontology::{Code, Ontology};

use crate::lexicons::LexiconError;

/// What this stage knows.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub(super) ontology: Ontology,
    pub(super) classes: Classes,
    pub(super) frames: Frames,
    pub(super) governors: Governors,
    pub(super) contexts: Contexts,
    pub(super) weights: Weights,
}

impl Lexicon {
    /// Parses the built-in lexicon.
    ///
    /// # Errors
    /// The first line that cannot be used.
    pub fn load() -> Result<Lexicon, LexiconError> {
        let ontology = Ontology::load()?;
        let classes = Classes::load()?;
        let frames = Frames::load(&ontology, &classes)?;
        let governors = Governors::load()?;
        let contexts = Contexts::load(&ontology)?;
        let weights = Weights::load()?;
        Ok(Lexicon { ontology, classes, frames, governors, contexts, weights })
    }

    /// Everything questionable in it.
    pub fn audit(&self, _actors: &crate::actors::Lexicon) -> Vec<LexiconError> {
        let mut found = self.frames.audit();
        found.extend(self.classes.audit());
        found
    }
}

/// A [`LexiconError`].
fn bad(file: &'static str, line: usize, reason: impl Into<String>) -> LexiconError {
    LexiconError { file, line, reason: reason.into() }
}
