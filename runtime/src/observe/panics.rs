//! Panics, told by the innermost function that they leave. No closure is around the body and nothing is caught: a panic unwinds
//! past a guard, as past any other local.

use alloc::string::String;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::thread::panicking;

use pin_project_lite::pin_project;

use super::{FORESEEN, foresee, observed};
use crate::Violation;
use crate::violation::Cause;

/// A function that runs on this thread, or one poll of a future.
#[derive(Debug)]
#[must_use]
pub struct Panics {
    function: &'static str,
    /// Nothing unwound when it began.
    calm: bool,
}

impl Panics {
    /// From here on.
    #[inline]
    pub fn watch(function: &'static str) -> Self {
        let calm = !panicking();
        if calm {
            FORESEEN.set(false);
        }
        Self { function, calm }
    }

    #[cold]
    #[inline(never)]
    fn tell(&self) {
        if !FORESEEN.get() {
            foresee();
            // Its words went to the panic hook, which alone has them before it is caught.
            let message = String::from("see what the panic hook has printed");
            observed(Violation::without_place("panic", Cause::Panic { message }), self.function);
        }
    }
}

impl Drop for Panics {
    #[inline]
    fn drop(&mut self) {
        if self.calm && panicking() {
            self.tell();
        }
    }
}

pin_project! {
    /// The body of an observed `async fn`.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct PanicsTold<F> {
        function: &'static str,
        #[pin]
        body: F,
    }
}

/// Wraps it.
#[inline]
pub fn panics_told<F: Future>(function: &'static str, body: F) -> PanicsTold<F> {
    PanicsTold { function, body }
}

impl<F: Future> Future for PanicsTold<F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _panics = Panics::watch(this.function);
        this.body.poll(context)
    }
}
