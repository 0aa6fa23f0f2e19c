//! `bounded_recursion`: how deeply a function, or a group of them, has been entered by the calls that led here.
//!
//! On one thread that is a count in a thread-local. A future takes the count along from where it was made
//! ([`future`]), and what is spawned takes all counts along ([`carried`]).

pub(crate) mod carried;
pub(crate) mod future;
pub(crate) mod limit;
pub(crate) mod observed;

use alloc::string::{String, ToString as _};
use core::cell::Cell;
use core::fmt::{self, Display};
use std::thread::LocalKey;

use self::limit::Limit;
use crate::violation::Cause;
use crate::{Violation, evidence};

/// One count of entries on each thread, which functions that call each other share: made by [`recursion_group!`](crate::recursion_group), named
/// in `group = path`. Generated code keeps the count of a function without a group in one, too. As a `const`
/// thread-local it has no lazy initialisation and no destructor.
#[derive(Debug)]
pub struct RecursionGroup {
    /// How often it is entered, or [`UNLISTED`].
    levels: Cell<u32>,
    /// What functions count that only observe ([`observed`]).
    observed: Cell<u32>,
    /// Whether it is the only group on the thread's list ([`carried`]).
    is_alone: Cell<bool>,
    /// The level of the call that has left its mark last ([`pass_mark`]).
    marked: Cell<u32>,
}

/// Not entered, and not in the thread's list of groups that may be. No limit is above it: the first entry and the one too
/// many are found by the same comparison.
const UNLISTED: u32 = u32::MAX;

/// A group, as the item is that declares it. In the open for generated code, whose traits name it.
#[allow(unreachable_pub, reason = "named by public traits")]
pub type Key = LocalKey<RecursionGroup>;

