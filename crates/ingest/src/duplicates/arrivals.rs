//! Arrivals are articles in the order in which they come, over many runs: each is told apart from the originals that came
//! before it, and no later one changes that. An article that is a copy of several originals belongs to the one that was
//! published first. In what portions the articles come makes no difference.
//!
//! Of each original the sketch is kept in memory: 270 bytes, so that a million take 270 MB.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{ROWS, Sketch};

/// The originals so far.
#[derive(Debug, Default)]
pub struct Arrivals {
    originals: Vec<Original>,
}

#[derive(Debug, Clone)]
struct Original {
    id: u64,
    published_at: Option<Timestamp>,
    sketch: Sketch,
}

impl Original {
    /// What is smaller was published earlier.
    fn age(&self) -> (bool, Option<Timestamp>, u64) {
        (self.published_at.is_none(), self.published_at, self.id)
    }
}

/// An article that comes: its identifier as a number, its time of publication, its sketch if it is long enough for one.
pub type Arrival = (u64, Option<Timestamp>, Option<Sketch>);

impl Arrivals {
    /// Adds an article that is known to be an original.
    pub fn add(&mut self, id: u64, published_at: Option<Timestamp>, sketch: Sketch) {
        self.originals.push(Original { id, published_at, sketch });
    }

    /// Tells of each article in turn which original it is a copy of. One whose identifier is known takes the place of the
    /// former.
    pub fn tell(&mut self, arriving: &[Arrival]) -> Vec<Option<u64>> {
        // 1. What each is like among the originals so far: those that agree with it in a band and are copies.
        let mut bands: HashMap<(usize, [u16; ROWS]), Vec<usize>> = HashMap::new();
        for (at, (_, _, sketch)) in arriving.iter().enumerate() {
            for band in sketch.iter().flat_map(|sketch| sketch.bands().enumerate()) {
                bands.entry(band).or_default().push(at);
            }
        }
        let mut alike: Vec<Vec<usize>> = vec![Vec::new(); arriving.len()];
        for (known, original) in self.originals.iter().enumerate() {
            for band in original.sketch.bands().enumerate() {
                for at in bands.get(&band).into_iter().flatten() {
                    if alike[*at].last() != Some(&known) {
                        alike[*at].push(known);
                    }
                }
            }
        }
        // 2. One after the other, those that came just before included.
        let before = self.originals.len();
        let mut replaced: HashMap<u64, usize> = HashMap::new();
        let mut told = Vec::with_capacity(arriving.len());
        for (at, (id, published_at, sketch)) in arriving.iter().enumerate() {
            let stands = |known: usize, original: &Original| {
                original.id != *id && replaced.get(&original.id).is_none_or(|since| *since <= known)
            };
            let of = sketch.as_ref().and_then(|sketch| {
                let old = alike[at].iter().map(|known| (*known, &self.originals[*known]));
                let new = (before..).zip(&self.originals[before..]).filter(|(_, o)| o.sketch.shares_band(sketch));
                let copied = old.chain(new).filter(|(known, o)| stands(*known, o) && o.sketch.is_copy(sketch));
                copied.map(|(_, original)| original).min_by_key(|original| original.age()).map(|original| original.id)
            });
            replaced.insert(*id, self.originals.len());
            if let (None, Some(sketch)) = (of, sketch) {
                self.originals.push(Original { id: *id, published_at: *published_at, sketch: sketch.clone() });
            }
            told.push(of);
        }
        // 3. Those that others took the place of are no originals any more.
        let mut place = 0;
        self.originals.retain(|original| {
            place += 1;
            replaced.get(&original.id).is_none_or(|since| *since < place)
        });
        told
    }
}

impl Sketch {
    fn shares_band(&self, other: &Sketch) -> bool {
        self.bands().zip(other.bands()).any(|(one, two)| one == two)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Article;

    fn arrival(id: u64, second: i64, words: std::ops::Range<u32>) -> Arrival {
        let text: Vec<String> = words.map(|word| format!("word{word}")).collect();
        let article = Article { text: text.join(" "), ..Default::default() };
        (id, Timestamp::from_second(second).ok(), Sketch::of(&article))
    }

    fn all() -> Vec<Arrival> {
        vec![
            arrival(1, 50, 0..200),
            arrival(2, 10, 0..190),     // a copy of 1, though published before it: it came later
            arrival(3, 20, 1000..1200), // a story of its own
            arrival(4, 30, 1005..1200), // a copy of 3
            arrival(3, 40, 5000..5100), // 3 again, another story now
            arrival(5, 60, 1000..1200), // 4 is a copy and no original, 3 has gone: an original
            arrival(6, 70, 0..20),      // too short to tell
        ]
    }

    #[test]
    fn copies_are_told_in_any_portions() {
        let expected = [None, Some(1), None, Some(3), None, None, None];
        assert_eq!(Arrivals::default().tell(&all()), expected);
        for portion in 1..all().len() {
            let mut arrivals = Arrivals::default();
            let told: Vec<Option<u64>> = all().chunks(portion).flat_map(|part| arrivals.tell(part)).collect();
            assert_eq!(told, expected, "in portions of {portion}");
        }
    }

    #[test]
    fn a_sketch_is_kept_as_bytes() {
        let (_, _, sketch) = arrival(1, 0, 0..100);
        assert_eq!(Sketch::from_bytes(&sketch.as_ref().unwrap().to_bytes()), sketch);
        assert_eq!(Sketch::from_bytes(b"short"), None);
    }
}
