//! All counts of a thread that are not zero, so that they can be taken along to where the thread's own are not: into a
//! task, another thread, a pool.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::thread_local;

use pin_project_lite::pin_project;

use crate::request::Carried;

use super::{Key, RecursionGroup, UNLISTED};

thread_local! {
    /// The groups whose count left zero on this thread since it was last looked at. A group enters it once and stays, also
    /// when it is left: leaving costs nothing, and whoever looks sorts out.
    static LISTED: RefCell<Vec<&'static Key>> = const { RefCell::new(Vec::new()) };
    /// How many those are. Asked where a future or a call is carried, and so without the other's destructor.
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

/// Puts a group that is entered for the first time on the thread's list.
#[cold]
#[inline(never)]
pub(super) fn list(key: &'static Key) {
    // While the thread ends there is no list any more, and nothing is taken along.
    let _ = LISTED.try_with(|listed| {
        if let Ok(mut listed) = listed.try_borrow_mut() {
            if let [alone] = &**listed {
                alone.with(|group| group.is_alone.set(false));
            }
            key.with(|group| group.is_alone.set(listed.is_empty()));
            listed.push(key);
            COUNT.set(COUNT.get().saturating_add(1));
        }
    });
}

/// Counts and their groups; while they are in force, what they have replaced.
#[derive(Default)]
pub(crate) struct Counts(
    // One word in each protected future.
    #[allow(clippy::box_collection, reason = "a boxed slice is two words wide")] Option<Box<Vec<(&'static Key, u32)>>>,
);

impl Counts {
    /// Of all groups that are entered here.
    pub(super) fn all() -> Self {
        if COUNT.get() == 0 { Self(None) } else { Self::but(None) }
    }

    /// The depth of one group, and the counts of all others.
    #[inline]
    pub(super) fn beside(own: &'static Key) -> (u32, Self) {
        let (depth, is_alone) = own.with(|own| (own.levels.get(), own.is_alone.get()));
        // As a function that only calls itself is.
        if is_alone { (depth, Self(None)) } else { Self::beside_others(own) }
    }

    #[cold]
    #[inline(never)]
    fn beside_others(own: &'static Key) -> (u32, Self) {
        own.with(|own| (own.depth(), if COUNT.get() == 0 { Self(None) } else { Self::but(Some(own)) }))
    }

    #[cold]
    #[inline(never)]
    fn but(own: Option<&RecursionGroup>) -> Self {
        let mut counts = Vec::new();
        let _ = LISTED.try_with(|listed| {
            let Ok(mut listed) = listed.try_borrow_mut() else { return };
            listed.retain(|key| {
                key.with(|group| {
                    let depth = group.depth();
                    if depth == 0 {
                        group.levels.set(UNLISTED);
                        group.is_alone.set(false);
                    } else if !own.is_some_and(|own| core::ptr::eq(own, group)) {
                        counts.push((*key, depth));
                    }
                    depth > 0
                })
            });
            COUNT.set(u32::try_from(listed.len()).unwrap_or(u32::MAX));
            if let [alone] = &**listed {
                alone.with(|group| group.is_alone.set(true));
            }
        });
        Self((!counts.is_empty()).then(|| Box::new(counts)))
    }

    /// Puts the counts in force, or back what they have replaced.
    #[inline]
    pub(super) fn exchange(&mut self) {
        if let Some(counts) = &mut self.0 {
            exchange(counts);
        }
    }

    /// Runs `body` under the counts.
    #[inline]
    pub(super) fn hold<R>(&mut self, body: impl FnOnce() -> R) -> R {
        struct Held<'a>(&'a mut Counts);
        impl Drop for Held<'_> {
            fn drop(&mut self) {
                self.0.exchange();
            }
        }
        self.exchange();
        let _held = Held(self);
        body()
    }
}

impl Drop for Counts {
    /// Hardly ever anything, and small enough to be seen: what else drops a future stays small too.
    #[inline]
    fn drop(&mut self) {
        if self.0.is_some() {
            gone(self);
        }
    }
}

#[cold]
#[inline(never)]
fn gone(counts: &mut Counts) {
    counts.0 = None;
}

#[cold]
#[inline(never)]
fn exchange(counts: &mut [(&'static Key, u32)]) {
    for (key, depth) in counts {
        *depth = key.with(|group| group.replace(key, *depth));
    }
}

impl fmt::Debug for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().flat_map(|counts| counts.iter()).map(|(_, depth)| depth)).finish()
    }
}

pin_project! {
    /// What [`carry`] returns: runs each poll under the counts of where it was made.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Carry<F> {
        counts: Counts,
        request: Carried,
        #[pin]
        future: F,
    }
}

impl<F: Future> Future for Carry<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let future = this.future;
        let request = this.request;
        this.counts.hold(|| request.hold(|| future.poll(context)))
    }
}

/// Takes the depths of all [`bounded_recursion`](crate::bounded_recursion)s that are entered here along into a future that
/// will be polled elsewhere.
///
/// A protected `async fn` does that by itself: `tokio::spawn(collect(id))` inside `collect` counts on. A plain block does
/// not, and a function that spawns itself from one would never reach its bound:
///
/// ```
/// use std::task::{Context, Poll, Waker};
///
/// use portcullis::{Violation, bounded_recursion, carry};
///
/// #[bounded_recursion(max = 20)]
/// fn elsewhere(level: u32) -> Result<u32, Violation> {
///     let mut block = Box::pin(carry(async move { elsewhere(level + 1) }));
///     let polled = std::thread::spawn(move || block.as_mut().poll(&mut Context::from_waker(Waker::noop())));
///     match polled.join().expect("no panic") {
///         Poll::Ready(deeper) => deeper,
///         Poll::Pending => unreachable!("nothing in it waits"),
///     }
/// }
///
/// assert_eq!(elsewhere(0).unwrap_err().code(), "recursion.depth");
/// ```
///
/// Costs nothing but the wrapper when nothing is entered; else one allocation, and at each poll one exchange for each
/// group that is entered. Needs the feature `std`.
pub fn carry<F: Future>(future: F) -> Carry<F> {
    Carry { counts: Counts::all(), request: Carried::current(), future }
}

/// As [`carry`], for a closure that another thread or a pool will call: `std::thread::spawn`, `spawn_blocking`, rayon.
///
/// ```
/// use portcullis::{Violation, bounded_recursion, carry_call};
///
/// #[bounded_recursion(max = 20)]
/// fn deeper(level: u32) -> Result<u32, Violation> {
///     std::thread::spawn(carry_call(move || deeper(level + 1))).join().expect("no panic")
/// }
///
/// assert_eq!(deeper(0).unwrap_err().code(), "recursion.depth");
/// ```
pub fn carry_call<R>(call: impl FnOnce() -> R) -> impl FnOnce() -> R {
    let (mut counts, mut request) = (Counts::all(), Carried::current());
    move || counts.hold(|| request.hold(call))
}
