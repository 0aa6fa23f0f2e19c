//! At the operator, `secs` is no longer the parameter.

use portcullis::zero_trust;

#[zero_trust(or(return secs))]
fn until(#[trusted(reason = "from the server's own clock")] secs: u32) -> u32 {
    let secs = secs / 2;
    secs + 1
}

fn main() {
    until(1);
}
