//! What is counted or measured: the noun that the number stands on, the phrase after "of", the noun that the amount
//! completes ("revenue of $3bn"), or the subject of the verb that states it, with the modifiers that make it
//! understandable alone.

use super::completed::completed;
use super::lexicon::Nearby;
use super::phrase::tidy;
use super::scan::{Quantity, Scene};
use super::site::Site;
use super::told::{clause, margin, multiple, predicate, state, stated, stated_subject, undergone};
use super::ways::{adjoining, aged, beside, complement, left, moved, on_noun, paired, shared, tagged, votes};
use crate::{UnitKind, tree::Tree};
use std::ops::Range;

/// A way to find what is counted.
type Way = fn(&Scene, &Tree, &Site, &Quantity) -> Option<Range<usize>>;

/// The tokens of what is counted.
pub(super) fn counted(s: &Scene, tree: &Tree, q: &Quantity, site: &Site) -> Option<Range<usize>> {
    if let Some(other) = &site.restates
        && q.kind != UnitKind::Age
    {
        let whole = counted(s, tree, other, &Site::new(s, other, None, site.taken))?;
        // "a 1.8 billion-mile (2.8bn km) journey": without the bracket itself.
        return tidy(s, whole, site);
    }
    let pointed = s.reading.tokens.get(site.core.end + 1).is_some_and(|t| t.tag == "PRP")
        && s.reading.word(site.core.end) == "of";
    let times = q.kind == UnitKind::Count && q.unit_text.is_some();
    let ways: &[Way] = match q.kind {
        UnitKind::Age => &[|s, t, x, _| aged(s, t, x)],
        UnitKind::Ordinal => &[
            |s, t, x, _| on_noun(s, t, x),
            |s, t, x, _| beside(s, t, x),
            |s, t, x, _| x.verb.and_then(|v| stated_subject(s, t, x, v)),
            |s, t, x, _| clause(s, t, x, false),
        ],
        // "two of them": what they are stands in another clause.
        UnitKind::Count if pointed => &[|s, t, x, _| predicate(s, t, x), |s, _, x, _| undergone(s, x)],
        UnitKind::Count if times => {
            &[|s, t, x, _| on_noun(s, t, x), |s, t, x, _| beside(s, t, x), |s, t, x, _| clause(s, t, x, false)]
        }
        UnitKind::Count => &[
            |s, t, x, _| on_noun(s, t, x),
            |s, t, x, _| complement(s, t, x, &["of", "among"]),
            |s, t, x, _| predicate(s, t, x),
            |s, _, x, _| undergone(s, x),
            |s, _, x, _| state(s, x),
            |s, t, x, _| shared(s, t, x),
            |s, t, x, _| beside(s, t, x),
            |s, t, x, _| completed(s, t, x),
            stated,
        ],
        UnitKind::Duration => &[
            |s, t, x, _| on_noun(s, t, x),
            |s, t, x, _| complement(s, t, x, &["of"]),
            // "a sentence of ten years in prison" is the sentence's length.
            |s, t, x, _| x.prep.filter(|&p| s.reading.word(p) == "of").and_then(|_| completed(s, t, x)),
            |s, t, x, _| {
                complement(s, t, x, &["in"])
                    .filter(|r| s.reading.tokens[r.start].pos == "NOUN" && tagged(s, x.core.end + 1))
            },
            |s, t, x, _| clause(s, t, x, false),
        ],
        UnitKind::Money => &[
            |s, t, x, _| on_noun(s, t, x),
            moved,
            |s, t, x, _| complement(s, t, x, &["of", "worth"]),
            |s, t, x, _| {
                // "the tablet for $299 on the web": the price of what stands before it.
                let price = x.prep.is_some_and(|p| s.reading.word(p) == "for");
                complement(s, t, x, if price { &["for"] } else { &["for", "on", "in"] }).filter(|r| aim(s, x, r))
            },
            |s, t, x, _| completed(s, t, x),
            stated,
            |s, t, x, _| left(s, t, x),
        ],
        UnitKind::Score => &[|s, t, x, _| on_noun(s, t, x), |s, t, x, _| clause(s, t, x, true), stated],
        UnitKind::Ratio if multiple(s, site) => {
            &[|s, t, x, _| on_noun(s, t, x), |s, t, x, _| clause(s, t, x, false), stated]
        }
        UnitKind::Ratio | UnitKind::Measure => &[
            // "Dow +0.2% Nasdaq -1%": the sign looks back.
            |s, t, x, q| q.change.and_then(|_| moved(s, t, x, q)),
            |s, t, x, _| on_noun(s, t, x),
            |s, _, x, _| votes(s, x),
            |s, _, x, _| paired(s, x),
            moved,
            |s, t, x, _| complement(s, t, x, &["of"]),
            |s, t, x, _| predicate(s, t, x),
            |s, t, x, _| completed(s, t, x),
            |s, t, x, _| margin(s, t, x),
            |s, t, x, _| adjoining(s, t, x),
            stated,
            |s, t, x, _| complement(s, t, x, &["in", "for", "on"]).filter(|r| aim(s, x, r)),
            |s, t, x, _| left(s, t, x),
        ],
    };
    ways.iter()
        .find_map(|way| {
            way(s, tree, site, q)
                .and_then(|r| tidy(s, r, site))
                .map(|r| bare(s, q, site, r))
                .filter(|r| says(s, site, q, r))
        })
        .filter(|r| {
            // A line is a statement of its own: an ingredient is not an amount of the line before.
            let between = r.end.min(site.core.end)..site.core.start.max(r.start);
            !between.into_iter().any(|t| s.reading.tokens[t].pos == "SPACE" && s.reading.word(t).contains('\n'))
        })
}

