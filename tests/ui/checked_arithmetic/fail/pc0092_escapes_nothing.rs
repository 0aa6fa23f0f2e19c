//! An escape with no cast under it that would be checked.

use portcullis::{Violation, checked_arithmetic};

#[checked_arithmetic(casts = on)]
fn widened(n: u8) -> Result<u32, Violation> {
    #[portcullis::allow(cast, reason = "it was narrower once")]
    let wide = u32::from(n);
    Ok(wide)
}

#[checked_arithmetic(casts = on)]
fn masked(n: u32) -> Result<u8, Violation> {
    #[portcullis::allow(cast, reason = "the mask shows it too")]
    let low = (n & 0xFF) as u8;
    Ok(low)
}

fn main() {
    let _ = (widened(1), masked(1));
}
