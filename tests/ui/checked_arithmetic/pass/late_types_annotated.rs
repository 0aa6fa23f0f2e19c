//! The way out of PC0020.

use portcullis::{Violation, checked_arithmetic};

#[checked_arithmetic]
fn joined(a: String, b: &str) -> Result<String, Violation> {
    let join = |a: String, b: &str| a + b;
    Ok(join(a, b))
}

fn main() {
    assert_eq!(joined("a".to_owned(), "b").unwrap(), "ab");
}
