//! Nothing that is generated disturbs a crate that denies every warning.

#![deny(warnings, clippy::all, clippy::pedantic, unused_qualifications)]
#![forbid(unsafe_code)]

use portcullis::{Violation, zero_trust};

#[zero_trust]
fn kernel(#[check(range(min = 1, max = 9))] mut n: u32, #[check(length(max = 9), each(range(max = 9)))] words: &[u32]) -> Result<u32, Violation> {
    n += 1;
    let sum: u32 = words.iter().map(|word| word * n).sum();
    Ok(-(1 - i64::from(sum)) as u32)
}

fn main() {
    assert_eq!(kernel(1, &[1, 2]).unwrap(), 5);
}
