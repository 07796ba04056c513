//! Copies of one story, made by the edits that papers really do, and other stories about the same things.

use broadsheet_ingest::{Article, Duplicates, Format, RawArticle, Sketch, article};

/// Numbers in a fixed sequence.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn chance(&mut self, of_ten: usize) -> bool {
        self.below(10) < of_ten
    }
}

const WHO: [&str; 16] = [
    "the government",
    "the council",
    "the mayor",
    "a spokesman",
    "the opposition",
    "the union",
    "the ministry",
    "residents",
    "the company",
    "police",
    "the court",
    "aid workers",
    "the army",
    "analysts",
    "the governor",
    "teachers",
];
const DID: [&str; 16] = [
    "said",
    "announced",
    "warned",
    "rejected the claim",
    "confirmed",
    "denied",
    "told reporters",
    "agreed",
    "argued",
    "insisted",
    "complained",
    "promised",
    "reported",
    "estimated",
    "decided",
    "repeated",
];
const WHAT: [&str; 20] = [
    "that prices would rise",
    "that the road was closed",
    "that talks had stalled",
    "that the dam was safe",
    "that schools would open",
    "that the vote was fair",
    "that the strike would go on",
    "that the border was quiet",
    "that the harvest had failed",
    "that the plant would close",
    "that taxes were too high",
    "that the bridge needed repair",
    "that the storm had passed",
    "that hospitals were full",
    "that the deal was near",
    "that water was scarce",
    "that the contract was void",
    "that trains were late",
    "that the fire was out",
    "that the market had calmed",
];
const WHEN: [&str; 10] = [
    "on Monday",
    "late on Tuesday",
    "earlier this week",
    "after a meeting",
    "in a statement",
    "on Thursday night",
    "in an interview",
    "despite the criticism",
    "for the third time this year",
    "before the hearing",
];
const WHERE: [&str; 12] = [
    "in the capital",
    "near the coast",
    "in the northern province",
    "at the port",
    "in the mountain villages",
    "outside the court",
    "along the river",
    "in the old town",
    "at the border crossing",
    "in the industrial zone",
    "in the south",
    "on the island",
];

fn sentence(dice: &mut Dice) -> String {
    let amount = dice.below(900) + 2;
    match dice.below(3) {
        0 => format!("{} {} {} {} {}.", dice.of(&WHO), dice.of(&DID), dice.of(&WHEN), dice.of(&WHAT), dice.of(&WHERE)),
        1 => format!(
            "{}, {} {} {}, and {amount} people were affected.",
            dice.of(&WHEN),
            dice.of(&WHO),
            dice.of(&DID),
            dice.of(&WHAT)
        ),
        _ => format!(
            "{} {} {} {}, which cost {amount} million {}.",
            dice.of(&WHERE),
            dice.of(&WHO),
            dice.of(&DID),
            dice.of(&WHAT),
            dice.of(&WHEN)
        ),
    }
}

fn paragraph(dice: &mut Dice) -> String {
    (0..2 + dice.below(3)).map(|_| sentence(dice)).collect::<Vec<_>>().join(" ")
}

fn story(dice: &mut Dice) -> Vec<String> {
    (0..6 + dice.below(14)).map(|_| paragraph(dice)).collect()
}

/// The edits that papers do to a story of an agency; at least one of them, mostly several.
fn copy(story: &[String], dice: &mut Dice) -> Vec<String> {
    let mut copy = story.to_vec();
    if dice.chance(6) {
        // Cut from the end, to half of it at most.
        let kept = copy.len() - dice.below(copy.len() / 2 + 1);
        copy.truncate(kept);
    }
    if dice.chance(5) {
        copy[0] = format!("{} (AP) — {}", dice.of(&["MALMBERG", "VARNA, Bulgaria", "PORT CITY"]), copy[0]);
    }
    if dice.chance(5) {
        copy.insert(
            0,
            format!("By {} {}", dice.of(&["ANA", "Bo", "Carla"]), dice.of(&["RUIZ", "Lind, Associated Press", "Diaz"])),
        );
    }
    if dice.chance(4) {
        let notice = "Copyright 2026 The Associated Press. All rights reserved. This material may not be published, broadcast, rewritten or redistributed without permission.";
        copy.push(notice.to_owned());
    }
    if dice.chance(4) {
        let at = dice.below(copy.len()) + 1;
        copy.insert(at, paragraph(dice));
    }
    if dice.chance(3) {
        // The house's style.
        copy = copy
            .iter()
            .map(|text| text.replace("\"", "”").replace(" million", "m").replace("police", "Police"))
            .collect();
    }
    copy
}

