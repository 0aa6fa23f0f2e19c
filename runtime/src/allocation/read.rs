//! `read_to_end`, `read_to_string`: a reader is read up to the limit, and then asked whether it has more.

#[cfg(feature = "std")]
use alloc::{boxed::Box, string::String, vec::Vec};
#[cfg(feature = "std")]
use core::cell::RefMut;
#[cfg(feature = "std")]
use std::{
    io::{self, ErrorKind, Read},
    sync::{MutexGuard, RwLockWriteGuard},
};

use super::Unknown;
#[cfg(feature = "std")]
use super::{too_much, wide};
use crate::Violation;
use crate::arithmetic::cast::Target;

/// The receiver of a method, and what the method gives.
#[derive(Debug)]
pub struct ReadFrom<'a, R: ?Sized, T>(pub &'a R, pub &'a Target<T>);

/// How far a reader is read.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(feature = "std"), expect(dead_code, reason = "nothing is read"))]
pub struct Reading {
    max: u64,
}

/// The same of what leads to one.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(feature = "std"), expect(dead_code, reason = "nothing is read"))]
pub struct ReadingBehind(Reading);

/// A reader of `std`, whose own method it is.
pub trait ByReader {
    #[doc(hidden)]
    fn __portcullis_read(&self, max: u64) -> Reading;
}

#[cfg(feature = "std")]
impl<R: Read + ?Sized> ByReader for &&ReadFrom<'_, R, io::Result<usize>> {
    #[inline]
    fn __portcullis_read(&self, max: u64) -> Reading {
        Reading { max }
    }
}

/// A guard of one.
pub trait ByGuard {
    #[doc(hidden)]
    fn __portcullis_read(&self, max: u64) -> ReadingBehind;
}

#[cfg(feature = "std")]
impl<G: Guard<Target: Read> + ?Sized> ByGuard for &ReadFrom<'_, G, io::Result<usize>> {
    #[inline]
    fn __portcullis_read(&self, max: u64) -> ReadingBehind {
        ReadingBehind(Reading { max })
    }
}

/// Anything else with such a method.
pub trait BySource {
    #[doc(hidden)]
    fn __portcullis_read(&self, _: u64) -> Unknown {
        Unknown
    }
}

impl<R: ?Sized, T> BySource for ReadFrom<'_, R, T> {}

/// What leads to a reader and is none itself.
#[cfg(feature = "std")]
pub trait Guard {
    /// The reader.
    type Target: ?Sized;
    #[doc(hidden)]
    fn held(&mut self) -> &mut Self::Target;
}

#[cfg(feature = "std")]
macro_rules! guards {
    ($($guard:ty;)*) => {$(
        impl<R: ?Sized> Guard for $guard {
            type Target = R;
            #[inline]
            fn held(&mut self) -> &mut R {
                self
            }
        }
    )*};
}
#[cfg(feature = "std")]
guards!(MutexGuard<'_, R>; RwLockWriteGuard<'_, R>; RefMut<'_, R>; &mut MutexGuard<'_, R>; &mut RefMut<'_, R>; Box<MutexGuard<'_, R>>;);

/// A place, as a method call would borrow it.
pub trait ByMut {
    #[doc(hidden)]
    #[inline]
    fn __portcullis_mut(&mut self) -> &mut Self {
        self
    }
}

impl<R: ?Sized> ByMut for R {}

/// A reader that was made for the call.
#[derive(Debug)]
#[cfg_attr(not(feature = "std"), expect(dead_code, reason = "nothing is read"))]
pub struct Reader<B, H> {
    base: B,
    how: H,
}

#[cfg(feature = "std")]
impl Reading {
    /// How many bytes may still come.
    fn left(self, length: usize, capacity: usize) -> u64 {
        // What there is memory for needs no more.
        self.max.max(wide(capacity)).saturating_sub(wide(length))
    }

    #[track_caller]
    fn ended<R: Read + ?Sized>(
        self,
        reader: &mut R,
        full: bool,
        done: io::Result<usize>,
        method: &'static str,
    ) -> Result<io::Result<usize>, Violation> {
        if !full {
            return Ok(done);
        }
        match has_more(reader) {
            Ok(true) => Err(too_much(method, None, self.max)),
            Ok(false) => Ok(done),
            Err(error) => Ok(Err(error)),
        }
    }

