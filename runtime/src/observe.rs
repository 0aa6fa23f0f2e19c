//! `zero_trust(observe)`: what a protection would refuse is told, and the function goes on as if nothing stood on it.
//!
//! So nothing of this touches what is in force for the functions that do refuse: an observed function has counts of its own
//! beside theirs, begins no request, and takes no step and no permit from one.

pub(crate) mod panics;
pub(crate) mod steps;
pub(crate) mod watch;

use core::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::panicking;
use std::thread_local;

use crate::boundary::caught;
use crate::{Kind, Violation, evidence};

thread_local! {
    /// The panic that unwinds on this thread, or is about to, has been told.
    static FORESEEN: Cell<bool> = const { Cell::new(false) };
}

/// Tells what would have been refused.
#[cold]
#[inline(never)]
pub fn observed(violation: Violation, function: &'static str) {
    // Such a check is exact: the operation behind it panics.
    if violation.kind() == Kind::Index {
        foresee();
    }
    evidence::observed(&violation.named(function), function);
}

/// The panic that comes next is no news.
pub(crate) fn foresee() {
    FORESEEN.set(true);
}

/// Around an operation that was told of: whether it wraps or panics, the user's own profile decides.
#[derive(Debug)]
#[must_use]
pub struct Foreseen(());

impl Foreseen {
    /// From here on.
    #[inline]
    #[allow(clippy::new_without_default, reason = "only for generated code")]
    pub const fn new() -> Self {
        Self(())
    }
}

impl Drop for Foreseen {
    #[inline]
    fn drop(&mut self) {
        if panicking() {
            foresee();
        }
    }
}

/// Asks rules that the function would not have without us: what they do by themselves stays in here.
///
/// # Errors
/// What they find; `panic` when they panic.
#[inline]
pub fn judged(judge: impl FnOnce() -> Result<(), Violation>) -> Result<(), Violation> {
    // Unwind safety is asserted: rules look at values, and change none.
    match catch_unwind(AssertUnwindSafe(judge)) {
        Ok(found) => found,
        Err(payload) => Err(caught(payload)),
    }
}
