//! The methods of integers that wrap in a release build, or panic, and the iterators that add numbers up.

#![allow(
    clippy::missing_errors_doc,
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "only for generated code, which asks each answer in the same way"
)]

use core::slice;
use core::time::Duration;

use super::{AsWritten, Bits, Done, Operand, beyond, by_zero, never};
use crate::Violation;
use crate::arithmetic::cast::Target;
use crate::arithmetic::watched::Watches;
use crate::total::Total;

/// The receiver of a method, by reference: asking moves nothing.
#[derive(Debug)]
pub struct Receiver<'a, T: ?Sized>(pub &'a T);

/// An integer, copied before the arguments are evaluated.
#[derive(Debug)]
pub struct Taken<T>(T);

/// Receivers that are integers, or references to one.
pub trait ByNumber {
    #[doc(hidden)]
    type Number;
    #[doc(hidden)]
    fn __portcullis_take(&self) -> Taken<Self::Number>;
}

impl<T: Operand<Number: Bits> + ?Sized> ByNumber for Receiver<'_, T> {
    type Number = T::Number;
    #[inline]
    fn __portcullis_take(&self) -> Taken<T::Number> {
        Taken(self.0.number())
    }
}

/// All other receivers: their methods are called as they are written.
pub trait ByMethod {
    #[doc(hidden)]
    fn __portcullis_take(&self) -> AsWritten {
        AsWritten
    }
}

impl<T: ?Sized> ByMethod for &Receiver<'_, T> {}

/// One method, by what it gives, and what is said where that is `None`.
macro_rules! method {
    ($name:ident($self:ident $(, $argument:ident: $of:ty)?) -> $gives:ty, $answer:expr, else $violation:expr) => {
        #[inline]
        #[track_caller]
        #[doc(hidden)]
        pub fn $name(&self $(, $argument: &$of)?) -> Result<Done<$gives>, Violation> {
            let $self = self.0;
            $(let $argument = *$argument;)?
            // No closure: it would be the place that the violation names.
            match $answer {
                Some(value) => Ok(Done(value)),
                None => Err($violation),
            }
        }
    };
    // What has no value for a zero, and always one for anything else.
    ($name:ident($self:ident, $by:ident: $of:ident) -> $gives:ty, where nonzero, $answer:expr, else $method:literal) => {
        method!($name($self, $by: $of) -> $gives, ($by != 0).then(|| $answer), else by_zero($method, stringify!($of)));
    };
    ($name:ident($self:ident $(, $argument:ident: $of:ty)?) -> $gives:ty, $answer:expr) => {
        #[inline]
        #[doc(hidden)]
        pub fn $name(&self $(, $argument: &$of)?) -> Result<Done<$gives>, Violation> {
            let $self = self.0;
            $(let $argument = *$argument;)?
            Ok(Done($answer))
        }
    };
}

/// What is no method of the type in `std` may be one of the user's own trait.
macro_rules! as_written {
    ($($name:ident)*; $($with:ident)*) => {
        $(
            #[inline]
            #[doc(hidden)]
            pub fn $name(&self) -> Result<AsWritten, Violation> {
                Ok(AsWritten)
            }
        )*
        $(
            #[inline]
            #[doc(hidden)]
            pub fn $with<A: ?Sized>(&self, _: &A) -> Result<AsWritten, Violation> {
                Ok(AsWritten)
            }
        )*
    };
}

