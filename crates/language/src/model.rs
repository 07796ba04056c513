//! The model reads texts: it cuts them into tokens, encodes these twice (once for tags and trees, once for entities),
//! and lets each part of the analysis decide from the vectors.

use crate::attributes::{AttributeRules, Seen};
use crate::bundle::{Bundle, Tables};
use crate::encode::{BLOCK, Cache, Encoder};
use crate::entities::{self, Mark};
use crate::labels::Labels;
use crate::lemmatize::Lemmatizer;
use crate::lexeme::Vocabulary;
use crate::matrix::{Matrix, Simd, UNITS};
use crate::parse::{self, Move, parse};
use crate::reading::{Iob, Reading, Token};
use crate::score::{Scorer, Shares};
use crate::tokenize::{Piece, Tokenizer};
use crate::tree::{self, Lifted};
use std::sync::{Mutex, PoisonError};

/// Why the embedded model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file that was embedded at build time is not what `data/models/convert.py` writes.
    #[error("the embedded language model is damaged: {0}")]
    Damaged(String),
}

/// Code points above which a text is read in parts, cut where a paragraph, a line or a word ends. Longer than any
/// article; it bounds the memory that one text can take.
const PART: usize = 200_000;

/// The language model. Loading takes some milliseconds and some twenty megabytes; share one between all threads.
pub struct Model {
    vocabulary: Vocabulary,
    tokenizer: Tokenizer,
    shared: Encoder,
    own: Encoder,
    tagger: Matrix,
    tag_count: usize,
    parser: Scorer,
    moves: Vec<Move>,
    root: u8,
    lifted: Lifted,
    recognizer: Scorer,
    marks: Vec<Mark>,
    no_entity: u8,
    rules: AttributeRules,
    lemmatizer: Lemmatizer,
    labels: Labels,
    simd: Simd,
    /// Caches and buffers of the reads that are not going on now.
    benches: Mutex<Vec<Box<Bench>>>,
}

/// What one read needs besides the model.
#[derive(Default)]
struct Bench {
    shared: Cache,
    own: Cache,
    shares: Shares,
    vectors: Vec<f32>,
    scores: Vec<f32>,
}

impl Model {
    /// Unpacks the model that is embedded in the program.
    pub fn load() -> Result<Model, ModelError> {
        Model::with(Simd::detect())
    }

    fn with(simd: Simd) -> Result<Model, ModelError> {
        let bundle = Bundle::open()?;
        let tables = &bundle.tables;
        let mut labels = Labels::default();
        let (moves, lifted, root) = parser_labels(tables, &mut labels)?;
        for tag in &tables.tags {
            labels.tags.add(tag);
        }
        labels.tags.add("");
        let no_entity = labels.entities.add("");
        let marks = entity_marks(tables, &mut labels)?;
        let vocabulary = Vocabulary::new(tables);
        let tag_count = tables.tags.len();
        let rules = AttributeRules::new(tables, &mut labels);
        let tagger = (bundle.tensor("tagger.w", &[tag_count, UNITS])?, bundle.tensor("tagger.b", &[tag_count])?);
        if labels.tags.all().len() > 64 {
            return Err(ModelError::Damaged("more than 64 tags".to_owned()));
        }
        Ok(Model {
            tokenizer: Tokenizer::new(tables, &vocabulary.symbols),
            shared: Encoder::new(&bundle, "tok2vec", &tables.seeds, simd)?,
            own: Encoder::new(&bundle, "ner", &tables.ner_seeds, simd)?,
            tagger: Matrix::new(&tagger.0, &tagger.1, tag_count, UNITS, |o| o),
            tag_count,
            parser: Scorer::new(&bundle, "parser", parse::FEATURES, moves.len(), simd)?,
            moves,
            root,
            lifted,
            recognizer: Scorer::new(&bundle, "ner", entities::FEATURES, marks.len(), simd)?,
            marks,
            no_entity,
            rules,
            lemmatizer: Lemmatizer::new(tables),
            labels,
            vocabulary,
            simd,
            benches: Mutex::new(Vec::new()),
        })
    }

