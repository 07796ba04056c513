//! A place in GDELT's terms: a type, a full name, a FIPS country. GDELT identifies places in the GNS and GNIS
//! gazetteers, which we don't know; where it gives a country's code instead, so do we.

use crate::codes::Codes;
use broadsheet_normalize::{Actor, ActorKind, Event, Place};

/// A place as GDELT's columns hold it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Geo {
    /// 1 country, 2 state of the USA, 3 city of the USA, 4 city elsewhere, 5 state elsewhere; 0 for none.
    pub kind: u8,
    pub name: String,
    pub country: String,
    pub latitude: String,
    pub longitude: String,
    pub feature: String,
}

impl Geo {
    /// Where an event took place.
    pub fn of_event(event: &Event, codes: &Codes) -> Geo {
        event.place.as_ref().map(|place| Geo::of_place(place, codes)).unwrap_or_default()
    }

    /// A place of the gazetteer; none where its country is not known, as every type of GDELT's tells it.
    pub fn of_place(place: &Place, codes: &Codes) -> Geo {
        let Some(country) = place.country.as_deref() else { return Geo::default() };
        let degrees = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
        let kind = match (country == "USA", codes.is_country(&place.name, country)) {
            (_, true) => 1,
            (usa, _) if codes.is_region(&place.name, country) => {
                if usa {
                    2
                } else {
                    5
                }
            }
            (true, _) => 3,
            (false, _) => 4,
        };
        let fips = codes.country(country).fips.to_owned();
        let known = codes.usual_name(country).unwrap_or_default();
        Geo {
            kind,
            name: if kind == 1 { place.name.clone() } else { format!("{}, {known}", place.name) },
            feature: if kind == 1 { fips.clone() } else { String::new() },
            country: fips,
            latitude: degrees(place.latitude),
            longitude: degrees(place.longitude),
        }
    }

    /// Where an actor is: known of countries only.
    pub fn of_actor(actor: Option<&Actor>, codes: &Codes) -> Geo {
        let country = actor.filter(|actor| actor.kind == ActorKind::Country);
        let Some(code) = country.and_then(|actor| actor.country.as_deref()) else { return Geo::default() };
        let fips = codes.country(code).fips;
        if fips.is_empty() {
            return Geo::default();
        }
        let empty = String::new;
        Geo {
            kind: 1,
            name: codes.usual_name(code).unwrap_or_default().to_owned(),
            country: fips.to_owned(),
            latitude: empty(),
            longitude: empty(),
            feature: fips.to_owned(),
        }
    }

    /// The eight columns of an event: type, name, country, two administrative divisions, latitude, longitude, feature. The
    /// first division is told as GDELT tells it where it is not known: by the country alone.
    pub fn columns(self) -> [String; 8] {
        let Geo { kind, name, country, latitude, longitude, feature } = self;
        [kind.to_string(), name, country.clone(), country, String::new(), latitude, longitude, feature]
    }

    /// The fields of a block of the GKG: type, name, country, first division, latitude, longitude, feature.
    pub fn block(&self) -> String {
        let name = self.name.replace(['#', ';'], " ");
        let Geo { kind, country, latitude, longitude, feature, .. } = self;
        format!("{kind}#{name}#{country}#{country}#{latitude}#{longitude}#{feature}")
    }

    /// The same with the second division, as the later version of the GKG has it.
    pub fn enhanced_block(&self) -> String {
        let name = self.name.replace(['#', ';'], " ");
        let Geo { kind, country, latitude, longitude, feature, .. } = self;
        format!("{kind}#{name}#{country}#{country}##{latitude}#{longitude}#{feature}")
    }
}
