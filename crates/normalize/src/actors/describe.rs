//! Describing: what the words around a name or in a description say of an actor: its country, sector, office, and
//! whether the office is a past one. The noun at the head decides the sector.

use super::find::{Found, What};
use super::known::Known;
use super::lexicon::Lexicon;
use super::link::ethnic;
use super::nouns::{Class, Noun, lower};
use super::words::{Use, Words};
use broadsheet_language::Reading;
use std::ops::Range;

/// What is said of an actor.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Traits {
    /// Country.
    pub country: Option<&'static str>,
    /// PLOVER sector.
    pub sector: Option<&'static str>,
    /// The words that say the office.
    pub role: Option<String>,
    /// The noun of the office in lower case: "foreign minister".
    pub noun: Option<String>,
    /// Whether it is a public office.
    pub office: bool,
    /// Whether it is a past one.
    pub former: bool,
    /// `f` or `m`, from a polite form or a noun.
    pub gender: Option<char>,
}

/// Reads traits off the text; holds the names of the article by position.
pub struct Describer<'a> {
    /// The reading.
    pub reading: &'a Reading,
    /// The lists.
    pub lexicon: &'a Lexicon,
    /// Name mentions, by position.
    pub names: Vec<&'a Found>,
}

impl Describer<'_> {
    /// Names that lie within `range`.
    pub fn within(&self, range: Range<usize>) -> impl Iterator<Item = &Found> {
        let from = self.names.partition_point(|f| f.name.start < range.start);
        self.names[from..].iter().copied().take_while(move |f| f.name.end <= range.end)
    }

    /// Titles and offices before a person's name: "former South Korean Foreign Minister [Cho Hyun]".
    pub fn before(&self, found: &Found) -> Traits {
        let window = found.span.start..found.name.start;
        let mut traits = Traits::default();
        if let Some((first, noun, of)) = self.office_of(found.name.start) {
            // "China's ambassador to Britain Liu Xiaoming"
            let at = self.names.partition_point(|f| f.name.end < first.saturating_sub(1));
            let owner = self.names[at..].iter().find(|f| f.name.end <= first).filter(|f| {
                let gap = f.name.end..first;
                gap.clone().all(|t| self.reading.tokens[t].tag == "POS")
                    && self.reading.tokens[f.name.start].sentence == self.reading.tokens[first].sentence
            });
            let start = owner.map_or(first, |f| f.span.start);
            return self.noun(first..of, noun, start..of, of..found.name.start);
        }
        let mut end = window.end;
        while end > window.start {
            // "Foreign Minister Dr. Cho": polite forms are looked through, the office stands before them.
            let Some((first, noun)) = self.lexicon.roles.ending_at(self.reading, end - 1, window.start) else { break };
            if noun.class != Class::Title {
                return Traits { gender: traits.gender, ..self.noun(first..end, noun, window.start..end, end..end) };
            }
            traits.gender = polite(&self.lexicon.words, &lower(self.reading.word(first)));
            end = first;
        }
        // "CEO of the Refugee Council [Enver Solomon]"
        if let Some(of) = self.names.get(self.names.partition_point(|f| f.name.end < window.start)).copied() {
            let start = of.span.start;
            let linked = of.what == What::Organization
                && of.name.end == window.start
                && start >= 2
                && matches!(self.reading.word(start - 1), "of" | "for" | "at")
                && self.reading.tokens[start].sentence == self.reading.tokens[found.name.start].sentence;
            if linked
                && end == window.start
                && let Some((first, noun)) =
                    self.lexicon.roles.ending_at(self.reading, start - 2, start.saturating_sub(8))
                && noun.class != Class::Title
                && !noun.plural
            {
                return self.noun(first..start - 1, noun, first..start - 1, start - 1..of.name.end);
            }
        }
        // "rebel commanders' friend X", "US citizen X": an agent noun, or just a nationality.
        if window.is_empty() || end == window.start {
            return traits;
        }
        if let Some((first, noun)) = self.lexicon.agents.ending_at(self.reading, end - 1, window.start)
            && matches!(noun.class, Class::Person)
            && !noun.plural
        {
            return Traits { gender: traits.gender, ..self.noun(first..end, noun, window.start..end, end..end) };
        }
        traits.country = self.within(window.clone()).filter_map(|f| self.country(f)).last();
        traits.former = self.past(window);
        traits
    }

    /// An office with its complement right before a name that starts at `end`: "Minister for Transport [Ann Roe]". Gives
    /// the office's first token, the office, and where the complement starts.
    fn office_of(&self, end: usize) -> Option<(usize, Noun, usize)> {
        let tokens = &self.reading.tokens;
        let sentence = tokens.get(end)?.sentence;
        let mut t = end;
        while t > 0 && end - t < 9 && tokens[t - 1].sentence == sentence {
            t -= 1;
            match tokens[t].tag {
                "NNP" | "NNPS" | "POS" | "HYPH" => {}
                "CC" | "DT" if t + 1 < end => {}
                "IN" | "TO" if matches!(self.reading.word(t), "of" | "for" | "to") && t + 1 < end && t > 0 => {
                    let (first, noun) = self.lexicon.roles.ending_at(self.reading, t - 1, t.saturating_sub(5))?;
                    let to = self.reading.word(t) == "to";
                    let capital = tokens[first].tag.starts_with("NNP");
                    let office = noun.class == Class::Office && !noun.plural && (capital || to);
                    return office.then_some((first, noun, t));
                }
                _ => return None,
            }
        }
        None
    }

    /// An apposition after a name: "[Cho Hyun], the foreign minister of South Korea,", "[Omar] (D-Minn.)". Gives the
    /// traits and the tokens that it is made of.
    pub fn after(&self, name_end: usize) -> Option<(Traits, Range<usize>)> {
        let tokens = &self.reading.tokens;
        let open = tokens.get(name_end)?;
        if tokens[name_end - 1].sentence != open.sentence {
            return None;
        }
        match self.reading.word(name_end) {
            "(" => return self.party(name_end),
            "," | "–" | "—" => {}
            _ => return None,
        }
        let start = name_end + 1;
        for t in start..tokens.len().min(start + 12) {
            let token = &tokens[t];
            if token.sentence != open.sentence {
                return None;
            }
            let inside = matches!(
                token.tag,
                "DT" | "JJ"
                    | "JJS"
                    | "JJR"
                    | "NN"
                    | "NNP"
                    | "NNPS"
                    | "NNS"
                    | "POS"
                    | "CD"
                    | "HYPH"
                    | "PRP$"
                    | "RB"
                    | "VBN"
                    | "VBG"
                    | "CC"
            );
            if !inside || (token.tag == "CC" && t == start) {
                return None;
            }
            let role = self.lexicon.roles.ending_at(self.reading, t, start);
            let role = role.or_else(|| self.lexicon.agents.ending_at(self.reading, t, start));
            let Some((first, noun)) = role.filter(|(_, n)| n.class != Class::Title && !n.plural) else { continue };
            let next = tokens.get(t + 1)?;
            // The phrase goes on: "party leader", "prime minister's office"; or it is the next person's title.
            if matches!(next.tag, "NN" | "NNP" | "NNS" | "NNPS" | "POS" | "HYPH") && next.sentence == token.sentence {
                let title = matches!(next.tag, "NNP" | "NNPS")
                    && self
                        .within(t + 1..(t + 10).min(tokens.len()))
                        .next()
                        .is_some_and(|f| f.what == What::Person && f.name.start == t + 1);
                if title {
                    return None;
                }
                continue;
            }
            if matches!(noun.class, Class::Body | Class::Group | Class::Government) {
                return None;
            }
            let end = self.complement(t + 1);
            return Some((self.noun(first..t + 1, noun, start..t + 1, t + 1..end), start..end));
        }
        None
    }

    /// "(D-Minn.)": a member of the Congress of the United States.
    fn party(&self, open: usize) -> Option<(Traits, Range<usize>)> {
        let close = (open + 1..self.reading.tokens.len().min(open + 8)).find(|&t| self.reading.word(t) == ")")?;
        let text = self.reading.span(open + 1, close);
        let (party, state) = text.split_once(['-', '–', ','])?;
        let short = matches!(party.trim(), "D" | "R" | "I" | "DFL");
        let state = state.trim();
        if !short || state.is_empty() || !state.starts_with(char::is_uppercase) {
            return None;
        }
        let traits = Traits { country: Some("USA"), sector: Some("LEG"), office: true, ..Traits::default() };
        Some((traits, open..close + 1))
    }

    /// Where the "of", "for", "at" phrase that begins at `from` ends; `from` if there is none.
    pub fn complement(&self, from: usize) -> usize {
        let tokens = &self.reading.tokens;
        let Some(first) = tokens.get(from) else { return from };
        if !matches!(self.reading.word(from), "of" | "for" | "at" | "in" | "to" | "with" | "from") {
            return from;
        }
        let mut end = from + 1;
        while end < tokens.len() && end < from + 14 && tokens[end].sentence == first.sentence {
            let token = &tokens[end];
            let goes_on = match token.tag {
                "NN" | "NNP" | "NNS" | "NNPS" | "JJ" | "POS" | "HYPH" | "DT" | "CD" | "PRP$" | "VBN" => true,
                "IN" => matches!(self.reading.word(end), "of" | "for"),
                "CC" => tokens.get(end + 1).is_some_and(|n| {
                    let person = self.within(end + 1..end + 10).next().is_some_and(|f| f.what == What::Person);
                    matches!(n.tag, "NNP" | "NN" | "NNS") && !person
                }),
                _ => false,
            };
            if !goes_on {
                break;
            }
            end += 1;
        }
        while end > from && matches!(tokens[end - 1].tag, "IN" | "DT" | "CC" | "PRP$" | "POS") {
            end -= 1;
        }
        if end <= from + 1 { from } else { end }
    }

    /// What a noun says with its modifiers (from the start of `window`) and its complement.
    pub fn noun(&self, words: Range<usize>, noun: Noun, window: Range<usize>, complement: Range<usize>) -> Traits {
        let mut start = window.start;
        while start < words.start && matches!(self.reading.tokens[start].tag, "DT" | "PRP$" | "POS" | "HYPH" | "RB") {
            start += 1;
        }
        let place_only = complement.start < complement.end
            && matches!(self.reading.word(complement.start), "in" | "from" | "to" | "with" | "at");
        // "the ambassador to Ghana" is not Ghana's.
        let abroad = place_only && matches!(self.reading.word(complement.start), "to" | "with");
        let before: Vec<&Found> = self.within(window.start..words.start).collect();
        let after: Vec<&Found> = self.within(complement.clone()).collect();
        let organization =
            before.iter().rev().find(|f| f.what == What::Organization).copied().or_else(|| {
                if place_only { None } else { after.iter().find(|f| f.what == What::Organization).copied() }
            });
        let about = |f: &Found| self.about(f, words.start, noun);
        // "the former United Nations ambassador" was a state's.
        let ambassador = matches!(lower(self.reading.word(words.end - 1)).as_str(), "ambassador" | "ambassadors");
        let sends = |c: &&'static str| !(ambassador && matches!(*c, "UNO" | "IGO"));
        let code = |f: &&Found| self.country(f).filter(|c| sends(c));
        let own = before.iter().rev().filter(|f| self.owns(f) && !about(f)).find_map(code);
        let others = |f: &&&Found| !self.counterpart(f.name.end);
        let their = || if abroad { None } else { after.iter().filter(others).find_map(code) };
        // "the chief of Chad's militia ally in Sudan"
        let there = || {
            let word = self.reading.tokens.get(complement.end).map_or("", |_| self.reading.word(complement.end));
            let place = complement.end + 1..(complement.end + 4).min(self.reading.tokens.len());
            let theirs = !after.iter().all(|f| others(&f)) && word == "in";
            if theirs { self.within(place).find_map(|f| self.country(f)) } else { None }
        };
        let country = own.or_else(their).or_else(there).or_else(|| {
            // Who works for a company need not be of its country.
            let (country, sector) = organization.map(|f| self.organization(f))?;
            country.filter(|c| sector != Some("BUS") && sends(c))
        });
        let named = organization.map(|f| self.organization(f).1);
        // "spokesman for the foreign ministry": a body in small letters decides as well.
        let body = (words.start.saturating_sub(1)..words.start)
            .chain(complement.clone())
            .filter(|&t| t >= window.start)
            // Not in "director of public prosecutions": the noun that the phrase is about.
            .filter(|&t| {
                let inside = complement.contains(&t) && t + 1 < complement.end;
                !(inside && matches!(self.reading.tokens[t + 1].tag, "NN" | "NNS" | "NNP" | "NNPS"))
            })
            .find_map(|t| self.lexicon.agents.ending_at(self.reading, t, window.start.min(t)))
            .map(|(_, n)| n)
            .filter(|n| matches!(n.class, Class::Body | Class::Government | Class::Group));
        let sector = if noun.by_organization {
            match (named, body) {
                (Some(s), _) => s,
                (None, Some(b)) => b.sector,
                // "a spokeswoman for Mr. Neumann"
                (None, None) if after.iter().any(|f| f.what == What::Person) => None,
                // "director of research", "president of Chapter Nine": of something that no list knows.
                (None, None)
                    if country.is_none()
                        && noun.sector == Some("GOV")
                        && self.elsewhere(words.clone(), &complement) =>
                {
                    None
                }
                (None, None) => noun.sector,
            }
        } else {
            noun.sector
        };
        let office = matches!(noun.class, Class::Office);
        let former = self.past(window.start..words.end);
        let sector = if former && office && sector.is_some() { Some("ELI") } else { sector };
        let role_end = if complement.is_empty() || place_only { words.end } else { complement.end };
        let text = lower(self.reading.span(words.start, words.end));
        // "woman" and "refugee" are no offices.
        let says = noun.class != Class::Person || !matches!(sector, None | Some("CVL" | "UNK" | "REF"));
        let role = self.reading.span(start.min(words.start), role_end).split_whitespace().collect::<Vec<_>>().join(" ");
        Traits {
            country,
            sector,
            role: Some(role).filter(|_| says),
            gender: gendered(&self.lexicon.words, &text),
            noun: Some(present(&text).to_string()),
            office,
            former,
        }
    }

    /// Whether an office that any organization may have is that of one without a name in the lists.
    fn elsewhere(&self, words: Range<usize>, complement: &Range<usize>) -> bool {
        let last = lower(self.reading.word(words.end - 1));
        let any = self.lexicon.words.is(&last, Use::Head);
        let unknown = complement.clone().skip(1).any(|t| self.reading.tokens[t].tag.starts_with("NNP"));
        any || unknown && self.within(complement.clone()).all(|f| !matches!(f.what, What::Person | What::Place(_)))
    }

    /// Whether what a name modifies belongs to its country: not in "anti-Syrian", "Iranian-backed".
    fn owns(&self, f: &Found) -> bool {
        let word = |t: usize| self.reading.tokens.get(t).map_or("", |_| self.reading.word(t));
        let hyphen = |t: usize| matches!(word(t), "-" | "‑" | "–");
        let (first, end) = (f.name.start, f.name.end);
        let against = first >= 2 && hyphen(first - 1) && self.lexicon.words.is(&lower(word(first - 2)), Use::Against);
        let by = hyphen(end) && self.lexicon.words.is(&lower(word(end + 1)), Use::Tied);
        !against && !by && !ethnic(self.reading, first) && !self.counterpart(end)
    }

    /// Whether what a name that ends at `end` has is another one's: "Iraq's militia ally", "Russia's neighbours".
    fn counterpart(&self, end: usize) -> bool {
        let token = |t: usize| self.reading.tokens.get(t);
        if token(end).is_none_or(|t| t.tag != "POS") {
            return false;
        }
        let noun = |t: usize| token(t).is_some_and(|n| matches!(n.tag, "JJ" | "JJS" | "NN" | "NNS"));
        let last = (end + 1..end + 4).take_while(|&t| noun(t)).last();
        last.is_some_and(|t| self.lexicon.words.is(&lower(&self.reading.tokens[t].lemma), Use::Counterpart))
    }

    /// Whether a country's name right before a noun is what somebody writes or knows about: "China scholar". Short forms
    /// serve as adjectives: "US scholar".
    fn about(&self, f: &Found, noun_start: usize, noun: Noun) -> bool {
        let short = self.reading.span(f.name.start, f.name.end).chars().all(|c| c.is_uppercase() || c == '.');
        matches!(f.what, What::Country(_))
            && f.name.end == noun_start
            && !short
            && noun.class != Class::Office
            && matches!(noun.sector, Some("EDU" | "JRN") | None)
    }

    /// Whether the words say that an office is a past one.
    pub fn past(&self, range: Range<usize>) -> bool {
        range.into_iter().any(|t| {
            matches!(
                lower(self.reading.word(t)).as_str(),
                "former" | "ex" | "ex-" | "ousted" | "deposed" | "onetime" | "then"
            )
        })
    }

    /// The country that a name says something belongs to.
    pub fn country(&self, found: &Found) -> Option<&'static str> {
        match found.what {
            What::Country(c) | What::Demonym(c) | What::Capital(c) => Some(c),
            What::Place(spot) => spot.map(|s| s.country),
            _ => None,
        }
    }

    /// Country and sector of an organization by its name alone.
    pub fn organization(&self, found: &Found) -> (Option<&'static str>, Option<&'static str>) {
        if let Some(Known::Organization(i)) = found.known {
            let o = &self.lexicon.names.organizations[i as usize];
            return (o.country, o.sector);
        }
        let range = found.name.clone();
        let mut country = None;
        // "Baghdad University", "Bank of Lima": a city at either end.
        let mut city = None;
        for first in range.clone() {
            for len in (1..=3).rev().filter(|len| first + len <= range.end) {
                let text = self.reading.span(first, first + len);
                let lists = &self.lexicon.countries;
                country = country.or_else(|| lists.by_name(text)).or_else(|| lists.by_demonym(text));
                let edge = first == range.start || first + len == range.end;
                if edge && len < range.len() && country.is_none() && city.is_none() {
                    city = lists.by_capital(text).or_else(|| self.lexicon.places.large(text));
                }
            }
        }
        // "US [State Department]", "Mexico's [National Statistics Institute]"
        if country.is_none() {
            let at = self.names.partition_point(|f| f.name.start < range.start);
            if let Some(before) = at.checked_sub(1).map(|k| self.names[k]) {
                let gap = before.name.end..range.start;
                let joined = gap.clone().all(|t| self.reading.tokens[t].tag == "POS") && gap.len() <= 1;
                let same = self.reading.tokens[before.name.start].sentence == self.reading.tokens[range.start].sentence;
                if joined && same {
                    country = self.country(before);
                }
            }
        }
        let noun = range.clone().rev().find_map(|t| {
            let heads = t + 1 == range.end || matches!(self.reading.word(t + 1), "of" | "for" | "on" | "and");
            if !heads {
                return None;
            }
            let noun = self.lexicon.agents.ending_at(self.reading, t, range.start).map(|(_, n)| n);
            noun.filter(|n| matches!(n.class, Class::Body | Class::Group | Class::Government))
                .and_then(|n| n.sector)
                .filter(|&s| s != "UNK")
        });
        let word = || range.clone().rev().find_map(|t| self.lexicon.names.word(&lower(self.reading.word(t)))).flatten();
        (country.or(city), noun.or_else(word))
    }
}

/// The office without the word that says that it is a past one: "former governor", "ex-minister".
fn present(noun: &str) -> &str {
    ["former ", "ex-", "ousted ", "deposed "].iter().find_map(|past| noun.strip_prefix(past)).unwrap_or(noun)
}

/// Gender by a polite form.
fn polite(words: &Words, word: &str) -> Option<char> {
    let is = |class| words.is(word, class);
    if is(Use::Mister) { Some('m') } else { is(Use::Miss).then_some('f') }
}

/// Gender by a noun: "spokeswoman", "king".
fn gendered(words: &Words, noun: &str) -> Option<char> {
    let last = noun.rsplit([' ', '-']).next().unwrap_or(noun);
    let woman = words.is(last, Use::Female) || last.ends_with("woman");
    let man = words.is(last, Use::Male) || last.ends_with("man") && last != "human";
    if woman { Some('f') } else { man.then_some('m') }
}
