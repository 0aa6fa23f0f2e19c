//! Timers that do not outlive their request.

use core::fmt;
use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;
use core::time::Duration;
use std::error::Error;
use std::time::Instant;

use crate::Violation;
use crate::gauge::{Alive, Gauge};
use crate::request::life::Life;
use crate::request::ties;

/// All intervals and sleeps that are alive.
static LIVE: Gauge = Gauge::new();

/// How many [`Interval`]s, and [`sleep`]s that somebody waits for, are alive in the whole process. Needs the feature `tokio`.
#[must_use]
pub fn live_timers() -> usize {
    LIVE.count()
}

/// The request to which a timer belonged is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestOver;

impl fmt::Display for RequestOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request is over")
    }
}

impl Error for RequestOver {}

/// `tokio::time::interval` that ends with the request in which it is made, also where a task has taken it along.
///
/// ```
/// use std::time::Duration;
///
/// use portcullis::{Violation, bounded_concurrency, interval};
///
/// #[bounded_concurrency(max = 64)]
/// async fn watch() -> Result<(), Violation> {
///     let mut interval = interval(Duration::from_millis(1))?;
///     portcullis::spawn(async move {
///         while interval.tick().await.is_ok() {
///             // As long as the request lasts.
///         }
///     });
///     Ok(())
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// watch().await.unwrap();
/// while portcullis::live_timers() > 0 {
///     tokio::task::yield_now().await;
/// }
/// # }
/// ```
///
/// A request begins with the first protected function that has a limit of a whole request: [`bounded_concurrency`](crate::bounded_concurrency),
/// [`deadline`](macro@crate::deadline), [`bounded_steps`](crate::bounded_steps), [`shed_load`](crate::shed_load). It is over when that function is left, also by a panic, or by a
/// deadline that drops it. An interval that is made outside of a request lives until it is dropped. [`live_timers`] counts it as long as it lives.
/// Needs the feature `tokio`.
///
/// # Errors
/// `input.range` for a period of zero, at which tokio panics.
///
/// # Panics
/// Outside of a tokio runtime with a clock, as `tokio::time::interval`.
#[track_caller]
pub fn interval(period: Duration) -> Result<Interval, Violation> {
    if period.is_zero() {
        return Err(Violation::field("period", "range", "must be more than 0").here());
    }
    Ok(Interval { inner: tokio::time::interval(period), life: ties::life(), _alive: LIVE.one() })
}

/// What [`interval`] makes.
#[derive(Debug)]
pub struct Interval {
    inner: tokio::time::Interval,
    life: Option<Life>,
    _alive: Alive,
}

impl Interval {
    /// Waits for the next tick; the first is at once.
    ///
    /// # Errors
    /// When the request is over, from then on.
    pub async fn tick(&mut self) -> Result<Instant, RequestOver> {
        let inner = &mut self.inner;
        within(self.life, poll_fn(|context| inner.poll_tick(context))).await.map(tokio::time::Instant::into_std)
    }
}

/// `tokio::time::sleep` that ends with the request in which it is called, as an [`interval`] does. Needs the feature `tokio`.
///
/// # Errors
/// When the request is over.
///
/// # Panics
/// Outside of a tokio runtime with a clock, as `tokio::time::sleep`.
pub async fn sleep(duration: Duration) -> Result<(), RequestOver> {
    let _alive = LIVE.one();
    within(ties::life(), tokio::time::sleep(duration)).await
}

/// What the future waits for, unless its request is over before.
async fn within<F: Future>(life: Option<Life>, future: F) -> Result<F::Output, RequestOver> {
    let Some(life) = life else { return Ok(future.await) };
    let (mut over, mut future) = (pin!(life.over()), pin!(future));
    poll_fn(|context| match over.as_mut().poll(context) {
        Poll::Ready(()) => Poll::Ready(Err(RequestOver)),
        Poll::Pending => future.as_mut().poll(context).map(Ok),
    })
    .await
}
