//! Alarms: at a point in time they bring news to every checkpoint, and wake the future that waits.
//!
//! One thread of our own rings them, under every runtime and under none: a runtime's timer would need that runtime, with its time
//! switched on. A test has a [`Clock`] instead, which rings when it is advanced.

use alloc::collections::BTreeMap;
use core::mem;
use core::sync::atomic::{AtomicU64, Ordering};
use core::task::Waker;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use crate::boundary::drop_payload;
use crate::checkpoint::tell_all;
use crate::testing::Clock;

/// When, and which.
pub(crate) type Key = (Instant, u64);

/// The alarms that are set, each with whom it wakes.
#[derive(Debug, Default)]
pub(crate) struct Alarms(BTreeMap<Key, Option<Waker>>);

impl Alarms {
    pub(crate) const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Takes out what is due.
    pub(crate) fn take_due(&mut self, now: Instant) -> Self {
        let later = self.0.split_off(&(now, u64::MAX));
        Self(mem::replace(&mut self.0, later))
    }

    /// To be called when nothing is locked: a waker is foreign code.
    pub(crate) fn ring(self) {
        if self.0.is_empty() {
            return;
        }
        tell_all();
        for waker in self.0.into_values().flatten() {
            // The thread goes on for the others.
            if let Err(payload) = catch_unwind(AssertUnwindSafe(|| waker.wake())) {
                drop_payload(payload);
            }
        }
    }

    pub(crate) fn next(&self) -> Option<Instant> {
        self.0.first_key_value().map(|((at, _), _)| *at)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the waker that was there, to be dropped when nothing is locked.
    pub(crate) fn set(&mut self, key: Key, waker: Option<Waker>) -> Option<Waker> {
        self.0.insert(key, waker).flatten()
    }

    pub(crate) fn forget(&mut self, key: &Key) -> Option<Waker> {
        self.0.remove(key).flatten()
    }
}

/// The alarms of real time.
struct Timer {
    set: Mutex<Set>,
    /// There is one before the thread would wake.
    earlier: Condvar,
}

struct Set {
    alarms: Alarms,
    /// When the thread wakes: an alarm that is set for later costs it nothing, also where the one that it waits for is gone.
    wakes: Option<Instant>,
}

static TIMER: Timer = Timer { set: Mutex::new(Set { alarms: Alarms::new(), wakes: None }), earlier: Condvar::new() };

/// Whether the thread runs, which begins with the first alarm.
static RUNS: LazyLock<bool> = LazyLock::new(|| {
    let thread = thread::Builder::new().name("portcullis-deadline".into()).stack_size(STACK);
    thread.spawn(|| TIMER.run()).is_ok()
});

/// For the wakers, and for a panic in one of them.
const STACK: usize = 256 << 10;

impl Timer {
    fn lock(&self) -> MutexGuard<'_, Set> {
        // Nothing in the lock panics half-way.
        self.set.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) -> ! {
        loop {
            let mut set = self.lock();
            let now = Instant::now();
            let due = set.alarms.take_due(now);
            if due.len() > 0 {
                drop(set);
                due.ring();
                continue;
            }
            set.wakes = set.alarms.next();
            match set.wakes {
                Some(at) => drop(self.earlier.wait_timeout(set, at.saturating_duration_since(now))),
                None => drop(self.earlier.wait(set)),
            }
        }
    }

    fn set(&self, key: Key, waker: Option<Waker>) {
        let mut set = self.lock();
        let replaced = set.alarms.set(key, waker);
        let earlier = set.wakes.is_none_or(|wakes| key.0 < wakes);
        drop(set);
        drop(replaced);
        if earlier {
            self.earlier.notify_one();
        }
    }

    fn forget(&self, key: &Key) {
        let forgotten = self.lock().alarms.forget(key);
        drop(forgotten);
    }
}

/// An alarm that only brings news. None where no thread can run: then the checkpoints read the clock by themselves.
pub(crate) fn watch(clock: Option<&'static Clock>, at: Instant) -> Option<Key> {
    let key = key(at);
    set(clock, key, None).then_some(key)
}

pub(crate) fn key(at: Instant) -> Key {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    (at, NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Sets the alarm, or has it wake another. False where no thread can run.
pub(crate) fn set(clock: Option<&'static Clock>, key: Key, waker: Option<Waker>) -> bool {
    match clock {
        Some(clock) => clock.set(key, waker),
        None if *RUNS => TIMER.set(key, waker),
        None => return false,
    }
    true
}

pub(crate) fn forget(clock: Option<&'static Clock>, key: Key) {
    match clock {
        Some(clock) => clock.forget(&key),
        None => TIMER.forget(&key),
    }
}

pub(crate) fn now(clock: Option<&'static Clock>) -> Instant {
    clock.map_or_else(Instant::now, Clock::now)
}
