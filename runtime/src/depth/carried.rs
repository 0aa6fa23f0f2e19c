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

use super::{Key, RecursionGroup};

thread_local! {
    /// The groups whose count left zero on this thread since it was last looked at. A group enters it once and stays, also
    /// when it is left: leaving costs nothing, and whoever looks sorts out.
    static LISTED: RefCell<Vec<&'static Key>> = const { RefCell::new(Vec::new()) };
    /// How many those are. Asked at each protected future, and so without the other's destructor.
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

/// Puts a group that is entered on the thread's list.
#[inline]
pub(super) fn list(group: &RecursionGroup, key: &'static Key) {
    if !group.listed.get() {
        add(group, key);
    }
}

#[cold]
#[inline(never)]
fn add(group: &RecursionGroup, key: &'static Key) {
    // While the thread ends there is no list any more, and nothing is taken along.
    let added = LISTED.try_with(|listed| listed.try_borrow_mut().map(|mut listed| listed.push(key)).is_ok());
    if added == Ok(true) {
        group.listed.set(true);
        COUNT.set(COUNT.get().saturating_add(1));
    }
}

/// Counts and their groups; while they are in force, what they have replaced.
#[derive(Default)]
pub(crate) struct Counts(Option<Box<[(&'static Key, u32)]>>);

impl Counts {
    /// Of all groups that are entered here.
    pub(super) fn all() -> Self {
        if COUNT.get() == 0 { Self(None) } else { Self::but(None) }
    }

    /// Of all but one, which is taken care of by itself.
    #[inline]
    pub(super) fn others(own: &RecursionGroup) -> Self {
        if COUNT.get() <= u32::from(own.listed.get()) { Self(None) } else { Self::but(Some(own)) }
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
                    group.listed.set(depth > 0);
                    if depth > 0 && !own.is_some_and(|own| core::ptr::eq(own, group)) {
                        counts.push((*key, depth));
                    }
                    depth > 0
                })
            });
            COUNT.set(u32::try_from(listed.len()).unwrap_or(u32::MAX));
        });
        Self((!counts.is_empty()).then(|| counts.into_boxed_slice()))
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

#[inline(never)]
fn exchange(counts: &mut [(&'static Key, u32)]) {
    for (key, depth) in counts {
        *depth = key.with(|group| group.replace(key, *depth));
    }
}

impl fmt::Debug for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().flatten().map(|(_, depth)| depth)).finish()
    }
}

pin_project! {
    /// What [`carry`] returns: runs each poll under the counts of where it was made.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Carry<F> {
        counts: Counts,
        #[pin]
        future: F,
    }
}

impl<F: Future> Future for Carry<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let future = this.future;
        this.counts.hold(|| future.poll(context))
    }
}

/// Takes the depths of all [`bounded_recursion`](crate::bounded_recursion)s that are entered here along into a future that
/// will be polled elsewhere.
///
/// A protected `async fn` does that by itself: `tokio::spawn(collect(id))` inside `collect` counts on. A plain block does
/// not, and a function that spawns itself from one would never reach its bound:
///
/// ```
/// use portcullis::{Violation, bounded_recursion, carry};
///
/// #[bounded_recursion(max = 20, or(return))]
/// fn fan_out(left: u32) {
///     let block = carry(async move { fan_out(left + 1) });
///     std::thread::spawn(move || futures_util::FutureExt::now_or_never(block)).join().unwrap();
/// }
///
/// fan_out(0);
/// ```
///
/// Costs nothing but the wrapper when nothing is entered; else one allocation, and at each poll one exchange for each
/// group that is entered. Needs the feature `std`.
pub fn carry<F: Future>(future: F) -> Carry<F> {
    Carry { counts: Counts::all(), future }
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
    let mut counts = Counts::all();
    move || counts.hold(call)
}