/// The noun that a count counts, with the nouns that make it one ("job cuts"), where it stands behind the number.
pub(super) fn noun(s: &Scene, q: &Quantity, site: &Site, of: Option<&Range<usize>>) -> Option<Range<usize>> {
    let tokens = &s.reading.tokens;
    let of = of.filter(|r| q.kind == UnitKind::Count && r.start >= site.core.end)?;
    let root = of.clone().find(|&t| !of.contains(&(tokens[t].head as usize)) || tokens[t].head as usize == t)?;
    if !matches!(tokens[root].pos, "NOUN" | "PROPN") {
        return None;
    }
    let mut first = root;
    while first > of.start && tokens[first - 1].dep == "compound" && tokens[first - 1].pos == tokens[root].pos {
        first -= 1;
    }
    Some(first..root + 1)
}

/// "a 6-4, 6-0 victory": for a score, without the sets that stand before the noun.
fn bare(s: &Scene, q: &Quantity, site: &Site, r: Range<usize>) -> Range<usize> {
    let other = |&t: &usize| site.taken[t] || s.reading.tokens[t].pos == "PUNCT";
    let skip = if q.kind == UnitKind::Score { r.clone().take_while(other).count() } else { 0 };
    r.start + skip..r.end
}

/// Whether the phrase names something: not a pronoun, not another figure, not a day ("year over year") where an amount
/// is asked for.
fn says(s: &Scene, site: &Site, q: &Quantity, r: &Range<usize>) -> bool {
    let tokens = &s.reading.tokens;
    let root = r.clone().find(|&t| !r.contains(&(tokens[t].head as usize))).unwrap_or(r.start);
    let day = matches!(tokens[root].entity_type, "DATE" | "TIME")
        || matches!(tokens[root].lemma.as_str(), "year" | "month" | "week" | "quarter" | "day") && r.len() <= 3;
    // "A 65-year-old would draw 3%": somebody, whatever the model calls it.
    let day = day && !matches!(tokens[root].lemma.as_str(), "old" | "olds");
    if day && !matches!(q.kind, UnitKind::Duration | UnitKind::Age | UnitKind::Ordinal) {
        return false;
    }
    r.clone().any(|t| {
        matches!(tokens[t].pos, "NOUN" | "PROPN" | "VERB" | "ADJ" | "X") && !site.taken[t] || site.core.contains(&t)
    })
}

/// Whether the phrase can be what money is for: not a day or a town, and not after a verb of change.
fn aim(s: &Scene, site: &Site, r: &Range<usize>) -> bool {
    let tokens = &s.reading.tokens;
    let changes = site.verb.is_some_and(|v| s.lexicon.verb(&tokens[v].lemma).is_some());
    // "in exchange for 6% of the firm", "in total"
    let idle = r.clone().any(|t| tokens[t].dep == "pobj" && s.lexicon.calendar(&tokens[t].lemma, Nearby::Return));
    !changes
        && !idle
        && r.clone().any(|t| {
            !matches!(tokens[t].entity_type, "DATE" | "TIME" | "GPE" | "MONEY" | "PERCENT") && tokens[t].pos == "NOUN"
        })
}
