//! The depth of a protected `async fn`. A thread-local count held across an `.await` is wrong: the task moves on and the count
//! stays. So the future keeps its depth, from where it was made, and each poll runs under it: nothing is shared, and a
//! future that is cancelled has nothing to give back.

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::carried::Counts;
use super::{Deep, Group, Limit, MARK, UNLISTED, mark, too_deep};
use crate::Violation;

/// The depth that a future will run at. `K` names the group, and takes no place in the future.
pub struct Scope<K> {
    group: K,
    depth: u32,
    others: Counts,
}

/// One level below where this is called. What it returns second is for [`admit`].
#[inline]
pub fn scope<K: Fn() -> G + Copy, G: Group>(group: K) -> (Scope<K>, K) {
    let (depth, others) = Counts::beside(group().key());
    // Cannot overflow: a depth is below `UNLISTED`, which is the largest number.
    (Scope { group, depth: depth.wrapping_add(1), others }, group)
}

/// Whether the future may go as deep as it is, asked when it is first polled: a call of an `async fn` returns nothing else. And
/// whether that is a level to leave a mark at, which a `function` that is given does here.
///
/// # Errors
/// `recursion.depth` when the group is entered more than `max` times.
#[inline]
#[track_caller]
pub fn admit<G: Group>(group: impl Fn() -> G, max: impl Limit, function: &'static str) -> Result<(), Violation> {
    let (depth, max) = (group().key().with(|group| group.levels.get()), max.limit());
    // One comparison for all that is seldom, as in `Depth::admit`.
    if depth > max.min(MARK - 1) { seldom(depth, max, function) } else { Ok(()) }
}

/// The same for a function with a `key`: the level to leave a mark at, if it is one.
///
/// # Errors
/// As [`admit`].
#[inline]
#[track_caller]
pub fn admit_keyed<G: Group>(group: impl Fn() -> G, max: impl Limit) -> Result<Option<Deep>, Violation> {
    let (depth, max) = (group().key().with(|group| group.levels.get()), max.limit());
    if depth > max.min(MARK - 1) { deep(depth, max) } else { Ok(None) }
}

#[cold]
#[inline(never)]
#[track_caller]
fn seldom(depth: u32, max: u32, function: &'static str) -> Result<(), Violation> {
    if let Some(deep) = deep(depth, max)? {
        mark(deep, function);
    }
    Ok(())
}

#[cold]
#[inline(never)]
#[track_caller]
fn deep(depth: u32, max: u32) -> Result<Option<Deep>, Violation> {
    // Polled by hand, without its scope.
    if depth == UNLISTED {
        return Ok(None);
    }
    if depth > max { Err(too_deep(max, true)) } else { Ok(Deep::at(depth, true)) }
}

pin_project! {
    /// A protected `async fn`'s body: runs each poll at its own depth.
    #[must_use = "futures do nothing unless polled"]
    pub struct Scoped<F, K> {
        scope: Scope<K>,
        #[pin]
        body: F,
    }
}

/// Wraps the body of a protected `async fn`.
#[inline]
pub fn scoped<F: Future, K: Fn() -> G, G: Group>(scope: Scope<K>, body: F) -> Scoped<F, K> {
    Scoped { scope, body }
}

/// The depth of a future while it is polled.
struct Entered<'a, G: Group, K: Fn() -> G> {
    scope: &'a mut Scope<K>,
    outer: u32,
}

impl<'a, G: Group, K: Fn() -> G> Entered<'a, G, K> {
    #[inline]
    fn new(scope: &'a mut Scope<K>) -> Self {
        scope.others.exchange();
        let key = (scope.group)().key();
        let outer = key.with(|group| group.replace(key, scope.depth));
        Self { scope, outer }
    }
}

impl<G: Group, K: Fn() -> G> Drop for Entered<'_, G, K> {
    #[inline]
    fn drop(&mut self) {
        (self.scope.group)().key().with(|group| group.levels.set(self.outer));
        self.scope.others.exchange();
    }
}

impl<F: Future, G: Group, K: Fn() -> G> Future for Scoped<F, K> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _entered = Entered::new(this.scope);
        this.body.poll(context)
    }
}

impl<K> fmt::Debug for Scope<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").field("depth", &self.depth).finish_non_exhaustive()
    }
}

impl<F, K> fmt::Debug for Scoped<F, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scoped").field("scope", &self.scope).finish_non_exhaustive()
    }
}
