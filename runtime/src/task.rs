//! Tasks that belong to the request which spawned them, and are counted.

use core::future::Future;

use tokio::task::JoinHandle;

use crate::gauge::{Alive, Gauge};
use crate::violation::Cause;
use crate::{Violation, carry, carry_call};

/// All that were spawned here and are not over.
static LIVE: Gauge = Gauge::new();

/// `tokio::spawn`, with the depths of all [`bounded_recursion`](crate::bounded_recursion)s that are entered here, and the limits of the
/// request, taken [along](carry): what spawns itself without end comes to its bound.
///
/// ```
/// use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
/// use std::sync::Arc;
///
/// use portcullis::bounded_recursion;
///
/// #[bounded_recursion(max = 20, or(return))]
/// fn fan_out(calls: Arc<AtomicU32>) {
///     calls.fetch_add(1, Relaxed);
///     portcullis::spawn(async move { fan_out(calls) });
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let calls = Arc::new(AtomicU32::new(0));
/// fan_out(calls.clone());
/// while portcullis::live_tasks() > 0 {
///     tokio::task::yield_now().await;
/// }
/// assert_eq!(calls.load(Relaxed), 20);
/// # }
/// ```
///
/// It is counted in [`live_tasks`] until it is over, or aborted. How many there may be, [`Tasks`] bounds. Needs the feature `tokio`.
///
/// # Panics
/// Outside of a tokio runtime, as `tokio::spawn`.
#[track_caller]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    spawn_as(LIVE.one(), future)
}

/// How many tasks are alive that [`spawn`] and [`Tasks`] have spawned, in the whole process. Needs the feature `tokio`.
#[must_use]
pub fn live_tasks() -> usize {
    LIVE.count()
}

#[track_caller]
fn spawn_as<A, F>(alive: A, future: F) -> JoinHandle<F::Output>
where
    A: Send + 'static,
    F: Future<Output: Send + 'static> + Send + 'static,
{
    let future = carry(future);
    tokio::spawn(async move {
        let _alive = alive;
        future.await
    })
}

/// A bound on how many tasks there are at once: a static, for those of one kind.
///
/// ```
/// use portcullis::{Tasks, Violation};
///
/// static MAILS: Tasks = Tasks::new(100);
///
/// async fn send(_to: u32) {}
///
/// fn welcome(player: u32) -> Result<(), Violation> {
///     MAILS.spawn(send(player))?;
///     Ok(())
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// for player in 0..100 {
///     welcome(player).unwrap();
/// }
/// assert_eq!(welcome(100).unwrap_err().code(), "busy");
/// while MAILS.live() > 0 {
///     tokio::task::yield_now().await;
/// }
/// assert!(welcome(100).is_ok());
/// # }
/// ```
///
/// It refuses, and never waits: tasks that wait for their turn would be what fills the memory. A task counts from here until it is
/// over, has panicked, or is dropped by an `abort` or with its runtime. One compare-and-swap. Needs the feature `tokio`.
///
/// **What it cannot see**: tasks that are spawned by `tokio::spawn`, also by other crates, and what a task does not give back while it waits: a
/// [`deadline`](macro@crate::deadline) on the function that it runs ends that.
#[derive(Debug)]
pub struct Tasks {
    live: Gauge,
    max: usize,
}

impl Tasks {
    /// No more than `max` at once.
    #[must_use]
    pub const fn new(max: usize) -> Self {
        Self { live: Gauge::new(), max }
    }

    /// As [`spawn`].
    ///
    /// # Errors
    /// `busy` when there are `max` of them. The future is dropped.
    ///
    /// # Panics
    /// Outside of a tokio runtime, as `tokio::spawn`.
    #[track_caller]
    pub fn spawn<F>(&'static self, future: F) -> Result<JoinHandle<F::Output>, Violation>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        Ok(spawn_as(self.one()?, future))
    }

    /// `tokio::task::spawn_blocking`, of which the queue has no bound either, with the limits of the request taken
    /// [along](carry_call).
    ///
    /// # Errors
    /// `busy` when there are `max` of them. The closure is dropped.
    ///
    /// # Panics
    /// Outside of a tokio runtime, as `tokio::task::spawn_blocking`.
    #[track_caller]
    pub fn spawn_blocking<R: Send + 'static>(
        &'static self,
        call: impl FnOnce() -> R + Send + 'static,
    ) -> Result<JoinHandle<R>, Violation> {
        let alive = self.one()?;
        let call = carry_call(call);
        Ok(tokio::task::spawn_blocking(move || {
            let _alive = alive;
            call()
        }))
    }

    /// How many there are.
    #[must_use]
    pub fn live(&self) -> usize {
        self.live.count()
    }

    /// How many there may be.
    #[must_use]
    pub const fn max(&self) -> usize {
        self.max
    }

    #[track_caller]
    fn one(&'static self) -> Result<(Alive, Alive), Violation> {
        match self.live.one_of(self.max) {
            Some(alive) => Ok((alive, LIVE.one())),
            None => Err(busy(self.max)),
        }
    }
}

/// All of something are taken.
#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn busy(max: usize) -> Violation {
    Violation::new("busy", Cause::Busy { max })
}
