//! `bounded_allocation`: what stands around the calls of the user's source that ask for memory.
//!
//! As for operators, the macro sees tokens and the compiler chooses: for the types of `std` the size is tested before the memory is
//! asked for; a type with a method of its own of that name is left to it. The sizes themselves are looked up when everything is
//! known, so what an element is may be found out later than the call.

#![allow(
    clippy::missing_errors_doc,
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "only for generated code, which asks each answer in the same way"
)]

pub(crate) mod added;
mod counted;
pub(crate) mod gathered;
mod held;
pub(crate) mod made;
pub(crate) mod read;
pub(crate) mod sized;
mod text;

use core::fmt;
use core::marker::PhantomData;

use crate::Violation;
use crate::arithmetic::AsWritten;
#[cfg(feature = "std")]
use crate::depth::limit::Limit;
use crate::violation::Cause;

/// What stands after `max =`, where that is no text.
#[cfg(feature = "std")]
#[inline]
pub fn bytes(max: impl Limit) -> u64 {
    max.count()
}

/// A count as a size.
#[inline]
const fn wide(count: usize) -> u64 {
    count as u64
}

/// How large a `T` is by itself.
#[inline]
const fn size<T>() -> u64 {
    wide(size_of::<T>())
}

/// So many elements of that size, or more than there are.
#[inline]
const fn times(count: u64, size: u64) -> u64 {
    count.saturating_mul(size)
}

impl AsWritten {
    /// Nothing is known of it.
    #[inline]
    pub const fn foretold(&self) -> Result<(), Violation> {
        Ok(())
    }
}

/// `asked` bytes are asked for.
#[inline]
#[track_caller]
fn admit(asked: u64, max: u64, operator: &'static str) -> Result<(), Violation> {
    if asked <= max { Ok(()) } else { Err(too_much(operator, Some(asked), max)) }
}

/// `asked` is none where it was counted, and the limit came before the end.
#[cold]
#[inline(never)]
#[track_caller]
fn too_much(operator: &'static str, asked: Option<u64>, max: u64) -> Violation {
    Violation::new("allocation", Cause::Allocation { operator, asked, max })
}

/// The elements of a `vec![element; count]`, whose type the element names. An element that is such a list itself is
/// `each` bytes more.
pub struct Elements<T>(PhantomData<fn() -> T>);

impl<T> Clone for Elements<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Elements<T> {}

impl<T> fmt::Debug for Elements<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Elements")
    }
}

impl<T> Elements<T> {
    /// Of any type, until an element names it.
    #[allow(clippy::new_without_default, reason = "only for generated code")]
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }

    /// `count` of them. `each` is what every element holds elsewhere; `total` becomes what all do.
    #[inline]
    #[track_caller]
    pub fn admit(self, count: usize, each: u64, total: &mut u64, max: u64) -> Result<usize, Violation> {
        *total = times(wide(count), size::<T>().saturating_add(each));
        admit(*total, max, "vec!").map(|()| count)
    }
}

impl<T> Elements<T> {
    /// The same, where they are made whatever comes of it.
    #[inline]
    #[track_caller]
    pub fn look(self, count: usize, each: u64, total: &mut u64, max: u64) -> Result<(), Violation> {
        match self.admit(count, each, total, max) {
            Ok(_) => Ok(()),
            Err(violation) => Err(violation),
        }
    }
}

/// The element, which names its type.
#[inline]
pub fn element<T>(_: Elements<T>, value: T) -> T {
    value
}

/// The answer for a receiver that is not known: the call is left as it is written.
#[derive(Clone, Copy, Debug)]
pub struct Unknown;

impl Unknown {
    /// The receiver as it is.
    #[inline]
    pub fn flow<B>(self, base: B) -> B {
        base
    }

    /// What its method gives.
    #[inline]
    pub fn settle<T>(self, done: T) -> Result<T, Violation> {
        Ok(done)
    }
}
