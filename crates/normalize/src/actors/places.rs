//! Places: a gazetteer of cities, states, provinces and regions with their country and coordinates. The cities are
//! 1.5 MB of sorted lines, so nothing is parsed at start: a look-up is a binary search for the line.

use crate::Place;
use crate::lexicons::LexiconError;
use std::cmp::Ordering;
use std::collections::HashMap;

const CITIES: &str = include_str!("../../../../data/lexicons/places_cities.tsv");
const REGIONS: &str = include_str!("../../../../data/lexicons/places.tsv");

/// One line of a gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// ISO 3166-1 alpha-3.
    pub country: &'static str,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// GeoNames identifier.
    pub geonames_id: Option<i64>,
    /// Thousands of people; 0 where the list does not say.
    pub population: u32,
    /// Whether it is a state, province or region and not a city.
    pub region: bool,
}

/// The gazetteer.
#[derive(Debug, Default)]
pub struct Gazetteer {
    regions: HashMap<&'static str, Vec<Spot>>,
}

impl Gazetteer {
    /// Parses the regions; the cities are read where they lie.
    ///
    /// # Errors
    /// The first line that cannot be used.
    pub fn load() -> Result<Gazetteer, LexiconError> {
        let mut regions: HashMap<&'static str, Vec<Spot>> = HashMap::new();
        for (line, text) in crate::lexicons::entries(REGIONS) {
            let fault = |reason: &str| LexiconError { file: "places.tsv", line, reason: reason.to_string() };
            let mut parts = text.split('\t');
            let names = parts.next().unwrap_or("");
            let spot = spot(parts, true).ok_or_else(|| fault("expected names, country, latitude, longitude, id"))?;
            for name in names.split('|') {
                regions.entry(name).or_default().push(spot);
            }
        }
        Ok(Gazetteer { regions })
    }

    /// The country of the place that a name in an organization's name means: a region, or a city of a hundred thousand
    /// people and more of which there is no other of half its size.
    pub fn large(&self, name: &str) -> Option<&'static str> {
        let spots = self.spots(name);
        let best = spots.first().filter(|s| s.region || s.population >= 100)?;
        let rival = spots.iter().any(|s| s.country != best.country && (s.region || 2 * s.population > best.population));
        (!rival).then_some(best.country)
    }

    /// All places of that name: regions first, then cities by population.
    pub fn spots(&self, name: &str) -> Vec<Spot> {
        let mut out = self.regions.get(name).cloned().unwrap_or_default();
        out.extend(cities(name).filter_map(|rest| spot(rest.split('\t'), false)));
        out
    }

    /// The place of that name, in `country` where that is given and has one, else the one that is meant without more.
    pub fn place(&self, name: &str, country: Option<&str>) -> Option<Place> {
        let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        let bare = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare);
        let mut spots = self.spots(bare);
        if spots.is_empty() && bare.contains('’') {
            spots = self.spots(&bare.replace('’', "'"));
        }
        let best = country.and_then(|c| spots.iter().find(|s| s.country == c)).or_else(|| spots.first())?;
        Some(Place {
            name: name.to_string(),
            country: Some(best.country.to_string()),
            latitude: Some(best.latitude),
            longitude: Some(best.longitude),
            geonames_id: best.geonames_id,
        })
    }

    /// Lines that load but can never be found, or name no known country.
    pub fn audit(&self, known: impl Fn(&str) -> bool) -> Vec<LexiconError> {
        let mut out = Vec::new();
        let mut before = "";
        for (line, text) in crate::lexicons::entries(CITIES) {
            let mut fault = |reason: String| out.push(LexiconError { file: "places_cities.tsv", line, reason });
            let (name, rest) = text.split_once('\t').unwrap_or((text, ""));
            if name.as_bytes() < before.as_bytes() {
                fault(format!("`{name}` stands after `{before}`: the lines must be sorted by the bytes of the name"));
            }
            before = name;
            match spot(rest.split('\t'), false) {
                None => fault("expected name, country, latitude, longitude, id, population".to_string()),
                Some(s) if !known(s.country) => fault(format!("unknown country `{}`", s.country)),
                Some(_) => {}
            }
        }
        for (line, text) in crate::lexicons::entries(REGIONS) {
            let code = text.split('\t').nth(1).unwrap_or("");
            if !known(code) {
                out.push(LexiconError { file: "places.tsv", line, reason: format!("unknown country `{code}`") });
            }
        }
        out
    }
}

/// Reads country, latitude, longitude, id and population.
fn spot(mut parts: std::str::Split<'static, char>, region: bool) -> Option<Spot> {
    Some(Spot {
        country: parts.next()?,
        latitude: parts.next()?.parse().ok()?,
        longitude: parts.next()?.parse().ok()?,
        geonames_id: parts.next().and_then(|id| id.parse().ok()),
        population: parts.next().and_then(|p| p.parse().ok()).unwrap_or(0),
        region,
    })
}

/// The lines of the cities of that name, without the name.
fn cities(name: &str) -> impl Iterator<Item = &'static str> {
    let wanted = name.to_string();
    let from = if wanted.is_empty() || wanted.starts_with('#') { "" } else { &CITIES[first_line(&wanted)..] };
    from.lines().map_while(move |l| l.split_once('\t').filter(|(n, _)| *n == wanted).map(|(_, rest)| rest))
}

/// Byte offset of the first line whose name is not before `name`.
fn first_line(name: &str) -> usize {
    let bytes = CITIES.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |p| low + p + 1);
        let end = bytes[start..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |p| start + p + 1);
        let line = &bytes[start..end];
        let key = line.split(|&b| b == b'\t').next().unwrap_or(line);
        // Comment lines come first in the file.
        if line.starts_with(b"#") || key.cmp(name.as_bytes()) == Ordering::Less {
            low = end;
        } else {
            high = start;
        }
    }
    low
}
