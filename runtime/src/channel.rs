//! A channel that cannot fill the memory, and whose ends do not wait for ever.

use core::fmt;
use core::future::{Future, poll_fn};
use core::panic::Location;
use core::pin::pin;
use core::task::{Poll, Waker};
use core::time::Duration;
use std::error::Error;
use std::time::Instant;

use tokio::sync::mpsc::error::{TryRecvError, TrySendError};
use tokio::sync::{Semaphore, mpsc};

use crate::Violation;
use crate::deadline::alarm::{self, Key};
use crate::gauge::{Alive, Gauge};
use crate::request;
use crate::testing::Clock;
use crate::violation::Cause;

/// All messages that wait in a channel.
static WAITING: Gauge = Gauge::new();

/// How many messages wait in the channels of [`channel`], in the whole process. Needs the feature `tokio`.
#[must_use]
pub fn live_messages() -> usize {
    WAITING.count()
}

/// A channel in which at most `max` messages wait, and at least one can.
///
/// ```
/// use portcullis::{Violation, channel};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Violation> {
/// let (sender, mut receiver) = channel(2);
/// sender.send("one").await?;
/// sender.send("two").await?;
/// // Nobody reads.
/// assert_eq!(Violation::from(sender.send("three").await.unwrap_err()).code(), "busy");
///
/// assert_eq!(receiver.recv().await?, "one");
/// drop(receiver);
/// assert_eq!(Violation::from(sender.send("four").await.unwrap_err()).code(), "channel.closed");
/// # Ok(())
/// # }
/// ```
///
/// | | `send` | `recv` |
/// |---|---|---|
/// | full, or empty | under a [`deadline`](macro@crate::deadline) waits until then, and the code is `deadline`; without one does not wait, and it is `busy` | waits; under a deadline until then |
/// | the other end is gone | `channel.closed` | the messages that wait, and then `channel.closed` |
///
/// The deadline is that of the request in which it is polled: of the function, or of one that it was [carried](crate::carry) or
/// [spawned](crate::spawn) out of. Needs the feature `tokio`.
#[must_use]
pub fn channel<T>(max: usize) -> (Sender<T>, Receiver<T>) {
    // Of none nobody could send; of more tokio panics.
    let (sender, receiver) = mpsc::channel(max.clamp(1, Semaphore::MAX_PERMITS));
    (Sender(sender), Receiver(receiver))
}

/// The end of a [`channel`] to write to.
pub struct Sender<T>(mpsc::Sender<(T, Alive)>);

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Sender<T> {
    /// Sends, and waits for room as long as the deadline of the request allows.
    ///
    /// # Errors
    /// `busy` when the channel is full and the request has no deadline; `deadline` when it was full until then; `channel.closed` when nobody can read any more.
    #[track_caller]
    pub fn send(&self, message: T) -> impl Future<Output = Result<(), SendError<T>>> {
        let place = Location::caller();
        async move {
            let Err(unsent) = self.offer(message, place) else { return Ok(()) };
            if unsent.violation.code() != "busy" || request::current().due.at().is_none() {
                return Err(unsent);
            }
            let SendError { message, .. } = unsent;
            match by_deadline(self.0.reserve()).await {
                Ok(Ok(room)) => {
                    room.send((message, WAITING.one()));
                    Ok(())
                }
                Ok(Err(_)) => Err(SendError { message, violation: closed("reader").at(place) }),
                Err(late) => Err(SendError { message, violation: late_by(late).at(place) }),
            }
        }
    }

    /// Sends if there is room.
    ///
    /// # Errors
    /// `busy` when the channel is full; `channel.closed` when nobody can read any more.
    #[track_caller]
    pub fn try_send(&self, message: T) -> Result<(), SendError<T>> {
        self.offer(message, Location::caller())
    }

    fn offer(&self, message: T, place: &'static Location<'static>) -> Result<(), SendError<T>> {
        self.0.try_send((message, WAITING.one())).map_err(|unsent| match unsent {
            TrySendError::Full((message, _)) => {
                SendError { message, violation: crate::task::busy(self.0.max_capacity()).at(place) }
            }
            TrySendError::Closed((message, _)) => SendError { message, violation: closed("reader").at(place) },
        })
    }

    /// How many messages wait, or have a place that is taken for them.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.0.max_capacity().saturating_sub(self.0.capacity())
    }

    /// How many may wait.
    #[must_use]
    pub fn max(&self) -> usize {
        self.0.max_capacity()
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").field("waiting", &self.waiting()).finish_non_exhaustive()
    }
}

