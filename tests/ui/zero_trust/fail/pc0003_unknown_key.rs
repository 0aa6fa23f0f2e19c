//! A key is spelled wrong; a protection that does not exist is left out.

use portcullis::{Violation, zero_trust};

#[zero_trust(bounded_recursoin(max = 3))]
fn one() -> Result<(), Violation> {
    Ok(())
}

#[zero_trust(bounded_recursion(maximum = 3))]
fn two() -> Result<(), Violation> {
    Ok(())
}

#[zero_trust(without(catch_panics))]
fn three() -> Result<(), Violation> {
    Ok(())
}

fn main() {
    let _ = (one(), two(), three());
}
