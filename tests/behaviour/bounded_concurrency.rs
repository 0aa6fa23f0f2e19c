//! `bounded_concurrency`: the limit is exact, and after every way out the permit is back.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::items_after_statements,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    clippy::unnecessary_wraps,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]

mod exits;
mod places;
mod requests;
mod stress;

use std::future::{Future, pending};
use std::pin::Pin;

use portcullis::Violation;

use crate::common::{code, poll};

/// Waits until it is dropped.
pub(crate) type Waiting = Pin<Box<dyn Future<Output = Result<(), Violation>>>>;

/// How many of these are admitted before one is refused; all of them are dropped again.
#[track_caller]
pub(crate) fn admitted(mut call: impl FnMut() -> Waiting) -> usize {
    let mut inside = Vec::new();
    loop {
        let mut next = call();
        match poll(next.as_mut()) {
            std::task::Poll::Pending => inside.push(next),
            std::task::Poll::Ready(refused) => {
                assert_eq!(code(refused), "busy");
                return inside.len();
            }
        }
    }
}

/// A body that never ends by itself.
pub(crate) async fn wait() -> Result<(), Violation> {
    pending().await
}
