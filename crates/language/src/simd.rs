//! Instruction sets, and the layers' functions that are not products, compiled once for each of them.

/// The instruction sets that have their own copy of the kernels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Simd {
    /// 512-bit vectors.
    Avx512,
    /// 256-bit vectors with fused multiply-add.
    Avx2,
    /// What every processor of the target has.
    Portable,
}

impl Simd {
    /// Those that this processor has, the best one first.
    pub fn all() -> impl Iterator<Item = Simd> {
        #[cfg(target_arch = "x86_64")]
        let has = |simd: &Simd| match simd {
            Simd::Avx512 => std::is_x86_feature_detected!("avx512f") && std::is_x86_feature_detected!("avx512vl"),
            Simd::Avx2 => std::is_x86_feature_detected!("avx2") && std::is_x86_feature_detected!("fma"),
            Simd::Portable => true,
        };
        #[cfg(not(target_arch = "x86_64"))]
        let has = |simd: &Simd| *simd == Simd::Portable;
        [Simd::Avx512, Simd::Avx2, Simd::Portable].into_iter().filter(has)
    }

    /// The best that this processor has.
    pub fn detect() -> Simd {
        Simd::all().next().unwrap_or(Simd::Portable)
    }
}

/// Defines a function in three copies, one an instruction set, from one body that is inlined into each.
macro_rules! dispatch {
    ($(#[$meta:meta])* pub fn $name:ident($simd:ident, $($arg:ident: $ty:ty),* $(,)?) $(-> $out:ty)? => $body:ident) => {
        $(#[$meta])*
        #[inline]
        pub fn $name($simd: Simd, $($arg: $ty),*) $(-> $out)? {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512vl,avx2,fma")]
                fn avx512($($arg: $ty),*) $(-> $out)? {
                    $body($($arg),*)
                }
                #[target_feature(enable = "avx2,fma")]
                fn avx2($($arg: $ty),*) $(-> $out)? {
                    $body($($arg),*)
                }
                match $simd {
                    // SAFETY: `Simd::detect` gives these only where the processor has the features.
                    Simd::Avx512 => return unsafe { avx512($($arg),*) },
                    // SAFETY: as above.
                    Simd::Avx2 => return unsafe { avx2($($arg),*) },
                    Simd::Portable => {}
                }
            }
            $body($($arg),*)
        }
    };
}

/// Units of a maxout layer's output.
pub const UNITS: usize = 96;
/// Numbers that a maxout layer chooses from: three pieces for each unit, one piece after the other.
pub const PIECES: usize = 3 * UNITS;

/// Gain and bias of a layer normalization.
#[derive(Debug)]
pub struct Norm {
    pub gain: Vec<f32>,
    pub bias: Vec<f32>,
}

dispatch! {
    /// For each row of `pieces` the largest piece of each unit, then layer normalization; `out` has the result added.
    pub fn maxout_norm(simd, pieces: &[f32], norm: &Norm, out: &mut [f32]) => maxout_norm_body
}

#[inline(always)]
fn maxout_norm_body(pieces: &[f32], norm: &Norm, out: &mut [f32]) {
    for (pieces, out) in pieces.as_chunks::<PIECES>().0.iter().zip(out.as_chunks_mut::<UNITS>().0) {
        normalize(pieces, norm, out);
    }
}

dispatch! {
    /// The same for one row whose pieces are the sums of three rows of parts and the bias.
    pub fn maxout_norm_sum(simd, parts: [&[f32; PIECES]; 3], bias: &[f32; PIECES], norm: &Norm, out: &mut [f32; UNITS])
        => maxout_norm_sum_body
}

#[inline(always)]
fn maxout_norm_sum_body(parts: [&[f32; PIECES]; 3], bias: &[f32; PIECES], norm: &Norm, out: &mut [f32; UNITS]) {
    let mut pieces = [0.0f32; PIECES];
    for i in 0..PIECES {
        pieces[i] = parts[0][i] + parts[1][i] + parts[2][i] + bias[i];
    }
    normalize(&pieces, norm, out);
}

#[inline(always)]
fn normalize(pieces: &[f32; PIECES], norm: &Norm, out: &mut [f32; UNITS]) {
    let (gain, bias) = (&norm.gain[..UNITS], &norm.bias[..UNITS]);
    let mut best = [0.0f32; UNITS];
    for i in 0..UNITS {
        let (a, b, c) = (pieces[i], pieces[UNITS + i], pieces[2 * UNITS + i]);
        let ab = if b > a { b } else { a };
        best[i] = if c > ab { c } else { ab };
    }
    let mean = sum(&best) / UNITS as f32;
    let mut squares = [0.0f32; UNITS];
    for i in 0..UNITS {
        best[i] -= mean;
        squares[i] = best[i] * best[i];
    }
    let scale = 1.0 / (sum(&squares) / UNITS as f32 + 1e-8).sqrt();
    for i in 0..UNITS {
        out[i] += best[i] * scale * gain[i] + bias[i];
    }
}

/// Sum in sixteen lanes, then pairwise: the same order on every path.
#[inline(always)]
fn sum(values: &[f32; UNITS]) -> f32 {
    let mut lanes = [0.0f32; 16];
    for chunk in values.as_chunks::<16>().0 {
        for i in 0..16 {
            lanes[i] += chunk[i];
        }
    }
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            lanes[i] += lanes[i + half];
        }
    }
    lanes[0]
}

