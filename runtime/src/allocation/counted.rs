//! An iterator that ends at the limit, so that what takes all that it gives stays below.

use core::any::type_name;

use super::held::Held;
use super::text::{is_letter, is_piece, length};
use super::{size, times, too_much, wide};
use crate::Violation;

/// What the items become.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// How large each of them becomes, where that is known.
    each: Option<u64>,
    /// A text, of their pieces.
    text: bool,
    /// `()`, of `Result<(), E>`: nothing is kept.
    nothing: bool,
    /// Whatever comes is kept. Not of a `Result`, which ends at the first error, nor of a type that is not known.
    all: bool,
}

impl Shape {
    /// The elements of a collection that is known.
    #[inline]
    pub(super) fn of_held<R: Held + ?Sized>() -> Self {
        Self { each: (!R::TEXT).then_some(R::ELEMENT), text: R::TEXT, nothing: false, all: true }
    }

    /// Of the type that they are collected into. Only its name can be asked for when it may be any. One that is not known here is counted by
    /// its items, as they come.
    #[inline]
    pub(super) fn of<C>() -> Self {
        const TRIED: [&str; 2] = ["core::result::Result<", "core::option::Option<"];
        const TEXTS: [&str; 5] = [
            "alloc::string::String",
            "alloc::boxed::Box<str>",
            "alloc::borrow::Cow<str>",
            "std::ffi::os_str::OsString",
            "std::path::PathBuf",
        ];
        let name = type_name::<C>();
        let tried = TRIED.iter().find_map(|tried| name.strip_prefix(tried));
        let kept = tried.unwrap_or(name);
        Self {
            each: None,
            text: TEXTS.iter().any(|text| kept.starts_with(text)),
            nothing: kept.starts_with("()"),
            all: tried.is_none() && (kept.starts_with("alloc::") || kept.starts_with("std::")),
        }
    }

    /// What an item weighs that is no piece of a text.
    #[inline]
    fn size<T>(self) -> u64 {
        if self.nothing { 0 } else { self.each.unwrap_or(size::<T>()) }
    }

    #[inline]
    fn weight<T>(self, item: &T) -> u64 {
        match length(item) {
            Some(length) if self.text => length,
            _ => self.size::<T>(),
        }
    }

    /// What an item weighs at least.
    #[inline]
    fn least<T>(self) -> u64 {
        match (self.text, is_letter::<T>(), is_piece::<T>()) {
            (true, true, _) => 1,
            (true, _, true) => 0,
            _ => self.size::<T>(),
        }
    }

    /// What an item weighs at most, where there is such a thing.
    #[inline]
    fn most<T>(self) -> Option<u64> {
        match (self.text, is_letter::<T>(), is_piece::<T>()) {
            (true, true, _) => Some(4),
            (true, _, true) => None,
            _ => Some(self.size::<T>()),
        }
    }
}

/// What is to become of the items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// They cannot be too many: as it is written.
    Written,
    /// They have to be counted.
    Counted,
    /// They are too many: so many bytes at least.
    Refused(u64),
}

impl Course {
    /// As far as the iterator itself tells. `left` bytes are still to be had.
    #[inline]
    pub(super) fn of<I: Iterator>(items: &I, shape: Shape, left: u64) -> Self {
        let (lower, upper) = items.size_hint();
        let most = upper.zip(shape.most::<I::Item>()).map(|(upper, most)| times(wide(upper), most));
        let least = times(wide(lower), shape.least::<I::Item>());
        if most.is_some_and(|most| most <= left) {
            Self::Written
        } else if shape.all && least > left {
            Self::Refused(least)
        } else {
            Self::Counted
        }
    }
}

/// Gives items until they weigh more than is left.
#[derive(Debug)]
pub struct Counted<I> {
    items: I,
    shape: Shape,
    left: u64,
    over: bool,
}

impl<I: Iterator> Counted<I> {
    #[inline]
    pub(super) fn new(items: I, shape: Shape, left: u64) -> Self {
        Self { items, shape, left, over: false }
    }

    /// Whether all have been given.
    #[inline]
    #[track_caller]
    pub(super) fn verdict(&self, max: u64, method: &'static str) -> Result<(), Violation> {
        if self.over { Err(too_much(method, None, max)) } else { Ok(()) }
    }
}

impl<I: Iterator> Iterator for Counted<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        if self.over {
            return None;
        }
        let item = self.items.next()?;
        let left = self.left.checked_sub(self.shape.weight(&item));
        self.over = left.is_none();
        self.left = left?;
        Some(item)
    }

    /// No more than will be given: memory is asked for by it.
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.over {
            return (0, Some(0));
        }
        let (lower, upper) = self.items.size_hint();
        let given = self.left.checked_div(self.shape.least::<I::Item>());
        let given = given.and_then(|given| usize::try_from(given).ok());
        (given.map_or(lower, |given| lower.min(given)), upper)
    }
}
