//! Where a body is left by unwinding: `catch_panic`, which makes a violation of a panic, and the boundary of a function whose
//! closures have checks in them, which only catches violations.
//!
//! A violation unwinds out of every closure, also one that is given to an adaptor of `std`, and a `std` lock that is held on
//! the way is poisoned (`tests/behaviour/early_return/locks.rs`). It cannot be carried out as a value there: `map` is a method of
//! iterators, of `Option` and of the user's own types, each wants a closure of another type, and the macro sees only its name;
//! a closure that went on with a made-up value would have the rest of the iteration run, which may have no end.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use core::any::Any;
use core::cell::Cell;
use core::future::Future;
use core::marker::PhantomData;
use core::mem::forget;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread_local;

use pin_project_lite::pin_project;

use crate::Violation;
use crate::violation::Cause;

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

/// Runs the body of a function whose closures have checks in them. A panic passes through.
///
/// # Errors
/// The violation that a closure of the body unwound with.
#[inline]
pub fn catch_violation<R>(body: impl FnOnce() -> R) -> Result<R, Violation> {
    let around = Around::enter();
    // Unwind safety is asserted, as in `catch`.
    let ended = catch_unwind(AssertUnwindSafe(body));
    drop(around);
    match ended {
        Ok(value) => Ok(value),
        Err(payload) => Err(violation_in(payload)),
    }
}

#[cold]
#[inline(never)]
fn violation_in(payload: Box<dyn Any + Send>) -> Violation {
    match payload.downcast::<Violation>() {
        Ok(violation) => *violation,
        Err(panic) => resume_unwind(panic),
    }
}

#[cold]
#[inline(never)]
pub(crate) fn caught(payload: Box<dyn Any + Send>) -> Violation {
    let payload = match payload.downcast::<Violation>() {
        Ok(violation) => return *violation,
        Err(payload) => payload,
    };
    let message = match payload.downcast_ref::<&str>() {
        Some(text) => (*text).to_owned(),
        None => payload.downcast_ref::<String>().cloned().unwrap_or_else(|| "a panic with no text".to_owned()),
    };
    drop_payload(payload);
    // No place in the source: the panic hook has just printed where it was.
    Violation::without_place("panic", Cause::Panic { message })
}

/// A payload's destructor is foreign code, and may panic in turn (`tests/behaviour/catch_panic.rs`).
pub(crate) fn drop_payload(payload: Box<dyn Any + Send>) {
    if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        forget(second);
    }
}

/// How a boundary runs one poll.
pub trait Catches {
    /// `catch` or `catch_violation`.
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc, reason = "as the function")]
    fn run<R>(body: impl FnOnce() -> R) -> Result<R, Violation>;
}

/// Panics and violations.
#[derive(Debug)]
pub struct Panics;
/// Violations alone.
#[derive(Debug)]
pub struct Violations;

impl Catches for Panics {
    #[inline]
    fn run<R>(body: impl FnOnce() -> R) -> Result<R, Violation> {
        catch(body)
    }
}

impl Catches for Violations {
    #[inline]
    fn run<R>(body: impl FnOnce() -> R) -> Result<R, Violation> {
        catch_violation(body)
    }
}

pin_project! {
    /// The body of a protected `async fn`: catches on each poll.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Catch<F, C> {
        // Empty after a panic: such a future is never polled again, and it was dropped inside the catch.
        #[pin]
        body: Option<F>,
        catches: PhantomData<fn() -> C>,
    }
}

/// Wraps the body of a protected `async fn`. The body is held once, not moved again: the future grows by no more than
/// the flag.
#[inline]
pub fn catch_future<F: Future>(body: F) -> Catch<F, Panics> {
    Catch { body: Some(body), catches: PhantomData }
}

/// Wraps the body of an `async fn` whose closures or async blocks have checks in them.
#[inline]
pub fn catch_violation_future<F: Future>(body: F) -> Catch<F, Violations> {
    Catch { body: Some(body), catches: PhantomData }
}

impl<F: Future, C: Catches> Future for Catch<F, C> {
    type Output = Result<F::Output, Violation>;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let polled = match this.body.as_mut().as_pin_mut() {
            Some(body) => C::run(|| body.poll(context)),
            None => panic!("polled after it was done"),
        };
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
            Err(violation) => {
                if let Err(second) = catch_unwind(AssertUnwindSafe(|| this.body.set(None))) {
                    forget(second);
                }
                Poll::Ready(Err(violation))
            }
        }
    }
}
