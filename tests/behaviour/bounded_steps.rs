//! `bounded_steps`, run.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::items_after_statements,
    clippy::unwrap_used,
    clippy::panic_in_result_fn,
    clippy::unnecessary_wraps,
    clippy::needless_pass_by_value,
    reason = "the code under test is what a user writes, and a test fails by panicking"
)]
#![allow(
    clippy::empty_loop,
    clippy::needless_continue,
    clippy::never_loop,
    clippy::redundant_pattern_matching,
    clippy::while_let_loop,
    clippy::explicit_counter_loop,
    clippy::unused_async,
    clippy::cast_possible_truncation,
    reason = "loops are what is tested, of every kind"
)]

mod asynchronous;
mod attributes;
mod closures;
mod exact;
mod nested;
mod shared;
mod transparent;

use std::cell::Cell;

/// How many iterations were begun.
#[derive(Default)]
pub(super) struct Count(Cell<u64>);

impl Count {
    pub(super) fn one(&self) {
        self.0.set(self.0.get() + 1);
    }

    pub(super) fn taken(&self) -> u64 {
        self.0.take()
    }
}
