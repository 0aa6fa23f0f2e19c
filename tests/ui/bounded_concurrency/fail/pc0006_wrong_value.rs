//! Limits that are none.

use portcullis::{Violation, bounded_concurrency, zero_trust};

#[bounded_concurrency]
fn missing() -> Result<(), Violation> {
    Ok(())
}

#[zero_trust(bounded_concurrency(or(panic)))]
fn missing_in_a_list() -> Result<(), Violation> {
    Ok(())
}

#[bounded_concurrency(max = 0)]
fn none() -> Result<(), Violation> {
    Ok(())
}

#[bounded_concurrency(max = "64")]
fn text() -> Result<(), Violation> {
    Ok(())
}

#[bounded_concurrency(max = 5_000_000_000)]
fn too_large() -> Result<(), Violation> {
    Ok(())
}

const LIMIT: f64 = 6.4;

#[bounded_concurrency(max = LIMIT)]
fn fraction() -> Result<(), Violation> {
    Ok(())
}

fn main() {
    let _ = (missing(), missing_in_a_list(), none(), text(), too_large(), fraction());
}
