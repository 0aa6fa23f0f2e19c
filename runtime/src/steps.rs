//! `bounded_steps`: how many loop iterations and protected calls a request may still take.
//!
//! On one thread that is a count in a thread-local, the least of what the limits around leave ([`Level`]): to take a step is to take it
//! from all of them. What leaves the thread by `carry` has a [`Pool`] in common with where it came from. From then on
//! each step is also taken from that.

use alloc::sync::Arc;
use core::cell::Cell;
use core::sync::atomic::{AtomicU64, Ordering};
use std::thread_local;

use crate::Violation;
use crate::checkpoint::{left, look_again, set_left};
use crate::depth::limit::Limit;
use crate::request::{set_steps, steps};
use crate::violation::Cause;

/// More steps than anyone takes, and less than without a limit are left.
const ENDLESS: u64 = 1 << 62;

/// What a request's state says of its steps.
#[derive(Clone, Copy)]
pub(crate) struct Counted {
    /// The limit that leaves the fewest.
    max: u64,
    /// There is a [`POOL`].
    shared: bool,
    /// No lower limit has been entered since the pool was made.
    own: bool,
}

impl Counted {
    pub(crate) const NONE: Self = Self { max: 0, shared: false, own: false };

    pub(crate) fn max(self) -> u64 {
        self.max
    }
}

thread_local! {
    /// Of the request in force.
    static POOL: Cell<Option<Arc<Pool>>> = const { Cell::new(None) };
}

/// Counted that several threads or tasks take from.
#[derive(Debug)]
pub(crate) struct Pool {
    left: AtomicU64,
    /// Asked when none is left here.
    then: Option<Arc<Pool>>,
    /// Of a limit further out, from which each step is taken too.
    within: Option<Arc<Pool>>,
}

impl Pool {
    fn take(&self) -> bool {
        let own = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        let taken = own.is_ok() || self.then.as_ref().is_some_and(|then| then.take());
        taken && self.within.as_ref().is_none_or(|within| within.take())
    }

    /// How many can be taken.
    fn available(&self) -> u64 {
        let then = self.then.as_ref().map_or(0, |then| then.available());
        let own = self.left.load(Ordering::Relaxed).saturating_add(then);
        self.within.as_ref().map_or(own, |within| own.min(within.available()))
    }
}

/// Takes the step from what is shared; `out` says that the thread has none left.
#[track_caller]
pub(crate) fn take(out: bool) -> Result<(), Violation> {
    let Counted { max, shared, .. } = steps();
    let refused = if out {
        set_left(0);
        true
    } else {
        shared && !with_pool(|pool| pool.is_none_or(Pool::take))
    };
    if refused { Err(Violation::new("steps", Cause::Steps { max })) } else { Ok(()) }
}

pub(crate) fn are_shared() -> bool {
    steps().shared
}

fn with_pool<R>(ask: impl FnOnce(Option<&Pool>) -> R) -> R {
    let pool = replace_pool(None);
    let answer = ask(pool.as_deref());
    replace_pool(pool);
    answer
}

/// While the thread ends there is no pool any more.
fn replace_pool(pool: Option<Arc<Pool>>) -> Option<Arc<Pool>> {
    POOL.try_with(|current| current.replace(pool)).ok().flatten()
}

/// The pool of the limits that are in force here, for what will run elsewhere. None where there is no limit.
pub(crate) fn share() -> Option<Arc<Pool>> {
    let counted = steps();
    let left = left();
    let around = if counted.shared { replace_pool(None) } else { None };
    let pool = match around {
        // What leaves no less than the pool will never be the first to refuse: all that is taken from it is taken from the pool.
        Some(pool) if counted.own || left >= pool.available() => pool,
        None if left >= ENDLESS => return None,
        within => Arc::new(Pool { left: AtomicU64::new(left), then: None, within }),
    };
    replace_pool(Some(Arc::clone(&pool)));
    set_steps(Counted { shared: true, own: true, ..counted });
    look_again();
    Some(pool)
}

/// Has the steps in force here taken from this pool, which was made for them.
pub(crate) fn adopt(pool: Arc<Pool>) {
    set_steps(Counted { shared: true, own: true, ..steps() });
    replace_pool(Some(pool));
}

/// The limit of a function that runs on this thread.
#[derive(Debug)]
#[must_use]
pub struct Steps(Level);

impl Steps {
    /// Its own call is the first step, which the checkpoint at its entry takes.
    #[inline]
    pub fn enter(max: impl Limit) -> Self {
        let max = max.count();
        Self(Level::new(steps_of(max), max))
    }
}

