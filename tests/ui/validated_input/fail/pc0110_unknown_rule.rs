//! Rules that do not exist, or are not written so.

use portcullis::{Violation, validated_input};

#[validated_input]
fn unknown(
    #[check(rnge(max = 1))] a: u8,
    #[check(range)] b: u8,
    #[check(email())] c: &str,
    #[check(custom(path))] d: u8,
    #[check = "range"] e: u8,
) -> Result<(), Violation> {
    let _ = (a, b, c, d, e);
    Ok(())
}

fn main() {
    let _ = unknown(1, 1, "", 1, 1);
}
