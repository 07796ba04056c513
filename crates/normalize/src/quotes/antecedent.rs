//! Antecedents: whom "he said" and "she said" mean. Inside quotation marks people speak of others; the speaker is
//! the person whom the article's own words have last made the subject of a sentence or let speak.

use super::lexicon::Lexicon;
use super::speaker::{Speaker, Speakers};
use crate::{ActorKind, Mention, MentionKind};

/// How many paragraphs back a pronoun reaches.
const REACH: usize = 4;
/// And how many tokens.
const REACH_TOKENS: usize = 400;

/// Resolves the pronouns that speak.
pub struct Antecedents<'a> {
    speakers: &'a Speakers<'a>,
    lexicon: &'a Lexicon,
    /// For each token, whether it stands in quotation marks.
    quoted: &'a [bool],
    /// For each token, its paragraph.
    paragraphs: &'a [u32],
    /// For each actor: pronouns of men and of women that mean it.
    pronouns: Vec<(u32, u32)>,
}

impl<'a> Antecedents<'a> {
    /// Counts the pronouns of the cast.
    pub fn new(
        speakers: &'a Speakers<'a>,
        lexicon: &'a Lexicon,
        quoted: &'a [bool],
        paragraphs: &'a [u32],
    ) -> Antecedents<'a> {
        let mut pronouns = vec![(0, 0); speakers.cast.actors.len()];
        for m in &speakers.cast.mentions {
            match gender_of_pronoun(speakers.reading.word(m.head)) {
                Some('m') => pronouns[m.actor].0 += 1,
                Some(_) => pronouns[m.actor].1 += 1,
                None => {}
            }
        }
        Antecedents { speakers, lexicon, quoted, paragraphs, pronouns }
    }

    /// The speaker, with the person that its pronoun means; `spoken` are the earlier speakers, in order.
    pub fn resolve(&self, speaker: Speaker, spoken: &[Speaker]) -> Speaker {
        let reading = self.speakers.reading;
        let Some(gender) = gender_of_pronoun(reading.word(speaker.head)) else { return speaker };
        if !matches!(reading.word(speaker.head).to_lowercase().as_str(), "he" | "she") {
            return speaker;
        }
        let here = self.paragraphs[speaker.head] as usize;
        let near = |i: usize| self.paragraphs[i] as usize + REACH > here && i + REACH_TOKENS > speaker.head;
        // 1. The nearest speaker before it, if the article's own words have named nobody else since.
        let told = spoken.iter().rev().filter(|s| s.head < speaker.head).take_while(|s| near(s.head)).find(|s| match s
            .actor
        {
            Some(a) => self.fits(a, gender),
            None => reading.tokens[s.head].entity_type == "PERSON",
        });
        let named = |i: usize| {
            let m = self.mention(i)?;
            (m.kind == MentionKind::Name && self.fits(m.actor, gender)).then_some(m.actor)
        };
        let own = |i: &usize| !self.quoted[*i];
        let sentence = reading.tokens[speaker.head].sentence;
        let counts = |i: &usize| self.is_subject(*i) || reading.tokens[*i].sentence == sentence;
        let last = told.filter(|s| {
            self.paragraphs[s.head] as usize + 2 > here
                && (s.head + 1..speaker.head)
                    .filter(|i| own(i) && counts(i))
                    .all(|i| named(i).is_none_or(|a| Some(a) == s.actor))
        });
        // 2. Whom the sentence before is about.
        let topic = || {
            let before = (0..speaker.head)
                .rev()
                .take_while(|&i| near(i))
                .find(|&i| reading.tokens[i].sentence != sentence && !reading.word(i).trim().is_empty() && own(&i))?;
            let start = reading.sentences.get(reading.tokens[before].sentence as usize)?.start as usize;
            (start..=before).filter(own).find_map(|i| {
                let root = reading.tokens[reading.tokens[i].head as usize].dep == "ROOT";
                if root && self.is_subject(i) { named(i) } else { None }
            })
        };
        // 3. Whom the cast takes it for, if the article's own words name that one nearby.
        let cast = speaker.actor.filter(|&a| {
            self.fits(a, gender)
                && (0..speaker.head).rev().take_while(|&i| near(i)).filter(own).any(|i| {
                    self.mention(i).is_some_and(|m| m.actor == a) && gender_of_pronoun(reading.word(i)).is_none()
                })
        });
        // 4. The nearest subject.
        let subject = || {
            (0..speaker.head).rev().take_while(|&i| near(i)).filter(own).find_map(|i| {
                let actor = self.mention(i).map(|m| m.actor).filter(|&a| self.fits(a, gender))?;
                (self.is_subject(i) && gender_of_pronoun(reading.word(i)).is_none()).then_some(actor)
            })
        };
        let as_speaker = |actor| Speaker { head: speaker.head, actor: Some(actor), name: None };
        let moved = |s: &Speaker| Speaker { head: speaker.head, ..s.clone() };
        // A mere description is less sure than somebody who has spoken.
        let cast = cast.filter(|&a| told.is_none() || self.speakers.is_named(a));
        let found =
            last.map(moved).or_else(|| topic().or(cast).or_else(subject).map(as_speaker)).or_else(|| told.map(moved));
        found.unwrap_or_else(|| Speaker {
            head: speaker.head,
            actor: None,
            name: Some(reading.word(speaker.head).to_string()),
        })
    }

    fn mention(&self, i: usize) -> Option<&Mention> {
        self.speakers.cast.by_head[i].map(|m| &self.speakers.cast.mentions[m as usize])
    }

    fn is_subject(&self, i: usize) -> bool {
        matches!(self.speakers.reading.tokens[i].dep, "nsubj" | "nsubjpass")
    }

    /// Whether an actor is a person whom a pronoun of this gender can mean.
    fn fits(&self, actor: usize, gender: char) -> bool {
        let a = &self.speakers.cast.actors[actor];
        let last = a.name.rsplit(' ').next().unwrap_or("").to_lowercase();
        a.kind == ActorKind::Person && !self.lexicon.is_many(&last) && self.gender(actor).is_none_or(|g| g == gender)
    }

    /// The gender of an actor by its first name, by the nouns for it, or by the pronouns that mean it.
    fn gender(&self, actor: usize) -> Option<char> {
        let cast = self.speakers.cast;
        let first = cast.actors[actor].name.split(' ').next().unwrap_or("");
        let by_noun = || cast.names[actor].iter().find_map(|n| self.lexicon.gender_of_noun(n));
        let by_pronoun = || {
            let (men, women) = self.pronouns[actor];
            match men.cmp(&women) {
                std::cmp::Ordering::Greater => Some('m'),
                std::cmp::Ordering::Less => Some('f'),
                std::cmp::Ordering::Equal => None,
            }
        };
        let named = cast.actors[actor].name.contains(' ');
        let by_name = self.lexicon.gender_of_name(first).filter(|_| named);
        by_name.or_else(by_noun).or_else(by_pronoun).or_else(|| self.lexicon.gender_of_name(first))
    }
}

fn gender_of_pronoun(word: &str) -> Option<char> {
    match word.to_lowercase().as_str() {
        "he" | "him" | "his" | "himself" => Some('m'),
        "she" | "her" | "hers" | "herself" => Some('f'),
        _ => None,
    }
}
