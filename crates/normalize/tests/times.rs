//! Time expressions of single sentences: `specs/times.json` holds the text, the day of publication, the host where it
//! matters, and what is in it as `[words, type, value]`.

use broadsheet_language::Model;
use broadsheet_normalize::{Lexicons, Time, TimeType, repair, times, tree::Tree};
use serde_json::Value;

fn read(model: &Model, lexicons: &Lexicons, text: &str, published: Option<&str>, domain: Option<&str>) -> Vec<Time> {
    let mut reading = model.read(&[text]).remove(0);
    repair::repair(&mut reading);
    let tree = Tree::new(&reading);
    let anchor = times::Anchor { day: published.map(|d| d.parse().unwrap()), domain };
    times::find(&reading, &tree, anchor, &lexicons.times)
}

fn words(text: &str, t: &Time) -> String {
    text.chars().skip(t.start as usize).take((t.end - t.start) as usize).collect()
}

#[test]
fn specs_hold() {
    let (model, lexicons) = (Model::load().unwrap(), Lexicons::load().unwrap());
    let specs: Vec<Value> = serde_json::from_str(include_str!("specs/times.json")).unwrap();
    assert!(specs.len() >= 450);
    let mut wrong = Vec::new();
    for spec in &specs {
        let text = spec["text"].as_str().unwrap();
        let got: Vec<Value> = read(&model, &lexicons, text, spec["published"].as_str(), spec["domain"].as_str())
            .iter()
            .map(|t| {
                let kind = match t.kind {
                    TimeType::Date => "DATE",
                    TimeType::Time => "TIME",
                    TimeType::Duration => "DURATION",
                    TimeType::Set => "SET",
                };
                serde_json::json!([words(text, t), kind, t.value])
            })
            .collect();
        if Value::Array(got.clone()) != spec["times"] {
            wrong.push(format!("{text}\n  want {}\n  got  {}", spec["times"], Value::Array(got)));
        }
    }
    assert!(wrong.is_empty(), "{} of {} specs fail:\n{}", wrong.len(), specs.len(), wrong.join("\n"));
}

#[test]
fn intervals_lie_on_the_calendar() {
    let (model, lexicons) = (Model::load().unwrap(), Lexicons::load().unwrap());
    for (text, from, to) in [
        ("The fair opened on August 20.", "2025-08-20", "2025-08-20"),
        ("Exports fell in June.", "2025-06-01", "2025-06-30"),
        ("Officials visited Lima last week.", "2025-08-11", "2025-08-17"),
        ("The firm lost money in the past three years.", "2022-08-23", "2025-08-23"),
        ("The firm will grow in the next two weeks.", "2025-08-23", "2025-09-06"),
        ("Sales rose in the second quarter.", "2025-04-01", "2025-06-30"),
        ("He grew up in the 1990s.", "1990-01-01", "1999-12-31"),
        ("The vase is from the 16th century.", "1500-01-01", "1599-12-31"),
        ("Sales fell in the second half of 2022.", "2022-07-01", "2022-12-31"),
        ("Sales fell at the end of the month.", "2025-08-01", "2025-08-31"),
        ("The party lost power in autumn 2021.", "2021-09-01", "2021-11-30"),
        ("Storms hit the coast last weekend.", "2025-08-16", "2025-08-17"),
        ("The shares fell in the past week.", "2025-08-16", "2025-08-23"),
        ("The trial opens in the week of September 1.", "2025-09-01", "2025-09-07"),
        ("The quake hit at 4:15 a.m. on Tuesday.", "2025-08-19", "2025-08-19"),
        ("The plant closed on Christmas Day 1998.", "1998-12-25", "1998-12-25"),
    ] {
        let found = read(&model, &lexicons, text, Some("2025-08-23"), None);
        let got = found.first().map(|t| (t.from.unwrap().to_string(), t.to.unwrap().to_string()));
        assert_eq!(got, Some((from.to_string(), to.to_string())), "in `{text}`");
    }
}

#[test]
fn odd_text_does_no_harm() {
    let (model, lexicons) = (Model::load().unwrap(), Lexicons::load().unwrap());
    for text in [
        "",
        " ",
        "\n\n",
        "99999999999999999999 years ago",
        "last",
        "the",
        "of the",
        "31 February 2025",
        "February 30",
        "2025-99-99",
        "9999 centuries later",
        "the 99th century",
        "a",
        "1/2",
        "5 1/2",
        "December 31, 9999",
        "Monday,",
        "in the",
        "-",
        "1000000000 days from now",
        "mid-",
        "the week of",
        "every",
        "Q9 2025",
        "०५:३० am",
        "½",
        "٣ days ago",
    ] {
        for published in [None, Some("2025-08-23"), Some("0001-01-01"), Some("9999-12-31")] {
            for t in read(&model, &lexicons, text, published, None) {
                assert!(t.start < t.end && t.end as usize <= text.chars().count(), "in `{text}`");
            }
        }
    }
}
