//! Rules on a pattern stand under the names that it binds.

use portcullis::{Violation, validated_input};

#[validated_input]
fn misspelled(#[check(idd(range(max = 1)), count(range(max = 1)))] (id, count): (u8, u8)) -> Result<(), Violation> {
    let _ = (id, count);
    Ok(())
}

fn main() {
    let _ = misspelled((1, 1));
}
