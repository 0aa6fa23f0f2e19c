//! An index has no nearest value.

use portcullis::{Violation, checked_indexing};

#[checked_indexing(or(saturate))]
fn third(list: &[u8]) -> Result<u8, Violation> {
    Ok(list[2])
}

fn main() {
    let _ = third(&[]);
}
