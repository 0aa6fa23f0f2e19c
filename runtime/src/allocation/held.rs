//! The collections of `std`, as far as their memory goes.

#[cfg(feature = "alloc")]
use alloc::{
    borrow::Cow,
    boxed::Box,
    collections::{BTreeMap, BTreeSet, BinaryHeap, LinkedList, VecDeque},
    rc::Rc,
    string::String,
    sync::Arc,
    vec::Vec,
};
use core::cell::{Ref, RefMut};
#[cfg(feature = "std")]
use std::{
    collections::{HashMap, HashSet},
    ffi::OsString,
    path::PathBuf,
    sync::{MutexGuard, RwLockReadGuard, RwLockWriteGuard},
};

#[cfg(feature = "alloc")]
use super::size;

/// A collection, or what leads to one.
pub trait Held {
    /// How large an element is.
    const ELEMENT: u64;
    /// It is a text, of which the elements that are added are pieces.
    const TEXT: bool = false;
    /// How many elements it has.
    #[doc(hidden)]
    fn elements(&self) -> usize;
    /// For how many it has memory.
    #[doc(hidden)]
    fn room(&self) -> usize;
}

#[cfg(feature = "alloc")]
macro_rules! held {
    ($([$($generics:tt)*] $list:ty: $element:ty, $room:ident $(, $text:literal)?;)*) => {$(
        impl<$($generics)*> Held for $list {
            const ELEMENT: u64 = size::<$element>();
            $(const TEXT: bool = $text;)?
            #[inline]
            fn elements(&self) -> usize {
                self.len()
            }
            #[inline]
            fn room(&self) -> usize {
                self.$room()
            }
        }
    )*};
}

#[cfg(feature = "alloc")]
held! {
    [T] Vec<T>: T, capacity;
    [] String: u8, capacity, true;
    [T] VecDeque<T>: T, capacity;
    [T] BinaryHeap<T>: T, capacity;
    // These have memory for what they hold.
    [T] LinkedList<T>: T, len;
    [K, V] BTreeMap<K, V>: (K, V), len;
    [T] BTreeSet<T>: T, len;
}
#[cfg(feature = "std")]
held! {
    [K, V, S] HashMap<K, V, S>: (K, V), capacity;
    [T, S] HashSet<T, S>: T, capacity;
    [] OsString: u8, capacity, true;
}

#[cfg(feature = "std")]
impl Held for PathBuf {
    const ELEMENT: u64 = 1;
    const TEXT: bool = true;
    #[inline]
    fn elements(&self) -> usize {
        self.as_os_str().len()
    }
    #[inline]
    fn room(&self) -> usize {
        self.capacity()
    }
}

/// What the language reaches a collection through.
macro_rules! through {
    ($($pointer:ty;)*) => {$(
        impl<B: Held + ?Sized> Held for $pointer {
            const ELEMENT: u64 = B::ELEMENT;
            const TEXT: bool = B::TEXT;
            #[inline]
            fn elements(&self) -> usize {
                (**self).elements()
            }
            #[inline]
            fn room(&self) -> usize {
                (**self).room()
            }
        }
    )*};
}

through!(&B; &mut B; Ref<'_, B>; RefMut<'_, B>;);
#[cfg(feature = "alloc")]
through!(Box<B>; Rc<B>; Arc<B>;);
#[cfg(feature = "std")]
through!(MutexGuard<'_, B>; RwLockReadGuard<'_, B>; RwLockWriteGuard<'_, B>;);

/// A collection that can be changed, or what leads to one.
pub trait Reached {
    /// The collection.
    type Target: Held + ?Sized;
    #[doc(hidden)]
    fn reached(&mut self) -> &mut Self::Target;
}

macro_rules! reached {
    ($([$($generics:tt)*] $pointer:ty: $target:ty;)*) => {$(
        impl<$($generics)*> Reached for $pointer {
            type Target = $target;
            #[inline]
            fn reached(&mut self) -> &mut $target {
                self
            }
        }
    )*};
    ($([] through $pointer:ty;)*) => {$(
        impl<B: Reached + ?Sized> Reached for $pointer {
            type Target = B::Target;
            #[inline]
            fn reached(&mut self) -> &mut B::Target {
                (**self).reached()
            }
        }
    )*};
}

#[cfg(feature = "alloc")]
reached! {
    [T] Vec<T>: Self;
    [] String: Self;
    [T] VecDeque<T>: Self;
    [T] BinaryHeap<T>: Self;
    [T] LinkedList<T>: Self;
    [K, V] BTreeMap<K, V>: Self;
    [T] BTreeSet<T>: Self;
}
#[cfg(feature = "std")]
reached! {
    [K, V, S] HashMap<K, V, S>: Self;
    [T, S] HashSet<T, S>: Self;
    [] OsString: Self;
    [] PathBuf: Self;
}
reached! { [] through &mut B; [] through RefMut<'_, B>; }
#[cfg(feature = "alloc")]
reached! { [] through Box<B>; }
#[cfg(feature = "std")]
reached! { [] through MutexGuard<'_, B>; [] through RwLockWriteGuard<'_, B>; }

/// What can be repeated.
pub trait Repeated {
    /// How large it is.
    #[doc(hidden)]
    fn whole(&self) -> u64;
}

impl<T> Repeated for [T] {
    #[inline]
    fn whole(&self) -> u64 {
        super::wide(size_of_val(self))
    }
}

impl Repeated for str {
    #[inline]
    fn whole(&self) -> u64 {
        super::wide(self.len())
    }
}

macro_rules! repeated {
    ($([$($generics:tt)*] $pointer:ty: $target:ty;)*) => {$(
        impl<$($generics)*> Repeated for $pointer {
            #[inline]
            fn whole(&self) -> u64 {
                let target: &$target = self;
                target.whole()
            }
        }
    )*};
}

repeated! {
    [T, const N: usize] [T; N]: [T];
    [B: Repeated + ?Sized] &B: B;
    [B: Repeated + ?Sized] &mut B: B;
    [B: Repeated + ?Sized] Ref<'_, B>: B;
    [B: Repeated + ?Sized] RefMut<'_, B>: B;
}
#[cfg(feature = "alloc")]
repeated! {
    [T] Vec<T>: [T];
    [] String: str;
    [B: Repeated + alloc::borrow::ToOwned + ?Sized] Cow<'_, B>: B;
    [B: Repeated + ?Sized] Box<B>: B;
    [B: Repeated + ?Sized] Rc<B>: B;
    [B: Repeated + ?Sized] Arc<B>: B;
}
#[cfg(feature = "std")]
repeated! {
    [B: Repeated + ?Sized] MutexGuard<'_, B>: B;
    [B: Repeated + ?Sized] RwLockReadGuard<'_, B>: B;
    [B: Repeated + ?Sized] RwLockWriteGuard<'_, B>: B;
}
