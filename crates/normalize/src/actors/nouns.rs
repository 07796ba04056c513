//! Nouns: the common words and phrases that name people who act ("gunmen", "coast guard", "deputy foreign minister"),
//! from the lists of agents and of roles. They are looked up by where they end, longest first.

use crate::lexicons::{LexiconError, entries};
use broadsheet_language::Reading;
use std::collections::HashMap;

const AGENTS: &str = include_str!("../../../../data/lexicons/agents.tsv");
const ROLES: &str = include_str!("../../../../data/lexicons/roles.tsv");
const SECTORS: [&str; 26] = [
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU",
    "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "-",
];

/// What sort of actor a noun names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A person; several of them are a group.
    Person,
    /// Several people, in the singular too.
    Group,
    /// A public body.
    Body,
    /// The government of a state.
    Government,
    /// A state: "the country".
    State,
    /// A public office.
    Office,
    /// Another occupation.
    Job,
    /// A polite form: "Mr."
    Title,
}

/// One noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noun {
    /// PLOVER sector.
    pub sector: Option<&'static str>,
    /// Whether the organization that the phrase names decides the sector first.
    pub by_organization: bool,
    /// What it names.
    pub class: Class,
    /// Whether this form is a plural.
    pub plural: bool,
}

/// A list of nouns.
#[derive(Debug, Default)]
pub struct Nouns {
    phrases: HashMap<String, Noun>,
    /// Last word to the most tokens that a phrase ending in it has.
    last: HashMap<String, usize>,
}

impl Nouns {
    /// Parses agents and roles: for a word in both, the first as an agent and the second as a role.
    ///
    /// # Errors
    /// The first line that cannot be used.
    pub fn load() -> Result<(Nouns, Nouns), LexiconError> {
        Ok((Nouns::parse("agents.tsv", AGENTS)?, Nouns::parse("roles.tsv", ROLES)?))
    }

    fn parse(file: &'static str, text: &'static str) -> Result<Nouns, LexiconError> {
        let mut out = Nouns::default();
        for (line, text) in entries(text) {
            let fault = |reason: String| LexiconError { file, line, reason };
            let mut parts = text.split('\t');
            let (Some(words), Some(sector), Some(class), None) =
                (parts.next(), parts.next(), parts.next(), parts.next())
            else {
                return Err(fault("expected words, sector, class".to_string()));
            };
            let (by_organization, sector) = sector.strip_prefix('~').map_or((false, sector), |s| (true, s));
            if !SECTORS.contains(&sector) {
                return Err(fault(format!("unknown sector `{sector}`")));
            }
            let class = match class {
                "person" => Class::Person,
                "group" => Class::Group,
                "body" => Class::Body,
                "government" => Class::Government,
                "state" => Class::State,
                "office" => Class::Office,
                "job" => Class::Job,
                "title" => Class::Title,
                other => return Err(fault(format!("unknown class `{other}`"))),
            };
            let noun = Noun { sector: Some(sector).filter(|&s| s != "-"), by_organization, class, plural: false };
            let (one, many) = words.split_once('|').map_or((words, None), |(o, m)| (o, Some(m)));
            let many = many.map_or_else(|| plural(one), str::to_string);
            out.add(many, Noun { plural: true, ..noun }, false);
            out.add(one.to_string(), noun, true);
        }
        Ok(out)
    }

    fn add(&mut self, phrase: String, noun: Noun, sure: bool) {
        // One more for a hyphen that the list does not write: "vice-premier".
        let spare = usize::from(phrase.contains(' '));
        let tokens =
            phrase.split([' ', '-']).count() + phrase.matches('-').count() + phrase.matches('\'').count() + spare;
        let last = phrase.rsplit([' ', '-']).next().unwrap_or(&phrase).to_string();
        let most = self.last.entry(last).or_insert(0);
        *most = (*most).max(tokens);
        // A regular plural never takes the place of a word that is listed.
        if sure {
            self.phrases.insert(phrase, noun);
        } else {
            self.phrases.entry(phrase).or_insert(noun);
        }
    }

    /// The noun of exactly these words.
    pub fn get(&self, phrase: &str) -> Option<Noun> {
        let listed = self.phrases.get(phrase).copied();
        listed
            .or_else(|| if phrase.contains('-') { self.phrases.get(&phrase.replace('-', " ")).copied() } else { None })
    }

    /// The longest noun that ends with token `last` and starts at `floor` or later: its first token and itself.
    pub fn ending_at(&self, reading: &Reading, last: usize, floor: usize) -> Option<(usize, Noun)> {
        let word = lower(reading.word(last));
        let most = *self.last.get(word.as_str())?;
        let floor = floor.max((last + 1).saturating_sub(most));
        (floor..last)
            .find_map(|first| self.get(&lower(reading.span(first, last + 1))).map(|n| (first, n)))
            .or_else(|| self.get(&word).map(|n| (last, n)))
    }
}

/// Lower case with plain apostrophes and hyphens and single spaces.
pub fn lower(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '’' | '‘' => out.push('\''),
            '‑' | '–' => out.push('-'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The regular plural of the last word, or of the word before "of" ("secretaries of state").
pub fn plural(phrase: &str) -> String {
    if let Some(at) = phrase.find(" of ").or_else(|| phrase.find("-of-")) {
        return plural(&phrase[..at]) + &phrase[at..];
    }
    let mut chars = phrase.chars().rev();
    let (last, before) = (chars.next(), chars.next());
    match (before, last) {
        (Some(b), Some('y')) if !"aeiou".contains(b) => format!("{}ies", &phrase[..phrase.len() - 1]),
        (Some('s' | 'c'), Some('h')) | (_, Some('s' | 'x' | 'z')) => format!("{phrase}es"),
        (_, Some('.')) => phrase.to_string(),
        _ if phrase.ends_with("man") => format!("{}men", &phrase[..phrase.len() - 3]),
        _ => format!("{phrase}s"),
    }
}

/// Whether `code` is a PLOVER sector.
pub fn is_sector(code: &str) -> bool {
    SECTORS.contains(&code)
}
