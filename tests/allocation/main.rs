//! What the allocator sees: of a refused request nothing, of a counted one every byte.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::items_after_statements,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]

mod attacks;
mod budget;
mod counted;

use std::alloc::System;

use portcullis::counting::{Counting, thread_gross_bytes};

#[global_allocator]
static ALLOCATOR: Counting<System> = Counting::new(System);

/// How many bytes this thread asks for while `body` runs.
fn asked<R>(body: impl FnOnce() -> R) -> (R, u64) {
    let before = thread_gross_bytes();
    let answer = body();
    (answer, thread_gross_bytes() - before)
}

/// A violation itself is on the heap.
const OF_A_REFUSAL: u64 = 1_024;
