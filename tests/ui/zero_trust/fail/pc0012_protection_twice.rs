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

fn main() {
    let _ = (below(), above());
}
