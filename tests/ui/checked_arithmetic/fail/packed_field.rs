//! A reference to a packed field is an error of the language; `p.b = p.b + 1` is the way round.

use portcullis::{Violation, checked_arithmetic};

#[repr(packed)]
struct Packed {
    _a: u8,
    b: u32,
}

#[checked_arithmetic]
fn bump(mut p: Packed) -> Result<u32, Violation> {
    p.b += 1;
    Ok(p.b)
}

fn main() {
    let _ = bump(Packed { _a: 1, b: 1 });
}
