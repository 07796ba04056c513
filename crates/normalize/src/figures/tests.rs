//! Sentences in, figures out. `crates/normalize/tests/figures.txt` holds, for each sentence, what the language model saw
//! in it and the figures it should give, so that these tests need no model.

use super::*;
use crate::{Change, FigureRole};
use broadsheet_language::{Iob, Token};

const CASES: &str = include_str!("../../tests/figures.txt");

/// The labels of the fixtures live as long as the tests.
fn label(s: &str) -> &'static str {
    Box::leak(s.to_string().into_boxed_str())
}

/// The reading of a sentence from its fixture line: `word tag pos lemma head dep entity iob`, joined by `\u{1f}`-free
/// blanks, tokens by tabs.
fn reading(text: &str, line: &str) -> Reading {
    let (mut at, mut tokens) = (0, Vec::new());
    for field in line.split('\t') {
        let f: Vec<&str> = field.split(' ').collect();
        let [word, tag, pos, lemma, head, dep, entity, iob] = f[..] else { panic!("bad token `{field}` in `{text}`") };
        let start = at + text[at..].find(word).unwrap_or_else(|| panic!("`{word}` is not in `{text}`"));
        at = start + word.len();
        let chars = |b: usize| text[..b].chars().count() as u32;
        tokens.push(Token {
            start: chars(start),
            end: chars(at),
            byte_start: start as u32,
            byte_end: at as u32,
            space_after: text[at..].starts_with(' '),
            lemma: lemma.into(),
            tag: label(tag),
            pos: label(pos),
            head: head.parse().expect("a head"),
            dep: label(dep),
            entity_type: if entity == "-" { "" } else { label(entity) },
            entity_iob: match iob {
                "B" => Iob::B,
                "I" => Iob::I,
                _ => Iob::O,
            },
            sentence: 0,
        });
    }
    let n = tokens.len() as u32;
    Reading { text: text.to_string(), tokens, sentences: std::iter::once(0..n).collect() }
}

/// The figures of a reading, by the steps of [`crate::normalize`] that come before.
fn measured(article: &Article, reading: &Reading, lexicons: &Lexicons) -> Vec<Figure> {
    let mut reading = reading.clone();
    crate::repair::repair(&mut reading);
    let tree = Tree::new(&reading);
    let times = crate::times::find(&reading, &tree, article.published_on, &lexicons.times);
    let cast = crate::actors::resolve(article, &reading, &tree, lexicons);
    measure(article, &reading, &tree, &cast, &times, &[], lexicons)
}

/// A figure as the fixtures write it.
fn line(text: &str, f: &Figure) -> String {
    let evidence: String = text.chars().skip(f.start as usize).take((f.end - f.start) as usize).collect();
    let upper = f.value_max.map_or_else(|| "-".to_string(), |v| format!("{}", (v * 1e4).round() / 1e4));
    let value = (f.value * 1e4).round() / 1e4;
    let of = f.quantity_of.as_deref().unwrap_or("-");
    let role = f.role.map_or_else(String::new, |r| format!(" | {}", r.name()));
    let country = f.place_country.as_deref().map_or_else(String::new, |c| format!(" | in {c}"));
    let date = f.date.map_or_else(String::new, |d| format!(" | on {d}"));
    let (qualifier, kind, change) = (f.qualifier.name(), f.unit_kind.name(), f.change.map_or("-", Change::name));
    format!("{evidence} | {value} | {upper} | {qualifier} | {} | {kind} | {change} | {of}{role}{country}{date}", f.unit)
}

