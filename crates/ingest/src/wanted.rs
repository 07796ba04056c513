//! What the user wants of the articles that are read: where their fields are, from when, in which language, about what.
//! An article that is not wanted is no error: it is left out and counted.

use std::str::FromStr;

use jiff::civil::Date;
use regex::Regex;

use crate::fields::Mapping;
use crate::reject::{self, code};
use crate::{Article, RawArticle, Reject, understand};

/// What is wanted; by default everything.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Where the fields of a record are.
    pub map: Mapping,
    /// The first day of publication.
    pub since: Option<Date>,
    /// The last day of publication.
    pub until: Option<Date>,
    /// ISO 639-1 codes, any of them; none for every language.
    pub languages: Vec<String>,
    /// What the text, title included, has to match.
    pub matching: Option<Pattern>,
}

/// A regular expression, as `--match` has it: `a|b`, `(?i)strike`.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

impl FromStr for Pattern {
    type Err = regex::Error;

    fn from_str(text: &str) -> Result<Self, regex::Error> {
        Regex::new(text).map(Pattern)
    }
}

impl std::fmt::Display for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.as_str())
    }
}

/// The stage of a reject that is none: an article that is not wanted.
pub const FILTER: &str = "filter";

impl Wanted {
    /// Understands one record: the article in it, or the reason why there is none. Where the article is not wanted, the
    /// reject has the stage [`FILTER`], and the name of the option as its code.
    ///
    /// # Errors
    /// With the reason why there is no article.
    pub fn article(&self, raw: &RawArticle) -> Result<Article, Reject> {
        let article = understand(raw, &self.map)?;
        match self.against(&article) {
            Some(option) => {
                let message = format!("left out by --{option}");
                Err(Reject { stage: FILTER, ..reject::of(raw, option, message) })
            }
            None => Ok(article),
        }
    }

    /// The option that leaves an article out. An article without a date or a language is left out where one is asked for.
    fn against(&self, article: &Article) -> Option<&'static str> {
        let on = article.published_on;
        if self.since.is_some_and(|since| on.is_none_or(|on| on < since)) {
            return Some(code::SINCE);
        }
        if self.until.is_some_and(|until| on.is_none_or(|on| on > until)) {
            return Some(code::UNTIL);
        }
        let is_one = |language: &String| article.language.as_ref() == Some(language);
        if !self.languages.is_empty() && !self.languages.iter().any(is_one) {
            return Some(code::LANGUAGE);
        }
        self.matching.as_ref().is_some_and(|wanted| !wanted.0.is_match(&article.text)).then_some(code::MATCH)
    }
}
