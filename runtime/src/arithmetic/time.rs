//! The operators of points and lengths of time, which panic where the result is out of range.

use core::time::Duration;
#[cfg(feature = "std")]
use std::time::{Instant, SystemTime};

use crate::Violation;
use crate::arithmetic::{ByInteger, Done, Number, Operands, beyond, by_zero};

/// The result, where it fits. No closure: it would be the place that the violation names.
#[inline]
#[track_caller]
fn fitting<T>(result: Option<T>, operator: &'static str, of: &'static str) -> Result<Done<T>, Violation> {
    match result {
        Some(result) => Ok(Done(result)),
        None => Err(beyond(operator, of)),
    }
}

/// Points in time have no largest value that is the same everywhere, and nothing of them wraps: every way of making the
/// result fit leaves it as it is.
#[cfg(feature = "std")]
macro_rules! points {
    ($($point:ident)*) => {$(
        impl Number<Duration> for $point {
            points!(@ $point: checked_add => add saturating_add wrapping_add);
            points!(@ $point: checked_sub => sub saturating_sub wrapping_sub);
        }

        impl ByInteger for Operands<'_, $point, Duration> {
            type Number = $point;
            type Right = Duration;
            #[inline]
            fn __portcullis_numbers(&self) -> ($point, Duration) {
                (*self.0, *self.1)
            }
        }
    )*};
    (@ $point:ident: $checked:ident => $($operation:ident)*) => {$(
        #[inline]
        #[track_caller]
        fn $operation(self, right: Duration, operator: &'static str) -> Result<Done<Self>, Violation> {
            fitting(self.$checked(right), operator, stringify!($point))
        }
    )*};
}
#[cfg(feature = "std")]
points!(Instant SystemTime);

/// A sum or a difference of lengths.
impl Number for Duration {
    #[inline]
    #[track_caller]
    fn add(self, right: Self, operator: &'static str) -> Result<Done<Self>, Violation> {
        fitting(self.checked_add(right), operator, "Duration")
    }
    #[inline]
    #[track_caller]
    fn sub(self, right: Self, operator: &'static str) -> Result<Done<Self>, Violation> {
        fitting(self.checked_sub(right), operator, "Duration")
    }
    #[inline]
    fn saturating_add(self, right: Self, _: &'static str) -> Result<Done<Self>, Violation> {
        Ok(Done(self.saturating_add(right)))
    }
    #[inline]
    fn saturating_sub(self, right: Self, _: &'static str) -> Result<Done<Self>, Violation> {
        Ok(Done(self.saturating_sub(right)))
    }
    #[inline]
    #[track_caller]
    fn wrapping_add(self, right: Self, operator: &'static str) -> Result<Done<Self>, Violation> {
        Number::add(self, right, operator)
    }
    #[inline]
    #[track_caller]
    fn wrapping_sub(self, right: Self, operator: &'static str) -> Result<Done<Self>, Violation> {
        Number::sub(self, right, operator)
    }
}

/// A length so many times, or a part of it.
impl Number<u32> for Duration {
    #[inline]
    #[track_caller]
    fn mul(self, right: u32, operator: &'static str) -> Result<Done<Self>, Violation> {
        fitting(self.checked_mul(right), operator, "Duration")
    }
    #[inline]
    #[track_caller]
    fn div(self, right: u32, operator: &'static str) -> Result<Done<Self>, Violation> {
        match self.checked_div(right) {
            Some(result) => Ok(Done(result)),
            None => Err(by_zero(operator, "Duration")),
        }
    }
    #[inline]
    fn saturating_mul(self, right: u32, _: &'static str) -> Result<Done<Self>, Violation> {
        Ok(Done(self.saturating_mul(right)))
    }
    #[inline]
    #[track_caller]
    fn saturating_div(self, right: u32, operator: &'static str) -> Result<Done<Self>, Violation> {
        Number::div(self, right, operator)
    }
    #[inline]
    #[track_caller]
    fn wrapping_mul(self, right: u32, operator: &'static str) -> Result<Done<Self>, Violation> {
        Number::mul(self, right, operator)
    }
    #[inline]
    #[track_caller]
    fn wrapping_div(self, right: u32, operator: &'static str) -> Result<Done<Self>, Violation> {
        Number::div(self, right, operator)
    }
}

impl ByInteger for Operands<'_, Duration, Duration> {
    type Number = Duration;
    type Right = Duration;
    #[inline]
    fn __portcullis_numbers(&self) -> (Duration, Duration) {
        (*self.0, *self.1)
    }
}

impl ByInteger for Operands<'_, Duration, u32> {
    type Number = Duration;
    type Right = u32;
    #[inline]
    fn __portcullis_numbers(&self) -> (Duration, u32) {
        (*self.0, *self.1)
    }
}

impl ByInteger for Operands<'_, u32, Duration> {
    type Number = Duration;
    type Right = u32;
    #[inline]
    fn __portcullis_numbers(&self) -> (Duration, u32) {
        (*self.1, *self.0)
    }
}
