//! The methods that panic outside of their receiver's bounds, each by a name of ours.

#[cfg(feature = "alloc")]
use alloc::{
    boxed::Box,
    collections::{LinkedList, VecDeque},
    rc::Rc,
    string::String,
    sync::Arc,
    vec::Vec,
};
use core::cell::{Ref, RefMut};
use core::slice::SliceIndex;
#[cfg(feature = "std")]
use std::sync::{MutexGuard, RwLockReadGuard, RwLockWriteGuard};

use super::outside;
use super::range::Position;
use super::sequence::Length;
use crate::Violation;
use crate::violation::Values;

/// A method call: the receiver, the arguments that say where, and which method.
#[derive(Debug)]
pub struct Called<'a, R: ?Sized, A, M>(pub &'a R, pub &'a A, pub M);

macro_rules! methods {
    ($($method:ident)*) => {$(
        #[doc = concat!("`", stringify!($method), "`.")]
        #[derive(Clone, Copy, Debug)]
        pub struct $method;
    )*};
}
methods!(SplitAt CopyFromSlice Swap Remove SwapRemove Insert Range SplitOff Truncate Chunks CopyWithin Rotate Select);

/// A method of a type of `std`.
pub trait ByCall {
    #[doc(hidden)]
    fn __portcullis_ensure(&self, method: &'static str) -> Result<(), Violation>;
}

impl<R: Admits<A, M> + ?Sized, A, M> ByCall for Called<'_, R, A, M> {
    #[inline]
    #[track_caller]
    fn __portcullis_ensure(&self, method: &'static str) -> Result<(), Violation> {
        if self.0.admits(self.1) { Ok(()) } else { Err(outside(method, self.0.asked(self.1))) }
    }
}

/// Any other method of that name.
pub trait ByName {
    #[doc(hidden)]
    fn __portcullis_ensure(&self, _: &'static str) -> Result<(), Violation> {
        Ok(())
    }
}

impl<R: ?Sized, A, M> ByName for &Called<'_, R, A, M> {}

/// A receiver whose method `M` panics for some arguments.
pub trait Admits<A, M> {
    /// Whether the call does not panic.
    #[doc(hidden)]
    fn admits(&self, arguments: &A) -> bool;
    /// What to tell of a call that does.
    #[doc(hidden)]
    fn asked(&self, _: &A) -> Values {
        Values::None
    }
}

/// One number, and when the method takes it.
macro_rules! numbered {
    ($($method:ident [$($generics:tt)*] $receiver:ty: $list:ident, $at:ident => $admits:expr;)*) => {$(
        impl<$($generics)*> Admits<(&usize,), $method> for $receiver {
            #[inline]
            fn admits(&self, arguments: &(&usize,)) -> bool {
                let ($list, $at) = (self, *arguments.0);
                $admits
            }
            fn asked(&self, arguments: &(&usize,)) -> Values {
                arguments.0.of(self.length())
            }
        }
    )*};
}

numbered! {
    SplitAt [T] [T]: list, at => at <= list.len();
    SplitAt [] str: text, at => text.is_char_boundary(at);
    Chunks [T] [T]: _list, size => size > 0;
    Rotate [T] [T]: list, by => by <= list.len();
    Select [T] [T]: list, at => at < list.len();
}

#[cfg(feature = "alloc")]
numbered! {
    Remove [T] Vec<T>: list, at => at < list.len();
    SwapRemove [T] Vec<T>: list, at => at < list.len();
    Insert [T] Vec<T>: list, at => at <= list.len();
    SplitOff [T] Vec<T>: list, at => at <= list.len();
    Remove [] String: text, at => at < text.len() && text.is_char_boundary(at);
    Insert [] String: text, at => text.is_char_boundary(at);
    SplitOff [] String: text, at => text.is_char_boundary(at);
    Truncate [] String: text, at => at >= text.len() || text.is_char_boundary(at);
    Insert [T] VecDeque<T>: list, at => at <= list.len();
    SplitOff [T] VecDeque<T>: list, at => at <= list.len();
    Rotate [T] VecDeque<T>: list, by => by <= list.len();
    SplitOff [T] LinkedList<T>: list, at => at <= list.len();
}

macro_rules! swaps {
    ($([$($generics:tt)*] $receiver:ty;)*) => {$(
        impl<$($generics)*> Admits<(&usize, &usize), Swap> for $receiver {
            #[inline]
            fn admits(&self, (a, b): &(&usize, &usize)) -> bool {
                **a < self.len() && **b < self.len()
            }
            fn asked(&self, (a, b): &(&usize, &usize)) -> Values {
                a.max(b).of(self.len())
            }
        }
    )*};
}
swaps!([T] [T];);
#[cfg(feature = "alloc")]
swaps!([T] VecDeque<T>;);

