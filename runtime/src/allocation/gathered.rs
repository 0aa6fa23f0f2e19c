//! `collect`: the items are counted as they come.
//!
//! Where the iterator says how many there will be, that decides before the first: the call is refused, or runs as it is written.

use core::fmt;
use core::marker::PhantomData;

use super::counted::{Counted, Course, Shape};
use super::too_much;
use crate::Violation;
use crate::arithmetic::AsWritten;
use crate::arithmetic::cast::Target;
use crate::arithmetic::method::Way;

/// What is collected, and what it is to become.
pub struct Gathered<'a, I: ?Sized, C>(pub &'a I, pub &'a Target<C>);

impl<I: ?Sized, C> fmt::Debug for Gathered<'_, I, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gathered")
    }
}

/// How it is collected.
pub struct Gathering<C> {
    course: Course,
    max: u64,
    into: PhantomData<fn() -> C>,
}

impl<C> fmt::Debug for Gathering<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.course.fmt(f)
    }
}

impl<C> Gathering<C> {
    /// What the iterator itself tells before its first item.
    #[inline]
    #[track_caller]
    pub fn foretold(&self) -> Result<(), Violation> {
        match self.course {
            Course::Refused(asked) => Err(too_much("collect", Some(asked), self.max)),
            Course::Written | Course::Counted => Ok(()),
        }
    }

    /// Whether the call is to run as it is written.
    #[inline]
    #[must_use]
    pub fn as_written(&self) -> bool {
        self.course == Course::Written
    }
}

/// An iterator.
pub trait ByGathered<C> {
    #[doc(hidden)]
    fn __portcullis_collect(&self, max: u64) -> Gathering<C>;
}

impl<I: Iterator, C> ByGathered<C> for &Gathered<'_, I, C> {
    #[inline]
    fn __portcullis_collect(&self, max: u64) -> Gathering<C> {
        Gathering { course: Course::of(self.0, Shape::of::<C>(), max), max, into: PhantomData }
    }
}

/// Anything else with a method `collect`.
pub trait ByGatherer {
    #[doc(hidden)]
    fn __portcullis_collect(&self, _: u64) -> AsWritten {
        AsWritten
    }
}

impl<I: ?Sized, C> ByGatherer for Gathered<'_, I, C> {}

impl<I: Iterator, C: FromIterator<I::Item>> Way<I, C> for Gathering<C> {
    #[inline]
    #[track_caller]
    fn total(self, items: I) -> Result<C, Violation> {
        if let Course::Refused(asked) = self.course {
            return Err(too_much("collect", Some(asked), self.max));
        }
        let mut counted = Counted::new(items, Shape::of::<C>(), self.max);
        let collected = counted.by_ref().collect();
        counted.verdict(self.max, "collect")?;
        Ok(collected)
    }
}
