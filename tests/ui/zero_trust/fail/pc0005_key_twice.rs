//! The reader would have to guess which holds.

use portcullis::{Violation, bounded_recursion, zero_trust};

#[bounded_recursion(max = 3, max = 4)]
fn one() -> Result<(), Violation> {
    Ok(())
}

#[zero_trust(bounded_recursion(max = 3), without(bounded_recursion))]
fn two() -> Result<(), Violation> {
    Ok(())
}

#[zero_trust]
fn three(#[check(range(max = 3))] #[trusted(reason = "made at start-up")] n: u8) -> Result<u8, Violation> {
    Ok(n)
}

fn main() {
    let _ = (one(), two(), three(1));
}
