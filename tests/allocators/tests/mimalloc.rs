//! The counts over mimalloc are those over the system's allocator.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]

#[path = "../../allocation/counted.rs"]
mod counted;

use mimalloc::MiMalloc;
use portcullis::counting::{Counting, thread_gross_bytes};

#[global_allocator]
static ALLOCATOR: Counting<MiMalloc> = Counting::new(MiMalloc);

fn asked<R>(body: impl FnOnce() -> R) -> (R, u64) {
    let before = thread_gross_bytes();
    let answer = body();
    (answer, thread_gross_bytes() - before)
}
