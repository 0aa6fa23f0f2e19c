//! The user's own type errors stay the compiler's own, at the operator, each once.

use portcullis::{Violation, checked_arithmetic};

#[checked_arithmetic]
fn operands(a: u32, b: u64) -> Result<u32, Violation> {
    Ok(a + b)
}

#[checked_arithmetic]
fn result(a: u32) -> Result<u64, Violation> {
    let double: u64 = a * 2;
    Ok(double)
}

#[checked_arithmetic]
fn compound(mut a: u32) -> Result<u32, Violation> {
    a += "1";
    Ok(a)
}

fn main() {
    let _ = (operands(1, 2), result(1), compound(1));
}
