//! The wallet is what an article pays in: it decides which dollar, pound or rupee a bare name or sign means. In this
//! order: the publisher's country; the country of the dateline; the country that the article names most, among those
//! that pay in money of that name; what figures-generic-money.tsv says. A bare "$" or "dollar" is a US dollar, unless
//! the article names another country with a dollar and never the United States: then it is that country's where the
//! article clearly plays there, and else stays open, as `XXX-dollar`. Where nothing is likely ("crowns", "francs") the unit stays open too: `XXX-franc`. Hundredths keep the value as written under a unit of their own: `USD/100` for cents,
//! `GBP/100` for pence.

use super::lexicon::{Lexicon, MoneyForm};
use crate::{Lexicons, actors::Cast};
use broadsheet_ingest::Article;
use broadsheet_language::Reading;

/// What an article pays in.
pub(super) struct Wallet<'a> {
    lexicon: &'a Lexicon,
    /// ISO alpha-3 of publisher and dateline, in that order.
    home: Vec<String>,
    /// Countries that the article names, most often first.
    named: Vec<String>,
    /// Whether the first of them has at least three in five of all mentions, and three of them.
    settled: bool,
}

impl<'a> Wallet<'a> {
    /// Looks at the publisher, the dateline and the countries named.
    pub fn new(article: &Article, reading: &Reading, cast: &Cast, lexicons: &'a Lexicons) -> Wallet<'a> {
        let lexicon = &lexicons.figures;
        let mut home: Vec<String> = Vec::new();
        if let Some(country) = article.domain.as_deref().and_then(|d| lexicon.publisher(d)) {
            home.push(country.to_string());
        }
        if let Some(country) = dateline(article, lexicons) {
            home.push(country);
        }
        let mut counts: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
        for mention in &cast.mentions {
            if let Some(country) = cast.actors.get(mention.actor).and_then(|a| a.country.as_ref()) {
                *counts.entry(country.clone()).or_default() += 1;
            }
        }
        if counts.is_empty() {
            for (range, kind) in reading.entities() {
                if matches!(kind, "GPE" | "NORP") {
                    let name = reading.span(range.start, range.end);
                    let country =
                        lexicons.actors.country_by_name(name).or_else(|| lexicons.actors.country_by_demonym(name));
                    if let Some(c) = country {
                        *counts.entry(c.to_string()).or_default() += 1;
                    }
                }
            }
        }
        let mut named: Vec<(String, u32)> = counts.into_iter().collect();
        named.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let total: u32 = named.iter().map(|n| n.1).sum();
        let settled = named.first().is_some_and(|n| n.1 >= 3 && n.1 * 5 >= total * 3);
        Wallet { lexicon, home, settled, named: named.into_iter().map(|(c, _)| c).collect() }
    }

    /// The code of the money that `form` means in a sentence.
    pub fn code(&self, form: &MoneyForm, sentence: &str) -> String {
        let whole = self.whole(form, sentence);
        if form.minor { format!("{whole}/100") } else { whole }
    }

    fn whole(&self, form: &MoneyForm, sentence: &str) -> String {
        let code = |&i: &usize| self.lexicon.currencies[i].code;
        if form.currencies.len() == 1 && form.default.is_none() {
            return code(&form.currencies[0]).to_string();
        }
        let of = |country: &str| {
            form.currencies.iter().find(|&&i| self.lexicon.currencies[i].countries.contains(&country)).map(code)
        };
        if let Some(found) = self.home.iter().find_map(|c| of(c)) {
            return found.to_string();
        }
        // Parts: "18 sen to RM23.50" shows which sen.
        if form.minor {
            let shown = form.currencies.iter().find(|&&i| self.shown(i, sentence));
            if let Some(found) = shown {
                return code(found).to_string();
            }
        }
        let named = self.named.iter().find_map(|c| of(c));
        match form.default.as_deref() {
            // A story that plays in Australia and never names the United States means its dollar; where Australia is but
            // named in passing, either may be meant.
            Some("USD")
                if named.is_some_and(|n| n != "USD")
                    && !self.named.iter().any(|c| c == "USA")
                    && !(form.sign && sentence.contains("dollar")) =>
            {
                let own = self.named.first().filter(|_| self.settled).and_then(|c| of(c));
                own.unwrap_or("XXX-dollar").to_string()
            }
            Some("USD") => "USD".to_string(),
            // "£" alone is sterling wherever the story plays; "rupees" and "Rs" are those of the country it is about.
            Some("GBP") if form.sign => "GBP".to_string(),
            Some(default) => named.unwrap_or(default).to_string(),
            None if named.is_some() => named.unwrap_or_default().to_string(),
            None => form.currencies.first().map_or_else(|| "XXX".to_string(), |i| code(i).to_string()),
        }
    }

    fn shown(&self, currency: usize, sentence: &str) -> bool {
        let code = self.lexicon.currencies[currency].code;
        self.lexicon.signs_of(currency).any(|sign| {
            sentence.match_indices(sign).any(|(at, _)| {
                let after = sentence[at + sign.len()..].trim_start();
                after.starts_with(|c: char| c.is_ascii_digit())
            })
        }) || sentence.contains(code)
    }

    /// Whether "pounds" are money here.
    pub fn pays_in_pounds(&self, sentence: &str) -> bool {
        const POUNDS: [&str; 6] = ["GBR", "EGY", "LBN", "SYR", "SDN", "SSD"];
        sentence.contains('£')
            || self.home.first().is_some_and(|c| POUNDS.contains(&c.as_str()))
            || self.named.iter().take(2).any(|c| POUNDS.contains(&c.as_str()))
    }
}

/// The country of a dateline: "TORONTO —", "SINGAPORE:", "DUBAI, United Arab Emirates —", "LONDON (Reuters) -".
fn dateline(article: &Article, lexicons: &Lexicons) -> Option<String> {
    let (start, end) = (article.title_end as usize, article.body_start as usize);
    let dateline: String = article.text.chars().take(end).skip(start).collect();
    let head = dateline.split(['(', ':', '–', '—']).next()?.trim().trim_end_matches('-').trim();
    head.rsplit(',').map(str::trim).find_map(|part| {
        let title: String = title_case(part);
        let place = lexicons.actors.place(&title, None).and_then(|p| p.country);
        lexicons.actors.country_by_name(&title).map(str::to_string).or(place)
    })
}

fn title_case(s: &str) -> String {
    s.split(' ')
        .map(|w| {
            let mut c = w.chars();
            c.next().map_or_else(String::new, |f| f.to_string() + &c.as_str().to_lowercase())
        })
        .collect::<Vec<_>>()
        .join(" ")
}
