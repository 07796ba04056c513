//! Chains: speech that goes on from passage to passage and from paragraph to paragraph, with its cue in one of them only.

use super::direct::Spoken;
use super::marks::Passage;
use super::speaker::{Speaker, Speakers};
use crate::ActorKind;
use broadsheet_language::Reading;

/// Whether passage `p` stands where a sentence of its own begins: behind the end of a sentence, a passage or a
/// paragraph.
pub fn begins_sentence(reading: &Reading, p: &Passage) -> bool {
    let Some(mark) = p.first.checked_sub(1) else { return true };
    let before = (0..mark).rev().map(|i| reading.word(i)).find(|w| !matches!(*w, "`" | "“" | "\"" | "''" | " "));
    before.is_none_or(|w| w.contains('\n') || w.ends_with(['.', '!', '?', '”', '…']) || w == "''")
}

/// Whether nothing but the passage stands in its paragraph.
pub fn fills_paragraph(reading: &Reading, p: &Passage) -> bool {
    let next = (p.last + 1..reading.tokens.len()).find(|&i| reading.word(i).trim() != ".");
    p.opens_paragraph && next.is_none_or(|i| reading.word(i).contains('\n'))
}

/// Whether passage `p` carries on the speech of passage `last`.
pub fn goes_on(reading: &Reading, last: &Passage, p: &Passage) -> bool {
    if p.paragraph == last.paragraph {
        return true;
    }
    // The next paragraph opens with a mark, because the speech was left open or fills the paragraph.
    p.paragraph == last.paragraph + 1 && p.opens_paragraph && (!last.closed || fills_paragraph(reading, p))
}

/// Passages without a speaker take that of the next one of their chain: "“A.” “B,” said X.", or a paragraph that is left
/// open before one with a cue.
pub fn lend_backwards(passages: &[Passage], out: &mut [Spoken]) {
    for k in (0..out.len().saturating_sub(1)).rev() {
        if out[k].speaker.is_some() {
            continue;
        }
        let (p, next) = (&passages[out[k].passage], &passages[out[k + 1].passage]);
        let open = !p.closed && next.opens_paragraph && next.paragraph == p.paragraph + 1;
        if p.paragraph == next.paragraph || open {
            out[k].speaker = out[k + 1].speaker.clone();
        }
    }
}

/// Whether a speaker is a person whom the article names.
pub fn is_person(speakers: &Speakers, speaker: &Speaker) -> bool {
    speaker.actor.is_some_and(|a| speakers.is_named(a) && speakers.cast.actors[a].kind == ActorKind::Person)
}

/// Whoever the paragraph before a passage without a cue lets speak or is about: `statements` are the heads of earlier
/// speakers with their speakers, in order.
pub fn introduced(
    speakers: &Speakers,
    paragraphs: &[u32],
    quoted: &[bool],
    p: &Passage,
    statements: &[Speaker],
) -> Option<Speaker> {
    let reading = speakers.reading;
    let before = |i: usize| paragraphs[i] as usize + 1 == p.paragraph;
    let last = statements.iter().rev().find(|s| s.head < p.first);
    if let Some(s) = last.filter(|s| before(s.head)) {
        return Some((*s).clone());
    }
    // The subject of the last sentence of that paragraph, where it is a person.
    let end = (0..p.first).rev().find(|&i| before(i) && !reading.word(i).trim().is_empty())?;
    let sentence = reading.tokens[end].sentence;
    let root = (0..=end)
        .rev()
        .take_while(|&i| reading.tokens[i].sentence == sentence)
        .find(|&i| reading.tokens[i].dep == "ROOT" && !quoted[i])?;
    let subject = speakers.subject(root)?;
    let speaker = speakers.at(subject);
    let person = is_person(speakers, &speaker);
    (person && paragraphs[subject] == paragraphs[end]).then_some(speaker)
}
