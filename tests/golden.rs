//! Golden articles: the whole walk from a file to the rows of actors, events and figures, in a form that a person can
//! review in a diff. `BROADSHEET_UPDATE_GOLDEN=1 cargo test --release --test golden` rewrites the expectations.
#![allow(missing_docs)]

mod support;

use std::{collections::BTreeMap, fmt::Write, path::Path};
use support::*;
use tempfile::tempdir;

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
