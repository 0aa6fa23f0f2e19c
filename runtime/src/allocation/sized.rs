//! The methods that are told how much: `reserve`, `resize`, `repeat`.

use core::ops::Deref;

use super::held::{Held, Repeated};
use super::{admit, times, wide};
use crate::Violation;

/// A method's receiver, and what its number means.
#[derive(Debug)]
pub struct Growing<'a, R: ?Sized, K>(pub &'a R, pub K);

/// `reserve`: so many elements more.
#[derive(Debug)]
pub struct More;
/// `resize`: so many elements.
#[derive(Debug)]
pub struct Whole;
/// `repeat`: so many times.
#[derive(Debug)]
pub struct Times;

/// A receiver that asks for memory by its method `K`.
pub trait Grows<K> {
    /// How many bytes it has to ask for. None where it has them.
    #[doc(hidden)]
    fn asks(&self, count: usize) -> Option<u64>;
}

impl<R: Held + ?Sized> Grows<More> for R {
    #[inline]
    fn asks(&self, count: usize) -> Option<u64> {
        asks(self, self.elements().saturating_add(count))
    }
}

impl<R: Held + ?Sized> Grows<Whole> for R {
    #[inline]
    fn asks(&self, count: usize) -> Option<u64> {
        asks(self, count)
    }
}

#[inline]
fn asks<R: Held + ?Sized>(list: &R, elements: usize) -> Option<u64> {
    (elements > list.room()).then(|| times(wide(elements), R::ELEMENT))
}

impl<R: Repeated + ?Sized> Grows<Times> for R {
    #[inline]
    fn asks(&self, count: usize) -> Option<u64> {
        Some(times(wide(count), self.whole()))
    }
}

#[inline]
#[track_caller]
fn ensure<K, R: Grows<K> + ?Sized>(
    receiver: &R,
    count: usize,
    max: u64,
    method: &'static str,
) -> Result<(), Violation> {
    match receiver.asks(count) {
        Some(asked) => admit(asked, max, method),
        None => Ok(()),
    }
}

/// A receiver of `std`.
pub trait ByHeld {
    #[doc(hidden)]
    fn __portcullis_admit(&self, count: &usize, max: u64, method: &'static str) -> Result<(), Violation>;
}

impl<K, R: Grows<K> + ?Sized> ByHeld for &&Growing<'_, R, K> {
    #[inline]
    #[track_caller]
    fn __portcullis_admit(&self, count: &usize, max: u64, method: &'static str) -> Result<(), Violation> {
        ensure(self.0, *count, max, method)
    }
}

/// What leads to one, such as a guard of another crate.
pub trait ByHolder {
    #[doc(hidden)]
    fn __portcullis_admit(&self, count: &usize, max: u64, method: &'static str) -> Result<(), Violation>;
}

impl<K, R: Deref<Target: Grows<K>> + ?Sized> ByHolder for &Growing<'_, R, K> {
    #[inline]
    #[track_caller]
    fn __portcullis_admit(&self, count: &usize, max: u64, method: &'static str) -> Result<(), Violation> {
        ensure(&**self.0, *count, max, method)
    }
}

/// Any other receiver.
pub trait ByUnheld {
    #[doc(hidden)]
    fn __portcullis_admit<A: ?Sized>(&self, _: &A, _: u64, _: &'static str) -> Result<(), Violation> {
        Ok(())
    }
}

impl<K, R: ?Sized> ByUnheld for Growing<'_, R, K> {}
