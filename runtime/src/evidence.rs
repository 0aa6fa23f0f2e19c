//! What the process knows about its own protected functions: a table of fixed size that each refusal, each deep recursion
//! and each request writes to. Nothing here is allocated, and nothing waits.

pub(crate) mod codes;
#[cfg(feature = "metrics")]
mod meters;
pub(crate) mod observer;
mod short;
pub(crate) mod table;
pub(crate) mod threads;
#[cfg(feature = "tracing")]
mod traces;

use core::fmt;
use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

pub(crate) use self::short::Short;
use crate::depth::Deep;
use crate::memory::{State, Status};
use crate::violation::Cause;
use crate::{Violation, request};

/// A key is kept as far as it goes in here.
pub(crate) const KEY: usize = 64;

/// A violation that has just been given the function that refuses. Each passes here once, whichever way it leaves.
#[cold]
#[inline(never)]
pub(crate) fn refused(violation: &Violation, function: &'static str) {
    #[cfg_attr(not(feature = "tracing"), expect(unused_variables, reason = "its counter is that of the events"))]
    let row = told(violation, function, table::Row::refuse);
    #[cfg(feature = "tracing")]
    traces::refused(violation, row, false);
    #[cfg(feature = "metrics")]
    meters::refused(violation, function);
    observer::tell(&observer::Event::Refused(violation));
}

/// The same of a function that only observes, and goes on.
#[cold]
#[inline(never)]
pub(crate) fn observed(violation: &Violation, function: &'static str) {
    #[cfg_attr(not(feature = "tracing"), expect(unused_variables, reason = "its counter is that of the events"))]
    let row = told(violation, function, table::Row::observe);
    #[cfg(feature = "tracing")]
    traces::refused(violation, row, true);
    #[cfg(feature = "metrics")]
    meters::observed(violation, function);
    observer::tell(&observer::Event::Observed(violation));
}

fn told(violation: &Violation, function: &'static str, count: fn(&table::Row, &str)) -> &'static table::Row {
    let row = table::row(function);
    count(row, violation.code());
    if let Cause::Depth { max, future, key } = violation.cause() {
        // As deep as the limit lets it, which may be less than a mark of `deep` is apart.
        let key = key.as_deref().map_or_else(Short::default, Short::of);
        row.deepest.reach(*max, *future, handler(), &key);
    }
    row
}

/// A recursion that has come to the next of the depths that are worth a mark, on its way down.
#[cold]
#[inline(never)]
pub(crate) fn deep(deep: &Deep, function: &'static str, key: &dyn Fn(&mut dyn fmt::Write) -> fmt::Result) {
    let row = table::row(function);
    let mut shown = Short::<KEY>::default();
    if row.deepest.is_below(deep.level) {
        // What does not fit is left out, and so is the rest of a key whose `Display` fails.
        let _ = key(&mut shown);
    }
    row.deepest.reach(deep.level, deep.future, handler(), &shown);
    threads::deep(row, deep.level);
    #[cfg(feature = "metrics")]
    meters::deep(deep.level, function);
}

/// The row of the request that this thread works on.
fn handler() -> Option<table::Number> {
    request::handler().map(|handler| handler.row.get(handler.name()).number())
}

/// How many tasks live that belong to a request. None where nothing counts them.
pub(crate) fn tasks() -> Option<u64> {
    #[cfg(feature = "tokio")]
    return crate::live_tasks().try_into().ok();
    #[cfg(not(feature = "tokio"))]
    None
}

/// Memory has been sampled. Called by the thread that does it, which has more to do.
pub(crate) fn sampled(status: &Status) {
    #[cfg(feature = "metrics")]
    meters::sampled(status);
    let state = status.state as u8;
    if STATE.swap(state, Relaxed) == state {
        return;
    }
    #[cfg(feature = "incident")]
    crate::incident::changed(status.state);
    #[cfg(feature = "tracing")]
    traces::memory(status);
    observer::tell(&observer::Event::Memory(status));
}

/// What it was at the last sample.
static STATE: AtomicU8 = AtomicU8::new(State::Normal as u8);
