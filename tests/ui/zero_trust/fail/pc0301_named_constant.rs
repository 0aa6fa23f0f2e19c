//! Numbers that only the compiler knows: named constants, also as the bounds of a rule.

use portcullis::{Violation, validated_input, checked_arithmetic, zero_trust};

mod limits {
    pub(crate) const FACTOR: i32 = 1_000_000;
    pub(crate) const MAX_SECS: i32 = 86_400;
}

struct Service;

impl Service {
    const FACTOR: i32 = limits::FACTOR;

    #[zero_trust]
    fn micros(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
        Ok(secs * Self::FACTOR)
    }
}

#[zero_trust]
async fn later(#[check(range(min = 1, max = limits::MAX_SECS))] secs: i32, #[check(range(max = 3))] turn: i32) -> Result<i32, Violation> {
    if turn > 1 {
        return Ok(secs * 1_000 * 100);
    }
    Ok(secs + limits::FACTOR)
}

#[validated_input]
#[checked_arithmetic]
fn least(#[check(range(min = limits::FACTOR, max = i32::MAX))] secs: i32) -> Result<i32, Violation> {
    let mut least = limits::MAX_SECS - secs;
    least -= i32::MAX;
    Ok(least)
}

fn main() {
    let _ = (Service.micros(1), later(1, 1), least(1));
}
