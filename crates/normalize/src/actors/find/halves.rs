//! Halves: countries of two words that are called by the first of them: "[North] and South Korea", and in a text about
//! one of the two "the [North]".

use super::*;

/// First words of countries that share their second word.
const POINTS: &[&str] = &["North", "South", "East", "West"];

/// The halves that stand beside or after the full name of a country.
pub(super) fn halves(reading: &Reading, lexicon: &Lexicon, found: &[Found]) -> Vec<Found> {
    let covered: HashSet<usize> = found.iter().flat_map(|f| f.name.clone()).collect();
    // Second words of the countries named so, with the country of each point.
    let mut known: BTreeMap<&'static str, &'static str> = BTreeMap::new();
    let mut full: HashSet<usize> = HashSet::new();
    for f in found.iter().filter(|f| f.name.len() == 2 && matches!(f.what, What::Country(_))) {
        full.insert(f.name.start);
        let (first, second) = (reading.word(f.name.start), reading.word(f.name.start + 1));
        if !POINTS.contains(&first) {
            continue;
        }
        for point in POINTS {
            if let Some(code) = lexicon.countries.by_name(&format!("{point} {second}")) {
                known.entry(point).or_insert(code);
            }
        }
    }
    if known.is_empty() {
        return Vec::new();
    }
    let half = |t: usize| -> Option<Found> {
        let code = *known.get(reading.word(t))?;
        let before = t.checked_sub(1).map_or("", |b| reading.word(b));
        let after = reading.tokens.get(t + 1).map_or("", |_| reading.word(t + 1));
        let article = matches!(before, "the" | "The");
        let named = article && !after.starts_with(char::is_uppercase) && !matches!(after, "of" | "and" | "-");
        let listed = matches!(after, "and" | "or" | "&") && full.contains(&(t + 2));
        (named || listed).then(|| Found {
            kind: MentionKind::Name,
            what: What::Country(code),
            known: Some(Known::Country(code)),
            name: t..t + 1,
            span: if named { t - 1 } else { t }..t + 1,
            head: t,
        })
    };
    (0..reading.tokens.len()).filter(|t| !covered.contains(t)).filter_map(half).collect()
}
