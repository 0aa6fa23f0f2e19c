//! A divisor that the rules let be zero.

use portcullis::{Violation, zero_trust};

#[zero_trust]
fn share(
    #[trusted(reason = "of the server")] sum: u64,
    #[check(range(max = 10))] players: u64,
    #[check(range(min = -5, max = 5))] shift: i32,
) -> Result<u64, Violation> {
    if shift != 0 {
        return Ok(sum / (players * 2));
    }
    Ok(100 % u64::from(shift == 0) + u64::try_from(100 / shift).unwrap_or(0))
}

fn main() {
    let _ = share(1, 1, 1);
}
