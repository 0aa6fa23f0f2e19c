use portcullis::{Violation, zero_trust};

#[zero_trust(strict, checked_arithmetic(casts = off))]
fn left_out(#[check(range(max = 999))] n: u32) -> Result<u8, Violation> {
    Ok(n as u8)
}

#[zero_trust(strict, checked_arithmetic(or(wrap)))]
fn wrapping(#[check(range(max = 999))] n: u32) -> Result<u8, Violation> {
    Ok(n as u8)
}

fn main() {
    let _ = (left_out(1), wrapping(1));
}
