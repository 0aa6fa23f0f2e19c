//! The rules of numbers.

use core::fmt::Display;
use core::num::NonZero;

use super::{Broken, broken, outside};

/// A number that `range` fits, or what may hold one.
#[diagnostic::on_unimplemented(
    message = "[PC0103] `range` does not fit the type `{Self}`",
    label = "`range` is for integers, floats and characters",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0103/"
)]
pub trait Ranged<N> {
    /// The number, of the type of its bounds, when there is one.
    fn number(&self) -> Option<N>;
}

macro_rules! ranged {
    ($($number:ty)*) => {$(
        impl Ranged<$number> for $number {
            #[inline]
            fn number(&self) -> Option<Self> {
                Some(*self)
            }
        }
    )*};
}
ranged!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 char);

macro_rules! non_zero {
    ($($number:ty)*) => {$(
        impl Ranged<$number> for NonZero<$number> {
            #[inline]
            fn number(&self) -> Option<$number> {
                Some(self.get())
            }
        }
    )*};
}
non_zero!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

impl<N, T: Ranged<N> + ?Sized> Ranged<N> for &T {
    #[inline]
    fn number(&self) -> Option<N> {
        (**self).number()
    }
}

impl<N, T: Ranged<N>> Ranged<N> for Option<T> {
    #[inline]
    fn number(&self) -> Option<N> {
        self.as_ref().and_then(Ranged::number)
    }
}

/// `range(min = .., max = ..)`, both inclusive. NaN is in no range.
///
/// # Errors
/// `range`.
#[inline]
pub fn range<T, N>(value: &T, min: Option<N>, max: Option<N>) -> Result<(), Broken>
where
    T: Ranged<N> + ?Sized,
    N: PartialOrd + Copy + Display,
{
    let inside = |number: N| min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max);
    if value.number().is_none_or(inside) { Ok(()) } else { Err(outside("range", "must be", min, max)) }
}

/// `range` with a bound that is itself outside: at most one of `min` and `above`, and of `max` and `below`.
///
/// # Errors
/// `range`.
#[inline]
pub fn range_between<T, N>(
    value: &T,
    min: Option<N>,
    max: Option<N>,
    above: Option<N>,
    below: Option<N>,
) -> Result<(), Broken>
where
    T: Ranged<N> + ?Sized,
    N: PartialOrd + Copy + Display,
{
    let inside = |number: N| {
        min.is_none_or(|min| number >= min)
            && max.is_none_or(|max| number <= max)
            && above.is_none_or(|above| number > above)
            && below.is_none_or(|below| number < below)
    };
    if value.number().is_none_or(inside) {
        Ok(())
    } else {
        Err(outside_between(min.or(above), min.is_some(), max.or(below), max.is_some()))
    }
}

#[cold]
#[inline(never)]
fn outside_between<T: Display>(lower: Option<T>, at_least: bool, upper: Option<T>, at_most: bool) -> Broken {
    let lower_word = if at_least { "at least" } else { "above" };
    let upper_word = if at_most { "at most" } else { "below" };
    match (lower, upper) {
        (Some(lower), Some(upper)) => {
            broken("range", format_args!("must be {lower_word} {lower} and {upper_word} {upper}"))
        }
        (Some(lower), None) => broken("range", format_args!("must be {lower_word} {lower}")),
        (None, Some(upper)) => broken("range", format_args!("must be {upper_word} {upper}")),
        (None, None) => broken("range", "must be a number"),
    }
}

/// A float, or what may hold one.
#[diagnostic::on_unimplemented(
    message = "[PC0103] `finite` does not fit the type `{Self}`",
    label = "`finite` is for floats",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0103/"
)]
pub trait Finite {
    /// Neither NaN nor infinite.
    fn is_finite(&self) -> bool;
}

macro_rules! floats {
    ($($float:ty)*) => {$(
        impl Finite for $float {
            #[inline]
            fn is_finite(&self) -> bool {
                <$float>::is_finite(*self)
            }
        }
    )*};
}
floats!(f32 f64);

impl<T: Finite + ?Sized> Finite for &T {
    #[inline]
    fn is_finite(&self) -> bool {
        (**self).is_finite()
    }
}

impl<T: Finite> Finite for Option<T> {
    #[inline]
    fn is_finite(&self) -> bool {
        self.as_ref().is_none_or(Finite::is_finite)
    }
}

/// `finite`: neither NaN nor infinite.
///
/// # Errors
/// `finite`.
#[inline]
pub fn finite<T: Finite + ?Sized>(value: &T) -> Result<(), Broken> {
    if value.is_finite() { Ok(()) } else { Err(broken("finite", "must be a finite number")) }
}
