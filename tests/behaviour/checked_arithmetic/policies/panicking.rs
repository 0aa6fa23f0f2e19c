//! `or(panic)`: a panic that names the violation, and the plain result otherwise.

use std::panic::catch_unwind;

use super::{amounts, of_every_type, same, values};
use crate::common::panic_of;

of_every_type!(panic);

macro_rules! answers {
    ($($name:ident: $int:ident)*) => {$(
        #[test]
        fn $name() {
            for a in values!($int) {
                for b in values!($int) {
                    let of_all = [
                        ("+", a.checked_add(b), <$int as Operators>::sum as fn($int, $int) -> $int),
                        ("-", a.checked_sub(b), <$int as Operators>::difference),
                        ("*", a.checked_mul(b), <$int as Operators>::product),
                        ("/", a.checked_div(b), <$int as Operators>::quotient),
                        ("%", a.checked_rem(b), <$int as Operators>::rest),
                    ];
                    for (operator, expected, protected) in of_all {
                        if let Some(expected) = expected {
                            same(protected(a, b), expected, a, operator, b);
                        }
                    }
                }
                answers!(@ $int, a by u8 i8 i32 u32 i64 u64 u128 i128);
            }
            // A panic costs too much for every pair.
            let overflow = |panic: String| assert!(panic.starts_with("portcullis: arithmetic.overflow: "), "{panic}");
            let division = |panic: String| assert!(panic.starts_with("portcullis: arithmetic.division: "), "{panic}");
            overflow(panic_of(|| <$int as Operators>::sum($int::MAX, 1)));
            overflow(panic_of(|| <$int as Operators>::difference($int::MIN, 1)));
            overflow(panic_of(|| <$int as Operators>::product($int::MAX, 2)));
            overflow(panic_of(|| <$int as Shifts<u32>>::left(1, $int::BITS)));
            overflow(panic_of(|| <$int as Shifts<u32>>::right(1, $int::BITS)));
            overflow(panic_of(|| <$int as Shifts<i64>>::left(1, -1)));
            overflow(panic_of(|| <$int as Shifts<i8>>::right(1, i8::MIN)));
            division(panic_of(|| <$int as Operators>::quotient(1, 0)));
            division(panic_of(|| <$int as Operators>::rest(1, 0)));
            let minus_one = $int::wrapping_sub(0, 1);
            // Of an unsigned type that is no overflow.
            assert_eq!(catch_unwind(|| <$int as Operators>::quotient($int::MIN, minus_one)).is_err(), $int::MIN != 0);
            assert_eq!(catch_unwind(|| <$int as Operators>::rest($int::MIN, minus_one)).is_err(), $int::MIN != 0);
        }
    )*};
    (@ $int:ident, $a:ident by $($amount:ident)*) => {$(
        for amount in amounts([$amount::MIN, $amount::MAX]) {
            if let Some(near) = u32::try_from(amount).ok().filter(|amount| *amount < $int::BITS) {
                same(Shifts::left($a, amount), $a.wrapping_shl(near), $a, "<<", amount);
                same(Shifts::right($a, amount), $a.wrapping_shr(near), $a, ">>", amount);
            }
        }
    )*};
}
answers! {
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

#[test]
fn the_smallest_has_no_negation() {
    #[portcullis::checked_arithmetic(or(panic))]
    fn protected(a: i64) -> i64 {
        -a
    }
    assert_eq!(protected(i64::MAX), -i64::MAX);
    assert!(panic_of(|| protected(i64::MIN)).starts_with("portcullis: arithmetic.overflow: "));
}
