//! Where a thread counts: a slot that no other thread writes to, so that counting is a load and a store.

use core::cell::Cell;
use core::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread_local;

use super::exit;

/// How many threads can count by themselves at one time. All others share one slot.
const COUNT: usize = 512;

/// Two cache lines: processors fetch them in pairs.
#[derive(Debug)]
#[repr(align(128))]
pub(super) struct Slot {
    taken: AtomicBool,
    /// The bytes that were asked for, by each thread that has had the slot.
    gross: AtomicU64,
    /// Those that were given back.
    freed: AtomicU64,
    /// What `gross` was when it was last settled, for who reads from outside.
    mark: AtomicU64,
    /// To whom what comes since then belongs, as an address.
    owner: AtomicUsize,
}

impl Slot {
    const fn new() -> Self {
        Self {
            taken: AtomicBool::new(false),
            gross: AtomicU64::new(0),
            freed: AtomicU64::new(0),
            mark: AtomicU64::new(0),
            owner: AtomicUsize::new(0),
        }
    }

    /// Of what belongs to `owner`, so much is not added yet.
    fn unsettled(&self, owner: usize) -> u64 {
        let is_owner = self.owner.load(Ordering::Relaxed) == owner;
        let unsettled = self.gross.load(Ordering::Relaxed).saturating_sub(self.mark.load(Ordering::Relaxed));
        if is_owner { unsettled } else { 0 }
    }
}

static SLOTS: [Slot; COUNT] = [const { Slot::new() }; COUNT];

/// Of the threads that found none free.
static SHARED: Slot = Slot::new();

/// Where the next thread begins to look.
static NEXT: AtomicUsize = AtomicUsize::new(0);

#[derive(Clone, Copy)]
enum Place {
    /// The thread has not counted yet.
    None,
    Own(&'static Slot),
    Shared,
}

/// What a thread knows of its own. `const` and without a destructor: nothing is set up in an allocator.
struct Local {
    place: Cell<Place>,
    /// Of a thread with a slot of its own, what the slot had before. Of any other, all.
    base: Cell<u64>,
    /// The thread's count when it was last settled.
    mark: Cell<u64>,
    /// The thread's count beyond which `then` is called.
    trip: Cell<u64>,
}

thread_local! {
    static LOCAL: Local = const {
        Local { place: Cell::new(Place::None), base: Cell::new(0), mark: Cell::new(0), trip: Cell::new(u64::MAX) }
    };
}

/// Of a count that only this thread writes to.
#[inline]
fn add(count: &AtomicU64, bytes: u64) -> u64 {
    let sum = count.load(Ordering::Relaxed).wrapping_add(bytes);
    count.store(sum, Ordering::Relaxed);
    sum
}

/// Counts what was given. `then` is called beyond the trip.
#[inline]
pub(super) fn give(size: usize, then: fn()) {
    LOCAL.with(|local| {
        let size = size as u64;
        let Place::Own(slot) = local.place.get() else { return give_elsewhere(local, size, then) };
        if add(&slot.gross, size) > local.trip.get() {
            then();
        }
    });
}

/// Counts what was taken back.
#[inline]
pub(super) fn take(size: usize) {
    LOCAL.with(|local| {
        let size = size as u64;
        let Place::Own(slot) = local.place.get() else { return take_elsewhere(local, size) };
        add(&slot.freed, size);
    });
}

#[cold]
#[inline(never)]
fn give_elsewhere(local: &Local, size: u64, then: fn()) {
    if let Place::Own(slot) = place(local) {
        add(&slot.gross, size);
    } else {
        SHARED.gross.fetch_add(size, Ordering::Relaxed);
        local.base.set(local.base.get().wrapping_add(size));
    }
    if count(local) > local.trip.get() {
        then();
    }
}

#[cold]
#[inline(never)]
fn take_elsewhere(local: &Local, size: u64) {
    if let Place::Own(slot) = place(local) {
        add(&slot.freed, size);
    } else {
        SHARED.freed.fetch_add(size, Ordering::Relaxed);
    }
}

/// Where the thread counts. At first it looks for a slot.
fn place(local: &Local) -> Place {
    if matches!(local.place.get(), Place::None) {
        // What cannot be given back at the thread's end is not taken.
        let slot = free_slot().filter(|(number, slot)| exit::at_end(*number) || release(slot)).map(|(_, slot)| slot);
        if let Some(slot) = slot {
            // What others have counted in it is none of this thread's.
            let before = slot.gross.load(Ordering::Relaxed);
            local.base.set(before);
            local.mark.set(before);
            local.trip.set(local.trip.get().saturating_add(before));
            slot.mark.store(before, Ordering::Relaxed);
        }
        local.place.set(slot.map_or(Place::Shared, Place::Own));
    }
    local.place.get()
}

fn free_slot() -> Option<(usize, &'static Slot)> {
    let is_free = |slot: &Slot| !slot.taken.load(Ordering::Relaxed) && !slot.taken.swap(true, Ordering::Acquire);
    let first = NEXT.fetch_add(1, Ordering::Relaxed) % COUNT;
    let mut slots = SLOTS.iter().enumerate().cycle().skip(first).take(COUNT);
    slots.find(|(_, slot)| is_free(slot))
}

/// Gives it to the next thread; never true.
fn release(slot: &Slot) -> bool {
    slot.owner.store(0, Ordering::Relaxed);
    slot.taken.store(false, Ordering::Release);
    false
}

/// The thread ends. What other destructors do after this one is counted with the others.
pub(super) fn leave(slot: &Slot) {
    LOCAL.with(|local| {
        local.place.set(Place::Shared);
        local.base.set(0);
        local.mark.set(0);
        local.trip.set(u64::MAX);
    });
    release(slot);
}

/// The slot of this number. For the thread's end, which remembers a number.
pub(super) fn numbered(number: usize) -> Option<&'static Slot> {
    SLOTS.get(number)
}

