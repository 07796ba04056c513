//! GDELT's and POLECAT's files: their columns by name, row by row.

mod common;

use broadsheet_export::{Document, FileFormat, Table};
use broadsheet_normalize::{ActorKind, Figure, FigureRole, Findings, Place, Status};
use common::*;
use jiff::civil::date;
use std::{collections::BTreeMap, fs, path::Path};

const EVENTS: &str = "GLOBALEVENTID SQLDATE MonthYear Year FractionDate Actor1Code Actor1Name Actor1CountryCode \
    Actor1KnownGroupCode Actor1EthnicCode Actor1Religion1Code Actor1Religion2Code Actor1Type1Code Actor1Type2Code \
    Actor1Type3Code Actor2Code Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code \
    Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code IsRootEvent EventCode EventBaseCode \
    EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone Actor1Geo_Type \
    Actor1Geo_FullName Actor1Geo_CountryCode Actor1Geo_ADM1Code Actor1Geo_ADM2Code Actor1Geo_Lat Actor1Geo_Long \
    Actor1Geo_FeatureID Actor2Geo_Type Actor2Geo_FullName Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_ADM2Code \
    Actor2Geo_Lat Actor2Geo_Long Actor2Geo_FeatureID ActionGeo_Type ActionGeo_FullName ActionGeo_CountryCode \
    ActionGeo_ADM1Code ActionGeo_ADM2Code ActionGeo_Lat ActionGeo_Long ActionGeo_FeatureID DATEADDED SOURCEURL";
const MENTIONS: &str = "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier \
    SentenceID Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone \
    MentionDocTranslationInfo Extras";
const GKG: &str = "GKGRECORDID V2.1DATE V2SOURCECOLLECTIONIDENTIFIER V2SOURCECOMMONNAME V2DOCUMENTIDENTIFIER V1COUNTS \
    V2.1COUNTS V1THEMES V2ENHANCEDTHEMES V1LOCATIONS V2ENHANCEDLOCATIONS V1PERSONS V2ENHANCEDPERSONS V1ORGANIZATIONS \
    V2ENHANCEDORGANIZATIONS V1.5TONE V2.1ENHANCEDDATES V2GCAM V2.1SHARINGIMAGE V2.1RELATEDIMAGES \
    V2.1SOCIALIMAGEEMBEDS V2.1SOCIALVIDEOEMBEDS V2.1QUOTATIONS V2.1ALLNAMES V2.1AMOUNTS V2.1TRANSLATIONINFO \
    V2EXTRASXML";

type Row = BTreeMap<String, String>;

/// The rows of a file without quoting, by column; every line has exactly these columns.
fn rows(path: &Path, columns: &[&str], header: usize) -> Vec<Row> {
    let text = fs::read_to_string(path).unwrap();
    let named = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), columns.len(), "{line}");
        columns.iter().zip(cells).map(|(column, cell)| ((*column).to_owned(), cell.to_owned())).collect()
    };
    text.lines().skip(header).map(named).collect()
}

fn gdelt(out: &Path, file: &str, columns: &str) -> Vec<Row> {
    rows(&out.join(file), &columns.split_whitespace().collect::<Vec<_>>(), 0)
}

fn polecat(out: &Path) -> Vec<Row> {
    let text = fs::read_to_string(out.join("polecat.tsv")).unwrap();
    rows(&out.join("polecat.tsv"), &text.lines().next().unwrap().split('\t').collect::<Vec<_>>(), 1)
}

/// Exports in both layouts.
fn export_both(outcomes: &[Outcome]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let formats = [FileFormat::Gdelt, FileFormat::Polecat];
    export_in(dir.path(), &Table::default_set(), &formats, outcomes, 2);
    dir
}