macro_rules! shared {
    ($int:ident) => {
        method!(__portcullis_pow(number, by: u32) -> $int, number.checked_pow(by), else beyond("pow", stringify!($int)));
        method!(__portcullis_saturating_pow(number, by: u32) -> $int, number.saturating_pow(by));
        method!(__portcullis_wrapping_pow(number, by: u32) -> $int, number.wrapping_pow(by));
        method!(__portcullis_div_euclid(number, by: $int) -> $int, number.checked_div_euclid(by), else divided("div_euclid", by));
        method!(__portcullis_wrapping_div_euclid(number, by: $int) -> $int, where nonzero, number.wrapping_div_euclid(by), else "div_euclid");
        method!(__portcullis_saturating_div_euclid(number, by: $int) -> $int,
            where nonzero, number.checked_div_euclid(by).unwrap_or(<$int>::MAX), else "div_euclid");
        method!(__portcullis_rem_euclid(number, by: $int) -> $int, number.checked_rem_euclid(by), else divided("rem_euclid", by));
        method!(__portcullis_wrapping_rem_euclid(number, by: $int) -> $int, where nonzero, number.wrapping_rem_euclid(by), else "rem_euclid");
        method!(__portcullis_saturating_rem_euclid(number, by: $int) -> $int, where nonzero, number.wrapping_rem_euclid(by), else "rem_euclid");
        shared!(@ $int ilog2 checked_ilog2 __portcullis_ilog2 __portcullis_saturating_ilog2 __portcullis_wrapping_ilog2);
        shared!(@ $int ilog10 checked_ilog10 __portcullis_ilog10 __portcullis_saturating_ilog10 __portcullis_wrapping_ilog10);
        shared!(@@ $int __portcullis_ilog __portcullis_saturating_ilog __portcullis_wrapping_ilog);
    };
    // A logarithm that does not exist has no nearest value either.
    (@ $int:ident $log:ident $checked:ident $($name:ident)*) => {
        $(method!($name(number) -> u32, number.$checked(), else beyond(stringify!($log), stringify!($int)));)*
    };
    (@@ $int:ident $($name:ident)*) => {
        $(method!($name(number, base: $int) -> u32, number.checked_ilog(base), else beyond("ilog", stringify!($int)));)*
    };
}

macro_rules! helpers {
    ($int:ident) => {
        #[cold]
        #[inline(never)]
        #[track_caller]
        fn divided(method: &'static str, by: $int) -> Violation {
            if by == 0 { by_zero(method, stringify!($int)) } else { beyond(method, stringify!($int)) }
        }
    };
}

macro_rules! unsigned {
    ($($int:ident)*) => {$(const _: () = {
        helpers!($int);

        impl Taken<$int> {
            shared!($int);
            method!(__portcullis_next_power_of_two(number) -> $int,
                number.checked_next_power_of_two(), else beyond("next_power_of_two", stringify!($int)));
            method!(__portcullis_saturating_next_power_of_two(number) -> $int,
                number.checked_next_power_of_two().unwrap_or(<$int>::MAX));
            method!(__portcullis_wrapping_next_power_of_two(number) -> $int,
                number.checked_next_power_of_two().unwrap_or(0));
            method!(__portcullis_next_multiple_of(number, of: $int) -> $int,
                number.checked_next_multiple_of(of), else divided("next_multiple_of", of));
            method!(__portcullis_saturating_next_multiple_of(number, of: $int) -> $int,
                where nonzero, number.checked_next_multiple_of(of).unwrap_or(<$int>::MAX), else "next_multiple_of");
            method!(__portcullis_wrapping_next_multiple_of(number, of: $int) -> $int,
                where nonzero, match number.wrapping_rem(of) {
                    0 => number,
                    rest => number.wrapping_add(of.wrapping_sub(rest)),
                }, else "next_multiple_of");
            method!(__portcullis_div_ceil(number, by: $int) -> $int, where nonzero, number.div_ceil(by), else "div_ceil");
            method!(__portcullis_saturating_div_ceil(number, by: $int) -> $int, where nonzero, number.div_ceil(by), else "div_ceil");
            method!(__portcullis_wrapping_div_ceil(number, by: $int) -> $int, where nonzero, number.div_ceil(by), else "div_ceil");
            as_written! {
                __portcullis_abs __portcullis_saturating_abs __portcullis_wrapping_abs
                __portcullis_neg __portcullis_saturating_neg __portcullis_wrapping_neg
                __portcullis_isqrt __portcullis_saturating_isqrt __portcullis_wrapping_isqrt;
            }
        }
    };)*};
}

