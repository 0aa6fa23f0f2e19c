//! The table of protected functions: a row for each that has refused, or would have, run deep or begun a request.
//!
//! A row is taken at the first of these and stays. Taking it looks for the function's name, and everything after that is one
//! relaxed atomic or a few; only the first two threads that meet at a free row may wait, for the copy of one word pair.

use core::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use core::sync::atomic::{Ordering, fence};
use std::sync::OnceLock;

use super::codes::{CODES, place};
use super::short::Short;
use super::{KEY, threads};

/// More protected functions than this share the last row.
pub(crate) const ROWS: usize = 512;

static TABLE: [Row; ROWS] = [const { Row::new() }; ROWS];

/// What the last row is called, which no function has to itself.
const OTHERS: &str = "(others)";

/// Which row, counted from 1: 0 is none.
pub(crate) type Number = u32;

/// What is known of one protected function.
#[derive(Debug)]
pub(crate) struct Row {
    name: OnceLock<&'static str>,
    refusals: Counts,
    /// What would have been refused.
    observed: Counts,
    /// Requests begun less requests ended, as far as no thread counts them for itself.
    pub(super) in_flight: AtomicU32,
    pub(crate) deepest: Deepest,
    #[cfg(feature = "tracing")]
    pub(super) told: super::traces::Told,
}

impl Row {
    const fn new() -> Self {
        Self {
            name: OnceLock::new(),
            refusals: Counts::new(),
            observed: Counts::new(),
            in_flight: AtomicU32::new(0),
            deepest: Deepest::new(),
            #[cfg(feature = "tracing")]
            told: super::traces::Told::new(),
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name.get().copied().unwrap_or(OTHERS)
    }

    pub(super) fn refuse(&self, code: &str) {
        self.refusals.add(code);
    }

    pub(super) fn observe(&self, code: &str) {
        self.observed.add(code);
    }

    /// How often each code was refused, without those that never were.
    pub(crate) fn refusals(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.refusals.all()
    }

    /// The same of what was only observed.
    pub(crate) fn observed(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.observed.all()
    }

    /// Requests that began at this function and have not ended.
    pub(crate) fn in_flight(&self) -> u32 {
        threads::in_flight(self).max(0).unsigned_abs()
    }

    pub(crate) fn number(&self) -> Number {
        let at = TABLE.iter().position(|row| core::ptr::eq(row, self));
        at.and_then(|at| u32::try_from(at).ok()).map_or(0, |at| at.saturating_add(1))
    }
}

/// One count for each code.
#[derive(Debug)]
struct Counts([AtomicU64; CODES.len()]);

impl Counts {
    const fn new() -> Self {
        Self([const { AtomicU64::new(0) }; CODES.len()])
    }

    fn add(&self, code: &str) {
        if let Some(count) = self.0.get(place(code)) {
            count.fetch_add(1, Relaxed);
        }
    }

    fn all(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let counts = self.0.iter().map(|count| count.load(Relaxed));
        CODES.into_iter().zip(counts).filter(|(_, count)| *count > 0)
    }
}

/// The row of the function with this path.
pub(crate) fn row(name: &'static str) -> &'static Row {
    let last = TABLE.len().saturating_sub(1);
    // The same function may have its name in several places, so it is known by the text.
    let found = TABLE.iter().take(last).find(|row| *row.name.get_or_init(|| name) == name);
    found.unwrap_or(&TABLE[ROWS - 1])
}

/// The row with this number.
pub(crate) fn numbered(number: Number) -> Option<&'static Row> {
    TABLE.get(usize::try_from(number).ok()?.checked_sub(1)?)
}

/// The rows that are in use.
pub(crate) fn rows() -> impl Iterator<Item = &'static Row> {
    TABLE.iter().filter(|row| row.name.get().is_some() || row.refusals().chain(row.observed()).next().is_some())
}

/// A function's number of its row, once it has one.
#[derive(Debug)]
pub(crate) struct Place(AtomicU32);

impl Place {
    pub(crate) const fn new() -> Self {
        Self(AtomicU32::new(0))
    }

    /// The number, or 0 before the first time.
    #[inline]
    pub(crate) fn known(&self) -> Number {
        self.0.load(Relaxed)
    }

