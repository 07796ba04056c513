//! Statements in short texts: `specs/quotes.json` holds the text and what is in it as `[D or i, a part of the speaker's
//! name, cue, words]`, with `-` for what there is not.

use broadsheet_ingest::Article;
use broadsheet_language::Model;
use broadsheet_normalize::{Lexicons, Quote, actors, quotes, repair, tree::Tree};
use serde_json::Value;

/// The quotes of a text, each with its words and its speaker's name.
fn read(model: &Model, lexicons: &Lexicons, text: &str) -> Vec<(Quote, String, String)> {
    let article = Article { text: text.to_string(), ..Article::default() };
    let mut reading = model.read(&[text]).remove(0);
    repair::repair(&mut reading);
    let tree = Tree::new(&reading);
    let cast = actors::resolve(&article, &reading, &tree, lexicons);
    quotes::find(&article, &reading, &tree, &cast, &lexicons.quotes)
        .into_iter()
        .map(|q| {
            let words = text.chars().skip(q.start as usize).take((q.end - q.start) as usize).collect();
            let actor = q.speaker.map(|a| cast.actors[a].name.clone());
            let name = actor.or(q.speaker_name.clone()).unwrap_or_else(|| "-".into());
            (q, words, name)
        })
        .collect()
}

#[test]
fn specs_hold() {
    let (model, lexicons) = (Model::load().unwrap(), Lexicons::load().unwrap());
    let specs: Vec<Value> = serde_json::from_str(include_str!("specs/quotes.json")).unwrap();
    assert!(specs.len() >= 200);
    let mut wrong = Vec::new();
    for spec in &specs {
        let text = spec["text"].as_str().unwrap();
        let got = read(&model, &lexicons, text);
        let want = spec["quotes"].as_array().unwrap();
        let same = got.len() == want.len()
            && got.iter().zip(want).all(|((q, words, name), w)| {
                let field = |k: usize| w[k].as_str().unwrap();
                (if q.direct { "D" } else { "i" }) == field(0)
                    && name.to_lowercase().contains(&field(1).to_lowercase())
                    && q.cue.as_deref().unwrap_or("-") == field(2)
                    && words == field(3)
            });
        if !same {
            let got: Vec<String> = got
                .iter()
                .map(|(q, words, name)| {
                    let kind = if q.direct { "D" } else { "i" };
                    format!("{kind};{name};{};{words}", q.cue.as_deref().unwrap_or("-"))
                })
                .collect();
            wrong.push(format!("{text}\n  want {}\n  got  {got:?}", spec["quotes"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {} specs fail:\n{}", wrong.len(), specs.len(), wrong.join("\n"));
}

#[test]
fn identifiers_are_stable_and_differ() {
    let (model, lexicons) = (Model::load().unwrap(), Lexicons::load().unwrap());
    let text = "“We want peace,” Quispe said. Officials said that the talks had failed.";
    let ids = |t: &str| read(&model, &lexicons, t).iter().map(|(q, ..)| q.quote_id.clone()).collect::<Vec<_>>();
    let (a, b) = (ids(text), ids(text));
    assert_eq!(a, b);
    assert_eq!(a.len(), 2);
    assert_ne!(a[0], a[1]);
    assert!(a.iter().all(|id| id.len() == 16));
}

#[test]
fn odd_marks_do_no_harm() {
    let (model, lexicons) = (Model::load().unwrap(), Lexicons::load().unwrap());
    for text in [
        "",
        "“",
        "”",
        "“”",
        "\"",
        "\"\"",
        "\" \"",
        "“ ”",
        "said",
        "“said”",
        "“\n\n“\n\n”",
        "according to",
        "according",
        "““““",
        "He said “",
        "“a",
        "‘",
        "’",
        "''",
        "``",
        "`` ''",
        "5'10\" tall",
        "said: said: said:",
        "\"\n\n\"said\"",
    ] {
        for (q, words, _) in read(&model, &lexicons, text) {
            assert!(q.start < q.end && !words.is_empty(), "in `{text}`");
        }
    }
}