    /// Reads texts. Each text's reading depends on that text alone, not on the others or on the number of threads.
    pub fn read(&self, texts: &[&str]) -> Vec<Reading> {
        let taken = self.benches.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut bench = taken.unwrap_or_default();
        let out = texts.iter().map(|text| self.read_text(text, &mut bench)).collect();
        self.benches.lock().unwrap_or_else(PoisonError::into_inner).push(bench);
        out
    }

    fn read_text(&self, text: &str, bench: &mut Bench) -> Reading {
        let cuts = parts(text);
        if cuts.len() < 2 {
            return self.read_part(text, bench);
        }
        let mut chars = 0;
        let read = |(start, end): (usize, usize)| {
            let part = self.read_part(&text[start..end], bench);
            let at = chars;
            chars += text[start..end].chars().count() as u32;
            (part, at, start as u32)
        };
        let parts = cuts.into_iter().map(read).collect();
        Reading::join(text.to_owned(), parts)
    }

    fn read_part(&self, text: &str, bench: &mut Bench) -> Reading {
        let pieces = self.tokenizer.tokenize(text, &self.vocabulary.classes);
        let length = pieces.len();
        let word = |p: &Piece| &text[p.start as usize..p.end as usize];
        let space = &self.vocabulary.classes.space;
        let is_space: Vec<bool> = pieces.iter().map(|p| word(p).chars().all(|c| space.has(c))).collect();

        // 1. Tags and trees, from the shared encoder's vectors.
        let mut tags = Vec::with_capacity(length);
        self.parser.begin(&mut bench.shares);
        for start in (0..length).step_by(BLOCK) {
            let end = (start + BLOCK).min(length);
            self.shared.encode(text, &pieces, (start, end), &self.vocabulary, &mut bench.shared, &mut bench.vectors);
            self.tag(&bench.vectors, &mut bench.scores, &mut tags);
            self.parser.add(&bench.vectors, &mut bench.shares);
        }
        let mut arcs = parse(length, &self.moves, &self.parser, &mut bench.shares);
        let starts = tree::finish(&mut arcs, self.root, &self.lifted, &is_space);

        // 2. Parts of speech and lemmas, by rules.
        let seen: Vec<Seen> = (0..length)
            .map(|i| Seen {
                tag: tags[i],
                dep: arcs.labels[i],
                form: self.rules.form(word(&pieces[i])),
                is_space: is_space[i],
            })
            .collect();
        let attributes = self.rules.apply(&seen);

        // 3. Entities, from the recognizer's own encoder.
        self.recognizer.begin(&mut bench.shares);
        for start in (0..length).step_by(BLOCK) {
            let end = (start + BLOCK).min(length);
            self.own.encode(text, &pieces, (start, end), &self.vocabulary, &mut bench.own, &mut bench.vectors);
            self.recognizer.add(&bench.vectors, &mut bench.shares);
        }
        let entities =
            entities::mark(&is_space, &starts, &self.marks, self.no_entity, &self.recognizer, &mut bench.shares);

        // 4. All of it as tokens.
        let mut reading = Reading { text: text.to_owned(), tokens: Vec::with_capacity(length), sentences: Vec::new() };
        let (mut byte, mut chars) = (0, 0);
        for (i, piece) in pieces.iter().enumerate() {
            chars += text[byte..piece.start as usize].chars().count() as u32;
            let start = chars;
            chars += word(piece).chars().count() as u32;
            byte = piece.end as usize;
            if starts[i] {
                reading.sentences.push(i as u32..i as u32);
            }
            if let Some(sentence) = reading.sentences.last_mut() {
                sentence.end = i as u32 + 1;
            }
            let a = &attributes[i];
            let lemma = match a.lemma {
                Some(lemma) => lemma.into(),
                None => self.lemmatizer.lemma(word(piece), a.pos, a.morph, &self.vocabulary.classes.alpha),
            };
            let (iob, entity) = entities[i];
            reading.tokens.push(Token {
                start,
                end: chars,
                byte_start: piece.start,
                byte_end: piece.end,
                space_after: piece.space_after,
                lemma,
                tag: self.labels.tags.name(a.tag),
                pos: a.pos,
                head: arcs.heads[i] as u32,
                dep: self.labels.deps.name(a.dep),
                entity_type: if iob == Iob::O { "" } else { self.labels.entities.name(entity) },
                entity_iob: iob,
                sentence: (reading.sentences.len() - 1) as u32,
            });
        }
        reading
    }

