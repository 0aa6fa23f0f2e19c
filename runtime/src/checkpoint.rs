//! The checkpoint: where work in flight can be stopped. It stands at the entry of each function that has a limit of the whole
//! request, and in each iteration of its loops.
//!
//! It takes a step, and asks whether there is news that the request does not know: a decrement of a thread-local, a relaxed load and a
//! comparison with another. Everything else is looked at only then, in [`look`].

use core::cell::Cell;
use core::sync::atomic::{AtomicU32, Ordering};
use std::thread_local;

use crate::Violation;
use crate::counting::account;
use crate::memory::gate;
use crate::{deadline, steps};

/// What a checkpoint looks at.
struct Watch {
    /// How many steps may still be taken. Without a limit, more than anyone takes.
    left: Cell<u64>,
    /// The [`NEWS`] that the request in force on this thread knows.
    seen: Cell<u32>,
}

thread_local! {
    static WATCH: Watch = const { Watch { left: Cell::new(u64::MAX), seen: Cell::new(0) } };
}

/// How often something happened that a request may have to stop for: a deadline came, memory became critical.
static NEWS: AtomicU32 = AtomicU32::new(0);

/// Takes one step.
///
/// # Errors
/// When the request has to stop: `steps`, `deadline`, `allocation`, `memory`.
#[inline]
#[track_caller]
pub fn checkpoint() -> Result<(), Violation> {
    let goes_on = WATCH.with(|watch| {
        let (left, out) = watch.left.get().overflowing_sub(1);
        watch.left.set(left);
        !out && NEWS.load(Ordering::Relaxed) == watch.seen.get()
    });
    if goes_on { Ok(()) } else { look() }
}

/// Whether the request has to stop. For as long as it has to, the news stays unknown to it, and the next checkpoint looks again.
#[cold]
#[inline(never)]
#[track_caller]
fn look() -> Result<(), Violation> {
    let news = news();
    // The step that was taken from nothing.
    let out = left() == u64::MAX;
    steps::take(out)?;
    deadline::look(news)?;
    account::look()?;
    gate::look()?;
    if !(steps::are_shared() || deadline::is_unwatched()) {
        know(news);
    }
    Ok(())
}

/// All requests look at their next checkpoint.
pub(crate) fn tell_all() {
    NEWS.fetch_add(1, Ordering::Release);
}

/// The request in force on this thread looks at its next checkpoint. For whoever finds out on the thread itself that it may have to
/// stop, also from within an allocator: it is two plain stores and loads.
#[inline]
pub(crate) fn look_again() {
    know(NEWS.load(Ordering::Relaxed).wrapping_sub(1));
}

/// What there is to know.
#[inline]
pub(crate) fn news() -> u32 {
    NEWS.load(Ordering::Acquire)
}

/// What the request in force knows.
#[inline]
pub(crate) fn known() -> u32 {
    WATCH.with(|watch| watch.seen.get())
}

#[inline]
pub(crate) fn know(news: u32) {
    WATCH.with(|watch| watch.seen.set(news));
}

#[inline]
pub(crate) fn left() -> u64 {
    WATCH.with(|watch| watch.left.get())
}

#[inline]
pub(crate) fn set_left(left: u64) {
    WATCH.with(|watch| watch.left.set(left));
}
