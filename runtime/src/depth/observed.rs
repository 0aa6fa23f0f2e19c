//! The depth of functions that only observe: a count of their own beside that of the group, which no function that refuses looks
//! at. They look at both.

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::limit::Limit;
use super::{Deep, Group, Key, RecursionGroup, too_deep};
use crate::Violation;

/// The limit was passed in this descent, and that has been told: of a descent it is told once.
const TOLD: u32 = 1 << 31;

/// One entry.
#[derive(Debug)]
#[must_use]
pub struct Descent {
    key: &'static Key,
    outer: u32,
    level: u32,
}

impl Descent {
    /// Goes one level down. The violation, where that passes the limit.
    #[inline]
    #[track_caller]
    pub fn enter(group: impl Group, max: impl Limit) -> (Self, Option<Violation>) {
        let key = group.key();
        let (outer, counted, enforced) =
            key.with(|group| (group.observed.get(), group.observed.get() & !TOLD, group.depth()));
        key.with(|group| group.observed.set(outer.wrapping_add(1)));
        let level = enforced.saturating_add(counted).saturating_add(1);
        (Self { key, outer: counted, level }, tell_once(key, level, max.limit(), false))
    }

    /// Whether this level is one to leave a mark at.
    #[inline]
    #[must_use]
    pub fn deep(&self) -> Option<Deep> {
        Deep::at(self.level, false)
    }
}

impl Drop for Descent {
    #[inline]
    fn drop(&mut self) {
        self.key.with(|group| group.observed.set(restored(group, self.outer)));
    }
}

/// The count as it was before, which the descent ends with where that is nothing.
#[inline]
fn restored(group: &RecursionGroup, outer: u32) -> u32 {
    if outer == 0 { 0 } else { outer | group.observed.get() & TOLD }
}

#[inline]
#[track_caller]
fn tell_once(key: &'static Key, level: u32, max: u32, future: bool) -> Option<Violation> {
    if level <= max || key.with(|group| group.observed.get() & TOLD != 0) {
        return None;
    }
    key.with(|group| group.observed.set(group.observed.get() | TOLD));
    Some(too_deep(max, future))
}

/// The depth that a future will be at. `K` names the group.
pub struct ObservedScope<K> {
    group: K,
    count: u32,
}

/// One level below where this is called.
#[inline]
pub fn observed_scope<K: Fn() -> G + Copy, G: Group>(group: K) -> (ObservedScope<K>, K) {
    let count = group().key().with(|group| group.observed.get()).wrapping_add(1);
    (ObservedScope { group, count }, group)
}

/// What its first poll finds.
#[inline]
#[track_caller]
pub fn observed_admit<G: Group>(group: impl Fn() -> G, max: impl Limit) -> (Option<Deep>, Option<Violation>) {
    let key = group().key();
    let level = key.with(|group| group.depth().saturating_add(group.observed.get() & !TOLD));
    // Polled by hand, without its scope.
    let deep = if level == 0 { None } else { Deep::at(level, true) };
    (deep, tell_once(key, level, max.limit(), true))
}

pin_project! {
    /// An observed `async fn`'s body: runs each poll at its own depth.
    #[must_use = "futures do nothing unless polled"]
    pub struct ObservedScoped<F, K> {
        scope: ObservedScope<K>,
        #[pin]
        body: F,
    }
}

/// Wraps the body of an observed `async fn`.
#[inline]
pub fn observed_scoped<F: Future, K: Fn() -> G, G: Group>(scope: ObservedScope<K>, body: F) -> ObservedScoped<F, K> {
    ObservedScoped { scope, body }
}

/// The depth of a future while it is polled.
struct Entered<'a> {
    key: &'static Key,
    count: &'a mut u32,
    outer: u32,
}

impl<'a> Entered<'a> {
    #[inline]
    fn new(key: &'static Key, count: &'a mut u32) -> Self {
        let outer = key.with(|group| {
            let outer = group.observed.get();
            // What was told of the descent that it is polled in has been told of it.
            group.observed.set(*count | outer & TOLD);
            outer
        });
        Self { key, count, outer }
    }
}

impl Drop for Entered<'_> {
    #[inline]
    fn drop(&mut self) {
        self.key.with(|group| {
            *self.count |= group.observed.get() & TOLD;
            group.observed.set(restored(group, self.outer & !TOLD));
        });
    }
}

impl<F: Future, G: Group, K: Fn() -> G> Future for ObservedScoped<F, K> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let ObservedScope { group, count } = this.scope;
        let _entered = Entered::new(group().key(), count);
        this.body.poll(context)
    }
}

impl<K> fmt::Debug for ObservedScope<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObservedScope").field("count", &self.count).finish_non_exhaustive()
    }
}

impl<F, K> fmt::Debug for ObservedScoped<F, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObservedScoped").field("scope", &self.scope).finish_non_exhaustive()
    }
}
