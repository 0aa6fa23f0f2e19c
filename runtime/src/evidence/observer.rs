//! The user's own function, which hears what happens.

use core::cell::Cell;
use core::error::Error;
use core::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::thread_local;

use crate::Violation;
use crate::boundary::drop_payload;
use crate::memory::Status;

/// What [`set_observer`] is told.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A protected function refuses, on the thread that it runs on. Its [`internal`](Violation::internal) half names the function.
    Refused(&'a Violation),
    /// A function under [`zero_trust(observe)`](crate::zero_trust#levels) would refuse, and goes on.
    Observed(&'a Violation),
    /// Memory has come into another [state](crate::memory::State), on the thread that samples it.
    Memory(&'a Status),
    /// An incident report is being written, and this is its first line.
    Incident(&'a str),
}

static OBSERVER: OnceLock<fn(&Event<'_>)> = OnceLock::new();

thread_local! {
    /// Whether the observer runs on this thread.
    static TOLD: Cell<bool> = const { Cell::new(false) };
}

/// Has `observer` hear of every refusal, of all that would be one, and of every change of the memory's state, once each. For the whole process and for good.
///
/// ```
/// use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
///
/// use portcullis::{Event, Violation, set_observer, zero_trust};
///
/// static REFUSED: AtomicU32 = AtomicU32::new(0);
///
/// fn observe(event: &Event<'_>) {
///     if let Event::Refused(violation) = event {
///         REFUSED.fetch_add(1, Relaxed);
///         eprintln!("{}", violation.internal());
///     }
/// }
///
/// #[zero_trust]
/// fn collect(#[check(range(min = 1, max = 60))] secs: u32) -> Result<u32, Violation> {
///     Ok(secs * 10)
/// }
///
/// set_observer(observe).unwrap();
/// assert!(collect(0).is_err() && collect(6).is_ok());
/// assert_eq!(REFUSED.load(Relaxed), 1);
/// ```
///
/// It is called on the thread that refuses, before the violation leaves the function, so it should be quick; on a thread that
/// is deep in its stack it has what is kept back there. Where it panics the refusal goes on, and what it does itself is not observed. Without one
/// a refusal costs one load.
///
/// **What it does not hear.** A violation that no protected function refuses with: [`Violation::field`], an item of a stream.
///
/// # Errors
/// When there is an observer already.
pub fn set_observer(observer: fn(&Event<'_>)) -> Result<(), AlreadyObserved> {
    OBSERVER.set(observer).map_err(|_| AlreadyObserved(()))
}

/// Whether the observer runs on this thread.
#[cfg(feature = "incident")]
pub(crate) fn is_told() -> bool {
    TOLD.get()
}

pub(crate) fn tell(event: &Event<'_>) {
    let Some(observer) = OBSERVER.get() else { return };
    if TOLD.replace(true) {
        return;
    }
    // Unwind safety is asserted: nothing can be changed through the event.
    let told = catch_unwind(AssertUnwindSafe(|| observer(event)));
    TOLD.set(false);
    if let Err(payload) = told {
        drop_payload(payload);
    }
}

/// There is an observer, and one only: who came first stays.
#[derive(Debug)]
pub struct AlreadyObserved(());

impl fmt::Display for AlreadyObserved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this process has set its observer already")
    }
}

impl Error for AlreadyObserved {}
