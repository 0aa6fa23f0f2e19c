//! A closure whose parameter types only its first call tells, and they are no numbers.

use portcullis::{Violation, checked_arithmetic};

#[checked_arithmetic]
fn joined(a: String, b: &str) -> Result<String, Violation> {
    let join = |a, b| a + b;
    Ok(join(a, b))
}

fn main() {
    let _ = joined(String::new(), "");
}
