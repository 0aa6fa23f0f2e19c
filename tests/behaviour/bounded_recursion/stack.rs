//! `mode = stack` and `mode = both`, on threads of every size.

use std::thread;

use portcullis::{Kind, Violation, bounded_recursion};

use crate::common::code;

/// Of `down`.
const LINE: u32 = line!() + 2;
#[bounded_recursion(mode = stack)]
fn down(left: u64) -> Result<u64, Violation> {
    if left == 0 { Ok(0) } else { Ok(down(left - 1)? + 1) }
}

#[test]
fn the_internal_half_has_what_is_left_and_the_place() {
    let refused = down(u64::MAX).unwrap_err();
    assert_eq!((refused.code(), refused.kind()), ("recursion.stack", Kind::Recursion));
    let internal = refused.internal();
    let text = internal.to_string();
    assert!(text.contains(" bytes of the stack left, 131072 in reserve in "), "{text}");
    assert!(internal.function().ends_with("bounded_recursion::stack::down"), "{internal}");
    assert_eq!(internal.location().unwrap().line(), LINE);
    assert_eq!(refused.to_string(), "the request is refused: recursion.stack");
    assert_eq!(down(100).unwrap(), 100);
    let _ = (code(down(u64::MAX)), thread::current());
}
