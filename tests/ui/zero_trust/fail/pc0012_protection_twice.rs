//! `zero_trust` has the protection in it already, whichever stands first, and with another limit.

use portcullis::{Violation, bounded_recursion, zero_trust};

#[zero_trust]
#[bounded_recursion(max = 8)]
fn below() -> Result<(), Violation> {
    Ok(())
}

#[bounded_recursion(max = 8)]
#[zero_trust]
fn above() -> Result<(), Violation> {
    Ok(())
}

/// Each would take the other's count along.
#[bounded_recursion(max = 100)]
#[bounded_recursion(max = 5)]
async fn twice(left: u32) -> Result<(), Violation> {
    if left == 0 { Ok(()) } else { Box::pin(twice(left - 1)).await }
}

fn main() {
    let _ = (below(), above(), twice(1));
}