/// The count that is settled, and that has a trip. It only grows while the thread lives.
#[inline]
fn count(local: &Local) -> u64 {
    match local.place.get() {
        Place::Own(slot) => slot.gross.load(Ordering::Relaxed),
        _ => local.base.get(),
    }
}

/// What this thread has asked for since it began.
pub(super) fn of_thread() -> u64 {
    LOCAL.with(|local| match local.place.get() {
        Place::Own(slot) => slot.gross.load(Ordering::Relaxed).wrapping_sub(local.base.get()),
        _ => local.base.get(),
    })
}

/// What came since the last time, for whoever it belongs to. What comes from now on belongs to `owner`.
#[inline]
pub(super) fn settle(owner: usize) -> u64 {
    LOCAL.with(|local| {
        let count = count(local);
        if let Place::Own(slot) = local.place.get() {
            slot.mark.store(count, Ordering::Relaxed);
            slot.owner.store(owner, Ordering::Relaxed);
        }
        count.wrapping_sub(local.mark.replace(count))
    })
}

/// The trip is so many bytes from here.
#[inline]
pub(super) fn arm(bytes: u64) {
    LOCAL.with(|local| local.trip.set(count(local).saturating_add(bytes)));
}

/// There is none.
#[inline]
pub(super) fn disarm() {
    LOCAL.with(|local| local.trip.set(u64::MAX));
}

/// All that belongs to `owner` and is not settled yet.
pub(super) fn unsettled(owner: usize) -> u64 {
    SLOTS.iter().map(|slot| slot.unsettled(owner)).fold(0, u64::wrapping_add)
}

/// What all threads have asked for, and given back.
pub(super) fn totals() -> (u64, u64) {
    let slots = || SLOTS.iter().chain([&SHARED]);
    // What is given back was asked for before: read in this order, the difference is never below zero for long.
    let freed = slots().map(|slot| slot.freed.load(Ordering::Acquire)).fold(0, u64::wrapping_add);
    let gross = slots().map(|slot| slot.gross.load(Ordering::Acquire)).fold(0, u64::wrapping_add);
    (gross, freed)
}
