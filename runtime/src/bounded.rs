//! `Bounded`: a collection that does not become larger than it was said to.

mod entry;
mod map;
mod queue;
mod set;
mod text;

use alloc::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Deref;

pub use self::entry::BoundedEntry;
use crate::Violation;
use crate::violation::Cause;

/// A collection of the standard library that refuses to hold more than `max` elements; a `String`, bytes.
///
/// For what lives longer than a request: a static, a session, a cache. What is appended to it with each request, and never cleared, ends there
/// with a refusal, and not with the memory of the server.
///
/// ```
/// use std::sync::Mutex;
///
/// use portcullis::{Bounded, Violation};
///
/// static WAITING: Mutex<Bounded<Vec<u64>>> = Mutex::new(Bounded::new(2));
///
/// fn wait(player: u64) -> Result<usize, Violation> {
///     let mut waiting = WAITING.lock().unwrap();
///     waiting.push(player)?;
///     Ok(waiting.len())
/// }
///
/// assert_eq!(wait(7).unwrap(), 1);
/// assert_eq!(wait(8).unwrap(), 2);
/// assert_eq!(wait(9).unwrap_err().code(), "capacity");
/// assert_eq!(WAITING.lock().unwrap().iter().sum::<u64>(), 15);
/// assert_eq!(WAITING.lock().unwrap().pop(), Some(8));
/// assert!(wait(9).is_ok());
/// ```
///
/// | | made by | grows by |
/// |---|---|---|
/// | `Vec` | [`new`](Bounded::new) | `push`, `insert`, `extend`, `extend_from_slice`, `append`, `resize`, `reserve`; of bytes, `io::Write` |
/// | `VecDeque` | `new` | `push_back`, `push_front`, `insert`, `extend`, `append`, `reserve`; `push_back_evicting` takes the oldest out instead |
/// | `String` | `new` | `push`, `push_str`, `insert`, `insert_str`, `extend`, `reserve`, `fmt::Write` |
/// | `BinaryHeap` | `new` | `push`, `extend`, `append`, `reserve` |
/// | `BTreeMap`, `BTreeSet` | `new` | `insert`, `entry`, `extend` |
/// | `HashMap`, `HashSet`, with any hasher | [`hashed`](Bounded::hashed) | `insert`, `entry`, `extend` |
///
/// **What you get.** Reading is that of the collection itself, which it lends by `Deref`. What cannot make it longer has the name and
/// the signature that it has there (`pop`, `remove`, `retain`, `drain`, `clear`, `iter_mut`, `get_mut`, ..), and so has what can, but for the `Result`: the violation has the code
/// `capacity`, and what was to be added is dropped. What replaces an element, as `insert` with a key that is there, does not
/// make it longer. A plain `&mut` to the collection is not to be had.
///
/// `extend` takes elements until there is no room, so that an iterator without an end ends too; what it has added by then stays. What has a
/// length adds all or nothing. [`from_inner`](Bounded::from_inner) takes a collection that is there, [`into_inner`](Bounded::into_inner) gives it back.
///
/// **Memory.** The capacity of a `Vec`, a `VecDeque`, a `String` and a `BinaryHeap` does not pass `max` either; the table of a `HashMap` may have twice
/// that. As in the collection itself nothing is given back by what shortens it, `clear` among it: `shrink_to_fit` and `shrink_to` do that. Where
/// there is no memory the code is `capacity` too, and the process goes on.
///
/// **What it cannot see.** What an element holds by itself: the strings of a `Bounded<Vec<String>>` may have any length, unless they are a
/// `Bounded<String>`. How many collections there are. Needs the feature `alloc`; the hashed ones `std`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bounded<C> {
    inner: C,
    max: usize,
}

/// A collection that can be made where constants are.
pub trait Empty: Collection {
    #[doc(hidden)]
    const EMPTY: Self;
}

/// A collection with a hasher.
pub trait Hashed: Collection + Default {}

/// A collection that [`Bounded`] knows.
pub trait Collection {
    #[doc(hidden)]
    fn length(&self) -> usize;
}

macro_rules! collections {
    ($([$($generics:tt)*] $collection:ty = $empty:expr;)*) => {$(
        impl<$($generics)*> Collection for $collection {
            fn length(&self) -> usize {
                self.len()
            }
        }

        impl<$($generics)*> Empty for $collection {
            const EMPTY: Self = $empty;
        }
    )*};
}
collections! {
    [T] Vec<T> = Self::new();
    [T] VecDeque<T> = Self::new();
    [] String = Self::new();
    [T: Ord] BinaryHeap<T> = Self::new();
    [K, V] BTreeMap<K, V> = Self::new();
    [T] BTreeSet<T> = Self::new();
}

impl<C: Empty> Bounded<C> {
    /// An empty one.
    #[must_use]
    pub const fn new(max: usize) -> Self {
        Self { inner: C::EMPTY, max }
    }
}

