//! The way round a packed field.

use portcullis::{Violation, checked_arithmetic};

#[repr(packed)]
struct Packed {
    _a: u8,
    b: u32,
}

#[checked_arithmetic]
fn bump(mut p: Packed) -> Result<u32, Violation> {
    p.b = p.b + 1;
    Ok(p.b)
}

fn main() {
    assert_eq!(bump(Packed { _a: 1, b: 1 }).unwrap(), 2);
    assert!(bump(Packed { _a: 1, b: u32::MAX }).is_err());
}
