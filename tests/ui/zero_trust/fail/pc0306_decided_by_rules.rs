//! A condition that no admitted value changes.

use portcullis::{Violation, zero_trust};

#[zero_trust]
fn wait(#[check(range(min = 1, max = 86_400))] secs: i32, #[check(one_of(1, 5))] speed: u8) -> Result<i32, Violation> {
    if secs > 100_000 {
        return Ok(0);
    }
    match speed {
        1 if secs >= 1 => Ok(secs),
        _ if speed < 6 && secs < 10 => Ok(1),
        _ => Ok(2),
    }
}

fn main() {
    let _ = wait(1, 1);
}
