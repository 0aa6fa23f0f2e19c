//! The steps of observed functions: a count of their own, which no limit in force knows of.

use core::cell::Cell;
use std::thread_local;

use crate::Violation;
use crate::violation::Cause;

struct Counted {
    /// How many steps observed functions have taken on this thread.
    taken: Cell<u64>,
    /// The last one that is no news.
    last: Cell<u64>,
    /// The limit that says so.
    max: Cell<u64>,
}

thread_local! {
    static COUNTED: Counted =
        const { Counted { taken: Cell::new(0), last: Cell::new(u64::MAX), max: Cell::new(0) } };
}

/// Takes one step.
///
/// # Errors
/// `steps`, at the first one beyond a limit.
#[inline]
#[track_caller]
pub fn step() -> Result<(), Violation> {
    let goes_on = COUNTED.with(|counted| {
        let taken = counted.taken.get().wrapping_add(1);
        counted.taken.set(taken);
        taken <= counted.last.get()
    });
    if goes_on { Ok(()) } else { Err(passed()) }
}

#[cold]
#[inline(never)]
#[track_caller]
fn passed() -> Violation {
    let max = COUNTED.with(|counted| {
        // Once is enough.
        counted.last.set(u64::MAX);
        counted.max.get()
    });
    Violation::new("steps", Cause::Steps { max })
}

/// What is left of a limit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Left {
    max: u64,
    /// None when it was passed.
    steps: Option<u64>,
}

impl Left {
    pub(super) const fn all(max: u64) -> Self {
        // With that for the call itself.
        Self { max, steps: Some(max.saturating_add(1)) }
    }
}

/// A limit in force on this thread.
#[derive(Debug)]
pub(super) struct Level {
    begun: u64,
    /// What was in force, where this limit comes first.
    outer: Option<(u64, u64)>,
}

impl Level {
    #[inline]
    pub(super) fn enter(left: Left) -> Self {
        COUNTED.with(|counted| {
            let begun = counted.taken.get();
            let outer = (counted.last.get(), counted.max.get());
            let last = left.steps.map_or(u64::MAX, |steps| begun.saturating_add(steps));
            let comes_first = last < outer.0;
            if comes_first {
                counted.last.set(last);
                counted.max.set(left.max);
            }
            Self { begun, outer: comes_first.then_some(outer) }
        })
    }

    /// Ends it.
    #[inline]
    pub(super) fn leave(&self, left: &mut Left) {
        COUNTED.with(|counted| {
            let taken = counted.taken.get().wrapping_sub(self.begun);
            left.steps = left.steps.and_then(|steps| steps.checked_sub(taken));
            if let Some((last, max)) = self.outer {
                counted.last.set(last);
                counted.max.set(max);
            }
        });
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Left, Level, step};

    fn told(steps: u32) -> usize {
        (0..steps).filter(|_| step().is_err()).count()
    }

    #[test]
    fn each_limit_is_told_once_and_the_outer_one_after_the_inner() {
        let (mut outer, mut inner) = (Left::all(9), Left::all(3));
        assert_eq!(told(100), 0);
        let around = Level::enter(outer);
        assert_eq!(told(4), 0);
        let within = Level::enter(inner);
        assert_eq!(told(4), 0);
        assert_eq!(told(50), 1);
        within.leave(&mut inner);
        assert_eq!(told(50), 1);
        around.leave(&mut outer);
        assert_eq!(told(50), 0);
        assert_eq!((outer.steps, inner.steps), (None, None));
    }

    #[test]
    fn a_limit_goes_on_where_it_was_left() {
        let mut left = Left::all(9);
        for _ in 0..5 {
            let level = Level::enter(left);
            assert_eq!(told(2), 0);
            level.leave(&mut left);
            assert_eq!(told(20), 0);
        }
        let level = Level::enter(left);
        assert_eq!(step().unwrap_err().code(), "steps");
        level.leave(&mut left);
        let level = Level::enter(left);
        assert_eq!(told(9), 0);
        level.leave(&mut left);
    }
}