    /// The row, taken if it has not been.
    #[cold]
    #[inline(never)]
    pub(crate) fn get(&self, name: &'static str) -> &'static Row {
        numbered(self.known()).unwrap_or_else(|| {
            let row = row(name);
            self.0.store(row.number(), Relaxed);
            row
        })
    }
}

/// The deepest that a function was entered.
#[derive(Debug)]
pub(crate) struct Deepest {
    /// Ever.
    high: AtomicU32,
    /// Since it was last asked for, for the history.
    recent: AtomicU32,
    /// Since the memory that a report compares with, or since the start.
    named: Named,
    /// Since what is in memory was last listed, which the next report may compare with.
    listed: Named,
}

/// How deep, in which handler, and for whom. Written together: `turn` is odd while they are, and who finds it odd passes by. A lock would
/// wait, and may be held by the thread that is asked for its depth.
#[derive(Debug)]
struct Named {
    turn: AtomicU32,
    level: AtomicU32,
    future: AtomicU32,
    handler: AtomicU32,
    key: [AtomicU64; KEY / 8],
}

/// A copy of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Depth {
    pub(crate) level: u32,
    /// Of futures, whose frames stand in the heap.
    pub(crate) future: bool,
    pub(crate) handler: Number,
    pub(crate) key: Short<KEY>,
}

impl Named {
    const fn new() -> Self {
        Self {
            turn: AtomicU32::new(0),
            level: AtomicU32::new(0),
            future: AtomicU32::new(0),
            handler: AtomicU32::new(0),
            key: [const { AtomicU64::new(0) }; KEY / 8],
        }
    }

    fn is_below(&self, level: u32) -> bool {
        self.level.load(Relaxed) < level
    }

    fn reach(&self, &Depth { level, future, handler, key }: &Depth) {
        let turn = self.turn.load(Relaxed);
        if !self.is_below(level)
            || turn & 1 != 0
            || self.turn.compare_exchange(turn, turn.wrapping_add(1), Ordering::Acquire, Relaxed).is_err()
        {
            return;
        }
        fence(Ordering::Release);
        self.level.store(level, Relaxed);
        self.future.store(u32::from(future), Relaxed);
        self.handler.store(handler, Relaxed);
        for (to, from) in self.key.iter().zip(key.bytes().chunks_exact(8)) {
            to.store(u64::from_le_bytes(from.try_into().unwrap_or_default()), Relaxed);
        }
        self.turn.store(turn.wrapping_add(2), Ordering::Release);
    }

    /// None before there is one, and where it is written to all the while.
    fn get(&self) -> Option<Depth> {
        let read = (0..8).find_map(|_| {
            let turn = self.turn.load(Ordering::Acquire);
            let level = self.level.load(Relaxed);
            let (future, handler) = (self.future.load(Relaxed) != 0, self.handler.load(Relaxed));
            let mut key = [0; KEY];
            for (to, from) in key.chunks_exact_mut(8).zip(&self.key) {
                to.copy_from_slice(&from.load(Relaxed).to_le_bytes());
            }
            fence(Ordering::Acquire);
            let whole = turn & 1 == 0 && self.turn.load(Relaxed) == turn;
            whole.then_some(Depth { level, future, handler, key: Short::from_bytes(key) })
        });
        read.filter(|depth| depth.level > 0)
    }

    fn forget(&self) {
        self.level.store(0, Relaxed);
    }
}

impl Deepest {
    const fn new() -> Self {
        Self { high: AtomicU32::new(0), recent: AtomicU32::new(0), named: Named::new(), listed: Named::new() }
    }

    /// Whether nobody has been so deep whom it would name.
    pub(super) fn is_below(&self, level: u32) -> bool {
        self.named.is_below(level) || self.listed.is_below(level)
    }

    pub(super) fn reach(&self, level: u32, future: bool, handler: Option<Number>, key: &Short<KEY>) {
        self.high.fetch_max(level, Relaxed);
        self.recent.fetch_max(level, Relaxed);
        let depth = Depth { level, future, handler: handler.unwrap_or(0), key: *key };
        self.named.reach(&depth);
        self.listed.reach(&depth);
    }

    /// The one to name.
    pub(crate) fn get(&self) -> Option<Depth> {
        self.named.get()
    }

    /// The deepest ever.
    pub(crate) fn high(&self) -> u32 {
        self.high.load(Relaxed)
    }

