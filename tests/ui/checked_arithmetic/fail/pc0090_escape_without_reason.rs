//! An escape says why. The compiler's own `allow` is none.

use portcullis::{Violation, checked_arithmetic};

#[checked_arithmetic(casts = on)]
fn low(n: u32) -> Result<u8, Violation> {
    #[portcullis::allow(cast)]
    let low = n as u8;
    #[portcullis::allow(cast, reason = "short")]
    let middle = (n >> 8) as u8;
    #[allow(clippy::cast_possible_truncation)]
    let high = (n >> 16) as u8;
    Ok(low ^ middle ^ high)
}

fn main() {
    let _ = low(1);
}
