//! An index that no list of the admitted lengths has.

use portcullis::{Violation, zero_trust};

#[zero_trust]
fn nth(#[check(range(max = 9))] at: usize) -> Result<u32, Violation> {
    let prices = [5_u32, 10, 20, 50];
    Ok(prices[at])
}

#[zero_trust]
fn last(#[check(length(max = 8))] bytes: Vec<u8>) -> Result<u8, Violation> {
    Ok(bytes[bytes.len() - 1])
}

#[zero_trust]
fn second(#[check(length(max = 8))] bytes: &[u8]) -> Result<u8, Violation> {
    Ok(bytes[1])
}

#[zero_trust]
fn kind(#[check(range(max = 9))] kind: u8) -> Result<&'static str, Violation> {
    const KINDS: [&str; 2] = ["ask", "tell"];
    const SIZES: &[u32] = &[1, 2, 3];
    Ok(if SIZES[usize::from(kind)] > 1 { KINDS[usize::from(kind)] } else { "" })
}

fn main() {
    let _ = (kind(1), nth(1), last(vec![1]), second(&[1]));
}
