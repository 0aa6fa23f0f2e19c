//! `extend`: the items are counted as they come, with what the collection already has.

use core::iter::IntoIterator;

use super::counted::{Counted, Course, Shape};
use super::held::{Held, Reached};
use super::{Unknown, times, too_much, wide};
use crate::Violation;
use crate::arithmetic::never;

/// The receiver of a method.
#[derive(Debug)]
pub struct Added<'a, R: ?Sized>(pub &'a R);

/// What a collection can still take.
#[derive(Clone, Copy, Debug)]
pub struct Adding {
    shape: Shape,
    left: u64,
    max: u64,
}

/// A collection of `std`.
pub trait ByAdded {
    #[doc(hidden)]
    fn __portcullis_extend(&self, max: u64) -> Adding;
}

impl<R: Held + ?Sized> ByAdded for &Added<'_, R> {
    #[inline]
    fn __portcullis_extend(&self, max: u64) -> Adding {
        let bytes = |elements| times(wide(elements), R::ELEMENT);
        // What there is memory for needs no more.
        let whole = max.max(bytes(self.0.room()));
        Adding { shape: Shape::of_held::<R>(), left: whole.saturating_sub(bytes(self.0.elements())), max }
    }
}

/// Anything else with a method `extend`.
pub trait ByAdder {
    #[doc(hidden)]
    fn __portcullis_extend(&self, _: u64) -> Unknown {
        Unknown
    }
}

impl<R: ?Sized> ByAdder for Added<'_, R> {}

/// The items, as the collection can take them.
#[derive(Debug)]
pub struct Begun<I> {
    items: I,
    course: Course,
    adding: Adding,
}

impl Adding {
    /// Looks at how many there will be.
    #[inline]
    pub fn begin<I: IntoIterator>(self, items: I) -> Begun<I::IntoIter> {
        let items = items.into_iter();
        Begun { course: Course::of(&items, self.shape, self.left), items, adding: self }
    }

    /// In place of a receiver that was made for the call.
    #[inline]
    pub fn flow<B>(self, base: B) -> Adder<B> {
        Adder { base, adding: self }
    }

    /// What its method gives.
    #[inline]
    pub fn settle<T>(self, done: Result<T, Violation>) -> Result<T, Violation> {
        done
    }
}

impl<I: Iterator> Begun<I> {
    /// Whether the call is to run as it is written.
    #[inline]
    #[must_use]
    pub fn as_written(&self) -> bool {
        self.course == Course::Written
    }

    /// All of them.
    #[inline]
    #[must_use]
    pub fn items(self) -> I {
        self.items
    }

    /// What the iterator itself tells before its first item.
    #[inline]
    #[track_caller]
    pub fn foretold(&self) -> Result<(), Violation> {
        match self.course {
            Course::Refused(asked) => Err(too_much("extend", Some(asked), self.adding.max)),
            Course::Written | Course::Counted => Ok(()),
        }
    }

    /// Those that there is room for.
    #[inline]
    #[track_caller]
    pub fn counted(self) -> Result<Lent<I>, Violation> {
        let Adding { shape, left, max } = self.adding;
        match self.course {
            Course::Refused(asked) => Err(too_much("extend", Some(asked), max)),
            _ => Ok(Lent { counted: Counted::new(self.items, shape, left), max }),
        }
    }
}

/// Items that are counted while another takes them.
#[derive(Debug)]
pub struct Lent<I> {
    counted: Counted<I>,
    max: u64,
}

impl<I: Iterator> Lent<I> {
    /// For the call.
    #[inline]
    pub fn lend(&mut self) -> &mut Counted<I> {
        &mut self.counted
    }

    /// Whether all have been taken.
    #[inline]
    #[track_caller]
    pub fn verdict(self) -> Result<(), Violation> {
        self.counted.verdict(self.max, "extend")
    }
}

/// A collection that was made for the call, or leads to one.
#[derive(Debug)]
pub struct Adder<B> {
    base: B,
    adding: Adding,
}

impl<B: Reached> Adder<B> {
    /// As the collection's own.
    #[inline]
    #[track_caller]
    pub fn extend<I>(mut self, items: I) -> Result<(), Violation>
    where
        I: IntoIterator,
        B::Target: Extend<I::Item>,
    {
        let begun = self.adding.begin(items);
        if begun.as_written() {
            self.base.reached().extend(begun.items());
            return Ok(());
        }
        let mut counted = begun.counted()?;
        self.base.reached().extend(counted.lend());
        counted.verdict()
    }
}

/// The same for what is not known: nothing of it but the items' type is ever used.
#[derive(Debug)]
pub struct Kept<I>(I);

impl Unknown {
    /// As it is.
    #[inline]
    pub fn begin<I>(self, items: I) -> Kept<I> {
        Kept(items)
    }
}

impl<I> Kept<I> {
    /// Whether the call is to run as it is written.
    #[inline]
    #[must_use]
    pub const fn as_written(&self) -> bool {
        true
    }

    /// All of them.
    #[inline]
    #[must_use]
    pub fn items(self) -> I {
        self.0
    }

    /// Nothing is known of it.
    #[inline]
    pub const fn foretold(&self) -> Result<(), Violation> {
        Ok(())
    }

    /// Never runs.
    pub fn counted(self) -> Result<Self, Violation> {
        never()
    }

    /// Never runs.
    #[must_use]
    pub fn lend(&mut self) -> I {
        never()
    }

    /// Never runs.
    pub fn verdict(self) -> Result<(), Violation> {
        never()
    }
}