    /// The best tag of each vector.
    fn tag(&self, vectors: &[f32], scores: &mut Vec<f32>, tags: &mut Vec<u8>) {
        let (rows, width) = (vectors.len() / UNITS, self.tagger.width());
        scores.clear();
        scores.resize(rows * width, 0.0);
        self.tagger.apply(self.simd, vectors, UNITS, rows, scores);
        for row in scores.chunks_exact(width) {
            let best = (1..self.tag_count).fold(0, |best, i| if row[i] > row[best] { i } else { best });
            tags.push(best as u8);
        }
    }
}

/// The parser's moves, what its lifted labels stand for, and the root's label. Plain labels get the first numbers.
fn parser_labels(tables: &Tables, labels: &mut Labels) -> Result<(Vec<Move>, Lifted, u8), ModelError> {
    let root = labels.deps.add("ROOT");
    labels.deps.add("");
    let all = || tables.parser_moves.iter().map(|(_, label)| label.as_str());
    all().filter(|l| !l.contains("||")).for_each(|l| _ = labels.deps.add(l));
    let plain = labels.deps.all().len();
    let mut lifted: Lifted = vec![None; plain];
    for label in all() {
        if let Some((own, head)) = label.split_once("||") {
            let pair = (labels.deps.add(own), labels.deps.add(head));
            let number = usize::from(labels.deps.add(label));
            lifted.resize(labels.deps.all().len().max(lifted.len()), None);
            lifted[number] = Some(pair);
        }
    }
    let kind = |k: u8| match k {
        0 => Some(parse::Kind::Shift),
        1 => Some(parse::Kind::Reduce),
        2 => Some(parse::Kind::Left),
        3 => Some(parse::Kind::Right),
        4 => Some(parse::Kind::Break),
        _ => None,
    };
    let moves = tables.parser_moves.iter().map(|(k, label)| {
        let kind = kind(*k).ok_or_else(|| ModelError::Damaged(format!("parser move {k}")))?;
        Ok(Move { kind, label: labels.deps.add(label) })
    });
    let moves = moves.collect::<Result<Vec<_>, ModelError>>()?;
    lifted.resize(256, None);
    if plain > 64 {
        return Err(ModelError::Damaged("more than 64 dependency labels".to_owned()));
    }
    Ok((moves, lifted, root))
}

fn entity_marks(tables: &Tables, labels: &mut Labels) -> Result<Vec<Mark>, ModelError> {
    let kind = |k: u8| match k {
        1 => Some(entities::Kind::Begin),
        2 => Some(entities::Kind::In),
        3 => Some(entities::Kind::Last),
        4 => Some(entities::Kind::Unit),
        5 => Some(entities::Kind::Out),
        _ => None,
    };
    let mark = |(k, label): &(u8, String)| {
        let kind = kind(*k).ok_or_else(|| ModelError::Damaged(format!("entity mark {k}")))?;
        Ok(Mark { kind, label: labels.entities.add(label) })
    };
    tables.ner_moves.iter().map(mark).collect()
}

/// Where a text is cut into parts: nowhere, unless it is very long.
fn parts(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    while text.len() - start > PART {
        let mut end = start + PART;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let window = &text[start..end];
        let cut = ["\n\n", "\n", ". ", " "].iter().find_map(|mark| window.rfind(mark).map(|at| at + mark.len()));
        end = start + cut.filter(|&c| c > 0).unwrap_or(window.len());
        out.push((start, end));
        start = end;
    }
    out.push((start, text.len()));
    out
}
