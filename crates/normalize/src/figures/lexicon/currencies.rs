//! Reads the lexicon files of currencies and of the names and signs that several of them share.

use super::load::{list, numbers_of, rows};
use super::{Currency, Lexicon, MoneyForm, Nearby};
use crate::lexicons::LexiconError;
use std::collections::HashMap;

const CURRENCIES: &str = include_str!("../../../../../data/lexicons/currencies.tsv");
const GENERIC: &str = include_str!("../../../../../data/lexicons/figures-generic-money.tsv");

impl Lexicon {
    pub(super) fn load_currencies(&mut self) -> Result<(), LexiconError> {
        for row in rows("currencies.tsv", CURRENCIES, 5) {
            let (line, f) = row?;
            if self.currencies.iter().any(|c| c.code == f[0]) {
                self.doubt("currencies.tsv", line, format!("`{}` occurs twice", f[0]));
            }
            let index = self.currencies.len();
            self.currencies.push(Currency { code: f[0], countries: f[1].split(' ').filter(|c| *c != "-").collect() });
            for form in list(f[2]) {
                let (one, many) = numbers_of(form);
                for w in [one, many] {
                    put_money(&mut self.money_words, w.to_lowercase(), index, false, false);
                }
            }
            for form in list(f[3]) {
                let (form, weak) = form.strip_prefix('~').map_or((form, false), |rest| (rest, true));
                put_money(&mut self.money_signs, form.to_string(), index, false, weak);
            }
            for form in list(f[4]) {
                let (one, many) = numbers_of(form);
                for w in [one, many] {
                    put_money(&mut self.money_words, w.to_lowercase(), index, true, false);
                }
            }
            // The code itself; those that are also words of English only where an amount follows.
            let english = self.calendar(f[0], Nearby::Code);
            put_money(&mut self.money_signs, f[0].to_string(), index, false, english);
            let millions = MoneyForm { currencies: vec![index], millions: true, ..MoneyForm::default() };
            self.money_signs.entry(format!("M{}", f[0])).or_insert(millions);
        }
        Ok(())
    }

    pub(super) fn load_generic(&mut self) -> Result<(), LexiconError> {
        for row in rows("figures-generic-money.tsv", GENERIC, 4) {
            let (line, f) = row?;
            let default = Some(f[2].to_string());
            if !f[2].starts_with("XXX-") && !self.currencies.iter().any(|c| c.code == f[2]) {
                let reason = format!("unknown currency `{}`", f[2]);
                return Err(LexiconError { file: "figures-generic-money.tsv", line, reason });
            }
            let mut family: Vec<usize> = Vec::new();
            for form in list(f[0]) {
                let (one, many) = numbers_of(form);
                for w in [&one, &many] {
                    let suffix = format!(" {w}");
                    for (name, entry) in &self.money_words {
                        if name.ends_with(&suffix) && !entry.minor {
                            family.extend(&entry.currencies);
                        }
                    }
                }
                family.sort_unstable();
                family.dedup();
                for w in [one, many] {
                    let entry = self.money_words.entry(w).or_default();
                    entry.currencies.extend(&family);
                    entry.default.clone_from(&default);
                    entry.minor = false;
                }
            }
            for sign in list(f[1]) {
                let entry = self.money_signs.entry(sign.to_string()).or_default();
                entry.currencies.extend(&family);
                entry.default.clone_from(&default);
            }
            for form in list(f[3]) {
                let (one, many) = numbers_of(form);
                for w in [one, many] {
                    let sign = w.chars().count() == 1;
                    let map = if sign { &mut self.money_signs } else { &mut self.money_words };
                    let entry = map.entry(w).or_default();
                    entry.currencies.extend(&family);
                    entry.default.get_or_insert_with(|| f[2].to_string());
                    entry.minor = true;
                    entry.weak = sign;
                }
            }
        }
        for entry in self.money_words.values_mut().chain(self.money_signs.values_mut()) {
            entry.currencies.sort_unstable();
            entry.currencies.dedup();
        }
        for entry in self.money_signs.values_mut() {
            entry.sign = true;
        }
        for (sign, entry) in &self.money_signs {
            if let ([one], false) = (entry.currencies.as_slice(), entry.weak || entry.minor) {
                self.own_signs.entry(*one).or_default().push(sign.clone());
            }
        }
        Ok(())
    }
}

fn put_money(map: &mut HashMap<String, MoneyForm>, form: String, index: usize, minor: bool, weak: bool) {
    let entry = map.entry(form).or_insert_with(|| MoneyForm { minor, weak, ..MoneyForm::default() });
    // A name of whole money stays one, whatever is divided into parts of that name.
    if entry.minor == minor {
        entry.currencies.push(index);
        entry.weak &= weak;
    }
}
