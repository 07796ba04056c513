//! Matrix products.

/// `out[r][c] = sum_k x[r][k] * w[c][k] + b[c]` for `x` of `rows` by `inner` and `w` of `b.len()` by `inner`. Each output
/// depends on its own row only, in the same order of sums for any number of rows.
pub fn affine(x: &[f32], w: &[f32], b: &[f32], inner: usize, out: &mut Vec<f32>) {
    let (rows, columns) = (x.len() / inner, b.len());
    debug_assert_eq!(w.len(), columns * inner);
    out.clear();
    out.resize(rows * columns, 0.0);
    if rows == 0 {
        return;
    }
    // Sound: the slices hold rows*inner, columns*inner and rows*columns numbers, and the strides stay inside them.
    unsafe {
        matrixmultiply::sgemm(
            rows,
            inner,
            columns,
            1.0,
            x.as_ptr(),
            inner as isize,
            1,
            w.as_ptr(),
            1,
            inner as isize,
            0.0,
            out.as_mut_ptr(),
            columns as isize,
            1,
        );
    }
    for row in out.chunks_exact_mut(columns) {
        for (o, bias) in row.iter_mut().zip(b) {
            *o += bias;
        }
    }
}
