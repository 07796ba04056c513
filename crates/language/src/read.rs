//! A read goes through a run of texts in steps: cut them into pieces, encode the words of all of them a block at a time,
//! then build each text's tree, apply the rules, mark the entities.

use crate::attributes::Seen;
use crate::cache::{Cache, Found};
use crate::encode::{DEPTH, Desk};
use crate::model::Model;
use crate::reading::{Iob, Reading, Token};
use crate::score::Shares;
use crate::simd::HIDDEN;
use crate::tokenize::Piece;
use crate::tree;
use crate::watch::{Profile, Step, Watch};

/// Bytes above which a text is read in parts, cut where a paragraph, a line or a word ends. Longer than any article; it
/// bounds the memory that one text can take.
const PART: usize = 200_000;
/// Words of a part at most; text that is nothing but marks has more.
const MOST: usize = 65_536;
/// Words of a run of texts, unless one text alone has more.
const RUN: usize = 8192;
/// Words that are encoded at once, so that they and a layer's weights stay in the processor's cache.
const BLOCK: usize = 664;
/// Word types' rows that one cache keeps, 4 kB each: reads that go on at a time each have a cache of their own.
const CACHED: usize = 26_624;
/// Rows that all caches together keep: where very many reads go on at a time, each keeps less.
const CACHED_IN_ALL: usize = 262_144;

/// What one read needs besides the model: its cache and its buffers.
#[derive(Default)]
pub struct Bench {
    cache: Cache,
    desk: Desk,
    found: Vec<Found>,
    scores: Vec<f32>,
    shares: Shares,
    run: Run,
}

/// What the encoders say of the words of a run: a row for each word and for the padding between texts.
#[derive(Default)]
struct Run {
    tags: Vec<u8>,
    forms: Vec<u16>,
    is_space: Vec<bool>,
    parser: Vec<f32>,
    recognizer: Vec<f32>,
}

/// A text of a run, or a part of a long one.
struct Unit<'t> {
    text: &'t str,
    /// Which text, and where in it this part begins.
    number: usize,
    byte: u32,
    char: u32,
    pieces: Vec<Piece>,
    /// Its first row in the run.
    row: usize,
}

impl Model {
    /// Reads texts. Each text's reading depends on that text alone, not on the others or on the number of threads.
    ///
    /// The texts of a call are encoded together, so that many short ones in one call are read faster than one by one. Up
    /// to four gigabytes a text.
    pub fn read(&self, texts: &[&str]) -> Vec<Reading> {
        self.read_watched(texts, &mut ())
    }

    /// Reads texts and takes the time of each step.
    pub fn profile(&self, texts: &[&str]) -> (Vec<Reading>, Profile) {
        let mut profile = Profile::default();
        let readings = self.read_watched(texts, &mut profile);
        (readings, profile)
    }

    fn read_watched<W: Watch>(&self, texts: &[&str], watch: &mut W) -> Vec<Reading> {
        let (mut bench, benches) = self.take_bench();
        let bound = CACHED.min(CACHED_IN_ALL / benches);
        let mut out: Vec<Reading> = Vec::with_capacity(texts.len());
        let mut run: Vec<Unit> = Vec::new();
        let mut rows = DEPTH;
        for (number, text) in texts.iter().enumerate() {
            let mut char = 0;
            for (start, end) in parts(text) {
                let part = &text[start..end];
                let mut pieces = self.tokenizer.tokenize(part, &self.vocabulary.classes);
                watch.lap(Step::Tokenizer);
                loop {
                    let rest = pieces.split_off(pieces.len().min(MOST));
                    if rows + pieces.len() > RUN && !run.is_empty() {
                        self.read_run(texts, &run, bound, &mut bench, &mut out, watch);
                        run.clear();
                        rows = DEPTH;
                    }
                    let row = rows;
                    rows += pieces.len() + DEPTH;
                    run.push(Unit { text: part, number, byte: start as u32, char, pieces, row });
                    if rest.is_empty() {
                        break;
                    }
                    pieces = rest;
                }
                if end < text.len() {
                    char += part.chars().count() as u32;
                }
            }
        }
        self.read_run(texts, &run, bound, &mut bench, &mut out, watch);
        self.give_back(bench);
        out
    }

    fn read_run<W: Watch>(
        &self,
        texts: &[&str],
        run: &[Unit],
        bound: usize,
        bench: &mut Bench,
        out: &mut Vec<Reading>,
        watch: &mut W,
    ) {
        self.encode(run, bound, bench, watch);
        for unit in run {
            if unit.number == out.len() {
                out.push(Reading { text: texts[unit.number].to_owned(), ..Reading::default() });
            }
            if let Some(reading) = out.last_mut() {
                self.analyse(unit, bench, reading, watch);
            }
        }
    }