#[test]
fn sentences_give_their_figures() {
    let lexicons = Lexicons::load().expect("the built-in lexicons load");
    let (mut wrong, mut cases) = (Vec::new(), 0);
    let mut lines = CASES.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).peekable();
    while let Some(text) = lines.next() {
        let published_on = lines.next_if(|l| l.starts_with("@ ")).map(|l| l[2..].parse().expect("a date"));
        let article = Article { published_on, ..Article::default() };
        let reading = reading(text, lines.next().expect("the tokens of the sentence"));
        let mut expected = Vec::new();
        while let Some(l) = lines.next_if(|l| l.starts_with("= ")) {
            expected.push(l[2..].to_string());
        }
        let got: Vec<String> = measured(&article, &reading, &lexicons).iter().map(|f| line(text, f)).collect();
        cases += expected.len().max(1);
        if got != expected {
            wrong.push(format!("{text}\n  expected {expected:#?}\n  got      {got:#?}"));
        }
    }
    assert!(cases >= 600, "only {cases} cases");
    assert!(wrong.is_empty(), "{} sentences of {cases} cases:\n{}", wrong.len(), wrong.join("\n"));
}

/// The reading of a sentence of the fixtures.
fn fixture(text: &str) -> Reading {
    let line = CASES.lines().skip_while(|l| *l != text).nth(1).unwrap_or_else(|| panic!("`{text}` is not a fixture"));
    reading(text, line)
}

#[test]
fn casualties_belong_to_the_event_of_their_sentence() {
    let lexicons = Lexicons::load().expect("the built-in lexicons load");
    for (text, role, event_type) in [
        ("Soldiers shot and killed three protesters.", FigureRole::Killed, "ASSAULT"),
        ("Police detained more than 200 demonstrators in the capital.", FigureRole::Detained, "COERCE"),
        ("Thousands of people marched through the city.", FigureRole::Crowd, "PROTEST"),
    ] {
        let (_, findings) = crate::normalize(&Article::default(), fixture(text), &lexicons);
        let figure = &findings.figures[0];
        assert_eq!(figure.role, Some(role), "{text}");
        let event = findings.events.iter().find(|e| Some(&e.event_id) == figure.event_id.as_ref());
        assert_eq!(event.map(|e| e.event_type.as_str()), Some(event_type), "{text}: {:?}", findings.events);
    }
    // What befalls things and animals is no casualty of an event.
    let (_, findings) = crate::normalize(&Article::default(), fixture("The frost killed 400 sheep."), &lexicons);
    assert!(findings.figures.iter().all(|f| f.role.is_none() && f.event_id.is_none()), "{:?}", findings.figures);
}

#[test]
fn the_story_decides_what_money_means() {
    let lexicons = Lexicons::load().expect("the built-in lexicons load");
    for (text, country, unit) in [
        ("The repair cost $500 last year", "AUS", "XXX-dollar"),
        ("The repair cost $500 last year", "USA", "USD"),
        ("They paid 900 rupees", "PAK", "PKR"),
        ("They paid 900 rupees", "IND", "INR"),
        ("They paid £900", "EGY", "GBP"),
    ] {
        let actor = crate::Actor {
            actor_id: String::new(),
            name: country.to_string(),
            kind: crate::ActorKind::Country,
            country: Some(country.to_string()),
            sector: None,
            role: None,
            former: false,
            mentions: 1,
            start: 0,
            end: 1,
        };
        let kind = crate::MentionKind::Name;
        let mention = crate::Mention { actor: 0, kind, start: 0, end: 1, first: 0, last: 1, head: 0 };
        let cast = Cast { actors: vec![actor], mentions: vec![mention], ..Cast::default() };
        let reading = flat(text);
        let found = measure(&Article::default(), &reading, &Tree::new(&reading), &cast, &[], &[], &lexicons);
        assert_eq!(found.first().map(|f| f.unit.as_str()), Some(unit), "{text} {country}");
    }
}

/// A reading without a tree: words split at blanks, no tags. The scan alone must cope.
fn flat(text: &str) -> Reading {
    let mut at = 0;
    let mut line = String::new();
    for (n, word) in text.split_whitespace().enumerate() {
        let sep = if n == 0 { "" } else { "\t" };
        line.push_str(&format!("{sep}{word} XX X {word} {n} ROOT - O"));
        at += word.len();
    }
    if at == 0 { Reading { text: text.to_string(), ..Reading::default() } } else { reading(text, &line) }
}

