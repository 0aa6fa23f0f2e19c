//! What the process and its handlers ask the allocator for, with [`Counting`] as the global allocator.
//!
//! ```
//! use std::alloc::System;
//!
//! use portcullis::counting::{self, Counting};
//! use portcullis::{Violation, zero_trust};
//!
//! #[global_allocator]
//! static ALLOCATOR: Counting<System> = Counting::new(System);
//!
//! #[zero_trust(allocation_budget = "1MiB")]
//! fn report(#[check(range(max = 100_000))] rows: usize) -> Result<usize, Violation> {
//!     let mut lines = Vec::new();
//!     for row in 0..rows {
//!         lines.push(format!("row {row}: nothing to see"));
//!     }
//!     Ok(lines.len())
//! }
//!
//! counting::ensure_installed();
//! assert_eq!(report(1_000).unwrap(), 1_000);
//! assert_eq!(report(100_000).unwrap_err().code(), "allocation");
//! let (handler, bytes) = counting::handlers().remove(0);
//! assert!(handler.ends_with("report") && bytes >= 1 << 20);
//! ```

pub(crate) mod account;
mod allocator;
mod exit;
mod slot;

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::hint::black_box;
use core::ptr::from_ref;
use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

pub use self::allocator::Counting;

use crate::request::{self, Handler};

/// What a handler's requests have asked for.
#[derive(Debug)]
pub(crate) struct Gross {
    bytes: AtomicU64,
    listed: AtomicBool,
}

impl Gross {
    pub(crate) const fn new() -> Self {
        Self { bytes: AtomicU64::new(0), listed: AtomicBool::new(false) }
    }
}

/// Those that have asked for something.
static HANDLERS: Mutex<Vec<&'static Handler>> = Mutex::new(Vec::new());

#[inline]
fn owner(handler: Option<&'static Handler>) -> usize {
    handler.map_or(0, |handler| from_ref(handler).addr())
}

/// What was counted on this thread belongs to the request in force; what comes from now on, to one of `next`.
#[inline]
pub(crate) fn settle(next: Option<&'static Handler>) {
    let bytes = slot::settle(owner(next));
    if bytes > 0 {
        add(bytes);
    }
}

#[cold]
#[inline(never)]
fn add(bytes: u64) {
    account::with(|account| {
        if let Some(account) = account {
            account.charge(bytes);
        }
    });
    let Some(handler) = request::handler() else { return };
    let gross = handler.gross();
    gross.bytes.fetch_add(bytes, Ordering::Relaxed);
    if !gross.listed.load(Ordering::Relaxed) && !gross.listed.swap(true, Ordering::Relaxed) {
        HANDLERS.lock().unwrap_or_else(PoisonError::into_inner).push(handler);
    }
}

/// How many bytes are in use now: asked for and not given back.
///
/// Zero where [`Counting`] is not the global allocator, as all of these.
#[must_use]
pub fn live_bytes() -> u64 {
    let (gross, freed) = slot::totals();
    // While others count, what they give back may be seen before what they ask for.
    gross.saturating_sub(freed)
}

/// How many bytes all threads have asked for since the program began.
#[must_use]
pub fn gross_bytes() -> u64 {
    slot::totals().0
}

/// How many bytes this thread has asked for since it began. What grows in place or moves to grow counts by how much it grows.
#[must_use]
pub fn thread_gross_bytes() -> u64 {
    slot::of_thread()
}

/// The handlers, and how many bytes their requests have asked for, the greediest first.
///
/// A handler is the outermost protected function of a request that has a limit of a whole request; what runs for it on other threads
/// counts for it where it was taken along by [`carry`](crate::carry), [`carry_call`](crate::carry_call) or `spawn`. Requests that are still at work are included. These are gross
/// bytes: who frees them is often another.
#[must_use]
pub fn handlers() -> Vec<(&'static str, u64)> {
    let mut handlers: Vec<(&'static str, u64)> = Vec::new();
    for handler in HANDLERS.lock().unwrap_or_else(PoisonError::into_inner).iter().copied() {
        let settled = handler.gross().bytes.load(Ordering::Relaxed);
        let bytes = settled.saturating_add(slot::unsettled(owner(Some(handler))));
        // Two attributes on one function have one each.
        match handlers.iter_mut().find(|(name, _)| *name == handler.name()) {
            Some((_, sum)) => *sum = sum.saturating_add(bytes),
            None => handlers.push((handler.name(), bytes)),
        }
    }
    handlers.sort_by_key(|(_, bytes)| core::cmp::Reverse(*bytes));
    handlers
}

/// Whether [`Counting`] is the global allocator.
///
/// A library cannot see at compile time which allocator a program chooses.
#[must_use]
pub fn is_installed() -> bool {
    static INSTALLED: AtomicBool = AtomicBool::new(false);
    if INSTALLED.load(Ordering::Relaxed) {
        return true;
    }
    let before = thread_gross_bytes();
    drop(black_box(Box::new(0_u64)));
    let counts = thread_gross_bytes() != before;
    if counts {
        INSTALLED.store(true, Ordering::Relaxed);
    }
    counts
}

/// For the start of a program whose handlers have an `allocation_budget`.
///
/// # Panics
/// When [`Counting`] is not the global allocator. So does each call of such a handler: a budget that counts nothing would be
/// none.
pub fn ensure_installed() {
    assert!(
        is_installed(),
        "portcullis: `allocation_budget` counts nothing, since `Counting` is not the global allocator: \
         `#[global_allocator] static ALLOCATOR: Counting<System> = Counting::new(System);`"
    );
}