/// An article in which France's government visits the UN in Houston, with a minister who has no code of a country.
fn visit(id: &str, publisher: &str) -> Document {
    let text =
        "Visit\n\nFrance visited the UN in Houston, killing \"none\" but 5 people.\n\nThe minister visited France.";
    let mut article = article(id, text);
    article.domain = Some(publisher.to_owned());
    article.published_at = "2024-03-02T01:02:03Z".parse().ok();
    let mut france = actor(text, "France", Some("FRA"));
    france.kind = ActorKind::Country;
    let mut un = actor(text, "UN", Some("UNO"));
    (un.kind, un.sector) = (ActorKind::Organization, Some("MED".to_owned()));
    let mut minister = actor(text, "minister", None);
    minister.sector = Some("PTY".to_owned());
    let mut first = event("e1", text, "visited", Some(date(2024, 3, 1)), &[0], &[1]);
    (first.sentence_start, first.sentence_end, first.confidence) = (7, 68, 0.77);
    first.contexts = vec!["economic".to_owned(), "military".to_owned()];
    first.place = Some(Place {
        name: "Houston".to_owned(),
        country: Some("USA".to_owned()),
        latitude: Some(29.76),
        longitude: Some(-95.37),
        geonames_id: Some(4_699_066),
    });
    let mut second = event("e2", text, "visited", None, &[2], &[0]);
    (second.start, second.end, second.sentence, second.cameo_code) = (83, 90, 1, Some("0411".to_owned()));
    let dead = Figure {
        unit_text: Some("people".to_owned()),
        role: Some(FigureRole::Killed),
        event_id: Some("e1".to_owned()),
        ..figure(text, "5 people", 5.0, "count")
    };
    let findings = Findings {
        mentions: vec![mention(text, 0, "France"), mention(text, 1, "UN")],
        actors: vec![france, un, minister],
        events: vec![first, second],
        figures: vec![dead],
        ..Findings::default()
    };
    Document { article, reading: None, findings }
}

#[test]
fn gdelt_events_are_counted_over_articles() {
    let dir =
        export_both(&[Ok(visit("a1", "one.example")), Ok(visit("a2", "two.example")), Ok(visit("a3", "two.example"))]);
    let events = gdelt(dir.path(), "gdelt.export.CSV", EVENTS);
    let mentions = gdelt(dir.path(), "gdelt.mentions.CSV", MENTIONS);
    assert_eq!((events.len(), mentions.len()), (2, 6));
    for event in &events {
        let counts = ["NumMentions", "NumSources", "NumArticles"].map(|name| event[name].as_str());
        assert_eq!(counts, ["3", "2", "3"]);
        let id: i64 = event["GLOBALEVENTID"].parse().unwrap();
        assert!(id > 0);
        assert_eq!(mentions.iter().filter(|m| m["GLOBALEVENTID"] == event["GLOBALEVENTID"]).count(), 3);
    }
}

#[test]
fn gdelt_events_have_cameo_and_fips_codes() {
    let dir = export_both(&[Ok(visit("a1", "one.example"))]);
    let events = gdelt(dir.path(), "gdelt.export.CSV", EVENTS);
    let expected = [
        ("SQLDATE", "20240301"),
        ("MonthYear", "202403"),
        ("Year", "2024"),
        ("FractionDate", "2024.2493"),
        ("Actor1Code", "FRAGOV"),
        ("Actor1Name", "FRANCE"),
        ("Actor1CountryCode", "FRA"),
        ("Actor1Type1Code", "GOV"),
        ("Actor2Code", "IGOUNOHLH"),
        ("Actor2CountryCode", ""),
        ("Actor2KnownGroupCode", "UNO"),
        ("Actor2Type1Code", "IGO"),
        ("Actor2Type2Code", "HLH"),
        ("IsRootEvent", "1"),
        ("EventCode", "042"),
        ("EventBaseCode", "042"),
        ("EventRootCode", "04"),
        ("QuadClass", "1"),
        ("GoldsteinScale", "1.9"),
        ("AvgTone", ""),
        ("Actor1Geo_Type", "1"),
        ("Actor1Geo_FullName", "France"),
        ("Actor1Geo_CountryCode", "FR"),
        ("Actor2Geo_Type", "0"),
        ("ActionGeo_Type", "3"),
        ("ActionGeo_FullName", "Houston, United States"),
        ("ActionGeo_CountryCode", "US"),
        ("ActionGeo_Lat", "29.76"),
        ("DATEADDED", "20240302010203"),
        ("SOURCEURL", "https://news.example/a1"),
    ];
    for (column, value) in expected {
        assert_eq!(events[0][column], value, "{column}");
    }
    // A day that the text does not tell is not made up, and a party has no type in CAMEO.
    let expected =
        [("SQLDATE", ""), ("Actor1Code", ""), ("IsRootEvent", "0"), ("EventCode", "0411"), ("EventBaseCode", "041")];
    for (column, value) in expected {
        assert_eq!(events[1][column], value, "{column}");
    }
}

#[test]
fn gdelt_mentions_point_into_the_text() {
    let dir = export_both(&[Ok(visit("a1", "one.example"))]);
    let mention = &gdelt(dir.path(), "gdelt.mentions.CSV", MENTIONS)[0];
    let expected = [
        ("EventTimeDate", "20240302010203"),
        ("MentionType", "1"),
        ("MentionSourceName", "one.example"),
        ("SentenceID", "1"),
        ("Actor1CharOffset", "7"),
        ("Actor2CharOffset", "26"),
        ("ActionCharOffset", "14"),
        ("Confidence", "80"),
        ("MentionDocLen", "99"),
    ];
    for (column, value) in expected {
        assert_eq!(mention[column], value, "{column}");
    }
}

