//! Operands of a generic function: whether `T` is an integer is known when the program is compiled to code. There the answer is
//! the one that its own type gives; of anything else nothing is compiled.

use super::{Bits, Done, Number, ShiftAmount, Sign, never};
use crate::Violation;
use crate::late::{self, Plain};

/// The answer for operands that may be integers after all.
#[derive(Debug)]
pub struct Late(Option<u128>);

/// An operator of two operands.
pub trait Binary {
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc, reason = "only for generated code")]
    #[track_caller]
    fn of<N: Number>(left: N, right: N) -> Result<Done<N>, Violation>;
}

/// A shift.
pub trait Shift {
    /// Looks at the low bits of the amount only.
    #[doc(hidden)]
    const MASKED: bool;
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc, reason = "only for generated code")]
    #[track_caller]
    fn of<N: Bits>(number: N, amount: u32) -> Result<Done<N>, Violation>;
}

/// The sign.
pub trait Negation {
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc, reason = "only for generated code")]
    #[track_caller]
    fn of<N: Sign>(number: N) -> Result<Done<N>, Violation>;
}

impl Late {
    pub(super) const AS_WRITTEN: Self = Self(None);

    /// Whether the operator is to run as it is written.
    #[inline]
    #[must_use]
    pub const fn as_written(&self) -> bool {
        self.0.is_none()
    }
}

/// Longer than any name of an integer.
#[inline]
const fn is_none(name: &str) -> bool {
    name.len() > "usize".len()
}

/// Without a call where the lengths say it.
#[inline]
fn is(name: &str, int: &str) -> bool {
    name.len() == int.len() && name == int
}

macro_rules! bits {
    ($int:ident, $answer:expr) => {
        match $answer {
            #[allow(clippy::cast_sign_loss, reason = "`value` takes the bits back")]
            Ok(Done(value)) => Ok(Late(Some(value as u128))),
            Err(violation) => Err(violation),
        }
    };
}

macro_rules! integers {
    ($($int:ident)*; $($signed:ident)*) => {
        $(impl Plain for $int {})*

        #[inline]
        #[track_caller]
        pub(super) fn binary<O: Binary, L, R>(left: &L, right: &R) -> Result<Late, Violation> {
            let name = late::name::<L>();
            if is_none(name) {
                return Ok(Late::AS_WRITTEN);
            }
            $(if const { late::may_be::<L, $int>() && late::may_be::<R, $int>() } && is(name, stringify!($int)) {
                if let (Some(left), Some(right)) = (late::read::<L, $int>(left), late::read::<R, $int>(right)) {
                    return bits!($int, O::of(left, right));
                }
            })*
            Ok(Late::AS_WRITTEN)
        }

        #[inline]
        #[track_caller]
        pub(super) fn shift<O: Shift, L, R>(number: &L, amount: &R) -> Result<Late, Violation> {
            let name = late::name::<L>();
            if is_none(name) {
                return Ok(Late::AS_WRITTEN);
            }
            let Some(amount) = self::amount::<O, R>(amount) else { return Ok(Late::AS_WRITTEN) };
            $(if const { late::may_be::<L, $int>() } && is(name, stringify!($int)) {
                if let Some(number) = late::read::<L, $int>(number) {
                    return bits!($int, O::of(number, amount));
                }
            })*
            Ok(Late::AS_WRITTEN)
        }

        #[inline]
        fn amount<O: Shift, R>(amount: &R) -> Option<u32> {
            let name = late::name::<R>();
            $(if const { late::may_be::<R, $int>() } && is(name, stringify!($int)) {
                if let Some(amount) = late::read::<R, $int>(amount) {
                    return Some(if O::MASKED { amount.low_bits() } else { amount.amount() });
                }
            })*
            None
        }

        #[inline]
        #[track_caller]
        pub(super) fn negation<O: Negation, T>(number: &T) -> Result<Late, Violation> {
            let name = late::name::<T>();
            if is_none(name) {
                return Ok(Late::AS_WRITTEN);
            }
            $(if const { late::may_be::<T, $signed>() } && is(name, stringify!($signed)) {
                if let Some(number) = late::read::<T, $signed>(number) {
                    return bits!($signed, O::of(number));
                }
            })*
            Ok(Late::AS_WRITTEN)
        }

        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_possible_wrap, reason = "they were bits of this type")]
        impl Late {
            /// The result.
            #[inline]
            #[must_use]
            pub fn value<T>(self) -> T {
                let Some(bits) = self.0 else { never() };
                let name = late::name::<T>();
                $(if const { late::may_be::<T, $int>() } && is(name, stringify!($int)) {
                    if let Some(value) = late::made::<T, $int>(bits as $int) {
                        return value;
                    }
                })*
                never()
            }

            /// The result, into the place of a compound assignment.
            #[inline]
            pub fn store<T>(self, place: &mut T) {
                let Some(bits) = self.0 else { never() };
                let name = late::name::<T>();
                $(if const { late::may_be::<T, $int>() } && is(name, stringify!($int)) && let Some(place) = late::place::<T, $int>(place) {
                    *place = bits as $int;
                    return;
                })*
                never()
            }
        }
    };
}

integers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize; i8 i16 i32 i64 i128 isize);
