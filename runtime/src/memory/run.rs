//! The one sampler of the process: its thread, or the calls that sample in its place.

use alloc::vec::Vec;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread::{self, Thread};
use std::time::Instant;

use super::announce;
use super::gate::Gate;
use super::sampler::{Change, LONGEST, Sampler};
use super::state::{State, Threshold};
use super::status::{self, Status};
use super::tree::System;
use crate::checkpoint;

/// The sampler, and whom it tells.
struct Run {
    sampler: Sampler<System>,
    gates: Vec<&'static Gate>,
    /// When the next sample is due.
    due: Duration,
    /// When the user's hook was last called.
    purged: Option<Duration>,
    thread: Option<Thread>,
    /// What a call found that took a gate on: for the thread to tell.
    untold: Option<Change>,
    said_blind: bool,
}

static RUN: Mutex<Option<Run>> = Mutex::new(None);
static START: OnceLock<Instant> = OnceLock::new();
/// The calls sample.
static INLINE: AtomicBool = AtomicBool::new(false);
/// Even the most generous gate has no room left.
static LAST: AtomicBool = AtomicBool::new(false);

/// While memory stays critical the hook is called again: what was in flight at the first time has ended since.
const PURGE: Duration = Duration::from_secs(1);

/// Enough for the user's hook, of which `malloc_trim` needs next to nothing.
const STACK: usize = 256 << 10;

pub(super) fn now() -> Duration {
    START.get_or_init(Instant::now).elapsed()
}

pub(super) fn is_inline() -> bool {
    INLINE.load(Ordering::Relaxed)
}

/// Whether memory is so near to its end that what is already admitted has to stop too, at its next checkpoint: half of
/// what the highest threshold leaves is gone, or it lasts for 0.2 s more. Not as soon as the gates shut: those who were admitted
/// are to be served.
#[inline]
pub(super) fn in_flight_must_stop() -> bool {
    LAST.load(Ordering::Relaxed)
}

fn locked() -> MutexGuard<'static, Option<Run>> {
    RUN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes a gate on that is asked for the first time, with a sample of its own: the first request gets no free pass.
/// `enforced`: it refuses.
pub(super) fn list(gate: &'static Gate, enforced: bool) {
    let mut locked = locked();
    let run = locked.get_or_insert_with(|| Run {
        sampler: Sampler::new(System),
        gates: Vec::new(),
        due: Duration::ZERO,
        purged: None,
        thread: None,
        untold: None,
        said_blind: false,
    });
    if gate.is_listed() {
        return;
    }
    if enforced {
        run.sampler.watch(gate.threshold());
    } else {
        run.sampler.observe(gate.threshold());
    }
    run.gates.push(gate);
    if !is_inline() && run.thread.is_none() {
        run.thread = start();
    }
    let sampled = run.sample();
    gate.set_listed();
    match &run.thread {
        Some(thread) if !is_inline() => {
            run.untold = sampled.change;
            run.purged = None;
            run.due = Duration::ZERO;
            thread.unpark();
        }
        _ => {
            drop(locked);
            sampled.tell();
        }
    }
}

fn start() -> Option<Thread> {
    let started = thread::Builder::new().name("portcullis-memory".into()).stack_size(STACK).spawn(|| {
        while !is_inline() {
            thread::park_timeout(sample(locked()));
        }
    });
    match started {
        Ok(handle) => Some(handle.thread().clone()),
        Err(error) => {
            INLINE.store(true, Ordering::Relaxed);
            announce::say(format_args!("no thread watches memory, the calls of `shed_load` do: {error}"));
            None
        }
    }
}

/// Samples, if it is time, and tells how long it is until the next.
fn sample(mut locked: MutexGuard<'static, Option<Run>>) -> Duration {
    let Some(run) = &mut *locked else { return LONGEST };
    let left = run.due.saturating_sub(now());
    if left > Duration::ZERO {
        return left;
    }
    let sampled = run.sample();
    let next = run.due.saturating_sub(now());
    drop(locked);
    sampled.tell();
    next
}

/// For a call, where no thread samples.
pub(super) fn sample_if_due() {
    match RUN.try_lock() {
        Ok(locked) => sample(locked),
        Err(TryLockError::Poisoned(locked)) => sample(locked.into_inner()),
        // Another call is at it.
        Err(TryLockError::WouldBlock) => return,
    };
}

/// Has the calls of the functions with `shed_load` read the memory, where the process may have no thread for it: each looks at the
/// clock, and now and then one of them samples. Without it a thread starts when the first such function is called.
///
/// A call costs what the clock costs then, and one that samples what a sample costs. When nobody calls nothing is sampled: a
/// runaway that holds all threads is noticed by the next call only.
///
/// ```
/// fn main() {
///     portcullis::memory::sample_inline();
///     // ..
/// }
/// ```
#[allow(clippy::needless_doctest_main, reason = "it says where to call it")]
pub fn sample_inline() {
    INLINE.store(true, Ordering::Relaxed);
    if let Some(run) = &mut *locked() {
        run.publish(now());
    }
}

/// What is to be said about a sample, when nothing is locked any more.
struct Sampled {
    status: Option<Status>,
    change: Option<Change>,
    shut: Option<Threshold>,
    purge: bool,
}

impl Run {
    fn sample(&mut self) -> Sampled {
        let at = now();
        let sample = self.sampler.sample(at);
        LAST.store(sample.last, Ordering::Relaxed);
        if sample.last {
            // At each sample: a request that has begun since does not look by itself.
            checkpoint::tell_all();
        }
        self.publish(at);
        self.due = at.saturating_add(sample.next);
        if sample.worst.is_none() && !self.said_blind {
            self.said_blind = true;
            announce::say(format_args!(
                "nothing tells how much memory this process may use, so `shed_load(memory = ..)` refuses nothing"
            ));
        }
        let is_due = self.purged.is_none_or(|purged| at.saturating_sub(purged) >= PURGE);
        let purge = sample.state == State::Critical && is_due;
        if purge {
            self.purged = Some(at);
        }
        let change = sample.change.or(self.untold.take());
        Sampled { status: status::show(sample, at), change, shut: sample.shut, purge }
    }

    fn publish(&self, at: Duration) {
        for gate in &self.gates {
            gate.publish(self.sampler.share(gate.threshold(), at), !is_inline());
        }
    }
}

impl Sampled {
    fn tell(self) {
        if let Some(status) = &self.status {
            announce::sampled(status, self.change, self.shut);
        }
        if self.purge {
            announce::purge();
        }
    }
}
