//! Code that would overflow the stack of the compiler.

#![allow(unused_parens)]

use portcullis::{Violation, checked_arithmetic, zero_trust};

#[zero_trust]
fn brackets() -> Result<u8, Violation> {
    Ok(
        ((((((((((((((((((((((((((((((((((((((((((((((((((
        ((((((((((((((((((((((((((((((((((((((((((((((((((
        ((((((((((((((((((((((((((((((((((((((((((((((((((
        ((((((((((((((((((((((((((((((((((((((((((((((((((
        ((((((((((((((((((((((((((((((((((((((((((((((((((
        1
        ))))))))))))))))))))))))))))))))))))))))))))))))))
        ))))))))))))))))))))))))))))))))))))))))))))))))))
        ))))))))))))))))))))))))))))))))))))))))))))))))))
        ))))))))))))))))))))))))))))))))))))))))))))))))))
        ))))))))))))))))))))))))))))))))))))))))))))))))))
    )
}

#[checked_arithmetic]
fn terms(a: u8) -> Result<u8, Violation> {
    Ok(
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + 
        a
    )
}

fn main() {
    let _ = (brackets(), terms(1));
}
