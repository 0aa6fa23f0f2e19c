//! Limits that are none.

use portcullis::{Violation, bounded_recursion};

#[bounded_recursion(max = 0)]
fn none() -> Result<(), Violation> {
    Ok(())
}

#[bounded_recursion(max = "64")]
fn text() -> Result<(), Violation> {
    Ok(())
}

const LIMIT: f64 = 6.4;

#[bounded_recursion(max = LIMIT)]
fn fraction() -> Result<(), Violation> {
    Ok(())
}

#[bounded_recursion(max)]
fn missing() -> Result<(), Violation> {
    Ok(())
}

#[bounded_recursion(max = 3, or(retry))]
fn other() -> Result<(), Violation> {
    Ok(())
}

fn main() {
    let _ = (none(), text(), fraction(), missing(), other());
}