/// The end of a [`channel`] to read from. Dropping it drops the messages that wait.
pub struct Receiver<T>(mpsc::Receiver<(T, Alive)>);

impl<T> Receiver<T> {
    /// Waits for a message, under a deadline of the request until then.
    ///
    /// # Errors
    /// `channel.closed` when there is none and nobody can write any more; `deadline` when none has come until then.
    #[track_caller]
    pub fn recv(&mut self) -> impl Future<Output = Result<T, Violation>> {
        let place = Location::caller();
        async move {
            match by_deadline(self.0.recv()).await {
                Ok(Some((message, _))) => Ok(message),
                Ok(None) => Err(closed("writer").at(place)),
                Err(late) => Err(late_by(late).at(place)),
            }
        }
    }

    /// A message, if there is one.
    ///
    /// # Errors
    /// `channel.closed` when there is none and nobody can write any more.
    #[track_caller]
    pub fn try_recv(&mut self) -> Result<Option<T>, Violation> {
        match self.0.try_recv() {
            Ok((message, _)) => Ok(Some(message)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(closed("writer")),
        }
    }

    /// How many messages wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.0.len()
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").field("waiting", &self.waiting()).finish_non_exhaustive()
    }
}

/// A message that was not sent, and why. It becomes the [`Violation`] by `?`.
pub struct SendError<T> {
    /// What was to be sent.
    pub message: T,
    /// Why it was not.
    pub violation: Violation,
}

impl<T> fmt::Debug for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendError").field("violation", &self.violation).finish_non_exhaustive()
    }
}

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.violation.fmt(f)
    }
}

impl<T> Error for SendError<T> {}

impl<T> From<SendError<T>> for Violation {
    fn from(unsent: SendError<T>) -> Self {
        unsent.violation
    }
}

/// The value of the future, or by how much the deadline of the request has passed without it.
async fn by_deadline<F: Future>(future: F) -> Result<F::Output, Duration> {
    let state = request::current();
    let mut alarm = Alarm { clock: state.clock, at: state.due.at(), set: None };
    let mut future = pin!(future);
    poll_fn(|context| {
        if let Poll::Ready(value) = future.as_mut().poll(context) {
            return Poll::Ready(Ok(value));
        }
        if let Some(late) = alarm.late() {
            return Poll::Ready(Err(late));
        }
        alarm.wake(context.waker());
        Poll::Pending
    })
    .await
}

/// Wakes who waits, at the deadline. Dropping it switches it off.
struct Alarm {
    clock: Option<&'static Clock>,
    at: Option<Instant>,
    set: Option<Key>,
}

impl Alarm {
    /// By how much the point has passed, if it has.
    fn late(&self) -> Option<Duration> {
        alarm::now(self.clock).checked_duration_since(self.at?)
    }

    fn wake(&mut self, waker: &Waker) {
        let Some(at) = self.at else { return };
        let key = *self.set.get_or_insert_with(|| alarm::key(at));
        if !alarm::set(self.clock, key, Some(waker.clone())) {
            self.set = None;
        }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        if let Some(key) = self.set {
            alarm::forget(self.clock, key);
        }
    }
}

#[cold]
#[inline(never)]
fn closed(end: &'static str) -> Violation {
    Violation::new("channel.closed", Cause::Closed { end })
}

#[cold]
#[inline(never)]
fn late_by(late: Duration) -> Violation {
    Violation::new("deadline", Cause::Deadline { late })
}
