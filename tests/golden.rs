//! Golden articles: the whole walk from a file to the rows of actors, events and figures, in a form that a person can
//! review in a diff. `BROADSHEET_UPDATE_GOLDEN=1 cargo test --release --test golden` rewrites the expectations.
#![allow(missing_docs)]

mod support;

use std::{collections::BTreeMap, fmt::Write, path::Path};
use support::*;
use tempfile::tempdir;

const SAMPLE: [&str; 2] = ["<!-- sample: written by tests/golden.rs -->\n", "<!-- end of sample -->"];
/// Rows of each table in the README.
const SHOWN: usize = 8;

fn or_dash(s: &str) -> &str {
    if s.is_empty() { "-" } else { s }
}

/// The rows of one article, a line each.
fn render(out: &Path) -> String {
    let mut text = String::from("# actors: name | kind | country | sector | role | former | mentions\n");
    for r in rows(out, "actors") {
        let cells =
            ["name", "kind", "country", "sector", "role", "former", "mentions"].map(|c| or_dash(&r[c]).to_string());
        writeln!(text, "{}", cells.join(" | ")).unwrap();
    }
    text.push_str(
        "\n# events: sentence | trigger | type mode | actors -> recipients | date | place | status | said by\n",
    );
    let mut events: Vec<(String, Row, Vec<String>, Vec<String>)> = Vec::new();
    let names: BTreeMap<String, String> =
        rows(out, "actors").into_iter().map(|r| (r["actor_id"].clone(), r["name"].clone())).collect();
    for r in rows(out, "events") {
        let key = format!("{} {}", r["event_id"], r["start"]);
        if events.last().is_none_or(|(k, ..)| *k != key) {
            events.push((key, r.clone(), Vec::new(), Vec::new()));
        }
        if let Some((.., actors, recipients)) = events.last_mut() {
            for (list, column) in [(actors, "actor_name"), (recipients, "recipient_name")] {
                if !r[column].is_empty() && !list.contains(&r[column]) {
                    list.push(r[column].clone());
                }
            }
        }
    }
    for (_, r, actors, recipients) in &events {
        let kind = format!("{} {}", r["event_type"], r["event_mode"]);
        let parties = format!("{} -> {}", or_dash(&actors.join(", ")), or_dash(&recipients.join(", ")));
        let said = names.get(&r["attributed_to"]).cloned().unwrap_or(r["attributed_to"].clone());
        let place = format!("{} {}", or_dash(&r["place_name"]), r["place_country"]);
        let cells = [
            &r["sentence"],
            &r["trigger"],
            kind.trim(),
            &parties,
            or_dash(&r["event_date"]),
            place.trim(),
            &r["status"],
            or_dash(&said),
        ];
        writeln!(text, "{}", cells.join(" | ")).unwrap();
    }
    text.push_str("\n# figures: sentence | text | value | unit | kind | qualifier | of | change | country\n");
    for r in rows(out, "figures") {
        let value =
            if r["value_max"].is_empty() { r["value"].clone() } else { format!("{}..{}", r["value"], r["value_max"]) };
        let cells = [
            &r["sentence"],
            &r["text"],
            &value,
            &r["unit"],
            &r["unit_kind"],
            &r["qualifier"],
            or_dash(&r["quantity_of"]),
            or_dash(&r["change"]),
            or_dash(&r["place_country"]),
        ];
        writeln!(text, "{}", cells.join(" | ")).unwrap();
    }
    text
}

