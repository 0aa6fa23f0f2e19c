//! Texts and maps, whose check is the access: see `macros/src/rewrite/index/lent.rs`.

#[cfg(feature = "alloc")]
use alloc::collections::BTreeMap;
#[cfg(feature = "alloc")]
use alloc::string::String;
use core::fmt;
#[cfg(feature = "std")]
use std::collections::HashMap;

use super::outside;
use super::sequence::Sequence;
use crate::Violation;
use crate::arithmetic::never;

/// A place and an index into it, by references that have nothing to do with each other: the place may be lent on.
pub struct Asked<'a, 'i, B: ?Sized, I>(pub &'a B, pub &'i I);

impl<B: ?Sized, I> fmt::Debug for Asked<'_, '_, B, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asked")
    }
}

/// What an index leads to, for as long as the native operator would lend it.
#[derive(Debug)]
pub struct Lent<'a, T: ?Sized>(Result<&'a T, Violation>);

impl<'a, T: ?Sized> Lent<'a, T> {
    /// Whether the check was the access.
    #[inline]
    #[must_use]
    pub const fn is_lent(&self) -> bool {
        true
    }

    /// The element.
    #[inline]
    pub fn found(self) -> Result<&'a T, Violation> {
        self.0
    }
}

/// Anything else, whose native operator is still to come.
#[derive(Debug)]
pub struct Kept;

impl Kept {
    /// Whether the check was the access.
    #[inline]
    #[must_use]
    pub const fn is_lent(&self) -> bool {
        false
    }

    /// In a branch that never runs.
    pub fn found<T>(self) -> Result<T, Violation> {
        never()
    }
}

/// A collection of `std` whose operator looks for the element, or a shared reference to one: what is behind that is lent for
/// as long as the reference itself.
pub trait ByLent<'a> {
    #[doc(hidden)]
    type Output: ?Sized;
    #[doc(hidden)]
    fn __portcullis_lent(&self) -> Lent<'a, Self::Output>;
}

macro_rules! lent {
    ($([$($generics:tt)*] $collection:ty;)*) => {$(
        lent!(@ [$($generics)*] $collection, Asked<'a, '_, $collection, I>);
        lent!(@ [$($generics)*] $collection, Asked<'_, '_, &'a $collection, I>);
    )*};
    (@ [$($generics:tt)*] $collection:ty, $asked:ty) => {
        impl<'a, I, $($generics)*> ByLent<'a> for &$asked
        where
            $collection: Sequence<I>,
        {
            type Output = <$collection as Sequence<I>>::Output;
            #[inline]
            #[track_caller]
            fn __portcullis_lent(&self) -> Lent<'a, Self::Output> {
                lent::<I, $collection>(self.0, self.1)
            }
        }
    };
}

lent! { [] str; }
#[cfg(feature = "alloc")]
lent! { [] String; [K, V] BTreeMap<K, V>; }
#[cfg(feature = "std")]
lent! { [K, V, S] HashMap<K, V, S>; }

#[inline]
#[track_caller]
fn lent<'a, I, B: Sequence<I> + ?Sized>(base: &'a B, index: &I) -> Lent<'a, B::Output> {
    Lent(match Sequence::find(base, index) {
        Some(element) => Ok(element),
        None => Err(outside("[]", Sequence::outside(base, index))),
    })
}

/// All other places.
pub trait ByKept {
    #[doc(hidden)]
    fn __portcullis_lent(&self) -> Kept {
        Kept
    }
}

impl<I, B: ?Sized> ByKept for Asked<'_, '_, B, I> {}
