//! Maps.

use alloc::collections::btree_map::{self, BTreeMap};
use core::borrow::Borrow;
#[cfg(feature = "std")]
use core::hash::{BuildHasher, Hash};
use core::ops::RangeBounds;
#[cfg(feature = "std")]
use std::collections::hash_map::{self, HashMap};

use super::{Bounded, BoundedEntry, passed_on};
#[cfg(feature = "std")]
use super::{Collection, Hashed};
use crate::Violation;

/// What both kinds have, by the same names.
macro_rules! map {
    ($module:ident, [$($key:tt)*]) => {
        /// As `insert` of the map itself.
        ///
        /// # Errors
        /// `capacity` when the key is not there, and no room for it.
        #[track_caller]
        pub fn insert(&mut self, key: K, value: V) -> Result<Option<V>, Violation> {
            if self.room() == 0 && !self.inner.contains_key(&key) {
                return Err(super::full(self.max));
            }
            Ok(self.inner.insert(key, value))
        }

        /// As `entry` of the map itself. Only what would add the key can be refused.
        pub fn entry(&mut self, key: K) -> BoundedEntry<$module::Entry<'_, K, V>> {
            let full = (self.room() == 0).then_some(self.max);
            BoundedEntry { entry: self.inner.entry(key), full }
        }

        /// Inserts what comes.
        ///
        /// # Errors
        /// `capacity` at the first that there is no room for. Those before it stay.
        #[track_caller]
        pub fn extend(&mut self, pairs: impl IntoIterator<Item = (K, V)>) -> Result<(), Violation> {
            for (key, value) in pairs {
                self.insert(key, value)?;
            }
            Ok(())
        }

        passed_on! {
            fn remove[Q: ?Sized + $($key)*](key: &Q) -> Option<V> where [K: Borrow<Q>];
            fn remove_entry[Q: ?Sized + $($key)*](key: &Q) -> Option<(K, V)> where [K: Borrow<Q>];
            fn get_mut[Q: ?Sized + $($key)*](key: &Q) -> Option<&mut V> where [K: Borrow<Q>];
            fn iter_mut() -> $module::IterMut<'_, K, V>;
            fn values_mut() -> $module::ValuesMut<'_, K, V>;
            fn clear();
            fn retain[F: FnMut(&K, &mut V) -> bool](keep: F);
        }
    };
}

impl<K: Ord, V> Bounded<BTreeMap<K, V>> {
    map!(btree_map, [Ord]);

    passed_on! {
        fn pop_first() -> Option<(K, V)>;
        fn pop_last() -> Option<(K, V)>;
        fn split_off[Q: ?Sized + Ord](key: &Q) -> BTreeMap<K, V> where [K: Borrow<Q>];
        fn range_mut[Q: ?Sized + Ord, R: RangeBounds<Q>](range: R) -> btree_map::RangeMut<'_, K, V> where [K: Borrow<Q>];
    }
}

#[cfg(feature = "std")]
impl<K, V, S> Collection for HashMap<K, V, S> {
    fn length(&self) -> usize {
        self.len()
    }
}

#[cfg(feature = "std")]
impl<K, V, S: Default> Hashed for HashMap<K, V, S> {}

#[cfg(feature = "std")]
impl<K: Eq + Hash, V, S: BuildHasher> Bounded<HashMap<K, V, S>> {
    map!(hash_map, [Eq + Hash]);

    passed_on! {
        fn drain() -> hash_map::Drain<'_, K, V>;
        fn shrink_to_fit();
        fn shrink_to(min_capacity: usize);
    }
}
