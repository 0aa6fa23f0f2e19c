//! The compiler's own lint still sees literals.

use portcullis::{Violation, checked_arithmetic};

#[checked_arithmetic]
fn literal() -> Result<u8, Violation> {
    Ok(255u8 + 1)
}

fn main() {
    let _ = literal();
}
