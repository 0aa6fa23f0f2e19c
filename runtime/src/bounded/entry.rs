//! The place of a key in a bounded map.

use alloc::collections::btree_map;
#[cfg(feature = "std")]
use std::collections::hash_map;

use super::full;
use crate::Violation;

/// The place of a key in a [`Bounded`](super::Bounded) map: what `entry` returns. `E` is the entry of the map itself.
#[derive(Debug)]
pub struct BoundedEntry<E> {
    pub(super) entry: E,
    /// The bound, where the map has come to it.
    pub(super) full: Option<usize>,
}

macro_rules! entry {
    ($module:ident, [$($bounds:tt)*]) => {
        impl<'a, K $($bounds)*, V> BoundedEntry<$module::Entry<'a, K, V>> {
            /// The key.
            pub fn key(&self) -> &K {
                self.entry.key()
            }

            /// Changes the value, if there is one.
            #[must_use]
            pub fn and_modify(self, change: impl FnOnce(&mut V)) -> Self {
                Self { entry: self.entry.and_modify(change), ..self }
            }

            /// The value, or else this one.
            ///
            /// # Errors
            /// `capacity` when there is none, and no room for it.
            #[track_caller]
            pub fn or_insert(self, value: V) -> Result<&'a mut V, Violation> {
                self.or_insert_with(|| value)
            }

            /// The value, or else what the closure makes. It is not called where there is no room.
            ///
            /// # Errors
            /// `capacity` when there is none, and no room for it.
            #[track_caller]
            pub fn or_insert_with(self, make: impl FnOnce() -> V) -> Result<&'a mut V, Violation> {
                match (self.entry, self.full) {
                    ($module::Entry::Occupied(entry), _) => Ok(entry.into_mut()),
                    ($module::Entry::Vacant(_), Some(max)) => Err(full(max)),
                    ($module::Entry::Vacant(entry), None) => Ok(entry.insert(make())),
                }
            }

            /// The value, or else the default one.
            ///
            /// # Errors
            /// `capacity` when there is none, and no room for it.
            #[track_caller]
            pub fn or_default(self) -> Result<&'a mut V, Violation>
            where
                V: Default,
            {
                self.or_insert_with(V::default)
            }
        }
    };
}
entry!(btree_map, [: Ord]);
#[cfg(feature = "std")]
entry!(hash_map, []);
