//! What is no mode, and what a mode has no use for.

use portcullis::{Violation, bounded_recursion, zero_trust};

#[bounded_recursion(mode = stak)]
fn near() -> Result<(), Violation> {
    Ok(())
}

#[bounded_recursion(mode = "stack")]
fn text() -> Result<(), Violation> {
    Ok(())
}

#[bounded_recursion(max = 64, mode = stack)]
fn counts_nothing() -> Result<(), Violation> {
    Ok(())
}

portcullis::recursion_group!(IDLE);

#[zero_trust(bounded_recursion(mode = stack, group = IDLE))]
fn counts_for_nobody() -> Result<(), Violation> {
    Ok(())
}

fn main() {
    let _ = (near(), text(), counts_nothing(), counts_for_nobody());
}