#[test]
fn golden_articles() {
    let update = std::env::var_os("BROADSHEET_UPDATE_GOLDEN").is_some();
    let mut folders: Vec<_> =
        std::fs::read_dir(root().join("tests/golden")).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    assert!(!folders.is_empty(), "no golden articles");
    let mut differ = Vec::new();
    for folder in folders {
        let article = std::fs::read_dir(&folder)
            .unwrap()
            .map(|e| e.unwrap().path())
            .find(|p| p.file_stem().is_some_and(|s| s == "article"))
            .unwrap_or_else(|| panic!("{} has no article", folder.display()));
        let dir = tempdir().unwrap();
        let out = dir.path().join("out");
        export(&article, &out, &["--format", "csv"]);
        let (got, path) = (render(&out), folder.join("expected.txt"));
        if update {
            std::fs::write(&path, got).unwrap();
        } else if std::fs::read_to_string(&path).unwrap_or_default() != got {
            differ.push(format!("{}\n--- got\n{got}", path.display()));
        }
    }
    assert!(
        differ.is_empty(),
        "rows differ from what is expected:\n{}\nBROADSHEET_UPDATE_GOLDEN=1 accepts them",
        differ.join("\n")
    );
}

fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut out = line(&header.iter().map(|h| (*h).to_string()).collect::<Vec<_>>());
    out.push_str(&line(&vec!["---".to_string(); header.len()]));
    rows.for_each(|cells| out.push_str(&line(&cells)));
    out
}

/// Some rows of what `make export` writes, for the README: the surest events with both parties, and figures.
fn sample() -> String {
    let dir = tempdir().unwrap();
    let out = dir.path().join("out");
    export(&root().join("data/articles"), &out, &["--format", "csv"]);
    let texts: BTreeMap<String, String> =
        rows(&out, "articles").into_iter().map(|r| (r["article_id"].clone(), r["text"].clone())).collect();
    let party = |r: &Row, side: &str| {
        let code = [&r[&format!("{side}_country")], &r[&format!("{side}_sector")]];
        format!("{} ({})", r[&format!("{side}_name")], code.map(|c| or_dash(c)).join(" "))
    };
    let mut events = rows(&out, "events");
    events.retain(|r| {
        !r["actor_country"].is_empty() && !r["recipient_country"].is_empty() && !r["event_date"].is_empty()
    });
    // One an article, the surest first; the order of the table decides ties.
    events.sort_by(|a, b| b["confidence"].parse::<f64>().unwrap().total_cmp(&a["confidence"].parse().unwrap()));
    let mut seen = std::collections::BTreeSet::new();
    events.retain(|r| seen.insert((r["article_id"].clone(), r["event_type"].clone())));
    let cells = events.iter().take(SHOWN).map(|r| {
        let kind = format!("{} {}", r["event_type"], r["event_mode"]).trim().to_string();
        let word = slice(&texts[&r["article_id"]], &r["start"], &r["end"]);
        vec![r["event_date"].clone(), party(r, "actor"), kind, party(r, "recipient"), r["cameo_code"].clone(), word]
    });
    let mut text = table(&["event_date", "actor", "type, mode", "recipient", "cameo", "trigger"], cells);
    let mut figures = rows(&out, "figures");
    figures.retain(|r| !r["quantity_of"].is_empty() && r["text"].contains(' '));
    let mut seen = std::collections::BTreeSet::new();
    figures.retain(|r| seen.insert((r["article_id"].clone(), r["unit_kind"].clone())));
    let columns = ["text", "value", "unit", "qualifier", "quantity_of", "change"];
    let cells = figures.iter().take(SHOWN).map(|r| columns.map(|c| r[c].clone()).to_vec());
    text.push('\n');
    text.push_str(&table(&columns, cells));
    text
}

#[test]
fn the_readme_shows_what_make_export_writes() {
    let path = root().join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let start = readme.find(SAMPLE[0]).expect("the README has a sample") + SAMPLE[0].len();
    let end = start + readme[start..].find(SAMPLE[1]).expect("the sample ends");
    let got = sample();
    if std::env::var_os("BROADSHEET_UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, format!("{}{got}{}", &readme[..start], &readme[end..])).unwrap();
    } else {
        assert_eq!(readme[start..end], got, "BROADSHEET_UPDATE_GOLDEN=1 accepts it");
    }
}
