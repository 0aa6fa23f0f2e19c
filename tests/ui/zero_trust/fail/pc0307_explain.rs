//! What is known at an expression.

use portcullis::{Violation, zero_trust};

#[zero_trust]
fn reward(
    #[check(range(min = 1, max = 86_400))] secs: i32,
    #[trusted(reason = "of the server")] rate: f64,
) -> Result<i64, Violation> {
    let long = #[portcullis::explain] (i64::from(secs) * 1_000);
    #[portcullis::explain]
    let factor = rate * 2.0;
    if #[portcullis::explain] (secs > 50) {
        let rest = #[portcullis::explain] (secs - 50);
        return Ok(rest.into());
    }
    let _ = factor;
    Ok(long)
}

fn main() {
    let _ = reward(1, 1.0);
}
