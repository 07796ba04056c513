//! POLECAT's layout: one tab-separated file with a header and 40 columns, one row a report. What we don't know is empty:
//! Wikipedia identifiers, districts, provinces and the type of a place. Docs/formats.md says what is filled from what.

use crate::{
    ExportError,
    codes::Codes,
    document::Page,
    format::POLECAT_FILE,
    layout::Layout,
    report::{Report, hash, reports},
    tsv::TsvFile,
};
use broadsheet_normalize::{Actor, ActorKind};

const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Event Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// The file, being written.
pub(crate) struct Polecat {
    file: TsvFile,
    codes: Codes,
}

impl Polecat {
    pub fn create(path: std::path::PathBuf, codes: Codes) -> Result<Self, ExportError> {
        let mut file = TsvFile::create(path)?;
        file.header(&COLUMNS)?;
        Ok(Self { file, codes })
    }
}

impl Layout for Polecat {
    fn append(&mut self, pages: &[Page<'_>]) -> Result<(), ExportError> {
        for page in pages {
            let story = Story::of(page);
            for report in reports(page) {
                self.file.push(&row(page, &report, &story, &self.codes))?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<(&'static str, u64)>, ExportError> {
        Ok(vec![(POLECAT_FILE, self.file.finish()?)])
    }
}

/// What the rows of one article share.
struct Story {
    source: String,
    published: String,
    people: String,
    organizations: String,
    locations: String,
    language: String,
}

impl Story {
    fn of(page: &Page<'_>) -> Story {
        let article = page.article;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let named = |kinds: &[ActorKind]| {
            let actors = page.findings.actors.iter().filter(|actor| kinds.contains(&actor.kind));
            list(actors.map(|actor| actor.name.as_str()))
        };
        Story {
            source: article.publisher.clone().or_else(|| article.domain.clone()).unwrap_or_default(),
            published: article.published_at.map(|at| at.strftime("%Y-%m-%d").to_string()).unwrap_or_default(),
            people: named(&[ActorKind::Person]),
            organizations: named(&[ActorKind::Organization]),
            locations: named(&[ActorKind::Country, ActorKind::Place]),
            language: text(&article.language),
        }
    }
}

fn row(page: &Page<'_>, report: &Report<'_>, story: &Story, codes: &Codes) -> Vec<String> {
    let event = report.event;
    let id = |actor: Option<&Actor>| actor.map_or("", |a| a.actor_id.as_str()).to_owned();
    let (actor, recipient) = (id(report.actor), id(report.recipient));
    let place = event.place.as_ref();
    let country = place.and_then(|p| p.country.as_deref()).unwrap_or_default();
    let name = place.map_or("", |p| p.name.as_str());
    // Only what the gazetteer put on the map as neither a country nor a region is a city for sure.
    let is_city = place.is_some_and(|p| p.latitude.is_some())
        && !codes.is_country(name, country)
        && !codes.is_region(name, country);
    let number = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
    let mut row = vec![
        format!("{:016x}", hash([event.event_id.as_str(), &actor, &recipient])),
        event.event_date.map(|day| day.to_string()).unwrap_or_default(),
        event.event_type.clone(),
        event.event_mode.clone().unwrap_or_default(),
        event.plover_score.to_string(),
        event.quad_class.to_string(),
        list(event.contexts.iter().map(String::as_str)),
    ];
    row.extend(side(page, report.actor, codes));
    row.extend(side(page, report.recipient, codes));
    row.extend([
        name.to_owned(),
        if is_city { name.to_owned() } else { String::new() },
        String::new(),
        if codes.is_region(name, country) { name.to_owned() } else { String::new() },
        country.to_owned(),
        number(place.and_then(|p| p.latitude)),
        number(place.and_then(|p| p.longitude)),
        place.and_then(|p| p.geonames_id).map(|id| id.to_string()).unwrap_or_default(),
        name.to_owned(),
        String::new(),
        story.source.clone(),
        story.published.clone(),
        story.people.clone(),
        story.organizations.clone(),
        story.locations.clone(),
        story.language.clone(),
        concat!("broadsheet ", env!("CARGO_PKG_VERSION")).to_owned(),
    ]);
    row
}

/// The eight columns of an actor or a recipient.
fn side(page: &Page<'_>, actor: Option<&Actor>, codes: &Codes) -> [String; 8] {
    let Some(actor) = actor else { return Default::default() };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        actor.name.clone(),
        text(&actor.country),
        codes.country(actor.country.as_deref().unwrap_or_default()).cow.to_owned(),
        text(&actor.sector),
        text(&actor.sector),
        text(&actor.role),
        page.slice(actor.start, actor.end).to_owned(),
        String::new(),
    ]
}

/// A list in one cell: joined by `;`, each value once, in order.
fn list<'t>(values: impl Iterator<Item = &'t str>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for value in values {
        let value = value.replace(';', ",");
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen.join(";")
}
