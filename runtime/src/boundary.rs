//! `catch_panic`: where a panic stops and becomes a violation.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use core::any::Any;
use core::cell::Cell;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread_local;

use pin_project_lite::pin_project;

use crate::Violation;
use crate::violation::{Cause, Kind};

thread_local! {
    /// How many boundaries the calls on this thread are inside of.
    static AROUND: Cell<u32> = const { Cell::new(0) };
}

/// One boundary, for as long as its body runs.
struct Around(u32);

impl Around {
    fn enter() -> Self {
        let outer = AROUND.get();
        AROUND.set(outer.wrapping_add(1));
        Self(outer)
    }
}

impl Drop for Around {
    fn drop(&mut self) {
        AROUND.set(self.0);
    }
}

/// Whether there is a boundary to unwind to: a closure may outlive the function that it was written in, or run on another
/// thread.
pub(crate) fn is_around() -> bool {
    AROUND.get() > 0
}

/// Runs the body of a protected function.
///
/// # Errors
/// `panic` when the body panics; the violation itself when a closure of the body unwound with one.
#[inline]
pub fn catch<R>(body: impl FnOnce() -> R) -> Result<R, Violation> {
    // Unwind safety is asserted: what the body shares with its caller may be left half changed by the panic, as by any
    // early return. The docs of `catch_panic` say so.
    let around = Around::enter();
    let ended = catch_unwind(AssertUnwindSafe(body));
    drop(around);
    match ended {
        Ok(value) => Ok(value),
        Err(payload) => Err(caught(payload)),
    }
}

#[cold]
#[inline(never)]
fn caught(payload: Box<dyn Any + Send>) -> Violation {
    let payload = match payload.downcast::<Violation>() {
        Ok(violation) => return *violation,
        Err(payload) => payload,
    };
    let message = match payload.downcast_ref::<&str>() {
        Some(text) => (*text).to_owned(),
        None => payload.downcast_ref::<String>().cloned().unwrap_or_else(|| "a panic with no text".to_owned()),
    };
    // A payload's destructor is foreign code, and may panic in turn (`tests/behaviour/catch_panic.rs`).
    if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        core::mem::forget(second);
    }
    // No place in the source: the panic hook has just printed where it was.
    Violation::without_place(Kind::Panic, "panic", Cause::Panic { message })
}

pin_project! {
    /// The body of a protected `async fn`: catches on each poll.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Catch<F> {
        // Empty after a panic: such a future is never polled again, and it was dropped inside the catch.
        #[pin]
        body: Option<F>,
    }
}

/// Wraps the body of a protected `async fn`. The body is held once, not moved again: the future grows by no more than
/// the flag.
#[inline]
pub fn catch_future<F: Future>(body: F) -> Catch<F> {
    Catch { body: Some(body) }
}

impl<F: Future> Future for Catch<F> {
    type Output = Result<F::Output, Violation>;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let polled = match this.body.as_mut().as_pin_mut() {
            Some(body) => catch(|| body.poll(context)),
            None => panic!("polled after it was done"),
        };
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
            Err(violation) => {
                if let Err(second) = catch_unwind(AssertUnwindSafe(|| this.body.set(None))) {
                    core::mem::forget(second);
                }
                Poll::Ready(Err(violation))
            }
        }
    }
}
