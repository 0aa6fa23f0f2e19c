//! A cast that does not hold a value that the rules admit.

use portcullis::{Violation, zero_trust};

#[zero_trust]
fn slot(#[check(range(max = 256))] slot: u32, #[check(range(min = -1, max = 9))] level: i32) -> Result<u32, Violation> {
    let low = slot as u8;
    Ok(u32::from(low) + level as u32)
}

fn main() {
    let _ = slot(1, 1);
}
