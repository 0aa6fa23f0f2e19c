//! `deadline`: when a request has to be over. The point is a part of the request's state; the nearest of those that are nested is in force.
//!
//! Sync code asks at its checkpoints. It reads no clock there: an [`alarm`] brings it news when the point has come. A future is
//! woken by the same alarm, and dropped ([`Until`]).

pub(crate) mod alarm;

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::time::Instant;

use pin_project_lite::pin_project;

use self::alarm::Key;
use crate::Violation;
use crate::checkpoint::{look_again, news};
use crate::request::{InRequest, State, current, set_current};
use crate::testing::Clock;
use crate::violation::Cause;

/// What a request's state says of its deadline.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Due {
    at: Option<Instant>,
    /// The alarm that brings news of it. Whoever holds the state switches it off.
    watch: Option<Key>,
    /// The clock was read at a checkpoint. The next one sets the alarm: many functions have only the one at their entry.
    looked: bool,
    /// The news at which the clock was read last.
    news: u32,
}

impl Due {
    pub(crate) const NONE: Self = Self { at: None, watch: None, looked: false, news: 0 };

    #[cfg(feature = "tokio")]
    pub(crate) fn at(self) -> Option<Instant> {
        self.at
    }

    /// For another holder of the state, who has an alarm of his own.
    pub(crate) fn copied(self) -> Self {
        Self { watch: None, ..self }
    }

    /// Has the alarm wake whoever waits.
    fn wake(&mut self, clock: Option<&'static Clock>, waker: &Waker) {
        let Some(at) = self.at else { return };
        let key = *self.watch.get_or_insert_with(|| alarm::key(at));
        if !alarm::set(clock, key, Some(waker.clone())) {
            self.watch = None;
        }
    }

    /// The nearer of the two.
    fn or(self, at: Option<Instant>) -> Self {
        match (self.at, at) {
            (Some(nearer), Some(at)) if nearer <= at => self,
            (_, None) => self,
            (_, at) => Self { at, ..Self::NONE },
        }
    }

    pub(crate) fn forget(&self, state: &State) {
        if let Some(key) = self.watch {
            alarm::forget(state.clock, key);
        }
    }
}

/// At a checkpoint: whether the point has come.
#[track_caller]
pub(crate) fn look(news: u32) -> Result<(), Violation> {
    let mut state = current();
    let Some(at) = state.due.at else { return Ok(()) };
    if state.due.watch.is_some() && state.due.news == news {
        return Ok(());
    }
    // Before the clock is read, so that the point does not pass between the two.
    if state.due.watch.is_none() && state.due.looked {
        state.due.watch = alarm::watch(state.clock, at);
    }
    let late = alarm::now(state.clock).checked_duration_since(at);
    state.due.looked = true;
    if late.is_none() {
        state.due.news = news;
    }
    set_current(state);
    // No closure, which the place would be that of.
    match late {
        Some(by) => Err(Late { by }.violation()),
        None => Ok(()),
    }
}

/// Whether the checkpoints have to look by themselves, as no alarm will bring news.
pub(crate) fn is_unwatched() -> bool {
    let due = current().due;
    due.at.is_some() && due.watch.is_none()
}

/// How long the request that is worked on here may still take: until the nearest [`deadline`](macro@crate::deadline) around. None where
/// there is none.
///
/// ```
/// use std::time::Duration;
///
/// use portcullis::{Violation, deadline, time_left};
///
/// #[deadline("2s")]
/// fn ask(shards: &[&str]) -> Result<usize, Violation> {
///     let mut asked = 0;
///     for _shard in shards {
///         // For a client that takes a timeout.
///         let left = time_left().unwrap_or(Duration::MAX);
///         assert!(left <= Duration::from_secs(2));
///         asked += 1;
///     }
///     Ok(asked)
/// }
///
/// assert_eq!(ask(&["one", "two"]).unwrap(), 2);
/// assert_eq!(time_left(), None);
/// ```
///
/// Needs the feature `std`.
#[must_use]
pub fn time_left() -> Option<Duration> {
    let state = current();
    state.due.at.map(|at| at.saturating_duration_since(alarm::now(state.clock)))
}

/// What can stand in `deadline(..)`.
#[diagnostic::on_unimplemented(
    message = "[PC0006] `deadline` takes a text such as \"2s\" or a `Duration`, and this is `{Self}`",
    label = "not a `Duration`",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0006/"
)]
pub trait Timeout {
    #[doc(hidden)]
    fn timeout(self) -> Duration;
}

impl Timeout for Duration {
    #[inline]
    fn timeout(self) -> Duration {
        self
    }
}

/// The deadline of a function that runs on this thread; dropping it puts back the one around it.
#[derive(Debug)]
#[must_use]
pub struct Deadline {
    outer: Due,
}

impl Deadline {
    /// From here on.
    #[inline]
    pub fn enter(timeout: impl Timeout) -> Self {
        Self::of(timeout.timeout())
    }

    fn of(timeout: Duration) -> Self {
        let mut state = current();
        let outer = state.due;
        // Further than time goes is no deadline.
        state.due = outer.or(alarm::now(state.clock).checked_add(timeout));
        set_current(state);
        look_again();
        Self { outer }
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        let mut state = current();
        if state.due.at != self.outer.at {
            state.due.forget(&state);
            state.due = self.outer;
            set_current(state);
            // What the inner one has seen of the news, the outer one has not.
            look_again();
        }
    }
}

/// By how much a future missed its deadline.
#[derive(Debug)]
pub struct Late {
    by: Duration,
}

impl Late {
    /// The refusal.
    #[cold]
    #[must_use]
    #[track_caller]
    pub fn violation(self) -> Violation {
        Violation::new("deadline", Cause::Deadline { late: self.by })
    }
}

pin_project! {
    /// The body of a protected `async fn`, which is dropped at its deadline.
    #[must_use = "futures do nothing unless polled"]
    pub struct Until<F> {
        timeout: Duration,
        // Whom the alarm wakes.
        waker: Option<Waker>,
        // The news at which the clock was read last; none before the first poll.
        news: Option<u32>,
        // Empty at the deadline.
        #[pin]
        request: Option<InRequest<F>>,
    }
}

/// Ends the future when its time is over, counted from its first poll.
#[inline]
pub fn until<F: Future>(timeout: impl Timeout, request: InRequest<F>) -> Until<F> {
    Until { timeout: timeout.timeout(), waker: None, news: None, request: Some(request) }
}

impl<F: Future> Future for Until<F> {
    type Output = Result<F::Output, Late>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let Some(mut request) = this.request.as_mut().as_pin_mut() else { panic!("polled after it was done") };
        let news = news();
        if *this.news != Some(news) {
            let state = request.as_mut().join();
            let now = alarm::now(state.clock);
            if this.news.is_none() {
                // Further than time goes is no deadline.
                state.due = state.due.or(now.checked_add(*this.timeout));
            }
            if let Some(by) = state.due.at.and_then(|at| now.checked_duration_since(at)) {
                this.request.set(None);
                return Poll::Ready(Err(Late { by }));
            }
            *this.news = Some(news);
        }
        match request.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Ok(value)),
            Poll::Pending => {
                let waker = context.waker();
                if !this.waker.as_ref().is_some_and(|before| before.will_wake(waker)) {
                    let state = request.join();
                    state.due.wake(state.clock, waker);
                    *this.waker = Some(waker.clone());
                }
                Poll::Pending
            }
        }
    }
}

impl<F> fmt::Debug for Until<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Until").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}
