//! `or(saturate)`: the nearest that the type holds.

use super::{amounts, of_every_type, same, values};

of_every_type!(saturate);

macro_rules! saturates {
    ($($name:ident: $int:ident)*) => {$(
        #[test]
        fn $name() {
            for a in values!($int) {
                for b in values!($int) {
                    same(Operators::sum(a, b), a.saturating_add(b), a, "+", b);
                    same(Operators::difference(a, b), a.saturating_sub(b), a, "-", b);
                    same(Operators::product(a, b), a.saturating_mul(b), a, "*", b);
                    if b != 0 {
                        same(Operators::quotient(a, b), a.saturating_div(b), a, "/", b);
                        same(Operators::rest(a, b), a.wrapping_rem(b), a, "%", b);
                    }
                }
                saturates!(@ $int, a by u8 i8 i32 u32 i64 u64 u128 i128);
            }
        }
    )*};
    // As products and quotients by powers of two. An amount below zero is as one that is far above the width.
    (@ $int:ident, $a:ident by $($amount:ident)*) => {$(
        for amount in amounts([$amount::MIN, $amount::MAX]) {
            let near = u32::try_from(amount).ok().filter(|amount| *amount < $int::BITS);
            let zero: $int = 0;
            let end = match $a.cmp(&zero) {
                std::cmp::Ordering::Less => $int::MIN,
                std::cmp::Ordering::Equal => 0,
                std::cmp::Ordering::Greater => $int::MAX,
            };
            let nothing = if $a < zero { zero.wrapping_sub(1) } else { 0 };
            let (left, right) = near.map_or((end, nothing), |near| ($a.wrapping_shl(near), $a.wrapping_shr(near)));
            same(Shifts::left($a, amount), left, $a, "<<", amount);
            same(Shifts::right($a, amount), right, $a, ">>", amount);
        }
    )*};
}
saturates! {
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
            #[portcullis::checked_arithmetic(or(saturate))]
            fn protected(a: $int) -> [$int; 3] {
                [-a, -&a, -(-a)]
            }
            for a in values!($int) {
                assert_eq!(protected(a), [a.saturating_neg(), a.saturating_neg(), a.saturating_neg().saturating_neg()]);
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