impl RecursionGroup {
    #[doc(hidden)]
    #[allow(
        clippy::new_without_default,
        reason = "a `const` thread-local needs a const function, which no trait gives"
    )]
    #[must_use]
    pub const fn new() -> Self {
        Self { levels: Cell::new(UNLISTED), observed: Cell::new(0), is_alone: Cell::new(false), marked: Cell::new(0) }
    }

    /// How deeply the functions of the group are entered where this is asked: 0 outside of them. Those that only observe are
    /// not counted.
    ///
    /// ```
    /// portcullis::recursion_group!(IDLE);
    /// assert_eq!(IDLE.with(portcullis::RecursionGroup::depth), 0);
    /// ```
    #[must_use]
    #[inline]
    pub fn depth(&self) -> u32 {
        match self.levels.get() {
            UNLISTED => 0,
            depth => depth,
        }
    }

    /// Sets the count, and tells what it was.
    #[inline]
    fn replace(&self, key: &'static Key, depth: u32) -> u32 {
        match self.levels.replace(depth) {
            UNLISTED => {
                carried::list(key);
                0
            }
            outer => outer,
        }
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

/// A call that may go one level down. Before it [does](Self::descend) it can call nothing that asks again: one that ends before
/// that writes nothing.
#[derive(Debug)]
#[must_use]
pub struct Admitted {
    key: &'static Key,
    outer: u32,
}

impl Admitted {
    /// Goes down.
    #[inline]
    pub fn descend(self) -> Depth {
        let Self { key, outer } = self;
        // Cannot overflow: it is below `max`.
        key.with(|group| group.levels.set(outer.wrapping_add(1)));
        Depth { key, outer }
    }
}

/// One entry. Dropping it restores what the count was before, whichever way the function is left: return, `?`, panic.
///
/// Counting down instead would take a register less, which each call saves, and would take longer: each exit would wait for the one
/// before it (`tests/benches/recursion.rs`: 1.5 against 1.9 times the instructions of `fib`, and 1.4 against 1.0 times the time of
/// `visited_tree`).
#[derive(Debug)]
#[must_use]
pub struct Depth {
    key: &'static Key,
    outer: u32,
}

impl Depth {
    /// Whether a call may go one level down: refuses at `max` levels. A `function` that is given leaves its marks here; one with a `key`
    /// does [later](Self::deep).
    ///
    /// # Errors
    /// `recursion.depth` when the group is already entered `max` times.
    #[inline]
    #[track_caller]
    pub fn admit(group: impl Group, max: impl Limit, function: Option<&'static str>) -> Result<Admitted, Violation> {
        let key = group.key();
        let (mut outer, max) = (key.with(|group| group.levels.get()), max.limit());
        // One comparison for all that is seldom: the first entry, the one too many, and what is so deep that it may leave a mark.
        if outer >= max.min(MARK - 1) {
            seldom(key, outer, max, function)?;
            // Asked once more: what is kept across a call takes a register from those that make none.
            outer = key.with(|group| group.levels.get());
        }
        Ok(Admitted { key, outer })
    }

    /// One level down, at once.
    ///
    /// # Errors
    /// As [`admit`](Self::admit).
    #[cfg(feature = "validator")]
    #[inline]
    #[track_caller]
    pub(crate) fn enter(group: impl Group, max: impl Limit) -> Result<Self, Violation> {
        Self::admit(group, max, None).map(Admitted::descend)
    }

    /// Whether its level is one to leave a mark at.
    #[inline]
    #[must_use]
    pub fn deep(&self) -> Option<Deep> {
        Deep::at(self.outer.wrapping_add(1), false)
    }
}

impl Drop for Depth {
    #[inline]
    fn drop(&mut self) {
        self.key.with(|group| group.levels.set(self.outer));
    }
}

/// The first entry, the one too many, or a deep one.
#[cold]
#[inline(never)]
#[track_caller]
fn seldom(key: &'static Key, outer: u32, max: u32, function: Option<&'static str>) -> Result<(), Violation> {
    if outer != UNLISTED && outer < max {
        // At the level of a mark, or the first below it.
        if let Some(function) = function
            && outer.wrapping_add(1) & (MARK - 1) < 2
        {
            pass_mark(key, outer, function);
        }
        return Ok(());
    }
    if outer != UNLISTED || max == 0 {
        return Err(too_deep(max, false));
    }
    // Zero, since a call that does not descend would leave it unlisted, and be listed by the next one once more.
    key.with(|group| group.replace(key, 0));
    evidence::threads::register();
    Ok(())
}

/// A call at the level of a mark leaves it with the first call from it, by which it is known to go on. Not with the next ones, which may
/// be many; nor with what the mark itself calls (`frameworks/tests/seen.rs`).
#[cold]
#[inline(never)]
fn pass_mark(key: &'static Key, outer: u32, function: &'static str) {
    let first = key.with(|group| {
        if Deep::at(outer.wrapping_add(1), false).is_some() {
            group.marked.set(0);
        }
        Deep::at(outer, false).filter(|_| group.marked.replace(outer) != outer)
    });
    if let Some(deep) = first {
        mark(deep, function);
    }
}

/// A recursion leaves a mark each so many levels, so that who looks at the process while it runs finds it.
pub(crate) const MARK: u32 = 1024;

/// A level that is a mark.
#[derive(Debug)]
pub struct Deep {
    pub(crate) level: u32,
    /// Of a future.
    pub(crate) future: bool,
}

impl Deep {
    #[inline]
    fn at(level: u32, future: bool) -> Option<Self> {
        (level & (MARK - 1) == 0).then_some(Self { level, future })
    }
}

/// Leaves the mark of a function without a `key`.
#[cold]
#[inline(never)]
#[allow(clippy::needless_pass_by_value, reason = "generated code has nothing else to do with it")]
pub fn mark(deep: Deep, function: &'static str) {
    evidence::deep(&deep, function, &|_| Ok(()));
}

/// Leaves the mark, with who did it.
#[cold]
#[inline(never)]
#[allow(clippy::needless_pass_by_value, reason = "as above")]
pub fn mark_keyed<K: Shown + ?Sized>(deep: Deep, function: &'static str, key: &K) {
    evidence::deep(&deep, function, &|to| key.write(to));
}

#[cold]
#[inline(never)]
#[track_caller]
fn too_deep(max: u32, future: bool) -> Violation {
    Violation::new("recursion.depth", Cause::Depth { max, future, key: None })
}

/// What can stand after `group =`.
#[diagnostic::on_unimplemented(
    message = "[PC0006] `group` takes a `portcullis::recursion_group!`",
    label = "no such group",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0006/"
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
    message = "[PC0006] `key` goes to the log, and `{Self}` has no `Display`",
    label = "no `Display`",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0006/"
)]
pub trait Shown {
    #[doc(hidden)]
    fn shown(&self) -> String;
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc, reason = "hidden")]
    fn write(&self, to: &mut dyn fmt::Write) -> fmt::Result;
}

impl<K: Display + ?Sized> Shown for K {
    fn shown(&self) -> String {
        self.to_string()
    }

    fn write(&self, to: &mut dyn fmt::Write) -> fmt::Result {
        write!(to, "{self}")
    }
}

/// `key = expr`: who did it, for the log.
#[cold]
#[inline(never)]
#[must_use]
pub fn keyed<K: Shown + ?Sized>(violation: Violation, key: &K) -> Violation {
    violation.with_key(key.shown())
}
