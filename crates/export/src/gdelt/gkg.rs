//! A row of the Global Knowledge Graph 2.1: one article in 27 columns.

use super::{collection, document, place::Geo, source, stamp};
use crate::{codes::Codes, document::Page};
use broadsheet_normalize::{Actor, ActorKind, Figure, FigureRole, TimeType, UnitKind};
use std::fmt::Write as _;

pub(super) fn row(page: &Page<'_>, number: u32, codes: &Codes) -> Vec<String> {
    let article = page.article;
    let stamp = stamp(article);
    let all = places(page, codes);
    let (persons, organizations) = (named(page, &[ActorKind::Person]), named(page, &[ActorKind::Organization]));
    let people = [ActorKind::Person, ActorKind::Organization, ActorKind::Country, ActorKind::Place];
    let themes = themes(page, codes);
    let counts = counts(page, codes);
    let none = String::new;
    vec![
        // Where the time of publication is not known, zeros keep the form.
        format!("{}-{number}", if stamp.is_empty() { "00000000000000" } else { &stamp }),
        stamp,
        collection(article).to_owned(),
        source(article).to_owned(),
        document(article),
        blocks(counts.iter().map(|(count, _)| count.clone())),
        blocks(counts.iter().map(|(count, offset)| format!("{count}#{offset}"))),
        blocks(once(themes.iter().map(|(theme, _)| (*theme).to_owned()))),
        blocks(themes.iter().map(|(theme, offset)| format!("{theme},{offset}"))),
        blocks(once(all.iter().map(|(geo, _)| geo.block()))),
        blocks(all.iter().map(|(geo, offset)| format!("{}#{offset}", geo.enhanced_block()))),
        once(persons.iter().map(|(name, _)| name.to_lowercase())).join(";"),
        pairs(&persons),
        once(organizations.iter().map(|(name, _)| name.to_lowercase())).join(";"),
        pairs(&organizations),
        none(), // tone
        blocks(dates(page)),
        format!("wc:{}", article.words),
        none(), // sharing image
        none(), // related images
        none(), // image embeds
        none(), // video embeds
        quotations(page),
        pairs(&named(page, &people)),
        amounts(page),
        none(), // translation
        extras(page),
    ]
}

/// Blocks, each ended by `;`.
fn blocks(blocks: impl IntoIterator<Item = String>) -> String {
    blocks.into_iter().fold(String::new(), |mut out, block| {
        let _ = write!(out, "{block};");
        out
    })
}

/// Blocks of a name and its offset, joined by `;`.
fn pairs(named: &[(String, u32)]) -> String {
    named.iter().map(|(name, offset)| format!("{name},{offset}")).collect::<Vec<_>>().join(";")
}

/// Each value once, in order.
fn once(values: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    values.for_each(|value| {
        if !seen.contains(&value) {
            seen.push(value);
        }
    });
    seen
}

