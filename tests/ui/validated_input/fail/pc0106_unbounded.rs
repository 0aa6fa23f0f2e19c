//! Rules that admit everything.

use portcullis::{Violation, validated_input};

#[validated_input]
fn unbounded(#[check(range())] n: u8, #[check(length())] name: &str) -> Result<(), Violation> {
    let _ = (n, name);
    Ok(())
}

fn main() {
    let _ = unbounded(1, "");
}
