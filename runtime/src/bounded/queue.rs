//! `Vec`, `VecDeque`, `BinaryHeap`.

use alloc::collections::binary_heap::{self, BinaryHeap};
use alloc::collections::vec_deque::{self, VecDeque};
use alloc::vec::{self, Vec};
use core::ops::RangeBounds;
use core::slice;

use super::{Bounded, capacity, passed_on};
use crate::Violation;

/// Adds what comes, by one of the methods.
macro_rules! extend {
    ($push:ident) => {
        /// Adds what comes.
        ///
        /// # Errors
        /// `capacity` at the first that there is no room for. Those before it stay.
        #[track_caller]
        pub fn extend(&mut self, elements: impl IntoIterator<Item = T>) -> Result<(), Violation> {
            for element in elements {
                self.$push(element)?;
            }
            Ok(())
        }
    };
}

/// Adds all of another one.
macro_rules! append {
    ($collection:ty) => {
        /// Takes all elements out of `other`.
        ///
        /// # Errors
        /// `capacity` when there is no room for all of them: then they stay where they are.
        #[track_caller]
        pub fn append(&mut self, other: &mut $collection) -> Result<(), Violation> {
            self.make_room(other.len())?;
            self.inner.append(other);
            Ok(())
        }
    };
}

impl<T> Bounded<Vec<T>> {
    capacity!();
    extend!(push);
    append!(Vec<T>);

    /// As `push` of the list itself.
    ///
    /// # Errors
    /// `capacity` when there is no room.
    #[inline]
    #[track_caller]
    pub fn push(&mut self, element: T) -> Result<(), Violation> {
        self.make_room(1)?;
        self.inner.push(element);
        Ok(())
    }

    /// As `insert` of the list itself.
    ///
    /// # Errors
    /// `capacity` when there is no room.
    ///
    /// # Panics
    /// When `index` is beyond the end.
    #[track_caller]
    pub fn insert(&mut self, index: usize, element: T) -> Result<(), Violation> {
        self.make_room(1)?;
        self.inner.insert(index, element);
        Ok(())
    }

    /// As `extend_from_slice` of the list itself.
    ///
    /// # Errors
    /// `capacity` when there is no room for all of them: then none is added.
    #[track_caller]
    pub fn extend_from_slice(&mut self, elements: &[T]) -> Result<(), Violation>
    where
        T: Clone,
    {
        self.make_room(elements.len())?;
        self.inner.extend_from_slice(elements);
        Ok(())
    }

    /// As `resize` of the list itself.
    ///
    /// # Errors
    /// `capacity` when there is no room: then nothing is added.
    #[track_caller]
    pub fn resize(&mut self, len: usize, element: T) -> Result<(), Violation>
    where
        T: Clone,
    {
        self.make_room(len.saturating_sub(self.inner.len()))?;
        self.inner.resize(len, element);
        Ok(())
    }

    passed_on! {
        fn pop() -> Option<T>;
        fn remove(index: usize) -> T;
        fn swap_remove(index: usize) -> T;
        fn truncate(len: usize);
        fn drain[R: RangeBounds<usize>](range: R) -> vec::Drain<'_, T>;
        fn split_off(at: usize) -> Vec<T>;
        fn retain[F: FnMut(&T) -> bool](keep: F);
        fn retain_mut[F: FnMut(&mut T) -> bool](keep: F);
        fn dedup() where [T: PartialEq];
        fn dedup_by[F: FnMut(&mut T, &mut T) -> bool](same: F);
        fn dedup_by_key[K: PartialEq, F: FnMut(&mut T) -> K](key: F);
        fn as_mut_slice() -> &mut [T];
        fn iter_mut() -> slice::IterMut<'_, T>;
        fn get_mut[I: slice::SliceIndex<[T]>](index: I) -> Option<&mut I::Output>;
        fn first_mut() -> Option<&mut T>;
        fn last_mut() -> Option<&mut T>;
        fn swap(one: usize, other: usize);
        fn reverse();
        fn sort() where [T: Ord];
        fn sort_by[F: FnMut(&T, &T) -> core::cmp::Ordering](compare: F);
        fn sort_by_key[K: Ord, F: FnMut(&T) -> K](key: F);
        fn sort_unstable() where [T: Ord];
        fn sort_unstable_by[F: FnMut(&T, &T) -> core::cmp::Ordering](compare: F);
        fn sort_unstable_by_key[K: Ord, F: FnMut(&T) -> K](key: F);
    }
}

