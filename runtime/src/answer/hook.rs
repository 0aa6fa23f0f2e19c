//! The user's own answer in the place of ours.

use core::cell::Cell;
use core::error::Error;
use core::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::thread_local;

use crate::Violation;
use crate::boundary::drop_payload;

thread_local! {
    /// Whether a hook runs on this thread.
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// A function of the user's that makes the answers of the process, once it is set.
pub(super) struct Hook<T>(OnceLock<fn(&Violation) -> T>);

impl<T> Hook<T> {
    pub(super) const fn new() -> Self {
        Self(OnceLock::new())
    }

    pub(super) fn set(&self, hook: fn(&Violation) -> T) -> Result<(), AlreadySet> {
        self.0.set(hook).map_err(|_| AlreadySet(()))
    }

    /// The hook's answer. Ours where there is no hook, where it panics, and where it asks for the answer in turn, which would
    /// have no end.
    #[cold]
    pub(super) fn answer(&self, violation: &Violation, by_default: fn(&Violation) -> T) -> T {
        let Some(hook) = self.0.get() else { return by_default(violation) };
        if ASKED.replace(true) {
            return by_default(violation);
        }
        // Unwind safety is asserted: a violation cannot be changed through a reference.
        let answer = catch_unwind(AssertUnwindSafe(|| hook(violation)));
        ASKED.set(false);
        answer.unwrap_or_else(|payload| {
            drop_payload(payload);
            by_default(violation)
        })
    }
}

/// There is a hook, and one only: who came first stays.
#[derive(Debug)]
pub struct AlreadySet(());

impl fmt::Display for AlreadySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this process has set its answer to violations already")
    }
}

impl Error for AlreadySet {}
