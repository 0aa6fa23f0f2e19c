//! A shift by the width of the type, or more.

use portcullis::{Violation, zero_trust};

#[zero_trust]
fn bit(#[check(range(max = 70))] flag: u32) -> Result<u64, Violation> {
    Ok(1_u64 << flag)
}

fn main() {
    let _ = bit(1);
}
