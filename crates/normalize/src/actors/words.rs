//! Words that tell what stands beside them: whether "Moscow" is a city or a government, whether an "Iranian-backed"
//! group is Iran's, whether a word is a name, what sex somebody has.

use crate::lexicons::{LexiconError, entries};
use std::collections::HashMap;

const TEXT: &str = include_str!("../../../../data/lexicons/actors-words.tsv");
const FILE: &str = "actors-words.tsv";

/// What a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Use {
    /// A verb that governments do, or that is done to them.
    State,
    /// A verb whose subject is the city.
    City,
    /// An adjective that a government is: "ready".
    Mood,
    /// A noun that a city has: "Moscow's streets".
    Urban,
    /// A noun of those who rule: "the Khartoum regime".
    Power,
    /// A noun that governments have on, with, to or from others: "sanctions on Moscow".
    Tie,
    /// The second half of a compound that makes a country the sponsor: "Iranian-backed".
    Tied,
    /// The first half of a compound that makes a country the target: "anti-Syrian".
    Against,
    /// An office that any organization may have.
    Head,
    /// A verb whose unknown subject is a person.
    Speaks,
    /// A noun for men or boys.
    Male,
    /// A noun for women or girls.
    Female,
    /// A verb whose object is to do what follows: "urged him to go".
    Moves,
    /// A word of a description that says that its people are not of the country at hand: "foreign", "mediators".
    Abroad,
    /// A noun for one that somebody else has to do with: "Iran's ally".
    Counterpart,
    /// A polite form for a man.
    Mister,
    /// A polite form for a woman.
    Miss,
}

/// The words by their use.
#[derive(Debug, Default)]
pub struct Words {
    uses: HashMap<(&'static str, Use), usize>,
}

impl Words {
    /// Parses the built-in list.
    ///
    /// # Errors
    /// The first line that cannot be used.
    pub fn load() -> Result<Words, LexiconError> {
        let mut out = Words::default();
        for (line, text) in entries(TEXT) {
            let fault = |reason: &str| LexiconError { file: FILE, line, reason: reason.to_string() };
            let (class, words) = text.split_once('\t').ok_or_else(|| fault("expected class, words"))?;
            let class = match class {
                "state" => Use::State,
                "city" => Use::City,
                "mood" => Use::Mood,
                "urban" => Use::Urban,
                "power" => Use::Power,
                "tie" => Use::Tie,
                "tied" => Use::Tied,
                "against" => Use::Against,
                "head" => Use::Head,
                "speaks" => Use::Speaks,
                "male" => Use::Male,
                "female" => Use::Female,
                "moves" => Use::Moves,
                "abroad" => Use::Abroad,
                "counterpart" => Use::Counterpart,
                "mister" => Use::Mister,
                "miss" => Use::Miss,
                _ => return Err(fault("unknown class")),
            };
            for word in words.split(' ') {
                out.uses.entry((word, class)).or_insert(line);
            }
        }
        Ok(out)
    }

    /// Whether a lemma in lower case is of that class.
    pub fn is(&self, lemma: &str, class: Use) -> bool {
        self.uses.contains_key(&(lemma, class))
    }

    /// Verbs that are said to be both a government's and a city's.
    pub fn audit(&self) -> Vec<LexiconError> {
        let mut out: Vec<LexiconError> = self
            .uses
            .iter()
            .filter(|((word, class), _)| *class == Use::City && self.is(word, Use::State))
            .map(|((word, _), &line)| LexiconError {
                file: FILE,
                line,
                reason: format!("`{word}` is `city` and `state`"),
            })
            .collect();
        out.sort_by(|a, b| (a.line, &a.reason).cmp(&(b.line, &b.reason)));
        out
    }
}
