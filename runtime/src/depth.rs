//! `bounded_recursion`: how deeply a function, or a group of them, has been entered by the calls that led here.
//!
//! On one thread that is a count in a thread-local. A future takes the count along from where it was made
//! ([`future`]), and what is spawned takes all counts along ([`carried`]).

pub(crate) mod carried;
pub(crate) mod future;
mod limit;

use alloc::string::{String, ToString as _};
use core::cell::Cell;
use core::fmt::Display;
use std::thread::LocalKey;

use self::limit::Limit;
use crate::Violation;
use crate::violation::Cause;

/// One count of entries on each thread, which functions that call each other share: made by [`recursion_group!`], named
/// in `group = path`. Generated code keeps the count of a function without a group in one, too. As a `const`
/// thread-local it has no lazy initialisation and no destructor.
#[derive(Debug)]
pub struct RecursionGroup {
    depth: Cell<u32>,
    /// In the thread's list of counts that are not zero; it may have gone back to zero since.
    listed: Cell<bool>,
}

/// What generated code calls a group.
pub type Key = LocalKey<RecursionGroup>;

impl RecursionGroup {
    #[doc(hidden)]
    #[allow(clippy::new_without_default, reason = "a `const` thread-local needs a const function, which no trait gives")]
    #[must_use]
    pub const fn new() -> Self {
        Self { depth: Cell::new(0), listed: Cell::new(false) }
    }

    /// How deeply the functions of the group are entered where this is asked: 0 outside of them.
    ///
    /// ```
    /// portcullis::recursion_group!(IDLE);
    /// assert_eq!(IDLE.with(portcullis::RecursionGroup::depth), 0);
    /// ```
    #[must_use]
    pub fn depth(&self) -> u32 {
        self.depth.get()
    }

    /// Sets the count, and tells what it was.
    #[inline]
    fn replace(&self, key: &'static Key, depth: u32) -> u32 {
        let outer = self.depth.replace(depth);
        if outer == 0 {
            carried::list(self, key);
        }
        outer
    }
}

/// Declares a group of functions that call each other, with one count for all of them.
///
/// ```
/// use portcullis::{Violation, bounded_recursion};
///
/// portcullis::recursion_group!(
///     /// What the idle pool and its settling may use of the stack together.
///     pub IDLE
/// );
///
/// #[bounded_recursion(max = 64, group = IDLE)]
/// fn idle_pool(ms: u64, step: u64) -> Result<u64, Violation> {
///     if ms < step { Ok(ms) } else { settle(ms - step, step) }
/// }
///
/// #[bounded_recursion(max = 64, group = IDLE)]
/// fn settle(ms: u64, step: u64) -> Result<u64, Violation> {
///     idle_pool(ms, step)
/// }
///
/// assert_eq!(idle_pool(310, 10).unwrap(), 0);
/// assert_eq!(idle_pool(310, 0).unwrap_err().code(), "recursion.depth");
/// ```
///
/// The group is an item like any other: `pub` and `use` work, also from another crate. Each function tests its own
/// `max` against the shared count.
#[macro_export]
macro_rules! recursion_group {
    ($(#[$attribute:meta])* $visibility:vis $name:ident $(;)?) => {
        $crate::__private::thread_local! {
            $(#[$attribute])*
            $visibility static $name: $crate::RecursionGroup = const { $crate::RecursionGroup::new() };
        }
    };
}

/// One entry. Dropping it restores what the count was before, whichever way the function is left: return, `?`, panic.
///
/// It saves and restores where an increment and decrement would cost the same, so that no sequence of entries and exits,
/// in whatever order, can leave the count wrong for good.
#[derive(Debug)]
#[must_use]
pub struct Depth {
    key: &'static Key,
    outer: u32,
}

impl Depth {
    /// Goes one level down, or refuses at `max` levels.
    ///
    /// # Errors
    /// `recursion.depth` when the group is already entered `max` times.
    #[inline]
    #[track_caller]
    pub fn enter(group: impl Group, max: impl Limit) -> Result<Self, Violation> {
        let key = group.key();
        let outer = key.with(|group| group.depth.get());
        let max = max.limit();
        // One comparison for the first entry and for the one too many. The sum cannot overflow: it is below `max`.
        if outer.wrapping_sub(1) >= max.saturating_sub(1) {
            first_or_too_deep(key, outer, max)?;
        }
        key.with(|group| group.depth.set(outer.wrapping_add(1)));
        Ok(Self { key, outer })
    }
}

impl Drop for Depth {
    #[inline]
    fn drop(&mut self) {
        self.key.with(|group| group.depth.set(self.outer));
    }
}

#[inline(never)]
#[track_caller]
fn first_or_too_deep(key: &'static Key, outer: u32, max: u32) -> Result<(), Violation> {
    if outer >= max {
        return Err(too_deep(max));
    }
    key.with(|group| carried::list(group, key));
    Ok(())
}

#[cold]
#[inline(never)]
#[track_caller]
fn too_deep(max: u32) -> Violation {
    Violation::new("recursion.depth", Cause::Depth { max, key: None })
}

/// What can stand after `group =`.
#[diagnostic::on_unimplemented(
    message = "[PC0006] `group` takes a group that `portcullis::recursion_group!` declares",
    label = "no such group"
)]
pub trait Group {
    #[doc(hidden)]
    fn key(self) -> &'static Key;
}

impl Group for &'static Key {
    #[inline]
    fn key(self) -> &'static Key {
        self
    }
}

/// What can stand after `key =`.
#[diagnostic::on_unimplemented(
    message = "[PC0006] `key` takes what can be written to the log, and `{Self}` has no `Display`",
    label = "no `Display`"
)]
pub trait Shown {
    #[doc(hidden)]
    fn shown(&self) -> String;
}

impl<K: Display + ?Sized> Shown for K {
    fn shown(&self) -> String {
        self.to_string()
    }
}

/// `key = expr`: who did it, for the log.
#[cold]
#[inline(never)]
#[must_use]
pub fn keyed<K: Shown + ?Sized>(violation: Violation, key: &K) -> Violation {
    violation.with_key(key.shown())
}