#[test]
fn gkg_records_hold_counts_themes_places_and_names() {
    let dir = export_both(&[Ok(visit("a1", "one.example")), Ok(full("a2"))]);
    let records = gdelt(dir.path(), "gdelt.gkg.csv", GKG);
    let expected = [
        ("GKGRECORDID", "20240302010203-1"),
        ("V1COUNTS", "KILL#5#people#3#Houston, United States#US#US#29.76#-95.37#;"),
        ("V2.1COUNTS", "KILL#5#people#3#Houston, United States#US#US#29.76#-95.37##60;"),
        ("V1THEMES", "MILITARY;"),
        ("V2ENHANCEDTHEMES", "MILITARY,14;"),
        ("V1LOCATIONS", "1#France#FR#FR###FR;3#Houston, United States#US#US#29.76#-95.37#;"),
        ("V2ENHANCEDLOCATIONS", "1#France#FR#FR####FR#7;3#Houston, United States#US#US##29.76#-95.37##14;"),
        ("V1ORGANIZATIONS", "un"),
        ("V2ENHANCEDORGANIZATIONS", "UN,26"),
        ("V1.5TONE", ""),
        ("V2.1ALLNAMES", "France,7;UN,26"),
        ("V2.1AMOUNTS", "5,people,60;"),
        (
            "V2EXTRASXML",
            "<PAGE_PRECISEPUBTIMESTAMP>20240302010203</PAGE_PRECISEPUBTIMESTAMP><PAGE_TITLE>Visit</PAGE_TITLE>",
        ),
    ];
    for (column, value) in expected {
        assert_eq!(records[0][column], value, "{column}");
    }
    assert_eq!(records[1]["V2.1ENHANCEDDATES"], "3#2#26#2024#32;");
    assert_eq!(records[1]["V1PERSONS"], "żółw;ångström");
}

#[test]
fn plans_and_events_without_parties_are_in_neither_layout() {
    let mut document = visit("a1", "one.example");
    document.findings.events[0].status = Status::Planned;
    (document.findings.events[1].actors, document.findings.events[1].recipients) = (vec![], vec![]);
    let dir = export_both(&[Ok(document)]);
    assert!(gdelt(dir.path(), "gdelt.export.CSV", EVENTS).is_empty());
    assert!(polecat(dir.path()).is_empty());
    assert_eq!(gdelt(dir.path(), "gdelt.gkg.csv", GKG).len(), 1, "the article itself is there");
}

#[test]
fn polecat_has_forty_columns_and_cow_numbers() {
    let dir = export_both(&[Ok(visit("a1", "one.example"))]);
    let rows = polecat(dir.path());
    assert_eq!(rows[0].len(), 40);
    let expected = [
        ("Event Date", "2024-03-01"),
        ("Event Type", "CONSULT"),
        ("Event Mode", "visit"),
        ("Event Intensity", "4"),
        ("Quad Code", "1"),
        ("Contexts", "economic;military"),
        ("Actor Country", "FRA"),
        ("Actor COW", "220"),
        ("Primary Actor Sector", "GOV"),
        ("Recipient Country", "UNO"),
        ("Recipient COW", ""),
        ("City", "Houston"),
        ("Country", "USA"),
        ("GeoNames ID", "4699066"),
        ("Publication Date", "2024-03-02"),
        ("Story Organizations", "UN"),
        ("Story Locations", "France"),
    ];
    for (column, value) in expected {
        assert_eq!(rows[0][column], value, "{column}");
    }
    assert_ne!(rows[0]["Event ID"], rows[1]["Event ID"]);
}

#[test]
fn layouts_are_the_same_for_any_batches() {
    let many: Vec<Outcome> = (0..50).map(|i| Ok(visit(&format!("a{i}"), &format!("{}.example", i % 7)))).collect();
    let out = |batch: usize| {
        let dir = tempfile::tempdir().unwrap();
        export_in(dir.path(), &[], &[FileFormat::Gdelt, FileFormat::Polecat], &many, batch);
        ["gdelt.export.CSV", "gdelt.mentions.CSV", "gdelt.gkg.csv", "polecat.tsv"]
            .map(|name| fs::read(dir.path().join(name)).unwrap())
    };
    assert!(out(1) == out(50));
}
