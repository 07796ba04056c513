//! A matrix here is a layer's weights, packed once into panels of 32 outputs so that a product reads them in order. Every
//! output is one chain of fused multiply-adds over the inputs from first to last, whatever the instruction set, the
//! number of rows or their place: results are the same, bit for bit, on AVX-512, AVX2 and the portable path.

/// Outputs in a panel.
const WIDE: usize = 32;

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
    /// The best that this processor has.
    pub fn detect() -> Simd {
        #[cfg(target_arch = "x86_64")]
        {
            if std::is_x86_feature_detected!("avx512f") && std::is_x86_feature_detected!("avx512vl") {
                return Simd::Avx512;
            }
            if std::is_x86_feature_detected!("avx2") && std::is_x86_feature_detected!("fma") {
                return Simd::Avx2;
            }
        }
        Simd::Portable
    }
}

/// Defines a function in three copies, one an instruction set, from one body that is inlined into each.
macro_rules! dispatch {
    ($(#[$meta:meta])* pub fn $name:ident($simd:ident, $($arg:ident: $ty:ty),* $(,)?) => $body:ident) => {
        $(#[$meta])*
        pub fn $name($simd: Simd, $($arg: $ty),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512vl,avx2,fma")]
                fn avx512($($arg: $ty),*) {
                    $body($($arg),*)
                }
                #[target_feature(enable = "avx2,fma")]
                fn avx2($($arg: $ty),*) {
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

/// A layer `y = Wx + b`.
#[derive(Debug)]
pub struct Matrix {
    inputs: usize,
    outputs: usize,
    /// For each panel: for each input, 32 weights.
    panels: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// Packs `weights` (outputs × inputs). `order` says which row of the weights becomes output `i`.
    pub fn new(weights: &[f32], bias: &[f32], outputs: usize, inputs: usize, order: impl Fn(usize) -> usize) -> Matrix {
        let padded = outputs.next_multiple_of(WIDE);
        let mut panels = vec![0.0; padded * inputs];
        let mut packed_bias = vec![0.0; padded];
        for output in 0..outputs {
            let row = order(output);
            packed_bias[output] = bias[row];
            for input in 0..inputs {
                panels[(output / WIDE * inputs + input) * WIDE + output % WIDE] = weights[row * inputs + input];
            }
        }
        Matrix { inputs, outputs: padded, panels, bias: packed_bias }
    }

    /// Outputs in a row, a multiple of 32.
    pub fn width(&self) -> usize {
        self.outputs
    }

    /// Multiplies `rows` rows of `x`, which begin `stride` apart and may overlap; adds the bias.
    pub fn apply(&self, simd: Simd, x: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
        product(simd, self, x, stride, rows, out);
    }
}

/// Multiplies and adds with the kernel of the instruction set. The slices are checked here, once, so that the kernels
/// need not.
fn product(simd: Simd, matrix: &Matrix, x: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
    let (inputs, width) = (matrix.inputs, matrix.outputs);
    if rows == 0 {
        return;
    }
    assert!(x.len() >= (rows - 1) * stride + inputs && out.len() >= rows * width, "a row is cut");
    for (p, panel) in matrix.panels.chunks_exact(inputs * WIDE).enumerate() {
        let bias = &matrix.bias[p * WIDE..][..WIDE];
        let mut row = 0;
        while row < rows {
            let tile = Tile { panel, bias, inputs, x: &x[row * stride..], stride, width };
            let out = &mut out[row * width + p * WIDE..];
            row += kernel(simd, &tile, rows - row, out);
        }
    }
}

/// One panel and the rows to multiply it with.
struct Tile<'a> {
    panel: &'a [f32],
    bias: &'a [f32],
    inputs: usize,
    x: &'a [f32],
    stride: usize,
    width: usize,
}

/// Multiplies as many of the `left` rows as the kernel takes at once; gives their number.
#[inline]
fn kernel(simd: Simd, tile: &Tile, left: usize, out: &mut [f32]) -> usize {
    macro_rules! rows {
        ($kernel:ident, $($n:literal)*) => {
            $(if left >= $n {
                // SAFETY: `Simd::detect` gives an instruction set only where the processor has it; `product` has
                // checked that all rows lie inside of the slices.
                unsafe { x86::$kernel::<$n>(tile, out) };
                return $n;
            })*
        };
    }
    #[cfg(target_arch = "x86_64")]
    match simd {
        Simd::Avx512 => {
            rows!(avx512, 12 4 1);
        }
        Simd::Avx2 => {
            rows!(avx2, 6 1);
        }
        Simd::Portable => {}
    }
    let _ = simd;
    portable(tile, out);
    1
}

/// One row in plain Rust.
fn portable(tile: &Tile, out: &mut [f32]) {
    let mut sums = [0.0f32; WIDE];
    for (value, weights) in tile.x[..tile.inputs].iter().zip(tile.panel.as_chunks::<WIDE>().0) {
        for j in 0..WIDE {
            sums[j] = value.mul_add(weights[j], sums[j]);
        }
    }
    for j in 0..WIDE {
        out[j] = sums[j] + tile.bias[j];
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{Tile, WIDE};
    use std::arch::x86_64::*;

    /// # Safety
    /// The tile's slices hold `R` rows and the processor has AVX-512F.
    #[target_feature(enable = "avx512f")]
    pub unsafe fn avx512<const R: usize>(tile: &Tile, out: &mut [f32]) {
        let (panel, x, out) = (tile.panel.as_ptr(), tile.x.as_ptr(), out.as_mut_ptr());
        let mut sums = [[_mm512_setzero_ps(); 2]; R];
        for k in 0..tile.inputs {
            // SAFETY: `k` is below the number of inputs, for which the panel and each row have room.
            unsafe {
                let low = _mm512_loadu_ps(panel.add(k * WIDE));
                let high = _mm512_loadu_ps(panel.add(k * WIDE + 16));
                for r in 0..R {
                    let value = _mm512_set1_ps(*x.add(r * tile.stride + k));
                    sums[r][0] = _mm512_fmadd_ps(value, low, sums[r][0]);
                    sums[r][1] = _mm512_fmadd_ps(value, high, sums[r][1]);
                }
            }
        }
        for (r, sum) in sums.iter().enumerate() {
            for (half, &sum) in sum.iter().enumerate() {
                // SAFETY: a panel's bias has 32 values, and `out` has room for each row's 32.
                unsafe {
                    let bias = _mm512_loadu_ps(tile.bias.as_ptr().add(half * 16));
                    _mm512_storeu_ps(out.add(r * tile.width + half * 16), _mm512_add_ps(sum, bias));
                }
            }
        }
    }

    /// # Safety
    /// The tile's slices hold `R` rows and the processor has AVX2 and FMA.
    #[target_feature(enable = "avx2,fma")]
    pub unsafe fn avx2<const R: usize>(tile: &Tile, out: &mut [f32]) {
        let (panel, x, out) = (tile.panel.as_ptr(), tile.x.as_ptr(), out.as_mut_ptr());
        for half in [0, 16] {
            let mut sums = [[_mm256_setzero_ps(); 2]; R];
            for k in 0..tile.inputs {
                // SAFETY: `k` is below the number of inputs, for which the panel and each row have room.
                unsafe {
                    let low = _mm256_loadu_ps(panel.add(k * WIDE + half));
                    let high = _mm256_loadu_ps(panel.add(k * WIDE + half + 8));
                    for r in 0..R {
                        let value = _mm256_set1_ps(*x.add(r * tile.stride + k));
                        sums[r][0] = _mm256_fmadd_ps(value, low, sums[r][0]);
                        sums[r][1] = _mm256_fmadd_ps(value, high, sums[r][1]);
                    }
                }
            }
            for (r, sum) in sums.iter().enumerate() {
                for (part, &sum) in sum.iter().enumerate() {
                    let at = half + part * 8;
                    // SAFETY: a panel's bias has 32 values, and `out` has room for each row's 32.
                    unsafe {
                        let bias = _mm256_loadu_ps(tile.bias.as_ptr().add(at));
                        _mm256_storeu_ps(out.add(r * tile.width + at), _mm256_add_ps(sum, bias));
                    }
                }
            }
        }
    }
}

/// Units of a maxout layer's output.
pub const UNITS: usize = 96;

dispatch! {
    /// The largest of three pieces for each unit, then layer normalization, then the input is added where there is one.
    /// `pieces` has rows of 3 × 96, one piece after the other.
    pub fn maxout_norm(simd, pieces: &[f32], gain: &[f32], bias: &[f32], residual: Option<&[f32]>, out: &mut [f32])
        => maxout_norm_body
}

#[inline(always)]
fn maxout_norm_body(pieces: &[f32], gain: &[f32], bias: &[f32], residual: Option<&[f32]>, out: &mut [f32]) {
    let (gain, bias) = (&gain[..UNITS], &bias[..UNITS]);
    for (row, (pieces, out)) in pieces.chunks_exact(3 * UNITS).zip(out.chunks_exact_mut(UNITS)).enumerate() {
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
        match residual {
            None => {
                for i in 0..UNITS {
                    out[i] = best[i] * scale * gain[i] + bias[i];
                }
            }
            Some(input) => {
                let input = &input[row * UNITS..][..UNITS];
                for i in 0..UNITS {
                    out[i] = input[i] + (best[i] * scale * gain[i] + bias[i]);
                }
            }
        }
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
