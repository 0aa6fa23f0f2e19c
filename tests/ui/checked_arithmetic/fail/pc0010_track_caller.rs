//! A check in a closure needs the boundary; one in straight code does not.

use portcullis::{Violation, checked_arithmetic, checked_indexing};

#[checked_arithmetic]
#[track_caller]
fn closure(v: &[u8]) -> Result<u8, Violation> {
    Ok(v.iter().fold(0, |sum, x| sum + x))
}

#[checked_arithmetic]
#[track_caller]
async fn block(x: u8) -> Result<u8, Violation> {
    Ok(async { x + 1 }.await)
}

#[checked_arithmetic]
#[track_caller]
fn straight(x: u8) -> Result<u8, Violation> {
    Ok(x + 1)
}

#[checked_arithmetic]
#[checked_indexing(or(panic))]
#[track_caller]
fn panicking(v: &[usize]) -> Result<usize, Violation> {
    Ok(v.iter().map(|at| v[*at]).max().unwrap_or(0) + 1)
}

fn main() {}