    /// As the reader's own.
    #[track_caller]
    pub fn read_to_end<R: Read + ?Sized>(
        self,
        reader: &mut R,
        buf: &mut Vec<u8>,
    ) -> Result<io::Result<usize>, Violation> {
        let mut taken = reader.take(self.left(buf.len(), buf.capacity()));
        let done = taken.read_to_end(buf);
        let full = taken.limit() == 0 && done.is_ok();
        self.ended(reader, full, done, "read_to_end")
    }

    /// As the reader's own.
    #[track_caller]
    pub fn read_to_string<R: Read + ?Sized>(
        self,
        reader: &mut R,
        buf: &mut String,
    ) -> Result<io::Result<usize>, Violation> {
        let mut taken = reader.take(self.left(buf.len(), buf.capacity()));
        let done = taken.read_to_string(buf);
        // The limit may have come in the middle of a letter.
        let full = taken.limit() == 0 && done.as_ref().err().is_none_or(|error| error.kind() == ErrorKind::InvalidData);
        self.ended(reader, full, done, "read_to_string")
    }
}

/// Whether a byte comes.
#[cfg(feature = "std")]
fn has_more<R: Read + ?Sized>(reader: &mut R) -> io::Result<bool> {
    loop {
        match reader.read(&mut [0]) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            read => return read.map(|count| count > 0),
        }
    }
}

#[cfg(feature = "std")]
macro_rules! methods {
    ($($method:ident: $buf:ty;)*) => {
        impl ReadingBehind {$(
            /// As the reader's own.
            #[track_caller]
            pub fn $method<G: Guard<Target: Read> + ?Sized>(self, guard: &mut G, buf: &mut $buf) -> Result<io::Result<usize>, Violation> {
                self.0.$method(guard.held(), buf)
            }
        )*}

        impl<B: Read> Reader<B, Reading> {$(
            /// As the reader's own.
            #[track_caller]
            pub fn $method(mut self, buf: &mut $buf) -> Result<io::Result<usize>, Violation> {
                self.how.$method(&mut self.base, buf)
            }
        )*}

        impl<B: Guard<Target: Read>> Reader<B, ReadingBehind> {$(
            /// As the reader's own.
            #[track_caller]
            pub fn $method(mut self, buf: &mut $buf) -> Result<io::Result<usize>, Violation> {
                self.how.$method(&mut self.base, buf)
            }
        )*}
    };
}
#[cfg(feature = "std")]
methods! {
    read_to_end: Vec<u8>;
    read_to_string: String;
}

macro_rules! known {
    ($($how:ty)*) => {$(
        impl $how {
            /// Whether the call is to run as it is written.
            #[inline]
            #[must_use]
            pub const fn as_written(self) -> bool {
                false
            }

            /// What counts.
            #[inline]
            #[must_use]
            pub const fn counted(self) -> Self {
                self
            }

            /// In place of a receiver that was made for the call.
            #[inline]
            pub fn flow<B>(self, base: B) -> Reader<B, Self> {
                Reader { base, how: self }
            }

            /// What its method gives.
            #[inline]
            pub fn settle<T>(self, done: Result<T, Violation>) -> Result<T, Violation> {
                done
            }
        }
    )*};
}
known!(Reading ReadingBehind);

/// What there is none of: no place that stands behind it is borrowed.
#[derive(Debug)]
pub enum Uncounted {}

impl Unknown {
    /// Whether the call is to run as it is written.
    #[inline]
    #[must_use]
    pub const fn as_written(self) -> bool {
        true
    }

    /// Never runs.
    #[must_use]
    pub fn counted(self) -> Uncounted {
        crate::arithmetic::never()
    }
}

impl Uncounted {
    /// Never runs.
    pub fn read_to_end<R: ?Sized, A, T>(self, _: &mut R, _: A) -> Result<T, Violation> {
        match self {}
    }

    /// Never runs.
    pub fn read_to_string<R: ?Sized, A, T>(self, _: &mut R, _: A) -> Result<T, Violation> {
        match self {}
    }
}
