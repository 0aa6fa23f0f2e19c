//! Macros of the user's with names of std's. None of them may be called: each would end the build.

#![allow(unused_macros, reason = "that they are unused is the case")]

use portcullis::{Violation, zero_trust};

macro_rules! hijacked {
    ($($name:ident)*) => {$(
        macro_rules! $name {
            () => { compile_error!("the user's macro was taken") };
        }
    )*};
}
hijacked! { concat module_path stringify thread_local unreachable cfg line file }

#[zero_trust]
fn handle(#[check(range(min = 1, max = 200))] number: u8, deeper: bool) -> Result<u8, Violation> {
    if deeper {
        return handle(number, deeper);
    }
    // The rewritten `assert!` keeps the text of its condition by `concat!` and `stringify!`.
    assert!(number + 1 != 8);
    Ok(number + 100)
}

#[test]
fn hidden_macros() {
    assert_eq!(handle(155, false).unwrap(), 255);
    assert_eq!(handle(0, false).unwrap_err().code(), "input.range");
    assert_eq!(handle(156, false).unwrap_err().code(), "arithmetic.overflow");
    let panic = handle(7, false).unwrap_err();
    assert_eq!(panic.code(), "panic");
    assert!(panic.internal().to_string().contains("number + 1 != 8"), "{}", panic.internal());
    assert_eq!(handle(1, true).unwrap_err().code(), "recursion.depth");
}
