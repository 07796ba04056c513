//! Compares readings with spaCy's own on news: `parity FOLDER` with `input.jsonl` and `spacy.jsonl.gz`, the measures of
//! the language set.
#![allow(clippy::print_stdout)]

use broadsheet_language::{Iob, Model};
use std::{
    collections::{HashMap, HashSet},
    io::BufRead,
    time::Instant,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("parity FOLDER")?;
    let start = Instant::now();
    let model = Model::load()?;
    println!("load {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let mut texts = HashMap::new();
    for line in std::fs::read_to_string(format!("{folder}/input.jsonl"))?.lines() {
        let r: serde_json::Value = serde_json::from_str(line)?;
        texts.insert(r["id"].as_str().unwrap_or("").to_string(), r["text"].as_str().unwrap_or("").to_string());
    }
    let file = std::fs::File::open(format!("{folder}/spacy.jsonl.gz"))?;
    let (mut n, mut tok, mut tag, mut pos, mut lem, mut head, mut lab) = (0, 0, 0, 0, 0, 0, 0);
    let (mut eg, mut es, mut et, mut sg, mut ss, mut st) = (0, 0, 0, 0, 0, 0);
    let mut seconds = 0.0;
    let misses: usize = std::env::args().nth(2).and_then(|m| m.parse().ok()).unwrap_or(0);
    let mut shown = 0;
    for line in std::io::BufReader::new(flate2::read::GzDecoder::new(file)).lines() {
        let g: serde_json::Value = serde_json::from_str(&line?)?;
        let text = &texts[g["id"].as_str().unwrap_or("")];
        let start = Instant::now();
        let r = model.read(&[text]).remove(0);
        seconds += start.elapsed().as_secs_f64();
        let at: HashMap<(u64, u64), usize> =
            r.tokens.iter().enumerate().map(|(i, t)| ((t.start.into(), t.end.into()), i)).collect();
        let gold = g["tokens"].as_array().ok_or("tokens")?;
        n += gold.len();
        let span = |t: &serde_json::Value| (t[0].as_u64().unwrap_or(0), t[1].as_u64().unwrap_or(0));
        for t in gold {
            let Some(&i) = at.get(&span(t)) else {
                if shown < misses {
                    shown += 1;
                    println!("TOKEN {t}");
                }
                continue;
            };
            let ours = &r.tokens[i];
            tok += 1;
            tag += usize::from(t[2] == ours.tag);
            pos += usize::from(t[3] == ours.pos);
            lem += usize::from(t[4] == ours.lemma.as_str());
            let h = &gold[t[5].as_u64().unwrap_or(0) as usize];
            let hh = &r.tokens[ours.head as usize];
            let same = span(h) == (hh.start.into(), hh.end.into());
            head += usize::from(same);
            lab += usize::from(same && t[6] == ours.dep);
            if shown < misses
                && !(t[2] == ours.tag && t[3] == ours.pos && t[4] == ours.lemma.as_str() && same && t[6] == ours.dep)
            {
                shown += 1;
                println!(
                    "{t} ours {} {} {} {} {}",
                    ours.tag,
                    ours.pos,
                    ours.lemma,
                    r.word(ours.head as usize),
                    ours.dep
                );
            }
        }
        let mut a: HashSet<(u64, u64, String)> = HashSet::new();
        let mut cur: Option<(u64, u64, String)> = None;
        for t in gold {
            match t[8].as_str() {
                Some("B") => {
                    a.extend(cur.take());
                    cur = Some((span(t).0, span(t).1, t[7].as_str().unwrap_or("").into()));
                }
                Some("I") => {
                    if let Some(c) = &mut cur {
                        c.1 = span(t).1;
                    }
                }
                _ => a.extend(cur.take()),
            }
        }
        a.extend(cur);
        let b: HashSet<(u64, u64, String)> = r
            .entities()
            .into_iter()
            .map(|(s, ty)| (r.tokens[s.start].start.into(), r.tokens[s.end - 1].end.into(), ty.to_string()))
            .collect();
        debug_assert!(r.tokens.iter().all(|t| t.entity_iob != Iob::B || !t.entity_type.is_empty()));
        eg += a.len();
        es += b.len();
        et += a.intersection(&b).count();
        let x: HashSet<u64> = g["sent_starts"]
            .as_array()
            .ok_or("starts")?
            .iter()
            .map(|i| span(&gold[i.as_u64().unwrap_or(0) as usize]).0)
            .collect();
        let y: HashSet<u64> = r.sentences.iter().map(|s| r.tokens[s.start as usize].start.into()).collect();
        sg += x.len();
        ss += y.len();
        st += x.intersection(&y).count();
    }
    let f = |tp: usize, a: usize, b: usize| 2.0 * tp as f64 / (a + b) as f64;
    for (name, v) in
        [("token", tok), ("tag", tag), ("pos", pos), ("lemma", lem), ("head", head), ("head_and_label", lab)]
    {
        println!("same.{name:16} {:.5}", v as f64 / n as f64);
    }
    println!("same.entity.f1 {:.5}  same.sentence.f1 {:.5}", f(et, es, eg), f(st, ss, sg));
    println!("{n} tokens, {:.0} tokens/s", n as f64 / seconds);
    Ok(())
}
