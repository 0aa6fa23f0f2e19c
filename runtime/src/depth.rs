//! `bounded_recursion`: how deeply one function has entered itself on this thread.

use core::cell::Cell;
use std::thread::LocalKey;

use crate::Violation;
use crate::violation::Cause;

/// The count of one function on one thread. Generated code keeps it in a `const` thread-local: no lazy initialisation,
/// no destructor, nothing to register.
#[derive(Debug)]
pub struct DepthCell(Cell<u32>);

impl DepthCell {
    /// Not entered.
    #[allow(
        clippy::new_without_default,
        reason = "a `const` thread-local needs a const function, which no trait gives"
    )]
    #[must_use]
    pub const fn new() -> Self {
        Self(Cell::new(0))
    }
}

/// One entry. Dropping it restores what the count was before, whichever way the function is left: return, `?`, panic.
///
/// It saves and restores where an increment and decrement would cost the same, so that no sequence of entries and exits,
/// in whatever order, can leave the count wrong for good.
#[derive(Debug)]
#[must_use]
pub struct Depth {
    cell: &'static LocalKey<DepthCell>,
    outer: u32,
}

impl Depth {
    /// Goes one level down, or refuses at `max` levels.
    ///
    /// # Errors
    /// `recursion.depth` when the function is already entered `max` times on this thread.
    #[inline]
    #[track_caller]
    pub fn enter(cell: &'static LocalKey<DepthCell>, max: impl Limit) -> Result<Self, Violation> {
        let outer = cell.with(|depth| depth.0.get());
        let max = max.limit();
        if outer >= max {
            return Err(too_deep(max));
        }
        // Cannot overflow: it is below `max`.
        cell.with(|depth| depth.0.set(outer.wrapping_add(1)));
        Ok(Self { cell, outer })
    }
}

impl Drop for Depth {
    #[inline]
    fn drop(&mut self) {
        self.cell.with(|depth| depth.0.set(self.outer));
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn too_deep(max: u32) -> Violation {
    Violation::new("recursion.depth", Cause::Depth { max })
}

/// An integer that can stand after `max =`. What does not fit is clamped: a negative limit admits nothing.
#[diagnostic::on_unimplemented(
    message = "[PC0006] `max` takes an integer, and this is `{Self}`",
    label = "not an integer"
)]
pub trait Limit {
    /// The limit, as a count of levels.
    fn limit(self) -> u32;
}

macro_rules! limit {
    ($($int:ty)*) => {$(
        impl Limit for $int {
            #[inline]
            #[allow(unused_comparisons, reason = "the macro serves signed and unsigned types")]
            fn limit(self) -> u32 {
                u32::try_from(self).unwrap_or(if self < 0 { 0 } else { u32::MAX })
            }
        }
    )*};
}
limit!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);
