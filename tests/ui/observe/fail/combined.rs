//! What cannot stand together with `observe`, and how it is written.

use portcullis::{Violation, zero_trust};

#[zero_trust(observe, strict)]
fn strict(a: u32) -> u32 {
    a + 1
}

#[zero_trust(prove_no_panic, observe)]
fn proved(a: u32) -> u32 {
    a
}

#[zero_trust(observe, observe)]
fn twice(a: u32) -> u32 {
    a
}

#[zero_trust(observe = true)]
fn with_a_value(a: u32) -> u32 {
    a
}

async fn known(a: u32) -> bool {
    a > 0
}

#[zero_trust(observe, require(known(a).await))]
async fn awaits(a: u32) -> u32 {
    a
}

// Mistakes in the rules themselves stay mistakes.
#[zero_trust(observe, bounded_steps(max = 0))]
fn wrong_rules(#[check(range(min = 9, max = 1))] a: u32, #[check(rnage(max = 1))] b: u32) -> u32 {
    a + b
}

#[zero_trust(observe)]
mod all {
    pub fn inside(#[trusted(reason = "short")] a: u32) -> u32 {
        a
    }

    #[zero_trust(observe, strict)]
    pub fn own(a: u32) -> u32 {
        a
    }

    use portcullis::zero_trust;
}

#[portcullis::checked_arithmetic(observe)]
fn alone(a: u32) -> Result<u32, Violation> {
    Ok(a + 1)
}

fn main() {}
