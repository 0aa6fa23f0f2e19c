//! Modules and crates-in-name that hide the standard library.

#![allow(unused, reason = "the names are the case")]

mod core {}
mod std {}
mod alloc {}
mod __private {}
mod portcullis {}

use ::portcullis::{Violation, zero_trust};

#[zero_trust(route)]
fn handle(#[check(range(min = 1, max = 200))] number: u8, deeper: bool) -> Result<u8, Violation> {
    if deeper {
        return handle(number, deeper);
    }
    assert!(number != 7, "on purpose");
    Ok(number + 100)
}

#[zero_trust]
async fn later(#[check(range(min = 1, max = 200))] number: u8) -> Result<u8, Violation> {
    assert!(number != 7, "on purpose");
    Ok([number].iter().map(|number| number + 100).sum())
}

#[test]
fn hidden_crates() {
    assert_eq!(handle(155, false).unwrap(), 255);
    assert_eq!(handle(0, false).unwrap_err().code(), "input.range");
    assert_eq!(handle(156, false).unwrap_err().code(), "arithmetic.overflow");
    assert_eq!(handle(7, false).unwrap_err().code(), "panic");
    assert_eq!(handle(1, true).unwrap_err().code(), "recursion.depth");
    drop(later(1));
}

#[test]
fn routes_in_hidden_crates() {
    assert_eq!(::portcullis::gated!(handle)(1, false).unwrap(), 101);
    assert_eq!(::portcullis::rules_of!(handle)[1].rule, "");
}
