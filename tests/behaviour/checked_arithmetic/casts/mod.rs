//! `casts = on`: what `as` may not lose, and the casts that are no business of it.

use std::fmt::Debug;

use portcullis::{Integer, Kind, Values, Violation};

/// The same function twice: as it is, and with its casts checked.
macro_rules! cast_twin {
    (fn $plain:ident, $protected:ident $($rest:tt)*) => {
        fn $plain $($rest)*

        #[portcullis::checked_arithmetic(or(panic), casts = on)]
        fn $protected $($rest)*
    };
}

mod aliases;
mod eight_bits;
mod excused;
mod floats;
mod integers;
mod policies;
mod refused;
mod untouched;

/// The cast from one type to another, under each policy.
trait Casts<T>: Copy {
    fn checked(self) -> Result<T, Violation>;
    fn panicking(self) -> T;
    fn saturating(self) -> T;
    fn wrapping(self) -> T;
    fn plain(self) -> T;
}

macro_rules! casts {
    ($($from:ident)* => $to:tt) => {$(casts!(@ $from => $to);)*};
    (@ $from:ident => ($($to:ident)*)) => {$(
        impl Casts<$to> for $from {
            #[portcullis::checked_arithmetic(casts = on)]
            fn checked(self) -> Result<$to, Violation> {
                Ok(self as $to)
            }
            #[portcullis::checked_arithmetic(or(panic), casts = on)]
            fn panicking(self) -> $to {
                self as $to
            }
            #[portcullis::checked_arithmetic(or(saturate), casts = on)]
            fn saturating(self) -> $to {
                self as $to
            }
            #[portcullis::checked_arithmetic(or(wrap), casts = on)]
            fn wrapping(self) -> $to {
                self as $to
            }
            fn plain(self) -> $to {
                self as $to
            }
        }
    )*};
}
casts! {
    u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64
        => (u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize)
}
casts! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize => (f32 f64) }

/// Every value that is a bound of any type, a power of two, their negation, or next to one of these.
fn near_bounds<T: TryFrom<i128> + TryFrom<u128>>() -> Vec<T> {
    let powers = (0..128).map(|bit| 1_u128 << bit);
    let positive = powers.flat_map(|power| [power - 1, power, power + 1]).chain([u128::MAX - 1, u128::MAX]);
    let negative = (0..127).map(|bit| -(1_i128 << bit)).flat_map(|power| [power - 1, power, power + 1]);
    let (positive, negative) = (positive.map(T::try_from), negative.chain([i128::MIN, i128::MIN + 1]).map(T::try_from));
    positive.filter_map(Result::ok).chain(negative.filter_map(Result::ok)).collect()
}

/// The answer is the value, or a refusal that names the cast and what was lost.
#[track_caller]
fn compare<T: PartialEq + Debug>(found: Result<T, Violation>, expected: Option<T>, lost: Values) {
    match (found, expected) {
        (Ok(found), Some(expected)) => assert_eq!(found, expected),
        (Err(violation), None) => {
            assert_eq!((violation.code(), violation.kind()), ("cast.lossy", Kind::Arithmetic));
            assert_eq!((violation.internal().operator(), violation.internal().values()), (Some("as"), lost));
        }
        (found, expected) => panic!("{found:?} instead of {expected:?}, of {lost:?}"),
    }
}

/// The operand, as a violation keeps it.
fn kept<T: Copy + TryInto<i128> + TryInto<u128>>(value: T, signed: bool) -> Values {
    let signed = if signed { value.try_into().ok().map(Integer::Signed) } else { None };
    let integer = signed.or_else(|| value.try_into().ok().map(Integer::Unsigned));
    integer.map_or(Values::None, Values::Operand)
}