    /// Encodes all words of a run. Texts have padding before, between and behind them, as they have it in spaCy.
    fn encode<W: Watch>(&self, run: &[Unit], bound: usize, bench: &mut Bench, watch: &mut W) {
        let makers = self.makers();
        let Bench { cache, desk, found, scores, run: known, .. } = bench;
        known.clear();
        let rows = run.last().map_or(0, |u| u.row + u.pieces.len());
        // The unit of a row, or the last one before it.
        let mut unit = 0;
        for start in (0..rows).step_by(BLOCK) {
            let end = (start + BLOCK).min(rows);
            cache.begin(bound);
            found.clear();
            // The block's words and those on either side that they depend on.
            while unit > 0 && run[unit].row + DEPTH > start {
                unit -= 1;
            }
            for row in start..end + 2 * DEPTH {
                let Some(row) = row.checked_sub(DEPTH) else {
                    found.push(None);
                    continue;
                };
                while run.get(unit + 1).is_some_and(|next| next.row <= row) {
                    unit += 1;
                }
                let u = &run[unit];
                let piece = row.checked_sub(u.row).and_then(|i| u.pieces.get(i));
                found.push(piece.map(|p| {
                    let word = &u.text[p.start as usize..p.end as usize];
                    (cache.find(word, p.norm, p.space_after, makers), p.space_after)
                }));
            }
            cache.fill(makers, desk);
            for found in &found[DEPTH..found.len() - DEPTH] {
                let (form, is_space) = found.map_or((0, false), |(word, _)| cache.facts(word));
                known.forms.push(form);
                known.is_space.push(is_space);
            }
            watch.lap(Step::Embedding);

            let vectors = self.shared.encode(&cache.shared_rows(found, makers), desk);
            watch.lap(Step::Convolutions);
            self.tagger.tag(vectors, scores, &mut known.tags);
            watch.lap(Step::Tagger);
            self.parser.reduce(vectors, &mut known.parser);
            watch.lap(Step::Reduction);
            let vectors = self.own.encode(&cache.own_rows(found), desk);
            watch.lap(Step::Convolutions);
            self.recognizer.reduce(vectors, &mut known.recognizer);
            watch.lap(Step::Reduction);
        }
    }

    /// Builds the tree, applies the rules, marks the entities of one unit, and adds its tokens to the reading.
    fn analyse<W: Watch>(&self, unit: &Unit, bench: &mut Bench, reading: &mut Reading, watch: &mut W) {
        let length = unit.pieces.len();
        let rows = unit.row..unit.row + length;
        let Bench { shares, run, .. } = bench;
        let word = |p: &Piece| &unit.text[p.start as usize..p.end as usize];
        let is_space = &run.is_space[rows.clone()];

        // 1. The tree, and from it the sentences.
        let reduced = &run.parser[rows.start * HIDDEN..rows.end * HIDDEN];
        let mut arcs = self.parser.parse(reduced, length, shares, watch);
        let starts = tree::finish(&mut arcs, self.root, &self.lifted, is_space);

        // 2. Parts of speech and lemmas, by rules.
        let seen: Vec<Seen> = (0..length)
            .map(|i| Seen {
                tag: run.tags[rows.start + i],
                dep: arcs.labels[i],
                form: run.forms[rows.start + i],
                is_space: is_space[i],
            })
            .collect();
        let attributes = self.rules.apply(&seen);
        watch.lap(Step::Rules);

        // 3. Entities.
        let reduced = &run.recognizer[rows.start * HIDDEN..rows.end * HIDDEN];
        let entities = self.recognizer.mark(reduced, is_space, &starts, shares, watch);

        // 4. All of it as tokens.
        let base = reading.tokens.len() as u32;
        reading.tokens.reserve(length);
        let (mut byte, mut chars) = (0, unit.char);
        for (i, piece) in unit.pieces.iter().enumerate() {
            chars += count(&unit.text[byte..piece.start as usize]);
            let start = chars;
            chars += count(word(piece));
            byte = piece.end as usize;
            let index = base + i as u32;
            if starts[i] {
                reading.sentences.push(index..index);
            }
            if let Some(sentence) = reading.sentences.last_mut() {
                sentence.end = index + 1;
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
                byte_start: unit.byte + piece.start,
                byte_end: unit.byte + piece.end,
                space_after: piece.space_after,
                lemma,
                tag: self.labels.tags.name(a.tag),
                pos: a.pos,
                head: base + arcs.heads[i] as u32,
                dep: self.labels.deps.name(a.dep),
                entity_type: if iob == Iob::O { "" } else { self.labels.entities.name(entity) },
                entity_iob: iob,
                sentence: (reading.sentences.len() - 1) as u32,
            });
        }
        watch.lap(Step::Rules);
    }
}

impl Run {
    fn clear(&mut self) {
        self.tags.clear();
        self.forms.clear();
        self.is_space.clear();
        self.parser.clear();
        self.recognizer.clear();
    }
}

/// Code points in a text.
fn count(text: &str) -> u32 {
    if text.is_ascii() { text.len() as u32 } else { text.chars().count() as u32 }
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
