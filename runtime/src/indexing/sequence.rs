//! The collections that can be asked for an element before it is taken.

#[cfg(feature = "alloc")]
use alloc::{
    borrow::{Cow, ToOwned},
    boxed::Box,
    collections::{BTreeMap, LinkedList, VecDeque},
    rc::Rc,
    string::String,
    sync::Arc,
    vec::Vec,
};
#[cfg(feature = "alloc")]
use core::borrow::Borrow;
use core::cell::{Ref, RefMut};
#[cfg(feature = "std")]
use core::hash::{BuildHasher, Hash};
use core::slice::SliceIndex;
#[cfg(feature = "std")]
use std::collections::HashMap;
#[cfg(feature = "std")]
use std::sync::{MutexGuard, RwLockReadGuard, RwLockWriteGuard};

use super::range::Position;
use crate::violation::Values;

/// A collection with an index operator for `I`.
pub trait Sequence<I> {
    #[doc(hidden)]
    type Output: ?Sized;
    /// What the index leads to, where that is inside.
    #[doc(hidden)]
    fn find(&self, index: &I) -> Option<&Self::Output>;
    /// What to tell of an index that leads nowhere.
    #[doc(hidden)]
    fn outside(&self, index: &I) -> Values;
}

/// A collection whose elements have numbers.
pub trait Length {
    #[doc(hidden)]
    fn length(&self) -> usize;
    /// Whether the collection can be divided before its element of this number.
    #[doc(hidden)]
    #[inline]
    fn divides(&self, at: usize) -> bool {
        at <= self.length()
    }
}

impl<T, I: SliceIndex<[T]> + Clone + Position> Sequence<I> for [T] {
    type Output = I::Output;
    #[inline]
    fn find(&self, index: &I) -> Option<&I::Output> {
        self.get(index.clone())
    }
    fn outside(&self, index: &I) -> Values {
        index.of(self.len())
    }
}

impl<T, I, const N: usize> Sequence<I> for [T; N]
where
    [T]: Sequence<I>,
{
    type Output = <[T] as Sequence<I>>::Output;
    #[inline]
    fn find(&self, index: &I) -> Option<&Self::Output> {
        Sequence::find(self.as_slice(), index)
    }
    fn outside(&self, index: &I) -> Values {
        Sequence::outside(self.as_slice(), index)
    }
}

impl<I: SliceIndex<str> + Clone + Position> Sequence<I> for str {
    type Output = I::Output;
    #[inline]
    fn find(&self, index: &I) -> Option<&I::Output> {
        self.get(index.clone())
    }
    fn outside(&self, index: &I) -> Values {
        index.of(self.len())
    }
}

impl<T> Length for [T] {
    #[inline]
    fn length(&self) -> usize {
        self.len()
    }
}

impl<T, const N: usize> Length for [T; N] {
    #[inline]
    fn length(&self) -> usize {
        N
    }
}

impl Length for str {
    #[inline]
    fn length(&self) -> usize {
        self.len()
    }
    #[inline]
    fn divides(&self, at: usize) -> bool {
        self.is_char_boundary(at)
    }
}

#[cfg(feature = "alloc")]
impl<T> Length for VecDeque<T> {
    #[inline]
    fn length(&self) -> usize {
        self.len()
    }
}

#[cfg(feature = "alloc")]
impl<T> Length for LinkedList<T> {
    #[inline]
    fn length(&self) -> usize {
        self.len()
    }
}

#[cfg(feature = "alloc")]
impl<T> Sequence<usize> for VecDeque<T> {
    type Output = T;
    #[inline]
    fn find(&self, index: &usize) -> Option<&T> {
        self.get(*index)
    }
    fn outside(&self, index: &usize) -> Values {
        index.of(self.len())
    }
}

#[cfg(feature = "std")]
impl<K: Borrow<Q> + Eq + Hash, Q: Eq + Hash + ?Sized, V, S: BuildHasher> Sequence<&Q> for HashMap<K, V, S> {
    type Output = V;
    #[inline]
    fn find(&self, key: &&Q) -> Option<&V> {
        self.get(*key)
    }
    fn outside(&self, _: &&Q) -> Values {
        Values::None
    }
}

#[cfg(feature = "alloc")]
impl<K: Borrow<Q> + Ord, Q: Ord + ?Sized, V> Sequence<&Q> for BTreeMap<K, V> {
    type Output = V;
    #[inline]
    fn find(&self, key: &&Q) -> Option<&V> {
        self.get(*key)
    }
    fn outside(&self, _: &&Q) -> Values {
        Values::None
    }
}

/// What the language reaches a collection through.
macro_rules! through {
    ($([$($generics:tt)*] $pointer:ty => $target:ty;)*) => {$(
        impl<I, $($generics)*> Sequence<I> for $pointer
        where
            $target: Sequence<I>,
        {
            type Output = <$target as Sequence<I>>::Output;
            #[inline]
            fn find(&self, index: &I) -> Option<&Self::Output> {
                let target: &$target = self;
                Sequence::find(target, index)
            }
            fn outside(&self, index: &I) -> Values {
                let target: &$target = self;
                Sequence::outside(target, index)
            }
        }

        impl<$($generics)*> Length for $pointer
        where
            $target: Length,
        {
            #[inline]
            fn length(&self) -> usize {
                let target: &$target = self;
                target.length()
            }
            #[inline]
            fn divides(&self, at: usize) -> bool {
                let target: &$target = self;
                target.divides(at)
            }
        }
    )*};
}

through! {
    [B: ?Sized] &B => B;
    [B: ?Sized] &mut B => B;
    [B: ?Sized] Ref<'_, B> => B;
    [B: ?Sized] RefMut<'_, B> => B;
}

#[cfg(feature = "alloc")]
through! {
    [T] Vec<T> => [T];
    [] String => str;
    [B: ?Sized] Box<B> => B;
    [B: ?Sized] Rc<B> => B;
    [B: ?Sized] Arc<B> => B;
    [B: ?Sized + ToOwned] Cow<'_, B> => B;
}

#[cfg(feature = "std")]
through! {
    [B: ?Sized] MutexGuard<'_, B> => B;
    [B: ?Sized] RwLockReadGuard<'_, B> => B;
    [B: ?Sized] RwLockWriteGuard<'_, B> => B;
}
