//! A character set is a sorted list of ranges of code points, with a bitmap for ASCII so that most tests are one look.

/// A set of characters.
#[derive(Debug, Clone, Default)]
pub struct CharSet {
    ascii: u128,
    ranges: Vec<(u32, u32)>,
}

impl CharSet {
    /// Builds the set from sorted, disjoint, inclusive ranges.
    pub fn new(ranges: &[(u32, u32)]) -> CharSet {
        let mut ascii = 0;
        for &(low, high) in ranges {
            for c in low..=high.min(127) {
                ascii |= 1 << c;
            }
        }
        CharSet { ascii, ranges: ranges.iter().copied().filter(|r| r.1 > 127).collect() }
    }

    /// Whether the set has this character.
    #[inline]
    pub fn has(&self, c: char) -> bool {
        let c = c as u32;
        if c < 128 {
            return self.ascii >> c & 1 == 1;
        }
        let i = self.ranges.partition_point(|r| r.1 < c);
        self.ranges.get(i).is_some_and(|r| r.0 <= c)
    }
}

/// The classes of characters by which Python describes a string.
#[derive(Debug, Clone, Default)]
pub struct Classes {
    /// `str.isalpha`
    pub alpha: CharSet,
    /// `str.isupper` of one character
    pub upper: CharSet,
    /// `str.isdigit`
    pub digit: CharSet,
    /// `str.isspace`
    pub space: CharSet,
}