/// Units of a scorer's hidden layer.
pub const HIDDEN: usize = 64;
/// A word's share in the hidden layer for one feature: two pieces for each unit, one piece after the other.
pub const SHARE: usize = 2 * HIDDEN;

dispatch! {
    /// The sum of the shares, the larger piece of each unit.
    pub fn maxout_shares(simd, shares: &[&[f32; SHARE]], out: &mut [f32; HIDDEN]) => maxout_shares_body
}

#[inline(always)]
fn maxout_shares_body(shares: &[&[f32; SHARE]], out: &mut [f32; HIDDEN]) {
    let mut sums = [0.0f32; SHARE];
    for share in shares {
        for i in 0..SHARE {
            sums[i] += share[i];
        }
    }
    for i in 0..HIDDEN {
        let (a, b) = (sums[i], sums[HIDDEN + i]);
        out[i] = if b > a { b } else { a };
    }
}

dispatch! {
    /// The place of the first of the largest scores, after `handicap` (0 or minus infinity) is added to each. Both have
    /// the same length, a multiple of 32.
    pub fn best(simd, scores: &[f32], handicap: &[f32]) -> usize => best_body
}

#[inline(always)]
fn best_body(scores: &[f32], handicap: &[f32]) -> usize {
    let mut top = [f32::NEG_INFINITY; 16];
    let mut at = [0u32; 16];
    let rows = scores.as_chunks::<16>().0.iter().zip(handicap.as_chunks::<16>().0);
    for (row, (scores, handicap)) in rows.enumerate() {
        for i in 0..16 {
            let score = scores[i] + handicap[i];
            at[i] = if score > top[i] { row as u32 } else { at[i] };
            top[i] = if score > top[i] { score } else { top[i] };
        }
    }
    let mut best = 0;
    for i in 1..16 {
        if top[i] > top[best] || (top[i] == top[best] && at[i] < at[best]) {
            best = i;
        }
    }
    at[best] as usize * 16 + best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_largest_allowed_scores_is_the_best() {
        let mut scores = [0.0f32; 96];
        let mut handicap = [0.0f32; 96];
        (scores[3], scores[40], scores[35], scores[67]) = (9.0, 7.0, 7.0, 7.0);
        handicap[3] = f32::NEG_INFINITY;
        for simd in Simd::all() {
            assert_eq!(best(simd, &scores, &handicap), 35, "{simd:?}");
        }
    }

    #[test]
    fn all_instruction_sets_normalize_to_the_same_bits() {
        let pieces: Vec<f32> = (0..5 * PIECES).map(|i| (i as f32 * 0.7).sin() * 3.0 + 0.1).collect();
        let norm = Norm {
            gain: (0..UNITS).map(|i| 1.0 + i as f32 / 7.0).collect(),
            bias: (0..UNITS).map(|i| i as f32 / 11.0).collect(),
        };
        let rows: Vec<&[f32; PIECES]> = pieces.as_chunks().0.iter().collect();
        let shares: Vec<&[f32; SHARE]> = pieces.as_chunks().0.iter().take(9).collect();
        let run = |simd| {
            let mut out = vec![0.25; 5 * UNITS];
            maxout_norm(simd, &pieces, &norm, &mut out);
            let mut one = [0.5; UNITS];
            maxout_norm_sum(simd, [rows[0], rows[1], rows[2]], rows[3], &norm, &mut one);
            let mut hidden = [0.0; HIDDEN];
            maxout_shares(simd, &shares, &mut hidden);
            out.iter().chain(&one).chain(&hidden).map(|v| v.to_bits()).collect::<Vec<_>>()
        };
        for simd in Simd::all() {
            assert_eq!(run(simd), run(Simd::Portable), "{simd:?}");
        }
    }
}
