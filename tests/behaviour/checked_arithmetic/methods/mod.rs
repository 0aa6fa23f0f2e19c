//! The methods of integers that wrap or panic: refused as operators are, and nobody else's.

mod beside_indices;
mod eight_bits;
mod no_value;
mod order;
mod paths;
mod policies;
mod receivers;
mod refused;
mod same_names;
mod same_traits;
mod wider;

use std::fmt::Debug;

use portcullis::{Kind, Values, Violation};

/// A method on a value, on a reference and by its path, which have to agree; against what std says.
macro_rules! agrees {
    ($int:ident, $method:ident($of:ident) -> $gives:ident, $values:expr, $arguments:expr, $expected:expr) => {{
        #[portcullis::checked_arithmetic]
        fn value(number: $int, argument: $of) -> Result<$gives, portcullis::Violation> {
            Ok(number.$method(argument))
        }
        #[portcullis::checked_arithmetic]
        fn lent(number: &$int, argument: &$of) -> Result<$gives, portcullis::Violation> {
            Ok(number.$method(*argument))
        }
        #[portcullis::checked_arithmetic]
        fn path(number: $int, argument: $of) -> Result<$gives, portcullis::Violation> {
            Ok($int::$method(number, argument))
        }
        for number in $values {
            for argument in $arguments {
                let expected: Option<$gives> = $expected(number, argument);
                let divides =
                    matches!(stringify!($method), "div_euclid" | "rem_euclid" | "next_multiple_of" | "div_ceil");
                let code = if divides && argument == 0 { "arithmetic.division" } else { "arithmetic.overflow" };
                for found in [value(number, argument), lent(&number, &argument), path(number, argument)] {
                    super::compare(found, expected, code, stringify!($method));
                }
            }
        }
    }};
    ($int:ident, $method:ident() -> $gives:ident, $values:expr, $expected:expr) => {{
        #[allow(unused_imports)]
        use std::ops::Neg as _;
        #[portcullis::checked_arithmetic]
        fn value(number: $int) -> Result<$gives, portcullis::Violation> {
            Ok(number.$method())
        }
        #[portcullis::checked_arithmetic]
        fn lent(number: &$int) -> Result<$gives, portcullis::Violation> {
            Ok(number.$method())
        }
        #[portcullis::checked_arithmetic]
        fn path(number: $int) -> Result<$gives, portcullis::Violation> {
            Ok($int::$method(number))
        }
        for number in $values {
            let expected: Option<$gives> = $expected(number);
            for found in [value(number), lent(&number), path(number)] {
                super::compare(found, expected, "arithmetic.overflow", stringify!($method));
            }
        }
    }};
}

/// All the methods that a type has.
macro_rules! all_methods {
    ($int:ident, $values:expr, $powers:expr) => {
        agrees!($int, pow(u32) -> $int, $values, $powers, $int::checked_pow);
        agrees!($int, div_euclid($int) -> $int, $values, $values, $int::checked_div_euclid);
        agrees!($int, rem_euclid($int) -> $int, $values, $values, $int::checked_rem_euclid);
        agrees!($int, ilog($int) -> u32, $values, $values, $int::checked_ilog);
        agrees!($int, ilog2() -> u32, $values, $int::checked_ilog2);
        agrees!($int, ilog10() -> u32, $values, $int::checked_ilog10);
    };
    (unsigned $int:ident, $values:expr, $powers:expr) => {
        all_methods!($int, $values, $powers);
        agrees!($int, next_power_of_two() -> $int, $values, $int::checked_next_power_of_two);
        agrees!($int, next_multiple_of($int) -> $int, $values, $values, $int::checked_next_multiple_of);
        agrees!($int, div_ceil($int) -> $int, $values, $values, |a: $int, b| (b != 0).then(|| a.div_ceil(b)));
        agrees!($int, isqrt() -> $int, $values, |a: $int| Some(a.isqrt()));
    };
    (signed $int:ident, $values:expr, $powers:expr) => {
        all_methods!($int, $values, $powers);
        agrees!($int, abs() -> $int, $values, $int::checked_abs);
        agrees!($int, neg() -> $int, $values, $int::checked_neg);
        agrees!($int, isqrt() -> $int, $values, $int::checked_isqrt);
    };
}
use {agrees, all_methods};

#[track_caller]
fn compare<T: PartialEq + Debug>(found: Result<T, Violation>, expected: Option<T>, code: &str, method: &str) {
    match (found, expected) {
        (Ok(found), Some(expected)) => assert_eq!(found, expected, "{method}"),
        (Err(violation), None) => {
            assert_eq!((violation.code(), violation.kind()), (code, Kind::Arithmetic));
            assert_eq!((violation.internal().operator(), violation.internal().values()), (Some(method), Values::None));
        }
        (found, expected) => panic!("{found:?} instead of {expected:?} of `{method}`"),
    }
}
