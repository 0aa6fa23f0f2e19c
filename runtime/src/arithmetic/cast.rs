//! `e as T`: whether the number that comes out is the one that went in.
//!
//! Between integers that is equality. From a float the fraction may go, as it is meant to; NaN and what lies outside of the
//! target may not. To a float every digit has to arrive.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "casts are the subject"
)]
#![allow(unused_comparisons, reason = "the macros serve signed and unsigned types")]

use core::fmt;
use core::marker::PhantomData;

use crate::Violation;
use crate::arithmetic::{AsWritten, Done};
use crate::violation::{Cause, Integer, Kept, Values};

/// The type that a generated expression is to have, named by the user's own tokens.
pub struct Target<T>(PhantomData<T>);

impl<T> fmt::Debug for Target<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Target")
    }
}

impl<T> Target<T> {
    /// Any type, until something names it.
    #[allow(clippy::new_without_default, reason = "only for generated code")]
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }

    /// This type.
    pub fn of(&self, value: T) -> T {
        value
    }
}

/// The operand of a cast, and its target.
#[derive(Debug)]
pub struct Cast<'a, F, T>(pub &'a F, pub &'a Target<T>);

/// Casts between numbers.
#[diagnostic::on_unimplemented(
    message = "[PC0020] the type of this cast's operand becomes known too late",
    label = "annotate the closure parameter that stands here, such as `|a: Kind|`",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0020/"
)]
#[allow(clippy::missing_errors_doc, reason = "only for generated code")]
pub trait ByNumber {
    #[doc(hidden)]
    type Target;
    #[doc(hidden)]
    fn __portcullis_cast(&self) -> Result<Done<Self::Target>, Violation>;
    #[doc(hidden)]
    fn __portcullis_saturating_cast(&self) -> Result<Done<Self::Target>, Violation>;
}

impl<F: CastTo<T>, T> ByNumber for Cast<'_, F, T> {
    type Target = T;
    #[inline]
    #[track_caller]
    fn __portcullis_cast(&self) -> Result<Done<T>, Violation> {
        match self.0.fits() {
            Some(value) => Ok(Done(value)),
            None => Err(self.0.lost()),
        }
    }
    #[inline]
    fn __portcullis_saturating_cast(&self) -> Result<Done<T>, Violation> {
        Ok(Done(self.0.fits().unwrap_or_else(|| self.0.nearest())))
    }
}

/// All other casts: of pointers, functions, enums, `char`, `bool`.
#[allow(clippy::missing_errors_doc, reason = "only for generated code")]
pub trait ByCast {
    #[doc(hidden)]
    fn __portcullis_cast(&self) -> Result<AsWritten, Violation> {
        Ok(AsWritten)
    }
    #[doc(hidden)]
    fn __portcullis_saturating_cast(&self) -> Result<AsWritten, Violation> {
        Ok(AsWritten)
    }
}

impl<F, T> ByCast for &Cast<'_, F, T> {}

/// A number that can be cast to `T`.
#[diagnostic::on_unimplemented(
    message = "[PC0020] the type of this cast's operand becomes known too late",
    label = "annotate the closure parameter that stands here, such as `|a: Kind|`",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0020/"
)]
pub trait CastTo<T>: Copy {
    /// The number, if the target holds it.
    #[doc(hidden)]
    fn fits(self) -> Option<T>;
    /// The nearest that the target holds.
    #[doc(hidden)]
    fn nearest(self) -> T;
    #[doc(hidden)]
    #[track_caller]
    fn lost(self) -> Violation;
}

#[cold]
#[inline(never)]
#[track_caller]
fn lossy(from: &'static str, to: &'static str, value: Option<Integer>) -> Violation {
    let values = value.map_or(Values::None, Values::Operand);
    Violation::new("cast.lossy", Cause::Cast { from, to, values: Kept::new(values) })
}

macro_rules! lost {
    ($from:ident, $to:ident, $value:ident => $kept:expr) => {
        #[cold]
        #[inline(never)]
        #[track_caller]
        fn lost(self) -> Violation {
            let $value = self;
            lossy(stringify!($from), stringify!($to), $kept)
        }
    };
}

/// The first whole number above the type, which is a power of two and so exact; infinity where the float ends before it.
macro_rules! beyond {
    ($int:ident as $float:ident) => {
        ((<$int>::MAX / 2 + 1) as $float * 2.0)
    };
}
/// Every integer to every other, and to and from both floats.
macro_rules! integers {
    ($($kept:ident $wide:ident: $($from:ident)*;)*) => {$($(integers!(@ $from $kept $wide
        => u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);)*)*};
    (@ $from:ident $kept:ident $wide:ident => $($to:ident)*) => {
        $(impl CastTo<$to> for $from {
            #[inline]
            fn fits(self) -> Option<$to> {
                let cast = self as $to;
                // The same digits, and the same sign: of two types of one width either could hold the other's.
                (cast as $from == self && (cast < 0) == (self < 0)).then_some(cast)
            }
            #[inline]
            fn nearest(self) -> $to {
                if self < 0 { $to::MIN } else { $to::MAX }
            }
            lost!($from, $to, value => Some(Integer::$kept(value as $wide)));
        })*
        integers!(* $from f32 $kept $wide);
        integers!(* $from f64 $kept $wide);
    };
    (* $int:ident $float:ident $kept:ident $wide:ident) => {
        impl CastTo<$float> for $int {
            #[inline]
            fn fits(self) -> Option<$float> {
                let cast = self as $float;
                if <$int>::BITS <= $float::MANTISSA_DIGITS {
                    return Some(cast);
                }
                // Rounded up out of the integer's range, it would come back as the largest.
                (cast < beyond!($int as $float) && cast as $int == self).then_some(cast)
            }
            #[inline]
            fn nearest(self) -> $float {
                self as $float
            }
            lost!($int, $float, value => Some(Integer::$kept(value as $wide)));
        }
        impl CastTo<$int> for $float {
            #[inline]
            fn fits(self) -> Option<$int> {
                const LEAST: $float = <$int>::MIN as $float;
                // A fraction below the least is dropped too, where the float has room for one there.
                let least = self >= LEAST || self > LEAST - 1.0;
                (least && self < beyond!($int as $float)).then_some(self as $int)
            }
            #[inline]
            fn nearest(self) -> $int {
                self as $int
            }
            lost!($float, $int, _value => None);
        }
    };
}

integers! {
    Unsigned u128: u8 u16 u32 u64 u128 usize;
    Signed i128: i8 i16 i32 i64 i128 isize;
}
