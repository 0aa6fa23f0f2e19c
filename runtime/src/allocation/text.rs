//! How long a piece of a text is.
//!
//! What an iterator gives may be known later than the call that collects it (`text.parse().unwrap()`), too late for the compiler to
//! choose by a trait. So the type is asked for when the program is compiled to code, where all of them are known.

#![allow(unsafe_code, reason = "types that hold a lifetime have no `TypeId` of their own")]

#[cfg(feature = "alloc")]
use alloc::{borrow::Cow, boxed::Box, string::String};
use core::any::TypeId;
use core::ptr;
#[cfg(feature = "std")]
use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use super::wide;
use crate::late::id;

macro_rules! pieces {
    ($($(#[$when:meta])? $piece:ty: $text:ident => $length:expr;)*) => {
        /// The length in bytes of a `char` or a string of any kind. None of what is no piece of a text.
        #[inline]
        pub(super) fn length<T>(item: &T) -> Option<u64> {
            let id = id::<T>();
            $(
                $(#[$when])?
                if id == TypeId::of::<$piece>() {
                    // SAFETY: `T` is this type, but for its lifetimes. They are longer than that of `item`, and nothing that
                    // is read here is kept.
                    let $text = unsafe { &*ptr::from_ref(item).cast::<$piece>() };
                    return Some(wide($length));
                }
            )*
            None
        }

        /// Whether it is one of them.
        #[inline]
        pub(super) fn is_piece<T>() -> bool {
            let id = id::<T>();
            $(
                $(#[$when])?
                if id == TypeId::of::<$piece>() {
                    return true;
                }
            )*
            false
        }
    };
}

pieces! {
    char: text => text.len_utf8();
    &'static char: text => text.len_utf8();
    &'static str: text => text.len();
    #[cfg(feature = "alloc")] String: text => text.len();
    #[cfg(feature = "alloc")] &'static String: text => text.len();
    #[cfg(feature = "alloc")] Box<str>: text => text.len();
    #[cfg(feature = "alloc")] Cow<'static, str>: text => text.len();
    #[cfg(feature = "std")] OsString: text => text.len();
    #[cfg(feature = "std")] &'static OsStr: text => text.len();
    #[cfg(feature = "std")] Cow<'static, OsStr>: text => text.len();
    #[cfg(feature = "std")] PathBuf: text => text.as_os_str().len();
    #[cfg(feature = "std")] &'static Path: text => text.as_os_str().len();
}

/// Whether it is a `char`, of one byte to four.
#[inline]
pub(super) fn is_letter<T>() -> bool {
    let id = id::<T>();
    id == TypeId::of::<char>() || id == TypeId::of::<&'static char>()
}
