//! `checked_indexing`: what stands before an index of the user's source.
//!
//! As for operators, the macro sees tokens and the compiler chooses: for the collections of `std` and what leads to them the
//! check comes from [`ByPlace`]; a type with an index operator of its own is left to it; what only leads to a collection by
//! `Deref`, as the language has it, is looked at behind that.
//!
//! Limit: a collection of another crate that has an operator of its own, or methods of its own of the same name, panics as
//! it always did; so does what leads to a collection by more than two steps that are not those of pointers of `std`, and what
//! has such a method only by `Deref`.

#![allow(clippy::missing_errors_doc, clippy::unused_self, reason = "only for generated code")]

pub mod calls;
pub(crate) mod lent;
mod range;
mod sequence;

use core::fmt;
use core::ops::{Deref, Index};

pub(crate) use sequence::Sequence;

use crate::Violation;
use crate::arithmetic::{AsWritten, never};
use crate::violation::{Cause, Kept, Values};

/// A place and the index into it, by references that have nothing to do with each other: asking moves nothing, and what is
/// found outlives the index.
pub struct Indexed<'a, 'i, B: ?Sized, I>(pub &'a B, pub &'i I);

impl<B: ?Sized, I> fmt::Debug for Indexed<'_, '_, B, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Indexed")
    }
}

/// What the index leads to.
#[derive(Debug)]
pub struct Found<'a, T: ?Sized>(&'a T);

impl<'a, T: ?Sized> Found<'a, T> {
    /// Whether what the index leads to is not known.
    #[inline]
    #[must_use]
    pub const fn as_written(&self) -> bool {
        false
    }

    /// The element.
    #[inline]
    #[must_use]
    pub const fn element(&self) -> &'a T {
        self.0
    }
}

/// A collection of `std`.
pub trait ByPlace<'a> {
    #[doc(hidden)]
    type Output: ?Sized;
    #[doc(hidden)]
    fn __portcullis_find(&self) -> Result<Found<'a, Self::Output>, Violation>;
}

impl<'a, I, B: Sequence<I> + ?Sized> ByPlace<'a> for &&&&Indexed<'a, '_, B, I> {
    type Output = B::Output;
    #[inline]
    #[track_caller]
    fn __portcullis_find(&self) -> Result<Found<'a, B::Output>, Violation> {
        found(self.0, self.1)
    }
}

#[inline]
#[track_caller]
fn found<'a, I, B: Sequence<I> + ?Sized>(base: &'a B, index: &I) -> Result<Found<'a, B::Output>, Violation> {
    match Sequence::find(base, index) {
        Some(element) => Ok(Found(element)),
        None => Err(outside("[]", Sequence::outside(base, index))),
    }
}

/// A type with an index operator of its own.
pub trait ByOwn {
    #[doc(hidden)]
    fn __portcullis_find(&self) -> Result<AsWritten, Violation> {
        Ok(AsWritten)
    }
}

impl<I, B: Index<I> + ?Sized> ByOwn for &&&&&Indexed<'_, '_, B, I> {}

/// A type that leads to a collection.
pub trait ByDeref<'a> {
    #[doc(hidden)]
    type Output: ?Sized;
    #[doc(hidden)]
    fn __portcullis_find(&self) -> Result<Found<'a, Self::Output>, Violation>;
}

impl<'a, I, B: Deref<Target: Sequence<I>> + ?Sized> ByDeref<'a> for &&&Indexed<'a, '_, B, I> {
    type Output = <B::Target as Sequence<I>>::Output;
    #[inline]
    #[track_caller]
    fn __portcullis_find(&self) -> Result<Found<'a, Self::Output>, Violation> {
        found(&**self.0, self.1)
    }
}

/// A pointer to a type with an index operator of its own.
pub trait ByDerefOwn {
    #[doc(hidden)]
    fn __portcullis_find(&self) -> Result<AsWritten, Violation> {
        Ok(AsWritten)
    }
}

impl<I, B: Deref<Target: Index<I>> + ?Sized> ByDerefOwn for &&Indexed<'_, '_, B, I> {}

/// A pointer to a type that leads to a collection.
pub trait ByDerefTwice<'a> {
    #[doc(hidden)]
    type Output: ?Sized;
    #[doc(hidden)]
    fn __portcullis_find(&self) -> Result<Found<'a, Self::Output>, Violation>;
}

impl<'a, I, T, B> ByDerefTwice<'a> for &Indexed<'a, '_, B, I>
where
    T: Deref<Target: Sequence<I>> + ?Sized + 'a,
    B: Deref<Target = T> + ?Sized,
{
    type Output = <T::Target as Sequence<I>>::Output;
    #[inline]
    #[track_caller]
    fn __portcullis_find(&self) -> Result<Found<'a, Self::Output>, Violation> {
        found(&***self.0, self.1)
    }
}

/// All other places.
pub trait ByIndex {
    #[doc(hidden)]
    fn __portcullis_find(&self) -> Result<AsWritten, Violation> {
        Ok(AsWritten)
    }
}

impl<I, B: ?Sized> ByIndex for Indexed<'_, '_, B, I> {}

/// An index, for the place that is looked at before it is used.
#[inline]
#[must_use]
pub fn copied<I: Clone>(index: &I) -> I {
    index.clone()
}

/// An index once more, in a branch that never runs.
#[must_use]
pub fn again<I>(_: &I) -> I {
    never()
}

#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn outside(operator: &'static str, values: Values) -> Violation {
    Violation::new("index.bounds", Cause::Index { operator, values: Kept::new(values) })
}
