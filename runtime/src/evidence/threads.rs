//! The threads on which protected functions run: where their stacks are, which request each works on, and how many requests
//! began on it less those that ended on it.
//!
//! A thread writes to its own slot only, with plain loads and stores, and whoever asks adds up. A slot is taken at the first
//! protected call of a thread that is worth one and goes to another thread after its end.

use core::cell::Cell;
use core::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering, Ordering::Relaxed};
use std::thread_local;

use super::short::Short;
use super::table::{Number, Row};
use crate::request::Handler;
use crate::stack;

/// More threads than this have none, and are neither registered nor seen at work.
pub(crate) const SLOTS: usize = 1024;

/// The rows of which a thread counts requests for itself. Of the others there is one count for all threads.
const COUNTED: usize = 64;

/// A name is kept as far as the system keeps it.
pub(crate) const NAME: usize = 16;

static SLOTS_OF_ALL: [Slot; SLOTS] = [const { Slot::new() }; SLOTS];

/// What a thread writes to that has no slot: nobody reads it.
static NOWHERE: Slot = Slot::new();

#[repr(align(64))]
#[derive(Debug)]
struct Slot {
    /// Whether a thread has it.
    taken: AtomicU32,
    /// The request that its thread works on, begun and ended in sync code.
    current: AtomicU32,
    /// The function that has run deep on it, and how deep.
    deep: AtomicU32,
    level: AtomicU32,
    low: AtomicUsize,
    high: AtomicUsize,
    name: [AtomicU64; NAME / 8],
    /// Of async code, whose requests may end on another thread: only the sums over all slots mean something, so a count stays
    /// when its thread ends.
    counts: [AtomicU32; COUNTED],
}

impl Slot {
    const fn new() -> Self {
        Self {
            taken: AtomicU32::new(0),
            current: AtomicU32::new(0),
            deep: AtomicU32::new(0),
            level: AtomicU32::new(0),
            low: AtomicUsize::new(0),
            high: AtomicUsize::new(0),
            name: [const { AtomicU64::new(0) }; NAME / 8],
            counts: [const { AtomicU32::new(0) }; COUNTED],
        }
    }

    fn is_nowhere(&self) -> bool {
        core::ptr::eq(self, &raw const NOWHERE)
    }

    fn take(&self) -> bool {
        self.taken.load(Relaxed) == 0 && self.taken.compare_exchange(0, 1, Ordering::AcqRel, Relaxed).is_ok()
    }
}

thread_local! {
    /// None before it has been looked for.
    static SLOT: Cell<Option<&'static Slot>> = const { Cell::new(None) };
    /// Gives the slot back when the thread ends.
    static HELD: Held = const { Held };
}

struct Held;

impl Drop for Held {
    fn drop(&mut self) {
        let Some(slot) = SLOT.replace(Some(&NOWHERE)).filter(|slot| !slot.is_nowhere()) else { return };
        for word in [&slot.current, &slot.deep, &slot.level] {
            word.store(0, Relaxed);
        }
        slot.low.store(0, Relaxed);
        slot.high.store(0, Relaxed);
        slot.taken.store(0, Ordering::Release);
    }
}

/// The slot of this thread.
#[inline]
fn slot() -> &'static Slot {
    SLOT.get().unwrap_or_else(find)
}

/// Gives this thread its slot, if it has none. Called where a thread does something for the first time.
#[cold]
#[inline(never)]
pub(crate) fn register() {
    slot();
}

#[cold]
#[inline(never)]
fn find() -> &'static Slot {
    // While the thread ends nothing would give the slot back.
    let held = HELD.try_with(|_| ()).is_ok();
    let Some(slot) = SLOTS_OF_ALL.iter().find(|slot| held && slot.take()) else {
        SLOT.set(Some(&NOWHERE));
        return &NOWHERE;
    };
    SLOT.set(Some(slot));
    let (low, high) = stack::range().unwrap_or_default();
    slot.high.store(high, Relaxed);
    slot.low.store(low, Relaxed);
    let thread = std::thread::current();
    let name = Short::<NAME>::of(thread.name().unwrap_or_default());
    for (to, from) in slot.name.iter().zip(name.bytes().chunks_exact(8)) {
        to.store(u64::from_le_bytes(from.try_into().unwrap_or_default()), Relaxed);
    }
    slot
}

/// A request that this thread works on, in sync code. Keeps the slot, so that its end is one store; nothing, where nobody counts requests.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Working(#[cfg(any(feature = "incident", feature = "metrics"))] &'static Slot);

#[cfg(any(feature = "incident", feature = "metrics"))]
impl Working {
    /// This thread begins a request.
    #[inline]
    pub(crate) fn begin(handler: &'static Handler) -> Self {
        let slot = slot();
        slot.current.store(number(handler), Relaxed);
        Self(slot)
    }

    /// The request has ended.
    #[inline]
    pub(crate) fn end(self) {
        self.0.current.store(0, Relaxed);
    }
}

#[cfg(not(any(feature = "incident", feature = "metrics")))]
#[allow(clippy::unused_self, reason = "of the other one there is something to end")]
impl Working {
    #[inline]
    pub(crate) fn begin(_: &'static Handler) -> Self {
        Self()
    }

    #[inline]
    pub(crate) fn end(self) {}
}

#[inline]
fn number(handler: &'static Handler) -> Number {
    match handler.row.known() {
        0 => handler.row.get(handler.name()).number(),
        known => known,
    }
}

