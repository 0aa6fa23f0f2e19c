//! Bounds that no value of the type reaches.

use portcullis::{Violation, validated_input};

#[validated_input]
fn outside(
    #[check(range(max = 300))] a: u8,
    #[check(range(min = -1, max = 3))] b: u16,
    #[check(range(min = -129, max = 127))] c: i8,
    #[check(range(min = -128, max = 127))] fits: i8,
) -> Result<(), Violation> {
    let _ = (a, b, c, fits);
    Ok(())
}

fn main() {
    let _ = outside(1, 1, 1, 1);
}