macro_rules! signed {
    ($($int:ident)*) => {$(const _: () = {
        helpers!($int);

        impl Taken<$int> {
            shared!($int);
            method!(__portcullis_abs(number) -> $int, number.checked_abs(), else beyond("abs", stringify!($int)));
            method!(__portcullis_saturating_abs(number) -> $int, number.saturating_abs());
            method!(__portcullis_wrapping_abs(number) -> $int, number.wrapping_abs());
            method!(__portcullis_neg(number) -> $int, number.checked_neg(), else beyond("neg", stringify!($int)));
            method!(__portcullis_saturating_neg(number) -> $int, number.saturating_neg());
            method!(__portcullis_wrapping_neg(number) -> $int, number.wrapping_neg());
            method!(__portcullis_isqrt(number) -> $int, number.checked_isqrt(), else beyond("isqrt", stringify!($int)));
            method!(__portcullis_saturating_isqrt(number) -> $int, number.checked_isqrt().unwrap_or(0));
            method!(__portcullis_wrapping_isqrt(number) -> $int, number.checked_isqrt(), else beyond("isqrt", stringify!($int)));
            as_written! {
                __portcullis_next_power_of_two __portcullis_saturating_next_power_of_two __portcullis_wrapping_next_power_of_two;
                __portcullis_next_multiple_of __portcullis_saturating_next_multiple_of __portcullis_wrapping_next_multiple_of
                __portcullis_div_ceil __portcullis_saturating_div_ceil __portcullis_wrapping_div_ceil
            }
        }
    };)*};
}

unsigned!(u8 u16 u32 u64 u128 usize);
signed!(i8 i16 i32 i64 i128 isize);

impl AsWritten {
    as_written! {
        __portcullis_abs __portcullis_saturating_abs __portcullis_wrapping_abs
        __portcullis_neg __portcullis_saturating_neg __portcullis_wrapping_neg
        __portcullis_isqrt __portcullis_saturating_isqrt __portcullis_wrapping_isqrt
        __portcullis_ilog2 __portcullis_saturating_ilog2 __portcullis_wrapping_ilog2
        __portcullis_ilog10 __portcullis_saturating_ilog10 __portcullis_wrapping_ilog10
        __portcullis_next_power_of_two __portcullis_saturating_next_power_of_two __portcullis_wrapping_next_power_of_two;
        __portcullis_pow __portcullis_saturating_pow __portcullis_wrapping_pow
        __portcullis_ilog __portcullis_saturating_ilog __portcullis_wrapping_ilog
        __portcullis_div_euclid __portcullis_saturating_div_euclid __portcullis_wrapping_div_euclid
        __portcullis_rem_euclid __portcullis_saturating_rem_euclid __portcullis_wrapping_rem_euclid
        __portcullis_next_multiple_of __portcullis_saturating_next_multiple_of __portcullis_wrapping_next_multiple_of
        __portcullis_div_ceil __portcullis_saturating_div_ceil __portcullis_wrapping_div_ceil
    }
}

/// What `sum` and `product` are called on, and what they are to give.
#[derive(Debug)]
pub struct Totals<'a, I: ?Sized, S>(pub &'a I, pub &'a Target<S>);

/// How a total is found. A sum is refused when the total does not fit, whatever came before it; a product at the first
/// multiplication that does not.
#[derive(Debug)]
pub struct Adding<const SLICE: bool>;
/// See [`Adding`].
#[derive(Debug)]
pub struct Multiplying;
/// One element after another, each result made to fit.
#[derive(Debug)]
pub struct Fitting<const SATURATING: bool, const PRODUCT: bool>;

macro_rules! ways {
    ($($way:ty),*) => {$(
        impl $way {
            /// Whether the call is to run as it is written.
            #[must_use]
            pub const fn as_written(&self) -> bool {
                false
            }
        }
    )*};
}
ways!(Adding<true>, Adding<false>, Multiplying, Fitting<true, true>, Fitting<true, false>, Fitting<false, true>, Fitting<false, false>);

/// The total, where it fits.
#[inline]
#[track_caller]
fn fitting<S>(method: &'static str, total: Option<S>) -> Result<S, Violation> {
    match total {
        Some(total) => Ok(total),
        None => Err(beyond(method, core::any::type_name::<S>())),
    }
}

