//! The model: all parts of the pipeline, loaded once and shared by threads.

use crate::{
    Reading, Token,
    encoder::{self, Encoder, Key, WIDTH},
    file::{File, ModelError},
    lemmatizer::Lemmatizer,
    lexeme::{Features, Norms},
    linear::affine,
    parser::Parser,
    recognizer::Recognizer,
    rules::{Ruler, Word},
    tokenizer::{self, Span, Tokenizer},
};
use smol_str::SmolStr;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// A longer text is read in pieces of at most this many tokens, so that memory does not grow with it.
const MAX_TOKENS: usize = 10_000;
/// Forms that one cache holds at most.
const MAX_FORMS: usize = 60_000;

/// The trained pipeline.
pub struct Model {
    tokenizer: Tokenizer,
    norms: Norms,
    shared: Encoder,
    own: Encoder,
    tags: Vec<&'static str>,
    tagger: (Vec<f32>, Vec<f32>),
    parser: Parser,
    ruler: Ruler,
    lemmatizer: Lemmatizer,
    recognizer: Recognizer,
    labels: Labels,
    /// What threads remember of words; each takes one and gives it back.
    caches: Mutex<Vec<Caches>>,
}

/// What a thread remembers. It changes the speed, never a result.
#[derive(Default)]
struct Caches {
    chunks: tokenizer::Cache,
    forms: HashMap<String, (Features, SmolStr)>,
    shared: encoder::Cache,
    own: encoder::Cache,
}

/// The labels of the model, each kept once for the life of the program.
struct Labels(HashMap<String, &'static str>);

impl Labels {
    fn new<'a>(labels: impl Iterator<Item = &'a str>) -> Labels {
        let mut known: HashMap<String, &'static str> = HashMap::new();
        for label in labels {
            if !known.contains_key(label) {
                known.insert(label.to_string(), Box::leak(label.to_string().into_boxed_str()));
            }
        }
        Labels(known)
    }

    fn get(&self, label: &str) -> &'static str {
        self.0.get(label).copied().unwrap_or("")
    }
}

