//! What the linker would see nothing of.

use portcullis::{Violation, zero_trust};

#[zero_trust(prove_no_panic)]
async fn future(#[check(range(max = 9))] seat: u8) -> Result<u8, Violation> {
    Ok(seat + 1)
}

#[zero_trust(prove_no_panic)]
fn generic<T: Into<u8>>(#[trusted(reason = "made by the server")] seat: T) -> Result<u8, Violation> {
    Ok(seat.into() + 1)
}

#[zero_trust(prove_no_panic)]
fn implied(#[trusted(reason = "made by the server")] seat: &[impl Copy + Into<u8>]) -> Result<u8, Violation> {
    Ok(seat[0].into())
}

#[zero_trust(prove_no_panic = 1)]
fn value(#[check(range(max = 9))] seat: u8) -> Result<u8, Violation> {
    Ok(seat + 1)
}

fn main() {}