impl Drop for Steps {
    #[inline]
    fn drop(&mut self) {
        drop(self.0.leave(None));
    }
}

/// One limit in force on this thread, until it is left.
#[derive(Debug)]
pub(crate) struct Level {
    /// What the limits around have left beyond this one.
    aside: u64,
    /// Nothing that is taken is taken from what is around.
    apart: bool,
    outer: Around,
}

/// What was in force.
#[derive(Debug)]
struct Around {
    max: u64,
    own: bool,
    pool: Option<Arc<Pool>>,
}

impl Level {
    /// Of the limit `max`, so much is left.
    #[inline]
    pub(crate) fn new(limit: u64, max: u64) -> Self {
        let counted = steps();
        let outer = Around::of(counted);
        let around = left();
        let aside = around.saturating_sub(limit);
        if aside > 0 {
            set_left(limit);
            set_steps(Counted { max, own: false, ..counted });
        }
        Self { aside, apart: false, outer }
    }

    /// For what came from elsewhere, and takes its steps from there.
    pub(crate) fn apart(max: u64) -> Self {
        let level = Self { aside: left(), apart: true, outer: Around::of(steps()) };
        set_left(u64::MAX);
        replace_pool(None);
        set_steps(Counted { max, ..Counted::NONE });
        level
    }

    /// Ends it. What its steps are shared in stays with what has to go on later; `adopted` is where it was so before.
    #[inline]
    pub(crate) fn leave(&mut self, adopted: Option<&Arc<Pool>>) -> Option<Arc<Pool>> {
        let inner = if self.apart { 0 } else { left() };
        // Cannot overflow: both were one count.
        set_left(inner.wrapping_add(self.aside));
        let made = if steps().shared || self.outer.pool.is_some() { self.settle(adopted) } else { None };
        let Around { max, own, .. } = self.outer;
        set_steps(Counted { max, own, shared: self.outer.pool.is_some() });
        if self.outer.pool.is_some() {
            replace_pool(self.outer.pool.take());
            look_again();
        }
        made
    }

    /// The pool that was made inside. What is around, where it has none yet, has to take from it too: those who share it
    /// go on taking from what the limits around have left.
    #[cold]
    #[inline(never)]
    fn settle(&mut self, adopted: Option<&Arc<Pool>>) -> Option<Arc<Pool>> {
        let is = |pool: &Arc<Pool>, other: Option<&Arc<Pool>>| other.is_some_and(|other| Arc::ptr_eq(pool, other));
        let made = replace_pool(None).filter(|pool| !is(pool, self.outer.pool.as_ref()))?;
        let limited = !self.apart && self.aside < ENDLESS;
        if self.outer.pool.is_none() && limited && !is(&made, adopted) {
            let then = Some(Arc::clone(&made));
            let beyond = Pool { left: AtomicU64::new(self.aside), then, within: None };
            self.outer.pool = Some(if self.aside > 0 { Arc::new(beyond) } else { Arc::clone(&made) });
            self.outer.own = true;
        }
        Some(made)
    }
}

impl Around {
    #[inline]
    fn of(Counted { max, shared, own }: Counted) -> Self {
        Self { max, own, pool: if shared { shared_pool() } else { None } }
    }
}

#[cold]
#[inline(never)]
fn shared_pool() -> Option<Arc<Pool>> {
    let pool = replace_pool(None);
    replace_pool(pool.clone());
    pool
}

/// With that for the call itself.
#[inline]
pub(crate) fn steps_of(max: u64) -> u64 {
    max.saturating_add(1)
}

#[cfg(test)]
mod tests {
    use alloc::sync::Arc;

    use super::{Level, Steps, share};

    #[test]
    fn a_limit_that_can_never_refuse_first_needs_no_pool_of_its_own() {
        let _around = Steps::enter(100);
        let pool = share().expect("a limit is in force");
        let mut elsewhere = Level::apart(100);
        super::adopt(Arc::clone(&pool));
        {
            let _same = Steps::enter(100);
            assert!(Arc::ptr_eq(&pool, &share().expect("a pool")));
        }
        {
            let _lower = Steps::enter(99);
            assert!(!Arc::ptr_eq(&pool, &share().expect("a pool")));
        }
        drop(elsewhere.leave(Some(&pool)));
    }

    #[test]
    fn without_a_limit_there_is_none() {
        assert!(share().is_none());
        let _none = Steps::enter(u64::MAX);
        assert!(share().is_none());
    }
}