impl<C: Hashed> Bounded<C> {
    /// An empty one, of those with a hasher. Another hasher than the default one comes with [`from_inner`](Self::from_inner).
    ///
    /// ```
    /// use std::collections::HashMap;
    ///
    /// use portcullis::Bounded;
    ///
    /// let mut sessions: Bounded<HashMap<&str, u32>> = Bounded::hashed(2);
    /// *sessions.entry("pen").or_insert(0).unwrap() += 7;
    /// sessions.insert("ink", 1).unwrap();
    /// *sessions.entry("pen").or_insert(0).unwrap() += 7;
    /// assert_eq!(sessions["pen"], 14);
    /// assert_eq!(sessions.entry("nib").or_insert(0).unwrap_err().code(), "capacity");
    /// ```
    #[must_use]
    pub fn hashed(max: usize) -> Self {
        Self { inner: C::default(), max }
    }
}

impl<C: Collection> Bounded<C> {
    /// One that is there.
    ///
    /// # Errors
    /// `capacity` when it is longer than `max`.
    #[track_caller]
    pub fn from_inner(inner: C, max: usize) -> Result<Self, Violation> {
        if inner.length() > max { Err(full(max)) } else { Ok(Self { inner, max }) }
    }

    /// How much it may hold.
    #[must_use]
    pub const fn bound(&self) -> usize {
        self.max
    }

    /// How much it may still take.
    #[must_use]
    pub fn room(&self) -> usize {
        self.max.saturating_sub(self.inner.length())
    }

    /// The collection, which is then free to grow.
    #[must_use]
    pub fn into_inner(self) -> C {
        self.inner
    }

    /// Asked before so many elements are added.
    #[inline]
    #[track_caller]
    fn ensure_room(&self, more: usize) -> Result<(), Violation> {
        if more > self.room() { Err(full(self.max)) } else { Ok(()) }
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn full(max: usize) -> Violation {
    Violation::new("capacity", Cause::Capacity { max })
}

impl<C> Deref for Bounded<C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.inner
    }
}

impl<C: IntoIterator> IntoIterator for Bounded<C> {
    type Item = C::Item;
    type IntoIter = C::IntoIter;

    fn into_iter(self) -> C::IntoIter {
        self.inner.into_iter()
    }
}

#[allow(
    clippy::into_iter_without_iter,
    reason = "`iter` is that of the collection, by `Deref`; `iter_mut` is each one's"
)]
impl<'a, C> IntoIterator for &'a Bounded<C>
where
    &'a C: IntoIterator,
{
    type Item = <&'a C as IntoIterator>::Item;
    type IntoIter = <&'a C as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.inner.into_iter()
    }
}

#[allow(clippy::into_iter_without_iter, reason = "as above")]
impl<'a, C: Collection> IntoIterator for &'a mut Bounded<C>
where
    &'a mut C: IntoIterator,
{
    type Item = <&'a mut C as IntoIterator>::Item;
    type IntoIter = <&'a mut C as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.inner.into_iter()
    }
}

/// What cannot make the collection longer.
macro_rules! passed_on {
    ($(fn $name:ident $([$($generics:tt)*])? ($($argument:ident: $type:ty),*) $(-> $output:ty)? $(where [$($bounds:tt)*])?;)*) => {$(
        #[doc = concat!("As `", stringify!($name), "` of the collection itself.")]
        #[inline]
        #[track_caller]
        pub fn $name $(<$($generics)*>)? (&mut self $(, $argument: $type)*) $(-> $output)?
        $(where $($bounds)*)?
        {
            self.inner.$name($($argument),*)
        }
    )*};
}
use passed_on;

/// Room in the memory of a collection that has a capacity.
macro_rules! capacity {
    () => {
        /// Room for so many more, and memory: the capacity grows as that of the collection itself does, but not beyond `max`.
        #[inline]
        #[track_caller]
        fn make_room(&mut self, more: usize) -> Result<(), Violation> {
            self.ensure_room(more)?;
            let spare = self.inner.capacity().saturating_sub(self.inner.len());
            if more > spare { self.grow(more) } else { Ok(()) }
        }

        #[cold]
        #[track_caller]
        fn grow(&mut self, more: usize) -> Result<(), Violation> {
            let by = self.inner.len().max(4).max(more).min(self.room());
            self.inner.try_reserve_exact(by).map_err(|_| crate::bounded::full(self.max))
        }

        /// Memory for so many more.
        ///
        /// # Errors
        /// `capacity` when there is no room for them.
        #[track_caller]
        pub fn reserve(&mut self, additional: usize) -> Result<(), Violation> {
            self.make_room(additional)
        }

        $crate::bounded::passed_on! {
            fn clear();
            fn shrink_to_fit();
            fn shrink_to(min_capacity: usize);
        }
    };
}
use capacity;