/// A recursion is so deep on this thread.
pub(super) fn deep(row: &Row, level: u32) {
    let slot = slot();
    slot.deep.store(row.number(), Relaxed);
    slot.level.store(level, Relaxed);
}

/// A request of async code that has begun and not ended.
#[derive(Debug)]
pub(crate) struct InFlight(Number);

impl InFlight {
    #[inline]
    pub(crate) fn begin(handler: &'static Handler) -> Self {
        let number = number(handler);
        add(number, 1);
        Self(number)
    }
}

impl Drop for InFlight {
    #[inline]
    fn drop(&mut self) {
        add(self.0, u32::MAX);
    }
}

#[inline]
fn add(number: Number, by: u32) {
    let slot = slot();
    let count = usize::try_from(number).ok().and_then(|at| slot.counts.get(at));
    match count {
        // Its only writer is this thread.
        Some(count) if !slot.is_nowhere() => count.store(count.load(Relaxed).wrapping_add(by), Relaxed),
        _ => add_for_all(number, by),
    }
}

#[cold]
#[inline(never)]
fn add_for_all(number: Number, by: u32) {
    if let Some(row) = super::table::numbered(number) {
        row.in_flight.fetch_add(by, Relaxed);
    }
}

/// Requests that began at this function and have not ended. Below zero for a moment, where one ends while it is added up.
pub(super) fn in_flight(row: &Row) -> i32 {
    let number = row.number();
    let at = usize::try_from(number).unwrap_or(usize::MAX);
    let begun = SLOTS_OF_ALL.iter().fold(row.in_flight.load(Relaxed), |sum, slot| {
        let works = u32::from(slot.current.load(Relaxed) == number);
        sum.wrapping_add(works).wrapping_add(slot.counts.get(at).map_or(0, |count| count.load(Relaxed)))
    });
    begun.cast_signed()
}

/// A thread that is known, and its stack.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Thread {
    /// Addresses.
    pub(crate) low: usize,
    pub(crate) high: usize,
    pub(crate) name: Short<NAME>,
    /// The request that it works on, in sync code.
    pub(crate) handler: Number,
    /// The function that has run deep on it, and how deep.
    pub(crate) deep: Number,
    pub(crate) level: u32,
}

/// The threads that are known.
pub(crate) fn all() -> impl Iterator<Item = Thread> {
    SLOTS_OF_ALL.iter().filter(|slot| slot.taken.load(Ordering::Acquire) != 0).map(|slot| {
        let mut name = [0; NAME];
        for (to, from) in name.chunks_exact_mut(8).zip(&slot.name) {
            to.copy_from_slice(&from.load(Relaxed).to_le_bytes());
        }
        Thread {
            low: slot.low.load(Relaxed),
            high: slot.high.load(Relaxed),
            name: Short::from_bytes(name),
            handler: slot.current.load(Relaxed),
            deep: slot.deep.load(Relaxed),
            level: slot.level.load(Relaxed),
        }
    })
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]
mod tests {
    use std::thread;

    #[cfg(any(feature = "incident", feature = "metrics"))]
    use super::Working;
    use super::{COUNTED, InFlight, add, all, in_flight, register};
    use crate::evidence::table::row;
    use crate::request::Handler;

    #[test]
    fn a_thread_is_known_by_its_stack_until_it_ends() {
        let here = thread::Builder::new().name("registered".into()).spawn(|| {
            let local = 0;
            register();
            register();
            let known: alloc::vec::Vec<_> = all().filter(|thread| thread.name.as_str() == "registered").collect();
            assert_eq!(known.len(), 1);
            assert!((known[0].low..known[0].high).contains(&(&raw const local).addr()));
        });
        here.unwrap().join().unwrap();
        assert!(!all().any(|thread| thread.name.as_str() == "registered"));
    }

    #[test]
    fn what_began_on_one_thread_may_end_on_another() {
        static ASYNC: Handler = Handler::new("threads::async");
        let begun: alloc::vec::Vec<_> =
            (0..8).map(|_| thread::spawn(|| InFlight::begin(&ASYNC)).join().unwrap()).collect();
        assert_eq!(in_flight(row("threads::async")), 8);
        thread::spawn(move || drop(begun)).join().unwrap();
        assert_eq!(in_flight(row("threads::async")), 0);
    }

    #[cfg(any(feature = "incident", feature = "metrics"))]
    #[test]
    fn a_thread_that_ended_works_on_nothing() {
        static SYNC: Handler = Handler::new("threads::sync");
        let working = Working::begin(&SYNC);
        assert_eq!(in_flight(row("threads::sync")), 1);
        thread::spawn(|| {
            let _ = Working::begin(&SYNC);
            assert_eq!(in_flight(row("threads::sync")), 2);
        })
        .join()
        .unwrap();
        assert_eq!(in_flight(row("threads::sync")), 1);
        working.end();
        assert_eq!(in_flight(row("threads::sync")), 0);
    }

    #[test]
    fn rows_that_threads_do_not_count_are_counted_for_all() {
        let number = u32::try_from(COUNTED).unwrap() + 100;
        let row = crate::evidence::table::numbered(number).unwrap();
        add(number, 1);
        add(number, 1);
        thread::spawn(move || add(number, u32::MAX)).join().unwrap();
        assert_eq!(in_flight(row), 1);
        add(number, u32::MAX);
        assert_eq!(in_flight(row), 0);
    }
}
