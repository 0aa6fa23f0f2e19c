//! A clock that a test sets by hand.

use alloc::boxed::Box;
use core::fmt;
use core::task::Waker;
use core::time::Duration;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::deadline::alarm::{Alarms, Key};
use crate::request;

/// Time that only passes when a test says so, for the [`deadline`](macro@crate::deadline)s of the requests that begin under it.
///
/// ```
/// use std::time::Duration;
///
/// use portcullis::testing::Clock;
/// use portcullis::{Violation, deadline};
///
/// #[deadline("2s")]
/// fn settle(pools: u32, mut settled: impl FnMut()) -> Result<u32, Violation> {
///     for _ in 0..pools {
///         settled();
///     }
///     Ok(pools)
/// }
///
/// let clock = Clock::new();
/// clock.hold(|| {
///     assert_eq!(settle(20, || clock.advance(Duration::from_millis(99))).unwrap(), 20);
///     assert_eq!(settle(30, || clock.advance(Duration::from_millis(99))).unwrap_err().code(), "deadline");
/// });
/// ```
///
/// A request takes the clock along as it does its limits: across `.await`, and by [`carry`](crate::carry). On the threads of a
/// runtime that polls what was not made so, real time passes. Timers of others, such as those of tokio, do not know the clock. Needs
/// the feature `std`.
pub struct Clock {
    start: Instant,
    inner: Mutex<Inner>,
}

struct Inner {
    elapsed: Duration,
    alarms: Alarms,
}

impl Clock {
    /// A clock that stands still. It is kept for as long as the process runs.
    #[must_use]
    #[allow(clippy::new_ret_no_self, reason = "what a request takes along has no lifetime")]
    pub fn new() -> &'static Self {
        let inner = Inner { elapsed: Duration::ZERO, alarms: Alarms::new() };
        Box::leak(Box::new(Self { start: Instant::now(), inner: Mutex::new(inner) }))
    }

    /// Runs `body` with this clock for the requests that begin in it on this thread.
    pub fn hold<R>(&'static self, body: impl FnOnce() -> R) -> R {
        request::with_clock(self, body)
    }

    /// Lets time pass: the deadlines that come with it are seen at the next checkpoint, and the futures that wait are woken.
    pub fn advance(&self, by: Duration) {
        let mut inner = self.lock();
        inner.elapsed = inner.elapsed.saturating_add(by);
        let now = self.at(inner.elapsed);
        let due = inner.alarms.take_due(now);
        drop(inner);
        due.ring();
    }

    /// How many alarms are set: 0 when each request that waited is over, or has been dropped.
    #[must_use]
    pub fn alarms(&self) -> usize {
        self.lock().alarms.len()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn at(&self, elapsed: Duration) -> Instant {
        // Further than time goes stays where it was.
        self.start.checked_add(elapsed).unwrap_or(self.start)
    }

    pub(crate) fn now(&self) -> Instant {
        self.at(self.lock().elapsed)
    }

    pub(crate) fn set(&self, key: Key, waker: Option<Waker>) {
        let mut inner = self.lock();
        let replaced = inner.alarms.set(key, waker);
        let now = self.at(inner.elapsed);
        let due = inner.alarms.take_due(now);
        drop(inner);
        drop(replaced);
        due.ring();
    }

    pub(crate) fn forget(&self, key: &Key) {
        let forgotten = self.lock().alarms.forget(key);
        drop(forgotten);
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock").field("elapsed", &self.lock().elapsed).finish_non_exhaustive()
    }
}
