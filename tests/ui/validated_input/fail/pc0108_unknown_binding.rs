//! Rules on a pattern stand under the names that it binds, and a condition is about parameters.

use portcullis::{Violation, validated_input, zero_trust};

#[validated_input]
fn misspelled(#[check(idd(range(max = 1)), count(range(max = 1)))] (id, count): (u8, u8)) -> Result<(), Violation> {
    let _ = (id, count);
    Ok(())
}

#[zero_trust(require(1 < 2, START < 3))]
fn of_nothing(#[check(range(max = 9))] start: u8) -> Result<u8, Violation> {
    Ok(start)
}

const START: u8 = 1;

fn main() {
    let _ = (misspelled((1, 1)), of_nothing(START));
}
