//! The depth of a protected `async fn`. A thread-local count held across an `.await` is wrong: the task moves on and the count
//! stays. So the future keeps its depth, from where it was made, and each poll runs under it: nothing is shared, and a
//! future that is cancelled has nothing to give back.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::carried::Counts;
use super::{Group, Key, Limit, too_deep};
use crate::Violation;

/// The depth that a future will run at.
#[derive(Debug)]
pub struct Scope {
    key: &'static Key,
    depth: u32,
    others: Counts,
}

impl Scope {
    /// One level below where this is called, and whether that is still admitted. The future itself says so: a call of an
    /// `async fn` returns nothing else.
    #[inline]
    #[track_caller]
    pub fn enter(group: impl Group, max: impl Limit) -> (Self, Result<(), Violation>) {
        let (key, max) = (group.key(), max.limit());
        let (outer, others) = key.with(|group| (group.depth(), Counts::others(group)));
        if outer >= max {
            return (Self { key, depth: outer, others }, Err(too_deep(max)));
        }
        // Cannot overflow: it is below `max`.
        (Self { key, depth: outer.wrapping_add(1), others }, Ok(()))
    }
}

pin_project! {
    /// A protected `async fn`'s body: runs each poll at its own depth.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Scoped<F> {
        scope: Scope,
        #[pin]
        body: F,
    }
}

/// Wraps the body of a protected `async fn`.
#[inline]
pub fn scoped<F: Future>(scope: Scope, body: F) -> Scoped<F> {
    Scoped { scope, body }
}

/// The depth of a future while it is polled.
struct Entered<'a> {
    scope: &'a mut Scope,
    outer: u32,
}

impl<'a> Entered<'a> {
    #[inline]
    fn new(scope: &'a mut Scope) -> Self {
        scope.others.exchange();
        let outer = scope.key.with(|group| group.replace(scope.key, scope.depth));
        Self { scope, outer }
    }
}

impl Drop for Entered<'_> {
    #[inline]
    fn drop(&mut self) {
        self.scope.key.with(|group| group.depth.set(self.outer));
        self.scope.others.exchange();
    }
}

impl<F: Future> Future for Scoped<F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _entered = Entered::new(this.scope);
        this.body.poll(context)
    }
}
