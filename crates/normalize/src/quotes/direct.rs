//! Direct speech: passages in quotation marks with the verb that reports them.

use super::chain::{begins_sentence, goes_on};
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
    /// Whether it carries on the passage before.
    pub follows: bool,
    /// Whether it does so as a few words inside a sentence of the article.
    pub loose: bool,
}

/// The reporting words of a passage, where there are any, and the speaker.
type Report = (Option<(usize, usize)>, Option<Speaker>);

/// What direct speech is read from.
pub struct Direct<'a> {
    /// Speakers and the reading.
    pub speakers: &'a Speakers<'a>,
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
        // Titles and names: "“Wild Rose” was content".
        if words <= 8 && self.is_title(p) {
            return None;
        }
        // 1. A cue beside it.
        let spoken = |speaker, cue, follows| {
            let loose = follows && !begins_sentence(reading, p) && !p.opens_paragraph;
            Some(Spoken { passage: k, speaker, cue, whole, follows, loose })
        };
        if let Some((cue, speaker)) = self.beside(k, whole).filter(|_| words >= 2 || self.ends_spoken(p)) {
            return spoken(speaker, cue, false);
        }
        // 2. A cue above it in the tree: "called the plan “a disaster”".
        if let Some((v, speaker)) = self.above(p, words) {
            return spoken(speaker, Some((v, v + 1)), false);
        }
        // 3. Speech that goes on.
        if let Some(last) = before
            && (whole || (words >= 2 && self.ends_spoken(p)))
            && goes_on(reading, &self.passages[last.passage], p)
        {
            return spoken(None, None, true);
        }
        // 4. Sentences in quotation marks are speech, whoever says them; short ones beside another.
        let paired = self.passages.get(k + 1).is_some_and(|n| n.first <= p.last + 3 && n.paragraph == p.paragraph);
        if whole && (words >= 6 || paired) && self.stands_alone(p) { spoken(None, None, false) } else { None }
    }

    /// Whether a passage is written like a title or a name: all words of weight in capitals, no mark at the end.
    fn is_title(&self, p: &Passage) -> bool {
        let reading = self.reading();
        let mut heavy = (p.first..p.last)
            .map(|i| reading.word(i))
            .filter(|w| w.chars().count() > 3 || w.starts_with(char::is_uppercase))
            .peekable();
        heavy.peek().is_some() && heavy.all(|w| w.starts_with(char::is_uppercase)) && !self.ends_spoken(p)
    }

    /// Whether a passage is no part of a sentence around it.
    fn stands_alone(&self, p: &Passage) -> bool {
        let first = self.reading().word(p.first);
        first.starts_with(char::is_uppercase) && self.ends_spoken(p) && begins_or_colon(self.reading(), p)
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
    fn beside(&self, k: usize, whole: bool) -> Option<Report> {
        let (p, reading) = (&self.passages[k], self.reading());
        let inside = reading.word(p.last - 1);
        let comma_after = p.closed && p.last + 1 < reading.tokens.len() && reading.word(p.last + 1) == ",";
        let open_ended = inside.ends_with([',', '?', '!', '…', '—', '-']) || comma_after;
        // A few words in quotation marks are somebody's only where the cue stands close.
        let after = self.after(k, if whole || open_ended { 40 } else { 3 }, whole);
        if open_ended && after.is_some() {
            return after;
        }
        let before = self.ahead(k);
        before.or_else(|| after.filter(|_| !inside.ends_with('.')))
    }

    /// "...," said X; "...," X said; "...," according to X: at most `reach` tokens behind the passage.
    fn after(&self, k: usize, reach: usize, whole: bool) -> Option<Report> {
        let (p, reading) = (&self.passages[k], self.reading());
        if !p.closed {
            return None;
        }
        let next = self.passages.get(k + 1).map_or(reading.tokens.len(), |n| n.first.saturating_sub(1));
        let from = p.last + 1;
        let end = next.min(from + reach + 1);
        for i in from..end {
            let word = reading.word(i);
            if word.contains('\n') || matches!(word, "." | ";" | "!" | "?" | ":") {
                return None;
            }
            if word.eq_ignore_ascii_case("according") && i + 1 < end && reading.word(i + 1) == "to" {
                let speaker = self.source(i + 1).map(|s| self.speakers.at(s));
                return Some((Some((i, i + 2)), speaker));
            }
            // "“a bigger deal” announced in October": a participle on a noun; "for “Wild Rose” to read": nothing read.
            let bare = reading.tokens[i].tag == "VB" && !whole;
            if self.below_noun(i) && (reading.tokens[i].tag == "VBN" || i > from + 6) || bare {
                continue;
            }
            let subject = self.speakers.subject(i).filter(|&s| !(p.first..p.last).contains(&s));
            // "X, who leads the institute that built it, says": the subject stands at the start.
            let opens = subject.is_some_and(|s| (from..from + 10).contains(&s));
            if i > from + 12 && reading.tokens[i].pos == "VERB" && !self.is_cue(i) {
                return None;
            }
            // "the ‘new committee’ as he opened parliament": no verb of speaking by itself.
            let weak = reach <= 3 && !self.lexicon.takes_clause(reading.tokens[i].lemma.as_str());
            if self.is_cue(i) && !weak {
                let subject = subject.or_else(|| {
                    let right = self.speakers.noun_after(i + 1, end);
                    right.or_else(|| {
                        (from..i).rev().find(|&j| matches!(reading.tokens[j].pos, "PROPN" | "NOUN" | "PRON"))
                    })
                });
                // A verb far from the mark that has its own subject elsewhere reports something else.
                let near = i <= from + 3 || i <= from + 20 && subject.is_some_and(|s| s >= from) || opens;
                return near.then(|| (Some((i, i + 1)), subject.map(|s| self.speakers.at(s))));
            }
        }
        None
    }

    /// Whether a verb stands in a clause on a noun: "the man who said".
    fn below_noun(&self, i: usize) -> bool {
        matches!(self.reading().tokens[i].dep, "relcl" | "acl")
    }

    /// X said, "..."; X said: "..."; According to X, "..."; X told Reuters that "..."
    fn ahead(&self, k: usize) -> Option<Report> {
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
                return Some((Some((i - 1, i + 1)), self.source(i).map(|s| self.speakers.at(s))));
            }
            // "a script called “Wild Rose”" names a thing.
            let names = reading.tokens[i].dep == "acl"
                && reading.tokens[i].tag == "VBN"
                && self.lexicon.manner(reading.tokens[i].lemma.as_str()) == Some(Manner::Call);
            if names {
                return None;
            }
            if self.is_cue(i) && (colon || lead - i <= 12) {
                let subject = self.speakers.subject(i).filter(|&s| !(p.first..p.last).contains(&s));
                let subject = subject.or_else(|| {
                    // "Speaking to reporters Lee said": the tree has lost the subject; "“A,” said X, “B”": it stands behind.
                    let right = i.checked_sub(1).filter(|&j| j >= start && reading.tokens[j].pos == "PROPN");
                    right.or_else(|| self.speakers.noun_after(i + 1, mark))
                });
                return Some((Some((i, i + 1)), subject.map(|s| self.speakers.at(s))));
            }
        }
        // "The neighbour picks up the story: “...”"
        colon.then(|| self.announced(p, start, lead)).flatten()
    }

    /// The person whom the sentence before the colon at `lead` is about.
    fn announced(&self, p: &Passage, start: usize, lead: usize) -> Option<Report> {
        let reading = self.reading();
        let sentence = reading.tokens[lead].sentence;
        let root = (start..lead)
            .rev()
            .take_while(|&i| !reading.word(i).contains('\n'))
            .find(|&i| reading.tokens[i].dep == "ROOT" && reading.tokens[i].sentence == sentence)?;
        let speaker = self.speakers.at(self.speakers.subject(root)?);
        let person = speaker.actor.is_some_and(|a| self.speakers.cast.actors[a].kind == crate::ActorKind::Person);
        (person && self.stands_alone(p)).then_some((None, Some(speaker)))
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
        // "shrugged it off and “the officer left”": no object of the verb.
        if reading.tokens[head].dep == "relcl" || reading.tokens[head].dep == "conj" && self.is_cue(above) {
            return None;
        }
        if !named
            && words < 6
            && matches!(
                reading.tokens[head].dep,
                "amod" | "compound" | "nmod" | "poss" | "appos" | "ROOT" | "nsubj" | "nsubjpass"
            )
        {
            return None;
        }
        let reach = if words < 5 { 3 } else { 4 };
        let up =
            self.speakers.tree.ancestors(reading, head).filter(|&a| !inside(a)).take(reach).find(|&a| self.is_cue(a));
        let v = up.filter(|&v| p.first.abs_diff(v) <= 30)?;
        // "share their view of the theme “peace”": a verb that speaks only with its own object in quotation marks.
        let lemma = reading.tokens[v].lemma.as_str();
        let plain = self.lexicon.takes_clause(lemma) || self.lexicon.manner(lemma) == Some(Manner::Call);
        let as_what =
            || self.speakers.tree.children(v).any(|c| reading.word(c) == "as" && reading.tokens[c].dep == "prep");
        if !plain && above != v && !as_what() {
            return None;
        }
        // "called for “unity”", "spoke of “a new era”", not "sent songs for “a film”".
        let charge = self.lexicon.manner(lemma) == Some(Manner::Accuse) && reading.word(above) == "of";
        if words < 5 && reading.tokens[head].dep == "pobj" && reading.tokens[above].head as usize != v && !charge {
            return None;
        }
        let subject = self.speakers.subject(v).filter(|&s| !inside(s))?;
        Some((v, Some(self.speakers.at(subject))))
    }
}

/// Whether a passage begins a sentence, or stands behind a colon.
fn begins_or_colon(reading: &Reading, p: &Passage) -> bool {
    let lead = (0..p.first.saturating_sub(1)).rev().find(|&i| !reading.word(i).trim().is_empty());
    begins_sentence(reading, p) || lead.is_some_and(|i| matches!(reading.word(i), ":" | "—" | "–" | "-" | ","))
}
