//! Sets.

use alloc::collections::BTreeSet;
use core::borrow::Borrow;
#[cfg(feature = "std")]
use core::hash::{BuildHasher, Hash};
#[cfg(feature = "std")]
use std::collections::hash_set::{self, HashSet};

use super::{Bounded, passed_on};
#[cfg(feature = "std")]
use super::{Collection, Hashed};
use crate::Violation;

/// What both kinds have, by the same names.
macro_rules! set {
    ($($key:tt)*) => {
        /// As `insert` of the set itself.
        ///
        /// # Errors
        /// `capacity` when the value is not there, and no room for it.
        #[track_caller]
        pub fn insert(&mut self, value: T) -> Result<bool, Violation> {
            if self.room() == 0 && !self.inner.contains(&value) {
                return Err(super::full(self.max));
            }
            Ok(self.inner.insert(value))
        }

        /// As `replace` of the set itself.
        ///
        /// # Errors
        /// `capacity` when the value is not there, and no room for it.
        #[track_caller]
        pub fn replace(&mut self, value: T) -> Result<Option<T>, Violation> {
            if self.room() == 0 && !self.inner.contains(&value) {
                return Err(super::full(self.max));
            }
            Ok(self.inner.replace(value))
        }

        /// Inserts what comes.
        ///
        /// # Errors
        /// `capacity` at the first that there is no room for. Those before it stay.
        #[track_caller]
        pub fn extend(&mut self, values: impl IntoIterator<Item = T>) -> Result<(), Violation> {
            for value in values {
                self.insert(value)?;
            }
            Ok(())
        }

        passed_on! {
            fn remove[Q: ?Sized + $($key)*](value: &Q) -> bool where [T: Borrow<Q>];
            fn take[Q: ?Sized + $($key)*](value: &Q) -> Option<T> where [T: Borrow<Q>];
            fn clear();
            fn retain[F: FnMut(&T) -> bool](keep: F);
        }
    };
}

impl<T: Ord> Bounded<BTreeSet<T>> {
    set!(Ord);

    passed_on! {
        fn pop_first() -> Option<T>;
        fn pop_last() -> Option<T>;
        fn split_off[Q: ?Sized + Ord](value: &Q) -> BTreeSet<T> where [T: Borrow<Q>];
    }
}

#[cfg(feature = "std")]
impl<T, S> Collection for HashSet<T, S> {
    fn length(&self) -> usize {
        self.len()
    }
}

#[cfg(feature = "std")]
impl<T, S: Default> Hashed for HashSet<T, S> {}

#[cfg(feature = "std")]
impl<T: Eq + Hash, S: BuildHasher> Bounded<HashSet<T, S>> {
    set!(Eq + Hash);

    passed_on! {
        fn drain() -> hash_set::Drain<'_, T>;
        fn shrink_to_fit();
        fn shrink_to(min_capacity: usize);
    }
}