#[test]
fn publishers_decide_the_dollar() {
    let lexicons = Lexicons::load().expect("the built-in lexicons load");
    for (domain, unit) in
        [("theage.com.au", "AUD"), ("cbc.ca", "CAD"), ("straitstimes.com", "SGD"), ("example.org", "USD")]
    {
        let article = Article { domain: Some(domain.to_string()), ..Article::default() };
        let found = measured(&article, &flat("Tickets cost $12.50 at the door"), &lexicons);
        assert_eq!(found.first().map(|f| f.unit.as_str()), Some(unit), "{domain}");
    }
}

#[test]
fn open_money_stays_open() {
    let lexicons = Lexicons::load().expect("the built-in lexicons load");
    for (text, unit) in [
        ("They paid 500 francs", "XXX-franc"),
        ("They paid 500 Swiss francs", "CHF"),
        ("They paid 70 crowns", "XXX-krone"),
        ("They paid 70 Danish crowns", "DKK"),
        ("It costs 30 pence", "GBP/100"),
        ("It costs 30 cents", "USD/100"),
    ] {
        let found = measured(&Article::default(), &flat(text), &lexicons);
        assert_eq!(found.first().map(|f| f.unit.as_str()), Some(unit), "{text}");
    }
}

#[test]
fn odd_input_does_no_harm() {
    let lexicons = Lexicons::load().expect("the built-in lexicons load");
    let long = "9".repeat(400);
    let deep = "1,000,".repeat(300);
    for text in [
        "",
        "$",
        "-",
        "%",
        "1",
        "½",
        "1/0",
        "0/0",
        "$-",
        "a",
        "half",
        "minus",
        "№ 5",
        "1e999",
        "1.2.3.4",
        "…5…",
        "between 5 and",
        "from to",
        "5 to",
        "5 -",
        "5–",
        "twenty",
        "hundred",
        "٣ 3",
        "5 million million million",
        "US$ US$ 5",
        "€€5€€",
        "(5",
        "5'",
        long.as_str(),
        deep.as_str(),
        "e1e2e3",
        "0x10",
        "5 per",
        "5 a",
        "5%%%",
        "up to",
        "no. ",
        "one in",
        "ten to",
        "🙂5🙂",
    ] {
        for f in measured(&Article::default(), &flat(text), &lexicons) {
            assert!(f.start < f.end && f.end <= text.chars().count() as u32 && f.value.is_finite(), "{text}: {f:?}");
        }
    }
}

#[test]
fn the_lexicon_has_no_doubtful_lines() {
    let lexicon = Lexicon::load().expect("the built-in lexicon loads");
    let doubts: Vec<String> = lexicon.audit().iter().map(ToString::to_string).collect();
    assert!(doubts.is_empty(), "{}", doubts.join("\n"));
    assert!(lexicon.units.len() >= 600, "{} units", lexicon.units.len());
    assert!(lexicon.currencies.len() >= 200, "{} currencies", lexicon.currencies.len());
}

#[test]
fn datelines_decide_the_dollar() {
    let lexicons = Lexicons::load().expect("the built-in lexicons load");
    for (dateline, unit) in
        [("TORONTO — ", "CAD"), ("SINGAPORE: ", "SGD"), ("SYDNEY, Australia (AP) - ", "AUD"), ("", "USD")]
    {
        let text = format!("{dateline}Tickets cost $12.50 at the door");
        let article = Article { body_start: dateline.chars().count() as u32, text: text.clone(), ..Article::default() };
        let found = measured(&article, &flat(&text), &lexicons);
        assert_eq!(found.first().map(|f| f.unit.as_str()), Some(unit), "{dateline}");
    }
}

#[test]
fn paragraphs_of_laws_are_names() {
    let lexicons = Lexicons::load().expect("the built-in lexicons load");
    let found = measured(&Article::default(), &flat("She moved her 401(k) to a 501(c)(3) charity"), &lexicons);
    assert!(found.is_empty(), "{found:?}");
    let found = measured(&Article::default(), &flat("She has 40 (mostly old) books"), &lexicons);
    assert_eq!(found.len(), 1, "{found:?}");
}
