//! What an escape has to look like, and where it has to stand.

use portcullis::{Violation, checked_arithmetic};

#[checked_arithmetic(casts = on)]
fn unnamed(n: u32) -> Result<u8, Violation> {
    #[portcullis::allow]
    let low = n as u8;
    Ok(low)
}

#[checked_arithmetic(casts = on)]
fn of_what(n: u32) -> Result<u8, Violation> {
    #[portcullis::allow(arithmetic, reason = "it wraps on purpose")]
    let low = n as u8;
    Ok(low)
}

#[checked_arithmetic(casts = on)]
fn half_covered(n: u32) -> Result<u8, Violation> {
    Ok(#[portcullis::allow(cast, reason = "the low byte on purpose")] n as u8)
}

fn main() {
    let _ = (unnamed(1), of_what(1), half_covered(1));
}
