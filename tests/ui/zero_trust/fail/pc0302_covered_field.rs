//! Fields and constants at divisions, shifts, casts and indices.

use portcullis::{Covered, Violation, zero_trust};

const ZERO: u32 = 0;
const BITS: u32 = 40;

#[derive(Covered)]
struct Share {
    #[check(range(max = 9))]
    parts: u32,
    #[check(range(min = -5, max = 5))]
    side: i64,
    #[check(range(max = 4))]
    at: usize,
    #[check(range(max = 300))]
    byte: u16,
}

#[zero_trust]
fn share(share: Share, #[trusted(reason = "of the server")] sum: u32) -> Result<u32, Violation> {
    let table = [1_u32, 2, 3, 4];
    let side = i64::from(sum) % share.side;
    let one = table[share.at];
    let byte = share.byte as u8;
    Ok(sum / share.parts + u32::try_from(side).unwrap_or(0) + one + u32::from(byte))
}

#[zero_trust]
fn rest(#[check(range(max = ZERO))] by: u32) -> Result<u32, Violation> {
    Ok(7 % by)
}

#[zero_trust]
fn shifted(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
    Ok(1_u32 << (n + BITS))
}

fn main() {
    let _ = (share(Share { parts: 1, side: 1, at: 1, byte: 1 }, 1), rest(1), shifted(1));
}