fn read(number: usize, title: &str, story: &[String], hour: usize) -> Article {
    let record = serde_json::json!({
        "url": format!("https://example.com/{number}"), "title": title, "text": story.join("\n\n"),
        "date": format!("2026-11-{:02}T{:02}:00:00Z", 1 + hour / 24, hour % 24),
    });
    let bytes = record.to_string().into_bytes();
    article(&RawArticle {
        source_path: "x.jsonl".to_owned(),
        source_offset: number as u64,
        format: Format::Json,
        bytes,
    })
    .unwrap()
}

fn add(duplicates: &mut Duplicates, article: &Article) {
    duplicates.add(article, Sketch::of(article));
}

#[test]
fn copies_are_found_and_other_stories_are_not() {
    let mut dice = Dice(7);
    let (mut articles, mut originals) = (Vec::new(), Vec::new());
    for number in 0..600 {
        let original = story(&mut dice);
        let hour = dice.below(300);
        originals.push((articles.len(), articles.len()));
        articles.push(read(articles.len(), &sentence(&mut dice), &original, hour));
        let of = articles.len() - 1;
        if number % 2 == 0 {
            // A copy, hours later.
            let copied = copy(&original, &mut dice);
            originals.push((articles.len(), of));
            articles.push(read(articles.len(), &sentence(&mut dice), &copied, hour + 1 + dice.below(48)));
        } else {
            // A new story of the next day that repeats a third of the old one as its background.
            let mut next = story(&mut dice);
            next.truncate(original.len());
            next.extend_from_slice(&original[original.len() * 2 / 3..]);
            originals.push((articles.len(), articles.len()));
            articles.push(read(articles.len(), &sentence(&mut dice), &next, hour + 24));
        }
    }
    let mut duplicates = Duplicates::default();
    articles.iter().for_each(|article| add(&mut duplicates, article));
    let found = duplicates.originals();
    let expected: Vec<(&str, &str)> = originals
        .iter()
        .filter(|(at, of)| at != of)
        .map(|(at, of)| (articles[*at].article_id.as_str(), articles[*of].article_id.as_str()))
        .collect();
    let right = expected.iter().filter(|(copy, of)| found.get(*copy).is_some_and(|found| found == of)).count();
    let (recall, precision) = (right as f64 / expected.len() as f64, right as f64 / found.len() as f64);
    eprintln!("recall {recall:.3}, precision {precision:.3} of {} copies", expected.len());
    assert!(recall >= 0.95 && precision >= 0.99, "recall {recall}, precision {precision}");
}

#[test]
fn the_earliest_is_the_original_in_whatever_order_they_come() {
    let mut dice = Dice(11);
    let original = story(&mut dice);
    let copies = [
        original.clone(),
        [original.clone(), vec![paragraph(&mut dice)]].concat(),
        original[..original.len() - 1].to_vec(),
    ];
    let articles: Vec<Article> =
        copies.iter().zip([5, 1, 9]).enumerate().map(|(n, (copy, hour))| read(n, "A title", copy, hour)).collect();
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let mut duplicates = Duplicates::default();
        order.iter().for_each(|at| add(&mut duplicates, &articles[*at]));
        let found: Vec<(String, String)> = duplicates.originals().into_iter().collect();
        let mut expected = [0, 2].map(|at| (articles[at].article_id.clone(), articles[1].article_id.clone())).to_vec();
        expected.sort();
        assert_eq!(found, expected, "{order:?}");
    }
    // At the same time the first counts, and one without a time is the last.
    let mut same =
        [read(0, "A title", &original, 5), read(1, "Another", &original, 5), read(2, "A third", &original, 5)];
    same[0].published_at = None;
    let mut duplicates = Duplicates::default();
    same.iter().for_each(|article| add(&mut duplicates, article));
    let found = duplicates.originals();
    assert_eq!(found.len(), 2);
    assert!(found.values().all(|of| *of == same[1].article_id));
}

#[test]
fn short_texts_are_never_copies() {
    let brief = vec!["Markets are closed today for the holiday.".to_owned()];
    let mut duplicates = Duplicates::default();
    (0..3).for_each(|number| add(&mut duplicates, &read(number, "Notice", &brief, number)));
    assert!(duplicates.originals().is_empty());
}
