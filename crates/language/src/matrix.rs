//! A matrix here is a layer's weights, packed once into panels of 32 outputs so that a product reads them in order. Every
//! output is one chain of fused multiply-adds over the inputs from first to last, whatever the instruction set, the
//! number of rows or their place: results are the same, bit for bit, on AVX-512, AVX2 and the portable path.

use crate::simd::Simd;

/// Outputs in a panel.
const WIDE: usize = 32;

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
    /// Packs the weights of `outputs` × `inputs`: `weight(o, i)` and `bias(o)` give them.
    pub fn new(
        outputs: usize,
        inputs: usize,
        weight: impl Fn(usize, usize) -> f32,
        bias: impl Fn(usize) -> f32,
    ) -> Matrix {
        let padded = outputs.next_multiple_of(WIDE);
        let mut panels = vec![0.0; padded * inputs];
        let mut packed_bias = vec![0.0; padded];
        for output in 0..outputs {
            packed_bias[output] = bias(output);
            for input in 0..inputs {
                panels[(output / WIDE * inputs + input) * WIDE + output % WIDE] = weight(output, input);
            }
        }
        Matrix { inputs, outputs: padded, panels, bias: packed_bias }
    }

    /// Outputs in a row, a multiple of 32.
    pub fn width(&self) -> usize {
        self.outputs
    }

    /// Multiplies `rows` rows of `x`, which begin `STRIDE` apart and may overlap; adds the bias.
    pub fn apply<const STRIDE: usize>(&self, simd: Simd, x: &[f32], rows: usize, out: &mut [f32]) {
        if rows == 0 {
            return;
        }
        // Checked here, once, so that the kernels need not.
        let (inputs, width) = (self.inputs, self.outputs);
        assert!(x.len() >= (rows - 1) * STRIDE + inputs && out.len() >= rows * width, "a row is cut");
        let mut panel = 0;
        while panel * WIDE < width {
            let left = width / WIDE - panel;
            let tile = |row: usize| Tile {
                panels: &self.panels[panel * inputs * WIDE..],
                bias: &self.bias[panel * WIDE..],
                inputs,
                x: &x[row * STRIDE..],
                width,
            };
            let mut row = 0;
            // A single row takes several panels at once, so that there are chains enough to hide the latency of one.
            let together = if rows < 4 && left >= 4 { 4 } else { 1 };
            while row < rows {
                let out = &mut out[row * width + panel * WIDE..];
                row += kernel::<STRIDE>(simd, &tile(row), rows - row, together, out);
            }
            panel += together;
        }
    }
}

/// Panels and the rows to multiply them with.
struct Tile<'a> {
    panels: &'a [f32],
    bias: &'a [f32],
    inputs: usize,
    x: &'a [f32],
    width: usize,
}

/// Multiplies as many of the `left` rows as the kernel takes at once with one panel or four; gives their number.
#[inline]
fn kernel<const STRIDE: usize>(simd: Simd, tile: &Tile, left: usize, panels: usize, out: &mut [f32]) -> usize {
    macro_rules! rows {
        ($kernel:ident, $($rows:literal by $panels:literal),*) => {
            $(if left >= $rows && panels == $panels {
                // SAFETY: `Simd::detect` gives an instruction set only where the processor has it; `apply` has checked
                // that all rows lie inside of the slices.
                unsafe { x86::$kernel::<$rows, $panels, STRIDE>(tile, out) };
                return $rows;
            })*
        };
    }
    #[cfg(target_arch = "x86_64")]
    match simd {
        Simd::Avx512 => {
            rows!(avx512, 12 by 1, 4 by 1, 1 by 1, 1 by 4);
        }
        Simd::Avx2 => {
            rows!(avx2, 6 by 1, 1 by 1, 1 by 4);
        }
        Simd::Portable => {}
    }
    let _ = simd;
    portable(tile, panels, out);
    1
}

