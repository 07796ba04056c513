//! The tables' definitions against the contract, and the documentation against the definitions.

use broadsheet_export::{SchemaFormat, Table, schema};
use std::{fs, path::Path};

/// The contract: every table with its columns in order. A change here is a new major version.
const CONTRACT: &str = "
articles: article_id source_id url domain publisher title authors published_at published_basis modified_at language section text title_end words duplicate_of source_path source_offset
actors: actor_id article_id name kind country sector role former mentions start end
mentions: article_id actor_id kind start end text
events: event_id article_id sentence event_date event_date_end date_basis event_type event_mode contexts cameo_code quad_class plover_score goldstein status actor_id actor_name actor_country actor_sector recipient_id recipient_name recipient_country recipient_sector place_name place_country latitude longitude geonames_id attributed_to start end trigger sentence_start sentence_end frame confidence
figures: figure_id article_id sentence value value_max qualifier unit unit_kind unit_text quantity_of quantity_of_start quantity_of_end change role event_id actor_id place_country date start end text confidence
times: article_id type value date_from date_to start end text
quotes: quote_id article_id speaker_id speaker_name cue direct start end text
tokens: article_id sentence index start end text lemma tag pos head dep entity_type entity_iob
rejects: source_path source_offset stage code message
dyad_days: event_date actor_country recipient_country event_type quad_class events articles publishers mean_plover_score
actor_days: event_date actor_id name country mentions articles events
country_dyad_months: month actor_country recipient_country events verbal_cooperation material_cooperation verbal_conflict material_conflict articles publishers mean_plover_score
event_type_weeks: week event_type quad_class events articles publishers mean_plover_score
";

#[test]
fn columns_are_those_of_the_contract() {
    let defined: Vec<String> = Table::ALL
        .iter()
        .map(|table| {
            let columns: Vec<&str> = table.spec().columns.iter().map(|c| c.name).collect();
            format!("{table}: {}", columns.join(" "))
        })
        .collect();
    assert_eq!(defined, CONTRACT.trim().lines().collect::<Vec<_>>());
}

#[test]
fn every_table_and_column_is_described() {
    for table in Table::ALL {
        let spec = table.spec();
        assert!(spec.description.ends_with('.'), "{table}: {}", spec.description);
        for column in spec.columns {
            let d = column.description;
            assert!(d.len() > 3 && !d.ends_with('.') && !d.contains(['|', '\n']), "{table}.{}: {d}", column.name);
        }
    }
}

#[test]
fn documentation_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/tables.md");
    let current = schema(None, SchemaFormat::Markdown);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &current).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == current, "docs/tables.md is not current: run the tests of broadsheet-export with UPDATE_DOCS=1");
}

#[test]
fn schema_is_printed_in_three_forms() {
    let text = schema(Some(Table::Quotes), SchemaFormat::Text);
    assert!(text.starts_with("quotes\n  One row per statement"), "{text}");
    assert!(text.contains("  speaker_id    text?"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&schema(None, SchemaFormat::Json)).unwrap();
    assert_eq!(json.as_array().unwrap().len(), Table::ALL.len());
    let one: serde_json::Value = serde_json::from_str(&schema(Some(Table::Times), SchemaFormat::Json)).unwrap();
    assert_eq!(one["columns"][3]["name"], "date_from");
    assert_eq!(one["columns"][3]["type"], "date");
    assert_eq!(one["columns"][3]["nullable"], true);
    assert!(schema(Some(Table::Times), SchemaFormat::Markdown).contains("| `type` | text | TIMEX3 type"));
}

#[test]
fn lists_of_tables_are_read() {
    assert_eq!(Table::parse_list("figures, events").unwrap(), [Table::Events, Table::Figures]);
    assert_eq!(Table::parse_list("all").unwrap(), Table::ALL);
    assert!(!Table::parse_list("default").unwrap().contains(&Table::Tokens));
    let error = Table::parse_list("event").unwrap_err().to_string();
    assert!(error.starts_with("no table `event`: the tables are articles, actors"), "{error}");
}
