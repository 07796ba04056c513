//! Direct speech: passages in quotation marks with the verb that reports them.

use super::lexicon::{Lexicon, Manner};
use super::marks::Passage;
use super::speaker::{Speaker, Speakers};
use broadsheet_language::Reading;

/// A passage that is somebody's words.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// Index of the passage.
    pub passage: usize,
    /// Who says it.
    pub speaker: Option<Speaker>,
    /// The words that report it: tokens.
    pub cue: Option<(usize, usize)>,
    /// Whether it is a sentence, not a phrase in quotation marks.
    pub whole: bool,
}

/// What direct speech is read from.
pub struct Direct<'a> {
    /// Speakers and the reading.
    pub speakers: Speakers<'a>,
    /// Cues.
    pub lexicon: &'a Lexicon,
    /// Passages.
    pub passages: &'a [Passage],
}

impl Direct<'_> {
    /// The passages that are speech.
    pub fn all(&self) -> Vec<Spoken> {
        let mut out: Vec<Spoken> = Vec::new();
        for k in 0..self.passages.len() {
            if let Some(spoken) = self.one(k, out.last()) {
                out.push(spoken);
            }
        }
        self.lend_backwards(&mut out);
        out
    }

    fn reading(&self) -> &Reading {
        self.speakers.reading
    }

    fn one(&self, k: usize, before: Option<&Spoken>) -> Option<Spoken> {
        let p = &self.passages[k];
        let reading = self.reading();
        let words = (p.first..p.last).filter(|&i| reading.word(i).chars().any(char::is_alphanumeric)).count();
        let finite = (p.first..p.last).any(|i| matches!(reading.tokens[i].tag, "VBD" | "VBZ" | "VBP" | "MD"));
        let whole = words >= 4 && finite;
        // 1. A cue beside it.
        if let Some((cue, speaker)) = self.beside(k).filter(|_| words >= 2 || self.ends_spoken(p)) {
            let speaker = self.pronoun(speaker, k, before);
            return Some(Spoken { passage: k, speaker, cue: Some(cue), whole });
        }
        // 2. A cue above it in the tree: "called the plan “a disaster”".
        if let Some((v, speaker)) = self.above(p, words) {
            let speaker = self.pronoun(speaker, k, before);
            return Some(Spoken { passage: k, speaker, cue: Some((v, v + 1)), whole });
        }
        // 3. Speech that goes on.
        if let Some(last) = before
            && (whole || (words >= 2 && self.ends_spoken(p)))
            && self.goes_on(&self.passages[last.passage], p)
        {
            return Some(Spoken { passage: k, speaker: last.speaker.clone(), cue: None, whole });
        }
        // 4. Sentences in quotation marks are speech, whoever says them.
        (whole && words >= 6 && self.stands_alone(p)).then_some(Spoken { passage: k, speaker: None, cue: None, whole })
    }

    /// Whether a passage carries on the speech of the one before.
    fn goes_on(&self, last: &Passage, p: &Passage) -> bool {
        if p.paragraph == last.paragraph {
            return true;
        }
        // The next paragraph opens with a mark, because the speech was left open or fills the paragraph.
        p.paragraph == last.paragraph + 1 && p.opens_paragraph && (!last.closed || self.fills_paragraph(p))
    }

    /// Whether nothing but the passage stands in its paragraph.
    fn fills_paragraph(&self, p: &Passage) -> bool {
        let next = (p.last + 1..self.reading().tokens.len()).find(|&i| self.reading().word(i).trim() != ".");
        p.opens_paragraph && next.is_none_or(|i| self.reading().word(i).contains('\n'))
    }

    /// Whether a passage is no part of a sentence around it.
    fn stands_alone(&self, p: &Passage) -> bool {
        let first = self.reading().word(p.first);
        first.starts_with(char::is_uppercase) && self.ends_spoken(p)
    }

    /// Whether the passage or the mark behind it ends with the punctuation of speech.
    fn ends_spoken(&self, p: &Passage) -> bool {
        let reading = self.reading();
        let inside = reading.word(p.last - 1);
        inside.ends_with([',', '.', '!', '?', '…', '—'])
            || !p.closed
            || reading.tokens.get(p.last + 1).is_some() && matches!(reading.word(p.last + 1), "," | ".")
    }

    fn is_cue(&self, i: usize) -> bool {
        let t = &self.reading().tokens[i];
        t.tag.starts_with("VB") && self.lexicon.manner(t.lemma.as_str()).is_some()
    }

    /// A cue that stands beside the passage, with its speaker.
    fn beside(&self, k: usize) -> Option<((usize, usize), Option<Speaker>)> {
        let p = &self.passages[k];
        let inside = self.reading().word(p.last - 1);
        let comma_after =
            p.closed && p.last + 1 < self.reading().tokens.len() && self.reading().word(p.last + 1) == ",";
        let open_ended = inside.ends_with([',', '?', '!', '…', '—', '-']) || comma_after;
        let after = self.after(k);
        if open_ended && after.is_some() {
            return after;
        }
        let before = self.ahead(k);
        before.or_else(|| after.filter(|_| !inside.ends_with('.')))
    }

    /// "...," said X; "...," X said; "...," according to X.
    fn after(&self, k: usize) -> Option<((usize, usize), Option<Speaker>)> {
        let (p, reading) = (&self.passages[k], self.reading());
        if !p.closed {
            return None;
        }
        let end = self.passages.get(k + 1).map_or(reading.tokens.len(), |n| n.first.saturating_sub(1)).min(p.last + 26);
        let from = p.last + 1;
        for i in from..end {
            let word = reading.word(i);
            if word.contains('\n') || matches!(word, "." | ";" | "!" | "?" | ":") {
                return None;
            }
            if word.eq_ignore_ascii_case("according") && i + 1 < end && reading.word(i + 1) == "to" {
                let speaker = self.source(i + 1).map(|s| self.speakers.at(s));
                return Some(((i, i + 2), speaker));
            }
            if i > from + 12 && reading.tokens[i].pos == "VERB" && !self.is_cue(i) {
                return None;
            }
            if self.is_cue(i) {
                let subject = self.speakers.subject(i).filter(|&s| !(p.first..p.last).contains(&s)).or_else(|| {
                    let right = self.speakers.noun_after(i + 1, end);
                    right.or_else(|| {
                        (from..i).rev().find(|&j| matches!(reading.tokens[j].pos, "PROPN" | "NOUN" | "PRON"))
                    })
                });
                // A verb far from the mark that has its own subject elsewhere reports something else.
                let near = i <= from + 3 || subject.is_some_and(|s| s >= from);
                return near.then(|| ((i, i + 1), subject.map(|s| self.speakers.at(s))));
            }
        }
        None
    }

    /// X said, "..."; X said: "..."; According to X, "..."; X told Reuters that "..."
    fn ahead(&self, k: usize) -> Option<((usize, usize), Option<Speaker>)> {
        let (p, reading) = (&self.passages[k], self.reading());
        let mark = p.first.checked_sub(1)?;
        let bound = if k > 0 { self.passages[k - 1].last + 1 } else { 0 };
        let start = bound.max(mark.saturating_sub(30));
        let lead = (start..mark).rev().find(|&i| !reading.word(i).trim().is_empty())?;
        let ready = matches!(reading.word(lead), "," | ":" | "that" | "—" | "–" | "as" | "was" | "is" | "were")
            || self.is_cue(lead);
        if !ready {
            return None;
        }
        let colon = reading.word(lead) == ":";
        for i in (start..=lead).rev() {
            let word = reading.word(i);
            if word.contains('\n') || (matches!(word, "." | "!" | "?" | ";") && reading.tokens[i].pos == "PUNCT") {
                break;
            }
            if word == "to" && i > start && reading.word(i - 1).eq_ignore_ascii_case("according") {
                return Some(((i - 1, i + 1), self.source(i).map(|s| self.speakers.at(s))));
            }
            if self.is_cue(i) && (colon || lead - i <= 12) {
                let subject = self.speakers.subject(i).filter(|&s| !(p.first..p.last).contains(&s));
                let subject = subject.or_else(|| {
                    // "“A,” said X, “B”": the speaker stands behind the verb.
                    self.speakers.noun_after(i + 1, mark)
                });
                return Some(((i, i + 1), subject.map(|s| self.speakers.at(s))));
            }
        }
        None
    }

    /// The source that "to" of "according to" at `i` names.
    fn source(&self, i: usize) -> Option<usize> {
        let reading = self.reading();
        self.speakers
            .tree
            .children(i)
            .find(|&c| reading.tokens[c].dep == "pobj")
            .or_else(|| self.speakers.noun_after(i + 1, reading.tokens.len()))
    }

    /// A reporting verb that governs the passage.
    fn above(&self, p: &Passage, words: usize) -> Option<(usize, Option<Speaker>)> {
        let reading = self.reading();
        if words < 2 {
            return None;
        }
        let inside = |i: usize| (p.first..p.last).contains(&i);
        let head = (p.first..p.last).find(|&i| {
            let h = reading.tokens[i].head as usize;
            reading.tokens[i].pos != "PUNCT" && (h == i || !inside(h))
        })?;
        // "called the plan “a disaster”": the parser takes the name given for an apposition.
        let above = reading.tokens[head].head as usize;
        let named = reading.tokens[head].dep == "appos" && {
            let verb = reading.tokens[above].head as usize;
            self.lexicon.manner(reading.tokens[verb].lemma.as_str()) == Some(Manner::Call)
        };
        if !named
            && words < 6
            && matches!(
                reading.tokens[head].dep,
                "amod" | "compound" | "nmod" | "poss" | "appos" | "ROOT" | "nsubj" | "nsubjpass"
            )
        {
            return None;
        }
        let reach = if words < 5 { 2 } else { 4 };
        let up =
            self.speakers.tree.ancestors(reading, head).filter(|&a| !inside(a)).take(reach).find(|&a| self.is_cue(a));
        let v = up.filter(|&v| p.first.abs_diff(v) <= 30)?;
        let subject = self.speakers.subject(v).filter(|&s| !inside(s))?;
        Some((v, Some(self.speakers.at(subject))))
    }

    /// "he said" after a quotation of somebody: the same person, where no actor is known for the pronoun.
    fn pronoun(&self, speaker: Option<Speaker>, k: usize, before: Option<&Spoken>) -> Option<Speaker> {
        let found = speaker?;
        let word = self.reading().word(found.head).to_lowercase();
        if found.actor.is_none()
            && matches!(word.as_str(), "he" | "she")
            && let Some(last) = before
            && self.passages[last.passage].paragraph + 2 > self.passages[k].paragraph
            && let Some(s) = &last.speaker
            && s.actor.is_some()
        {
            return Some(s.clone());
        }
        Some(found)
    }

    /// A passage without a speaker takes that of the next one in its paragraph: "“A.” “B,” said X."
    fn lend_backwards(&self, out: &mut [Spoken]) {
        for k in (0..out.len().saturating_sub(1)).rev() {
            if out[k].speaker.is_none()
                && self.passages[out[k].passage].paragraph == self.passages[out[k + 1].passage].paragraph
            {
                out[k].speaker = out[k + 1].speaker.clone();
            }
        }
    }
}
