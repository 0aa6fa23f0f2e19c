//! What several of the tests need.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use portcullis::Violation;

/// The code of the refusal that the call has to end with.
#[track_caller]
pub(crate) fn code<T>(result: Result<T, Violation>) -> &'static str {
    match result {
        Ok(_) => panic!("it was not refused"),
        Err(violation) => violation.code(),
    }
}

pub(crate) fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// The value of a future that never waits, or waits only for [`Later`].
#[track_caller]
pub(crate) fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    for _ in 0..100 {
        if let Poll::Ready(value) = poll(future.as_mut()) {
            return value;
        }
    }
    panic!("it waits for ever")
}

/// Pending once.
#[derive(Default)]
pub(crate) struct Later(bool);

impl Future for Later {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

pub(crate) fn text(payload: &(dyn Any + Send)) -> String {
    match payload.downcast_ref::<String>() {
        Some(text) => text.clone(),
        None => payload.downcast_ref::<&str>().map_or_else(|| "no text".to_owned(), |text| (*text).to_owned()),
    }
}

/// The message of the panic that `body` has to end with.
#[track_caller]
pub(crate) fn panic_of<R>(body: impl FnOnce() -> R) -> String {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(_) => panic!("it did not panic"),
        Err(payload) => text(&*payload),
    }
}

/// What happened, in order.
#[derive(Default)]
pub(crate) struct Log(RefCell<Vec<&'static str>>);

impl Log {
    pub(crate) fn note(&self, event: &'static str) {
        self.0.borrow_mut().push(event);
    }

    /// `value`, with a note of when it was asked for.
    pub(crate) fn on<T>(&self, event: &'static str, value: T) -> T {
        self.note(event);
        value
    }

    pub(crate) fn taken(&self) -> Vec<&'static str> {
        self.0.take()
    }
}

/// Its drop is in the log.
pub(crate) struct Noisy<'a>(pub(crate) &'a Log, pub(crate) &'static str);

impl Drop for Noisy<'_> {
    fn drop(&mut self) {
        self.0.note(self.1);
    }
}