/// The range of a method, which takes what an index would.
#[cfg(feature = "alloc")]
macro_rules! ranges {
    ($($method:ident [$($generics:tt)*] $receiver:ty as $slice:ty;)*) => {$(
        impl<$($generics)* I: SliceIndex<$slice> + Clone + Position> Admits<(&I,), $method> for $receiver {
            #[inline]
            fn admits(&self, arguments: &(&I,)) -> bool {
                self.get(arguments.0.clone()).is_some()
            }
            fn asked(&self, arguments: &(&I,)) -> Values {
                arguments.0.of(self.len())
            }
        }
    )*};
}
#[cfg(feature = "alloc")]
ranges! {
    Range [T,] Vec<T> as [T];
    Range [] String as str;
}

#[cfg(feature = "alloc")]
impl<T, I: Position> Admits<(&I,), Range> for VecDeque<T> {
    #[inline]
    fn admits(&self, arguments: &(&I,)) -> bool {
        match arguments.0.of(self.len()) {
            Values::Range { start, end, length } => start <= end && end <= length,
            _ => true,
        }
    }
    fn asked(&self, arguments: &(&I,)) -> Values {
        arguments.0.of(self.len())
    }
}

impl<T, I: SliceIndex<[T], Output = [T]> + Clone + Position> Admits<(&I, &usize), CopyWithin> for [T] {
    #[inline]
    fn admits(&self, (from, to): &(&I, &usize)) -> bool {
        self.get((*from).clone()).is_some_and(|part| to.checked_add(part.len()).is_some_and(|end| end <= self.len()))
    }
    fn asked(&self, (from, _): &(&I, &usize)) -> Values {
        from.of(self.len())
    }
}

impl<T, F: Length> Admits<(&F,), CopyFromSlice> for [T] {
    #[inline]
    fn admits(&self, from: &(&F,)) -> bool {
        self.len() == from.0.length()
    }
    fn asked(&self, from: &(&F,)) -> Values {
        Values::Index { index: from.0.length(), length: self.len() }
    }
}

/// `step_by` of any iterator.
#[derive(Debug)]
pub struct Stepped<'a, R: ?Sized, A>(pub &'a R, pub &'a A);

impl<R: Iterator + ?Sized> ByCall for Stepped<'_, R, (&usize,)> {
    #[inline]
    #[track_caller]
    fn __portcullis_ensure(&self, method: &'static str) -> Result<(), Violation> {
        if *self.1.0 > 0 { Ok(()) } else { Err(outside(method, Values::None)) }
    }
}

impl<R: ?Sized, A> ByName for &Stepped<'_, R, A> {}

/// The methods of slices.
macro_rules! slices {
    (@ [$($generics:tt)*] $list:ty, $method:ident) => {
        impl<A, T, $($generics)*> Admits<A, $method> for $list
        where
            [T]: Admits<A, $method>,
        {
            through!(@ A, $method, [T]);
        }
    };
    ($generics:tt $list:ty: $($method:ident)*) => {$(slices!(@ $generics $list, $method);)*};
}

/// What the language reaches a receiver through.
macro_rules! through {
    ($([] $pointer:ty;)*) => {$(
        impl<A, M, B: Admits<A, M> + ?Sized> Admits<A, M> for $pointer {
            through!(@ A, M, B);
        }
    )*};
    (@ $arguments:ident, $method:ident, $target:ty) => {
        #[inline]
        fn admits(&self, arguments: &$arguments) -> bool {
            let target: &$target = self;
            target.admits(arguments)
        }
        fn asked(&self, arguments: &$arguments) -> Values {
            let target: &$target = self;
            target.asked(arguments)
        }
    };
}

slices!([const N: usize] [T; N]: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select);
#[cfg(feature = "alloc")]
slices!([] Vec<T>: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select);

#[cfg(feature = "alloc")]
impl<A> Admits<A, SplitAt> for String
where
    str: Admits<A, SplitAt>,
{
    through!(@ A, SplitAt, str);
}

through!([] &B; [] &mut B; [] Ref<'_, B>; [] RefMut<'_, B>;);
#[cfg(feature = "alloc")]
through!([] Box<B>; [] Rc<B>; [] Arc<B>;);
#[cfg(feature = "std")]
through!([] MutexGuard<'_, B>; [] RwLockReadGuard<'_, B>; [] RwLockWriteGuard<'_, B>;);