/// A way to find the total `S` of what `I` gives.
pub trait Way<I, S> {
    #[doc(hidden)]
    fn total(self, numbers: I) -> Result<S, Violation>;
}

impl<T: Total> Way<slice::Iter<'_, T>, T> for Adding<true> {
    #[inline]
    #[track_caller]
    fn total(self, numbers: slice::Iter<'_, T>) -> Result<T, Violation> {
        fitting("sum", T::sum_slice(numbers.as_slice()))
    }
}

impl<S, I: Iterator<Item: Summand<S>>> Way<I, S> for Adding<false> {
    #[inline]
    #[track_caller]
    fn total(self, numbers: I) -> Result<S, Violation> {
        fitting("sum", I::Item::sum(numbers))
    }
}

impl<S, I: Iterator<Item: Factor<S>>> Way<I, S> for Multiplying {
    #[inline]
    #[track_caller]
    fn total(self, numbers: I) -> Result<S, Violation> {
        fitting("product", I::Item::product(numbers))
    }
}

impl<const SATURATING: bool, S, I: Iterator<Item: Summand<S>>> Way<I, S> for Fitting<SATURATING, false> {
    #[inline]
    #[track_caller]
    fn total(self, numbers: I) -> Result<S, Violation> {
        fitting("sum", I::Item::fitted_sum(numbers, SATURATING))
    }
}

impl<const SATURATING: bool, S, I: Iterator<Item: Factor<S>>> Way<I, S> for Fitting<SATURATING, true> {
    #[inline]
    #[track_caller]
    fn total(self, numbers: I) -> Result<S, Violation> {
        Ok(I::Item::fitted_product(numbers, SATURATING))
    }
}

/// Never asked.
impl<I, S> Way<I, S> for AsWritten {
    fn total(self, _: I) -> Result<S, Violation> {
        never()
    }
}

/// Iterators give their total themselves: as receivers of a method, which takes them where `sum` would.
pub trait ByIterator: Iterator + Sized {
    #[doc(hidden)]
    #[inline]
    #[track_caller]
    fn __portcullis_run<S, W: Way<Self, S>>(self, way: W) -> Result<S, Violation> {
        way.total(self)
    }

    #[doc(hidden)]
    #[inline]
    #[track_caller]
    fn __portcullis_watch<S, W: Watches<Self, S>>(self, way: W) -> (S, Result<(), Violation>) {
        way.watch(self)
    }
}

impl<I: Iterator> ByIterator for I {}

/// What is no iterator is not moved.
pub trait ByLoan {
    #[doc(hidden)]
    fn __portcullis_run<S>(&self, _: AsWritten) -> Result<S, Violation> {
        never()
    }
    #[doc(hidden)]
    fn __portcullis_watch<S>(&self, _: AsWritten) -> (S, Result<(), Violation>) {
        never()
    }
}

impl<T: ?Sized> ByLoan for T {}

/// A slice's iterator: the fast way.
pub trait BySlice {
    #[doc(hidden)]
    fn __portcullis_sum(&self) -> Adding<true> {
        Adding
    }
}

impl<T: Total> BySlice for &Totals<'_, slice::Iter<'_, T>, T> {}

/// Any other iterator of numbers.
#[diagnostic::on_unimplemented(
    message = "[PC0020] the type of this total becomes known too late",
    label = "write it: `.sum::<Total>()`",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0020/"
)]
pub trait ByItems {
    #[doc(hidden)]
    fn __portcullis_sum(&self) -> Adding<false> {
        Adding
    }
    #[doc(hidden)]
    fn __portcullis_saturating_sum(&self) -> Fitting<true, false> {
        Fitting
    }
    #[doc(hidden)]
    fn __portcullis_wrapping_sum(&self) -> Fitting<false, false> {
        Fitting
    }
}

impl<S, I: Iterator<Item: Summand<S>>> ByItems for &&Totals<'_, I, S> {}

