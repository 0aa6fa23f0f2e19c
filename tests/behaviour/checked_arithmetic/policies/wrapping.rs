//! `or(wrap)`: what a release build does by itself, said aloud.

use super::{amounts, of_every_type, same, values};

of_every_type!(wrap);

macro_rules! wraps {
    ($($name:ident: $int:ident)*) => {$(
        #[test]
        fn $name() {
            for a in values!($int) {
                for b in values!($int) {
                    same(Operators::sum(a, b), a.wrapping_add(b), a, "+", b);
                    same(Operators::difference(a, b), a.wrapping_sub(b), a, "-", b);
                    same(Operators::product(a, b), a.wrapping_mul(b), a, "*", b);
                    if b != 0 {
                        same(Operators::quotient(a, b), a.wrapping_div(b), a, "/", b);
                        same(Operators::rest(a, b), a.wrapping_rem(b), a, "%", b);
                    }
                }
                wraps!(@ $int, a by u8 i8 i32 u32 i64 u64 u128 i128);
            }
        }
    )*};
    // The low bits of the amount, as many as say a width.
    (@ $int:ident, $a:ident by $($amount:ident)*) => {$(
        for amount in amounts([$amount::MIN, $amount::MAX]) {
            let width: $amount = $int::BITS.try_into().unwrap_or($amount::MAX);
            let low = if width == $amount::MAX {
                // The widest type by `i8`, which cannot say its width.
                i128::try_from(amount).unwrap().rem_euclid(128).try_into().unwrap()
            } else {
                u32::try_from(amount.rem_euclid(width)).unwrap()
            };
            same(Shifts::left($a, amount), $a.wrapping_shl(low), $a, "<<", amount);
            same(Shifts::right($a, amount), $a.wrapping_shr(low), $a, ">>", amount);
            same(Shifts::left($a, amount), $a << amount, $a, "<<", amount);
            same(Shifts::right($a, amount), $a >> amount, $a, ">>", amount);
        }
    )*};
}
wraps! {
    every_operator_of_u8: u8
    every_operator_of_u16: u16
    every_operator_of_u32: u32
    every_operator_of_u64: u64
    every_operator_of_u128: u128
    every_operator_of_usize: usize
    every_operator_of_i8: i8
    every_operator_of_i16: i16
    every_operator_of_i32: i32
    every_operator_of_i64: i64
    every_operator_of_i128: i128
    every_operator_of_isize: isize
}

macro_rules! negations {
    ($($name:ident: $int:ident)*) => {$(
        #[test]
        fn $name() {
            #[portcullis::checked_arithmetic(or(wrap))]
            fn protected(a: $int) -> [$int; 3] {
                [-a, -&a, -(-a)]
            }
            for a in values!($int) {
                assert_eq!(protected(a), [a.wrapping_neg(), a.wrapping_neg(), a]);
            }
        }
    )*};
}
negations! {
    negations_of_i8: i8
    negations_of_i16: i16
    negations_of_i32: i32
    negations_of_i64: i64
    negations_of_i128: i128
    negations_of_isize: isize
}
