//! Functions that a macro of the user's writes.

use portcullis::{Violation, bounded_recursion, catch_panic, checked_arithmetic, validated_input, zero_trust};

macro_rules! handler {
    ($attribute:meta, $name:ident($parameter:ident: $ty:ty) -> $output:ty, $($rule:tt)*) => {
        #[$attribute]
        fn $name(#[check($($rule)*)] $parameter: $ty) -> Result<$output, Violation> {
            assert!($parameter != 7, "on purpose");
            let one = 100;
            Ok($parameter + one)
        }
    };
}
handler!(zero_trust, all(number: u8) -> u8, range(min = 1, max = 200));
handler!(zero_trust(or(return Ok(0))), zero(number: u8) -> u8, range(min = 1, max = 200));

#[test]
fn parameters_and_rules_from_outside() {
    assert_eq!(all(155).unwrap(), 255);
    assert_eq!(
        [0, 201, 156, 7].map(|number| all(number).unwrap_err().code()),
        ["input.range", "input.range", "arithmetic.overflow", "panic"]
    );
    assert_eq!([155, 0, 201, 156, 7].map(|number| zero(number).unwrap()), [255, 0, 0, 0, 0]);
}

macro_rules! operation {
    ($($name:ident $assign:ident $operator:tt $compound:tt)*) => {$(
        #[checked_arithmetic]
        fn $name(a: u8, b: u8) -> Result<u8, Violation> {
            Ok(a $operator b)
        }

        #[checked_arithmetic]
        fn $assign(mut a: u8, b: u8) -> Result<u8, Violation> {
            a $compound b;
            Ok(a)
        }
    )*};
}
operation! { add add_assign + += sub sub_assign - -= mul mul_assign * *= div div_assign / /= rem rem_assign % %= shl shl_assign << <<= }

#[test]
fn operators_from_outside() {
    type Operation = fn(u8, u8) -> Result<u8, Violation>;
    let all: [(Operation, Operation, u8, (u8, u8)); 6] = [
        (add, add_assign, 11, (255, 1)),
        (sub, sub_assign, 7, (0, 1)),
        (mul, mul_assign, 18, (16, 16)),
        (div, div_assign, 4, (1, 0)),
        (rem, rem_assign, 1, (1, 0)),
        (shl, shl_assign, 36, (1, 8)),
    ];
    for (plain, compound, result, (left, right)) in all {
        for operation in [plain, compound] {
            assert_eq!(operation(9, 2).unwrap(), result);
            assert!(operation(left, right).unwrap_err().code().starts_with("arithmetic."));
        }
    }
}

/// Expressions and blocks as fragments, which carry invisible groups.
macro_rules! fragments {
    ($name:ident, $max:expr, $value:expr, $body:block, $left:expr, $right:expr) => {
        #[bounded_recursion(max = $max)]
        #[validated_input]
        #[catch_panic]
        #[checked_arithmetic]
        fn $name(#[check(range(max = $value))] depth: u32) -> Result<u32, Violation> {
            if depth > 0 {
                return Ok($name(depth - 1)? + 1);
            }
            let value: u32 = $body;
            Ok(value + $left * $right)
        }
    };
}
fragments!(small, 1 + 2, 10 - 1, { 5 + 5 }, 2, 4);
fragments!(large, 3, u32::MAX, { u32::MAX - 7 }, 2, 4);

#[test]
fn fragments() {
    assert_eq!(small(0).unwrap(), 18);
    assert_eq!(small(2).unwrap(), 20);
    assert_eq!([3, 10].map(|depth| small(depth).unwrap_err().code()), ["recursion.depth", "input.range"]);
    assert_eq!(large(0).unwrap_err().code(), "arithmetic.overflow");
}

macro_rules! with_receiver {
    ($self:ident, $($body:tt)*) => {
        struct Server(u8);
        impl Server {
            #[zero_trust(or(return $self.0))]
            fn serve(&$self, #[check(range(max = 200))] number: u8) -> u8 {
                $($body)* + number
            }
        }
    };
}
with_receiver!(self, self.0);

#[test]
fn a_receiver_from_outside() {
    assert_eq!([155, 156, 201].map(|number| Server(100).serve(number)), [255, 100, 100]);
}

macro_rules! routed {
    ($($name:ident)*) => {$(
        #[zero_trust(route)]
        fn $name(#[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
            Ok(number + ::std::hint::black_box(100_u8))
        }
    )*};
}
routed!(first second);

macro_rules! gates {
    ($first:path, $second:ident, $third:expr) => {
        [portcullis::gated!($first)(1), portcullis::gated!($second)(2), portcullis::gated!($third)(3)]
    };
}

#[test]
fn routes_from_outside() {
    assert_eq!(gates!(first, second, crate::by_macro::second).map(Result::unwrap), [101, 102, 103]);
    assert_eq!(portcullis::rules_of!(second)[0].rule, "range(max = 200)");
}
