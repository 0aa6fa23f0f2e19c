//! `or(saturate)`, `or(wrap)`, `or(panic)`: what becomes of a result that does not fit, for every operator and type.

mod division;
mod elsewhere;
mod native_words;
mod other_types;
mod panicking;
mod saturating;
mod wrapping;

use std::fmt::Debug;

/// Each operator under a policy, in all of its forms, which have to agree.
macro_rules! of_every_type {
    ($policy:ident) => {
        trait Operators {
            fn sum(self, b: Self) -> Self;
            fn difference(self, b: Self) -> Self;
            fn product(self, b: Self) -> Self;
            fn quotient(self, b: Self) -> Self;
            fn rest(self, b: Self) -> Self;
        }
        trait Shifts<By> {
            fn left(self, b: By) -> Self;
            fn right(self, b: By) -> Self;
        }
        of_every_type! { $policy: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
    };
    ($policy:ident: $($int:ident)*) => {$(
        impl Operators for $int {
            of_every_type! { $policy $int: sum + += difference - -= product * *= quotient / /= rest % %= }
        }
        of_every_type! { $policy $int by u8 i8 i32 u32 i64 u64 u128 i128 }
    )*};
    ($policy:ident $int:ident by $($amount:ident)*) => {$(
        impl Shifts<$amount> for $int {
            of_every_type! { @ $policy $int $amount left << <<= }
            of_every_type! { @ $policy $int $amount right >> >>= }
        }
    )*};
    ($policy:ident $int:ident: $($name:ident $operator:tt $assign:tt)*) => {$(
        of_every_type! { @ $policy $int $int $name $operator $assign }
    )*};
    (@ $policy:ident $int:ident $right:ident $name:ident $operator:tt $assign:tt) => {
        #[portcullis::checked_arithmetic(or($policy))]
        fn $name(self, b: $right) -> $int {
            let a = self;
            let (mut place, mut boxed, mut row) = (a, Box::new(a), [a, a]);
            place $assign b;
            *boxed $assign &b;
            row[1] $assign b;
            let forms = [a $operator b, &a $operator b, a $operator &b, &a $operator &b, place, *boxed, row[1]];
            assert_eq!(forms, [forms[0]; 7], "{} {} {}", a, stringify!($operator), b);
            forms[0]
        }
    };
}
use of_every_type;

/// Bounds, what is next to them, and what multiplies up to them.
macro_rules! values {
    ($int:ident) => {{
        let minus_one = $int::wrapping_sub(0, 1);
        let middle = 1 << ($int::BITS / 2);
        [
            $int::MIN,
            $int::MIN + 1,
            $int::MIN / 2,
            minus_one,
            0,
            1,
            2,
            7,
            middle - 1,
            middle,
            $int::MAX / 2,
            $int::MAX - 1,
            $int::MAX,
        ]
    }};
}
use values;

/// Amounts around every width, and around what an amount may be kept in; those that the type holds.
fn amounts<T: TryFrom<i128>>(bounds: [T; 2]) -> Vec<T> {
    let near =
        [-(1 << 32), -129, -128, -33, -32, -9, -8, -1, 0, 1, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127];
    let far = [128, 129, 255, 256, 1 << 32, (1 << 32) + 1, (1 << 32) + 8, 1 << 64];
    near.into_iter().chain(far).filter_map(|amount| T::try_from(amount).ok()).chain(bounds).collect()
}

#[track_caller]
fn same<T: PartialEq + Debug>(found: T, expected: T, a: T, operator: &str, b: impl Debug) {
    assert_eq!(found, expected, "{a:?} {operator} {b:?}");
}
