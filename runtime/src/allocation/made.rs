//! The functions that make a collection with room: `with_capacity`, `with_capacity_and_hasher`.

#[cfg(feature = "alloc")]
use alloc::{
    collections::{BinaryHeap, VecDeque},
    string::String,
    vec::Vec,
};
use core::fmt;
#[cfg(feature = "std")]
use std::{
    collections::{HashMap, HashSet},
    ffi::OsString,
    io::{BufReader, BufWriter, LineWriter},
    path::PathBuf,
};

#[cfg(feature = "alloc")]
use super::size;
use super::{admit, times, wide};
use crate::Violation;

/// The function.
pub struct Capacity<'a, F>(pub &'a F);

impl<F> fmt::Debug for Capacity<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Capacity")
    }
}

/// What such a function makes.
pub trait Made {
    /// How large an element is.
    const ELEMENT: u64;
}

#[cfg(feature = "alloc")]
macro_rules! made {
    ($([$($generics:tt)*] $list:ty: $element:ty;)*) => {$(
        impl<$($generics)*> Made for $list {
            const ELEMENT: u64 = size::<$element>();
        }
    )*};
}

#[cfg(feature = "alloc")]
made! {
    [T] Vec<T>: T;
    [] String: u8;
    [T] VecDeque<T>: T;
    [T: Ord] BinaryHeap<T>: T;
}
#[cfg(feature = "std")]
made! {
    [K, V, S] HashMap<K, V, S>: (K, V);
    [T, S] HashSet<T, S>: T;
    [] OsString: u8;
    [] PathBuf: u8;
    [R: ?Sized] BufReader<R>: u8;
    [W: std::io::Write + ?Sized] BufWriter<W>: u8;
    [W: std::io::Write + ?Sized] LineWriter<W>: u8;
}

#[inline]
#[track_caller]
fn ensure<S: Made>(count: usize, max: u64, function: &'static str) -> Result<usize, Violation> {
    admit(times(wide(count), S::ELEMENT), max, function).map(|()| count)
}

/// A function of a number.
pub trait ByMade {
    #[doc(hidden)]
    fn __portcullis_admit(&self, count: usize, max: u64, function: &'static str) -> Result<usize, Violation>;
    /// Of a function that is called whatever comes of it.
    #[doc(hidden)]
    #[inline]
    #[track_caller]
    fn __portcullis_look(&self, count: &usize, max: u64, function: &'static str) -> Result<(), Violation> {
        match self.__portcullis_admit(*count, max, function) {
            Ok(_) => Ok(()),
            Err(violation) => Err(violation),
        }
    }
}

impl<F: Fn(usize) -> S, S: Made> ByMade for &&Capacity<'_, F> {
    #[inline]
    #[track_caller]
    fn __portcullis_admit(&self, count: usize, max: u64, function: &'static str) -> Result<usize, Violation> {
        ensure::<S>(count, max, function)
    }
}

/// A function of a number and something else.
pub trait ByMadeWith<A> {
    #[doc(hidden)]
    fn __portcullis_admit(&self, count: usize, max: u64, function: &'static str) -> Result<usize, Violation>;
    /// Of a function that is called whatever comes of it.
    #[doc(hidden)]
    #[inline]
    #[track_caller]
    fn __portcullis_look(&self, count: &usize, max: u64, function: &'static str) -> Result<(), Violation> {
        match self.__portcullis_admit(*count, max, function) {
            Ok(_) => Ok(()),
            Err(violation) => Err(violation),
        }
    }
}

impl<F: Fn(usize, A) -> S, S: Made, A> ByMadeWith<A> for &Capacity<'_, F> {
    #[inline]
    #[track_caller]
    fn __portcullis_admit(&self, count: usize, max: u64, function: &'static str) -> Result<usize, Violation> {
        ensure::<S>(count, max, function)
    }
}

/// Any other function.
pub trait ByMaker {
    #[doc(hidden)]
    fn __portcullis_admit<A>(&self, count: A, _: u64, _: &'static str) -> Result<A, Violation> {
        Ok(count)
    }
    #[doc(hidden)]
    fn __portcullis_look<A>(&self, _: &A, _: u64, _: &'static str) -> Result<(), Violation> {
        Ok(())
    }
}

impl<F> ByMaker for Capacity<'_, F> {}
