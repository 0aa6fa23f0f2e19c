//! A cast that no exit may stand at is said, not passed over; with a reason it stays.

use portcullis::{Violation, zero_trust};

#[zero_trust]
fn first(#[check(length(min = 1, max = 9))] bytes: &[u8], #[check(range(max = 70_000))] at: u32) -> Result<u16, Violation> {
    let first = unsafe { *bytes.as_ptr() };
    #[portcullis::allow(cast, reason = "the low half on purpose")]
    let low = at as u16;
    Ok(u16::from(first) ^ low ^ (at >> 1) as u16)
}

fn main() {
    let _ = first(&[1], 1);
}