/// One row in plain Rust.
fn portable(tile: &Tile, panels: usize, out: &mut [f32]) {
    for p in 0..panels {
        let mut sums = [0.0f32; WIDE];
        let panel = &tile.panels[p * tile.inputs * WIDE..];
        for (value, weights) in tile.x[..tile.inputs].iter().zip(panel.as_chunks::<WIDE>().0) {
            for j in 0..WIDE {
                sums[j] = value.mul_add(weights[j], sums[j]);
            }
        }
        for j in 0..WIDE {
            out[p * WIDE + j] = sums[j] + tile.bias[p * WIDE + j];
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{Tile, WIDE};
    use std::arch::x86_64::*;

    /// `R` rows by `P` panels.
    ///
    /// # Safety
    /// The tile's slices hold so many rows and panels, and the processor has AVX-512F.
    #[target_feature(enable = "avx512f")]
    pub unsafe fn avx512<const R: usize, const P: usize, const STRIDE: usize>(tile: &Tile, out: &mut [f32]) {
        let (panel, x, out, inputs) = (tile.panels.as_ptr(), tile.x.as_ptr(), out.as_mut_ptr(), tile.inputs);
        let mut sums = [[[_mm512_setzero_ps(); 2]; P]; R];
        for k in 0..inputs {
            // SAFETY: `k` is below the number of inputs, for which each panel and each row have room. That the stride is
            // known makes all rows of a tile displacements from one pointer.
            unsafe {
                let mut weights = [[_mm512_setzero_ps(); 2]; P];
                for (p, weights) in weights.iter_mut().enumerate() {
                    let at = panel.add((p * inputs + k) * WIDE);
                    *weights = [_mm512_loadu_ps(at), _mm512_loadu_ps(at.add(16))];
                }
                for (r, sums) in sums.iter_mut().enumerate() {
                    let value = _mm512_set1_ps(*x.add(r * STRIDE + k));
                    for (sums, weights) in sums.iter_mut().zip(&weights) {
                        sums[0] = _mm512_fmadd_ps(value, weights[0], sums[0]);
                        sums[1] = _mm512_fmadd_ps(value, weights[1], sums[1]);
                    }
                }
            }
        }
        for (r, row) in sums.iter().enumerate() {
            for (part, &sum) in row.as_flattened().iter().enumerate() {
                // SAFETY: a panel's bias has 32 values, and `out` has room for each row's 32 of each panel.
                unsafe {
                    let bias = _mm512_loadu_ps(tile.bias.as_ptr().add(part * 16));
                    _mm512_storeu_ps(out.add(r * tile.width + part * 16), _mm512_add_ps(sum, bias));
                }
            }
        }
    }

    /// `R` rows by `P` panels, half a panel at a time.
    ///
    /// # Safety
    /// The tile's slices hold so many rows and panels, and the processor has AVX2 and FMA.
    #[target_feature(enable = "avx2,fma")]
    pub unsafe fn avx2<const R: usize, const P: usize, const STRIDE: usize>(tile: &Tile, out: &mut [f32]) {
        let (panel, x, out, inputs) = (tile.panels.as_ptr(), tile.x.as_ptr(), out.as_mut_ptr(), tile.inputs);
        for half in [0, 16] {
            let mut sums = [[[_mm256_setzero_ps(); 2]; P]; R];
            for k in 0..inputs {
                // SAFETY: `k` is below the number of inputs, for which each panel and each row have room.
                unsafe {
                    let mut weights = [[_mm256_setzero_ps(); 2]; P];
                    for (p, weights) in weights.iter_mut().enumerate() {
                        let at = panel.add((p * inputs + k) * WIDE + half);
                        *weights = [_mm256_loadu_ps(at), _mm256_loadu_ps(at.add(8))];
                    }
                    for (r, sums) in sums.iter_mut().enumerate() {
                        let value = _mm256_set1_ps(*x.add(r * STRIDE + k));
                        for (sums, weights) in sums.iter_mut().zip(&weights) {
                            sums[0] = _mm256_fmadd_ps(value, weights[0], sums[0]);
                            sums[1] = _mm256_fmadd_ps(value, weights[1], sums[1]);
                        }
                    }
                }
            }
            for (r, row) in sums.iter().enumerate() {
                for (part, &sum) in row.as_flattened().iter().enumerate() {
                    let at = part / 2 * WIDE + half + part % 2 * 8;
                    // SAFETY: a panel's bias has 32 values, and `out` has room for each row's 32 of each panel.
                    unsafe {
                        let bias = _mm256_loadu_ps(tile.bias.as_ptr().add(at));
                        _mm256_storeu_ps(out.add(r * tile.width + at), _mm256_add_ps(sum, bias));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that are far from round, from a fixed seed.
    fn numbers(count: usize) -> Vec<f32> {
        let mut seed = 11u64;
        let next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 40) as f32 / 7e6 - 1.1
        };
        std::iter::repeat_with(next).take(count).collect()
    }

    /// Any number of rows, of inputs and of outputs, on every path that this machine has.
    #[test]
    fn all_instruction_sets_give_the_same_bits() {
        for (outputs, inputs) in [(288, 288), (107, 64), (74, 64), (50, 96), (1, 3), (864, 96)] {
            let (weights, x) = (numbers(outputs * inputs), numbers(31 * 96 + inputs));
            let matrix = Matrix::new(outputs, inputs, |o, i| weights[o * inputs + i], |o| o as f32 / 3.0);
            for rows in (0..=26).chain([31]) {
                let run = |simd| {
                    let mut out = vec![0.0; rows * matrix.width()];
                    matrix.apply::<96>(simd, &x, rows, &mut out);
                    out.iter().map(|v| v.to_bits()).collect::<Vec<_>>()
                };
                let plain = run(Simd::Portable);
                for simd in Simd::all() {
                    assert_eq!(run(simd), plain, "{simd:?} {outputs} x {inputs}, {rows} rows");
                }
            }
        }
    }
}
