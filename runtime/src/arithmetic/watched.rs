//! `sum` and `product` of functions that only observe: the language adds up, and what it is given is added up exactly beside it.

#![allow(clippy::missing_errors_doc, reason = "only for generated code")]

use core::any::type_name;
use core::iter::{Product, Sum};
use core::time::Duration;

use super::method::{Adding, Multiplying};
use super::{AsWritten, beyond, never};
use crate::Violation;

/// A sum, of which only the end counts.
#[derive(Debug)]
pub struct Added;
/// A product, of which each step has to fit.
#[derive(Debug)]
pub struct Multiplied;

/// What is kept beside a total `S`, which is found in the way `W`, of what it is made of.
pub trait Beside<W, S> {
    #[doc(hidden)]
    type Kept;
    #[doc(hidden)]
    fn none() -> Self::Kept;
    #[doc(hidden)]
    fn keep(&self, kept: &mut Self::Kept);
    #[doc(hidden)]
    fn fits(kept: &Self::Kept) -> bool;
}

macro_rules! integers {
    ($($int:ident)*) => {$(
        impl Beside<Added, $int> for $int {
            /// The sum as it wraps, and how often it did: up less down.
            type Kept = ($int, i64);
            #[inline]
            fn none() -> Self::Kept {
                (0, 0)
            }
            #[inline]
            fn keep(&self, (sum, carries): &mut Self::Kept) {
                let (next, wrapped) = sum.overflowing_add(*self);
                *sum = next;
                if wrapped {
                    let up = <$int>::MIN == 0 || next.leading_zeros() == 0;
                    *carries = carries.wrapping_add(if up { 1 } else { -1 });
                }
            }
            #[inline]
            fn fits((_, carries): &Self::Kept) -> bool {
                *carries == 0
            }
        }

        impl Beside<Multiplied, $int> for $int {
            type Kept = Option<$int>;
            #[inline]
            fn none() -> Self::Kept {
                Some(1)
            }
            #[inline]
            fn keep(&self, product: &mut Self::Kept) {
                *product = product.and_then(|product| product.checked_mul(*self));
            }
            #[inline]
            fn fits(product: &Self::Kept) -> bool {
                product.is_some()
            }
        }
    )*};
}
integers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

impl Beside<Added, Self> for Duration {
    type Kept = Option<Self>;
    #[inline]
    fn none() -> Self::Kept {
        Some(Self::ZERO)
    }
    #[inline]
    fn keep(&self, sum: &mut Self::Kept) {
        *sum = sum.and_then(|sum| sum.checked_add(*self));
    }
    #[inline]
    fn fits(sum: &Self::Kept) -> bool {
        sum.is_some()
    }
}

impl<W, S, T: Beside<W, S>> Beside<W, S> for &T {
    type Kept = T::Kept;
    #[inline]
    fn none() -> T::Kept {
        T::none()
    }
    #[inline]
    fn keep(&self, kept: &mut T::Kept) {
        (**self).keep(kept);
    }
    #[inline]
    fn fits(kept: &T::Kept) -> bool {
        T::fits(kept)
    }
}

/// A way to have the language find the total `S` of what `I` gives, and to tell whether it fits.
pub trait Watches<I, S> {
    #[doc(hidden)]
    fn watch(self, numbers: I) -> (S, Result<(), Violation>);
}

impl<const SLICE: bool, I, S> Watches<I, S> for Adding<SLICE>
where
    I: Iterator<Item: Beside<Added, S>>,
    S: Sum<I::Item>,
{
    #[inline]
    #[track_caller]
    fn watch(self, numbers: I) -> (S, Result<(), Violation>) {
        let mut kept = I::Item::none();
        let sum = numbers.inspect(|number| number.keep(&mut kept)).sum();
        (sum, fitting::<S>("sum", I::Item::fits(&kept)))
    }
}

impl<I, S> Watches<I, S> for Multiplying
where
    I: Iterator<Item: Beside<Multiplied, S>>,
    S: Product<I::Item>,
{
    #[inline]
    #[track_caller]
    fn watch(self, numbers: I) -> (S, Result<(), Violation>) {
        let mut kept = I::Item::none();
        let product = numbers.inspect(|number| number.keep(&mut kept)).product();
        (product, fitting::<S>("product", I::Item::fits(&kept)))
    }
}

/// Never asked.
impl<I, S> Watches<I, S> for AsWritten {
    fn watch(self, _: I) -> (S, Result<(), Violation>) {
        never()
    }
}

#[inline]
#[track_caller]
fn fitting<S>(method: &'static str, fits: bool) -> Result<(), Violation> {
    if fits { Ok(()) } else { Err(beyond(method, type_name::<S>())) }
}
