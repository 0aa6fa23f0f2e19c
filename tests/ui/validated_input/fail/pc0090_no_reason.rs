//! Trust has a reason that an auditor can read.

use portcullis::{Violation, validated_input};

#[validated_input]
fn bare(#[trusted] id: u64) -> Result<u64, Violation> {
    Ok(id)
}

#[validated_input]
fn short(#[trusted(reason = "ok")] id: u64) -> Result<u64, Violation> {
    Ok(id)
}

#[validated_input]
fn misspelled(#[trusted(because = "made at start-up")] id: u64) -> Result<u64, Violation> {
    Ok(id)
}

fn main() {
    let _ = (bare(1), short(1), misspelled(1));
}