    /// The deepest since this was last asked.
    pub(crate) fn take_recent(&self) -> u32 {
        self.recent.swap(0, Relaxed)
    }

    /// What is in memory is listed.
    pub(crate) fn begin_list(&self) {
        self.listed.forget();
    }

    /// A report compares with the last list: whoever has run deep since then is the one to name. Who makes memory grow may leave the
    /// last mark before memory is found to grow.
    pub(crate) fn begin_at_list(&self) {
        self.named.forget();
        if let Some(depth) = self.listed.get() {
            self.named.reach(&depth);
        }
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]
mod tests {
    use std::thread;

    use super::{Deepest, OTHERS, ROWS, TABLE, numbered, row, rows};
    use crate::evidence::short::Short;

    #[test]
    fn a_function_has_one_row_whoever_asks_and_whichever_copy_of_its_name() {
        let copy: &'static str = std::string::String::from("table::twice").leak();
        let first = row("table::twice");
        assert!(core::ptr::eq(first, row(copy)));
        assert_eq!(first.name(), "table::twice");
        assert!(core::ptr::eq(first, numbered(first.number()).unwrap()));
        assert!(numbered(0).is_none() && numbered(u32::MAX).is_none());
        first.refuse("busy");
        first.refuse("busy");
        first.refuse("of.the.future");
        first.observe("steps");
        assert_eq!(first.refusals().collect::<alloc::vec::Vec<_>>(), [("busy", 2), ("other", 1)]);
        assert_eq!(first.observed().collect::<alloc::vec::Vec<_>>(), [("steps", 1)]);
        assert!(rows().any(|row| row.name() == "table::twice"));
        let last = &TABLE[ROWS - 1];
        assert_eq!((last.name(), usize::try_from(last.number()).unwrap()), (OTHERS, ROWS));
    }

    #[test]
    fn the_deepest_is_whole_while_others_write() {
        static DEEPEST: Deepest = Deepest::new();
        assert!(DEEPEST.get().is_none());
        thread::scope(|scope| {
            for writer in 1..=4_u32 {
                scope.spawn(move || {
                    let key = Short::of(std::format!("{writer:08}").repeat(7).as_str());
                    for level in 1..20_000 {
                        DEEPEST.reach(level * 4 + writer, writer % 2 == 0, Some(writer), &key);
                    }
                });
            }
            for _ in 0..20_000 {
                if let Some(depth) = DEEPEST.get() {
                    let writer = (depth.level - 1) % 4 + 1;
                    let key = std::format!("{writer:08}").repeat(7);
                    assert_eq!((depth.handler, depth.future, depth.key.as_str()), (writer, writer % 2 == 0, &*key));
                }
            }
        });
        assert_eq!(DEEPEST.high(), 19_999 * 4 + 4);
        assert_eq!((DEEPEST.take_recent(), DEEPEST.take_recent()), (DEEPEST.high(), 0));
    }

    #[test]
    fn who_runs_deep_after_a_new_beginning_is_named_and_the_highest_stays() {
        let deepest = Deepest::new();
        deepest.reach(5_000, false, Some(1), &Short::of("ann"));
        deepest.reach(4_000, false, Some(2), &Short::of("bob"));
        assert_eq!(deepest.get().unwrap().key.as_str(), "ann");
        deepest.begin_list();
        assert_eq!(deepest.get().unwrap().key.as_str(), "ann", "until it is compared with");
        deepest.begin_at_list();
        assert!(deepest.get().is_none());
        deepest.reach(4_000, true, None, &Short::of("bob"));
        let named = deepest.get().unwrap();
        assert_eq!((named.level, named.future, named.handler, named.key.as_str()), (4_000, true, 0, "bob"));
        assert_eq!(deepest.high(), 5_000);
    }

    #[test]
    fn who_has_run_deep_since_the_list_is_named_although_others_were_deeper_before() {
        let deepest = Deepest::new();
        deepest.reach(5_000, false, Some(1), &Short::of("ann"));
        deepest.begin_list();
        deepest.reach(4_000, false, Some(2), &Short::of("bob"));
        assert_eq!(deepest.get().unwrap().key.as_str(), "ann");
        deepest.begin_at_list();
        assert_eq!((deepest.get().unwrap().level, deepest.get().unwrap().key.as_str()), (4_000, "bob"));
    }
}
