//! Routes, in one source for each edition.

use portcullis::{gated, rules_of, zero_trust, Violation};

mod handlers {
    use portcullis::{zero_trust, Violation};

    #[zero_trust(route)]
    pub fn collect(#[check(range(max = 9))] number: u8) -> Result<u8, Violation> {
        Ok(number)
    }
}

#[zero_trust(route)]
fn local(#[check(range(max = 9))] number: u8) -> Result<u8, Violation> {
    Ok(number)
}

#[test]
fn gates() {
    assert_eq!(gated!(self::local)(1).unwrap() + gated!(self::handlers::collect)(1).unwrap(), 2);
    assert_eq!(gated!(local)(1).unwrap() + gated!(handlers::collect)(1).unwrap(), 2);
    assert_eq!(rules_of!(local)[0].rule, "range(max = 9)");
}
