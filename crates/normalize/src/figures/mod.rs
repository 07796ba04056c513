//! Figures: a figure is a quantity that the text states, with its value, unit, and what it counts or measures.
//!
//! 1. `atoms`    cuts a sentence into digits, words and signs.
//! 2. `scan`     puts numbers (`number`), amounts (`amount`) and what surrounds them together, once over the atoms;
//!    `weed` knows the numbers that are no figures; `money` which money a bare name means.
//! 3. `counted`  finds what is counted or measured, from the tree.
//! 4. `change`   finds whether it rose or fell.
//! 5. `role`     tells casualties and crowds, and the event that they belong to.
//! 6. `context`  finds whose it is, where and as of when.

mod amount;
mod atoms;
mod change;
mod completed;
mod context;
mod counted;
mod currency;
mod idle;
mod lexicon;
mod money;
mod named;
mod number;
mod phrase;
mod qualified;
mod range;
mod rank;
mod rate;
mod role;
mod scan;
mod share;
mod site;
#[cfg(test)]
mod tests;
mod told;
mod unit;
mod ways;
mod weed;

pub use lexicon::Lexicon;

use crate::{Event, Figure, Lexicons, Qualifier, Time, TimeType, actors::Cast, tree::Tree};
use atoms::Atoms;
use broadsheet_ingest::Article;
use broadsheet_language::Reading;
use xxhash_rust::xxh3::xxh3_64;

/// Reads the quantities of an article.
pub fn measure(
    article: &Article,
    reading: &Reading,
    tree: &Tree,
    cast: &Cast,
    times: &[Time],
    events: &[Event],
    lexicons: &Lexicons,
) -> Vec<Figure> {
    let wallet = money::Wallet::new(article, reading, cast, lexicons);
    let mut dated = vec![false; reading.tokens.len()];
    for time in times.iter().filter(|t| matches!(t.kind, TimeType::Date | TimeType::Time)) {
        dated.get_mut(time.first..time.last).unwrap_or_default().fill(true);
    }
    let mut taken = vec![false; reading.tokens.len()];
    let mut out = Vec::new();
    for (number, range) in reading.sentences.iter().enumerate() {
        // 1. Cut.
        let sentence = range.start as usize..range.end as usize;
        let atoms = Atoms::of_sentence(reading, sentence.start, sentence.end);
        let numeric = scan::numeric(&atoms, &lexicons.figures);
        let scene = scan::Scene { atoms, numeric, reading, lexicon: &lexicons.figures, wallet: &wallet, dated: &dated };
        // 2. Scan.
        let found = scan::scan(&scene);
        // "a 60-year-old" can be what another figure is of.
        for q in found.iter().filter(|q| q.kind != crate::UnitKind::Age) {
            taken[scene.atoms.list[q.number.0].token..=scene.atoms.list[q.last - 1].token].fill(true);
        }
        let mut last_of = None;
        for (n, q) in found.iter().enumerate() {
            let site = site::Site::new(&scene, q, n.checked_sub(1).map(|k| &found[k]), &taken);
            // 3. What of.
            // The sets of a match are told once: "beat Sosa 6-4, 6-3".
            let set = n.checked_sub(1).map(|k| &found[k]).filter(|p| scan::follows_score(&scene, p, q));
            let of = match set {
                Some(_) if last_of.as_ref().is_some_and(|r: &std::ops::Range<usize>| r.end <= site.core.start) => {
                    last_of.clone()
                }
                _ => counted::counted(&scene, tree, q, &site),
            };
            last_of.clone_from(&of);
            // 4. Up or down.
            let change = change::change(&scene, tree, q, &site);
            // 5. Casualty or crowd.
            let role = role::role(&scene, tree, cast, q, &site, of.as_ref());
            let event = role.and_then(|r| role::event(&scene, &site, r, number as u32, events));
            // 6. Whose, where, when.
            let context = context::context(&scene, tree, cast, times, lexicons, q, &site, of.as_ref());
            let (a, b) = (&scene.atoms.list[q.first], &scene.atoms.list[q.last - 1]);
            let (start, end) = (a.char_start, b.char_end);
            out.push(Figure {
                figure_id: format!(
                    "{:016x}",
                    xxh3_64(format!("{}:figure:{start}:{end}", article.article_id).as_bytes())
                ),
                sentence: number as u32,
                value: q.value,
                value_max: q.value_max,
                qualifier: match &site.restates {
                    Some(other) if q.qualifier == Qualifier::Exact && other.value_max.is_none() => other.qualifier,
                    _ => q.qualifier,
                },
                unit: q.unit.clone(),
                unit_kind: q.kind,
                unit_text: match q.unit_text {
                    Some((i, j)) => Some(scene.atoms.slice(i, j).to_string()),
                    None => {
                        counted::noun(&scene, q, &site, of.as_ref()).map(|r| reading.span(r.start, r.end).to_string())
                    }
                },
                quantity_of: of.as_ref().map(|r| reading.span(r.start, r.end).to_string()),
                quantity_of_span: of.as_ref().map(|r| (reading.tokens[r.start].start, reading.tokens[r.end - 1].end)),
                change,
                role,
                event_id: event.map(|e| e.event_id.clone()),
                actor: context.actor,
                place_country: context.country,
                date: context.date,
                start,
                end,
                confidence: q.confidence,
            });
        }
    }
    out
}
