//! The methods under `or(saturate)`, `or(wrap)`, `or(panic)` and `methods = off`.

use portcullis::checked_arithmetic;

use crate::common::panic_of;

/// Pairs of a value and an argument, one of them where the result does not fit.
macro_rules! fits {
    ($($name:ident: $int:ident)*) => {$(
        #[test]
        fn $name() {
            #[checked_arithmetic(or(saturate))]
            fn saturating(a: $int, by: u32, b: $int) -> [$int; 4] {
                [a.pow(by), $int::pow(a, by), a.div_euclid(b), a.rem_euclid(b)]
            }
            #[checked_arithmetic(or(wrap))]
            fn wrapping(a: $int, by: u32, b: $int) -> [$int; 4] {
                [a.pow(by), $int::pow(a, by), a.div_euclid(b), a.rem_euclid(b)]
            }
            #[checked_arithmetic(methods = off, or(panic))]
            fn off(a: $int, by: u32) -> [$int; 2] {
                [a.pow(by), $int::pow(a, by)]
            }
            let minus_one = $int::wrapping_sub(0, 1);
            for a in [$int::MIN, minus_one, 0, 1, 2, 3, 10, $int::MAX] {
                for by in [0, 1, 2, 3, 7, 64, 200] {
                    for b in [minus_one, 1, 2, $int::MAX, $int::MIN].into_iter().filter(|b| *b != 0) {
                        let quotient = a.checked_div_euclid(b).unwrap_or($int::MAX);
                        let most = a.saturating_pow(by);
                        assert_eq!(saturating(a, by, b), [most, most, quotient, a.wrapping_rem_euclid(b)]);
                        let turned = a.wrapping_pow(by);
                        let expected = [turned, turned, a.wrapping_div_euclid(b), a.wrapping_rem_euclid(b)];
                        assert_eq!(wrapping(a, by, b), expected);
                        assert_eq!(off(a, by), [turned, turned]);
                    }
                }
            }
            assert!(panic_of(|| saturating(1, 1, 0)).starts_with("portcullis: arithmetic.division: "));
            assert!(panic_of(|| wrapping(1, 1, 0)).starts_with("portcullis: arithmetic.division: "));
        }
    )*};
}
fits! {
    powers_and_quotients_of_u8: u8
    powers_and_quotients_of_u16: u16
    powers_and_quotients_of_u32: u32
    powers_and_quotients_of_u64: u64
    powers_and_quotients_of_u128: u128
    powers_and_quotients_of_usize: usize
    powers_and_quotients_of_i8: i8
    powers_and_quotients_of_i16: i16
    powers_and_quotients_of_i32: i32
    powers_and_quotients_of_i64: i64
    powers_and_quotients_of_i128: i128
    powers_and_quotients_of_isize: isize
}

macro_rules! signed {
    ($($name:ident: $int:ident)*) => {$(
        #[test]
        fn $name() {
            use std::ops::Neg as _;
            #[checked_arithmetic(or(saturate))]
            fn saturating(a: $int) -> [$int; 3] {
                [a.abs(), a.neg(), $int::abs(a)]
            }
            #[checked_arithmetic(or(wrap))]
            fn wrapping(a: $int) -> [$int; 3] {
                [a.abs(), a.neg(), $int::abs(a)]
            }
            #[checked_arithmetic(or(panic))]
            fn panicking(a: $int) -> $int {
                a.abs()
            }
            for a in [$int::MIN, $int::MIN + 1, -1, 0, 1, $int::MAX] {
                assert_eq!(saturating(a), [a.saturating_abs(), a.saturating_neg(), a.saturating_abs()]);
                assert_eq!(wrapping(a), [a.wrapping_abs(), a.wrapping_neg(), a.wrapping_abs()]);
            }
            assert_eq!(panicking(-3), 3);
            assert!(panic_of(|| panicking($int::MIN)).starts_with("portcullis: arithmetic.overflow: `abs` of "));
        }
    )*};
}
signed! {
    distances_of_i8: i8
    distances_of_i16: i16
    distances_of_i32: i32
    distances_of_i64: i64
    distances_of_i128: i128
    distances_of_isize: isize
}

macro_rules! unsigned {
    ($($name:ident: $int:ident)*) => {$(
        #[test]
        fn $name() {
            #[checked_arithmetic(or(saturate))]
            fn saturating(a: $int, b: $int) -> [$int; 3] {
                [a.next_power_of_two(), a.next_multiple_of(b), a.div_ceil(b)]
            }
            #[checked_arithmetic(or(wrap))]
            fn wrapping(a: $int, b: $int) -> [$int; 3] {
                [a.next_power_of_two(), a.next_multiple_of(b), a.div_ceil(b)]
            }
            // What a release build gives, which this one does.
            fn plain(a: $int, b: $int) -> [$int; 3] {
                [a.next_power_of_two(), a.next_multiple_of(b), a.div_ceil(b)]
            }
            for a in [0, 1, 2, 3, 100, $int::MAX / 2, $int::MAX / 2 + 1, $int::MAX / 2 + 2, $int::MAX - 1, $int::MAX] {
                for b in [1, 2, 3, 7, $int::MAX / 2, $int::MAX - 1, $int::MAX] {
                    let power = a.checked_next_power_of_two().unwrap_or($int::MAX);
                    let multiple = a.checked_next_multiple_of(b).unwrap_or($int::MAX);
                    assert_eq!(saturating(a, b), [power, multiple, a.div_ceil(b)]);
                    assert_eq!(wrapping(a, b), plain(a, b), "{a} {b}");
                }
            }
            assert!(panic_of(|| saturating(1, 0)).starts_with("portcullis: arithmetic.division: `next_multiple_of`"));
            assert!(panic_of(|| wrapping(1, 0)).starts_with("portcullis: arithmetic.division: `next_multiple_of`"));
        }
    )*};
}
unsigned! {
    powers_and_multiples_of_u8: u8
    powers_and_multiples_of_u16: u16
    powers_and_multiples_of_u32: u32
    powers_and_multiples_of_u64: u64
    powers_and_multiples_of_u128: u128
    powers_and_multiples_of_usize: usize
}

#[test]
fn a_logarithm_that_does_not_exist_has_no_nearest_value() {
    #[checked_arithmetic(or(saturate))]
    fn saturating(a: u32, base: u32) -> [u32; 3] {
        [a.ilog(base), a.ilog2(), a.ilog10()]
    }
    #[checked_arithmetic(or(wrap))]
    fn wrapping(a: i64, base: i64) -> [u32; 3] {
        [a.ilog(base), a.ilog2(), a.ilog10()]
    }
    assert_eq!((saturating(1000, 3), wrapping(1000, 3)), ([6, 9, 3], [6, 9, 3]));
    for (a, base) in [(0, 3), (5, 1), (5, 0)] {
        assert!(panic_of(|| saturating(a, base)).starts_with("portcullis: arithmetic.overflow: `ilog` of u32"));
        assert!(
            panic_of(|| wrapping(a.into(), base.into())).starts_with("portcullis: arithmetic.overflow: `ilog` of i64")
        );
    }
}