/// A text without the signs that stand between blocks and fields.
fn clean(text: &str) -> String {
    text.replace([';', ',', '#', '|', '\n', '\r', '\t'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The actors of these kinds with every place that names them.
fn named(page: &Page<'_>, kinds: &[ActorKind]) -> Vec<(String, u32)> {
    let wanted = |actor: &&Actor| kinds.contains(&actor.kind);
    let mentions = page.findings.mentions.iter().filter(|m| m.kind == broadsheet_normalize::MentionKind::Name);
    let one =
        |m: &broadsheet_normalize::Mention| Some((clean(&page.actor(Some(m.actor)).filter(wanted)?.name), m.start));
    mentions.filter_map(one).collect()
}

/// Casualties and crowds: `type#number#object#` and the place, with their offsets.
fn counts(page: &Page<'_>, codes: &Codes) -> Vec<(String, u32)> {
    let count = |figure: &Figure| {
        let kind = codes.count(figure.role.map(FigureRole::name)?)?;
        let object = figure.quantity_of.as_deref().or(figure.unit_text.as_deref()).map(clean).unwrap_or_default();
        let event = page.findings.events.iter().find(|e| Some(&e.event_id) == figure.event_id.as_ref());
        let geo = event.map(|event| Geo::of_event(event, codes)).unwrap_or_default();
        Some((format!("{kind}#{}#{object}#{}", figure.value, geo.block()), figure.start))
    };
    page.findings.figures.iter().filter_map(count).collect()
}

/// The themes of the events' contexts, with the place of the event.
fn themes<'c>(page: &Page<'_>, codes: &'c Codes) -> Vec<(&'c str, u32)> {
    let events = page.findings.events.iter();
    let mut themes: Vec<(&str, u32)> =
        events.flat_map(|e| e.contexts.iter().filter_map(|c| Some((codes.theme(c)?, e.start)))).collect();
    themes.dedup();
    themes
}

/// Where events took place, and the countries that are named.
fn places(page: &Page<'_>, codes: &Codes) -> Vec<(Geo, u32)> {
    let events = page.findings.events.iter().map(|event| (Geo::of_event(event, codes), event.start));
    let mentions = page.findings.mentions.iter();
    let actors = mentions.map(|m| (Geo::of_actor(page.actor(Some(m.actor)), codes), m.start));
    let mut places: Vec<(Geo, u32)> = events.chain(actors).filter(|(geo, _)| geo.kind > 0).collect();
    places.sort_by_key(|(_, offset)| *offset);
    places
}

/// Dates as `resolution#month#day#year#offset`: 1 a year, 2 a month of a year, 3 a day.
fn dates(page: &Page<'_>) -> Vec<String> {
    let dates = page.findings.times.iter().filter(|t| t.kind == TimeType::Date);
    let block = |time: &broadsheet_normalize::Time| {
        let parts: Vec<u16> = time.value.split('-').map(|p| p.parse().ok()).collect::<Option<_>>()?;
        let (resolution, year, month, day) = match *parts.as_slice() {
            [year] if time.value.len() == 4 => (1, year, 0, 0),
            [year, month] => (2, year, month, 0),
            [year, month, day] => (3, year, month, day),
            _ => return None,
        };
        Some(format!("{resolution}#{month}#{day}#{year}#{}", time.start))
    };
    dates.filter_map(block).collect()
}

/// Direct quotations as `offset|length|verb|quote`, joined by `#`.
fn quotations(page: &Page<'_>) -> String {
    let direct = page.findings.quotes.iter().filter(|quote| quote.direct);
    let block = |quote: &broadsheet_normalize::Quote| {
        let words = clean_quote(page.slice(quote.start, quote.end));
        let verb = quote.cue.as_deref().map(clean).unwrap_or_default();
        format!("{}|{}|{verb}|{words}", quote.start, quote.end - quote.start)
    };
    direct.map(block).collect::<Vec<_>>().join("#")
}

fn clean_quote(text: &str) -> String {
    text.replace(['#', '|'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Amounts as `amount,object,offset`; not ratios, ranks and ages, which count nothing.
fn amounts(page: &Page<'_>) -> String {
    let counted = [UnitKind::Count, UnitKind::Money, UnitKind::Measure];
    let figures = page.findings.figures.iter().filter(|f| counted.contains(&f.unit_kind));
    let block = |f: &Figure| {
        let unit = f.unit_text.as_deref().unwrap_or(if f.unit_kind == UnitKind::Count { "" } else { &f.unit });
        let of = f.quantity_of.as_deref().filter(|of| *of != unit).unwrap_or_default();
        format!("{},{},{}", f.value, clean(&format!("{unit} {of}")), f.start)
    };
    blocks(figures.map(block))
}

/// Title and authors, in the tags that GDELT uses for them.
fn extras(page: &Page<'_>) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let article = page.article;
    let mut out = String::new();
    if !article.authors.is_empty() {
        let _ = write!(out, "<PAGE_AUTHORS>{}</PAGE_AUTHORS>", escape(&article.authors.join(";")));
    }
    if let Some(at) = article.published_at {
        let _ = write!(out, "<PAGE_PRECISEPUBTIMESTAMP>{}</PAGE_PRECISEPUBTIMESTAMP>", at.strftime("%Y%m%d%H%M%S"));
    }
    if let Some(title) = &article.title {
        let _ = write!(out, "<PAGE_TITLE>{}</PAGE_TITLE>", escape(title));
    }
    out
}
