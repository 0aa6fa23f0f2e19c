//! `or(panic)`: behind our words stand the language's own, which a test may expect.

use portcullis::{checked_arithmetic, checked_indexing};
use std::hint::black_box;

use crate::common::panic_of;

macro_rules! operators {
    ($($name:ident $operator:tt)*) => {$(
        #[checked_arithmetic(or(panic))]
        fn $name(left: i32, right: i32) -> i32 {
            left $operator right
        }
    )*};
}

operators! { add + sub - mul * div / rem % shl << shr >> }

#[checked_arithmetic(or(panic))]
fn neg(number: i32) -> i32 {
    -number
}

#[checked_arithmetic(or(panic))]
fn compound(mut number: u8, by: u8) -> u8 {
    number -= by;
    number
}

#[checked_indexing(or(panic))]
fn element(list: &[u8], at: usize) -> u8 {
    list[at]
}

/// With the language's own panic, where it has one in a build without overflow checks.
#[test]
fn they_are_the_words_of_the_language() {
    for (protected, plain) in [
        (panic_of(|| element(&[1, 2], 7)), panic_of(|| black_box(&[1_u8, 2][..])[black_box(7)])),
        (panic_of(|| div(1, 0)), panic_of(|| 1 / black_box(0))),
        (panic_of(|| rem(1, 0)), panic_of(|| 1 % black_box(0))),
        (panic_of(|| div(i32::MIN, -1)), panic_of(|| black_box(i32::MIN) / black_box(-1))),
        (panic_of(|| rem(i32::MIN, -1)), panic_of(|| black_box(i32::MIN) % black_box(-1))),
    ] {
        assert!(protected.ends_with(&format!(" ({plain})")), "{protected} / {plain}");
    }
    for (protected, words) in [
        (panic_of(|| add(i32::MAX, 1)), "attempt to add with overflow"),
        (panic_of(|| sub(i32::MIN, 1)), "attempt to subtract with overflow"),
        (panic_of(|| compound(1, 2)), "attempt to subtract with overflow"),
        (panic_of(|| mul(i32::MAX, 2)), "attempt to multiply with overflow"),
        (panic_of(|| neg(i32::MIN)), "attempt to negate with overflow"),
        (panic_of(|| shl(1, 32)), "attempt to shift left with overflow"),
        (panic_of(|| shr(1, -1)), "attempt to shift right with overflow"),
    ] {
        assert!(protected.starts_with("portcullis: ") && protected.ends_with(&format!(" ({words})")), "{protected}");
    }
}