/// Where there is no room for all, none is written, and the error is the [`Violation`].
#[cfg(feature = "std")]
impl std::io::Write for Bounded<Vec<u8>> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.extend_from_slice(bytes).map_err(std::io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<T> Bounded<VecDeque<T>> {
    capacity!();
    extend!(push_back);
    append!(VecDeque<T>);

    /// As `push_back` of the queue itself.
    ///
    /// # Errors
    /// `capacity` when there is no room.
    #[inline]
    #[track_caller]
    pub fn push_back(&mut self, element: T) -> Result<(), Violation> {
        self.make_room(1)?;
        self.inner.push_back(element);
        Ok(())
    }

    /// As `push_front` of the queue itself.
    ///
    /// # Errors
    /// `capacity` when there is no room.
    #[inline]
    #[track_caller]
    pub fn push_front(&mut self, element: T) -> Result<(), Violation> {
        self.make_room(1)?;
        self.inner.push_front(element);
        Ok(())
    }

    /// Adds it at the back, and takes the one at the front out where there is no room: a log of the latest. Where there is never any, or no
    /// memory, it is `element` itself that comes back.
    pub fn push_back_evicting(&mut self, element: T) -> Option<T> {
        let evicted = if self.room() == 0 { self.inner.pop_front() } else { None };
        match self.make_room(1) {
            Ok(()) => {
                self.inner.push_back(element);
                evicted
            }
            Err(_) => Some(element),
        }
    }

    /// As `insert` of the queue itself.
    ///
    /// # Errors
    /// `capacity` when there is no room.
    ///
    /// # Panics
    /// When `index` is beyond the end.
    #[track_caller]
    pub fn insert(&mut self, index: usize, element: T) -> Result<(), Violation> {
        self.make_room(1)?;
        self.inner.insert(index, element);
        Ok(())
    }

    passed_on! {
        fn pop_front() -> Option<T>;
        fn pop_back() -> Option<T>;
        fn remove(index: usize) -> Option<T>;
        fn swap_remove_front(index: usize) -> Option<T>;
        fn swap_remove_back(index: usize) -> Option<T>;
        fn truncate(len: usize);
        fn drain[R: RangeBounds<usize>](range: R) -> vec_deque::Drain<'_, T>;
        fn split_off(at: usize) -> VecDeque<T>;
        fn retain[F: FnMut(&T) -> bool](keep: F);
        fn retain_mut[F: FnMut(&mut T) -> bool](keep: F);
        fn make_contiguous() -> &mut [T];
        fn iter_mut() -> vec_deque::IterMut<'_, T>;
        fn get_mut(index: usize) -> Option<&mut T>;
        fn front_mut() -> Option<&mut T>;
        fn back_mut() -> Option<&mut T>;
        fn swap(one: usize, other: usize);
        fn rotate_left(by: usize);
        fn rotate_right(by: usize);
    }
}

impl<T: Ord> Bounded<BinaryHeap<T>> {
    capacity!();
    extend!(push);
    append!(BinaryHeap<T>);

    /// As `push` of the heap itself.
    ///
    /// # Errors
    /// `capacity` when there is no room.
    #[inline]
    #[track_caller]
    pub fn push(&mut self, element: T) -> Result<(), Violation> {
        self.make_room(1)?;
        self.inner.push(element);
        Ok(())
    }

    passed_on! {
        fn pop() -> Option<T>;
        fn peek_mut() -> Option<binary_heap::PeekMut<'_, T>>;
        fn drain() -> binary_heap::Drain<'_, T>;
        fn retain[F: FnMut(&T) -> bool](keep: F);
    }
}
