//! An index in a closure needs the boundary.

use portcullis::{Violation, checked_indexing};

#[checked_indexing]
#[track_caller]
fn closure(v: &[usize]) -> Result<usize, Violation> {
    Ok(v.iter().map(|at| v[*at]).max().unwrap_or(0))
}

fn main() {}
