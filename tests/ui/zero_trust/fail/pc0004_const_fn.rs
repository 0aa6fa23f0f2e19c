//! No guard can run at compile time.

use portcullis::{Violation, checked_arithmetic, zero_trust};

#[zero_trust]
const fn one() -> Result<u8, Violation> {
    Ok(1)
}

#[checked_arithmetic]
const fn two() -> Result<u8, Violation> {
    Ok(2)
}

fn main() {
    let _ = (one(), two());
}
