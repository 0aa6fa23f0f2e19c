//! How many of a kind are alive.

use core::sync::atomic::{AtomicUsize, Ordering};

/// A count that goes down by itself.
#[derive(Debug)]
pub(crate) struct Gauge(AtomicUsize);

/// One of them. Dropping it counts it out.
#[derive(Debug)]
pub(crate) struct Alive(&'static Gauge);

impl Gauge {
    pub(crate) const fn new() -> Self {
        Self(AtomicUsize::new(0))
    }

    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn one(&'static self) -> Alive {
        self.0.fetch_add(1, Ordering::Relaxed);
        Alive(self)
    }

    /// One, unless there are `max` of them.
    pub(crate) fn one_of(&'static self, max: usize) -> Option<Alive> {
        let more = |count: usize| if count < max { count.checked_add(1) } else { None };
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok().map(|_| Alive(self))
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}
