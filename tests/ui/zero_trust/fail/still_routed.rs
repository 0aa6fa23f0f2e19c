//! A mistake in a routed function brings up no second error at its routes.

use portcullis::{Violation, gated, rules_of, zero_trust};

#[zero_trust(route)]
fn collect(secs: u32) -> Result<u32, Violation> {
    Ok(secs)
}

fn main() {
    let _ = (gated!(collect)(1), rules_of!(collect), collect(1));
}