/// Any iterator of factors.
#[diagnostic::on_unimplemented(
    message = "[PC0020] the type of this total becomes known too late",
    label = "write it: `.product::<Total>()`",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0020/"
)]
pub trait ByFactors {
    #[doc(hidden)]
    fn __portcullis_product(&self) -> Multiplying {
        Multiplying
    }
    #[doc(hidden)]
    fn __portcullis_saturating_product(&self) -> Fitting<true, true> {
        Fitting
    }
    #[doc(hidden)]
    fn __portcullis_wrapping_product(&self) -> Fitting<false, true> {
        Fitting
    }
}

impl<S, I: Iterator<Item: Factor<S>>> ByFactors for &&Totals<'_, I, S> {}

macro_rules! as_it_is {
    ($($name:ident)*) => {$(
        #[doc(hidden)]
        fn $name(&self) -> AsWritten {
            AsWritten
        }
    )*};
}

/// What is no iterator of numbers.
pub trait ByTotal {
    as_it_is!(__portcullis_sum __portcullis_saturating_sum __portcullis_wrapping_sum
        __portcullis_product __portcullis_saturating_product __portcullis_wrapping_product);
}

impl<I: ?Sized, S> ByTotal for Totals<'_, I, S> {}

/// An element of a sum of `S`.
pub trait Summand<S>: Sized {
    #[doc(hidden)]
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Option<S>;
    #[doc(hidden)]
    fn fitted_sum<I: Iterator<Item = Self>>(numbers: I, saturating: bool) -> Option<S>;
}

/// An element of a product of `S`.
pub trait Factor<S>: Sized {
    #[doc(hidden)]
    fn product<I: Iterator<Item = Self>>(numbers: I) -> Option<S>;
    #[doc(hidden)]
    fn fitted_product<I: Iterator<Item = Self>>(numbers: I, saturating: bool) -> S;
}

macro_rules! summands {
    ($($int:ident)*) => {$(
        impl Summand<$int> for $int {
            #[inline]
            fn sum<I: Iterator<Item = Self>>(numbers: I) -> Option<$int> {
                <$int>::sum_iter(numbers)
            }
            #[inline]
            fn fitted_sum<I: Iterator<Item = Self>>(numbers: I, saturating: bool) -> Option<$int> {
                Some(if saturating { numbers.fold(0, <$int>::saturating_add) } else { numbers.fold(0, <$int>::wrapping_add) })
            }
        }
        impl Factor<$int> for $int {
            #[inline]
            fn product<I: Iterator<Item = Self>>(numbers: I) -> Option<$int> {
                <$int>::product_iter(numbers)
            }
            #[inline]
            fn fitted_product<I: Iterator<Item = Self>>(numbers: I, saturating: bool) -> $int {
                if saturating { numbers.fold(1, <$int>::saturating_mul) } else { numbers.fold(1, <$int>::wrapping_mul) }
            }
        }
    )*};
}
summands!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

impl Summand<Duration> for Duration {
    #[inline]
    fn sum<I: Iterator<Item = Self>>(mut numbers: I) -> Option<Self> {
        numbers.try_fold(Self::ZERO, Self::checked_add)
    }
    #[inline]
    fn fitted_sum<I: Iterator<Item = Self>>(numbers: I, saturating: bool) -> Option<Self> {
        if saturating { Some(numbers.fold(Self::ZERO, Self::saturating_add)) } else { Self::sum(numbers) }
    }
}

impl<S, T: Summand<S> + Copy> Summand<S> for &T {
    #[inline]
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Option<S> {
        T::sum(numbers.copied())
    }
    #[inline]
    fn fitted_sum<I: Iterator<Item = Self>>(numbers: I, saturating: bool) -> Option<S> {
        T::fitted_sum(numbers.copied(), saturating)
    }
}

impl<S, T: Factor<S> + Copy> Factor<S> for &T {
    #[inline]
    fn product<I: Iterator<Item = Self>>(numbers: I) -> Option<S> {
        T::product(numbers.copied())
    }
    #[inline]
    fn fitted_product<I: Iterator<Item = Self>>(numbers: I, saturating: bool) -> S {
        T::fitted_product(numbers.copied(), saturating)
    }
}