impl Model {
    /// Unpacks the model that is built into the program.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn load() -> Result<Model, ModelError> {
        let file = File::open()?;
        let h = &file.header;
        let moves = h.parser_moves.iter().chain(&h.ner_moves).map(|(_, l)| l.as_str());
        let parts = moves.clone().filter_map(|l| l.split_once("||")).map(|(l, _)| l);
        let set = h.attribute_rules.iter().flat_map(|r| r.attrs.values().map(String::as_str));
        let labels =
            Labels::new(h.tags.iter().map(String::as_str).chain(moves).chain(parts).chain(set).chain(["ROOT"]));
        let intern = |l: &str| labels.get(l);
        Ok(Model {
            tokenizer: Tokenizer::new(h)?,
            norms: Norms::new(&h.norms, &h.base_norms),
            shared: Encoder::load(&file, "tok2vec", &[5000, 1000, 2500, 2500, 50, 50])?,
            own: Encoder::load(&file, "ner", &[5000, 1000, 2500, 2500])?,
            tags: h.tags.iter().map(|t| intern(t)).collect(),
            tagger: (
                file.tensor("tagger.output.W", h.tags.len() * WIDTH)?,
                file.tensor("tagger.output.b", h.tags.len())?,
            ),
            parser: Parser::load(&file, intern)?,
            ruler: Ruler::new(&h.attribute_rules, intern)?,
            lemmatizer: Lemmatizer::new(h),
            recognizer: Recognizer::load(&file, intern)?,
            labels,
            caches: Mutex::new(Vec::new()),
        })
    }

    /// Reads each text. A text's reading does not depend on the others.
    pub fn read(&self, texts: &[&str]) -> Vec<Reading> {
        let mut caches = self.caches.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let readings = texts.iter().map(|text| self.read_one(text, &mut caches)).collect();
        self.caches.lock().unwrap_or_else(PoisonError::into_inner).push(caches);
        readings
    }

    fn read_one(&self, text: &str, caches: &mut Caches) -> Reading {
        let spans = self.tokenizer.tokens(text, &mut caches.chunks);
        let mut out =
            Reading { text: text.to_string(), tokens: Vec::with_capacity(spans.len()), sentences: Vec::new() };
        let mut place = Place::default();
        let mut rest = &spans[..];
        while !rest.is_empty() {
            let (piece, more) = rest.split_at(piece_length(text, rest));
            self.analyse(text, piece, caches, &mut place, &mut out);
            rest = more;
        }
        out
    }

    /// Reads one piece of a text and appends it to `out`.
    fn analyse(&self, text: &str, spans: &[Span], caches: &mut Caches, place: &mut Place, out: &mut Reading) {
        let form = |s: &Span| &text[s.start as usize..s.end as usize];
        if caches.forms.len() > MAX_FORMS {
            caches.forms.clear();
        }
        // 1. Features of each token.
        let mut keys: Vec<Key> = Vec::with_capacity(spans.len());
        let mut words: Vec<Word> = Vec::with_capacity(spans.len());
        for span in spans {
            let form = form(span);
            let (features, lower) = match caches.forms.get(form) {
                Some(known) => known.clone(),
                None => {
                    let new = (self.norms.features(form), SmolStr::from(form.to_lowercase()));
                    caches.forms.insert(form.to_string(), new.clone());
                    new
                }
            };
            let norm = span.norm.unwrap_or(features.norm);
            keys.push((Features { norm, ..features }, span.space_after));
            words.push(Word { lower, tag: "", dep: "", pos: "", morph: "", lemma: None, is_space: features.is_space });
        }
        let spaces: Vec<bool> = words.iter().map(|w| w.is_space).collect();
        // 2. Vectors, tags and the tree.
        let vectors = self.shared.encode(&keys, &mut caches.shared);
        let mut scores = Vec::new();
        affine(&vectors, &self.tagger.0, &self.tagger.1, WIDTH, &mut scores);
        for (word, row) in words.iter_mut().zip(scores.chunks_exact(self.tags.len())) {
            let best = (1..row.len()).fold(0, |best, i| if row[i] > row[best] { i } else { best });
            word.tag = self.tags[best];
        }
        let arcs = self.parser.parse(&vectors, &spaces, |l| self.labels.get(l));
        for (word, label) in words.iter_mut().zip(&arcs.labels) {
            word.dep = label;
        }
        // 3. Parts of speech, then lemmas.
        self.ruler.apply(&mut words);
        // 4. Entities, by an encoder of their own, which does not look at the spaces.
        let own_keys: Vec<Key> = keys.iter().map(|(f, _)| (*f, false)).collect();
        let own = self.own.encode(&own_keys, &mut caches.own);
        let marks = self.recognizer.mark(&own, &spaces, &arcs.starts);
        // 5. Tokens.
        let base = out.tokens.len() as u32;
        for (i, (span, word)) in spans.iter().zip(&words).enumerate() {
            if arcs.starts[i] {
                let at = base + i as u32;
                out.sentences.push(at..at);
            }
            let (start, end) = (place.chars(text, span.start), place.chars(text, span.end));
            out.tokens.push(Token {
                start,
                end,
                byte_start: span.start,
                byte_end: span.end,
                space_after: span.space_after,
                lemma: self.lemmatizer.lemma(form(span), word),
                tag: word.tag,
                pos: word.pos,
                head: base + arcs.heads[i],
                dep: word.dep,
                entity_type: marks[i].1,
                entity_iob: marks[i].0,
                sentence: out.sentences.len().saturating_sub(1) as u32,
            });
            if let Some(last) = out.sentences.last_mut() {
                last.end = base + i as u32 + 1;
            }
        }
    }
}

/// How many of the tokens to read at once: all, or up to the last blank line within the limit.
fn piece_length(text: &str, spans: &[Span]) -> usize {
    if spans.len() <= MAX_TOKENS {
        return spans.len();
    }
    let is_break = |s: &Span| text[s.start as usize..s.end as usize].contains('\n');
    spans[..MAX_TOKENS].iter().rposition(is_break).map_or(MAX_TOKENS, |i| i + 1)
}

/// Counts code points along a text, forwards only.
#[derive(Default)]
struct Place {
    byte: usize,
    chars: u32,
}

impl Place {
    fn chars(&mut self, text: &str, byte: u32) -> u32 {
        self.chars += text[self.byte..byte as usize].chars().count() as u32;
        self.byte = byte as usize;
        self.chars
    }
}
