//! Arithmetic that is refused for a value that the rules admit.

use portcullis::{Violation, checked_arithmetic, validated_input, zero_trust};

#[zero_trust]
fn micros(#[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
    Ok(secs * 1_000_000)
}

#[zero_trust]
fn change(
    #[check(range(max = 100))] price: u32,
    #[check(range(max = 100))] paid: u32,
) -> Result<u32, Violation> {
    Ok(paid - price)
}

#[zero_trust]
fn total(#[check(range(max = 200))] count: u8, #[check(range(max = 9))] each: u8) -> Result<u8, Violation> {
    let mut total: u8 = 0;
    for _ in 0..count {
        total += each;
    }
    Ok(total)
}

#[zero_trust(require(at < 200))]
async fn later(
    #[trusted(reason = "of the server")] base: i32,
    #[check(range(max = 250))] at: u8,
) -> Result<u8, Violation> {
    if base > 7 {
        return Ok(0);
    }
    Ok(at + 57)
}

#[validated_input]
#[checked_arithmetic]
fn alone(#[check(range(min = -128, max = 0))] n: i8) -> Result<i8, Violation> {
    const STEP: i8 = 2;
    Ok(-n / STEP)
}

fn main() {
    let _ = (micros(1), change(1, 2), total(1, 1), later(1, 1), alone(1));
}
